"""`translations`: list what is missing, behind or not reviewed; accept translations that are up to date."""

from __future__ import annotations

from atlas.authoring.translations import accept, table
from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import number, print_report, rows_of


def run(call: Invocation) -> int:
    """List translations, or accept those of some records."""
    options = call.options
    if options.accept:
        changed, problems = accept(call.root, options.accept)
        return print_report(rows_of(problems), f"{number(changed, 'file')} written", options, written=changed, kept=0)
    lines, problems = table(call.root)
    if not options.json:
        print("\n".join(lines))
    what = f"{number(max(len(lines) - 2, 0), 'translation')} not complete"
    return print_report(rows_of(problems), what, options, written=0, kept=0)


COMMAND = Command(
    "translations",
    "list what is missing, behind or not reviewed; with --accept ID, mark translations as up to date",
    (
        *COMMON,
        Option(
            "--accept", metavar="ID", nargs="+", default=[], help="mark the translations of these records as up to date"
        ),
    ),
    run,
)

"""`translations`: show progress and what is missing or behind; accept translations that are up to date."""

from __future__ import annotations

from atlas.authoring.translations import accept, overview
from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import number, print_report, rows_of


def run(call: Invocation) -> int:
    """Show how translations stand, or accept those of some records."""
    options = call.options
    if options.accept:
        changed, problems = accept(call.root, options.accept)
        return print_report(rows_of(problems), f"{number(changed, 'file')} written", options, written=changed, kept=0)
    stand = overview(call.root, unsigned=options.all)
    if not options.json:
        print("\n".join([*stand.progress, *([""] if stand.rows else []), *stand.rows]))
    what = f"{number(stand.records, 'translation')} {'not complete or not reviewed' if options.all else 'not complete'}"
    return print_report(rows_of(stand.problems), what, options, written=0, kept=0)


COMMAND = Command(
    "translations",
    "show progress by language and kind, and what is missing or behind; --accept ID marks as up to date",
    (
        *COMMON,
        Option(
            "--accept", metavar="ID", nargs="+", default=[], help="mark the translations of these records as up to date"
        ),
        Option("--all", action="store_true", help="list also what lacks only the signature of an editor"),
    ),
    run,
)

"""`new`: write a new record with blanks to fill in."""

from __future__ import annotations

from atlas.authoring.scaffolds import next_steps, start
from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import print_report, rows_of
from atlas.schema.families import FAMILIES

_FAMILIES = tuple(family.id for family in FAMILIES)


def run(call: Invocation) -> int:
    """Write a new record."""
    options = call.options
    path, problems = start(call.root, options.family, options.id, call.today)
    if path and not (options.json or options.quiet):
        print(next_steps(path, options.family))
    what = "1 record begun" if path else "nothing was written"
    return print_report(rows_of(problems), what, options, written=int(bool(path)), kept=0, path=path)


COMMAND = Command(
    "new",
    "write a new record with blanks to fill in: new actor ID, new case ID …",
    (
        *COMMON,
        Option("family", metavar="FAMILY", choices=_FAMILIES, help=f"one of {', '.join(_FAMILIES)}"),
        Option("id", metavar="ID", help="its id: lower-case letters, digits and hyphens"),
    ),
    run,
)

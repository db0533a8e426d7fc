"""`rename`: give a record another id everywhere."""

from __future__ import annotations

from atlas.authoring.renames import rename
from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import number, print_report, rows_of


def run(call: Invocation) -> int:
    """Rename a record, or change nothing."""
    options = call.options
    result = rename(call.root, options.old, options.new)
    if result.files and not (options.json or options.quiet):
        print("\n".join(result.files))
    what = f"{number(len(result.files), 'file')} written: {options.old} is now {options.new}"
    what = what if result.files else "nothing was changed"
    return print_report(rows_of(result.problems), what, options, written=len(result.files), kept=0, files=result.files)


COMMAND = Command(
    "rename",
    "give a record another id: its files, its translations, every link to it, and an alias for its old address",
    (
        *COMMON,
        Option("old", metavar="OLD", help="the id of the record"),
        Option("new", metavar="NEW", help="its new id: lower-case letters, digits and hyphens"),
    ),
    run,
)

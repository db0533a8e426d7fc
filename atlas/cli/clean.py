"""`clean`: remove what a build made."""

from __future__ import annotations

from atlas.cli.command import COMMON, OUTPUT, Command, Invocation
from atlas.cli.console import number, print_report, rows_of
from atlas.core.output import clean_site


def run(call: Invocation) -> int:
    """Remove the files that a build made."""
    result = clean_site(call.out, call.shown)
    return print_report(
        rows_of(result.problems), f"{number(result.removed, 'file')} removed", call.options, written=0, kept=0
    )


COMMAND = Command(
    "clean",
    "remove only the files that a build made from the output folder",
    (*COMMON, OUTPUT),
    run,
)

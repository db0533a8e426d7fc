"""`new`: write a new record with blanks to fill in, or the interface texts that a language lacks."""

from __future__ import annotations

from atlas.authoring.catalog_scaffolds import start_catalog
from atlas.authoring.scaffolds import next_steps, start
from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import number, print_report, rows_of
from atlas.schema.families import FAMILIES

_FAMILIES = tuple(family.id for family in FAMILIES)
_WORDS = "words"
"""What is written as `new words LANG`: a catalogue of interface texts."""


def run(call: Invocation) -> int:
    """Write a new record, or the interface texts that a language lacks."""
    options = call.options
    if options.family == _WORDS:
        path, count, problems = start_catalog(call.root, options.id)
        what = f"{number(count, 'interface text')} to translate written to {path}" if path else "nothing was written"
        return print_report(rows_of(problems), what, options, written=int(count > 0), kept=0, path=path)
    path, problems = start(call.root, options.family, options.id, call.today)
    if path and not (options.json or options.quiet):
        print(next_steps(path, options.family))
    what = "1 record begun" if path else "nothing was written"
    return print_report(rows_of(problems), what, options, written=int(bool(path)), kept=0, path=path)


COMMAND = Command(
    "new",
    "write a new record with blanks to fill in: actor ID, case ID …; or, as words LANG, interface texts",
    (
        *COMMON,
        Option(
            "family", metavar="FAMILY", choices=(*_FAMILIES, _WORDS), help=f"one of {', '.join(_FAMILIES)}; or {_WORDS}"
        ),
        Option("id", metavar="ID", help="its id: lower-case letters, digits and hyphens; for words, a language"),
    ),
    run,
)

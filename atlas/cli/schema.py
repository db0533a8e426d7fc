"""`schema`: write the JSON Schemas of the files of content/."""

from __future__ import annotations

from atlas.cli.command import COMMON, Command, Invocation
from atlas.cli.console import answer, number, rows_of
from atlas.jsonschema import schemas
from atlas.output import write_text
from atlas.sources import read_input


def run(call: Invocation) -> int:
    """Write schema/*.json."""
    files, problems = read_input(call.root)
    written, found = schemas({source.path: source for source in files.sources})
    for name, text in written.items():
        write_text(call.root / "schema" / name, text)
    what = f"{number(len(written), 'schema')} written to schema/"
    return answer(rows_of((*problems, *found)), what, call.options, written=len(written), kept=0)


COMMAND = Command("schema", "write schema/*.json, with which editors complete and check YAML", COMMON, run)

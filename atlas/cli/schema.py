"""`schema`: write the JSON Schemas of the files of content/."""

from __future__ import annotations

from atlas.cli.command import COMMON, Command, Invocation
from atlas.cli.console import number, print_report, rows_of
from atlas.content.site_config import read_site
from atlas.core.output import write_text
from atlas.core.sources import read_input
from atlas.schema.json_schema import schemas


def run(call: Invocation) -> int:
    """Write schema/*.json."""
    files, problems = read_input(call.root)
    _, declared, found = read_site({source.path: source for source in files.sources})
    written = schemas(declared)
    for name, text in written.items():
        write_text(call.root / "schema" / name, text)
    what = f"{number(len(written), 'schema')} written to schema/"
    return print_report(rows_of((*problems, *found)), what, call.options, written=len(written), kept=0)


COMMAND = Command("schema", "write schema/*.json, with which editors complete and check YAML", COMMON, run)

"""`import`: bring in a table, a bibliography or a text from another program."""

from __future__ import annotations

from pathlib import Path

from atlas.cli.command import COMMON, Command, Invocation, Option
from atlas.cli.console import print_report, rows_of
from atlas.core.problems import has_errors
from atlas.importing.importer import FORMATS, ImportOptions, import_file
from atlas.importing.results import report_path
from atlas.schema.families import IMPORTED


def run(call: Invocation) -> int:
    """Import one file."""
    options = call.options
    path = Path(options.file)
    how = ImportOptions(options.family, options.mapping, options.sheet, options.encoding, options.replace)
    result = import_file(call.root, path, how)
    is_done = not has_errors(result.problems)
    written = (len(result.files) + len(result.copies)) * is_done
    lost = "1 loss" if len(result.losses) == 1 else f"{len(result.losses)} losses"
    what = f"{result.made} imported, {lost} listed in {report_path(options.file)}" if is_done else "nothing was written"
    report = report_path(options.file) if is_done else ""
    rows = [{"place": place, "what": loss} for place, loss in result.losses]
    return print_report(
        rows_of(result.problems),
        what,
        options,
        written=written,
        kept=0,
        imported=result.made,
        losses=rows,
        report=report,
    )


COMMAND = Command(
    "import",
    "bring in a table, a bibliography or a text, with a report of every loss",
    (
        *COMMON,
        Option("file", metavar="FILE", help=f"the file: {', '.join(FORMATS)}"),
        Option(
            "--as",
            dest="family",
            metavar="FAMILY",
            choices=tuple(family.id for family in IMPORTED),
            default="",
            help=f"what a row or text becomes: {', '.join(family.id for family in IMPORTED)} (default: case)",
        ),
        Option("--map", dest="mapping", metavar="YAML", default="", help="a file that maps columns to keys"),
        Option("--sheet", metavar="NAME", default="", help="the sheet of an XLSX file (default: the first)"),
        Option("--encoding", metavar="NAME", default="", help="the encoding of the file, if it is not UTF-8"),
        Option("--replace", action="store_true", help="replace works whose key is in bibliography.bib already"),
    ),
    run,
)

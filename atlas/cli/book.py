"""`book`: make books of the records, as EPUB and PDF files."""

from __future__ import annotations

from pathlib import Path

from atlas.build.books import FORMATS, make_books
from atlas.cli.command import (
    BASE_URL,
    COMMON,
    DRAFTS,
    STRICT,
    VERBOSE,
    Command,
    Invocation,
    Option,
    UsageError,
    check_output,
)
from atlas.cli.console import ProgressDisplay, number, print_report, rows_of
from atlas.cli.options import how
from atlas.core.output import write_files


def run(call: Invocation) -> int:
    """Write a book in each language."""
    options = call.options
    folder = Path(options.to) if options.to else call.root / "books"
    check_output(call.root, folder, "--to")
    progress = ProgressDisplay(options)
    made = make_books(call.root, call.out, how(call), options.language, options.only, options.format, progress.show)
    progress.end()
    if made.wrong:
        raise UsageError(made.wrong)
    try:
        write_files({folder / name: data for name, data in made.files.items()})
    except OSError as error:
        raise UsageError(f"--to: {folder} cannot be written: {error.strerror}") from error
    what = f"{number(len(made.files), 'book')} written to {folder.as_posix()}/" if made.files else "nothing was written"
    return print_report(rows_of(made.problems), what, options, written=len(made.files), kept=0)


COMMAND = Command(
    "book",
    "make a book of the records in each language, as an EPUB or a PDF file",
    (
        *COMMON,
        BASE_URL,
        DRAFTS,
        STRICT,
        VERBOSE,
        Option(
            "--language",
            metavar="LANG",
            action="append",
            default=[],
            help="a language of the site; may be given several times (default: all)",
        ),
        Option(
            "--format",
            choices=FORMATS,
            action="append",
            default=[],
            help="the format; may be given several times (default: epub). pdf needs the package typst",
        ),
        Option("--only", metavar="NAME", default="", help="the records of one list, such as cases; or sources"),
        Option("--to", metavar="FOLDER", default="", help="the folder to write (default: DIR/books)"),
    ),
    run,
)

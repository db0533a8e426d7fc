"""`book`: make books of the records, as EPUB and PDF files."""

from __future__ import annotations

from pathlib import Path

from atlas.build.books import BookRequest, make_books
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
from atlas.schema.book_schema import FORMATS


def run(call: Invocation) -> int:
    """Write books in each language."""
    options = call.options
    folder = Path(options.to) if options.to else call.root / "books"
    check_output(call.root, folder, "--to", allowed="content/files")
    progress = ProgressDisplay(options)
    names = (*options.book, options.only) if options.only else tuple(options.book)
    request = BookRequest(folder, names, options.language, options.format)
    made = make_books(call.root, call.out, how(call), request, progress.show)
    progress.end()
    if made.wrong:
        raise UsageError(made.wrong)
    try:
        write_files({folder / name: data for name, data in made.files.items() if name not in made.kept})
    except OSError as error:
        raise UsageError(f"--to: {folder} cannot be written: {error.strerror}") from error
    written = len(made.files) - len(made.kept)
    what = f"{number(written, 'book')} written to {folder.as_posix()}/" if made.files else "nothing was written"
    if made.kept:
        what += f", {len(made.kept)} kept"
    return print_report(rows_of(made.problems), what, options, written=written, kept=len(made.kept))


COMMAND = Command(
    "book",
    "make books of the records in each language, as EPUB or PDF files",
    (
        *COMMON,
        BASE_URL,
        DRAFTS,
        STRICT,
        VERBOSE,
        Option(
            "book",
            metavar="BOOK",
            nargs="*",
            help="the id of a book of content/books/, or atlas, or a list such as cases"
            " (default: atlas and all of content/books/)",
        ),
        Option(
            "--language",
            metavar="LANG",
            action="append",
            default=[],
            help="a language of the site, or two for a book with both side by side (fr+zh); may be given several times"
            " (default: those of the book)",
        ),
        Option(
            "--format",
            choices=FORMATS,
            action="append",
            default=[],
            help="the format; may be given several times (default: those of the book, else epub)."
            " pdf needs the package typst",
        ),
        Option(
            "--only",
            metavar="NAME",
            default="",
            help="the records of one list, such as cases; or sources: the same as its name alone",
        ),
        Option("--to", metavar="FOLDER", default="", help="the folder to write (default: DIR/books)"),
    ),
    run,
)

"""Makes books: reads an atlas and makes its records into files of each format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.build.book_maker import BookMaker, Fault
from atlas.build.epub_book import make_epub
from atlas.build.options import BuildOptions, Progress
from atlas.build.pdf_book import make_pdf, missing_package
from atlas.build.pipeline import run
from atlas.build.target import Target
from atlas.core.problems import Problem, has_errors
from atlas.pages.locale_site import LocaleSite
from atlas.pages.print.print_pages import WHOLE, book_titles

FORMATS: Final = ("epub", "pdf")
"""The formats of books; the first is made if none is asked for."""


class Books(Struct, frozen=True):
    """The result of making books.

    Attributes:
        files: the bytes of each book by its name.
        problems: the problems of the atlas.
        wrong: what is wrong with the choice of books; "" if nothing.
    """

    files: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()
    wrong: str = ""


def make_books(
    root: Path,
    out: Path,
    options: BuildOptions,
    languages: Sequence[str],
    name: str,
    formats: Sequence[str],
    progress: Progress,
) -> Books:
    """Make the book of a name in some languages.

    Args:
        root: the folder of the atlas.
        out: the output folder of its site, whose cache makes reading faster.
        options: how to read.
        languages: the ids of the languages; none for all.
        name: the name of a print page; "" for that with all records.
        formats: which of `FORMATS`; none for the first.
        progress: is called with each stage.

    Returns:
        The books, or the problems that prevent them.
    """
    formats = formats or FORMATS[:1]
    wrong = missing_package() if "pdf" in formats else ""
    if wrong:
        return Books(wrong=wrong)
    target = Target.to_look_at(root, out, options)
    outcome = run(target.read, replace(options.read_options, varied=False), progress=progress)
    plan = outcome.plan
    if plan is None or has_errors(outcome.problems):
        return Books({}, outcome.problems)
    sites = {one.language.id: one for one in plan.outline.locale_sites}
    wrong = _wrong(sites, languages, name)
    if wrong:
        return Books({}, outcome.problems, wrong)
    wanted = [site for id, site in sites.items() if id in languages or not languages]
    files: dict[str, bytes] = {}
    total = len(wanted) * len(formats)
    try:
        for site in wanted:
            progress("making books", len(files), total)
            maker = BookMaker(plan, site, name or WHOLE)
            for format in dict.fromkeys(formats):
                progress("making books", len(files), total)
                made = make_pdf(maker, root) if format == "pdf" else make_epub(maker)
                files[f"{maker.name}-{site.language.id}.{format}"] = made
    except Fault as fault:
        return Books({}, (*outcome.problems, fault.problem))
    return Books(files, outcome.problems)


def _wrong(sites: Mapping[str, LocaleSite], languages: Sequence[str], name: str) -> str:
    """Return what is wrong with the languages or the name; "" if nothing."""
    for language in languages:
        if language not in sites:
            return f"--language: there is no language {language!r}: choose from {', '.join(sites)}"
    names = book_titles(next(iter(sites.values())))
    if name and name not in names:
        return f"--only: there is no book {name!r}: choose from {', '.join(names)}"
    return ""

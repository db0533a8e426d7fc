"""Makes books: reads an atlas and makes its records into files of each format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.build.book_maker import BookMaker, Fault
from atlas.build.cache import Cache
from atlas.build.epub_book import make_epub
from atlas.build.kept_books import KeptBooks
from atlas.build.options import BuildOptions, Progress
from atlas.build.pdf_book import make_pdf
from atlas.build.pipeline import run
from atlas.build.target import Target
from atlas.build.typesetting import missing_package
from atlas.content.book_model import DeclaredBook
from atlas.content.books import WHOLE
from atlas.core.problems import Problem, has_errors
from atlas.pages.book.choices import BookChoice, declared_book, listed_book
from atlas.pages.locale_site import LocaleSite
from atlas.pages.print.print_pages import book_titles
from atlas.pages.rendering.renderer import Renderer
from atlas.schema.book_schema import FORMATS

PAIR_SEPARATOR: Final = "+"
"""What stands between two languages of a book that are asked for side by side."""


class Books(Struct, frozen=True):
    """The result of making books.

    Attributes:
        files: the bytes of each book by its name.
        problems: the problems of the atlas.
        wrong: what is wrong with the choice of books; "" if nothing.
        kept: the names of those that are in the folder already.
    """

    files: Mapping[str, bytes] = {}
    problems: tuple[Problem, ...] = ()
    wrong: str = ""
    kept: Set[str] = frozenset()


class BookRequest(Struct, frozen=True):
    """Which books to make.

    Attributes:
        folder: where they are written, and where those of an earlier command are.
        ids: the books by their names; none for that with all records and those that the atlas declares.
        languages: the ids of the languages, or two of them joined by `PAIR_SEPARATOR` for a book with both side by
            side; none for all, or for those of the book.
        formats: which of `FORMATS`; none for those of the book, or for the first.
    """

    folder: Path
    ids: Sequence[str] = ()
    languages: Sequence[str] = ()
    formats: Sequence[str] = ()


class _Job(Struct, frozen=True):
    """A book in one language, or in two side by side, and its formats."""

    versions: tuple[tuple[LocaleSite, BookChoice], ...]
    formats: tuple[str, ...]


def make_books(root: Path, out: Path, options: BuildOptions, request: BookRequest, progress: Progress) -> Books:
    """Make some books.

    Args:
        root: the folder of the atlas.
        out: the output folder of its site, whose cache makes reading faster.
        options: how to read.
        request: which books.
        progress: is called with each stage.

    Returns:
        The books, or the problems that prevent them.
    """
    wrong = missing_package() if "pdf" in request.formats else ""
    if wrong:
        return Books(wrong=wrong)
    target = Target.to_look_at(root, out, options)
    outcome = run(target.read, replace(options.read_options, varied=False), progress=progress)
    plan = outcome.plan
    if plan is None or has_errors(outcome.problems):
        return Books({}, outcome.problems)
    sites = {one.language.id: one for one in plan.outline.locale_sites}
    wrong = _wrong(sites, plan.outline.atlas.site.books, request)
    jobs = [] if wrong else list(_jobs(sites, plan.outline.atlas.site.books, request))
    if any("pdf" in job.formats for job in jobs):
        wrong = missing_package()
    if wrong:
        return Books({}, outcome.problems, wrong)
    files: dict[str, bytes] = {}
    total = sum(len(job.formats) for job in jobs)
    renderer = Renderer(plan.templates.texts)
    kept = KeptBooks(Cache(str(root), str(out)), request.folder, target.engine)
    try:
        for job in jobs:
            progress("making books", len(files), total)
            maker = BookMaker(plan, job.versions, renderer)
            for format in job.formats:
                progress("making books", len(files), total)
                name = f"{maker.name}-{maker.languages}.{format}"
                files[name] = make_pdf(maker, root, name, kept) if format == "pdf" else make_epub(maker)
    except Fault as fault:
        return Books({}, (*outcome.problems, fault.problem))
    return Books(files, outcome.problems, kept=frozenset(kept.names))


def _jobs(
    sites: Mapping[str, LocaleSite], declared: Mapping[str, DeclaredBook], request: BookRequest
) -> Iterator[_Job]:
    """Yield each book in each language, or pair of languages, in which it is wanted."""
    for name in dict.fromkeys(request.ids or (WHOLE, *declared)):
        book = declared.get(name)
        formats = request.formats or (book.formats if book else ()) or FORMATS[:1]
        offered = _offered(sites, book)
        asked = list(dict.fromkeys(map(_languages, request.languages))) or offered
        for languages in asked:
            if set(languages) <= {id for own in offered for id in own} and (len(languages) > 1 or languages in offered):
                versions = tuple((sites[id], _choice(sites[id], book, name)) for id in languages)
                yield _Job(versions, tuple(dict.fromkeys(formats)))


def _languages(asked: str) -> tuple[str, ...]:
    """Return the languages that an option names: one, or two that stand side by side."""
    return tuple(asked.split(PAIR_SEPARATOR))


def _offered(sites: Mapping[str, LocaleSite], book: DeclaredBook | None) -> list[tuple[str, ...]]:
    """Return the languages, and pairs of them, in which a book is made if nothing else is asked for."""
    pair = book.parallel if book else ()
    own = (book.languages if book else ()) or (() if pair else tuple(sites))
    return [*((id,) for id in sites if id in own), *([pair] if pair else [])]


def _choice(site: LocaleSite, book: DeclaredBook | None, name: str) -> BookChoice:
    return declared_book(site, book) if book else listed_book(site, name)


def _wrong(sites: Mapping[str, LocaleSite], declared: Mapping[str, DeclaredBook], request: BookRequest) -> str:
    """Return what is wrong with the languages or the names; "" if nothing."""
    for asked in request.languages:
        languages = _languages(asked)
        for language in languages:
            if language not in sites:
                return f"--language: there is no language {language!r}: choose from {', '.join(sites)}"
        if len(set(languages)) < len(languages) or len(languages) > 2:
            return f"--language: {asked!r} must name one language, or two different ones, such as {_example(sites)}"
    names = (*book_titles(next(iter(sites.values()))), *declared)
    for name in request.ids:
        if name not in names:
            return f"there is no book {name!r}: choose from {', '.join(names)}"
        offered = _offered(sites, declared.get(name))
        if request.languages and not list(_jobs(sites, declared, replace(request, ids=(name,)))):
            return f"--language: the book {name!r} is in {', '.join(map(PAIR_SEPARATOR.join, offered))} only"
    return ""


def _example(sites: Mapping[str, LocaleSite]) -> str:
    """Return two languages of the site as the option names them; one if it has no more."""
    return PAIR_SEPARATOR.join(list(sites)[:2])

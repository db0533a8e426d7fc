"""Reads the books that an atlas declares, content/books/ID.yaml, and finds the records in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath
from typing import Any

from atlas.content.book_model import DeclaredBook
from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.content.record_files import BOOKS
from atlas.core.failures import at_work_on
from atlas.core.limits import ID_BYTES
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.markdown.passages import KEBAB
from atlas.schema.book_schema import BOOK, CONTENTS
from atlas.schema.families import BY_FOLDER, INDEXED
from atlas.schema.field_types import Declared, FileContext, Located

WHOLE = "atlas"
"""The name of the book with all records."""
NAMES = (WHOLE, *(family.folder for family in INDEXED), "sources")
"""The names of the books that every atlas has."""


def read_books(
    sources: Mapping[str, Source], declared: Declared
) -> tuple[dict[str, DeclaredBook], tuple[Problem, ...]]:
    """Read the books of an atlas.

    Args:
        sources: the text files by path.
        declared: the ids that the site declares.

    Returns:
        The books by id, with what could be read of them, and what is wrong with their files.
    """
    books: dict[str, DeclaredBook] = {}
    problems: list[Problem] = []
    for path, source in sources.items():
        if path.startswith(BOOKS) and path.endswith(".yaml") and path.count("/") == 2:
            with at_work_on(path):
                book, found = _read_book(source, declared)
            problems += found
            if book:
                books[book.id] = book
    return books, tuple(problems)


def _read_book(source: Source, declared: Declared) -> tuple[DeclaredBook | None, tuple[Problem, ...]]:
    node, problems = read_yaml(source)
    if node is None:
        return None, problems
    context = FileContext(source.path, source.text, declared)
    values = BOOK.read(node, context)
    found = [*problems, *context.problems]
    id = PurePosixPath(source.path).stem
    found += _name_problems(id, source.span)
    if values is None:
        return None, tuple(found)
    found += _content_problems(values, source.span)
    written = [key for key in CONTENTS if key in values["spans"]]
    if not written:
        return None, tuple(found)
    path = values["path"]
    return (
        DeclaredBook(
            id,
            values["title"],
            tuple(at.value for at in values["families"]),
            values["records"],
            path.value if path else "",
            tuple(at.value for at in values["languages"]),
            tuple(at.value for at in values["parallel"]),
            values["formats"],
            values["spans"][written[0]],
            not found,
        ),
        tuple(found),
    )


def _name_problems(id: str, span: Span) -> Iterator[Problem]:
    """Yield what is wrong with the name of the file of a book."""
    if not KEBAB.fullmatch(id) or len(id.encode()) > ID_BYTES:
        message = f'the name "{id[:20]}" cannot be the id of a book'
        yield Problem(span, Rule.BAD_ID, message, "rename the file: use lower-case letters, digits and hyphens")
    elif id in NAMES:
        message = f'every atlas has a book "{id}" already'
        yield Problem(span, Rule.DUPLICATE_ID, message, "rename the file")


def _content_problems(values: Mapping[str, Any], span: Span) -> Iterator[Problem]:
    """Yield a problem if a book says nothing of what is in it, or says it twice."""
    written = [key for key in CONTENTS if key in values["spans"]]
    if not written:
        hint = f"write one of {', '.join(f'`{key}: …`' for key in CONTENTS)}"
        yield Problem(span, Rule.EMPTY_BOOK, "nothing says what is in this book", hint)
    elif len(written) > 1:
        place = values["spans"][written[1]]
        message = f'"{written[0]}" says already what is in this book'
        yield Problem(place, Rule.TWO_CONTENTS, message, f"keep one of {', '.join(written)}")


def check_books(atlas: Atlas, broken: Set[str]) -> Iterator[Problem]:
    """Yield a problem for each record that a book names and that is not there, and for each book without records.

    Args:
        atlas: the atlas.
        broken: the ids of the records that cannot be read, which are not missing.
    """
    for book in atlas.site.books.values():
        missing = [at for at in _named(book) if at.value not in atlas.records and at.value not in broken]
        for at in missing:
            hint = nearest(at.value, atlas.records, "write its file in content/, or take it out of the book")
            yield Problem(at.span, Rule.UNKNOWN_RECORD, f'no record "{at.value}"', hint)
        if missing or broken or not book.is_whole:
            continue
        id, _, heading = book.path.partition("#")
        headings = _headings(atlas.records[id]) if heading else frozenset()
        if heading and heading not in headings:
            message = f'the page "{id}" has no heading "{heading}"'
            yield Problem(book.span, Rule.UNKNOWN_FRAGMENT, message, nearest(heading, headings))
        elif not set(records_of(atlas, book)) - {id}:
            yield Problem(book.span, Rule.EMPTY_BOOK, "this book has no records", "name some that are there")


def _named(book: DeclaredBook) -> tuple[Located, ...]:
    """Return the ids of the records that a book names, with their places."""
    page = book.path.partition("#")[0]
    return (*book.records, *((Located(page, book.span),) if page else ()))


def places_of(books: Mapping[str, DeclaredBook], id: str) -> Iterator[Span]:
    """Yield each place where a book names a record."""
    return (at.span for book in books.values() for at in _named(book) if at.value == id)


def _headings(page: Record) -> frozenset[str]:
    return frozenset(one.id for one in page.body.versions[page.original].headings) if page.body else frozenset()


def records_of(atlas: Atlas, book: DeclaredBook) -> tuple[str, ...]:
    """Return the ids of the records of a book: those of families by id, others in the order of the book."""
    if book.families:
        return tuple(one.id for folder in book.families for one in atlas.family(BY_FOLDER[folder].id))
    if book.records:
        return tuple(dict.fromkeys(at.value for at in book.records))
    return tuple(dict.fromkeys(_on_path(atlas, book.path)))


def _on_path(atlas: Atlas, path: str) -> Iterator[str]:
    """Yield the page of a reading path, unless a heading is named, and the records that its text links to."""
    id, _, heading = path.partition("#")
    page = atlas.records[id]
    if not heading:
        yield id
    if page.body is None:
        return
    prose = page.body.versions[page.original]
    for _, slot in prose.used(_below(prose.html, heading) if heading else ""):
        if slot.kind == "record" and slot.target in atlas.records:
            yield slot.target
        elif slot.kind == "path" and (record := atlas.addresses.get(f"/{slot.target.strip('/')}/")):
            yield record.id


def _below(html: str, heading: str) -> str:
    """Return the HTML from a heading to the next of the same or a higher level, or to the footnotes."""
    begin = re.search(rf'<h([2-6]) id="{heading}"', html)
    assert begin, "`check_books` has found it"
    end = re.compile(rf'<h[2-{begin[1]}]\b|<div class="footnote">').search(html, begin.end())
    return html[begin.start() : end.start() if end else len(html)]

"""Finds the books of an atlas among its files, for the pages that offer them."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.content.books import WHOLE
from atlas.content.made_books import FOLDER
from atlas.i18n.edtf import parse_edtf
from atlas.i18n.locales import show_size
from atlas.pages.context import PageContext
from atlas.pages.view_parts import BookFile, BookFiles
from atlas.schema.book_schema import FORMATS
from atlas.schema.families import Family


def books_of_home(context: PageContext) -> tuple[BookFiles, ...]:
    """Return the books that the home page offers: that of the whole atlas, and those that the atlas declares."""
    declared = context.atlas.site.books
    rows = [("", WHOLE), *((context.label(book.title), id) for id, book in declared.items())]
    return tuple(_rows(context, rows))


def books_of_list(context: PageContext, family: Family) -> tuple[BookFiles, ...]:
    """Return the books that the index of a family offers: that of the family, and that of the whole atlas.

    Args:
        context: the page.
        family: the family.
    """
    words = context.locale_site.words
    return tuple(_rows(context, [(words.t(family.folder), family.folder), (words.t("whole-atlas"), WHOLE)]))


def _rows(context: PageContext, books: list[tuple[str, str]]) -> Iterator[BookFiles]:
    """Yield the files of each book that is there, by its title and name."""
    for title, name in books:
        if files := tuple(_files(context, name)):
            yield BookFiles(title, files)


def _files(context: PageContext, name: str) -> Iterator[BookFile]:
    site = context.atlas.site
    for format in FORMATS:
        path = f"{FOLDER}{name}-{context.language.id}.{format}"
        if file := context.atlas.files.get(path):
            made = parse_edtf(file.made) if file.made else site.as_of
            size, date = show_size(file.size, context.language), context.moment(made)
            label = context.locale_site.words.t("book-file", format=format.upper(), size=size, date=date)
            yield BookFile(label, context.file_url(f"/files/{path}"))

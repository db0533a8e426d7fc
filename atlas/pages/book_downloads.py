"""Finds the books of an atlas among its files, for the pages that offer them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas.content.books import WHOLE
from atlas.content.files import File
from atlas.content.made_books import FOLDER, LANGUAGE_SEPARATOR
from atlas.i18n.edtf import parse_edtf
from atlas.i18n.locales import show_language, show_size
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
    """Yield the files of a book: those in the language of the page, then those that have it beside another."""
    own = context.language.id
    others = [id for id in context.atlas.site.languages if id != own]
    for languages in ((own,), *((own, other) for other in others), *((other, own) for other in others)):
        for format in FORMATS:
            path = f"{FOLDER}{name}-{LANGUAGE_SEPARATOR.join(languages)}.{format}"
            if file := context.atlas.files.get(path):
                yield BookFile(_label(context, file, format, languages), context.file_url(f"/files/{path}"))


def _label(context: PageContext, file: File, format: str, languages: Sequence[str]) -> str:
    """Return what a link to a book says: its format, its languages if it has two, its size and its date."""
    site, words = context.atlas.site, context.locale_site.words
    kind = format.upper()
    if len(languages) > 1:
        names = [show_language(site.languages[id].tag, context.language) for id in languages]
        kind = words.t("book-languages", format=kind, first=names[0], second=names[1])
    made = parse_edtf(file.made) if file.made else site.as_of
    size, date = show_size(file.size, context.language), context.moment(made)
    return words.t("book-file", format=kind, size=size, date=date)

"""What is in a book: the records of a print page, or of a book that the atlas declares."""

from __future__ import annotations

from msgspec import Struct

from atlas.content.book_model import DeclaredBook
from atlas.content.books import WHOLE, records_of
from atlas.pages.locale_site import LocaleSite
from atlas.pages.print.print_pages import PRINT, book_records, book_titles


class BookChoice(Struct, frozen=True):
    """What is in a book, in one language.

    Attributes:
        name: the name of its file.
        title: the title that distinguishes it from the other books of the atlas.
        heading: the words in large letters on its cover.
        subtitle: the words below them; "" for none.
        ids: its records; none if it lists the works.
        in_order: whether the records keep their order, without parts.
        path: the print page to whose address its links are relative.
        fragment: what follows that address in the identifier of the book.
    """

    name: str
    title: str
    heading: str
    subtitle: str
    ids: tuple[str, ...]
    in_order: bool = False
    path: str = PRINT
    fragment: str = ""


def listed_book(locale_site: LocaleSite, name: str) -> BookChoice:
    """Return the book of a print page.

    Args:
        locale_site: the language.
        name: the name of the print page.
    """
    site_title = locale_site.label(locale_site.atlas.site.title)
    own_title = "" if name == WHOLE else book_titles(locale_site)[name]
    title = locale_site.words.t("label-value", label=site_title, value=own_title) if own_title else site_title
    ids = tuple(one.id for one in book_records(locale_site.atlas, name))
    return BookChoice(name, title, site_title, own_title, ids, path=f"{PRINT}{name}/")


def declared_book(locale_site: LocaleSite, book: DeclaredBook) -> BookChoice:
    """Return a book that the atlas declares."""
    atlas = locale_site.atlas
    title = locale_site.label(book.title)
    subtitle = locale_site.label(atlas.site.title)
    ids = records_of(atlas, book)
    return BookChoice(book.id, title, title, subtitle, ids, not book.families, fragment=book.id)

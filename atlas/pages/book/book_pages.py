"""Draws a book: its pages in reading order, and its contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from atlas.content.books import WHOLE
from atlas.content.model import Record
from atlas.core.html import escaped
from atlas.pages.book.choices import BookChoice
from atlas.pages.book.cover import cover
from atlas.pages.book.names_index import names_index
from atlas.pages.book.places import find_places
from atlas.pages.book.views import (
    BookContentsView,
    BookPart,
    BookPartView,
    BookPicture,
    BookPicturesView,
    BookRecordView,
    BookReference,
    BookReferencesView,
    BookTitleView,
)
from atlas.pages.context import PageContext
from atlas.pages.head import absolute
from atlas.pages.indexes.index_pages import grouped
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.page_citations import cite_rows, page_work
from atlas.pages.print.print_pages import book_anchors, chapter
from atlas.pages.view_parts import Anchor, Phrase, View
from atlas.schema.families import FAMILIES, Family

_MANY = 40
"""Number of records from which the contents of a part are grouped by letter."""
_MOST_CITING = 12
"""Number of chapters that a reference leads back to at most."""


class BookPage(Struct, frozen=True):
    """A page of a book.

    Attributes:
        file: its name without suffix; only those of records do not begin with `_`.
        draw: returns its view; pages are drawn in order, because the list of works is that of the pages before it.
    """

    file: str
    template: str
    draw: Callable[[], View]


class Book(Struct, frozen=True):
    """A book in one language.

    Attributes:
        url: the address of its print page, to which its relative links are relative.
        pages: its pages in reading order.
        contents: the pages that list the others; they are drawn last.
    """

    title: str
    url: str
    pages: tuple[BookPage, ...]
    contents: BookContentsView


def book(locale_site: LocaleSite, choice: BookChoice, pictures: tuple[BookPicture, ...]) -> Book:
    """Return a book of some records, or of the works.

    Args:
        locale_site: the language.
        choice: what is in it.
        pictures: the pictures; only the book with all records has them.
    """
    return _Maker(locale_site, choice, pictures if choice.name == WHOLE else ()).book()


class _Maker:
    """Makes one book."""

    def __init__(self, locale_site: LocaleSite, choice: BookChoice, pictures: tuple[BookPicture, ...]) -> None:
        self.locale_site, self.choice, self.pictures = locale_site, choice, pictures
        self.lang, self.t = locale_site.language.tag, locale_site.words.t
        self.ids = list(choice.ids)
        families = () if choice.in_order else FAMILIES
        self.by_family = {
            family: locale_site.sorted(id for id in self.ids if self._of(id).family == family.id) for family in families
        }
        self.context = PageContext(locale_site, choice.path, book=book_anchors(locale_site.atlas, self.ids))

        alone = [id for family, ids in self.by_family.items() if not family.has_index for id in ids]
        alone = self.ids if choice.in_order else alone
        listed = [id for family, ids in self.by_family.items() if family.has_index for id in ids]
        self.alone, self.reading_order = alone, [*alone, *listed]

    def book(self) -> Book:
        """Return the book."""
        alone = self.alone
        parts = [*(self._entry(id) for id in alone)]
        pages = [self._cover(), self._title_page(), *(self._record(id) for id in alone)]
        for family, ids in self.by_family.items():
            if family.has_index and ids:
                part = self._part(family, ids)
                parts.append(part)
                pages += [self._part_page(family, part), *(self._record(id) for id in ids)]
        for title, page in self._back():
            parts.append(BookPart(_link(title, f"#{page.file}")))
            pages.append(page)
        url = absolute(self.locale_site.atlas, self.locale_site.language, self.context.path)
        url += self.choice.fragment
        return Book(self.choice.title, url, tuple(pages), BookContentsView(self.lang, tuple(parts), parts[0].link.url))

    def _cover(self) -> BookPage:
        atlas = self.locale_site.atlas
        notes = (self.choice.subtitle, self.locale_site.language.name, self._size(), self._date())
        records = [atlas.records[id] for id in self.ids]
        view = cover(self.lang, self.choice.title, self.choice.heading, notes, records, atlas.site)
        return BookPage("_cover", "book/cover.html", lambda: view)

    def _size(self) -> str:
        works = len(self.locale_site.atlas.cited)
        return self.t("book-records", n=len(self.ids)) if self.ids else self.t("work-count", n=works)

    def _date(self) -> str:
        as_of = self.locale_site.atlas.site.as_of
        return self.t("as-of", date=self.context.period(as_of, as_of))

    def _title_page(self) -> BookPage:
        site = self.locale_site.atlas.site
        url = absolute(self.locale_site.atlas, self.locale_site.language, "/")
        work = page_work(self.context, self.choice.title, url, str(site.as_of))
        row = cite_rows(self.context, work, {"": self.locale_site.citer.style})[0]
        view = BookTitleView(self.lang, self.choice.heading, self.choice.subtitle, self._size(), row.html, url)
        return BookPage("_title", "book/title.html", lambda: view)

    def _entry(self, id: str) -> BookPart:
        return BookPart(Anchor(self.locale_site.title(self._of(id)), f"#{id}"))

    def _of(self, id: str) -> Record:
        return self.locale_site.atlas.records[id]

    def _part(self, family: Family, ids: list[str]) -> BookPart:
        """Return the contents of a family, by letter where there are many records."""
        rows = tuple(map(self._entry, ids))
        if len(ids) >= _MANY:
            records = tuple(map(self._of, ids))
            letters = grouped(self.locale_site, family, records, "letter")
            rows = tuple(BookPart(_link(one.label, ""), tuple(map(self._entry, one.members))) for one in letters)
        return BookPart(_link(self.t(family.folder), f"#{_part_file(family)}"), rows)

    def _part_page(self, family: Family, part: BookPart) -> BookPage:
        view = BookPartView(self.lang, _part_file(family), self.t(family.folder), part.rows)
        return BookPage(_part_file(family), "book/part.html", lambda: view)

    def _record(self, id: str) -> BookPage:
        return BookPage(id, "book/record.html", partial(self._draw_record, id))

    def _draw_record(self, id: str) -> BookRecordView:
        record = self._of(id)
        row = chapter(self.context.in_chapter(id), record, deeper=False)
        return BookRecordView(self.lang, plain_text(row.title), row)

    def _back(self) -> Iterator[tuple[str, BookPage]]:
        """Yield what follows the records, each with its title: pictures, references and the index."""
        t = self.locale_site.words.t
        if self.pictures:
            pictures = BookPicturesView(self.lang, self.pictures)
            yield t("book-pictures"), BookPage("_pictures", "book/pictures.html", lambda: pictures)
        if self.locale_site.atlas.cited:
            yield t("references"), BookPage("_references", "book/references.html", self._draw_references)
        if self.ids:
            names = names_index(self.locale_site, self.reading_order)
            yield t("book-names"), BookPage("_names", "book/names.html", lambda: names)

    def _draw_references(self) -> BookReferencesView:
        if not self.ids:
            self.context.cited.update(dict.fromkeys(work.key for work in self.locale_site.atlas.cited))
        site, order = self.locale_site, {id: number for number, id in enumerate(self.reading_order)}
        cited_by = site.atlas.cited_by[site.language.id]
        rows = (
            BookReference(entry, find_places(site, cited_by.get(entry.key, ()), order, _MOST_CITING))
            for entry in self.context.references()
        )
        return BookReferencesView(self.lang, tuple(rows))


def _part_file(family: Family) -> str:
    return f"_part-{family.folder}"


def _link(words: str, url: str) -> Anchor:
    return Anchor(Phrase(escaped(words)), url)

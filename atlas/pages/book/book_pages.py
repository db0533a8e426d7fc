"""Draws a book: its pages in reading order, and its contents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from atlas.content.made_books import LANGUAGE_SEPARATOR
from atlas.content.model import Record
from atlas.core.html import escaped
from atlas.pages.book.choices import BookChoice
from atlas.pages.book.cover import cover
from atlas.pages.book.names_index import names_index
from atlas.pages.book.places import find_places
from atlas.pages.book.two_languages import both, both_words, other_label, without_repeats
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
from atlas.pages.print.views import Chapter
from atlas.pages.view_parts import Anchor, Phrase, View
from atlas.schema.families import FAMILIES, Family

_MANY = 40
"""Number of records from which the contents of a part are grouped by letter."""
_MOST_CITING = 12
"""Number of chapters that a reference leads back to at most."""


class BookVersion(Struct, frozen=True):
    """A language of a book.

    Attributes:
        site: the language.
        choice: what is in the book.
        pictures: the pictures; only the book with all records has them.
    """

    site: LocaleSite
    choice: BookChoice
    pictures: tuple[BookPicture, ...] = ()


class DrawnVersion(Struct, frozen=True):
    """A page of a book in one language: the language, and what returns its view."""

    site: LocaleSite
    draw: Callable[[], View]


class BookPage(Struct, frozen=True):
    """A page of a book.

    Attributes:
        file: its name without suffix; only those of records do not begin with `_`.
        versions: the page in each of its languages; two stand side by side. Pages are drawn in order, because the list
            of works is that of the pages before it.
    """

    file: str
    template: str
    versions: tuple[DrawnVersion, ...]


class Book(Struct, frozen=True):
    """A book in one language, or in two side by side.

    Attributes:
        url: the address of its print page, to which its relative links are relative.
        pages: its pages in reading order.
        contents: the page that lists the others; it is drawn last.
    """

    title: str
    url: str
    pages: tuple[BookPage, ...]
    contents: BookPage


def book(versions: Sequence[BookVersion]) -> Book:
    """Return a book of some records, or of the works.

    Args:
        versions: its languages, one or two. The order of the records and the list of works are those of the first.
    """
    return _Maker(versions).book()


class _Maker:
    """Makes one book."""

    def __init__(self, versions: Sequence[BookVersion]) -> None:
        self.versions, self.sites = versions, [version.site for version in versions]
        self.site, self.choice = self.sites[0], versions[0].choice
        self.ids = list(self.choice.ids)
        families = () if self.choice.in_order else FAMILIES
        self.by_family = {
            family: self.site.sorted(id for id in self.ids if self._of(id).family == family.id) for family in families
        }
        anchors = book_anchors(self.site.atlas, self.ids)
        is_alone, cited = len(versions) == 1, dict[str, None]()
        self.contexts = [
            PageContext(one.site, one.choice.path, absolute=not is_alone, cited=cited, book=anchors) for one in versions
        ]
        self.first_chapter: Chapter | None = None

        alone = [id for family, ids in self.by_family.items() if not family.has_index for id in ids]
        alone = self.ids if self.choice.in_order else alone
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
            parts.append(BookPart(Anchor(title, f"#{page.file}")))
            pages.append(page)
        return Book(self._title(), self._url(), tuple(pages), self._contents(tuple(parts)))

    def _url(self) -> str:
        """Return the address of the print page, with a fragment that no other book has."""
        page = absolute(self.site.atlas, self.site.language, self.contexts[0].path)
        languages = LANGUAGE_SEPARATOR.join(site.language.id for site in self.sites) if len(self.sites) > 1 else ""
        own = "-".join(filter(None, (self.choice.fragment, languages)))
        return f"{page}#{own}" if own else page

    def _page(self, file: str, template: str, draw: Callable[[int], View]) -> BookPage:
        """Return a page that is drawn in each language of the book, by its number."""
        versions = (DrawnVersion(site, partial(draw, number)) for number, site in enumerate(self.sites))
        return BookPage(file, f"book/{template}.html", tuple(versions))

    def _title(self) -> str:
        return both_words(one.choice.title for one in self.versions)

    def _contents(self, parts: tuple[BookPart, ...]) -> BookPage:
        def draw(number: int) -> BookContentsView:
            return BookContentsView(self._lang(number), parts, parts[0].link.url)

        return self._page("_contents", "contents", draw)

    def _cover(self) -> BookPage:
        records = [self._of(id) for id in self.ids]
        notes = (
            *(one.choice.subtitle for one in self.versions),
            both_words(site.language.name for site in self.sites),
            both_words(self._size(site) for site in self.sites),
            both_words(self._date(context) for context in self.contexts),
        )
        headings = tuple(dict.fromkeys(one.choice.heading for one in self.versions))
        view = cover(self._lang(0), self._title(), headings, tuple(dict.fromkeys(notes)), records, self.site.atlas.site)
        return BookPage("_cover", "book/cover.html", (DrawnVersion(self.site, lambda: view),))

    def _lang(self, number: int) -> str:
        return self.sites[number].language.tag

    def _size(self, site: LocaleSite) -> str:
        works = len(site.atlas.cited)
        return site.words.t("book-records", n=len(self.ids)) if self.ids else site.words.t("work-count", n=works)

    def _date(self, context: PageContext) -> str:
        as_of = self.site.atlas.site.as_of
        return context.locale_site.words.t("as-of", date=context.period(as_of, as_of))

    def _title_page(self) -> BookPage:
        return self._page("_title", "title", self._draw_title_page)

    def _draw_title_page(self, number: int) -> BookTitleView:
        context, choice, own = self.contexts[number], self.versions[number].choice, self.sites[number]
        url = absolute(own.atlas, own.language, "/")
        work = page_work(context, choice.title, url, str(own.atlas.site.as_of))
        row = cite_rows(context, work, {"": own.citer.style})[0]
        return BookTitleView(self._lang(number), choice.heading, choice.subtitle, self._size(own), row.html, url)

    def _entry(self, id: str) -> BookPart:
        record = self._of(id)
        return BookPart(Anchor(both(self.sites, [site.title(record) for site in self.sites]), f"#{id}"))

    def _of(self, id: str) -> Record:
        return self.site.atlas.records[id]

    def _words(self, words: Sequence[str]) -> Phrase:
        """Return words of the interface, one for each language of the book."""
        return both(self.sites, [Phrase(escaped(word)) for word in words])

    def _part(self, family: Family, ids: list[str]) -> BookPart:
        """Return the contents of a family, by letter where there are many records."""
        rows = tuple(map(self._entry, ids))
        if len(ids) >= _MANY:
            records = tuple(map(self._of, ids))
            letters = grouped(self.site, family, records, "letter")
            rows = tuple(
                BookPart(Anchor(Phrase(escaped(one.label)), ""), tuple(map(self._entry, one.members)))
                for one in letters
            )
        return BookPart(
            Anchor(self._words([site.words.t(family.folder) for site in self.sites]), f"#{_part_file(family)}"), rows
        )

    def _part_page(self, family: Family, part: BookPart) -> BookPage:
        def draw(number: int) -> BookPartView:
            title = self.sites[number].words.t(family.folder)
            return BookPartView(self._lang(number), _part_file(family), title, part.rows)

        return self._page(_part_file(family), "part", draw)

    def _record(self, id: str) -> BookPage:
        return self._page(id, "record", lambda number: self._draw_record(id, number))

    def _draw_record(self, id: str, number: int) -> BookRecordView:
        row = chapter(self.contexts[number].in_chapter(id), self._of(id), deeper=False)
        title = plain_text(row.title)
        if number == 0:
            self.first_chapter = row
        elif self.first_chapter:
            row = without_repeats(row, self._lang(number), self.first_chapter, self._lang(0))
        return BookRecordView(self._lang(number), title, row)

    def _back(self) -> Iterator[tuple[Phrase, BookPage]]:
        """Yield what follows the records, each with its title: pictures, references and the index."""
        for number, version in enumerate(self.versions):
            if version.pictures:
                id = self._own("_pictures", number)
                pictures = BookPicturesView(self._lang(number), id, version.pictures)
                yield self._alone(number, version.site.words.t("book-pictures"), id, "pictures", pictures)
        if self.site.atlas.cited:
            title = self._words([site.words.t("references") for site in self.sites])
            yield title, self._page("_references", "references", self._draw_references)
        for number, site in enumerate(self.sites if self.ids else ()):
            id = self._own("_names", number)
            names = names_index(site, self.reading_order, id)
            yield self._alone(number, site.words.t("book-names"), id, "names", names)

    def _own(self, id: str, number: int) -> str:
        """Return an id of what is there once for each language."""
        return f"{id}-{self.sites[number].language.id}" if number else id

    def _alone(self, number: int, title: str, file: str, template: str, view: View) -> tuple[Phrase, BookPage]:
        """Return a page that is in one language of the book only, and its title."""
        site = self.sites[number]
        words = Phrase(escaped(title), self.site.foreign(site.language.id))
        return words, BookPage(file, f"book/{template}.html", (DrawnVersion(site, lambda: view),))

    def _draw_references(self, number: int) -> BookReferencesView:
        atlas, context = self.site.atlas, self.contexts[0]
        if not self.ids:
            context.cited.update(dict.fromkeys(work.key for work in atlas.cited))
        order = {id: place for place, id in enumerate(self.reading_order)}
        numbers = {key: place for place, key in enumerate(context.cited, 1)}
        rows = []
        for entry in context.references():
            mentions = [one for site in self.sites for one in atlas.cited_by[site.language.id].get(entry.key, ())]
            places = find_places(self.site, mentions, order, _MOST_CITING)
            rows.append(BookReference(entry, places, other_label(self.sites, entry.key, numbers[entry.key])))
        return BookReferencesView(self._lang(number), tuple(rows))


def _part_file(family: Family) -> str:
    return f"_part-{family.folder}"

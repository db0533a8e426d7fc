"""The views of the home page, 404.html and the sitemap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from atlas.core.html import Html
from atlas.pages.pictures.views import PictureLinks
from atlas.pages.view_parts import (
    Alternate,
    Anchor,
    BookFiles,
    Card,
    Head,
    Notice,
    PageView,
    Phrase,
    ReferenceEntry,
    View,
    texts,
)
from atlas.search.page_text import Passage

BridgeKind = Literal["arc", "tie", "untied"]


class FamilyCount(Struct, frozen=True):
    """The number of records of a family, with a link to its index."""

    family: str
    count: int
    url: str


class SideCount(Struct, frozen=True):
    """The number of actors of one side only; those of several sides count under "joint", so that the sum is all."""

    id: str
    label: str
    count: int
    url: str


class HomeItem(Struct, frozen=True):
    """A subheading of a section with its text."""

    html: Html


class HomeSection(Struct, frozen=True):
    """A section of the text of the home page.

    Attributes:
        heading_html: its heading; "" before the first.
        intro_html: its text before the first subheading.
        items: its subheadings, which stand side by side.
        lang: the language of the text, where that is not the language of the page.
    """

    heading_html: Html
    intro_html: Html
    items: tuple[HomeItem, ...]
    lang: str


class BridgeLine(Struct, frozen=True):
    """A line from one side to the other, from a height on the left to a height on the right."""

    left: int
    right: int
    form: BridgeKind


class BridgeForm(Struct, frozen=True):
    """A form of line and what it means."""

    form: BridgeKind
    label: str


class BridgeGroup(Struct, frozen=True):
    """Actors of two sides that are tied to each other, directly or through others.

    Attributes:
        sentences: the ties in words, with their dates.
    """

    left: tuple[Card, ...]
    right: tuple[Card, ...]
    lines: tuple[BridgeLine, ...]
    width: int
    height: int
    sentences: tuple[str, ...]


class Bridges(Struct, frozen=True):
    """Two sides facing each other, with the ties between their actors.

    Attributes:
        title: what the picture shows, with its numbers.
        sides: links to the actors of both sides.
        forms: the legend.
        hidden: how many ties there are besides those shown.
    """

    title: str
    sides: tuple[Anchor, ...]
    groups: tuple[BridgeGroup, ...]
    forms: tuple[BridgeForm, ...]
    hidden: int


class HomeView(PageView, frozen=True):
    """The home page: what the atlas is, a picture from the data, and the text of the page `home` by sections.

    Attributes:
        lede: what the atlas is, in a sentence.
        bridges: one picture, or none where no tie joins two sides.
        tallies: the counts by family.
        sides: the counts of actors by side, which add up to all.
        books: the books that readers can download.
    """

    lede: Phrase
    notice: Notice
    bridges: tuple[Bridges, ...]
    files: PictureLinks
    sections: tuple[HomeSection, ...]
    tallies: tuple[FamilyCount, ...]
    sides: tuple[SideCount, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...]
    books: tuple[BookFiles, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Yield what the atlas is, and the text of its sections."""
        yield from texts(self.lede)
        for section in self.sections:
            parts = (section.heading_html, section.intro_html, *(item.html for item in section.items))
            yield from texts(*(Phrase(html, section.lang) for html in parts))


class MissingView(View, frozen=True):
    """404.html. A host serves it at any depth, so its URLs begin at the root of the host."""

    head: Head


class SitemapRow(Struct, frozen=True):
    """A page in the sitemap.

    Attributes:
        url: its absolute URL.
        day: the day of its last change; "" if unknown.
        alternates: the page in every language.
        x_default: the absolute URL of the page in the first language.
    """

    url: str
    day: str
    alternates: tuple[Alternate, ...]
    x_default: str


class SitemapView(View, frozen=True):
    """sitemap.xml."""

    rows: tuple[SitemapRow, ...]


class SitemapIndexView(View, frozen=True):
    """sitemap.xml of a site with more pages than a sitemap may list: the addresses of its parts."""

    urls: tuple[str, ...]

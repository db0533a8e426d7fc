"""The views of the home page, 404.html and the sitemap."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Alternate, Anchor, Card, Head, Notice, PageView, Phrase, ReferenceEntry, View


class FamilyCount(Struct, frozen=True):
    """The number of records of a family, with a link to its index."""

    family: str
    count: int
    url: str


class SideCount(Struct, frozen=True):
    """The number of actors of a side. Those of several sides count in each, and again under "joint"."""

    id: str
    label: str
    count: int
    url: str


class HomeList(Struct, frozen=True):
    """The records of a family on the home page.

    Attributes:
        id: the id of the section.
    """

    id: str
    label: str
    cards: tuple[Card, ...]


class HomeView(PageView, frozen=True):
    """The home page: its own text, and an overview of the atlas.

    Attributes:
        tallies: the counts by family.
        sides: the counts by side.
        fronts: the lists of records.
    """

    body: Phrase
    notice: Notice
    tallies: tuple[FamilyCount, ...]
    sides: tuple[SideCount, ...]
    fronts: tuple[HomeList, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...]


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

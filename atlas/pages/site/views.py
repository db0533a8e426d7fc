"""The views of the home page, 404.html and the sitemap."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Alternate, Anchor, Card, Head, Notice, PageView, Phrase, ReferenceEntry, View


class FamilyCount(Struct, frozen=True):
    """How many records a family has, and where they are listed."""

    family: str
    count: int
    url: str


class SideCount(Struct, frozen=True):
    """How many actors a side has; joint bodies count in each of their sides and stand apart once more under "joint"."""

    id: str
    label: str
    count: int
    url: str


class HomeList(Struct, frozen=True):
    """The records of a family on the home page. id: of the section."""

    id: str
    label: str
    cards: tuple[Card, ...]


class HomeView(PageView, frozen=True):
    """The home page: its own text, and what the atlas holds."""

    body: Phrase
    notice: Notice
    tallies: tuple[FamilyCount, ...]
    sides: tuple[SideCount, ...]
    fronts: tuple[HomeList, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...]


class MissingView(View, frozen=True):
    """404.html, which a host serves at any depth: its addresses are paths from the root of the host."""

    head: Head


class SitemapRow(Struct, frozen=True):
    """A page in the sitemap: its address, the day of its last change ("" if not known), and its twins."""

    url: str
    day: str
    alternates: tuple[Alternate, ...]
    x_default: str


class SitemapView(View, frozen=True):
    """sitemap.xml."""

    rows: tuple[SitemapRow, ...]

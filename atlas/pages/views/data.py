"""What is published beside the records: the data, the changes, and what machines read."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.views.parts import Anchor, Card, CiteRow, Entry, Head, NavigationLink, Opening, Phrase, Twin


class SitemapRow(Struct, frozen=True):
    """A page in the sitemap: its address, the day of its last change ("" if not known), and its twins."""

    url: str
    day: str
    twins: tuple[Twin, ...]
    x_default: str


class SitemapView(Struct, frozen=True):
    """sitemap.xml."""

    rows: tuple[SitemapRow, ...]


class DataDownload(Struct, frozen=True):
    """A file of the data: its name, where it is, and its size in words."""

    name: str
    url: str
    size: str


class DataColumn(Struct, frozen=True):
    """A column of a table, or its columns by language, and what it means. several: a cell may hold several values."""

    name: str
    meaning: str
    several: bool


class DataTable(Struct, frozen=True):
    """A table of the data with its files; without rows and columns where it is none, such as the network."""

    id: str
    title: str
    rows: int
    files: tuple[DataDownload, ...]
    columns: tuple[DataColumn, ...]


class DataView(Struct, frozen=True):
    """The data of the atlas. version: a day and a digest; package: what describes all files; works: as references."""

    head: Head
    opening: Opening
    version: str
    package: DataDownload
    tables: tuple[DataTable, ...]
    others: tuple[DataTable, ...]
    works: tuple[Anchor, ...]
    cite: tuple[CiteRow, ...]
    references: tuple[Entry, ...]


class ReleaseRow(Struct, frozen=True):
    """A release of the atlas, and what is new in it."""

    version: str
    text: str


class ChangeItem(Struct, frozen=True):
    """What changed in a record."""

    card: Card
    text: Phrase


class FamilyCards(Struct, frozen=True):
    """Records of one family."""

    family: str
    cards: tuple[Card, ...]


class ChangeDay(Struct, frozen=True):
    """What happened on a day (day: YYYY-MM-DD; date: in words). families: records first published."""

    date: str
    day: str
    releases: tuple[ReleaseRow, ...]
    changes: tuple[ChangeItem, ...]
    families: tuple[FamilyCards, ...]


class ChangesView(Struct, frozen=True):
    """The releases of the atlas, corrections and first publications, newest first."""

    head: Head
    opening: Opening
    days: tuple[ChangeDay, ...]
    references: tuple[Entry, ...]


class FeedEntry(Struct, frozen=True):
    """An entry of a feed, its words plain; its instants are those of RFC 3339."""

    id: str
    title: Phrase
    url: str
    published: str
    updated: str
    summary: Phrase


class FeedView(Struct, frozen=True):
    """An Atom feed. id: its own address; url: the page that it belongs to."""

    lang: str
    id: str
    title: str
    subtitle: str
    updated: str
    url: str
    author: str
    rights: str
    entries: tuple[FeedEntry, ...]


class RobotsView(Struct, frozen=True):
    """robots.txt."""

    sitemap: str


class LlmsLink(Struct, frozen=True):
    """A list of the atlas, and how many records of which family it holds."""

    label: str
    url: str
    family: str
    count: int


class LlmsView(Struct, frozen=True):
    """llms.txt. data: the file that describes the data; twins: where each record is as JSON; "" where there is none."""

    title: str
    description: str
    as_of: str
    licence: str
    licence_url: str
    cite: str
    languages: tuple[NavigationLink, ...]
    lists: tuple[LlmsLink, ...]
    data: str
    files: tuple[NavigationLink, ...]
    twins: str
    pages: tuple[NavigationLink, ...]

"""Pages that lead to others: the home page, lists, the bibliography, the table of all records, the search."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.markup import Html
from atlas.pages.views.parts import Anchor, Card, Entry, Head, MentionRow, Notice, Opening, Phrase


class Group(Struct, frozen=True):
    """Records that share a side, kind, field or letter. url: the group's own page ("" on that page)."""

    id: str
    label: Phrase
    url: str
    cards: tuple[Card, ...]


class IndexView(Struct, frozen=True):
    """An index: all records of a family, one grouping of them, or one group.

    by: "" for the index of all, else side, kind, field or letter; groupings: the other ways to see the family.
    """

    head: Head
    family: str
    by: str
    title: str
    groupings: tuple[Anchor, ...]
    groups: tuple[Group, ...]
    total: int


class EntryGroup(Struct, frozen=True):
    """Works that share a letter."""

    id: str
    label: str
    entries: tuple[Entry, ...]


class SourcesView(Struct, frozen=True):
    """The bibliography of the atlas: by author ("" in by), language, type or year.

    groupings: the ways to order it; downloads: all works as files.
    """

    head: Head
    by: str
    groupings: tuple[Anchor, ...]
    groups: tuple[EntryGroup, ...]
    downloads: tuple[Anchor, ...]
    total: int


class SourceView(Struct, frozen=True):
    """The page of one work: its reference, addresses, and the statements that rest on it, record by record.

    consulted: one of `biblatex.CONSULTED`, or "".
    """

    head: Head
    key: str
    title: Phrase
    reference_html: Html
    language: str
    consulted: str
    doi: str
    url: str
    archived: str
    abstract: Phrase
    downloads: tuple[Anchor, ...]
    cited_by: tuple[MentionRow, ...]


class Tally(Struct, frozen=True):
    """How many records a family has, and where they are listed."""

    family: str
    count: int
    url: str


class SideTally(Struct, frozen=True):
    """How many actors a side has; joint bodies count in each of their sides and stand apart once more under "joint"."""

    id: str
    label: str
    count: int
    url: str


class HomeView(Struct, frozen=True):
    """The home page: its own text, and what the atlas holds."""

    head: Head
    body: Phrase
    notice: Notice
    tallies: tuple[Tally, ...]
    sides: tuple[SideTally, ...]
    cases: tuple[Card, ...]
    actors: tuple[Card, ...]
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...]


class RedirectView(Struct, frozen=True):
    """What stands at an old address: the title of the page that has taken its place, the way to it, and its address.

    root: the way from the old address to the root of the site.
    """

    lang: str
    title: str
    url: str
    root: str
    canonical: str


class MissingView(Struct, frozen=True):
    """404.html, which a host serves at any depth: its addresses are paths from the root of the host."""

    head: Head


class Option(Struct, frozen=True):
    """One choice of a filter. group: what it stands under, "" where nothing; count: how many records it leaves."""

    value: str
    label: str
    group: str
    count: int


class Filter(Struct, frozen=True):
    """A filter of the table of all records. id: its name in the address."""

    id: Literal["side", "kind", "field", "century", "scale", "language"]
    options: tuple[Option, ...]


class ExploreRow(Struct, frozen=True):
    """A record in the table of all, and what each filter knows it by (values apart by spaces)."""

    card: Card
    fields: tuple[str, ...]
    counted: int
    known: int
    languages: tuple[str, ...]
    side: str
    kind: str
    field: str
    century: str
    scale: str
    language: str


class ExploreView(Struct, frozen=True):
    """The table of all records. scale: what the scale is called and counts, "" where there is none."""

    head: Head
    opening: Opening
    filters: tuple[Filter, ...]
    rows: tuple[ExploreRow, ...]
    scale: str
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class Choice(Struct, frozen=True):
    """A choice of a filter, and what it is called."""

    value: str
    label: str


class SearchView(Struct, frozen=True):
    """The page of the search. index: what the index of the language is called; lists: what leads on without it."""

    head: Head
    opening: Opening
    index: str
    families: tuple[Choice, ...]
    sides: tuple[Choice, ...]
    lists: tuple[Anchor, ...]
    references: tuple[Entry, ...]

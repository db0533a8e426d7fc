"""What each kind of page shows, and nothing else: frozen values that templates read.

A view is the whole of what its template knows besides the frame of its language. Every name that
ends in `html` holds markup that is safe to print; everything else is plain text, to be escaped.
Addresses are relative to the page.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.content.coverage import Blank


class Phrase(Struct, frozen=True):
    """Words with their language tag; lang is "" when it is that of the page."""

    html: str
    lang: str = ""


class Anchor(Struct, frozen=True):
    """A link: its words and where it leads."""

    label: Phrase
    url: str


class Card(Struct, frozen=True):
    """A record as its neighbours show it. summary: for lists, else empty."""

    id: str
    family: str
    url: str
    title: Phrase
    sides: tuple[str, ...]
    kind: str
    period: str
    summary: Phrase


class Twin(Struct, frozen=True):
    """The same page in a language of the site. absolute: its canonical address."""

    tag: str
    name: str
    url: str
    absolute: str
    current: bool


class Meta(Struct, frozen=True):
    """A tag of the head for machines that read pages: its name and content."""

    name: str
    content: str


class CiteRow(Struct, frozen=True):
    """How to cite a page in one style."""

    style_html: str
    html: str


class Head(Struct, frozen=True):
    """What every page says of itself.

    base: the way from the page to the root of its language ("" or "../…"); root: to the root of the site.
    canonical: the absolute address of this page, or of the original where the page is only its fallback.
    crumbs: the way from the home page to the parent of this page. updated: the day of the last
    change, YYYY-MM-DD or "".
    """

    lang: str
    path: str
    title: str
    description: str
    base: str
    root: str
    canonical: str
    x_default: str
    twins: tuple[Twin, ...]
    crumbs: tuple[Anchor, ...]
    updated: str = ""
    meta: tuple[Meta, ...] = ()
    jsonld_html: str = ""


class NavigationLink(Struct, frozen=True):
    """A page that every page leads to. path: relative to the root of the language."""

    label: str
    path: str


class Frame(Struct, frozen=True):
    """What all pages of one language share. as_of: the day that stands for today, in words; foot: links at its end."""

    lang: str
    site_title: str
    site_description: str
    author: str
    as_of: str
    navigation: tuple[NavigationLink, ...]
    licence: str
    licence_url: str
    foot: tuple[NavigationLink, ...] = ()


class NameRow(Struct, frozen=True):
    """A name with all that is known of it. language: the language's own description in the reader's language."""

    text: Phrase
    language: str
    kind: Literal["official", "short", "former", "abbreviation"]
    romanised: str
    period: str
    ours: bool
    cites_html: str


class FactRow(Struct, frozen=True):
    """A statement with its citations.

    id: its anchor in the page; behind: the original has changed since; differs: anchors of statements of the same
    record that say otherwise, from other sources.
    """

    id: str
    text: Phrase
    behind: bool = False
    differs: tuple[str, ...] = ()


class DimensionSection(Struct, frozen=True):
    """A dimension of a record: its facts, or why there is none."""

    id: str
    label: str
    question: str
    facts: tuple[FactRow, ...]
    blank: Blank


class AnswerRow(Struct, frozen=True):
    """A question of the scale and its answer, "" where it is not known. facts: where the facts that give it stand."""

    question: str
    answer: str
    facts: tuple[str, ...]


class ScaleSection(Struct, frozen=True):
    """The answers of an actor to the questions of the scale.

    counted: how many of the known answers are of the sort that the scale counts; sort: what that sort is called; url:
    the page of the order of actors, "" where there is none.
    """

    label: str
    rows: tuple[AnswerRow, ...]
    sort: str
    counted: int
    known: int
    url: str


class RelationRow(Struct, frozen=True):
    """One relation, seen from this record. id: its anchor when it is written in this record, else ""."""

    id: str
    other: Card
    period: str
    note: Phrase
    cites_html: str


class RelationGroup(Struct, frozen=True):
    """The relations of one type and direction, under the words that stand between the two names."""

    label: str
    rows: tuple[RelationRow, ...]


class Subject(Struct, frozen=True):
    """A field or contribution, its index page ("" when it has none), and the anchors of the facts it rests on."""

    label: str
    url: str
    facts: tuple[str, ...]


class PlaceRow(Struct, frozen=True):
    """A place and its coordinates in degrees."""

    label: str
    latitude: float
    longitude: float


class ChangeRow(Struct, frozen=True):
    """What changed on a day."""

    date: str
    day: str
    text: Phrase


class MentionRow(Struct, frozen=True):
    """A sentence of another page that leads here. anchor_url: the place in that page; place: what stands there."""

    card: Card
    anchor_url: str
    sentence: Phrase
    locator_html: str = ""


class Entry(Struct, frozen=True):
    """A work in a list of references. url: its own page; number: in a numeric style that by which the page cites it."""

    key: str
    html: str
    url: str
    number: str = ""


class HeadingRow(Struct, frozen=True):
    """A line of the contents of a page."""

    level: int
    id: str
    html: str


class QuotationView(Struct, frozen=True):
    """An author's own words with their source."""

    text: Phrase
    cites_html: str


class Notice(Struct, frozen=True):
    """What a reader must know of the words of a page.

    language: what the reader calls the language that they are in, when it is another. For a translation: whether it
    lacks parts, whether its original has changed since, with links to the sections concerned; who has reviewed it, and
    whether nobody has.
    """

    language: str = ""
    partial: bool = False
    behind: bool = False
    sections: tuple[Anchor, ...] = ()
    unreviewed: bool = False
    reviewer: str = ""
    reviewed: str = ""


class RecordView(Struct, frozen=True):
    """The page of a record; what its family does not have is empty. title and summary are in their best language."""

    head: Head
    id: str
    family: str
    title: Phrase
    summary: Phrase
    notice: Notice
    names: tuple[NameRow, ...]
    sides: tuple[Anchor, ...]
    kind: Anchor | None
    period: str
    places: tuple[PlaceRow, ...]
    website: str
    body: Phrase
    contents: tuple[HeadingRow, ...]
    dimensions: tuple[DimensionSection, ...]
    scale: ScaleSection | None
    fields: tuple[Subject, ...]
    contributions: tuple[Subject, ...]
    relations: tuple[RelationGroup, ...]
    quotation: QuotationView | None
    actors: tuple[Card, ...]
    cases: tuple[Card, ...]
    compared: tuple[Card, ...]
    supports: tuple[Card, ...]
    complicates: tuple[Card, ...]
    claims: tuple[Card, ...]
    comparisons: tuple[Card, ...]
    mentions: tuple[MentionRow, ...]
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...]
    cite: tuple[CiteRow, ...]
    authors: tuple[str, ...]
    published: str
    updated: str
    changes: tuple[ChangeRow, ...]
    previous: Anchor | None = None
    following: Anchor | None = None


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
    reference_html: str
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


class Chapter(Struct, frozen=True):
    """A record in a page that binds several: its id is its anchor, and begins the ids of its parts (`ID--PART`).

    facets: its sides, kind, dates and places in words. The headings of its body begin at h3.
    """

    id: str
    family: str
    title: Phrase
    names: tuple[NameRow, ...]
    facets: tuple[str, ...]
    website: str
    summary: Phrase
    quotation: QuotationView | None
    body: Phrase
    dimensions: tuple[DimensionSection, ...]
    relations: tuple[RelationGroup, ...]
    actors: tuple[Card, ...]
    supports: tuple[Card, ...]
    complicates: tuple[Card, ...]


class PrintView(Struct, frozen=True):
    """Records bound as one page, with the works that they cite; or, of books, the list of what can be printed."""

    head: Head
    title: str
    books: tuple[Anchor, ...]
    chapters: tuple[Chapter, ...]
    references: tuple[Entry, ...]


class MissingView(Struct, frozen=True):
    """404.html, which a host serves at any depth: its addresses are paths from the root of the host."""

    head: Head


class SitemapRow(Struct, frozen=True):
    """A page in the sitemap: its address, the day of its last change ("" if not known), and its twins."""

    url: str
    day: str
    twins: tuple[Twin, ...]


class SitemapView(Struct, frozen=True):
    """sitemap.xml."""

    rows: tuple[SitemapRow, ...]


View = RecordView | IndexView | SourcesView | SourceView | HomeView | PrintView | MissingView | SitemapView

"""What each kind of page shows, and nothing else: frozen values that templates read.

A view is the whole of what its template knows besides the frame of its language. Every name that
ends in `html` holds markup that is safe to print; everything else is plain text, to be escaped.
Addresses are relative to the page.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.content.coverage import Blank
from atlas.pictures.drawing import (  # noqa: F401 - every struct here is a part of some view
    Bar,
    DrawnMap,
    DrawnNetwork,
    DrawnNode,
    DrawnTie,
    Key,
    MapLine,
    Mark,
    Span,
    Tick,
)


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
    draft: bool = False


class Twin(Struct, frozen=True):
    """The same page in a language of the site. absolute: its canonical address; locale: for OpenGraph (`fr_FR`)."""

    tag: str
    name: str
    url: str
    absolute: str
    current: bool
    locale: str = ""


class Meta(Struct, frozen=True):
    """A tag of the head for machines that read pages: its name and content."""

    name: str
    content: str


class CiteRow(Struct, frozen=True):
    """How to cite a page in one style."""

    style_html: str
    html: str


class Found(Struct, frozen=True):
    """What a page says so that a search finds it: what it is about ("work", a family, else "page"), and its sides.

    names: all names of what it is about, as written and as typed; places: the names of where that is.
    """

    family: str
    sides: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Head(Struct, frozen=True):
    """What every page says of itself.

    base: the way from the page to the root of its language ("" or "../…"); root: to the root of the site.
    canonical: the absolute address of this page, or of the original where the page is only its fallback.
    crumbs: the way from the home page to the parent of this page. updated: the day of the last
    change, YYYY-MM-DD or "". picture: the absolute address of what stands for it where it is shared, "" where nothing
    does; form: what OpenGraph calls it; data: the way to the same as JSON, "" where there is none; found: what a search
    finds it by, where it is to be found. edit_url, report_url: where its file is edited and a mistake in it reported,
    "" where nobody says; address: its own absolute address then, part of report_url.
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
    picture: str = ""
    form: Literal["website", "article"] = "website"
    data: str = ""
    found: Found | None = None
    address: str = ""
    edit_url: str = ""
    report_url: str = ""


class NavigationLink(Struct, frozen=True):
    """A page that every page leads to. path: relative to the root of the language."""

    label: str
    path: str


class Frame(Struct, frozen=True):
    """What all pages of one language share. as_of: the day that stands for today, in words.

    ways: the pages that show the whole atlas; foot: those that every page leads to at its end; policy: what browsers
    may load with the page and run in it (a content security policy); feeds: what is new, by title; search: the page of
    the search, from the root of the language; "" where there is none.
    """

    lang: str
    site_title: str
    site_description: str
    author: str
    as_of: str
    navigation: tuple[NavigationLink, ...]
    licence: str
    licence_url: str
    ways: tuple[NavigationLink, ...] = ()
    foot: tuple[NavigationLink, ...] = ()
    policy: str = ""
    feeds: tuple[NavigationLink, ...] = ()
    search: str = ""


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
    """A dimension of a record: its facts, or why there is none. url: what all records state under it, if shown."""

    id: str
    label: str
    question: str
    facts: tuple[FactRow, ...]
    blank: Blank
    url: str = ""


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
    whether nobody has. draft: the record is not to be published yet.
    """

    language: str = ""
    partial: bool = False
    behind: bool = False
    sections: tuple[Anchor, ...] = ()
    unreviewed: bool = False
    reviewer: str = ""
    reviewed: str = ""
    draft: bool = False


class NeighbourhoodView(Struct, frozen=True):
    """The relations of a record as a picture. total: its neighbours, of whom `drawn` are drawn; url: in the network."""

    drawing: DrawnNetwork
    legend: tuple[Key, ...]
    drawn: int
    total: int
    url: str


class PlaceMap(Struct, frozen=True):
    """The places of a record on a small map. places: their names; land: the picture of the land; url: the whole map."""

    drawing: DrawnMap
    places: str
    land: str
    url: str


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
    neighbourhood: NeighbourhoodView | None
    map: PlaceMap | None
    quotation: QuotationView | None
    actors: tuple[Card, ...]
    cases: tuple[Card, ...]
    compared: tuple[Card, ...]
    supports: tuple[Card, ...]
    complicates: tuple[Card, ...]
    claims: tuple[Card, ...]
    comparisons: tuple[Card, ...]
    pairs: tuple[Anchor, ...]
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
    downloads: tuple[Anchor, ...]


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


class FigureColumn(Struct, frozen=True):
    """The figures of the network, or of a side of it. dated_share: of its ties, in words; central: the record of the
    highest betweenness, if any has some; across: ties to records of no common side.
    """

    label: str
    records: int
    isolated: int
    ties: int
    dated: int
    dated_share: str
    pairs: int
    density: str
    mean_degree: str
    components: int
    largest: int
    across: int
    central: Anchor | None
    betweenness: str


class YearRow(Struct, frozen=True):
    """The figures of the dated ties of a year. number: that of its class in the drawing."""

    year: int
    number: int
    records: int
    isolated: int
    ties: int
    pairs: int
    density: str
    mean_degree: str
    components: int
    largest: int


class NodeRow(Struct, frozen=True):
    """A record of the network. degree: neighbours; across: ties to records of no common side; component: its number."""

    id: str
    record: Anchor
    sides: str
    degree: int
    across: int
    betweenness: str
    component: int


class TieRow(Struct, frozen=True):
    """A tie in a table. period: "" when undated; held: whether it was there, for each fixed year."""

    id: str
    source: Anchor
    label: str
    target: Anchor
    period: str
    across: bool
    cites_html: str
    held: tuple[bool, ...]


class NetworkView(Struct, frozen=True):
    """The network of the records. drawn: how many of them the drawing shows; first, last: the years of its slider."""

    head: Head
    drawing: DrawnNetwork
    legend: tuple[Key, ...]
    drawn: int
    total: int
    undated: int
    figures: tuple[FigureColumn, ...]
    years: tuple[YearRow, ...]
    first: int
    last: int
    nodes: tuple[NodeRow, ...]
    ties: tuple[TieRow, ...]
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class MapPanel(Struct, frozen=True):
    """A part of the earth, enlarged. name: of the place there where most records are."""

    id: str
    name: str
    drawing: DrawnMap


class PlaceList(Struct, frozen=True):
    """A place and what is there. where: its coordinates in words."""

    id: str
    label: str
    where: str
    cards: tuple[Card, ...]


class ArcRow(Struct, frozen=True):
    """A relation that the map draws as an arc; drawn: both ends have a place."""

    source: Anchor
    label: str
    target: Anchor
    period: str
    cites_html: str
    drawn: bool


class Member(Struct, frozen=True):
    """A member of a network. places: where it is, "" where that is not known."""

    record: Anchor
    places: str
    period: str
    cites_html: str


class Membership(Struct, frozen=True):
    """A network and its members. number: that of its class in the drawing."""

    number: int
    network: Anchor
    members: tuple[Member, ...]


class MapView(Struct, frozen=True):
    """The map: the whole earth, parts of it enlarged, and lists of all that is drawn and of what has no place."""

    head: Head
    land: str
    drawing: DrawnMap
    panels: tuple[MapPanel, ...]
    legend: tuple[Key, ...]
    places: tuple[PlaceList, ...]
    arcs: tuple[ArcRow, ...]
    memberships: tuple[Membership, ...]
    unplaced: tuple[Card, ...]
    records: int
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class DecadeCount(Struct, frozen=True):
    """How many records there were in a decade; level: 0 for none, 1 to 5 by how many that is of the most."""

    count: int
    level: int


class DecadeRow(Struct, frozen=True):
    """A group of records of one family, decade by decade. total: of those with a date."""

    label: str
    family: str
    total: int
    counts: tuple[DecadeCount, ...]


class LifeRow(Struct, frozen=True):
    """A record on the timeline."""

    card: Card
    bar: Bar


class LifeGroup(Struct, frozen=True):
    """The lives of a group of records."""

    id: str
    label: str
    rows: tuple[LifeRow, ...]


class TimelineView(Struct, frozen=True):
    """The timeline by side, kind or field: counts by decade, lives as bars, and what has no date."""

    head: Head
    by: str
    groupings: tuple[Anchor, ...]
    decades: tuple[str, ...]
    tallies: tuple[DecadeRow, ...]
    ticks: tuple[Tick, ...]
    groups: tuple[LifeGroup, ...]
    undated: tuple[Card, ...]
    total: int


class SitemapRow(Struct, frozen=True):
    """A page in the sitemap: its address, the day of its last change ("" if not known), and its twins."""

    url: str
    day: str
    twins: tuple[Twin, ...]
    x_default: str


class SitemapView(Struct, frozen=True):
    """sitemap.xml."""

    rows: tuple[SitemapRow, ...]


class Opening(Struct, frozen=True):
    """How a page begins that the atlas makes itself: its title, and the words that authors have put on top of it."""

    title: Phrase
    summary: Phrase
    body: Phrase
    notice: Notice


class Share(Struct, frozen=True):
    """How many there are of how many; in hundredths, rounded, and these in words."""

    count: int
    of: int
    percent: int
    words: str


class ShareRow(Struct, frozen=True):
    """A language or a voice, and its share of the works in each column."""

    label: str
    cells: tuple[Share, ...]


class WorksBehind(Struct, frozen=True):
    """The works that statements rest on, by the language they are in, and by voice where the bibliography tells it.

    columns: whose statements; totals: how many works are behind each.
    """

    columns: tuple[str, ...]
    totals: tuple[int, ...]
    languages: tuple[ShareRow, ...]
    voices: tuple[ShareRow, ...]


class MatrixColumn(Struct, frozen=True):
    """A side in a matrix. total: how many actors it has, joint bodies among them."""

    id: str
    label: str
    total: int


class MatrixCell(Struct, frozen=True):
    """How many actors of a side answer a question of how many asked, and why the others do not.

    spared: those of a kind that is not asked; url: where the answers stand.
    """

    share: Share
    spared: int
    not_found: int
    not_researched: int
    url: str


class MatrixRow(Struct, frozen=True):
    """A dimension with what each side documents."""

    label: str
    url: str
    cells: tuple[MatrixCell, ...]


class PairLink(Struct, frozen=True):
    """A pair of records that are compared. shared: on how many dimensions both have statements, of how many."""

    first: Phrase
    second: Phrase
    url: str
    shared: Share


class SideGroup(Struct, frozen=True):
    """Records of one side, or of none alone."""

    id: str
    label: str
    cards: tuple[Card, ...]


class CompareView(Struct, frozen=True):
    """The way into all comparisons. joint: how many actors belong to several sides; charts: the other comparisons."""

    head: Head
    opening: Opening
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    joint: int
    charts: tuple[Anchor, ...]
    pairs: tuple[PairLink, ...]
    comparisons: tuple[Card, ...]
    unpaired: tuple[SideGroup, ...]
    works: WorksBehind
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class Statement(Struct, frozen=True):
    """A statement of another page, with its citations. url: where it stands; others: where others differ from it."""

    url: str
    text: Phrase
    behind: bool
    others: tuple[str, ...] = ()


class StatementGroup(Struct, frozen=True):
    """Statements that stand together: one, or those that disagree with each other."""

    statements: tuple[Statement, ...]
    disagree: bool


class Documented(Struct, frozen=True):
    """A record with what it states under a dimension."""

    card: Card
    groups: tuple[StatementGroup, ...]


class SideColumn(Struct, frozen=True):
    """What the records of one side state."""

    id: str
    label: str
    records: tuple[Documented, ...]


class FamilySection(Struct, frozen=True):
    """What the records of a family state, side by side. joint: records of several sides; others: of none of them."""

    family: str
    columns: tuple[SideColumn, ...]
    joint: tuple[Documented, ...]
    others: tuple[Documented, ...]


class BlankGroup(Struct, frozen=True):
    """The records that state nothing, by why."""

    reason: Blank
    cards: tuple[Card, ...]


class DimensionView(Struct, frozen=True):
    """What is stated under one dimension. siblings: all dimensions; columns and cells: the sides, as in the matrix."""

    head: Head
    opening: Opening
    question: str
    siblings: tuple[Anchor, ...]
    columns: tuple[MatrixColumn, ...]
    cells: tuple[MatrixCell, ...]
    families: tuple[FamilySection, ...]
    blanks: tuple[BlankGroup, ...]
    works: WorksBehind
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class PairTie(Struct, frozen=True):
    """What a pair rests on: what a source says of the relation, or what it is called; and its dates."""

    text: Phrase
    period: str


class PairCell(Struct, frozen=True):
    """What one record of a pair states under a dimension, or why nothing."""

    title: Phrase
    groups: tuple[StatementGroup, ...]
    blank: Blank


class PairRow(Struct, frozen=True):
    """A dimension of a pair. url: what all records state under it."""

    id: str
    label: str
    question: str
    url: str
    cells: tuple[PairCell, ...]


class PairAnswer(Struct, frozen=True):
    """A question of the scale with the answers of both records."""

    question: str
    cells: tuple[AnswerRow, ...]


class Grounds(Struct, frozen=True):
    """Where the statements stand by which a record has a field. held: whether it has it."""

    held: bool
    facts: tuple[str, ...]


class PairField(Struct, frozen=True):
    """A field that either record of a pair has."""

    label: str
    cells: tuple[Grounds, ...]


class PairView(Struct, frozen=True):
    """Two counterparts side by side. shared: on how many dimensions both have statements."""

    head: Head
    opening: Opening
    records: tuple[Card, ...]
    ties: tuple[PairTie, ...]
    comparisons: tuple[Card, ...]
    shared: Share
    rows: tuple[PairRow, ...]
    scale: tuple[ScaleSection, ...]
    answers: tuple[PairAnswer, ...]
    fields: tuple[PairField, ...]
    works: WorksBehind
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class FieldCell(Struct, frozen=True):
    """How many actors of a side have a field, of how many; and other records. url: where they are listed."""

    share: Share
    cases: int
    instruments: int
    url: str


class FieldRow(Struct, frozen=True):
    """A field with its cell for each side."""

    label: str
    url: str
    cells: tuple[FieldCell, ...]


class FieldRecord(Struct, frozen=True):
    """A record in a field. facts: where the statements stand that this rests on."""

    card: Card
    facts: tuple[str, ...]


class FieldColumn(Struct, frozen=True):
    """The records of a side in a field. id: the anchor of the list."""

    id: str
    label: str
    records: tuple[FieldRecord, ...]


class FieldSection(Struct, frozen=True):
    """A field with the records of each side, of several sides, and of none that is compared."""

    id: str
    label: str
    columns: tuple[FieldColumn, ...]
    joint: tuple[FieldRecord, ...]
    others: tuple[FieldRecord, ...]


class FieldsView(Struct, frozen=True):
    """Fields by sides. joint: how many actors belong to several sides."""

    head: Head
    opening: Opening
    columns: tuple[MatrixColumn, ...]
    rows: tuple[FieldRow, ...]
    sections: tuple[FieldSection, ...]
    joint: int
    works: WorksBehind
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class ScaleMark(Struct, frozen=True):
    """One answer in the drawing of an actor. x: where it stands."""

    x: int
    form: Literal["counted", "other", "unknown"]


class ScaleRow(Struct, frozen=True):
    """An actor with its answers."""

    card: Card
    counted: int
    known: int
    marks: tuple[ScaleMark, ...]
    answers: tuple[AnswerRow, ...]


class ScaleView(Struct, frozen=True):
    """The order of actors by the scale. width: of a drawing; unplaced: actors with too few known answers."""

    head: Head
    opening: Opening
    sort: str
    questions: tuple[str, ...]
    width: int
    placed: tuple[ScaleRow, ...]
    unplaced: tuple[ScaleRow, ...]
    works: WorksBehind
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


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


View = (
    RecordView
    | IndexView
    | SourcesView
    | SourceView
    | HomeView
    | PrintView
    | MissingView
    | RedirectView
    | SitemapView
    | CompareView
    | DimensionView
    | PairView
    | FieldsView
    | ScaleView
    | ExploreView
    | NetworkView
    | MapView
    | TimelineView
    | DataView
    | ChangesView
    | FeedView
    | RobotsView
    | LlmsView
    | SearchView
)

"""The views of record pages and their sections."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.content.coverage import MissingReason
from atlas.core.html import Html
from atlas.graphics.drawing import DrawnMap, DrawnNetwork, LegendEntry
from atlas.pages.view_parts import Anchor, Card, CiteRow, MentionRow, Notice, PageView, Phrase, ReferenceEntry


class NameRow(Struct, frozen=True):
    """A name with all that is known of it. language: the language's own description in the reader's language."""

    text: Phrase
    language: str
    kind: Literal["official", "short", "former", "abbreviation"]
    romanised: str
    period: str
    ours: bool
    cites_html: Html


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
    blank: MissingReason
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
    """One relation, seen from this record. id: its anchor when written in it, else ""; url: where it stands."""

    id: str
    url: str
    other: Card
    period: str
    note: Phrase
    cites_html: Html


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


class HeadingRow(Struct, frozen=True):
    """A line of the contents of a page."""

    level: int
    id: str
    html: Html


class QuotationView(Struct, frozen=True):
    """An author's own words with their source."""

    text: Phrase
    cites_html: Html


class NeighbourhoodView(Struct, frozen=True):
    """The relations of a record as a picture. total: its neighbours, of whom `drawn` are drawn; url: in the network."""

    drawing: DrawnNetwork
    legend: tuple[LegendEntry, ...]
    drawn: int
    total: int
    url: str


class PlaceMap(Struct, frozen=True):
    """The places of a record on a small map. places: their names; land: the picture of the land; url: the whole map."""

    drawing: DrawnMap
    places: str
    land: str
    url: str


class Detail(Struct, frozen=True):
    """A text or an address under a word. name: its key in the file; url: the address, "" where it is a text."""

    name: str
    label: str
    text: str
    url: str


class RecordList(Struct, frozen=True):
    """Records that this one lists, or that list it. id: of the section."""

    id: str
    label: str
    cards: tuple[Card, ...]


class SignerRow(Struct, frozen=True):
    """Who signs a page, with links to public registers."""

    name: str
    identifiers: tuple[Anchor, ...]


class RecordView(PageView, frozen=True):
    """The page of a record; what its family does not have is empty. title and summary are in their best language."""

    id: str
    kicker: str
    title: Phrase
    summary: Phrase
    notice: Notice
    names: tuple[NameRow, ...]
    sides: tuple[Anchor, ...]
    kind: Anchor | None
    period: str
    places: tuple[PlaceRow, ...]
    details: tuple[Detail, ...]
    identifiers: tuple[Anchor, ...]
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
    compared: tuple[Card, ...]
    lists: tuple[RecordList, ...]
    pairs: tuple[Anchor, ...]
    mentions: tuple[MentionRow, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...]
    cite: tuple[CiteRow, ...]
    authors: tuple[SignerRow, ...]
    published: str
    updated: str
    changes: tuple[ChangeRow, ...]
    previous: Anchor | None = None
    following: Anchor | None = None

"""The views of record pages and their sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from atlas.content.coverage import MissingReason
from atlas.core.html import Html
from atlas.graphics.drawing import DrawnMap, DrawnNetwork, LegendEntry
from atlas.pages.view_parts import (
    Anchor,
    Card,
    CiteRow,
    EditionNote,
    MentionRow,
    Notice,
    PageView,
    Phrase,
    ReferenceEntry,
    labels,
    texts,
)
from atlas.search.page_text import Passage


class NameRow(Struct, frozen=True):
    """A name of a record.

    Attributes:
        language: the name of its language, in the language of the page.
        ours: whether the atlas made this form because none is attested.
    """

    text: Phrase
    language: str
    kind: Literal["official", "short", "former", "abbreviation"]
    romanised: str
    period: str
    ours: bool
    cites_html: Html


class QuotationView(Struct, frozen=True):
    """A quotation with its source."""

    text: Phrase
    cites_html: Html


class FactRow(Struct, frozen=True):
    """A fact with its citations.

    Attributes:
        id: its anchor.
        behind: whether the original has changed since it was translated.
        differs: the anchors of the facts of this record that disagree with it.
        quotes: the own words of its works.
    """

    id: str
    text: Phrase
    behind: bool = False
    differs: tuple[str, ...] = ()
    quotes: tuple[QuotationView, ...] = ()


class BodyPart(Struct, frozen=True):
    """A part of a body, up to the end of a paragraph, with the own words of the works that the paragraph cites."""

    html: Html
    quotes: tuple[QuotationView, ...]


class DimensionSection(Struct, frozen=True):
    """A dimension of a record.

    Attributes:
        blank: the reason why there is no fact.
        url: the page of the dimension, if there is one.
    """

    id: str
    label: str
    question: str
    facts: tuple[FactRow, ...]
    blank: MissingReason
    url: str = ""


class AnswerRow(Struct, frozen=True):
    """A question of the scale with its answer.

    Attributes:
        answer: the answer; "" if unknown.
        facts: the URLs of the facts that support it.
    """

    question: str
    answer: str
    facts: tuple[str, ...]


class ScaleSection(Struct, frozen=True):
    """The answers of an actor to the questions of the scale.

    Attributes:
        sort: the name of the answers that the scale counts.
        counted: how many of the known answers it counts.
        known: how many answers are known.
        url: the page of the scale; "" for none.
    """

    label: str
    rows: tuple[AnswerRow, ...]
    sort: str
    counted: int
    known: int
    url: str


class RelationRow(Struct, frozen=True):
    """A relation, from the point of view of this record.

    Attributes:
        id: its anchor, if it is written in this record; else "".
        url: its place on the page of the record in which it is written.
    """

    id: str
    url: str
    other: Card
    period: str
    note: Phrase
    cites_html: Html


class RelationGroup(Struct, frozen=True):
    """The relations of one type and direction.

    Attributes:
        url: the list of all relations of the type; "" for none.
    """

    label: str
    rows: tuple[RelationRow, ...]
    url: str = ""


class Subject(Struct, frozen=True):
    """A field or contribution of a record.

    Attributes:
        url: its index page; "" for none.
        facts: the anchors of the facts that support it.
    """

    label: str
    url: str
    facts: tuple[str, ...]


class PlaceRow(Struct, frozen=True):
    """A place and its coordinates in degrees."""

    label: str
    latitude: float
    longitude: float


class ChangeRow(Struct, frozen=True):
    """A change of a record.

    Attributes:
        date: the date in words.
        day: the date as YYYY-MM-DD.
    """

    date: str
    day: str
    text: Phrase


class HeadingRow(Struct, frozen=True):
    """A line of the table of contents."""

    level: int
    id: str
    html: Html


class NeighbourhoodView(Struct, frozen=True):
    """The drawing of the relations of a record.

    Attributes:
        drawn: how many of its neighbours are drawn.
        total: how many neighbours it has.
        url: the record in the drawing of the whole network.
    """

    drawing: DrawnNetwork
    legend: tuple[LegendEntry, ...]
    drawn: int
    total: int
    url: str


class PlaceMap(Struct, frozen=True):
    """The places of a record on a small map.

    Attributes:
        places: the names of the places.
        land: the URL of the picture of the land.
        url: the map of all places.
    """

    drawing: DrawnMap
    places: str
    land: str
    url: str


class Detail(Struct, frozen=True):
    """A text or URL with a label.

    Attributes:
        name: its key in the file.
        url: the URL; "" for a text.
        lang: the language of the text, if it is not that of the page.
    """

    name: str
    label: str
    text: str
    url: str
    lang: str = ""


class RecordList(Struct, frozen=True):
    """Records that this one lists, or that list it.

    Attributes:
        id: the id of the section.
    """

    id: str
    label: str
    cards: tuple[Card, ...]


class ShownValue(Struct, frozen=True):
    """A value in a table of a dataset, with its link ("" for none) and its citation."""

    text: Phrase
    url: str
    cites_html: Html


class ShownRow(Struct, frozen=True):
    """A row of a table of a dataset.

    Attributes:
        cells: the values by column, in their order.
        cites_html: the citation of the works of the whole row.
        quotes: the own words of the works.
    """

    id: str
    cells: tuple[tuple[ShownValue, ...], ...]
    cites_html: Html
    quotes: tuple[QuotationView, ...]


class DatasetTable(Struct, frozen=True):
    """The table of a dataset.

    Attributes:
        columns: the headings.
        types: the types of the columns.
        rows: those of the page; in print and in books, the first ones.
        total: how many rows the table has.
        sourced: whether rows name works for all their cells.
        csv: the URL of the file with the table.
        more: in print and in books, the URL of the page with the rows after the first ones, if there are more.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    total: int
    sourced: bool
    csv: str
    more: str = ""

    def passages(self) -> Iterator[Passage]:
        """Yield the texts of each row."""
        for line in self.rows:
            yield from texts(*(value.text for cell in line.cells for value in cell), anchor=line.id)
            yield from texts(*(quote.text for quote in line.quotes), anchor=line.id)


class SignerRow(Struct, frozen=True):
    """An author of a page, with links to public registers."""

    name: str
    identifiers: tuple[Anchor, ...]


class DatasetRowsView(PageView, frozen=True):
    """A further page of a dataset that has more rows than its own page shows."""

    title: Phrase
    dataset: DatasetTable
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...]

    def passages(self) -> Iterator[Passage]:
        """Yield the rows."""
        yield from self.dataset.passages()


class RecordView(PageView, frozen=True):
    """The page of a record. What its family does not have is empty."""

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
    lead: Phrase
    body: Phrase
    body_parts: tuple[BodyPart, ...]
    contents: tuple[HeadingRow, ...]
    dimensions: tuple[DimensionSection, ...]
    scale: ScaleSection | None
    fields: tuple[Subject, ...]
    contributions: tuple[Subject, ...]
    relations: tuple[RelationGroup, ...]
    neighbourhood: NeighbourhoodView | None
    map: PlaceMap | None
    quotation: QuotationView | None
    dataset: DatasetTable | None
    actors: tuple[Card, ...]
    compared: tuple[Card, ...]
    lists: tuple[RecordList, ...]
    pairs: tuple[Anchor, ...]
    mentions: tuple[MentionRow, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...]
    cite: tuple[CiteRow, ...]
    edition: EditionNote | None
    authors: tuple[SignerRow, ...]
    published: str
    updated: str
    changes: tuple[ChangeRow, ...]
    previous: Anchor | None = None
    following: Anchor | None = None

    def heading(self) -> Phrase:
        """Return the title of the record."""
        return self.title

    def passages(self) -> Iterator[Passage]:
        """Yield the texts of the record. What another record says about it is left to the page of that record."""
        yield from texts(self.summary, self.lead)
        if self.quotation:
            yield from texts(self.quotation.text)
        yield from texts(self.body)
        for part in self.body_parts:
            yield from texts(*(row.text for row in part.quotes))
        yield from self.dataset.passages() if self.dataset else ()
        for section in self.dimensions:
            for fact in section.facts:
                yield from texts(fact.text, *(row.text for row in fact.quotes), anchor=fact.id)
        for group in self.relations:
            for row in group.rows:
                if row.id:
                    yield from texts(row.other.title, row.note, anchor=row.id)
        if self.kind:
            yield from texts(self.kind.label)
        yield from labels(self.period, *(row.label for row in (*self.fields, *self.contributions)))
        yield from labels(*(row.text for row in self.details))
        yield from texts(*(card.title for card in (*self.actors, *self.compared)))

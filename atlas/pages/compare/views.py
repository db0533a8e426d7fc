"""The views of the comparison pages."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.content.coverage import MissingReason
from atlas.pages.records.views import AnswerRow, ScaleSection
from atlas.pages.view_parts import Anchor, Card, PageIntro, PageView, Phrase, ReferenceEntry, Share, WorksBehind


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


class CompareView(PageView, frozen=True):
    """The way into all comparisons. joint: how many actors belong to several sides; charts: the other comparisons."""

    intro: PageIntro
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    joint: int
    charts: tuple[Anchor, ...]
    pairs: tuple[PairLink, ...]
    comparisons: tuple[Card, ...]
    unpaired: tuple[SideGroup, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
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
    label: str
    columns: tuple[SideColumn, ...]
    joint: tuple[Documented, ...]
    others: tuple[Documented, ...]


class BlankGroup(Struct, frozen=True):
    """The records that state nothing, by why."""

    reason: MissingReason
    cards: tuple[Card, ...]


class DimensionView(PageView, frozen=True):
    """What is stated under one dimension. siblings: all dimensions; columns and cells: the sides, as in the matrix."""

    intro: PageIntro
    question: str
    siblings: tuple[Anchor, ...]
    columns: tuple[MatrixColumn, ...]
    cells: tuple[MatrixCell, ...]
    families: tuple[FamilySection, ...]
    blanks: tuple[BlankGroup, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()


class PairTie(Struct, frozen=True):
    """What a pair rests on: what a source says of the relation, or what it is called; its dates, and its place."""

    text: Phrase
    period: str
    url: str


class PairCell(Struct, frozen=True):
    """What one record of a pair states under a dimension, or why nothing."""

    title: Phrase
    groups: tuple[StatementGroup, ...]
    blank: MissingReason


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


class FieldEvidence(Struct, frozen=True):
    """Where the statements stand by which a record has a field. held: whether it has it."""

    held: bool
    facts: tuple[str, ...]


class PairField(Struct, frozen=True):
    """A field that either record of a pair has."""

    label: str
    cells: tuple[FieldEvidence, ...]


class PairView(PageView, frozen=True):
    """Two counterparts side by side. shared: on how many dimensions both have statements."""

    intro: PageIntro
    records: tuple[Card, ...]
    ties: tuple[PairTie, ...]
    comparisons: tuple[Card, ...]
    shared: Share
    rows: tuple[PairRow, ...]
    scale: tuple[ScaleSection, ...]
    answers: tuple[PairAnswer, ...]
    fields: tuple[PairField, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()


class FieldCount(Struct, frozen=True):
    """How many records of a family have a field."""

    family: str
    count: int


class FieldCell(Struct, frozen=True):
    """How many actors of a side have a field, of how many; and other records. url: where they are listed."""

    share: Share
    others: tuple[FieldCount, ...]
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


class FieldsView(PageView, frozen=True):
    """Fields by sides. joint: how many actors belong to several sides."""

    intro: PageIntro
    columns: tuple[MatrixColumn, ...]
    rows: tuple[FieldRow, ...]
    sections: tuple[FieldSection, ...]
    joint: int
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
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


class ScaleView(PageView, frozen=True):
    """The order of actors by the scale. width: of a drawing; unplaced: actors with too few known answers."""

    intro: PageIntro
    sort: str
    questions: tuple[str, ...]
    width: int
    placed: tuple[ScaleRow, ...]
    unplaced: tuple[ScaleRow, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

"""The views of the comparison pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from atlas.content.coverage import MissingReason
from atlas.pages.records.views import AnswerRow, ScaleSection
from atlas.pages.view_parts import Anchor, Card, IntroducedView, Phrase, ReferenceEntry, Share, WorksBehind, labels
from atlas.search.page_text import Passage


class MatrixColumn(Struct, frozen=True):
    """A side in a matrix.

    Attributes:
        total: the number of its actors, including those that belong to several sides.
    """

    id: str
    label: str
    total: int


class MatrixCell(Struct, frozen=True):
    """The answers of the actors of a side to a question.

    Attributes:
        share: how many of the actors asked have an answer.
        spared: how many actors are of a kind that is not asked.
        not_found: how many have no answer because none was found.
        not_researched: how many have no answer because nobody has looked for one.
        url: the list of the answers.
    """

    share: Share
    spared: int
    not_found: int
    not_researched: int
    url: str


class MatrixRow(Struct, frozen=True):
    """A dimension with the cell of each side."""

    label: str
    url: str
    cells: tuple[MatrixCell, ...]


class PairLink(Struct, frozen=True):
    """A link to a pair of compared records.

    Attributes:
        shared: on how many of all dimensions both have a fact.
    """

    first: Phrase
    second: Phrase
    url: str
    shared: Share


class SideGroup(Struct, frozen=True):
    """The records of one side, or of several sides."""

    id: str
    label: str
    cards: tuple[Card, ...]


class CompareView(IntroducedView, frozen=True):
    """The index of all comparisons.

    Attributes:
        joint: how many actors belong to several sides.
        charts: links to the comparisons that are neither a dimension nor a pair.
        unpaired: the actors without a counterpart.
    """

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
    """A fact of another page, with its citations.

    Attributes:
        url: the place of the fact.
        behind: whether its translation is behind the original.
        others: the URLs of the facts that disagree with it and are shown elsewhere.
    """

    url: str
    text: Phrase
    behind: bool
    others: tuple[str, ...] = ()


class StatementGroup(Struct, frozen=True):
    """One fact, or several that disagree with each other."""

    statements: tuple[Statement, ...]
    disagree: bool


class Documented(Struct, frozen=True):
    """A record with its facts under a dimension."""

    card: Card
    groups: tuple[StatementGroup, ...]


class SideColumn(Struct, frozen=True):
    """The facts of the records of one side."""

    id: str
    label: str
    records: tuple[Documented, ...]


class FamilySection(Struct, frozen=True):
    """The facts of the records of a family, side by side.

    Attributes:
        joint: the records of several sides.
        others: the records of no compared side.
    """

    family: str
    label: str
    columns: tuple[SideColumn, ...]
    joint: tuple[Documented, ...]
    others: tuple[Documented, ...]


class BlankGroup(Struct, frozen=True):
    """The records without a fact for one reason."""

    reason: MissingReason
    cards: tuple[Card, ...]


class DimensionView(IntroducedView, frozen=True):
    """All facts under one dimension.

    Attributes:
        siblings: links to all dimensions.
        columns: the sides, as in the matrix.
        cells: the cell of each side, as in the matrix.
        blanks: the records without a fact.
    """

    question: str
    siblings: tuple[Anchor, ...]
    columns: tuple[MatrixColumn, ...]
    cells: tuple[MatrixCell, ...]
    families: tuple[FamilySection, ...]
    blanks: tuple[BlankGroup, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Yield the question and the introduction."""
        yield from labels(self.question)
        yield from super().passages()


class PairTie(Struct, frozen=True):
    """The relation on which a pair rests.

    Attributes:
        text: the note on the relation with its citations, or the name of its type.
        period: its dates, in words.
        url: its place on the page of the record.
    """

    text: Phrase
    period: str
    url: str


class PairCell(Struct, frozen=True):
    """The facts of one record of a pair under a dimension.

    Attributes:
        blank: the reason why there is none.
    """

    title: Phrase
    groups: tuple[StatementGroup, ...]
    blank: MissingReason


class PairRow(Struct, frozen=True):
    """A dimension of a pair.

    Attributes:
        url: the page of the dimension.
    """

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
    """The facts by which a record has a field.

    Attributes:
        held: whether the record has the field.
        facts: the URLs of the facts.
    """

    held: bool
    facts: tuple[str, ...]


class PairField(Struct, frozen=True):
    """A field that either record of a pair has."""

    label: str
    cells: tuple[FieldEvidence, ...]


class PairView(IntroducedView, frozen=True):
    """Two counterparts side by side.

    Attributes:
        ties: the relations on which the pair rests.
        comparisons: the records that compare both.
        shared: on how many of all dimensions both have a fact.
    """

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
    """The number of records of a family with a field."""

    family: str
    count: int


class FieldCell(Struct, frozen=True):
    """The records of a side with a field.

    Attributes:
        share: how many of the actors have the field.
        others: the counts of the other families.
        url: the list of the records.
    """

    share: Share
    others: tuple[FieldCount, ...]
    url: str


class FieldRow(Struct, frozen=True):
    """A field with the cell of each side."""

    label: str
    url: str
    cells: tuple[FieldCell, ...]


class FieldRecord(Struct, frozen=True):
    """A record with a field.

    Attributes:
        facts: the URLs of the facts that support the field.
    """

    card: Card
    facts: tuple[str, ...]


class FieldColumn(Struct, frozen=True):
    """The records of a side with a field.

    Attributes:
        id: the anchor of the list.
    """

    id: str
    label: str
    records: tuple[FieldRecord, ...]


class FieldSection(Struct, frozen=True):
    """A field with its records by side.

    Attributes:
        joint: the records of several sides.
        others: the records of no compared side.
    """

    id: str
    label: str
    columns: tuple[FieldColumn, ...]
    joint: tuple[FieldRecord, ...]
    others: tuple[FieldRecord, ...]


class FieldsView(IntroducedView, frozen=True):
    """The fields by side.

    Attributes:
        joint: how many actors belong to several sides.
    """

    columns: tuple[MatrixColumn, ...]
    rows: tuple[FieldRow, ...]
    sections: tuple[FieldSection, ...]
    joint: int
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()


class ScaleMark(Struct, frozen=True):
    """The mark of one answer in the drawing of an actor.

    Attributes:
        x: its horizontal position.
    """

    x: int
    form: Literal["counted", "other", "unknown"]


class ScaleRow(Struct, frozen=True):
    """An actor with its answers.

    Attributes:
        counted: how many answers the scale counts.
        known: how many answers are known.
    """

    card: Card
    counted: int
    known: int
    marks: tuple[ScaleMark, ...]
    answers: tuple[AnswerRow, ...]


class ScaleView(IntroducedView, frozen=True):
    """The actors in the order of the scale.

    Attributes:
        sort: the name of the answers that the scale counts.
        width: the width of a drawing.
        unplaced: the actors with too few known answers.
    """

    sort: str
    questions: tuple[str, ...]
    width: int
    placed: tuple[ScaleRow, ...]
    unplaced: tuple[ScaleRow, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Yield the introduction and the questions."""
        yield from super().passages()
        yield from labels(*self.questions)

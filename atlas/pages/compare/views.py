"""The views of the comparison pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from atlas.content.coverage import MissingReason
from atlas.pages.records.views import AnswerRow, ScaleSection
from atlas.pages.view_parts import Anchor, Card, IntroducedView, Phrase, ReferenceEntry, Share, WorksBehind, labels
from atlas.search.page_text import Passage


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
        share: how many of the actors that should answer do.
        spared: how many actors are of a kind that need not answer.
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


class Contrast(Struct, frozen=True):
    """A dimension with the statement that says how the sides differ."""

    label: str
    question: str
    url: str
    statement: Statement


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
        contrasts: how the sides differ, dimension by dimension.
        actors: how many actors are compared.
        joint: how many actors belong to several sides.
        charts: links to the comparisons that are neither a dimension nor a pair.
        unpaired: the actors without a counterpart.
    """

    contrasts: tuple[Contrast, ...]
    actors: int
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


class StatementGroup(Struct, frozen=True):
    """One fact, or several that disagree with each other."""

    statements: tuple[Statement, ...]
    disagree: bool


class Documented(Struct, frozen=True):
    """A record with its facts under a dimension.

    Attributes:
        more: how many further facts its own page has.
        more_url: where they are; "" if all are here.
    """

    card: Card
    groups: tuple[StatementGroup, ...]
    more: int = 0
    more_url: str = ""


class SideColumn(Struct, frozen=True):
    """The facts of the records of one side."""

    id: str
    label: str
    records: tuple[Documented, ...]


class FamilySection(Struct, frozen=True):
    """The facts of the compared family, side by side; of another family the records, which lead to their facts.

    Attributes:
        is_compared: whether the facts are shown.
        joint: the records of several sides.
        others: the records of no compared side.
    """

    family: str
    label: str
    columns: tuple[SideColumn, ...]
    joint: tuple[Documented, ...]
    others: tuple[Documented, ...]
    is_compared: bool


class BlankGroup(Struct, frozen=True):
    """The records without a fact for one reason."""

    reason: MissingReason
    cards: tuple[Card, ...]


class DimensionView(IntroducedView, frozen=True):
    """All facts under one dimension.

    Attributes:
        siblings: links to all dimensions.
        contrast: the statement that says how the sides differ; none where the site names none.
        actors: how many actors are compared.
        columns: the sides, as in the matrix.
        cells: the cell of each side, as in the matrix.
        blanks: the records without a fact.
    """

    question: str
    contrast: tuple[Statement, ...]
    actors: int
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


class ProfileCell(Struct, frozen=True):
    """The facts of a record of a pair that answer a question of the profile.

    Attributes:
        nearest: where there is none, the nearest record that answers it.
    """

    statements: tuple[Statement, ...]
    nearest: tuple[Anchor, ...]


class ProfileRow(Struct, frozen=True):
    """A question of the profile with the answers of both records."""

    label: str
    cells: tuple[ProfileCell, ...]


class PairView(IntroducedView, frozen=True):
    """Two counterparts side by side.

    Attributes:
        profile: the questions of the profile with both answers.
        answered: how many of the cells of the profile hold an answer.
        ties: the relations on which the pair rests.
        comparisons: the records that compare both.
        shared: on how many of all dimensions both have a fact.
    """

    records: tuple[Card, ...]
    profile: tuple[ProfileRow, ...]
    answered: Share
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
        known: how many of all answers are known.
        actors: how many actors are asked.
        least: how many known answers an actor needs for a place in the order.
        ordered: how many actors have a place in the order.
        grid: the actors with a known answer, by name.
        placed: those with enough known answers, in their order.
        unplaced: the actors without a known answer.
    """

    sort: str
    questions: tuple[str, ...]
    width: int
    known: Share
    actors: int
    least: int
    ordered: int
    grid: tuple[ScaleRow, ...]
    placed: tuple[ScaleRow, ...]
    unplaced: tuple[ScaleRow, ...]
    works: WorksBehind
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Yield the introduction and the questions."""
        yield from super().passages()
        yield from labels(*self.questions)

"""Computes which questions the records answer and which they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, cast

from atlas.content.linking import Atlas
from atlas.content.model import Fact, Record, Relation, Scale, Site, Text
from atlas.content.reference_checks import sourced_passages
from atlas.schema.families import BY_FAMILY

MissingReason = Literal["", "not-researched", "not-found", "not-applicable", "not-stated"]
"""Why a record has no fact under a dimension; "" when it has one. not-stated: its family is not compared."""


def missing_reason(site: Site, record: Record, dimension: str) -> MissingReason:
    """Return why a record has no fact under a dimension, or "" when it has one.

    Records of the compared family should answer every dimension, except those that do not apply to their kind;
    records of other families may state facts.
    """
    if any(fact.dimension == dimension for fact in record.facts):
        return ""
    kind = site.kinds.get(record.family, {}).get(record.kind)
    if kind and dimension in kind.not_applicable:
        return "not-applicable"
    if not BY_FAMILY[record.family].is_compared:
        return "not-stated"
    return cast(MissingReason, record.unanswered.get(dimension, "not-researched"))


def disagreeing_facts(record: Record) -> Mapping[str, tuple[str, ...]]:
    """Return, for each fact of a record that disagrees with others, the ids of those facts in the order of the record.

    A disagreement counts for both facts, whichever of them names it in `differs`.
    """
    pairs = {(fact.id, link.target) for fact in record.facts for link in fact.differs}
    pairs |= {(there, here) for here, there in pairs}
    return {
        fact.id: tuple(other.id for other in record.facts if (fact.id, other.id) in pairs)
        for fact in record.facts
        if any(here == fact.id for here, _ in pairs)
    }


class AnswerCounts(NamedTuple):
    """The numbers of actors that answer a question and that do not.

    Attributes:
        answered: they have a fact under it.
        not_found: an answer was sought and not found.
        not_researched: no answer has been sought.
        spared: the question does not apply to their kind.
    """

    answered: int
    not_found: int
    not_researched: int
    spared: int

    @property
    def expected(self) -> int:
        """The number of actors that should answer."""
        return self.answered + self.not_found + self.not_researched


def count_answers(site: Site, records: Iterable[Record], dimension: str) -> AnswerCounts:
    """Count how some actors answer a dimension."""
    found = [missing_reason(site, record, dimension) for record in records]
    reasons: tuple[MissingReason, ...] = ("", "not-found", "not-researched", "not-applicable")
    return AnswerCounts(*(found.count(reason) for reason in reasons))


class Pair(NamedTuple):
    """Two records that relations of a pairing type connect.

    Attributes:
        first: the one whose side comes first in `site.yaml`, then by id.
        second: the other one.
        relations: the relations that connect them.
    """

    first: Record
    second: Record
    relations: tuple[Relation, ...]

    @property
    def path(self) -> str:
        """The path of the page that compares them."""
        return f"/compare/{self.first.id}--{self.second.id}/"


def pairs(atlas: Atlas) -> tuple[Pair, ...]:
    """Return every pair once, whichever of its records holds the relation."""
    found = {pair.path: pair for id in atlas.ties for pair in pairs_of(atlas, atlas.records[id])}
    return tuple(
        sorted(found.values(), key=lambda pair: (_rank(atlas.site, pair.first), _rank(atlas.site, pair.second)))
    )


def pairs_of(atlas: Atlas, record: Record) -> tuple[Pair, ...]:
    """Return the pairs of one record, in the order of their relations."""
    found: dict[str, list[Relation]] = {}
    for tie in atlas.ties.get(record.id, ()):
        if atlas.site.relation_types[tie.relation.type].pairs:
            found.setdefault(tie.other, []).append(tie.relation)
    pairs_found = []
    for other, relations in found.items():
        first, second = sorted((record, atlas.records[other]), key=lambda one: _rank(atlas.site, one))
        pairs_found.append(Pair(first, second, tuple(relations)))
    return tuple(pairs_found)


def _rank(site: Site, record: Record) -> tuple[int, str]:
    """Return the sort key of a record: the first of its sides, then its id."""
    order = list(site.sides)
    return min((order.index(side) for side in record.sides), default=len(order)), record.id


def compared_sides(site: Site, record: Record) -> tuple[str, ...]:
    """Return the sides of a record that are compared."""
    return tuple(side for side in record.sides if site.sides[side].compared)


def works_of_facts(facts: Iterable[Fact]) -> frozenset[str]:
    """Return the keys of the works that facts name as sources or cite."""
    return frozenset(key for fact in facts for key in (*(one.work for one in fact.sources), *_cited(fact.text)))


def works_of(record: Record) -> frozenset[str]:
    """Return the keys of the works that a record names or cites, except those that it only lists under `nocite`."""
    listed = {link.span for link in record.nocite}
    named = {row.reference.work for row in sourced_passages(record) if row.reference.span not in listed}
    return frozenset(named | {key for text in record.texts().values() for key in _cited(text)})


def _cited(text: Text) -> Iterator[str]:
    """Yield the keys of the works that a text cites, in its original language."""
    for _, slot in text.versions[text.original].used():
        yield from (cite.key for cite, _ in slot.cites)


class ScaleScore(NamedTuple):
    """The score of an actor on the scale.

    Attributes:
        counted: number of its known answers that are of a sort that the scale counts.
        known: number of its known answers.
    """

    counted: int
    known: int


def scale_score(scale: Scale, record: Record) -> ScaleScore:
    """Count the answers of a record to the questions of the scale."""
    known = [answer for question, answer in record.answers.items() if question in scale.questions]
    return ScaleScore(sum(answer.sort in scale.counted for answer in known), len(known))

"""Computes which questions the records answer and which they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, cast

from atlas.content.linking import Atlas
from atlas.content.model import Fact, Record, Relation, Scale, Site, Text
from atlas.content.reference_checks import sourced_passages
from atlas.schema.families import BY_FAMILY

MissingReason = Literal["", "not-researched", "not-found", "not-applicable", "not-stated"]
"""Why a record has no fact under a dimension; "" when it has one. not-stated: records of its family are not asked."""


def missing_reason(site: Site, record: Record, dimension: str) -> MissingReason:
    """Why a record has no fact under a dimension: actors are asked, unless their kind is not; others may state one."""
    if any(fact.dimension == dimension for fact in record.facts):
        return ""
    kind = site.kinds.get(record.family, {}).get(record.kind)
    if kind and dimension in kind.not_applicable:
        return "not-applicable"
    if not BY_FAMILY[record.family].is_asked:
        return "not-stated"
    return cast(MissingReason, record.unanswered.get(dimension, "not-researched"))


def disagreeing_facts(record: Record) -> Mapping[str, tuple[str, ...]]:
    """The facts of a record that say otherwise than another: by the fact, from both ends, in the record's order."""
    pairs = {(fact.id, link.target) for fact in record.facts for link in fact.differs}
    pairs |= {(there, here) for here, there in pairs}
    return {
        fact.id: tuple(other.id for other in record.facts if (fact.id, other.id) in pairs)
        for fact in record.facts
        if any(here == fact.id for here, _ in pairs)
    }


class AnswerCounts(NamedTuple):
    """How many actors answer a question, and how many do not, by why: not found, not researched, not asked."""

    answered: int
    not_found: int
    not_researched: int
    spared: int

    @property
    def asked(self) -> int:
        """How many are asked: all but those whose kind is not."""
        return self.answered + self.not_found + self.not_researched


def count_answers(site: Site, records: Iterable[Record], dimension: str) -> AnswerCounts:
    """What some actors answer under a dimension."""
    found = [missing_reason(site, record, dimension) for record in records]
    reasons: tuple[MissingReason, ...] = ("", "not-found", "not-researched", "not-applicable")
    return AnswerCounts(*(found.count(reason) for reason in reasons))


class Pair(NamedTuple):
    """Two records that relations of a pairing type tie, in the order of the sides, then of their ids."""

    first: Record
    second: Record
    relations: tuple[Relation, ...]

    @property
    def path(self) -> str:
        """Where they are compared."""
        return f"/compare/{self.first.id}--{self.second.id}/"


def pairs(atlas: Atlas) -> tuple[Pair, ...]:
    """Every pair, whichever end names it."""
    found = {pair.path: pair for id in atlas.ties for pair in pairs_of(atlas, atlas.records[id])}
    return tuple(
        sorted(found.values(), key=lambda pair: (_rank(atlas.site, pair.first), _rank(atlas.site, pair.second)))
    )


def pairs_of(atlas: Atlas, record: Record) -> tuple[Pair, ...]:
    """The pairs of one record, in the order of their relations."""
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
    """Where a record stands: by the first of its sides, then by its id."""
    order = list(site.sides)
    return min((order.index(side) for side in record.sides), default=len(order)), record.id


def compared_sides(site: Site, record: Record) -> tuple[str, ...]:
    """The sides of a record that are compared."""
    return tuple(side for side in record.sides if site.sides[side].compared)


def works_of_facts(facts: Iterable[Fact]) -> frozenset[str]:
    """The keys of the works that facts rest on or cite."""
    return frozenset(key for fact in facts for key in (*(one.work for one in fact.sources), *_cited(fact.text)))


def works_of(record: Record) -> frozenset[str]:
    """The keys of the works that a record names or cites anywhere, but for those that it only lists."""
    listed = {link.span for link in record.nocite}
    named = {row.reference.work for row in sourced_passages(record) if row.reference.span not in listed}
    return frozenset(named | {key for text in record.texts().values() for key in _cited(text)})


def _cited(text: Text) -> Iterator[str]:
    """The works that a text cites, as it was written first."""
    for _, slot in text.versions[text.original].used():
        yield from (cite.key for cite, _ in slot.cites)


class ScaleScore(NamedTuple):
    """How many answers of an actor are known, and how many of those are of a sort that the scale counts."""

    counted: int
    known: int


def scale_score(scale: Scale, record: Record) -> ScaleScore:
    """The answers of a record to the questions of the scale, counted."""
    known = [answer for question, answer in record.answers.items() if question in scale.questions]
    return ScaleScore(sum(answer.sort in scale.counted for answer in known), len(known))

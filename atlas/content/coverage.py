"""What the records answer and what they leave open: computed from the records, before any page is thought of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast

from atlas.content.model import Record, Scale, Site

Blank = Literal["", "not-researched", "not-found", "not-applicable", "not-stated"]
"""Why a record has no fact under a dimension; "" when it has one. not-stated: records of its family are not asked."""


def why_blank(site: Site, record: Record, dimension: str) -> Blank:
    """Why a record has no fact under a dimension: actors are asked, unless their kind is not; others may state one."""
    if any(fact.dimension == dimension for fact in record.facts):
        return ""
    kind = site.kinds.get(record.family, {}).get(record.kind)
    if kind and dimension in kind.not_applicable:
        return "not-applicable"
    if record.family != "actor":
        return "not-stated"
    return cast(Blank, record.unanswered.get(dimension, "not-researched"))


def differing(record: Record) -> Mapping[str, tuple[str, ...]]:
    """The facts of a record that say otherwise than another: by the fact, from both ends, in the record's order."""
    pairs = {(fact.id, link.target) for fact in record.facts for link in fact.differs}
    pairs |= {(there, here) for here, there in pairs}
    return {
        fact.id: tuple(other.id for other in record.facts if (fact.id, other.id) in pairs)
        for fact in record.facts
        if any(here == fact.id for here, _ in pairs)
    }


class Reading(NamedTuple):
    """How many answers of an actor are known, and how many of those are of a sort that the scale counts."""

    counted: int
    known: int


def reading(scale: Scale, record: Record) -> Reading:
    """The answers of a record to the questions of the scale, counted."""
    known = [answer for question, answer in record.answers.items() if question in scale.questions]
    return Reading(sum(answer.sort in scale.counted for answer in known), len(known))

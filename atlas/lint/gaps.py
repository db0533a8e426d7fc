"""Finds what an atlas still lacks. Gaps are reported by `check` and are not errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from atlas.content.coverage import count_answers, works_of_facts
from atlas.content.linking import Atlas
from atlas.content.site_config import SITE_PATH
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule

GROUPS: Final = {
    Rule.UNCITED_WORK: "works not cited",
    Rule.UNCONNECTED_ACTOR: "actors without relations",
    Rule.WEAK_EVIDENCE: "facts with weak evidence",
    Rule.EMPTY_DIMENSION: "dimensions still empty",
    Rule.MISSING_ALT: "images without text",
}
"""The groups that the report of `check` counts, by rule, also where there are none."""


def gaps(atlas: Atlas, least: int, rule: Rule = Rule.WEAK_EVIDENCE) -> Iterator[Problem]:
    """Yield a problem for each gap in the records.

    Args:
        atlas: the linked atlas.
        least: the number of works that a fact needs.
        rule: the rule that facts with fewer works break.
    """
    yield from _lone(atlas)
    yield from _weak(atlas, least, rule)
    yield from _empty(atlas)


def _lone(atlas: Atlas) -> Iterator[Problem]:
    for record in atlas.compared():
        if not atlas.ties.get(record.id) and record.id not in atlas.shaky:
            hint = "state a relation with its source, in this record or the other; the network shows no other"
            yield Problem(record.span, Rule.UNCONNECTED_ACTOR, "this actor has no relation to any record", hint)


def _weak(atlas: Atlas, least: int, rule: Rule) -> Iterator[Problem]:
    for record in atlas.records.values():
        for fact in record.facts:
            works = len(works_of_facts((fact,)))
            if works < least:
                message = f'the fact "{fact.id}" rests on {works} work{"s" * (works != 1)}, fewer than {least}'
                yield Problem(fact.span, rule, message, "look for a source of another voice")


def _empty(atlas: Atlas) -> Iterator[Problem]:
    """Yield the dimensions that actors leave open, counted by side."""
    site = atlas.site
    for side in site.sides.values():
        actors = [record for record in atlas.compared() if side.id in record.sides]
        for dimension in site.dimensions if side.compared else ():
            found = count_answers(site, actors, dimension)
            if found.answered < found.expected:
                message = (
                    f"{dimension}, {side.id}: {found.expected - found.answered} of {found.expected} actors have no fact"
                    f" ({found.not_researched} not researched, {found.not_found} not found)"
                )
                hint = f"/compare/{dimension}/ lists them"
                yield Problem(Span(SITE_PATH), Rule.EMPTY_DIMENSION, message, hint)

"""Formats the report of `check`: errors, warnings and gaps, grouped by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.lint.gaps import GROUPS

_OTHERS: Final = {
    Rule.LINK_REDIRECTED: "outside links that have moved",
    Rule.LINK_UNREACHABLE: "outside links without answer",
}
_ORDER: Final = ("error", "warning", "note")
_SHOWN: Final = 10
"""How many notes of one rule are shown; --json gives all."""


def by_severity(problems: Sequence[Problem]) -> list[Problem]:
    """Sort problems by severity: errors, warnings, notes, each in their order."""
    return sorted(problems, key=lambda problem: _ORDER.index(problem.severity))


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """Count the problems of each rule that the report groups."""
    return {rule: sum(problem.rule == rule for problem in problems) for rule in GROUPS}


def lacking(problems: Sequence[Problem], *, listed: bool = False) -> Iterator[str]:
    """Yield the lines on gaps: each rule with its count.

    Args:
        problems: the problems of the report.
        listed: whether the first notes of each rule follow its count.
    """
    found = counts(problems)
    notes = [problem for problem in problems if problem.severity == "note"]
    for rule, name in GROUPS.items():
        yield f"{name}: {found[rule] or 'none'}"
        yield from _first([problem for problem in notes if problem.rule == rule]) if listed else ()
    rest = sorted((problem for problem in notes if problem.rule not in GROUPS), key=lambda problem: problem.rule)
    for rule, rows in groupby(rest, key=lambda problem: problem.rule):
        own = list(rows)
        yield f"{_OTHERS.get(rule, rule)}: {len(own)}"
        yield from _first(own) if listed else ()


def _first(notes: Sequence[Problem]) -> Iterator[str]:
    yield from (f"  {note.span} {note.message} · {note.hint}" for note in notes[:_SHOWN])
    if len(notes) > _SHOWN:
        yield f"  … and {len(notes) - _SHOWN} more (--json lists all)"

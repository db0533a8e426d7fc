"""The markers of a merge that Git could not finish (git-merge, "How conflicts are presented")."""

from __future__ import annotations

import pytest

from atlas.core.conflict_markers import find_conflicts

CONFLICT = "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> branch\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (CONFLICT, [1]),
        (f"a\n{CONFLICT}b\n{CONFLICT}", [2, 8]),
        ("<<<<<<<\none\n=======\n>>>>>>> 1a2b3c4 (Subject)\n", [1]),
        ("one\n=======\ntwo\n>>>>>>> branch\n", [4]),
        ("Title\n=======\n\n>>>>>>>x and <<<<<<<< y\n", []),
    ],
)
def test_each_conflict_is_one_problem_at_its_first_marker(text: str, lines: list[int]) -> None:
    problems = list(find_conflicts("content/cases/a.md", text))
    assert [(problem.rule, problem.span.line, problem.span.column) for problem in problems] == [
        ("conflict-marker", line, 1) for line in lines
    ]


def test_many_conflicts_are_few_lines() -> None:
    assert len(list(find_conflicts("a.yaml", CONFLICT * 100))) == 5

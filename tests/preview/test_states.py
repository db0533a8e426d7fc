"""The line that the terminal of a preview prints for each state."""

from __future__ import annotations

import pytest

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.preview.states import state_line


def error(name: str, line: int = 1) -> Problem:
    """An error."""
    return Problem(Span("a.yaml", line, 1), Rule.UNKNOWN_SIDE, f'no side "{name}" is declared', "choose")


WARNING = Problem(Span("b.md", 4, 1), Rule.ELLIPSIS, "write …", "")
NOTE = Problem(Span("b.md", 5, 1), Rule.WEAK_EVIDENCE, "one work", "")


@pytest.mark.parametrize(
    ("before", "now", "line"),
    [
        ([], [], "no errors"),
        ([], [NOTE], "no errors"),
        ([], [error("x")], f"1 error, 1 new · {error('x')}"),
        ([error("x")], [error("x")], "1 error"),
        ([error("x")], [error("x", line=9)], "1 error"),
        ([error("x"), error("y")], [error("z"), error("x"), error("w")], f"3 errors, 2 new · 1 fixed · {error('w')}"),
        ([error("x")], [], "no errors · 1 fixed"),
        ([error("x")], [error("x"), error("x", line=2)], f"2 errors, 1 new · {error('x', line=2)}"),
        ([], [WARNING], f"no errors, 1 warning, 1 new · {WARNING}"),
        ([WARNING], [WARNING, error("x")], f"1 error, 1 new, 1 warning · {error('x')}"),
    ],
)
def test_a_state_is_one_line(before: list[Problem], now: list[Problem], line: str) -> None:
    assert state_line(before, now) == line

"""Describes the state of a preview in one line: how many mistakes there are, how many are new, how many are fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from atlas.core.problems import Problem


def state_line(before: Sequence[Problem], now: Sequence[Problem]) -> str:
    """Return the state in words, such as `3 errors, 2 new · 1 fixed`, with the first new error.

    A mistake that has only moved to another line is the same mistake.

    Args:
        before: the problems of the state before.
        now: the problems.
    """
    old, new = _shown(before), _shown(now)
    added, fixed = _less(new, old), _less(old, new)
    parts = [_counted(new, added, kind) for kind in ("error", "warning")]
    line = ", ".join(part for part in parts if part)
    line += f" · {len(fixed)} fixed" if fixed else ""
    first = min(added, key=lambda problem: (problem.severity != "error", problem), default=None)
    return f"{line} · {first}" if first else line


def _shown(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity != "note"]


def _counted(problems: Sequence[Problem], added: Sequence[Problem], kind: str) -> str:
    count, fresh = (sum(problem.severity == kind for problem in rows) for rows in (problems, added))
    if not count:
        return "no errors" if kind == "error" else ""
    return f"{count} {kind}{'s' * (count != 1)}" + (f", {fresh} new" if fresh else "")


def _less(problems: Sequence[Problem], known: Sequence[Problem]) -> list[Problem]:
    """Return the problems that are not known: each known one stands for one of the same file, rule and message."""
    left = Counter(map(_kind, known))
    rows: list[Problem] = []
    for problem in problems:
        if left[_kind(problem)]:
            left[_kind(problem)] -= 1
        else:
            rows.append(problem)
    return rows


def _kind(problem: Problem) -> tuple[str, str, str]:
    return problem.span.path, problem.rule, problem.message

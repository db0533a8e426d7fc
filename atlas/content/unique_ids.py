"""Finds ids that are given twice in a record or table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule


def repeated_ids(ids: Iterable[tuple[str, Span]], whole: str) -> Iterator[Problem]:
    """Yield a problem for each id that is given again.

    Args:
        ids: the ids with their places, in the order of the file.
        whole: what must have each id only once, such as "record".
    """
    seen: dict[str, Span] = {}
    for id, span in ids:
        if id in seen:
            message = f'the id "{id}" is given twice in this {whole}'
            hint = f"change this one; the other is on line {seen[id].line}"
            yield Problem(span, Rule.DUPLICATE_ID, message, hint)
        seen[id] = span

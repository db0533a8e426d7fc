"""Groups the numbers of works in numeric citations: [1-3], [5]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from atlas.bibliography.citing.syntax import Cite


def clusters(items: Sequence[Cite]) -> Iterator[list[Cite]]:
    """Yield the works whose numbers are together: those without words and locators of their own."""
    group: list[Cite] = []
    for item in items:
        if group and (item.prefix or item.locator or group[-1].locator or group[-1].suffix):
            yield group
            group = []
        group.append(item)
        if item.mode == "author-in-text":
            yield group
            group = []
    if group:
        yield group


def dash(low: int, high: int, keys: Mapping[int, str]) -> tuple[str | None, str]:
    """Return the dash of `[1-3]`, which links to the first of the works between the two."""
    if high == low + 1:
        return None, "-"
    between = str(low + 1) if high == low + 2 else f"{low + 1}–{high - 1}"
    return keys[low + 1], f'<span role="img" aria-label="{between}" title="{between}">-</span>'


def ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers."""
    first = before = numbers[0]
    for number in numbers[1:]:
        if number > before + 1:
            yield first, before
            first = number
        before = number
    yield first, before

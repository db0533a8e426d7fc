"""Whether boxes touch, by a way that has nothing of how the engine keeps them apart."""

from __future__ import annotations

from itertools import combinations

from atlas.graphics.boxes import Box


def touch(one: Box, other: Box) -> bool:
    """Whether two boxes share some area."""
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def touching(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """The pairs of boxes that share some area."""
    return [(one, other) for one, other in combinations(boxes, 2) if touch(one, other)]

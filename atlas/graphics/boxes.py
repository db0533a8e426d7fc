"""Places boxes near their wanted positions so that none overlap."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_CELL = 120
_TURNS = tuple((math.cos(math.tau * turn / 24), math.sin(math.tau * turn / 24)) for turn in range(24))


class Box(NamedTuple):
    """A box by its left upper corner, in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.top + self.height

    def within(self, width: int, height: int) -> bool:
        """Whether it lies in a picture of that size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


class Floor:
    """Where boxes stand already."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.put(box)

    def put(self, box: Box) -> None:
        """Take the room of a box."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether a box would touch none."""
        left, top, width, height = box
        right, bottom = left + width, top + height
        for cell in _cells(box):
            for x, y, wide, tall in self._cells.get(cell, ()):
                if left < x + wide and x < right and top < y + tall and y < bottom:
                    return False
        return True


def _cells(box: Box) -> list[tuple[int, int]]:
    left, top, width, height = box
    columns = range(left // _CELL, (left + width - 1) // _CELL + 1)
    rows = range(top // _CELL, (top + height - 1) // _CELL + 1)
    return [(column, row) for column in columns for row in rows]


def settled(wishes: Sequence[Box]) -> list[Box]:
    """The boxes moved so that none touches another; the first come first, and stay where they wish.

    Each tries its own place, then places on circles around it that grow until there is room, so that every box
    is put somewhere. The circles are flat, as letters are wide.
    """
    floor = Floor()
    found = []
    for wish in wishes:
        box = next(candidate for candidate in _candidates(wish) if floor.is_free(candidate))
        floor.put(box)
        found.append(box)
    return found


def _candidates(wish: Box) -> Iterator[Box]:
    yield wish
    left, top, width, height = wish
    radius = 8.0
    while True:
        for x, y in _TURNS:
            yield Box(left + round(x * radius * 1.4), top + round(y * radius), width, height)
        radius *= 1.12


def shelved(sizes: Sequence[tuple[int, int]], width: int, gap: int) -> tuple[list[tuple[int, int]], int]:
    """Where boxes of some sizes stand side by side on shelves of a width, in their order; and the height of all."""
    places: list[tuple[int, int]] = []
    left = top = tallest = 0
    for wide, tall in sizes:
        if left and left + wide > width:
            left, top, tallest = 0, top + tallest + gap, 0
        places.append((left, top))
        left += wide + gap
        tallest = max(tallest, tall)
    return places, top + tallest

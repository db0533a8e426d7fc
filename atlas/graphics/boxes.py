"""Places boxes near their wanted positions so that none overlap."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_CELL = 120
_TURNS = tuple((math.cos(math.tau * turn / 24), math.sin(math.tau * turn / 24)) for turn in range(24))


class Box(NamedTuple):
    """A box, by its upper left corner and its size in pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the x of its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Return the y of its lower edge."""
        return self.top + self.height

    def within(self, width: int, height: int) -> bool:
        """Return whether it lies in a picture of this size."""
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


class Floor:
    """The boxes that are placed already."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.put(box)

    def put(self, box: Box) -> None:
        """Place a box."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def is_free(self, box: Box) -> bool:
        """Return whether a box overlaps none of those placed."""
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
    """Move boxes so that none overlaps another; earlier boxes have priority.

    Each box tries its own position, then positions on growing circles around it, so that every box is placed. The
    circles are wider than high, because labels are.
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
    """Arrange boxes side by side in rows, in their order.

    Args:
        sizes: the width and height of each box.
        width: the width of a row.
        gap: the space between boxes.

    Returns:
        The upper left corner of each box, and the height of all.
    """
    places: list[tuple[int, int]] = []
    left = top = tallest = 0
    for wide, tall in sizes:
        if left and left + wide > width:
            left, top, tallest = 0, top + tallest + gap, 0
        places.append((left, top))
        left += wide + gap
        tallest = max(tallest, tall)
    return places, top + tallest

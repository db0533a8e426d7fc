"""Draws the lines between records, and the small network around one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from atlas.graphics.boxes import Box
from atlas.graphics.network_layout import HEAD
from atlas.graphics.text_metrics import LEADING, width_of, wrapped

BOW = 22
"""The distance between several ties of one pair, in pixels."""
NEAR_WIDTH = 340
"""The width of the drawing of a neighbourhood: that of a small screen."""
NEAR_LABEL = 196
NEAR_MOST = 40
_ROW = 26
_TRUNK = 26
_LEAF = 122


def centre(box: Box) -> tuple[int, int]:
    """Return the centre of the shape of a record in its box."""
    return box.left + box.width // 2, box.top + HEAD // 2


def edge_path(start: tuple[int, int], end: tuple[int, int], number: int) -> str:
    """Return the path of a tie between two points.

    Args:
        start: the first point.
        end: the second point.
        number: the number of the tie among those of the pair: 0 is straight, the others bow to alternate sides.
    """
    (x1, y1), (x2, y2) = start, end
    if number == 0:
        return f"M{x1} {y1}L{x2} {y2}"
    bow = (number + 1) // 2 * BOW * (1 if number % 2 else -1)
    length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1.0)
    x = round((x1 + x2) / 2 - (y2 - y1) / length * 2 * bow)
    y = round((y1 + y2) / 2 + (x2 - x1) / length * 2 * bow)
    return f"M{x1} {y1}Q{x} {y} {x2} {y2}"


class Leaf(NamedTuple):
    """A neighbour in the drawing of a neighbourhood: the y of its shape, and the lines of its label."""

    y: int
    lines: tuple[str, ...]


class Neighbourhood(NamedTuple):
    """A record at the left and its neighbours in a column, with the height of the drawing."""

    root: tuple[int, int]
    leaves: tuple[Leaf, ...]
    height: int


def neighbourhood(names: Sequence[str]) -> Neighbourhood:
    """Return the layout of neighbours with these names: a column of labels of at most two lines that do not overlap."""
    top = 4
    leaves = []
    for name in names:
        lines = wrapped(name, NEAR_LABEL, 2)
        tall = max(_ROW, len(lines) * LEADING + 8)
        leaves.append(Leaf(top + tall // 2, lines))
        top += tall
    return Neighbourhood((_TRUNK, top // 2), tuple(leaves), top + 4)


def branch(drawing: Neighbourhood, leaf: int, number: int) -> str:
    """Return the line from the record to a neighbour; several ties of one pair fan out."""
    (x1, y1), y2 = drawing.root, drawing.leaves[leaf].y
    return f"M{x1} {y1}C{x1 + 48} {y1 + number * 10} {_LEAF - 56} {y2 + number * 10} {_LEAF} {y2}"


def arch(drawing: Neighbourhood, one: int, other: int) -> str:
    """Return the line between two neighbours: a bow to the left of their column."""
    y1, y2 = drawing.leaves[one].y, drawing.leaves[other].y
    reach = _LEAF - min(16 + abs(y2 - y1) // 5, 60)
    return f"M{_LEAF} {y1}C{reach} {y1} {reach} {y2} {_LEAF} {y2}"


def leaf_box(leaf: Leaf) -> Box:
    """Return the box of a neighbour and its label."""
    tall = max(_ROW, len(leaf.lines) * LEADING + 8)
    wide = max(map(width_of, leaf.lines), default=0)
    return Box(_LEAF - 14, leaf.y - tall // 2, 14 + 18 + wide, tall)


LEAF_X = _LEAF


def fixed_years(years: Sequence[int], present: Mapping[int, bool]) -> str:
    """Return the classes of the fixed years in which something did not exist: n1 for the first, n2 for the second."""
    return " ".join(f"n{number}" for number, year in enumerate(years, 1) if not present[year])

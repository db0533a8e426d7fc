"""Nodes, lines and marks with coordinates in pixels, ready for an SVG template.

Coordinates are rounded to whole pixels and percentages to hundredths, so that drawings are reproducible.
"""

from __future__ import annotations

from msgspec import Struct

JOINT = "joint"
"""The shape of what belongs to several sides."""
SHAPES = ("side-1", "side-2", "side-3", "side-4", "side-5", "side-6")
"""The shapes of the sides in their order: circle, square, diamond, triangle, inverted triangle, hexagon."""


def shape_of(sides: tuple[str, ...], order: tuple[str, ...]) -> str:
    """The shape of what belongs to these sides. order: all sides; beyond the sixth shapes come again."""
    if len(sides) != 1:
        return JOINT
    return SHAPES[order.index(sides[0]) % len(SHAPES)] if sides[0] in order else JOINT


class LegendEntry(Struct, frozen=True):
    """A line of a legend: a shape and what it stands for."""

    shape: str
    label: str


class DrawnNode(Struct, frozen=True):
    """A record in a network: a link with a shape at x, y and a label of some lines.

    title: its whole name and what is known of it; left, top, width, height: its box, which no other touches.
    start, end: the years between which it existed, "" where open or not known.
    """

    id: str
    url: str
    shape: str
    x: int
    y: int
    left: int
    top: int
    width: int
    height: int
    lines: tuple[str, ...]
    lang: str
    title: str
    start: str = ""
    end: str = ""
    away: str = ""


class DrawnTie(Struct, frozen=True):
    """A tie as a path. across: its ends share no side; tie: it counts in the network; dated: it has a date.

    start, end: its first and last year, "" where open; away: classes of the fixed years in which it was not there.
    """

    id: str
    path: str
    across: bool
    tie: bool
    dated: bool
    start: str = ""
    end: str = ""
    away: str = ""


class DrawnNetwork(Struct, frozen=True):
    """A drawn network. rule: the height at which the records without ties begin, 0 where there are none."""

    width: int
    height: int
    nodes: tuple[DrawnNode, ...]
    ties: tuple[DrawnTie, ...]
    rule: int = 0


class MapMark(Struct, frozen=True):
    """A place, or neighbouring places, on a map: a shape of radius r at x, y with a count, and perhaps a label.

    places: the ids of the places; anchor: start, middle or end, by which the label stands at label_x, label_y.
    ringed: something there is a member of a network; title: all of it in words.
    """

    places: tuple[str, ...]
    url: str
    shape: str
    x: int
    y: int
    r: int
    count: int
    title: str
    ringed: bool = False
    label: str = ""
    label_x: int = 0
    label_y: int = 0
    anchor: str = "start"


class MapLine(Struct, frozen=True):
    """A line on a map. group: "arc", or the number of the network whose membership it shows."""

    path: str
    group: str


class DrawnMap(Struct, frozen=True):
    """A window on the earth: its size, where in it the picture of the whole land stands, lines and marks."""

    width: int
    height: int
    land_x: int
    land_y: int
    land_width: int
    land_height: int
    marks: tuple[MapMark, ...]
    lines: tuple[MapLine, ...] = ()


class BarSegment(Struct, frozen=True):
    """A part of a bar, in percent of the width; vague: its dates are not exact."""

    x: float
    width: float
    vague: bool


class Bar(Struct, frozen=True):
    """A life on a line of time. before, after: it goes on beyond the axis; point: where a short one stands, or -1."""

    spans: tuple[BarSegment, ...]
    before: bool
    after: bool
    point: float = -1.0


class Tick(Struct, frozen=True):
    """A year on an axis, in percent of the width; label: "" where there is no room for one."""

    x: float
    label: str

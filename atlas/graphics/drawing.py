"""Defines nodes, lines and marks with coordinates in pixels, ready for an SVG template.

Coordinates are rounded to whole pixels and percentages to hundredths, so that drawings are reproducible.
"""

from __future__ import annotations

from msgspec import Struct

JOINT = "joint"
"""The shape for several sides."""
SHAPES = ("side-1", "side-2", "side-3", "side-4", "side-5", "side-6")
"""The shapes of the sides in their order: circle, square, diamond, triangle, inverted triangle, hexagon."""


def shape_of(sides: tuple[str, ...], order: tuple[str, ...]) -> str:
    """Return the shape for some sides.

    Args:
        sides: the sides.
        order: all sides in their order; after the sixth, the shapes repeat.
    """
    if len(sides) != 1:
        return JOINT
    return SHAPES[order.index(sides[0]) % len(SHAPES)] if sides[0] in order else JOINT


class LegendEntry(Struct, frozen=True):
    """A line of a legend: a shape and its meaning."""

    shape: str
    label: str


class DrawnNode(Struct, frozen=True):
    """A record in a network: a link with a shape and a label.

    Attributes:
        x: the x of its shape.
        y: the y of its shape.
        left: the left edge of its box, which overlaps no other.
        top: the upper edge of its box.
        width: the width of its box.
        height: the height of its box.
        lines: the lines of its label.
        lang: the language of its label, if it is not that of the page.
        title: its full name, its sides and the number of its neighbours.
        start: the first year of its existence; "" if open or unknown.
        end: the last year of its existence; "" if open or unknown.
        away: the classes of the fixed years in which it did not exist.
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
    """A tie between two records, as a path.

    Attributes:
        across: whether its ends share no side.
        tie: whether it counts in the network.
        dated: whether it has a date.
        start: its first year; "" if open.
        end: its last year; "" if open.
        away: the classes of the fixed years in which it did not exist.
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
    """A drawn network.

    Attributes:
        rule: the height at which the records without ties begin; 0 for none.
    """

    width: int
    height: int
    nodes: tuple[DrawnNode, ...]
    ties: tuple[DrawnTie, ...]
    rule: int = 0


class MapMark(Struct, frozen=True):
    """A shape on a map for one place or several neighbouring places.

    Attributes:
        places: the ids of the places.
        r: its radius.
        count: the number of records there.
        title: its places and the number of records, in words.
        ringed: whether a member of a network is there.
        label: its name on the map, if there is room.
        label_x: the x of the label.
        label_y: the y of the label.
        anchor: the text anchor of the label: start, middle or end.
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
    """A line on a map.

    Attributes:
        group: "arc", or the number of the network whose membership it shows.
        number: the number of an arc in the list below the map; 0 for none.
        x: the x of its number.
        y: the y of its number.
        title: an arc in words.
        url: the row of an arc in the list, from the page of the map.
    """

    path: str
    group: str
    number: int = 0
    x: int = 0
    y: int = 0
    title: str = ""
    url: str = ""


class DrawnMap(Struct, frozen=True):
    """A section of the map with its marks and lines.

    Attributes:
        land_x: the x of the picture of the land in the section.
        land_y: the y of the picture of the land.
        land_width: the width of the picture of the land.
        land_height: the height of the picture of the land.
    """

    width: int
    height: int
    land_x: int
    land_y: int
    land_width: int
    land_height: int
    marks: tuple[MapMark, ...]
    lines: tuple[MapLine, ...] = ()


class HomePanel(Struct, frozen=True):
    """The home region of a side, in a picture of several.

    Attributes:
        name: the name of the side; "" where one region shows all.
        top: its distance from the top of the picture.
    """

    name: str
    top: int
    drawing: DrawnMap


class HomeMap(Struct, frozen=True):
    """The home regions of the sides one below the other, with the arcs between them, for narrow screens."""

    width: int
    height: int
    panels: tuple[HomePanel, ...]
    lines: tuple[MapLine, ...]


class BarSegment(Struct, frozen=True):
    """A part of a bar, in percent of the width.

    Attributes:
        vague: whether its dates are not exact.
    """

    x: float
    width: float
    vague: bool


class Bar(Struct, frozen=True):
    """A life span on a time axis.

    Attributes:
        before: whether it begins before the axis.
        after: whether it goes on after the axis.
        point: the position of a short life span; -1 for a longer one.
    """

    spans: tuple[BarSegment, ...]
    before: bool
    after: bool
    point: float = -1.0


class Guide(Struct, frozen=True):
    """A dated event on a time axis, in percent of the width.

    Attributes:
        x: where it begins.
        width: its length; 0 for less than a year.
        label: its first year; "" where there is no room.
        anchor: the text anchor of the label: start, middle or end.
        is_close: whether the label has no room beside the one before it on a narrow screen.
    """

    x: float
    width: float
    label: str = ""
    anchor: str = "middle"
    is_close: bool = False


class Tick(Struct, frozen=True):
    """A year on an axis, in percent of the width.

    Attributes:
        label: the year; "" where there is no room.
    """

    x: float
    label: str

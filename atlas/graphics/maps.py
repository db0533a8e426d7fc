"""Places marks and labels on maps: windows, marks that do not overlap, labels where there is room."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from atlas.graphics.boxes import Box, Floor
from atlas.graphics.equal_earth import WORLD, WORLD_HEIGHT, great_circle, project
from atlas.graphics.text_metrics import LEADING, width_of, wrapped

LEAST = 6
MOST = 16
"""The radius of a mark of one record, and of the largest."""
PANEL = (500, 400)
"""The size of an enlarged part of the map, in pixels."""
SMALL = (288, 190)
"""The size of the map on the page of a record, in pixels."""
PANELS = 3
_PART = 150
"""The maximum width of a part of the world map in a panel, in its pixels: about 55 degrees on the equator."""
CLOSEST = 9
"""The maximum scale of a panel relative to the world map: the outline of the land has few points."""
BESIDE = 48
"""The margin at the left and the right of the whole map for the names of places at its edges, in pixels."""
_NAME_WIDTH = 150

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Window:
    """A section of the world map.

    Attributes:
        left: the x of its upper left corner on the world map.
        top: the y of its upper left corner on the world map.
        scale: its scale relative to the world map.
        width: its width in pixels.
        height: its height in pixels.
    """

    left: float
    top: float
    scale: float
    width: int
    height: int

    def at(self, spot: Spot) -> tuple[int, int]:
        """Return the position in the window, in pixels, of a position on the world map."""
        return round((spot[0] - self.left) * self.scale), round((spot[1] - self.top) * self.scale)

    def holds(self, spot: Spot) -> bool:
        """Return whether a position on the world map is in the window and not at its very edge."""
        x, y = self.at(spot)
        return LEAST <= x <= self.width - LEAST and LEAST <= y <= self.height - LEAST

    @property
    def land(self) -> Box:
        """Return the box of the picture of the land, relative to the window."""
        x, y = self.at((0, 0))
        return Box(x, y, round(WORLD * self.scale), round(WORLD_HEIGHT * self.scale))


def spot_of(coordinates: tuple[float, float]) -> Spot:
    """Return the position of a place (latitude, longitude) on the world map."""
    latitude, longitude = coordinates
    return project(longitude, latitude)


def window_on(spots: Sequence[Spot], size: tuple[int, int], largest: float, beside: float = 0) -> Window:
    """Return the window that shows some positions with a margin around them.

    Args:
        spots: the positions on the world map.
        size: the width and height of the window, in pixels.
        largest: the maximum scale.
        beside: the additional margin at the left and the right for names, in pixels.
    """
    width, height = size
    left, right = min(x for x, _ in spots), max(x for x, _ in spots)
    top, bottom = min(y for _, y in spots), max(y for _, y in spots)
    air = 2.2 * MOST
    scale = min(
        largest,
        (width - 2 * (air + beside)) / max(right - left, 0.01),
        (height - 2 * air) / max(bottom - top, 0.01),
    )
    scale = max(scale, min(width / (WORLD + 2 * MOST), height / (WORLD_HEIGHT + 2 * MOST)))
    x = _held((left + right) / 2, width / scale, WORLD)
    y = _held((top + bottom) / 2, height / scale, WORLD_HEIGHT)
    return Window(round(x, 2), round(y, 2), round(scale, 3), width, height)


def _held(middle: float, shown: float, whole: float) -> float:
    """Return where a window begins on one axis, so that it shows no more outside the map than marks at the edge do."""
    if shown >= whole + 2 * MOST:
        return (whole - shown) / 2
    return min(max(middle - shown / 2, -MOST), whole + MOST - shown)


def panels(spots: Mapping[str, Spot], weights: Mapping[str, int]) -> list[tuple[Window, tuple[str, ...]]]:
    """Return the densest parts of the map, each enlarged, with the places that it shows.

    The part with most records comes first, then the next without the places shown, as long as one has three places.
    There are at most `PANELS`.
    """
    left = dict(spots)
    found: list[tuple[Window, tuple[str, ...]]] = []
    while left and len(found) < PANELS:
        inside = densest(left, weights)
        if len(inside) < 3:
            break
        window = window_on([spots[id] for id in inside], PANEL, CLOSEST)
        shown = tuple(id for id in spots if window.holds(spots[id]))
        found.append((window, shown))
        left = {id: spot for id, spot in left.items() if id not in shown and id not in inside}
    return found


def densest(spots: Mapping[str, Spot], weights: Mapping[str, int]) -> list[str]:
    """Return the places of the part of the map with most records, then most places."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    step = _PART / 5
    for id, (x, y) in spots.items():
        cells[int(x // step), int(y // step)].append(id)
    best: tuple[int, int, tuple[int, int]] | None = None
    for column, row in sorted(cells):
        near = [id for dx in range(-2, 3) for dy in range(-2, 3) for id in cells.get((column + dx, row + dy), ())]
        score = sum(weights[id] for id in near), len(near), (-column, -row)
        best = max(best, score) if best else score
    if best is None:
        return []
    column, row = -best[2][0], -best[2][1]
    return sorted(id for dx in range(-2, 3) for dy in range(-2, 3) for id in cells.get((column + dx, row + dy), ()))


@dataclass(slots=True)
class Cluster:
    """The places of one mark; the first has most records and gives the position."""

    places: list[str]
    x: int
    y: int
    records: set[str]

    @property
    def radius(self) -> int:
        """Return the radius of its mark: the area grows with the number of records, up to a limit."""
        count = len(self.records)
        return min(MOST, LEAST if count < 2 else round(LEAST + 1.6 * math.sqrt(count)))


def clusters(window: Window, spots: Mapping[str, Spot], records: Mapping[str, Sequence[str]]) -> list[Cluster]:
    """Return the marks of places in a window; marks that would touch are merged at the place with most records."""
    order = sorted(spots, key=lambda id: (-len(records[id]), id))
    found = [Cluster([id], *window.at(spots[id]), set(records[id])) for id in order]
    while True:
        kept: list[Cluster] = []
        cells: dict[tuple[int, int], list[Cluster]] = defaultdict(list)
        for cluster in sorted(found, key=lambda cluster: (-len(cluster.records), cluster.places[0])):
            near = next((other for other in _near(cells, cluster) if _touch(cluster, other)), None)
            if near:
                near.places += cluster.places
                near.records |= cluster.records
            else:
                kept.append(cluster)
                cells[cluster.x // (2 * MOST + 2), cluster.y // (2 * MOST + 2)].append(cluster)
        if len(kept) == len(found):
            return kept
        found = kept


def _near(cells: Mapping[tuple[int, int], list[Cluster]], cluster: Cluster) -> Iterable[Cluster]:
    column, row = cluster.x // (2 * MOST + 2), cluster.y // (2 * MOST + 2)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            yield from cells.get((column + dx, row + dy), ())


def _touch(one: Cluster, other: Cluster) -> bool:
    return math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius + 2


@dataclass(frozen=True, slots=True)
class Naming:
    """The label of a mark.

    Attributes:
        x: the x of its text anchor.
        y: the y of its text anchor.
        anchor: the text anchor: start, middle or end.
        box: its box.
    """

    text: str
    x: int
    y: int
    anchor: str
    box: Box


def named(window: Window, marks: Sequence[Cluster], names: Sequence[str]) -> list[Naming | None]:
    """Return the labels of marks, in their order, next to, below or above them; None where there is no room."""
    floor = Floor(Box(mark.x - mark.radius, mark.y - mark.radius, 2 * mark.radius, 2 * mark.radius) for mark in marks)
    found: list[Naming | None] = []
    for mark, name in zip(marks, names, strict=True):
        text = wrapped(name, _NAME_WIDTH, 1)[0] if name else ""
        places = (place for place in _beside(mark, text) if place.box.within(window.width, window.height))
        chosen = next((place for place in places if floor.is_free(place.box)), None) if text else None
        if chosen:
            floor.put(chosen.box)
        found.append(chosen)
    return found


def _beside(mark: Cluster, text: str) -> Iterable[Naming]:
    wide, r = width_of(text), mark.radius + 3
    drop = LEADING // 3
    for x, y, anchor in (
        (mark.x + r, mark.y + drop, "start"),
        (mark.x - r, mark.y + drop, "end"),
        (mark.x, mark.y + r + LEADING - 2, "middle"),
        (mark.x, mark.y - r - 2, "middle"),
        (mark.x + r - 2, mark.y - r + 3, "start"),
        (mark.x - r + 2, mark.y - r + 3, "end"),
        (mark.x + r - 2, mark.y + r + 8, "start"),
        (mark.x - r + 2, mark.y + r + 8, "end"),
        (mark.x + r // 2, mark.y - r - 2, "start"),
        (mark.x - r // 2, mark.y - r - 2, "end"),
        (mark.x + r // 2, mark.y + r + LEADING - 2, "start"),
        (mark.x - r // 2, mark.y + r + LEADING - 2, "end"),
    ):
        left = x if anchor == "start" else x - wide if anchor == "end" else x - wide // 2
        yield Naming(text, x, y, anchor, Box(left, y - LEADING, wide, LEADING + 5))


def way(window: Window, start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the path of the great circle between two places (latitude, longitude); "" if it is outside the window."""
    pieces = [[window.at(spot) for spot in piece] for piece in ways(start, end)]
    if not any(-40 <= x <= window.width + 40 and -40 <= y <= window.height + 40 for piece in pieces for x, y in piece):
        return ""
    kept = ([spot for number, spot in enumerate(piece) if not number or spot != piece[number - 1]] for piece in pieces)
    return "".join("M" + "L".join(f"{x} {y}" for x, y in piece) for piece in kept if len(piece) > 1)


@lru_cache(maxsize=16384)
def ways(start: tuple[float, float], end: tuple[float, float]) -> tuple[tuple[Spot, ...], ...]:
    """Return the pieces of the great circle between two places on the world map."""
    return tuple(
        tuple(project(*point) for point in piece) for piece in great_circle((start[1], start[0]), (end[1], end[0]))
    )

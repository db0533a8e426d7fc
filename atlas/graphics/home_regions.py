"""Places the home regions of the sides one below the other, and numbers on the arcs between places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from atlas.graphics.boxes import Box, Floor
from atlas.graphics.maps import CLOSEST, Spot, Window, densest, window_on

WIDTH = 340
"""The width of the picture: that of a small screen."""
HEIGHT, ALONE = 250, 320
"""The height of the region of one side, and of a region that shows all."""
NAME = 26
"""The height of the name of a side above its region."""
GAP = 68
"""The space between two regions, for the name of the second and the numbers of the arcs."""
_BADGE = 18
_STEPS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86, 0.46, 0.54, 0.38, 0.62, 0.3, 0.7)

Point = tuple[int, int]


class Region(NamedTuple):
    """A region with its side ("" for all), its distance from the top of the picture, and the places in it."""

    side: str
    window: Window
    top: int
    places: tuple[str, ...]


def home_regions(spots: Mapping[str, Spot], seats: Mapping[str, Mapping[str, int]]) -> tuple[Region, ...]:
    """Return the home region of each side, or one region with all places where these would show the same.

    Args:
        spots: the positions of all places on the world map.
        seats: for each side, its places with the number of its records there.
    """
    homes = [
        (side, _around([spots[id] for id in densest({id: spots[id] for id in own}, own)], HEIGHT))
        for side, own in seats.items()
        if own
    ]
    if len(homes) < 2 or any(_meet(one, other) for _, one in homes for _, other in homes if one is not other):
        return (_region("", _around(list(spots.values()), ALONE), 0, spots),)
    return tuple(
        _region(side, window, NAME + number * (HEIGHT + GAP), spots) for number, (side, window) in enumerate(homes)
    )


def _around(spots: Sequence[Spot], height: int) -> Window:
    return window_on(spots, (WIDTH, height), CLOSEST, 8)


def _region(side: str, window: Window, top: int, spots: Mapping[str, Spot]) -> Region:
    return Region(side, window, top, tuple(id for id in spots if window.holds(spots[id])))


def _meet(one: Window, other: Window) -> bool:
    return all(
        start < far and near < end
        for start, end, near, far in (
            (one.left, one.left + one.width / one.scale, other.left, other.left + other.width / other.scale),
            (one.top, one.top + one.height / one.scale, other.top, other.top + other.height / other.scale),
        )
    )


def height_of(regions: Sequence[Region]) -> int:
    """Return the height of the picture of some regions."""
    return max(region.top + region.window.height for region in regions)


def point_in(regions: Iterable[Region], place: str, spot: Spot) -> Point | None:
    """Return the position of a place in the picture of some regions; None if none of them shows it."""
    for region in regions:
        if place in region.places:
            x, y = region.window.at(spot)
            return x, y + region.top
    return None


def numbered(ways: Iterable[Sequence[Point]], taken: Iterable[Box], size: tuple[int, int]) -> list[Point]:
    """Return a point on each way for its number, free of the others and of the boxes that are taken if possible.

    Args:
        ways: the points of each way.
        taken: the boxes to keep free.
        size: the width and height of the picture.
    """
    floor = Floor(taken)
    found = []
    for way in ways:
        places = [_along(way, share) for share in _STEPS]
        boxes = [Box(x - _BADGE // 2, y - _BADGE // 2, _BADGE, _BADGE) for x, y in places]
        best = next((at for at, box in enumerate(boxes) if box.within(*size) and floor.is_free(box)), 0)
        floor.put(boxes[best])
        found.append(places[best])
    return found


def _along(way: Sequence[Point], share: float) -> Point:
    """Return the point at a share of the length of a way."""
    steps = [((x1, y1), (x2, y2), ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5) for (x1, y1), (x2, y2) in pairwise(way)]
    left = share * sum(length for _, _, length in steps)
    for (x1, y1), (x2, y2), length in steps:
        if left <= length and length:
            return round(x1 + (x2 - x1) * left / length), round(y1 + (y2 - y1) * left / length)
        left -= length
    return way[-1]

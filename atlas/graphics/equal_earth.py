"""Implements the Equal Earth projection: coordinates, land outlines and great circles.

Šavrič, B., Patterson, T., and Jenny, B., The Equal Earth map projection, International Journal of Geographical
Information Science 33(3), 2019 (online in 2018), 454–465, https://doi.org/10.1080/13658816.2018.1504949.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
HALF_WIDTH = 2 * math.sqrt(3) * math.pi / (3 * A1)
"""The x of the antimeridian on the equator, on a globe of radius 1: 2.7066."""
_POLE = math.asin(_M)
HALF_HEIGHT = _POLE * (A1 + A2 * _POLE**2 + _POLE**6 * (A3 + A4 * _POLE**2))
"""The y of the pole: 1.3174."""
WORLD = 960
"""The width of the world map, in pixels."""
SCALE = WORLD / (2 * HALF_WIDTH)
WORLD_HEIGHT = math.ceil(2 * HALF_HEIGHT * SCALE)

LonLat = tuple[float, float]
"""Longitude and latitude in degrees."""
XY = tuple[float, float]


def project(longitude: float, latitude: float) -> XY:
    """Return the position of a place on the world map, in pixels from its upper left corner.

    The central meridian is 0.
    """
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    square = theta * theta
    six = square**3
    bottom = 3 * (9 * A4 * six * square + 7 * A3 * six + 3 * A2 * square + A1)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / bottom
    y = theta * (A1 + A2 * square + six * (A3 + A4 * square))
    return (x + HALF_WIDTH) * SCALE, (HALF_HEIGHT - y) * SCALE


def rings(text: str) -> list[list[LonLat]]:
    """Return the outlines in atlas/graphics/data/land.txt, whose format LAND.md describes."""
    found = []
    for line in text.splitlines():
        steps = list(map(int, line.split()))
        x = y = 0
        ring = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x / 10, y / 10))
        found.append(ring)
    return found


@lru_cache(maxsize=2)
def land_path(text: str) -> str:
    """Return the outline of the land as a path, in the pixels of the world map."""
    return "".join(_path(_dense(ring), 1) for ring in rings(text))


def land_svg(text: str) -> str:
    """Return the picture of the land, without borders, as the background of maps.

    The sea is the background of the map. Pages darken the picture for readers who prefer a dark page.
    """
    land = land_path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WORLD} {WORLD_HEIGHT}">'
        f'<path fill="#f4eedd" stroke="#978d74" vector-effect="non-scaling-stroke" fill-rule="evenodd" d="{land}"/>'
        "</svg>\n"
    )


def _dense(ring: Sequence[LonLat]) -> list[LonLat]:
    """Add points to a ring, one for every five degrees, because straight lines of the grid are curved on the map."""
    points = []
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        parts = max(1, math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / 5))
        points += [(x1 + (x2 - x1) * part / parts, y1 + (y2 - y1) * part / parts) for part in range(parts)]
    return points


def _path(ring: Sequence[LonLat], digits: int) -> str:
    """Return a ring as a path of relative steps, in pixels with this many decimals."""
    unit = 10**digits
    spots = [(round(x * unit), round(y * unit)) for x, y in (project(*point) for point in ring)]
    kept = [spot for number, spot in enumerate(spots) if spot != spots[number - 1]]
    if len(kept) < 3:
        return ""
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(kept)]
    first = f"M{_number(kept[0][0], digits)} {_number(kept[0][1], digits)}l"
    return first + " ".join(f"{_number(x, digits)} {_number(y, digits)}" for x, y in steps) + "z"


def _number(value: int, digits: int) -> str:
    text = f"{value / 10**digits:g}"
    return text.replace("0.", ".", 1) if abs(value) < 10**digits else text


def great_circle(start: LonLat, end: LonLat) -> list[list[LonLat]]:
    """Return the shortest path between two places, in pieces that cross neither the antimeridian nor a pole.

    Between two opposite places all paths are equally short; the result is the one over the north pole.
    """
    pieces: list[list[LonLat]] = [[]]
    previous: LonLat | None = None
    for point in _steps(start, end):
        if previous is not None and abs(point[0] - previous[0]) > 90:
            first, second = _edges(previous, point)
            pieces[-1].append(first)
            pieces.append([second])
        pieces[-1].append(point)
        previous = point
    return pieces


def _edges(one: LonLat, other: LonLat) -> tuple[LonLat, LonLat]:
    """Return the points where a path leaves the map and where it comes back."""
    (x1, y1), (x2, y2) = one, other
    if abs(y1 + y2) > 160:  # over a pole, which is a line in this projection
        pole = math.copysign(90, y1)
        return (x1, pole), (x2, pole)
    edge = math.copysign(180, x1)
    left = 360 - abs(x2 - x1)
    share = abs(edge - x1) / left if left else 0.0
    y = y1 + (y2 - y1) * share
    return (edge, y), (-edge, y)


def _steps(start: LonLat, end: LonLat) -> Iterable[LonLat]:
    """Return points of the great circle, at most four degrees apart (spherical linear interpolation, Shoemake 1985)."""
    one, other = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))
    if math.pi - angle < 1e-6:
        if abs(start[1]) > 89.9:  # from pole to pole
            return [*_steps(start, (0.0, 0.0)), *_steps((0.0, 0.0), end)]
        return [*_steps(start, (start[0], 90.0)), *_steps((end[0], 90.0), end)]
    count = max(1, math.ceil(math.degrees(angle) / 4))
    found = []
    for step in range(count + 1):
        share = step / count
        a, b = (math.sin((1 - share) * angle), math.sin(share * angle)) if angle > 1e-9 else (1.0 - share, share)
        found.append(_lonlat(tuple(a * x + b * y for x, y in zip(one, other, strict=True))))
    return [start, *found[1:-1], end]


def _vector(point: LonLat) -> tuple[float, ...]:
    longitude, latitude = math.radians(point[0]), math.radians(point[1])
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def _lonlat(vector: tuple[float, ...]) -> LonLat:
    x, y, z = vector
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))

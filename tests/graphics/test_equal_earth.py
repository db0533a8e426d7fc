"""The earth in the plane: areas are kept, and nothing runs across the picture that runs around the earth."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.sources import ENGINE_LAND
from atlas.graphics.equal_earth import (
    HALF_HEIGHT,
    HALF_WIDTH,
    SCALE,
    WORLD,
    WORLD_HEIGHT,
    LonLat,
    great_circle,
    land_svg,
    project,
    rings,
)

LAND = ENGINE_LAND.read_text(encoding="ascii")
PLACES = st.tuples(
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 0.0])),
    st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0])),
)


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    # What PROJ 9.5.1 gives for `+proj=eqearth +R=1`.
    [
        (0, 0, 0, 0),
        (180, 0, 2.70663, 0),
        (0, 90, 0, 1.31736),
        (180, 90, 1.60359, 1.31736),
        (-180, -90, -1.60359, -1.31736),
        (116.3972, 39.9075, 1.55215, 0.773),
        (-70, -33, -0.9705, -0.64872),
    ],
)
def test_known_points_are_where_the_projection_puts_them(longitude: float, latitude: float, x: float, y: float) -> None:
    found = project(longitude, latitude)
    assert (found[0] / SCALE - HALF_WIDTH, HALF_HEIGHT - found[1] / SCALE) == pytest.approx((x, y), abs=2e-5)


@given(st.floats(-175, 175), st.floats(-88, 88))
def test_areas_are_kept(longitude: float, latitude: float) -> None:
    step = 0.01
    corners = [project(longitude + dx, latitude + dy) for dx, dy in ((0, 0), (step, 0), (step, step), (0, step))]
    area = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]))) / 2
    low, high = (math.sin(math.radians(latitude + dy)) for dy in (0, step))
    assert area == pytest.approx(math.radians(step) * (high - low) * SCALE**2, rel=1e-3)


def test_the_land_is_whole_closed_and_crosses_no_edge() -> None:
    found = rings(LAND)
    assert len(found) > 100
    points = [point for ring in found for point in ring]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points)
    jumps = [
        (one, other)
        for ring in found
        for one, other in pairwise([*ring, ring[0]])
        if abs(one[0] - other[0]) > 90 and -89 < one[1] < 89
    ]
    assert jumps == []


def test_the_picture_of_the_land_repeats_stays_inside_and_is_light() -> None:
    svg = land_svg(LAND)
    assert svg == land_svg(LAND)
    assert len(svg) < 40_000
    assert "NaN" not in svg
    assert f'viewBox="0 0 {WORLD} {WORLD_HEIGHT}"' in svg


@given(PLACES, PLACES)
def test_a_way_starts_and_ends_at_its_places_and_never_jumps(start: LonLat, end: LonLat) -> None:
    pieces = great_circle(start, end)
    assert pieces[0][0] == start
    assert pieces[-1][-1] == end
    for piece in pieces:
        assert all(-180.0001 <= x <= 180.0001 and -90 <= y <= 90 for x, y in piece)
        spots = [project(*point) for point in piece]
        assert max((abs(x1 - x2) for (x1, _), (x2, _) in pairwise(spots)), default=0) < WORLD / 4


def test_a_way_over_the_antimeridian_is_cut_there() -> None:
    first, second = great_circle((170, 10), (-170, 12))
    assert (first[-1][0], second[0][0]) == (180, -180)
    assert first[-1][1] == pytest.approx(second[0][1])
    assert 10.5 < first[-1][1] < 12


def test_of_two_opposite_places_the_way_goes_over_the_north_pole() -> None:
    first, second = great_circle((0, 0), (180, 0))
    assert (first[-1], second[0]) == ((0, 90), (180, 90))


def test_a_way_from_pole_to_pole_is_drawn() -> None:
    assert [(piece[0], piece[-1]) for piece in great_circle((30, -90), (-40, 90))] == [((30, -90), (-40, 90))]

"""Marks on the map: each place is in one, none touches another, names stand free, windows hold what they show."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from touching import touch, touching

from atlas.graphics.boxes import Box
from atlas.graphics.equal_earth import WORLD, WORLD_HEIGHT
from atlas.graphics.maps import CLOSEST, MOST, PANEL, clusters, named, panels, spot_of, way, window_on

COORDINATES = st.tuples(
    st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 48.9])),
    st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 2.3])),
)
SPOTS = st.lists(COORDINATES.map(spot_of), min_size=1, max_size=60).map(
    lambda spots: {f"p{number}": spot for number, spot in enumerate(spots)}
)


def records(spots: dict[str, tuple[float, float]], each: int = 1) -> dict[str, tuple[str, ...]]:
    return {id: tuple(f"{id}-{number}" for number in range(each)) for id in spots}


@given(SPOTS, st.integers(1, 30))
def test_every_place_is_in_one_mark_and_no_marks_touch(spots: dict[str, tuple[float, float]], each: int) -> None:
    window = window_on(list(spots.values()), (WORLD, WORLD_HEIGHT), CLOSEST)
    marks = clusters(window, spots, records(spots, each))
    assert sorted(id for mark in marks for id in mark.places) == sorted(spots)
    assert sum(len(mark.records) for mark in marks) == each * len(spots)
    for one, other in combinations(marks, 2):
        assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius
    assert all(map(window.holds, spots.values()))


@given(SPOTS, st.sampled_from(["Low Ferry", "Jetée de la ligne", "东水" * 100, "x" * 200]))
def test_names_are_free_of_marks_and_of_each_other(spots: dict[str, tuple[float, float]], name: str) -> None:
    window = window_on(list(spots.values()), PANEL, CLOSEST)
    marks = clusters(window, spots, records(spots))
    namings = [naming for naming in named(window, marks, [name] * len(marks)) if naming]
    boxes = [naming.box for naming in namings]
    boxes += [Box(mark.x - mark.radius, mark.y - mark.radius, 2 * mark.radius, 2 * mark.radius) for mark in marks]
    assert touching(boxes[: len(namings)]) == []
    assert not any(touch(box, mark) for box in boxes[: len(namings)] for mark in boxes[len(namings) :])
    assert all(naming.box.within(window.width, window.height) for naming in namings)


def test_five_hundred_actors_in_one_city_are_one_mark_of_the_largest_size() -> None:
    spots = {"city": spot_of((48.9, 2.3))}
    (mark,) = clusters(window_on(list(spots.values()), PANEL, CLOSEST), spots, records(spots, 500))
    assert (len(mark.records), mark.radius) == (500, MOST)


def test_places_at_the_poles_and_on_the_antimeridian_lie_in_the_window_of_the_whole() -> None:
    spots = [spot_of(place) for place in ((90, 0), (-90, 0), (0, 180), (0, -180))]
    window = window_on(spots, (WORLD, WORLD_HEIGHT), CLOSEST)
    assert window.land.width > 0.9 * WORLD
    assert all(map(window.holds, spots))


@given(SPOTS)
def test_panels_show_places_that_lie_in_them_and_at_least_three_each(spots: dict[str, tuple[float, float]]) -> None:
    for window, shown in panels(spots, dict.fromkeys(spots, 1)):
        assert len(shown) >= 3
        assert all(window.holds(spots[id]) for id in shown)


def test_two_crowded_parts_of_the_earth_get_a_panel_each() -> None:
    west = {f"w{number}": spot_of((45 + number, number)) for number in range(5)}
    east = {f"e{number}": spot_of((30 + number, 110 + number)) for number in range(4)}
    found = panels(west | east, dict.fromkeys([*west, *east], 1))
    assert [set(shown) for _, shown in found] == [set(west), set(east)]


def test_an_arc_over_the_antimeridian_is_drawn_in_two_pieces() -> None:
    window = window_on([spot_of((0, 179)), spot_of((0, -179))], (WORLD, WORLD_HEIGHT), CLOSEST)
    path = way(window, (10, 170), (10, -170))
    assert path.count("M") == 2

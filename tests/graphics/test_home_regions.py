"""Home regions of the sides: one picture of several, with a number on each line between them."""

from __future__ import annotations

from touching import touching

from atlas.graphics.boxes import Box
from atlas.graphics.home_regions import GAP, HEIGHT, NAME, height_of, home_regions, numbered, point_in
from atlas.graphics.maps import spot_of

WEST = {f"w{number}": spot_of((45 + number, number)) for number in range(4)}
EAST = {f"e{number}": spot_of((30 + number, 110 + number)) for number in range(4)}


def test_two_sides_far_apart_have_a_region_each() -> None:
    seats = {"west": {**dict.fromkeys(WEST, 2), "e0": 1}, "east": dict.fromkeys(EAST, 1), "nowhere": {}}
    first, second = home_regions(WEST | EAST, seats)
    assert (first.side, set(first.places), first.top) == ("west", set(WEST), NAME)
    assert (second.side, set(second.places), second.top) == ("east", set(EAST), NAME + HEIGHT + GAP)
    assert height_of((first, second)) == NAME + 2 * HEIGHT + GAP
    assert point_in((first, second), "e0", EAST["e0"]) != point_in((first, second), "w0", WEST["w0"])
    assert point_in((first, second), "elsewhere", spot_of((-30, 20))) is None


def test_sides_in_one_region_and_a_single_side_share_a_picture() -> None:
    near = {"west": {"w0": 1, "w1": 1}, "south": {"w2": 1, "w3": 1}}
    for seats in (near, {"west": dict.fromkeys(WEST, 1)}, {}):
        (region,) = home_regions(WEST | EAST, seats)
        assert (region.side, region.top, set(region.places)) == ("", 0, set(WEST | EAST))


def test_numbers_are_on_their_lines_and_apart() -> None:
    lines = [((10, 10), (10, 290)), ((12, 10), (12, 290)), ((10, 150), (200, 150)), ((50, 50), (50, 50))]
    mark = Box(0, 140, 20, 20)
    places = numbered(lines, [mark], (220, 300))
    assert [place[0] for place in places[:2]] == [10, 12]
    assert places[2][1] == 150
    assert places[3] == (50, 50)
    assert touching([mark, *(Box(x - 9, y - 9, 18, 18) for x, y in places)]) == []

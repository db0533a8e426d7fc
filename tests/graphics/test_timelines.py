"""Lives on a line of time: certain where dates are exact, vague where they are not, open where they go on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_atlases import actor, made

from atlas.content.model import Record
from atlas.graphics.drawing import Guide
from atlas.graphics.timelines import Axis, axis, bar, decades, guides
from atlas.i18n.edtf import parse_edtf

TODAY = parse_edtf("2026-11-22")
LINE = Axis(1880, 2030)
DATES = st.sampled_from(
    ["", "1883", "1883-07-21", "1886~", "1886?", "188X", "18XX", "1900/1905", "2004/..", "2020-24", "-0138"]
)


def record(start: str = "", end: str = "") -> Record:
    keys = (f"start: '{start}'\n" if start else "") + (f"end: '{end}'\n" if end else "")
    return made({"content/actors/a.yaml": actor("A", keys)}).record("a")


def drawn(start: str = "", end: str = "") -> list[tuple[float, float, bool]]:
    return [(span.x, round(span.x + span.width, 2), span.vague) for span in bar(record(start, end), LINE, TODAY).spans]


def year(value: float) -> Any:
    return pytest.approx((value - 1880) / 150 * 100, abs=0.7)


def test_exact_dates_are_one_certain_span() -> None:
    assert drawn("1900", "1950") == [(year(1900), year(1951), False)]


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [("1900~", 1898, 1903), ("1900?", 1900, 1901), ("190X", 1900, 1910), ("1900/1905", 1900, 1906)],
)
def test_a_beginning_that_is_not_exact_is_drawn_vague_over_all_that_it_may_mean(
    start: str, first: int, last: int
) -> None:
    vague, certain = drawn(start, "1950")
    assert vague == (year(first), year(last), True)
    assert certain == (year(last), year(1951), False)


def test_an_end_that_is_not_exact_is_drawn_vague() -> None:
    assert [span[2] for span in drawn("1900", "1946~")] == [False, True]


def test_what_goes_on_reaches_today_and_has_an_arrow() -> None:
    found = bar(record("2004"), LINE, TODAY)
    assert found.after
    assert not found.before
    assert found.spans[-1].x + found.spans[-1].width == year(2026.9)


def test_what_began_before_the_axis_has_an_arrow_and_is_not_lost() -> None:
    found = bar(record("1600", "1890"), LINE, TODAY)
    assert found.before
    assert found.spans[0].x == 0


def test_what_ended_before_the_axis_is_a_point_at_its_edge() -> None:
    found = bar(record("1600", "1601"), LINE, TODAY)
    assert (found.spans, found.before, found.point) == ((), True, 0)


def test_a_beginning_that_nobody_knows_is_vague() -> None:
    found = bar(record(end="1920"), LINE, TODAY)
    assert found.before
    assert all(span.vague for span in found.spans)


def test_a_day_is_a_point() -> None:
    assert bar(record("1912-05-01", "1912-05-01"), LINE, TODAY).point == year(1912.3)


@given(DATES, DATES)
def test_whatever_the_dates_something_is_drawn_within_the_axis(start: str, end: str) -> None:
    life = record(start, end)
    if not (life.start or life.end):
        return
    line = axis([life], TODAY)
    found = bar(life, line, TODAY)
    assert found.spans or found.point >= 0
    assert all(span.width > 0 and span.x >= 0 and span.x + span.width <= 100.01 for span in found.spans)


def test_an_axis_does_not_stretch_for_one_ancient_life() -> None:
    lives = [record(str(1900 + number)) for number in range(30)]
    assert axis(lives, TODAY) == Axis(1900, 2030)
    assert axis([*lives, record("-0138")], TODAY).first == 1900
    assert axis([], TODAY) == Axis(2020, 2030)


def test_at_most_eight_years_are_named_on_an_axis() -> None:
    for first in (1990, 1880, 1700, 1000, -500):
        ticks = Axis(first, 2030).ticks(str)
        assert 1 <= len([tick for tick in ticks if tick.label]) <= 8
        assert all(0 <= tick.x < 100 for tick in ticks)


def test_a_record_counts_in_every_decade_that_its_dates_allow() -> None:
    lives = {"a": record("1885", "1902"), "b": record("189X", "1895"), "c": record("1990")}
    counts = decades(lives, {"x": ("a", "b"), "y": ("c",)}, LINE, TODAY)
    assert counts["x"][:4] == [1, 2, 1, 0]
    assert counts["y"][10:] == [0, 1, 1, 1, 1]


def test_an_event_is_a_line_and_one_of_years_a_band_with_its_year_where_there_is_room() -> None:
    dates = map(parse_edtf, ["1700", "1880", "1949/1964", "1950", "2029-06", "2099"])
    assert guides(dates, LINE, str) == [
        None,
        Guide(0.0, 0.0, "1880", "start"),
        Guide(46.0, 10.66, "1949", "middle"),
        Guide(46.67, 0.0, "", "middle"),
        Guide(99.61, 0.0, "2029", "end"),
        None,
    ]


def test_labels_that_stand_close_together_are_not_all_shown_on_a_narrow_screen() -> None:
    found = guides(map(parse_edtf, ["1949", "1964", "2003", "2014", "2029"]), LINE, str)
    assert [(guide.label, guide.is_close) for guide in found if guide] == [
        ("1949", False),
        ("1964", False),
        ("2003", False),
        ("2014", True),
        ("2029", False),
    ]


@pytest.mark.parametrize(
    ("years", "shown"), [("1880 1890 1895", "1880 1895"), ("2010 2029", "2010 2029"), ("2016 2029", "2016")]
)
def test_labels_do_not_overlap_at_the_ends_of_an_axis(years: str, shown: str) -> None:
    found = guides(map(parse_edtf, years.split()), LINE, str)
    assert [guide.label for guide in found if guide and guide.label] == shown.split()

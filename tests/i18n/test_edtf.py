"""Dates: the examples of EDTF (https://www.loc.gov/standards/datetime/, ISO 8601-2:2019), and what must hold of all."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atlas.i18n.edtf import XX, Day, EdtfDate, EdtfPoint, ordinal, parse_edtf

EXAMPLES = [
    # The specification's own, level 0: date, interval.
    ("1985-04-12", (1985, 4, 12), (1985, 4, 12)),
    ("1985-04", (1985, 4, 1), (1985, 4, 30)),
    ("1985", (1985, 1, 1), (1985, 12, 31)),
    ("1964/2008", (1964, 1, 1), (2008, 12, 31)),
    ("2004-06/2006-08", (2004, 6, 1), (2006, 8, 31)),
    ("2004-02-01/2005-02-08", (2004, 2, 1), (2005, 2, 8)),
    ("2004-02-01/2005-02", (2004, 2, 1), (2005, 2, 28)),
    ("2004-02-01/2005", (2004, 2, 1), (2005, 12, 31)),
    ("2005/2006-02", (2005, 1, 1), (2006, 2, 28)),
    # Level 1: letter-prefixed year, season, qualified date.
    ("Y170000002", (170000002, 1, 1), (170000002, 12, 31)),
    ("Y-170000002", (-170000002, 1, 1), (-170000002, 12, 31)),
    ("2001-21", (2001, 1, 1), (2001, 12, 31)),
    ("1984?", (1984, 1, 1), (1984, 12, 31)),
    ("2004-06~", (2004, 6, 1), (2004, 6, 30)),
    ("2004-06-11%", (2004, 6, 11), (2004, 6, 11)),
    # Level 1: unspecified digits from the right.
    ("201X", (2010, 1, 1), (2019, 12, 31)),
    ("20XX", (2000, 1, 1), (2099, 12, 31)),
    ("2004-XX", (2004, 1, 1), (2004, 12, 31)),
    ("1985-04-XX", (1985, 4, 1), (1985, 4, 30)),
    ("1985-XX-XX", (1985, 1, 1), (1985, 12, 31)),
    # Level 1: extended interval, negative year.
    ("1985-04-12/..", (1985, 4, 12), None),
    ("1985-04/..", (1985, 4, 1), None),
    ("1985/..", (1985, 1, 1), None),
    ("../1985-04-12", None, (1985, 4, 12)),
    ("../1985", None, (1985, 12, 31)),
    ("1985-04-12/", (1985, 4, 12), None),
    ("1985/", (1985, 1, 1), None),
    ("/1985-04", None, (1985, 4, 30)),
    ("1984~/2004-06", (1984, 1, 1), (2004, 6, 30)),
    ("1984/2004-06~", (1984, 1, 1), (2004, 6, 30)),
    ("1984?/2004%", (1984, 1, 1), (2004, 12, 31)),
    ("1984-06-02?/2004-08-08~", (1984, 6, 2), (2004, 8, 8)),
    ("-1985", (-1985, 1, 1), (-1985, 12, 31)),
    # Beyond them: the year 0 leaps, digits of a negative year, a mark on unspecified digits.
    ("0000-02", (0, 2, 1), (0, 2, 29)),
    ("1900-02", (1900, 2, 1), (1900, 2, 28)),
    ("-04XX", (-499, 1, 1), (-400, 12, 31)),
    ("188X~", (1880, 1, 1), (1889, 12, 31)),
]

REFUSED = [
    ("1949-02-30", "is not a day of the calendar"),
    ("1900-02-29", "is not a day of the calendar"),
    ("1949-04-00", "is not a day of the calendar"),
    ("1949-13", "is not a month of the calendar"),
    ("1949-00", "is not a month of the calendar"),
    ("2006-25", "is not a month of the calendar"),
    ("2006-21-03", "a season has no days"),
    ("1886/1883", "ends before it starts"),
    ("2004-06-15/2004-06-10", "ends before it starts"),
    ("../..", "no date at either end"),
    ("/", "no date at either end"),
    ("21/07/1883", "a day is written 1883-07-21"),
    ("1883-1886", "written with a slash"),
    ("1883–1886", "written with a slash"),
    ("1883-7-1", "two digits"),
    ("883", "four digits"),
    ("c. 1883", "tilde"),
    ("1880s", "188X"),
    ("1984~?", "written %"),
    ("1 July 1883", "spaces"),
    ("Y1985", "five to twelve digits"),
    ("Y17000-02", "five to twelve digits"),
    ("-0000", "has no sign"),
    ("-00XX", "has no sign"),
    ("1X83", "X replaces only last digits"),
    ("XXXX", "X replaces only last digits"),
    ("156X-12", "a year with X has no month"),
    ("1985-04-12T10:00", "times of day"),
    # The specification's examples of level 2.
    ("Y-17E7", "level 2"),
    ("1950S2", "level 2"),
    ("[1667,1668,1670..1672]", "level 2"),
    ("{1960,1961-12}", "level 2"),
    ("2004-06~-11", "level 2"),
    ("?2004-06-~11", "level 2"),
    ("1985-XX-04", "level 2"),
    ("", "write 1883"),
    ("present", "write 1883"),
    ("²001", "write 1883"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), EXAMPLES)
def test_the_examples_of_the_specification_have_their_days(text: str, earliest: Day | None, latest: Day | None) -> None:
    moment = parse_edtf(text)
    assert (moment.earliest, moment.latest, str(moment)) == (earliest, latest, text)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"^\"") as caught:
        parse_edtf(text)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("18XX", "century"),
        ("188X", "decade"),
        ("1883", "year"),
        ("1883-XX", "year"),
        ("1883-XX-XX", "year"),
        ("1883-22", "season"),
        ("1883-07", "month"),
        ("1883-07-XX", "month"),
        ("1883-07-21", "day"),
    ],
)
def test_a_date_knows_how_much_it_says(text: str, precision: str) -> None:
    assert parse_edtf(text).points[0].precision == precision


@pytest.mark.parametrize(
    ("mark", "approximate", "uncertain"),
    [("", False, False), ("~", True, False), ("?", False, True), ("%", True, True)],
)
def test_each_end_carries_its_own_mark(mark: str, approximate: bool, uncertain: bool) -> None:
    moment = parse_edtf(f"1883/1886{mark}")
    assert moment.points == (EdtfPoint(1883), EdtfPoint(1886, approximate=approximate, uncertain=uncertain))
    assert (moment.is_approximate, moment.is_uncertain) == (approximate, uncertain)


def test_an_interval_has_two_ends_and_a_date_is_both_its_own() -> None:
    assert (parse_edtf("1985/..").start, parse_edtf("1985/..").end) == (EdtfPoint(1985), "open")
    assert parse_edtf("/1985").start == "unknown"
    assert parse_edtf("1985").start == parse_edtf("1985").end == EdtfPoint(1985)
    assert [parse_edtf(text).is_interval for text in ("1985", "1985/1985")] == [False, True]


def test_a_chronology_puts_the_wider_of_two_dates_first_and_an_unknown_start_at_its_end() -> None:
    in_order = ["-0044-03-15", "18XX", "188X", "1883/..", "1883/1886", "1883", "1883-01", "1883-01-01", "1883-01-02",
                "1883-21", "1883-22", "1883-06", "1883-07", "1883-24", "../1884", "1884-02", "Y12000"]  # fmt: skip
    shuffled = in_order[::-1]
    assert sorted(shuffled, key=lambda text: parse_edtf(text).sort_key) == in_order


def years() -> st.SearchStrategy[int]:
    return st.integers(-(10**12) + 1, 10**12 - 1) | st.integers(-3000, 3000)


@st.composite
def points(draw: st.DrawFn) -> EdtfPoint:
    """A point that the format can write; made without reading any text."""
    marks = {"approximate": draw(st.booleans()), "uncertain": draw(st.booleans())}
    form = draw(st.sampled_from(["year", "masked", "season", "month", "day", "long"]))
    if form == "long":
        return EdtfPoint(draw(years()), **marks)
    year = draw(st.integers(-9999, 9999))
    if form == "year":
        return EdtfPoint(year, **marks)
    if form == "masked":
        digits = draw(st.sampled_from([1, 2]))
        first = abs(year) // 10**digits * 10**digits
        return EdtfPoint(-first if year < 0 and first else first, masked=digits, **marks)
    if form == "season":
        return EdtfPoint(year, draw(st.integers(21, 24)), **marks)
    month = draw(st.integers(XX, 12))
    if form == "month":
        return EdtfPoint(year, month, **marks)
    return EdtfPoint(year, month, draw(st.integers(1, 28)) if month and draw(st.booleans()) else XX, **marks)


@st.composite
def moments(draw: st.DrawFn) -> EdtfDate:
    start = draw(points())
    if draw(st.booleans()):
        return EdtfDate(start, start)
    form = draw(st.sampled_from(["closed", "open end", "unknown end", "open start", "unknown start"]))
    if form == "open end":
        return EdtfDate(start, "open", is_interval=True)
    if form == "unknown end":
        return EdtfDate(start, "unknown", is_interval=True)
    if form == "open start":
        return EdtfDate("open", start, is_interval=True)
    if form == "unknown start":
        return EdtfDate("unknown", start, is_interval=True)
    end = draw(points())
    start, end = sorted([start, end], key=lambda point: point.earliest)
    return EdtfDate(start, end, is_interval=True)


@given(moments())
def test_what_is_written_is_read_back_equal(moment: EdtfDate) -> None:
    assert parse_edtf(str(moment)) == moment


@given(st.text("0123456789X-~?%/.YTE"))
def test_any_text_is_refused_or_is_its_own_canonical_form(text: str) -> None:
    moment = None
    with suppress(ValueError):
        moment = parse_edtf(text)
    assert moment is None or str(moment) == text


@given(moments())
def test_the_earliest_day_is_not_after_the_latest(moment: EdtfDate) -> None:
    if moment.earliest is None or moment.latest is None:
        return
    assert moment.earliest <= moment.latest
    assert ordinal(moment.earliest) <= ordinal(moment.latest)


@given(moments(), moments())
def test_what_ends_before_another_begins_sorts_before_it(one: EdtfDate, other: EdtfDate) -> None:
    assume(one.latest and other.earliest and one.latest < other.earliest)
    assert one.sort_key < other.sort_key


@given(st.dates())
def test_days_are_numbered_as_the_standard_library_numbers_them(date: datetime.date) -> None:
    assert ordinal((date.year, date.month, date.day)) == date.toordinal()


@given(years())
def test_years_beyond_the_standard_library_repeat_every_400(year: int) -> None:
    assert ordinal((year + 400, 1, 1)) - ordinal((year, 1, 1)) == 146097 == datetime.date(401, 1, 1).toordinal() - 1

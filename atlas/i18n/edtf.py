"""Parses the Extended Date/Time Format, levels 0 and 1.

EDTF is part of ISO 8601-2:2019; its public text is https://www.loc.gov/standards/datetime/.
Times of day are not supported. Years are astronomical: 0000 is 1 BC, -0001 is 2 BC. Days are those of
the proleptic Gregorian calendar, in any year.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

Day = tuple[int, int, int]
"""A day of the calendar: year, month, day."""

Precision = Literal["century", "decade", "year", "season", "month", "day"]
"""How precise a date is. A month or day written XX does not count."""

XX = 0
"""The value of a month or day written XX: there is one, but it is not specified."""

_DATE = re.compile(
    r"(?:(?P<long>Y-?[1-9][0-9]{4,11})|(?P<year>-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX)))"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[~?%])?"
)
_MISTAKES = (
    (r".*T[0-9]{2}", "times of day are not read: write the day alone"),
    (r"[\[{].*|.*\.\.[0-9]", "sets and lists belong to EDTF level 2, which is not read"),
    (r"[~?%].*|.*[~?%]-.*", "a mark on a part of the date belongs to EDTF level 2: put ~ ? or % at the end"),
    (r".*(~\?|\?~)", "uncertain and approximate together is written %"),
    (r"Y.*[ES].*|.*S[0-9]+", "exponents and significant digits belong to EDTF level 2, which is not read"),
    (r"Y", "the letter Y is for years of five to twelve digits, and alone"),
    (r"[0-9]{2}00s", "a decade is written 188X, a century 18XX"),
    (r"[0-9]{3}s|[0-9]{3}0s", "a decade is written with an X: 188X"),
    (r"-?[0-9]{4} ?[-–—] ?[0-9]{4}", "an interval is written with a slash: 1883/1886"),
    (r"-?[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?$", "month and day have two digits: 1883-07-05"),
    (r"-?[0-9]{1,3}$", "a year has four digits: 0064"),
    (r"(c|ca|circa|about|around|vers|env)\b", "about is written with a tilde at the end: 1883~"),
    (r".*\s", "there are no spaces in a date"),
    (r".*X", "X replaces only last digits: 188X, 18XX, 1883-XX, 1883-07-XX"),
)
_MARKS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year: int, month: int) -> int:
    """Return the number of days of a month (1 to 12) in a year."""
    return 28 + _is_leap(year) if month == 2 else 30 + (month + month // 8) % 2


def ordinal(day: Day) -> int:
    """Return the number of a day, where 1 is 1 January of the year 1, as in `datetime.date.toordinal`, for any year."""
    year, month, number = day
    before = year - 1
    in_years = before * 365 + before // 4 - before // 100 + before // 400
    return in_years + sum(days_in(year, earlier) for earlier in range(1, month)) + number


class EdtfPoint(Struct, frozen=True):
    """A single date: a day, month, season, year, decade or century.

    Attributes:
        year: the first of the years meant (1880 for 188X).
        month: 1 to 12, a season 21 to 24, `XX`, or None where none is written.
        day: 1 to 31, `XX` or None.
        masked: how many last digits of the year are X (0, 1 or 2).
        approximate: whether it is marked `~` or `%`.
        uncertain: whether it is marked `?` or `%`.
    """

    year: int
    month: int | None = None
    day: int | None = None
    masked: int = 0
    approximate: bool = False
    uncertain: bool = False

    @property
    def precision(self) -> Precision:
        """The precision of the date: 1985-XX-XX has that of a year."""
        if self.masked:
            return "decade" if self.masked == 1 else "century"
        if not self.month:
            return "year"
        if self.month > 12:
            return "season"
        return "day" if self.day else "month"

    @property
    def earliest(self) -> Day:
        """The first day that the date may mean; for a season, the first of its year (see `latest`)."""
        if self.precision in ("month", "day"):
            return self.year, self.month or 1, self.day or 1
        return self._years()[0], 1, 1

    @property
    def latest(self) -> Day:
        """The last day that the date may mean.

        ISO 8601-2 defines the seasons 21 to 24 independently of location, so their days are known only by year.
        """
        if self.precision not in ("month", "day"):
            return self._years()[1], 12, 31
        month = self.month or 12
        return self.year, month, self.day or days_in(self.year, month)

    @property
    def place(self) -> Day:
        """The day by which the date is sorted: the earliest; for a season, one that keeps the order of the seasons."""
        if self.precision == "season":
            return self.year, ((self.month or 21) - 20) * 3, 1
        return self.earliest

    def _years(self) -> tuple[int, int]:
        """Return the first and the last year, in order of time: for 188X 1880 and 1889, for -04XX -0499 and -0400."""
        more: int = 10**self.masked - 1
        return (self.year, self.year + more) if self.year >= 0 else (self.year - more, self.year)

    def __str__(self) -> str:
        digits = f"{abs(self.year):04d}"
        if self.masked:
            digits = digits[: -self.masked] + "X" * self.masked
        year = ("-" if self.year < 0 else "") + digits
        parts = [f"Y{year}" if len(digits) > 4 else year]
        parts += ["XX" if part == XX else f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + _MARKS[self.approximate, self.uncertain]


End = EdtfPoint | Literal["open", "unknown"]
"""One end of an interval: a date, open (written `..`: it continues) or unknown (nothing written)."""


class EdtfDate(Struct, frozen=True):
    """A date or an interval; `str` returns its EDTF.

    Attributes:
        start: its start; for a single date, that date.
        end: its end; for a single date, that date.
        is_interval: whether it is an interval.
    """

    start: End
    end: End
    is_interval: bool = False

    @property
    def earliest(self) -> Day | None:
        """The first day that it may include; None if the start is open or unknown."""
        return self.start.earliest if isinstance(self.start, EdtfPoint) else None

    @property
    def latest(self) -> Day | None:
        """The last day that it may include; None if the end is open or unknown."""
        return self.end.latest if isinstance(self.end, EdtfPoint) else None

    @property
    def is_approximate(self) -> bool:
        """Whether one of its ends is approximate (`~` or `%`)."""
        return any(point.approximate for point in self.points)

    @property
    def is_uncertain(self) -> bool:
        """Whether one of its ends is uncertain (`?` or `%`)."""
        return any(point.uncertain for point in self.points)

    @property
    def points(self) -> tuple[EdtfPoint, ...]:
        """The dates that are written: one or two."""
        ends = (self.start, self.end) if self.is_interval else (self.start,)
        return tuple(end for end in ends if isinstance(end, EdtfPoint))

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """The sort key in a chronology: its start, or its end if the start is not given.

        Of dates that begin on the same day the wider comes first: 1883/.., 1883, 1883-01, 1883-01-01.
        """
        first = ordinal(self.points[0].place)
        if self.latest is None:
            return first, 0, 0, str(self)
        return first, 1, first - ordinal(self.latest), str(self)

    def __str__(self) -> str:
        return f"{_end_text(self.start)}/{_end_text(self.end)}" if self.is_interval else _end_text(self.start)


def _end_text(end: End) -> str:
    return ".." if end == "open" else "" if end == "unknown" else str(end)


def parse_edtf(text: str) -> EdtfDate:
    """Parse an EDTF date of level 0 or 1.

    Raises:
        ValueError: if it is not one, with a sentence for the author of the text.
    """
    if "/" not in text:
        point = _read_point(text)
        return EdtfDate(point, point)
    first, _, last = text.partition("/")
    if "/" in last:
        raise ValueError(f'"{text}" has more than one slash: a day is written 1883-07-21, an interval 1883/1886')
    moment = EdtfDate(_read_end(first), _read_end(last), is_interval=True)
    if not moment.points:
        raise ValueError(f'"{text}" has no date at either end')
    if moment.earliest and moment.latest and moment.latest < moment.earliest:
        raise ValueError(f'"{text}" ends before it starts')
    return moment


def _read_end(text: str) -> End:
    if text in ("", ".."):
        return "open" if text else "unknown"
    return _read_point(text)


def _read_point(text: str) -> EdtfPoint:
    match = _DATE.fullmatch(text)
    if not match or (match["long"] and match["month"]):
        raise ValueError(f'"{text}" is not a date: {_mistake(text)}')
    digits = match["year"] or match["long"][1:]
    first_year = digits.replace("X", "0")
    if first_year == "-0000":
        raise ValueError(f'"{text}" is not a date: the year 0000 has no sign')
    point = EdtfPoint(
        year=int(first_year),
        month=_part(match["month"]),
        day=_part(match["day"]),
        masked=digits.count("X"),
        approximate=match["mark"] in ("~", "%"),
        uncertain=match["mark"] in ("?", "%"),
    )
    _check_calendar(point, text)
    return point


def _part(digits: str | None) -> int | None:
    """Convert a month or day to a number. 00 becomes 99, which no calendar has, since 0 means XX."""
    if digits is None:
        return None
    return XX if digits == "XX" else int(digits) or 99


def _mistake(text: str) -> str:
    """Return what is wrong with text that does not have the form of a date."""
    for pattern, sentence in _MISTAKES:
        if re.match(pattern, text):
            return sentence
    return "write 1883, 1883-07, 1883-07-21, 1886~ (about), 1886? (uncertain), 188X or 1883/1886"


def _check_calendar(point: EdtfPoint, text: str) -> None:
    """Check that the calendar has a date whose form is right.

    Raises:
        ValueError: if it does not, with a sentence for the author.
    """
    if point.masked and point.month is not None:
        raise ValueError(f'"{text}" is not a date: a year with X has no month in EDTF level 1')
    if point.month == XX and point.day not in (XX, None):
        raise ValueError(f'"{text}" is not a date: a day of an unspecified month belongs to EDTF level 2')
    if point.month is None or point.month == XX:
        return
    if point.month not in range(1, 13) and point.month not in range(21, 25):
        raise ValueError(f'"{text}" is not a month of the calendar: months are 01 to 12, seasons 21 to 24')
    if point.day is None:
        return
    if point.month > 12:
        raise ValueError(f'"{text}" is not a date: a season has no days')
    if point.day > days_in(point.year, point.month):
        raise ValueError(f'"{text}" is not a day of the calendar')

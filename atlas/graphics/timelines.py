"""Draws life spans on a time axis, with uncertain dates, and counts records by decade."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from atlas.content.model import Record
from atlas.graphics.drawing import Bar, BarSegment, Guide, Tick
from atlas.i18n.edtf import EdtfDate, EdtfPoint, ordinal

_YEAR = 365.2425
ABOUT = 2
"""How many years earlier and later an approximate date is drawn: EDTF gives `~` no width."""
LONGEST = 300
"""The length of an axis, in years, from which it leaves out the earliest tenth of the life spans, marked by arrows."""
_LABELS = 8
_LABEL_WIDTH = 6.5
"""The width of the label of an event, in percent of an axis of ordinary width."""
_NARROW_LABEL_WIDTH = 10.0
"""The same on a narrow screen."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A time axis from the first day of one decade to the end of another.

    Attributes:
        first: the first year.
        last: the year after the last decade.
    """

    first: int
    last: int

    def at(self, day: float) -> float:
        """Return the position of a day (its ordinal), in percent from 0 to 100."""
        start, end = _days(self.first), _days(self.last)
        return round(min(max((day - start) / (end - start) * 100, 0.0), 100.0), 2)

    @property
    def decades(self) -> tuple[int, ...]:
        """Return the first years of its decades."""
        return tuple(range(self.first, self.last, 10))

    def ticks(self, named: Callable[[int], str]) -> tuple[Tick, ...]:
        """Return a tick for each decade, or for each century on a long axis; at most eight have a label.

        Args:
            named: returns the label of a year.
        """
        step = 10 if self.last - self.first <= 400 else 100
        years = range(-(-self.first // step) * step, self.last, step)
        every = -(-len(years) // _LABELS)
        return tuple(
            Tick(self.at(ordinal((year, 1, 1))), "" if number % every else named(year))
            for number, year in enumerate(years)
        )


@lru_cache(maxsize=64)
def _days(year: int) -> int:
    return ordinal((year, 1, 1))


def axis(records: Iterable[Record], today: EdtfDate) -> Axis:
    """Return the axis of some life spans, up to the decade of today or of the last date."""
    years = sorted(moment.points[0].earliest[0] for record in records if (moment := record.start or record.end))
    now = today.points[0].year
    first = min([now, *years[:1]])
    if now - first > LONGEST:
        first = years[len(years) // 10]
        first = first if now - first <= 10 * LONGEST else now - 10 * LONGEST
    return Axis(first // 10 * 10, (max([now, *years[-1:]]) // 10 + 1) * 10)


def guides(dates: Iterable[EdtfDate], line: Axis, named: Callable[[int], str]) -> list[Guide | None]:
    """Return dated events on an axis in their order; None for one outside the axis.

    Args:
        dates: the dates of the events, the earliest first.
        line: the axis.
        named: returns the label of a year.
    """
    found: list[Guide | None] = []
    free = free_on_narrow = 0.0
    for date in dates:
        start, end = date.points[0].earliest, date.points[-1].latest
        if end[0] < line.first or start[0] >= line.last:
            found.append(None)
            continue
        x = line.at(ordinal(start))
        lasting = ordinal(end) - ordinal(start) > _YEAR
        anchor = "start" if x < _LABEL_WIDTH / 2 else "end" if x > 100 - _LABEL_WIDTH / 2 else "middle"
        before = {"start": 0, "middle": 0.5, "end": 1}[anchor]
        left, left_on_narrow = x - _LABEL_WIDTH * before, x - _NARROW_LABEL_WIDTH * before
        label = named(start[0]) if left >= free else ""
        free = left + _LABEL_WIDTH if label else free
        is_close = bool(label) and left_on_narrow < free_on_narrow
        if label and not is_close:
            free_on_narrow = left_on_narrow + _NARROW_LABEL_WIDTH
        found.append(Guide(x, round(line.at(ordinal(end)) - x, 2) if lasting else 0.0, label, anchor, is_close))
    return found


def bar(record: Record, line: Axis, today: EdtfDate) -> Bar:
    """Return the life span of a record on an axis.

    Without an end it goes on to today; without a beginning ten years of it are drawn.

    Args:
        record: the record.
        line: the axis.
        today: the present date.
    """
    low = float(ordinal((line.first, 1, 1)))
    ending, ended = _bounds(record.end, last=True) if record.end else (float(ordinal(today.points[0].latest)),) * 2
    if record.start:
        begin, begun = _bounds(record.start, last=False)
    else:
        begin = begun = ending - 10 * _YEAR
        ending = begun
    if begun <= ending:
        spans = [(begin, begun, True), (begun, ending, False), (ending, ended, True)]
    else:
        spans = [(begin, max(begun, ended), True)]
    drawn = tuple(
        BarSegment(line.at(start), round(line.at(end) - line.at(start), 2), vague)
        for start, end, vague in spans
        if line.at(end) > line.at(start)
    )
    is_short = not drawn or max(begun, ended) - begin < _YEAR
    return Bar(
        drawn,
        before=record.start is None or begin < low,
        after=record.end is None or record.end.end == "open",
        point=line.at((begin + max(begun, ended)) / 2) if is_short else -1.0,
    )


def _bounds(moment: EdtfDate, *, last: bool) -> tuple[float, float]:
    """Return the first and last possible day of a date; a date exact to the year or closer gives one day for both."""
    first, final = moment.points[0], moment.points[-1]
    low, high = float(ordinal(first.earliest)), float(ordinal(final.latest))
    if first == final and not _is_vague(first):
        low = high = high if last else low
    if first.approximate:
        low -= ABOUT * _YEAR
    if final.approximate:
        high += ABOUT * _YEAR
    return low, high


def _is_vague(point: EdtfPoint) -> bool:
    return point.approximate or point.uncertain or point.precision in ("decade", "century")


def decades(
    records: Mapping[str, Record], groups: Mapping[str, Sequence[str]], line: Axis, today: EdtfDate
) -> dict[str, list[int]]:
    """Count the records of each group that may have existed in each decade of an axis.

    Args:
        records: the records by id.
        groups: the ids of the records of each group.
        line: the axis.
        today: the present date.
    """
    lives = {id: _years(record, today) for id, record in records.items()}
    return {
        group: [sum(lives[id][0] < decade + 10 and decade <= lives[id][1] for id in ids) for decade in line.decades]
        for group, ids in groups.items()
    }


def _years(record: Record, today: EdtfDate) -> tuple[int, int]:
    """Return the first and last year in which a record may have existed; today is the last if it has no end."""
    first = (record.start or record.end or today).points[0].earliest[0]
    has_ended = record.end and record.end.end != "open"
    last = record.end.points[-1].latest[0] if record.end and has_ended else today.points[0].year
    return first, max(first, last)

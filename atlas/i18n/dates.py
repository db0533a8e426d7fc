"""Formats dates for readers: "about 1883", « 1er mars 2004 », “2003年10月—2005年9月”.

Patterns and names of months come from CLDR. The words around them ("about", "since", seasons, the sign
between two ends) come from the message catalogue.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel.dates import tokenize_pattern

from atlas.core.problems import Span
from atlas.i18n.edtf import EdtfDate, EdtfPoint, End
from atlas.i18n.locales import locale_of
from atlas.i18n.messages import DATES, Catalog

_SEPARATOR = re.compile(r"[\s\u2009–—~～至-]+$")
_SKELETONS = {"year": ("y", "y"), "month": ("yMMMM", "yM"), "day": ("yMMMd", "yMd")}
"""For each precision the CLDR skeleton of its interval, and the fields, one of which must differ."""

_SINCE = ("date-since", "date-since-about")
_UNTIL = ("date-until", "date-until-about")
"""The messages for an interval with one open end, and for one whose other end is approximate."""
_FROM = ("date-from", "date-from-about")
DATE_WORDS = dict.fromkeys((*_SINCE, *_UNTIL, *_FROM), Span(DATES))
"""The interface words that this module uses."""


def show_date(moment: EdtfDate, words: Catalog) -> str:
    """Format a date in the language of the words, for use within a sentence: without an initial capital of its own."""
    if not moment.is_interval:
        return _show_point(moment.points[0], words)
    start, end = moment.start, moment.end
    if isinstance(start, EdtfPoint) and isinstance(end, EdtfPoint):
        return _show_range(start, end, words)
    if end == "open" and isinstance(start, EdtfPoint):
        return _show_half(start, _SINCE, words)
    if start == "open" and isinstance(end, EdtfPoint):
        return _show_half(end, _UNTIL, words)
    return _joined(_show_end(start, words), _show_end(end, words), words)


def show_beginning(moment: EdtfDate, words: Catalog) -> str:
    """Format the start of something that has ended at an unknown date: from 1954."""
    point = moment.start if moment.is_interval else moment.points[0]
    return _show_half(point, _FROM, words) if isinstance(point, EdtfPoint) else show_date(moment, words)


def _show_end(end: End, words: Catalog) -> str:
    return _show_point(end, words) if isinstance(end, EdtfPoint) else words.t("date-unknown")


def _show_range(start: EdtfPoint, end: EdtfPoint, words: Catalog) -> str:
    """Format two dates, with their common part written once if precision and marks are equal."""
    marks = (start.approximate, start.uncertain)
    if start.precision not in _SKELETONS or start.precision != end.precision or start.year <= 0:
        return _joined(_show_point(start, words), _show_point(end, words), words)
    if marks != (end.approximate, end.uncertain):
        return _joined(_show_point(start, words), _show_point(end, words), words)
    if (bare := _bare(start, words)) == _bare(end, words):
        return _marked(bare, start, words)
    return _marked(_shortened(start, end, words), start, words)


def _shortened(start: EdtfPoint, end: EdtfPoint, words: Catalog) -> str:
    """Format an interval without repeated parts: 6–18 October 2003; 2003年10月6日—18日."""
    skeleton, fields = _SKELETONS[start.precision]
    values = {"y": (start.year, end.year), "M": (start.month, end.month), "d": (start.day, end.day)}
    widest = next(field for field in fields if values[field][0] != values[field][1])
    first, last = _interval_pattern(words.language.tag, skeleton, widest)
    bare = _SEPARATOR.sub("", first)
    shown = _filled(bare, start, words), _filled(last, end, words)
    closed = bare == first.rstrip("–—~～至-")
    return words.t("date-range", form="closed" if closed else "open", start=shown[0], end=shown[1])


def _joined(start: str, end: str, words: Catalog) -> str:
    return words.t("date-range", form="open", start=start, end=end)


def _show_half(point: EdtfPoint, keys: tuple[str, str], words: Catalog) -> str:
    """Format an interval with one open end: since 1883, until about 1883."""
    text = words.t(keys[point.approximate], form=_form(point), date=_bare(point, words))
    return words.t("date-uncertain", date=text) if point.uncertain else text


def _show_point(point: EdtfPoint, words: Catalog) -> str:
    return _marked(_bare(point, words), point, words)


def _marked(text: str, point: EdtfPoint, words: Catalog) -> str:
    if point.approximate:
        text = words.t("date-about", form=_form(point), date=text)
    return words.t("date-uncertain", date=text) if point.uncertain else text


def _form(point: EdtfPoint) -> str:
    """Return the form of a message for a date: its precision, or for a season `season-21` to `season-24`."""
    return f"season-{point.month}" if point.precision == "season" else point.precision


def _bare(point: EdtfPoint, words: Catalog) -> str:
    """Format a date without its marks. The astronomical year 0 is 1 BC, so decades BC have no name."""
    if point.precision == "decade" and point.year < 10:
        first, last = EdtfPoint(point.earliest[0]), EdtfPoint(point.latest[0])
        return _joined(_bare(first, words), _bare(last, words), words)
    if point.year <= 0 and point.precision != "century":
        mirrored = EdtfPoint(1 - point.year, point.month, point.day)
        return words.t("date-before-christ", date=_bare_positive(mirrored, words))
    return _bare_positive(point, words)


def _bare_positive(point: EdtfPoint, words: Catalog) -> str:
    if point.precision == "century":
        century = words.t("date-century", nth=abs(point.year) // 100 + 1)
        return words.t("date-before-christ", date=century) if point.year < 0 else century
    if point.precision == "decade":
        form = "first" if point.year % 100 == 0 else "other"
        return words.t("date-decade", form=form, year=point.year, last=str(point.year + 9))
    if point.precision == "season":
        return words.t("date-season", form=f"season-{point.month}", year=str(point.year))
    return _filled(_pattern(words.language.tag, _SKELETONS[point.precision][0]), point, words)


def _filled(pattern: str, point: EdtfPoint, words: Catalog) -> str:
    """Fill a CLDR pattern with a date. The first day of a month has its own word (1er)."""
    tokens = (token for _, token in tokenize_pattern(pattern))
    return "".join(token if isinstance(token, str) else _field(token, point, words) for token in tokens)


def _field(token: tuple[str, int], point: EdtfPoint, words: Catalog) -> str:
    """Format a CLDR field: d is the day, M and L the month (its name from three letters on), y the year."""
    letter, count = token
    if letter == "d":
        return words.t("date-first-day") if point.day == 1 else str(point.day)
    if letter not in "ML":
        return str(point.year)
    names = locale_of(words.language.tag).months["stand-alone" if letter == "L" else "format"]
    return str(names["wide"][point.month or 1]) if count > 2 else str(point.month)


@lru_cache(maxsize=256)
def _pattern(tag: str, skeleton: str) -> str:
    locale = locale_of(tag)
    if skeleton == "yMMMd":
        return str(locale.date_formats["long"].pattern)
    return str(locale.datetime_skeletons[skeleton].pattern)


@lru_cache(maxsize=256)
def _interval_pattern(tag: str, skeleton: str, field: str) -> tuple[str, str]:
    """Return the two halves of a CLDR interval in which `field` is the widest that differs."""
    first, last = locale_of(tag).interval_formats[skeleton][field]
    return first, last

"""Reads dates as catalogues of museums and libraries write them."""

from __future__ import annotations

import re
from typing import Final

from atlas.i18n.edtf import parse_edtf

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>(?:jan|febr?)(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|(?:sept?|oct|nov|dec)(?:(?:em|o)?ber)?)\.?"
)
_MARKED: Final = re.compile(
    r"(?P<about>(?:around|about|approximately|approx\.?|circa|ca?\.?|~)[ ]*)?"
    r"(?P<maybe>(?:possibly|probably|perhaps)[ ]+)?(?P<date>.*?)(?P<unsure>[ ]*(?:\(\?\)|\?))?"
)
"""The words and signs around a date that say how sure it is."""
_LIMIT: Final = re.compile(
    r"(?P<side>before|until|after|since)[ ]+(?P<date>.+)|(?P<open>.*\d)[ ]*[-–—][ ]*(?:present|now|today)?"
)
_BETWEEN: Final = re.compile(r"[ ]*[–—/-][ ]*|[ ]+(?:to|and|until)[ ]+")
_PART: Final = r"(?:(?:early|mid|late)[ -]*)?"
_YEAR: Final = re.compile(r"(?P<year>\d{4})|(?P<before>\d{1,4})[ ]*b\.?c\.?e?\.?")
_CENTURY: Final = re.compile(rf"{_PART}(?P<number>\d{{1,2}})(?:st|nd|rd|th)[ -]century(?P<before>[ ]+b\.?c\.?e?\.?)?")
_DECADE: Final = re.compile(rf"{_PART}(?P<digits>\d{{3}})0['’]?s|(?P<masked>\d{{3}})-|(?P<hundreds>\d{{2}})--")
"""`1890s`, and `189-` and `18--` as the Anglo-American Cataloguing Rules write a decade and a century."""
_DAY: Final = re.compile(
    rf"(?:(?P<first>\d{{1,2}})[ ]+)?{_MONTH}(?(first)|(?:[ ]+(?P<second>\d{{1,2}}))?),?[ ]+(?P<year>\d{{4}})"
)
_NUMBERS: Final = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?:[t ]\d\d:\d\d.*)?"
)


def as_edtf(text: str) -> str:
    """Return a date in words of catalogues as EDTF of level 1; "" for what is none.

    A century is written as its hundreds, as EDTF does: `13XX` for the fourteenth, `18XX` for the 1800s, whether these
    are the century or its first decade. In a span the second year may have two digits.
    """
    words = re.sub(r"[\[\]]", "", text.strip().lower())
    limit = _LIMIT.fullmatch(words)
    if limit and limit["open"] and (start := _dates(limit["open"])):
        date = f"{start}/.."
    elif limit and limit["side"] and (end := _dates(limit["date"])):
        date = {"before": f"/{end}", "until": f"/{end}", "after": f"{end}/", "since": f"{end}/.."}[limit["side"]]
    else:
        date = _dates(words)
    return date if is_date(date) else ""


def _dates(words: str) -> str:
    """Return a date or a span with its mark, or ""."""
    marked = _MARKED.fullmatch(words)
    if not marked:
        return ""
    about, unsure = marked["about"], marked["maybe"] or marked["unsure"]
    mark = "%" if about and unsure else "~" if about else "?" if unsure else ""
    written = re.sub(r"^(?:between|from)[ ]+", "", marked["date"].strip())
    if date := _date(written):
        return date + mark
    decade = re.search(r"[1-9]0s", written)  # in “1890s–1900s” both are decades
    written = re.sub(r"00s", "0-", written) if decade else written
    for found in _BETWEEN.finditer(written):
        start, last = _date(written[: found.start()]), written[found.end() :]
        end = f"{start[:2]}{last}" if re.fullmatch(r"\d{4}", start) and re.fullmatch(r"\d\d", last) else _dates(last)
        if start and end:
            return f"{start}{mark}/{end if end[-1] in '?~%' else end + mark}"
    return ""


def _date(words: str) -> str:
    """Return a year, decade, century, month or day, or ""."""
    if found := _YEAR.fullmatch(words):
        year = found["year"] or f"{1 - int(found['before']):05}"
        return year.replace("00000", "0000")
    if found := _CENTURY.fullmatch(words):
        return f"{'-' if found['before'] else ''}{int(found['number']) - 1:02}XX"
    if found := _DECADE.fullmatch(words):
        hundreds = found["hundreds"] or (found["digits"] or "")[:2]
        is_century = found["hundreds"] or (found["digits"] or "").endswith("0")
        return f"{hundreds}XX" if is_century else f"{found['digits'] or found['masked']}X"
    if found := _DAY.fullmatch(words):
        day = found["first"] or found["second"]
        date = f"{found['year']}-{_MONTHS.index(found['month'][:3]) + 1:02}"
        return f"{date}-{int(day):02}" if day else date
    if found := _NUMBERS.fullmatch(words):
        return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    return ""


def is_date(text: str) -> bool:
    """Return whether a text is a date as EDTF writes it."""
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True

"""Reads the dates of a bibliography as EDTF: `date`, or `year`, `month` and `day`."""

from __future__ import annotations

import re

from atlas.i18n.edtf import parse_edtf

EDTF_HINT = "correct the date, or take the field out: an undated work has none"
"""The remedy for an invalid date; the message says how dates are written."""

_YEAR = re.compile(
    r"\[?(?P<about>c(?:(?:a|irca)\.?|\.\s?|\s)\s*)?(?P<first>\d{4})\]?(?:\s*[-–—/]+\s*(?P<last>\d{4}))?(?P<doubt>\?)?\]?"
)
_AS_WRITTEN = re.compile(
    r"(?:\[(?P<guessed>\d{4})\]|(?:[cp©℗]|cop\.\s?)(?P<claimed>\d{4})|(?P<run>\d{4})\s?[-–—]|"
    r"(?P<noted>\d{4})\s?(?:[(（][^()（）]+[)）]|(?:printing|imp\.|impression|reprint|印刷|印|重印|影印)))\s*"
)
_TIME = re.compile(r"T\d\d:\d\d.*$")
_ONE_DIGIT = re.compile(r"(?<=[\d])-(\d)(?!\d)")
_TO_COME = {
    **dict.fromkeys(("forthcoming", "à paraître", "to appear", "即将出版", "待刊"), "forthcoming"),
    **dict.fromkeys(("in press", "inpress", "sous presse", "印刷中"), "inpress"),
    **dict.fromkeys(("submitted", "soumis", "under review", "in review"), "submitted"),
    **dict.fromkeys(("in preparation", "inpreparation", "en préparation"), "inpreparation"),
}
_MONTHS = (
    "january janvier",
    "february février",
    "march mars",
    "april avril",
    "may mai",
    "june juin",
    "july juillet",
    "august août",
    "september septembre",
    "october octobre",
    "november novembre",
    "december décembre",
)


_ORDINALS = [
    "first premier première 第一",
    "second deuxième seconde 第二",
    "third troisième 第三",
    "fourth quatrième 第四",
    "fifth cinquième 第五",
    "sixth sixième 第六",
    "seventh septième 第七",
    "eighth huitième 第八",
    "ninth neuvième 第九",
    "tenth dixième 第十",
    "eleventh onzième 第十一",
    "twelfth douzième 第十二",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]
_NUMBERS = {word: str(number) for number, words in enumerate(_ORDINALS, 1) for word in words.split()}
_EDITION_NUMBER = re.compile(r"第?(\d{1,2})(?:st|nd|rd|th|re|er|ère|e|è|ème|\.|版)?")
_EDITION_WORD = re.compile(r"\s*(?:\b(?:ed|éd)\.|\b(?:edn?|edition|édition|aufl(?:age|\.))|版)\s*$", re.IGNORECASE)


def edition_number(text: str) -> str:
    """Return the number of an edition given as a number, an ordinal or in words (2, 2nd, Second, 第二版), or ""."""
    bare = _EDITION_WORD.sub("", text).strip().lower()
    found = _EDITION_NUMBER.fullmatch(bare)
    return found[1] if found else _NUMBERS.get(bare, "")


class DateMistake(ValueError):
    """An error in a date, with the field that it is in."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def edtf_date(text: str) -> str:
    """Return a BibLaTeX date without its time of day.

    Raises:
        ValueError: if it is not a date, with a sentence for the author.
    """
    if len(text) == 4 and text.isascii() and text.isdecimal():
        return text
    return _edtf(_ONE_DIGIT.sub(r"-0\1", _TIME.sub("", text.strip())))


def _edtf(text: str) -> str:
    """Convert a date in EDTF or in the form of library catalogues to EDTF.

    Raises:
        ValueError: if it is not a date, with a sentence for the author.
    """
    try:
        return str(parse_edtf(text))
    except ValueError:
        catalogued = _catalogued_years(text)
        if not catalogued:
            raise
    return str(parse_edtf(catalogued))


def _catalogued_years(text: str) -> str:
    """Convert years in the forms of library catalogues and titles to EDTF, or return "".

    `[197-]`, `[18--?]` and `[1989?]` are forms of AACR2, 1.4F7. `1480s` is a decade; `1900s` may be a century, so it is
    neither. `1853-54` is an interval because 54 is not a month.
    """
    found = _CATALOGUED.fullmatch(text.rstrip(" .").removeprefix("[").removesuffix("]"))
    if found is None:
        return ""
    first, last = found["first"], found["last"]
    if first and last:
        whole = first[: 4 - len(last)] + last
        return f"{first}/{whole}" if len(last) == 4 or whole > first else ""
    digits = first or found["year"] or found["decade"] or found["named"] or found["century"]
    return f"{first}/.." if first else digits.ljust(4, "X") + ("?" if found["doubt"] else "")


_DASH = "(?:--?-?|[–—])"
_CATALOGUED = re.compile(
    rf"(?:(?P<century>\d\d)(?:--|[–—]|__|xx|\?\?)|(?P<decade>\d{{3}})(?:{_DASH}|[_x?])|(?P<named>\d\d[1-9])0s|(?P<year>\d{{4}}))"
    rf"(?P<doubt>\s?\?)?|(?P<first>\d{{4}})\s?{_DASH}\s?(?:(?P<last>\d{{4}}|\d\d)|date|present)?"
)


def state_to_come(year: str) -> str:
    """Return the state of an unpublished work, if BibTeX's year gives one (`inpress`), or ""."""
    return _TO_COME.get(year.lower(), "")


def year_as_written(year: str) -> str:
    """Return the EDTF of a year written in more detail (1865（清同治四年）, [1936], c1988, 1984-), or ""."""
    found = _AS_WRITTEN.fullmatch(year)
    if found is None:
        return ""
    return f"{found['run']}/.." if found["run"] else next(text for text in found.groups() if text)


def year_date(year: str, month: str, day: str) -> str:
    """Combine BibTeX's year, month and day into one date; `c. 1990`, `1997--1999` and names of months are understood.

    Raises:
        DateMistake: if they are not a date.
    """
    if not month and len(year) == 4 and year.isascii() and year.isdecimal():
        return year
    found = _YEAR.fullmatch(year)
    if found and found["last"]:
        year = f"{found['first']}/{found['last']}"
    elif found:
        mark = "%" if found["about"] and found["doubt"] else "~" if found["about"] else found["doubt"] or ""
        year = found["first"] + _month_and_day(month, day) + mark
    try:
        return _edtf(year)
    except ValueError as error:
        raise DateMistake("year", str(error)) from error


_DAY_IN_MONTH = re.compile(r"(?:[^\W\d]|\d(?=[\s~]))[\s.\u00a0~]+(\d{1,2})\s*$")


_SEASONS = {
    word: 21 + number
    for number, words in enumerate(
        ("spring printemps 春", "summer été 夏", "fall autumn automne 秋", "winter hiver 冬")
    )
    for word in words.split()
}


def _month_and_day(month: str, day: str) -> str:
    if not month:
        return ""
    season = _SEASONS.get(month.strip().lower())
    if season:
        return f"-{season}"
    within = _DAY_IN_MONTH.search(month)
    day = day or (within[1] if within else "")
    number = _month_number(month)
    if not 1 <= number <= 12:
        raise DateMistake("month", f'"{month}" is not a month: write month = 3, or date = {{2004-03}}')
    return f"-{number:02d}-{int(day):02d}" if day.isdecimal() else f"-{number:02d}"


def _month_number(text: str) -> int:
    """Return the number of a month given by number or by English or French name, or 0."""
    word = re.split(r"[\s.月/~\u00a0–-]", text.strip().lower(), maxsplit=1)[0]
    if word.isdecimal():
        return int(word)
    matches = (number for number, names in enumerate(_MONTHS, 1) if any(n.startswith(word) for n in names.split()))
    return next(matches, 0) if len(word) > 2 else 0

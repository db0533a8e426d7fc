"""Reads dates as catalogues of museums and libraries write them."""

from __future__ import annotations

import re
from typing import Final

from atlas.i18n.edtf import parse_edtf

_CATALOGUED: Final = re.compile(
    r"(?P<about>(?:around|about|circa|ca?\.?|approximately)\s*)?"
    r"(?:(?P<decade>\d{3}0)s|(?P<century>\d{1,2})(?:st|nd|rd|th) century"
    r"|(?P<year>\d{4})(?:\s*(?:[-–/]|to)\s*(?P<last>\d{4}|\d{2}))?)",
    re.IGNORECASE,
)


def as_edtf(text: str) -> str:
    """Return a date in words of catalogues as EDTF: a span, an approximate year, a decade or a century; "" for others.

    A century is written as its hundreds, as EDTF does: `13XX` for the fourteenth, `18XX` for the 1800s. In a span
    the second year may have two digits.
    """
    found = _CATALOGUED.fullmatch(text.strip())
    if not found:
        return ""
    decade, year, last = found["decade"], found["year"], found["last"]
    if found["century"]:
        dates = [f"{int(found['century']) - 1:02}XX"]
    elif decade:
        dates = [f"{decade[:2]}XX" if decade.endswith("00") else f"{decade[:3]}X"]
    else:
        dates = [year, f"{year[: -len(last)]}{last}"] if last else [year]
    date = "/".join(f"{each}~" if found["about"] else each for each in dates)
    return date if is_date(date) else ""


def is_date(text: str) -> bool:
    """Return whether a text is a date as EDTF writes it."""
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True

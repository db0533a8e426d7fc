"""Reads dates as catalogues of museums and libraries write them."""

from __future__ import annotations

import re
from typing import Final

from atlas.i18n.edtf import parse_edtf

_CATALOGUED: Final = re.compile(
    r"(?P<about>(?:around|about|circa|ca?\.?|approximately)\s*)?"
    r"(?:(?P<decade>\d{3}0)s|(?P<century>\d{1,2})(?:st|nd|rd|th) century"
    r"|(?P<year>\d{4})(?:\s*(?:[-–/]|to)\s*(?P<last>\d{4}))?)",
    re.IGNORECASE,
)


def as_edtf(text: str) -> str:
    """Return a date in words of catalogues as EDTF: a span, an approximate year, a decade or a century; "" for others.

    A century is written as its hundreds, as EDTF does: `13XX` for the fourteenth.
    """
    found = _CATALOGUED.fullmatch(text.strip())
    if not found:
        return ""
    about = "~" if found["about"] else ""
    if found["century"]:
        return f"{int(found['century']) - 1:02}XX" if not about else ""
    if found["decade"]:
        return f"{found['decade'][:3]}X" if not about else ""
    years = [f"{year}{about}" for year in (found["year"], found["last"]) if year]
    return "/".join(years) if is_date("/".join(years)) else ""


def is_date(text: str) -> bool:
    """Return whether a text is a date as EDTF writes it."""
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True

"""Divides the searchable text of a page into what it adds to an index: terms with their places, and texts to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import sub
from typing import Final

import msgspec
from msgspec import Struct

from atlas.core.private_use import SEAM
from atlas.search.page_text import PageText, TextBlock, plain_words, text_blocks
from atlas.search.terms import terms, whole_term

NAMES: Final = 128
"""The position at which the names begin; the title is before."""
TEXT: Final = 512
"""The position at which the text begins, or later if there are many names."""
PART: Final = 4096
"""The number of positions of a part of a text. A block is in the part in which it begins."""

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
_json: Final = msgspec.json.Encoder().encode


class PageFacets(Struct, frozen=True, array_like=True):
    """The facets by which results are filtered.

    Attributes:
        family: the family of the record of the page, "work" or "page".
        sides: the sides of its record.
    """

    family: str
    sides: tuple[str, ...]


class PageTerms(PageFacets, frozen=True, array_like=True):
    """What a page adds to an index.

    Attributes:
        terms: the places of each term, each after the first as its distance from the one before, as numerals.
        texts: the parts of its text as JSON, by their number: the address, title, language of the title
            and names, then the anchor, language and text of each block.
    """

    terms: dict[str, str]
    texts: dict[int, bytes]


def page_terms(page: PageText) -> PageTerms:
    """Return what a page adds to an index."""
    title = plain_words(page.title.html)
    found: dict[str, list[int]] = {}
    place = _add(found, title, 0, whole=True)
    place = max(place, NAMES)
    for name in page.names:
        place = _add(found, name, place, whole=True)
    texts: dict[int, list[str]] = {}
    head = [page.url, title, page.title.lang, ", ".join(page.names)]
    place = max(place, TEXT)
    for block in _blocks(page):
        rows, end = terms(block.text, place)
        begin = place
        if begin // PART != (end - 1) // PART:  # begin the next part, so that it is in one
            begin = place + PART - place % PART
        for term, at in rows:
            found.setdefault(term, []).append(at + begin - place)
        place = end + begin - place
        part = texts.setdefault(begin // PART, head.copy() if begin < PART else [*head[:3], ""])
        part += (block.anchor, block.lang, block.text.replace(SEAM, ""))
    texts.setdefault(0, head)
    return PageTerms(
        page.family,
        page.sides,
        {term: _places(sorted(rows)) for term, rows in found.items()},
        {number: _json(part) for number, part in texts.items()},
    )


def _blocks(page: PageText) -> Iterator[TextBlock]:
    yield from text_blocks(page.passages)
    if page.places:
        yield TextBlock("", "", ", ".join(page.places))


def _add(found: dict[str, list[int]], text: str, place: int, *, whole: bool) -> int:
    """Add the terms of a title or name, and the term for it as a whole; return the next free position."""
    rows, end = terms(text, place)
    for term, at in rows:
        found.setdefault(term, []).append(at)
    if whole and rows:
        found.setdefault(whole_term(text), []).append(place)
    return end


def _places(rows: Iterable[int]) -> str:
    places = list(rows)
    return "".join(map(numeral, map(sub, places, [0, *places])))


def numeral(number: int) -> str:
    """Encode a number that is not negative in base 32, lowest digit first.

    The digits are those of `_DIGITS`; one of the upper half means that another follows.
    """
    written = ""
    while number > 31:
        written += _DIGITS[32 + (number & 31)]
        number >>= 5
    return written + _DIGITS[number]


def first_number(written: str) -> int:
    """Return the first of some encoded numbers."""
    number = 0
    for place, sign in enumerate(written):
        digit = _DIGITS.index(sign)
        number += (digit & 31) << 5 * place
        if digit < 32:
            break
    return number


def page_id(digest: bytes, width: int) -> str:
    """Return the last bits of a digest, six for each of some characters."""
    number = int.from_bytes(digest, "big")
    return "".join(_DIGITS[number >> 6 * place & 63] for place in range(width))

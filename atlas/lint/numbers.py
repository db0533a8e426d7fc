"""Finds the numbers in a text, in digits or in words, so that two languages can be compared.

English, French and Chinese are supported; in other languages only digits and names of months.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from atlas.core.private_use import HOLE
from atlas.core.scripts import HAN
from atlas.i18n.locales import locale_of, subtag_of

POSSIBLE: Final = 0
"""The weight of a word that may or may not be a number: un, second, decade."""

STATED: Final = 1
"""The weight of a number in words."""

WRITTEN: Final = 2
"""The weight of a number in figures."""

NumberKind = Literal["number", "month"]


class StatedNumber(Struct, frozen=True):
    """A number in a text.

    Attributes:
        kind: what sort of number it is, so that months are compared only with months.
        value: its value.
        offset: its offset in the text.
        length: its length in characters.
        weight: how certain it is that this is a number.
    """

    kind: NumberKind
    value: Decimal
    offset: int
    length: int
    weight: int


Reader = Callable[[str], Iterator[StatedNumber]]
"""Finds numbers of one sort in a masked text."""

_SPACE = "[ \u00a0\u202f]"
_LETTER = rf"[^\W\d_{HAN}]"
_FREE = rf"(?<!\d)(?:(?<!{_LETTER}-)|(?=\d{{4}}(?!\d)))"
"""The place before digits that are not part of a name (COVID-19); after a hyphen four digits are a year."""
_NAME = re.compile(rf"(?<={_LETTER})\d+(?:[-.]\d+)*")
"""The digits of a name: C40, TV5, L1115-1."""
_DATE = re.compile(r"(?<![\d-])(\d{4})-(0\d|1[0-2])-(\d\d)(?![\d-])")
_PLAIN = re.compile(_FREE + r"\d+(?:\.\d+)?")
_WITH_COMMAS = re.compile(_FREE + r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
_WITH_SPACES = re.compile(
    _FREE + rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?!\d)|\d+)(?:,\d+)?"
)


def find_numbers(prose: str, language_tag: str, readers: tuple[Reader, ...] = ()) -> tuple[StatedNumber, ...]:
    """Return the numbers of a masked text, in order.

    Args:
        prose: the mask of a text (see `atlas.markdown.masks`).
        language_tag: the language of the text.
        readers: find the numbers in words and formats of that language.
    """
    decimal = {"fr": _with_spaces, "en": _with_commas, "zh": _with_commas}.get(subtag_of(language_tag), _plain)
    figures: list[StatedNumber] = []
    prose = _NAME.sub(lambda found: HOLE * len(found[0]), prose)
    for reader in (_dates, *readers, _months(language_tag), decimal):
        found = list(reader(prose))
        figures += found
        for figure in found:
            end = figure.offset + figure.length
            prose = prose[: figure.offset] + HOLE * figure.length + prose[end:]
    return tuple(sorted(figures, key=lambda figure: figure.offset))


def stated_number(
    found: re.Match[str], group: int | str, value: Decimal | int, weight: int = WRITTEN, kind: NumberKind = "number"
) -> StatedNumber:
    """Return the number that a group of a match stands for.

    Args:
        found: the match.
        group: the group.
        value: the value of the number.
        weight: how certain it is that this is a number.
        kind: what sort of number it is.
    """
    start, end = found.span(group)
    return StatedNumber(kind, Decimal(value).normalize(), start, end - start, weight)


def decimal_of(digits: str, point: str = ".") -> Decimal:
    """Return the value of digits with grouping: 490,000 or 490 000."""
    plain = re.sub(rf"{_SPACE}|,", "", digits) if point == "." else re.sub(rf"{_SPACE}|\.", "", digits)
    return Decimal(plain.replace(point, "."))


def _dates(prose: str) -> Iterator[StatedNumber]:
    for found in _DATE.finditer(prose):
        yield stated_number(found, 1, int(found[1]))
        yield stated_number(found, 2, int(found[2]), kind="month")
        yield stated_number(found, 3, int(found[3]))


def _plain(prose: str) -> Iterator[StatedNumber]:
    return (stated_number(found, 0, Decimal(found[0])) for found in _PLAIN.finditer(prose))


def _with_commas(prose: str) -> Iterator[StatedNumber]:
    return (stated_number(found, 0, decimal_of(found[0])) for found in _WITH_COMMAS.finditer(prose))


def _with_spaces(prose: str) -> Iterator[StatedNumber]:
    return (stated_number(found, 0, decimal_of(found[0], ",")) for found in _WITH_SPACES.finditer(prose))


@lru_cache(maxsize=16)
def _months(language_tag: str) -> Reader:
    names = _month_names(language_tag)
    pattern = re.compile(
        rf"(?P<before>\d(?:er|st|nd|rd|th)?\.?{_SPACE})?\b(?P<name>{'|'.join(names)})\b(?=(?P<after>,?{_SPACE}\d)?)"
    )

    def read(prose: str) -> Iterator[StatedNumber]:
        for found in pattern.finditer(prose) if names else ():
            weight = WRITTEN if found["before"] or found["after"] else POSSIBLE
            yield stated_number(found, "name", names[found["name"]], weight, "month")

    return read


@lru_cache(maxsize=16)
def _month_names(language_tag: str) -> Mapping[str, int]:
    """Return the month names of CLDR, in the format and stand-alone forms; Chinese numbers its months and has none."""
    months = locale_of(language_tag).months
    forms = [months[context]["wide"] for context in ("format", "stand-alone")]
    names = {str(name): number for form in forms for number, name in form.items()}
    return {name: number for name, number in names.items() if not name.endswith("月")}

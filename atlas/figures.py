"""The numbers that a text states, in figures or in words, so that two languages can be compared.

English, French and Chinese are understood; of other languages only figures and the names of months.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from atlas.languages import HAN, locale_of, subtag_of
from atlas.masks import HOLE
from atlas.numerals import (
    HAN_DIGITS,
    HAN_UNITS,
    english_numbers,
    english_ranks,
    french_numbers,
    french_ranks,
    read_han_number,
    read_roman,
)

POSSIBLE: Final = 0
STATED: Final = 1
FIGURE: Final = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text.

    kind: months are not mixed up with other numbers. weight: `FIGURE` (in figures), `STATED` (in
    words) or `POSSIBLE` (words that may mean the number or something else: un, second, decade).
    """

    kind: Literal["number", "month"]
    value: Decimal
    offset: int
    length: int
    weight: int


UNDERSTOOD: Final = frozenset({"en", "fr", "zh"})
"""The languages whose number words are known."""


def find_figures(prose: str, language_tag: str) -> tuple[Figure, ...]:
    """The numbers of a mask (see `atlas.masks`), in order."""
    language = subtag_of(language_tag)
    readers = [*_READERS.get(language, ()), _months(language_tag), _GROUPED.get(language, _plain)]
    figures: list[Figure] = []
    for reader in readers:
        found = list(reader(prose))
        figures += found
        for figure in found:
            prose = prose[: figure.offset] + HOLE * figure.length + prose[figure.offset + figure.length :]
    return tuple(sorted(figures, key=lambda figure: figure.offset))


Reader = Callable[[str], Iterable[Figure]]

_ATTACHED = r"(?<![A-Za-z\d.,])(?<![A-Za-z]-)"
"""No figure of a name: C40, TV5, COVID-19. After a hyphen four digits are one: post-1949."""
_DATE = re.compile(r"(?<![\d-])(\d{4})-(0\d|1[0-2])-(\d\d)(?![\d-])")
_YEAR_AFTER_HYPHEN = re.compile(r"(?<=[A-Za-z]-)\d{4}(?!\d)")
_LARGE = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "cent": 100, "cents": 100, "mille": 1000, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
}  # fmt: skip
_LOOSE = {
    "en": {"both": 2, "pair": 2, "twice": 2, "double": 2, "once": 1, "triple": 3, "third": 3, "thirds": 3, "quarter": 4,
           "decade": 10, "decades": 10, "dozen": 12, "dozens": 12, "hundreds": 100, "thousands": 1000,
           "hundred": 100, "thousand": 1000, "million": 10**6, "centenary": 100, "fortnight": 15, "bicentenary": 200},
    "fr": {"double": 2, "couple": 2, "tiers": 3, "triple": 3, "quart": 4, "décennie": 10, "décennies": 10,
           "dizaine": 10, "dizaines": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
           "quarantaine": 40, "cinquantaine": 50, "cinquantenaire": 50, "soixantaine": 60, "cent": 100, "centaine": 100,
           "centaines": 100, "centenaire": 100, "bicentenaire": 200, "mille": 1000, "millier": 1000, "milliers": 1000,
           "million": 10**6, "quinquennal": 5, "quinquennale": 5},
}  # fmt: skip
_DOUBTFUL = frozenset({"neuf", "neuvième"})
_MEASURES = "个所家名位项次届年国城座种方大校人份部条篇本章周天日月时分级类点批只支场件期支家省市县区岁倍成余多几来世代万亿"
_NUMERAL = re.compile(rf"(?<![数几])(?P<rank>第)?(?P<number>[{HAN_DIGITS}{''.join(HAN_UNITS)}]+)(?P<after>[余多]?[{_MEASURES}])?")
_FRACTION = re.compile(rf"[{HAN_DIGITS}十百千万\d]+分之")
_HAN_LARGE = re.compile(r"(?<![A-Za-z\d.,])(\d[\d,]*(?:\.\d+)?)[余多]?([十百千]?[万亿]+|[百千])")
_HAN_DECADE = re.compile(rf"(?:(\d\d?|[{HAN_DIGITS}十]+)世纪)?(\d0|[{HAN_DIGITS}]十|头十)年代?(?<=年代|十年)")
_HAN_MONTHS = re.compile(r"(\d{1,2})(?:日)?[—–\-~～至](\d{1,2})月|(\d{1,2})月")
_ROMAN = re.compile(r"\b([IVXLC]+)(er|re|e|ᵉ|ème)?\b")
_FRENCH_DECADE = re.compile(r"(?<=années )(\d0)(?!\d)|(?<=[’'])(\d0)s\b|(?<=the )(\d0)s\b")


def _dates(prose: str) -> Iterator[Figure]:
    for found in _DATE.finditer(prose):
        yield _figure(found, 1, int(found[1]))
        yield _figure(found, 2, int(found[2]), kind="month")
        yield _figure(found, 3, int(found[3]))
    for found in _YEAR_AFTER_HYPHEN.finditer(prose):
        yield _figure(found, 0, int(found[0]))


def _figure(
    found: re.Match[str],
    group: int | str,
    value: Decimal | int,
    weight: int = FIGURE,
    kind: Literal["number", "month"] = "number",
) -> Figure:
    start, end = found.span(group)
    return Figure(kind, Decimal(value).normalize(), start, end - start, weight)


def _months(language_tag: str) -> Reader:
    names = _month_names(language_tag)
    pattern = re.compile(rf"(?P<before>\d(?:er|st|nd|rd|th)?\.?[ \u00a0\u202f])?\b(?P<name>{'|'.join(names)})\b(?P<after>,?[ \u00a0\u202f]\d)?")

    def read(prose: str) -> Iterator[Figure]:
        for found in pattern.finditer(prose) if names else ():
            weight = FIGURE if found["before"] or found["after"] else POSSIBLE
            yield _figure(found, "name", names[found["name"]], weight, "month")

    return read


@lru_cache(maxsize=16)
def _month_names(language_tag: str) -> Mapping[str, int]:
    """The names of the months as CLDR has them, in both of its forms; none of a language that counts them."""
    months = locale_of(language_tag).months
    forms = [months[context]["wide"] for context in ("format", "stand-alone")]
    names = {str(name): number for form in forms for number, name in form.items()}
    return {name: number for name, number in names.items() if not any(sign.isdigit() for sign in name) and "月" not in name}


def _plain(prose: str) -> Iterator[Figure]:
    for found in re.finditer(_ATTACHED + r"\d+(?:\.\d+)?", prose):
        yield _figure(found, 0, Decimal(found[0]))


def _with_commas(prose: str) -> Iterator[Figure]:
    for found in re.finditer(_ATTACHED + r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", prose):
        yield _figure(found, 0, Decimal(found[0].replace(",", "")))


def _with_spaces(prose: str) -> Iterator[Figure]:
    pattern = _ATTACHED + r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,\d+)?"
    for found in re.finditer(pattern, prose):
        yield _figure(found, 0, Decimal(re.sub(r"[ \u00a0\u202f.]", "", found[0]).replace(",", ".")))


_GROUPED: Mapping[str, Reader] = {"en": _with_commas, "fr": _with_spaces, "zh": _with_commas}

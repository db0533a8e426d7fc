"""Reads numbers in words and in the number formats of English, French and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from atlas.i18n.locales import subtag_of
from atlas.lint.numbers import POSSIBLE, STATED, WRITTEN, Reader, StatedNumber, decimal_of, stated_number
from atlas.lint.numerals import (
    HAN_DIGITS,
    HAN_UNITS,
    english_numbers,
    english_ranks,
    french_numbers,
    french_ranks,
    read_han_number,
    read_roman,
)

_SCALES = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    "fr": {"cents": 100, "cent": 100, "mille": 1000, "millions": 10**6, "million": 10**6, "milliards": 10**9,
           "milliard": 10**9, "M€": 10**6, "Md€": 10**9, "Mds€": 10**9},
}  # fmt: skip
_LOOSE = {
    "en": {"once": 1, "both": 2, "pair": 2, "twice": 2, "double": 2, "triple": 3, "thirds": 3, "quarter": 4,
           "decade": 10, "decades": 10, "dozen": 12, "dozens": 12, "fortnight": 15, "hundred": 100, "hundreds": 100,
           "centenary": 100, "bicentenary": 200, "thousand": 1000, "thousands": 1000,
           "million": 10**6, "millions": 10**6, "billions": 10**9},
    "fr": {"double": 2, "couple": 2, "bipartite": 2, "tiers": 3, "triple": 3, "tripartite": 3, "quart": 4,
           "quadripartite": 4, "quinquennal": 5, "quinquennale": 5,
           "décennie": 10, "décennies": 10, "dizaine": 10, "dizaines": 10, "douzaine": 12, "quinzaine": 15,
           "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "cinquantenaire": 50,
           "soixantaine": 60, "cent": 100, "centaine": 100, "centaines": 100, "centenaire": 100, "bicentenaire": 200,
           "mille": 1000, "millier": 1000, "milliers": 1000, "million": 10**6, "millions": 10**6},
}  # fmt: skip
_DOUBTFUL = frozenset({"neuf", "neuvième"})
"""Words for numbers that often mean something else: neuf is also new."""

_SPACE = "[ \u00a0\u202f]"
_SCALED = {
    "en": re.compile(rf"(?<!\d)(\d[\d,]*(?:\.\d+)?)[ \u00a0\u202f-]({'|'.join(_SCALES['en'])})s?\b"),
    "fr": re.compile(rf"(?<!\d)(\d(?:\d|{_SPACE}(?=\d{{3}}))*(?:,\d+)?){_SPACE}({'|'.join(_SCALES['fr'])})(?!\w)"),
}
_SHORT_DECADE = re.compile(r"(?<=années )(\d0)(?!\d)|(?<=[’'])(\d0)s\b|(?<=the )(\d0)s\b")
_TENS = "twent thirt fort fift sixt sevent eight ninet"
_DECADE_WORD = {
    "en": re.compile(rf"(?i)\b(?:(?P<century>eighteen|nineteen)[- ])?(?P<tens>{_TENS.replace(' ', '|')})ies\b"),
    "fr": re.compile(r"(?i)(?<=années )(?P<century>)(?P<tens>vingt|trente|quarante|cinquante|soixante(?:-dix)?"
                     r"|quatre-vingt(?:s|-dix)?)\b"),
}  # fmt: skip
_ROMAN = re.compile(r"\b(?:([IVX]|[IVXLC]{2,})(?:er|re|e|ᵉ)|([IVXLC]{2,}))\b")


def readers(language_tag: str, other_tag: str) -> tuple[Reader, ...]:
    """Return the readers for a text that is compared with one in another language.

    Returns:
        The readers, or none if one of the two languages is not supported.
    """
    if not {subtag_of(language_tag), subtag_of(other_tag)} <= {"en", "fr", "zh"}:
        return ()
    language = subtag_of(language_tag)
    if language == "zh":
        return (_chinese_parts, _chinese_large, _chinese_centuries, _chinese_decades, _chinese_months, _chinese_words)
    return (_scaled(language), _short_decades, _decade_words(language), _romans, _words(language))


def _scaled(language: str) -> Reader:
    def read(prose: str) -> Iterator[StatedNumber]:
        for found in _SCALED[language].finditer(prose):
            value = decimal_of(found[1], "," if language == "fr" else ".")
            yield stated_number(found, 0, value * _SCALES[language][found[2]])

    return read


def _short_decades(prose: str) -> Iterator[StatedNumber]:
    for found in _SHORT_DECADE.finditer(prose):
        yield from _possible_decade(found, found.lastindex or 1, int(found[found.lastindex or 1]))


def _possible_decade(found: re.Match[str], group: int, tens: int) -> Iterator[StatedNumber]:
    """Yield the possible values of a decade such as the 80s: 80, and that decade of each recent century."""
    for value in (tens, 1800 + tens, 1900 + tens, 2000 + tens):
        yield stated_number(found, group, value, POSSIBLE)


def _decade_words(language: str) -> Reader:
    """Return a reader of the nineteen-fifties, les années cinquante."""

    def read(prose: str) -> Iterator[StatedNumber]:
        for found in _DECADE_WORD[language].finditer(prose):
            tens = found["tens"].lower()
            if language == "fr":
                yield from _possible_decade(found, 0, french_numbers()[tens])
            elif century := found["century"]:
                yield stated_number(
                    found, 0, english_numbers()[century.lower()] * 100 + english_numbers()[f"{tens}y"], STATED
                )
            else:
                yield from _possible_decade(found, 0, english_numbers()[f"{tens}y"])

    return read


def _romans(prose: str) -> Iterator[StatedNumber]:
    for found in _ROMAN.finditer(prose):
        yield stated_number(found, 0, read_roman(found[1] or found[2]), STATED if found[1] else POSSIBLE)


_TOKEN = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=2)
def _words(language: str) -> Reader:
    """Return a reader of numbers in words.

    Only words that can begin a number are tried, because the pattern is long.
    """
    pattern, values, ranks = _word_pattern(language)
    scales = _SCALES[language]
    beginnings = {word.partition("-")[0].removesuffix("s") for word in values}

    def read(prose: str) -> Iterator[StatedNumber]:
        end = 0
        for token in _TOKEN.finditer(prose):
            if token.start() < end or token[0].lower().removesuffix("s") not in beginnings:
                continue
            if found := pattern.match(prose, token.start()):
                end = found.end()
                word = re.sub(rf"{_SPACE}", "-", found["word"].lower())
                value = values[word] * scales.get(found["scale"] or "", 1)
                doubtful = word in _DOUBTFUL or word in _LOOSE[language] or value < (4 if word in ranks else 3)
                yield stated_number(found, 0, value, POSSIBLE if doubtful else STATED)

    return read


@lru_cache(maxsize=2)
def _word_pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, int], frozenset[str]]:
    """Return the pattern of a number in words with an optional scale, the values of the words, and the ordinals."""
    cardinals, ranks = (english_numbers(), english_ranks()) if language == "en" else (french_numbers(), french_ranks())
    values = {**_LOOSE[language], **ranks, **cardinals}
    words = "|".join(re.escape(word).replace(r"\-", "[- \u00a0]") for word in sorted(values, key=len, reverse=True))
    scales = "|".join(_SCALES[language])
    pattern = re.compile(rf"(?i)(?<![\w-])(?P<word>{words})s?(?:[- \u00a0](?P<scale>{scales}))?(?!\w)")
    return pattern, values, frozenset(ranks)


_NUMERALS = f"{HAN_DIGITS}{''.join(HAN_UNITS)}"
_MEASURES = "个所家名位项次届年国城座种方校部条篇章周天日级类只场期支省市县区岁倍世代人大"
"""Measure words after a numeral; without one 三 may be part of a name."""

_PARTS = re.compile(rf"(?P<whole>[{_NUMERALS}]+)分之(?P<part>[{_NUMERALS}]*)|百分之(?=\d)")
_LARGE = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)[余多]?([十百千]?[万亿萬億]+|[百千])")
_CENTURY = re.compile(rf"(?P<century>\d\d?|[{_NUMERALS}]+)世纪(?:(?P<tens>\d0|[{HAN_DIGITS}]十|头十年)(?:年代)?)?")
_DECADE = re.compile(rf"(?<!\d)(\d0|[{HAN_DIGITS}]十)年代")
_MONTHS = re.compile(r"(?<!\d)(?:(?P<from>\d{1,2})[—–~～至-])?(?P<month>\d{1,2})月")
_ONE = re.compile(f"[{_NUMERALS}]")
_NUMERAL = re.compile(
    rf"(?<![{_NUMERALS}数几])(?P<rank>第)?(?P<number>[{_NUMERALS}]+)(?P<month>月)?(?P<measure>[余多]?[{_MEASURES}])?"
)


_FEW = 3
"""The number up to which Chinese often counts a list (国际、国家和地方三种), where other languages do not."""

_NO_NUMBERS = frozenset({"万一", "千万", "万万"})
"""Words made of numerals that mean something else: in case, by all means."""


def _chinese_parts(prose: str) -> Iterator[StatedNumber]:
    """Yield fractions such as 三分之一, for which other languages use other words. 百分之五 is 5."""
    for found in _PARTS.finditer(prose):
        if not found["whole"]:
            yield stated_number(found, 0, 100, POSSIBLE)
        elif found["whole"] == "百" and found["part"]:
            yield stated_number(found, 0, read_han_number(found["part"]) or 0, STATED)
        else:
            yield stated_number(found, 0, read_han_number(found["whole"]) or 0, POSSIBLE)


def _chinese_large(prose: str) -> Iterator[StatedNumber]:
    for found in _LARGE.finditer(prose):
        scale = 1
        for sign in found[2]:
            scale *= HAN_UNITS[sign]
        yield stated_number(found, 0, Decimal(found[1].replace(",", "")) * scale)


def _chinese_centuries(prose: str) -> Iterator[StatedNumber]:
    for found in _CENTURY.finditer(prose):
        century, tens = _han_or_digits(found["century"]), found["tens"]
        if century:
            decade = 0 if tens == "头十年" else _han_or_digits(tens or "")
            yield stated_number(found, 0, century if decade is None else (century - 1) * 100 + decade)


def _chinese_decades(prose: str) -> Iterator[StatedNumber]:
    for found in _DECADE.finditer(prose):
        yield from _possible_decade(found, 0, _han_or_digits(found[1]) or 0)


def _han_or_digits(text: str) -> int | None:
    if not text or text.isascii():
        return int(text) if text else None
    return read_han_number(text)


def _chinese_months(prose: str) -> Iterator[StatedNumber]:
    for found in _MONTHS.finditer(prose):
        for group in ("from", "month"):
            if found[group]:
                yield stated_number(found, group, int(found[group]), kind="month")


def _chinese_words(prose: str) -> Iterator[StatedNumber]:
    """Yield numerals; each numeral of a row that is not one number (五四) may be a number by itself."""
    for found in _NUMERAL.finditer(prose):
        text = found["number"]
        value = read_han_number(text)
        if value is None or text in _NO_NUMBERS:
            yield from (
                stated_number(sign, 0, read_han_number(sign[0]) or 0, POSSIBLE)
                for sign in _ONE.finditer(prose, *found.span("number"))
            )
            continue
        if found["month"]:
            yield stated_number(found, "number", value, STATED, "month")
            continue
        has_digit = any(sign in HAN_DIGITS for sign in text)
        counts = found["rank"] or found["measure"] or (len(text) > 1 and has_digit)
        weight = STATED if counts and (has_digit or text == "十") and value > _FEW else POSSIBLE
        yield stated_number(found, "number", value, WRITTEN if len(text) == 4 and value >= 1000 and weight else weight)

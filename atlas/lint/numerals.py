"""Numbers written in words: in English and French from 1 to 99, in Chinese of any size."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ENGLISH_TENS = {
    20: "twenty",
    30: "thirty",
    40: "forty",
    50: "fifty",
    60: "sixty",
    70: "seventy",
    80: "eighty",
    90: "ninety",
}
_ENGLISH_RANKS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
_FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf"
)
_FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
_FRENCH_RANKS = {"un": "uni", "cinq": "cinqui", "neuf": "neuvi"}

HAN_DIGITS: Final = "〇零一二三四五六七八九两"
HAN_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
_HAN_VALUES = {sign: number - 1 for number, sign in enumerate(HAN_DIGITS) if number} | {"〇": 0, "两": 2}


@lru_cache(maxsize=1)
def english_numbers() -> dict[str, int]:
    """Return the values of the cardinals from one to ninety-nine."""
    small = _ENGLISH.split()
    words = {word: number for number, word in enumerate(small, 1)}
    for ten, word in _ENGLISH_TENS.items():
        words[word] = ten
        words |= {f"{word}-{small[unit - 1]}": ten + unit for unit in range(1, 10)}
    return words


@lru_cache(maxsize=1)
def english_ranks() -> dict[str, int]:
    """Return the values of the ordinals from first to ninety-ninth."""
    ranks: dict[str, int] = {}
    for word, number in english_numbers().items():
        head, dash, last = word.rpartition("-")
        unit = number if not dash else number % 10
        regular = last[:-1] + "ieth" if last.endswith("y") else last + "th"
        ranks[head + dash + _ENGLISH_RANKS.get(unit, regular)] = number
    return ranks


@lru_cache(maxsize=1)
def french_numbers() -> dict[str, int]:
    """Return the values of the cardinals from un to quatre-vingt-dix-neuf, with une, spelt with hyphens."""
    small = _FRENCH.split()
    words = {word: number for number, word in enumerate(small, 1)}
    for ten, word in _FRENCH_TENS.items():
        words[word] = ten
        for unit in range(1, 20 if ten in (60, 80) else 10):
            link = "-et-" if unit in (1, 11) and ten != 80 else "-"
            words[f"{word}{link}{small[unit - 1]}"] = ten + unit
    words["quatre-vingts"] = 80
    return words | {f"{word}e": number for word, number in words.items() if word.endswith("un")}


@lru_cache(maxsize=1)
def french_ranks() -> dict[str, int]:
    """Return the values of the ordinals from premier to quatre-vingt-dix-neuvième."""
    ranks = {"premier": 1, "première": 1, "second": 2, "seconde": 2}
    for word, number in french_numbers().items():
        if word == "un" or word.endswith(("une", "vingts")):
            continue
        head, dash, last = word.rpartition("-")
        ranks[f"{head}{dash}{_FRENCH_RANKS.get(last, last.removesuffix('e') + 'i')}ème"] = number
    return ranks


def read_han_number(text: str) -> int | None:
    """Return the value of Chinese numerals (二十五, 一百零三, 三千万, 二〇二四), or None (五四 is two numbers)."""
    if not any(sign in HAN_UNITS for sign in text):
        digits = [_HAN_VALUES[sign] for sign in text]
        if len(digits) == 1:
            return digits[0]
        return int("".join(map(str, digits))) if len(digits) == 4 else None
    return _scaled(text)


def _scaled(text: str) -> int | None:
    """Return the value of numerals with units: each digit times the unit after it; 万 and 亿 multiply all before."""
    total, section, digit = 0, 0, None
    for sign in text:
        if sign in _HAN_VALUES:
            if digit:
                return None
            digit = _HAN_VALUES[sign]
        elif HAN_UNITS[sign] >= 10**4:
            section += digit or 0
            total = (
                (total + section or 1) * HAN_UNITS[sign] if HAN_UNITS[sign] == 10**8 else total + (section or 1) * 10**4
            )
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * HAN_UNITS[sign]
            digit = None
    return total + section + (digit or 0)


def read_roman(text: str) -> int:
    """Return the value of Roman numerals in capitals."""
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[letter] for letter in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))

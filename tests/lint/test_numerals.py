"""Numbers in words."""

from __future__ import annotations

import pytest

from atlas.lint.numerals import (
    english_numbers,
    english_ranks,
    french_numbers,
    french_ranks,
    read_han_number,
    read_roman,
)


@pytest.mark.parametrize("words", [english_numbers(), english_ranks(), french_numbers(), french_ranks()])
def test_every_number_below_a_hundred_has_its_word(words: dict[str, int]) -> None:
    assert set(words.values()) == set(range(1, 100))


def test_irregular_words_are_right() -> None:
    english = ["five", "fifth", "eighth", "ninth", "twelfth", "twentieth", "twenty-first", "forty", "ninety-nine"]
    assert [{**english_numbers(), **english_ranks()}[word] for word in english] == [5, 5, 8, 9, 12, 20, 21, 40, 99]
    french = ["cinquième", "neuvième", "onzième", "vingt-et-un", "vingt-et-une", "soixante-et-onze", "soixante-dix-sept",
              "quatre-vingts", "quatre-vingt-un", "quatre-vingt-onze", "quatre-vingt-dix-neuf", "vingt-et-unième"]  # fmt: skip
    numbers = [5, 9, 11, 21, 21, 71, 77, 80, 81, 91, 99, 21]
    assert [{**french_numbers(), **french_ranks()}[word] for word in french] == numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三", 3), ("十", 10), ("十五", 15), ("二十", 20), ("二十五", 25), ("一百零三", 103), ("三千万", 30_000_000),
        ("一千四百一十万", 14_100_000), ("十二亿八千万", 1_280_000_000), ("一万五千", 15_000), ("两百", 200),
        ("二〇二四", 2024), ("一九八三", 1983), ("五四", None), ("一二三", None),
    ],
)  # fmt: skip
def test_chinese_numerals_have_their_value(text: str, value: int | None) -> None:
    assert read_han_number(text) == value


@pytest.mark.parametrize(("text", "value"), [("XIX", 19), ("IV", 4), ("XC", 90), ("MCMXLIX", 1949)])
def test_roman_numerals_have_their_value(text: str, value: int) -> None:
    assert read_roman(text) == value

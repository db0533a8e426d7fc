"""Numbers, lists, plurals and sizes; the forms expected are those of CLDR."""

from __future__ import annotations

import pytest

from atlas.i18n.locales import (
    Language,
    is_known,
    is_right_to_left,
    ordinal_category,
    plural_category,
    show_exact,
    show_list,
    show_number,
    show_percent,
    show_size,
    subtag_of,
    tag_attributes,
)

ENGLISH = Language("en", "en", "English")
FRENCH = Language("fr", "fr", "Français", "fr")
CHINESE = Language("zh", "zh-Hans", "简体中文", "zh")
POLISH = Language("pl", "pl", "Polski", "pl")


@pytest.mark.parametrize(
    ("language", "expected"),
    [(ENGLISH, "1,234,567.5"), (FRENCH, "1\u202f234\u202f567,5"), (CHINESE, "1,234,567.5")],
)
def test_numbers_have_the_signs_of_their_language(language: Language, expected: str) -> None:
    assert show_number(1234567.5, language) == expected
    assert show_exact("1234567.5", language) == expected


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0.0004", "0,0004"),
        ("3.14159", "3,14159"),
        ("-12345678901234567.25", "-12\u202f345\u202f678\u202f901\u202f234\u202f567,25"),
        ("7", "7"),
    ],
)
def test_numbers_that_authors_wrote_keep_all_their_digits(written: str, shown: str) -> None:
    assert show_exact(written, FRENCH) == shown


@pytest.mark.parametrize(
    ("language", "expected"), [(ENGLISH, "12%"), (FRENCH, "12\u00a0%"), (CHINESE, "12%"), (POLISH, "12%")]
)
def test_shares_are_percentages(language: Language, expected: str) -> None:
    assert show_percent(0.12, language) == expected


@pytest.mark.parametrize(
    ("language", "three", "two"),
    [(ENGLISH, "A, B and C", "A and B"), (FRENCH, "A, B et C", "A et B"), (CHINESE, "A、B和C", "A和B")],
)
def test_lists_are_joined_as_in_a_sentence(language: Language, three: str, two: str) -> None:
    assert show_list(["A", "B", "C"], language) == three
    assert show_list(["A", "B"], language) == two
    assert show_list(["A"], language) == "A"
    assert show_list([], language) == ""


def test_who_wants_american_english_declares_it() -> None:
    assert show_list(["A", "B", "C"], Language("en", "en-US", "English")) == "A, B, and C"


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        (ENGLISH, ["other", "one", "other", "other"]),
        (FRENCH, ["one", "one", "other", "other"]),
        (CHINESE, ["other", "other", "other", "other"]),
        (POLISH, ["many", "one", "few", "many"]),
    ],
)
def test_counts_have_the_plural_category_of_cldr(language: Language, categories: list[str]) -> None:
    assert [plural_category(number, language) for number in (0, 1, 2, 5)] == categories


def test_ranks_have_the_ordinal_category_of_cldr() -> None:
    assert [ordinal_category(rank, ENGLISH) for rank in (1, 2, 3, 4, 11, 21)] == [
        "one",
        "two",
        "few",
        "other",
        "other",
        "one",
    ]
    assert [ordinal_category(rank, FRENCH) for rank in (1, 2)] == ["one", "other"]


@pytest.mark.parametrize(
    ("size", "english", "french", "chinese"),
    [
        (1, "1 byte", "1\u00a0octet", "1字节"),
        (512, "512 bytes", "512\u00a0octets", "512字节"),
        (340_400, "340 kB", "340\u202fko", "340 kB"),
        (999_499, "999 kB", "999\u202fko", "999 kB"),
        (999_500, "1 MB", "1\u202fMo", "1 MB"),
        (1_540_000, "1.5 MB", "1,5\u202fMo", "1.5 MB"),
    ],
)
def test_sizes_of_files_are_in_decimal_units(size: int, english: str, french: str, chinese: str) -> None:
    assert [show_size(size, language) for language in (ENGLISH, FRENCH, CHINESE)] == [english, french, chinese]


def test_a_language_that_cldr_has_not_is_reported() -> None:
    assert [is_known(tag) for tag in ("en", "zh-Hans", "pt-BR", "tlh-x-none", "notalanguage", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [subtag_of(tag) for tag in ("zh-Hans", "FR", "pt-BR")] == ["zh", "fr", "pt"]


@pytest.mark.parametrize("tag", ["ar", "AR-EG", "he", "ckb", "ar-1901", "az-Arab", "pa-Arab-PK", "ku-arab", "dv-Thaa", "dv",
                                 "nqo", "syr", "ff-Adlm", "rhg", "sam", "mid", "az-IR", "pa-PK", "iw"])  # fmt: skip
def test_words_from_right_to_left_are_known_by_their_script_or_else_their_language(tag: str) -> None:
    assert is_right_to_left(tag)
    assert tag_attributes(tag) == f' lang="{tag}" dir="rtl"'


@pytest.mark.parametrize(
    "tag", ["en", "zh-Hans", "ar-Latn", "fa-latn", "ur-Deva", "de-1901", "az", "en-x-arab", "ff", "pa", "tlh"]
)
def test_words_from_left_to_right_need_no_direction(tag: str) -> None:
    assert not is_right_to_left(tag)
    assert tag_attributes(tag) == f' lang="{tag}"'

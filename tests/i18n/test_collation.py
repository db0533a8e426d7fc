"""The order of names: pinyin for Han characters, accents folded, an author's key always first."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.i18n.collation import Collator
from atlas.i18n.locales import Language

ENGLISH = Language("en", "en", "English")
FRENCH = Language("fr", "fr", "Français", "fr")
CHINESE = Language("zh", "zh-Hans", "简体中文", "zh")
RUSSIAN = Language("ru", "ru", "Русский", "ru")
COLLATOR = Collator()


def in_order(names: list[str], language: Language) -> list[str]:
    shuffled = names[::-1]
    return sorted(shuffled, key=lambda name: COLLATOR.sort_key(name, language))


@pytest.mark.parametrize(
    "names",
    [
        ["Edouard", "élan", "Élysée", "Émile"],
        ["odeur", "Oeuvre", "œuvres", "office"],
        ["cote", "coté", "côte", "côté"],  # CLDR root: accents decide from the left
        ["North", "North school", "Northern"],  # ISO 7154: nothing before something
        ["C5", "C40", "CA"],
        ["l’art", "L’Écho", "La voix"],
        ["polish", "Polish", "POLISH"],
    ],
)
@pytest.mark.parametrize("language", [ENGLISH, FRENCH])
def test_accents_and_case_decide_only_between_equal_letters(names: list[str], language: Language) -> None:
    assert in_order(names, language) == names


def test_chinese_names_are_by_syllable_then_tone_among_latin_ones() -> None:
    names = [
        "Alliance",
        "北京",
        "Beirut",
        "法语",
        "路",
        "吕",
        "乱",
        "略",
        "论",
        "妈",
        "马",
        "骂",
        "North",
        "中国",
        "Zola",
    ]
    assert in_order(names, CHINESE) == names


@pytest.mark.parametrize(("text", "key", "letter"), [("曾", "zeng", "Z"), ("单", "shan", "S"), ("仇", "qiu", "Q")])
def test_an_authors_key_always_wins(text: str, key: str, letter: str) -> None:
    name = f"{text}某"
    assert COLLATOR.index_letter(name, CHINESE) != letter
    assert COLLATOR.index_letter(name, CHINESE, f"{key} mou") == letter
    before, after = COLLATOR.sort_key(key[:-1], CHINESE), COLLATOR.sort_key(f"{key}z", CHINESE)
    assert before < COLLATOR.sort_key(name, CHINESE, f"{key} mou") < after


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("曾某", "Z"),
        ("单某", "S"),
        ("仇某", "Q"),
        ("解某", "X"),
        ("区某", "O"),
        ("朴某", "P"),
        ("万俟某", "M"),
        ("李某", "L"),
    ],
)
def test_the_name_of_a_person_begins_with_a_surname(name: str, letter: str) -> None:
    assert COLLATOR.index_letter(name, CHINESE, is_person=True) == letter


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Œuvre", "O"), ("Élysée", "E"), ("Ænima", "A"), ("Ångström", "A"), ("Łódź", "L"), ("«Les Temps»", "L"),
        ("中国", "Z"), ("《论语》", "L"), ("100 écoles", "#"), ("", "#"), ("…", "#"), ("Ж", "#"), ("日", "R"),
    ],
)  # fmt: skip
def test_the_letter_of_an_index_is_latin_or_a_number_sign(text: str, letter: str) -> None:
    assert COLLATOR.index_letter(text, FRENCH) == letter


def test_a_language_in_another_script_has_its_own_letters() -> None:
    assert [COLLATOR.index_letter(text, RUSSIAN) for text in ("Журнал", "Alliance", "中国", "12")] == [
        "Ж",
        "A",
        "Z",
        "#",
    ]


def test_what_is_under_no_letter_is_last() -> None:
    assert in_order(["Art", "Zoo", "100 schools", "Жизнь"], FRENCH) == ["Art", "Zoo", "100 schools", "Жизнь"]


@settings(deadline=None)  # the first Han character imports pypinyin
@given(st.text(max_size=8), st.text(max_size=8))
def test_keys_are_equal_only_for_equal_texts_and_always_compare(one: str, other: str) -> None:
    first, second = COLLATOR.sort_key(one, CHINESE), COLLATOR.sort_key(other, CHINESE)
    assert (first < second) + (second < first) == (one != other)


@settings(deadline=None)
@given(st.lists(st.text(max_size=6)))
def test_names_of_one_letter_are_together(names: list[str]) -> None:
    letters = [COLLATOR.index_letter(name, FRENCH) for name in in_order(names, FRENCH)]
    changes = sum(here != there for here, there in pairwise(letters))
    assert changes == max(len(set(letters)) - 1, 0)


def test_what_an_earlier_build_knows_is_not_asked_again() -> None:
    known = Collator({"曲江": ("aa1", "bb2")})
    assert known.romanised("曲江", is_person=False) == ("", "aabb")
    assert COLLATOR.romanised("曲江", is_person=False) == ("", "qujiang")


def test_what_one_collator_learns_another_does_not_know() -> None:
    one, other = Collator(), Collator()
    assert one.romanised("张謇", is_person=True) == ("zhang", "jian")
    assert one.pinyin
    assert other.pinyin == {}

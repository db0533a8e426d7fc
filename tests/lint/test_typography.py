"""Typography by language.

French: Lexique des règles typographiques en usage à l'Imprimerie nationale (2002): spaces before signs, « », 1er,
1re, 2e, XIXe. Chinese: GB/T 15834-2011: 4.1–4.7 full-width points, 4.8 “ ” and ‘ ’, 4.9 （）, 4.10 ——, 4.11 ……,
4.15 《》 and 〈〉 (《〈中国工人〉发刊词》). English: the quotation marks of CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.traditional import SIMPLIFIED
from atlas.lint.quotation_marks import Flaw
from atlas.lint.typography import find_flaws

FINE, FULL = "\u202f", "\u00a0"


def mended(text: str, flaws: Iterable[Flaw]) -> str:
    """The text with every flaw mended that can be; of two that overlap, the first."""
    pieces: list[str] = []
    position = 0
    for flaw in sorted(flaws, key=lambda flaw: flaw.offset):
        if flaw.replacement is not None and flaw.offset >= position:
            pieces += [text[position : flaw.offset], flaw.replacement]
            position = flaw.offset + flaw.length
    return "".join([*pieces, text[position:]])


def mend(text: str, tag: str) -> str:
    """The text with every flaw mended that can be, also those that come to light by it (quotations in quotations)."""
    for _ in range(5):
        text = mended(text, find_flaws(text, tag))
    return text


def rules(text: str, tag: str) -> list[str]:
    return sorted({flaw.rule for flaw in find_flaws(text, tag)})


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        ("Ah ! Oui? Non;si", "Ah_! Oui_? Non_;si", "french-space"),
        ("Ah~; ah _: ah", "Ah_; ah~: ah", "french-space"),
        ("Ainsi : ceci: cela :", "Ainsi~: ceci~: cela~:", "french-space"),
        ("« bon » et «mal»", "«~bon~» et «~mal~»", "french-space"),
        ("5 % et 12%", "5~% et 12~%", "french-space"),
        ("Quoi ?!", "Quoi_?!", "french-space"),
        ("**Note** : l’[[a-b|art]] !", "**Note**~: l’[[a-b|art]]_!", "french-space"),
        ("Il cite [@a, p. 3; @b] ; et [lien](https://x.org/?a;b) :", "Il cite [@a, p. 3; @b]_; et [lien](https://x.org/?a;b)~:",
         "french-space"),
        ("l'art d'être", "l’art d’être", "apostrophe"),
        ("l'[[a-b]] et d'*art*", "l’[[a-b]] et d’*art*", "apostrophe"),
        ('Le "soft power"', "Le «~soft power~»", "quotation-marks"),
        ("Le “soft power”", "Le «~soft power~»", "quotation-marks"),
        ("Le 'soft power'", "Le «~soft power~»", "quotation-marks"),
        ("«~le \"soft power\"~»", "«~le “soft power”~»", "quotation-marks"),
        ("le 1 mars", "le 1er mars", "first-of-month"),
        ("la 1ère et le 1ier", "la 1re et le 1er", "ordinal"),
        ("le 2ème, les 3èmes, la 4ième", "le 2e, les 3es, la 4e", "ordinal"),
        ("au XIXème siècle", "au XIXe siècle", "ordinal"),
        ("Et puis...", "Et puis…", "ellipsis"),
    ],
)  # fmt: skip
def test_french_flaws_are_found_and_fixed(wrong: str, right: str, rule: str) -> None:
    wrong, right = (text.replace("_", FINE).replace("~", FULL) for text in (wrong, right))
    assert rules(wrong, "fr") == [rule]
    assert mend(wrong, "fr") == right


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        ("don't, the '90s, students' work", "don’t, the ’90s, students’ work", "apostrophe"),
        ('He said "no".', "He said “no”.", "quotation-marks"),
        ("a 'word' here", "a ‘word’ here", "quotation-marks"),
        ("“He said 'no'”", "“He said ‘no’”", "quotation-marks"),
        ("the « diplomatie » here", "the “diplomatie” here", "quotation-marks"),
    ],
)
def test_english_flaws_are_found_and_fixed(wrong: str, right: str, rule: str) -> None:
    assert rules(wrong, "en") == [rule]
    assert mend(wrong, "en-GB") == right


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    [
        ("北方,南方;东方:好?是!", "北方，南方；东方：好？是！", "full-width"),
        ("这是北方. 那是南方.", "这是北方。 那是南方。", "full-width"),
        ("北方(North)学校", "北方（North）学校", "full-width"),
        ("North, 北方", "North，北方", "full-width"),
        ("外交 [@a, 页 3],文化 [@b].", "外交 [@a, 页 3]，文化 [@b]。", "full-width"),
        ("**注意**:重要", "**注意**：重要", "full-width"),
        ('所谓"外交"是', "所谓“外交”是", "quotation-marks"),
        ("所谓「外交」与『文化』", "所谓“外交”与‘文化’", "quotation-marks"),
        ("论 «soft power» 一词", "论 “soft power” 一词", "quotation-marks"),
        ("读<论语>和«孟子»", "读《论语》和《孟子》", "book-title"),
        ("《《中国工人》发刊词》", "《〈中国工人〉发刊词》", "book-title"),
        ("中 文 字", "中文字", "han-space"),
        ("中文 ，中文。 中文", "中文，中文。中文", "han-space"),
        ("等等...", "等等……", "ellipsis"),
        ("等等…好", "等等……好", "ellipsis"),
        ("北方 -- 南方", "北方——南方", "dash"),
    ],
)
def test_chinese_flaws_are_found_and_fixed(wrong: str, right: str, rule: str) -> None:
    assert rule in rules(wrong, "zh-Hans")
    if rule not in ("full-width", "quotation-marks"):
        assert rules(wrong, "zh-Hans") == [rule]
        assert mend(wrong, "zh-Hans") == right
    assert mended(wrong, [flaw for flaw in find_flaws(wrong, "zh-Hans") if flaw.rule == rule]) == right


def test_traditional_characters_are_reported_with_their_simplified_form_and_not_fixed() -> None:
    (flaw,) = find_flaws("于1883年由法語聯盟設立", "zh-Hans")
    assert (flaw.rule, flaw.offset, flaw.length, flaw.replacement) == ("traditional-characters", 8, 4, None)
    assert "語聯設" in flaw.message
    assert "语联设" in flaw.message


def test_characters_that_the_simplified_norm_has_are_not_traditional() -> None:
    assert not set("著於乾徵瞭麽后里面发云台") & SIMPLIFIED.keys()
    assert not set(SIMPLIFIED) & set(SIMPLIFIED.values())


def test_italics_of_han_characters_are_reported_and_not_fixed() -> None:
    assert rules("读*论语*和**重点**", "zh-Hans") == ["book-title"]
    assert mend("读*论语*", "zh-Hans") == "读*论语*"


RIGHT = {
    "en": "“It’s a ‘word’,” he said; at 12:30 the 5' board was there — see [it](http://x.org/'a').",
    "fr": f"«{FULL}L’art{FULL}»{FULL}: à 12:30, le 1er mars, la 2e{FINE}; vraiment{FINE}?! (?) […] 5{FULL}% “a”".replace(
        "“a”", f"«{FULL}b “a” c{FULL}»"
    ),
    "zh-Hans": "北方（North）于12:30，“好”——《论语》、《〈诗〉序》……约3,000人，参见North, South.",
}


@pytest.mark.parametrize("tag", RIGHT)
def test_a_text_that_is_right_has_no_flaw(tag: str) -> None:
    assert find_flaws(RIGHT[tag], tag) == ()


UNTOUCHED = [
    "`a 'b' ; c`",
    "```\na 'b' ; c ! 中,文\n```",
    "<https://x.org/a;b?c'd>",
    "https://x.org/a;b?c'd",
    "[@a'b, p. 3; @c]",
    "@key [p. 3; @b]",
    "[[north-a]]",
    "{#id dimension=x'y}",
    "> Voilà ! «x» 'y' \"z\" 中,文",
    '[it\'s "so" ; voilà ! 中,文]{lang=de}',
    "![](/files/it's.jpg)",
    "[^it's]",
    "[^1]: ",
    "[1]: https://x.org/it's 'a ; !'",
    "<!-- it's ; ! -->",
    "| a | b |\n| --- | :-: |",
    "&nbsp;",
]


@pytest.mark.parametrize("tag", ["en", "fr", "zh-Hans"])
@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_no_prose_is_not_looked_at(text: str, tag: str) -> None:
    assert find_flaws(text, tag) == ()


@pytest.mark.parametrize("text", UNTOUCHED)
def test_offsets_are_those_of_the_text_whatever_is_before(text: str) -> None:
    (flaw,) = find_flaws(f"{text}\n\nl'art", "fr")
    assert (flaw.offset, flaw.length) == (len(text) + 3, 1)


def test_the_words_of_a_quotation_are_looked_at_but_not_fixed() -> None:
    text = f"«{FULL}l'art ; oui{FULL}»"
    assert rules(text, "fr") == ["apostrophe", "french-space"]
    assert mend(text, "fr") == text
    assert mend("“他说,好”,是", "zh-Hans") == "“他说,好”，是"
    assert mend("“it's”, it's", "en") == "“it's”, it’s"


def test_the_words_between_marks_of_another_language_are_not_looked_at() -> None:
    assert mend("Le “don't; stop!” ici", "fr") == f"Le «{FULL}don't; stop!{FULL}» ici"
    assert {flaw.rule for flaw in find_flaws("Le “don't; stop!” ici", "fr")} == {"quotation-marks"}


@pytest.mark.parametrize(
    "text",
    ["## 标题\n正文", "- 一\n- 二", "词\n: 义", "| 一 |\n| 二 |", "一\n\n二", "一\\\n二", "一  \n二", "1. 一\n2. 二"],
)
def test_lines_of_different_blocks_are_not_joined(text: str) -> None:
    assert find_flaws(text, "zh-Hans") == ()


def test_a_straight_mark_without_its_pair_is_reported_and_not_fixed() -> None:
    (flaw,) = find_flaws('a "word', "en")
    assert (flaw.rule, flaw.offset, flaw.replacement) == ("quotation-marks", 2, None)


def test_a_language_whose_rules_are_not_held_here_has_no_flaws() -> None:
    assert find_flaws('it\'s "so"', "de") == ()


@pytest.mark.parametrize(
    "piece", ["中 [@a] ", "中,", "“a” ", "'a ", '"', "«", "*中", "(中", "[a]{lang=", "1 ; ", "中\n"]
)
@pytest.mark.parametrize("tag", ["en", "fr", "zh-Hans"])
def test_no_text_takes_more_than_its_length_deserves(piece: str, tag: str) -> None:
    start = process_time()
    find_flaws(piece * 500, tag)
    assert process_time() - start < 2


@settings(deadline=None, max_examples=300)
@given(st.text("aé中語'\"“”«»‘’《》「」 \n;:!?,.…-()[]{}*_@`#>|1er"), st.sampled_from(["en", "fr", "zh-Hans"]))
def test_flaws_lie_in_the_text_and_fixing_comes_to_an_end(text: str, tag: str) -> None:
    for flaw in find_flaws(text, tag):
        assert 0 <= flaw.offset <= flaw.offset + flaw.length <= len(text)
        assert flaw.replacement != text[flaw.offset : flaw.offset + flaw.length]
    better = mend(text, tag)
    assert mend(better, tag) == better

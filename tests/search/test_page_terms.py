"""What a page adds to the index: text block by block with its anchors, and numbers that can be read back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from atlas.core.private_use import SEAM
from atlas.search.page_terms import PART, TEXT, numeral, page_terms
from atlas.search.page_text import PageText, Passage, text_blocks

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"


def read(text: str) -> list[int]:
    """The numbers of a text, by the rule that a digit of the upper half means that another follows."""
    numbers, value, scale = [], 0, 0
    for sign in text:
        digit = DIGITS.index(sign)
        value += (digit & 31) << scale
        scale += 5
        if digit < 32:
            numbers.append(value)
            value = scale = 0
    return numbers


@given(st.lists(st.integers(0, 1 << 40)))
def test_numbers_can_be_read_back(numbers: list[int]) -> None:
    assert read("".join(map(numeral, numbers))) == numbers


def test_words_are_read_block_by_block_with_their_places() -> None:
    html = (
        'First<br>second <b>bo</b>ld<sup>er</sup><ul><li id="f"><a class="permalink">¶</a> 灯<span>火</span></li></ul>'
        '<script>no</script><p lang="fr">Lampe</p><img alt="A lamp">'
    )
    blocks = text_blocks([Passage(html, "one"), Passage("Two &amp; three", lang="zh")])
    assert [(block.anchor, block.lang, block.text.replace(SEAM, "|")) for block in blocks] == [
        ("one", "", "First"), ("one", "", "second bold|er|"), ("f", "", "灯火"), ("one", "fr", "Lampe"),
        ("one", "", "A lamp"), ("", "zh", "Two & three"),
    ]  # fmt: skip


def test_the_meaning_of_an_abbreviation_is_read_once_and_the_signs_of_a_formula_are_words() -> None:
    short = '<abbr title="United &amp; Nations">UN</abbr>'
    formula = "<math><msub><mi>x</mi><mn>1</mn></msub><mo>=</mo><mn>2</mn></math>"
    blocks = text_blocks([Passage(f"<p>The {short}, the {short}: {formula}</p>")])
    assert [block.text for block in blocks] == ["The UN (United & Nations), the UN: x 1 = 2"]


def page(*passages: str) -> PageText:
    return PageText(
        "a/", "actor", ("north",), Passage("Lamps of <i>the</i> north"), ("灯", "deng"), ("Lyon",),
        tuple(Passage(text, f"p{number}") for number, text in enumerate(passages)),
    )  # fmt: skip


def test_a_matrix_does_not_divide_the_text_around_it() -> None:
    matrix = "<math><mtable><mtr><mtd><mi>a</mi></mtd><mtd><mphantom><mi>b</mi></mphantom></mtd></mtr></mtable></math>"
    assert [block.text for block in text_blocks([Passage(f"<p>one {matrix} two</p>")])] == ["one a b two"]


def test_titles_and_names_come_before_the_text_and_are_found_as_a_whole() -> None:
    added = page_terms(page("A lamp."))
    assert read(added.terms["lamps of the north="]) == read(added.terms["lamps"]) == [0]
    assert 128 <= read(added.terms["deng"])[0] < TEXT
    assert read(added.terms["lamp"]) == [TEXT + 1]
    assert json.loads(added.texts[0]) == [
        "a/", "Lamps of the north", "", "灯, deng", "p0", "", "A lamp.", "", "", "Lyon",
    ]  # fmt: skip


def test_every_block_is_in_the_part_in_which_it_begins() -> None:
    words = [f"{number} unique{number} and more" for number in range(300)]
    added = page_terms(page(*words))
    assert len(added.texts) > 3
    for number in range(300):
        part = read(added.terms[f"unique{number}"])[0] // PART
        assert f"unique{number} " in added.texts[part].decode()

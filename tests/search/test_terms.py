"""Texts are divided into terms as documented in docs/content.md: clauses, words, and pairs of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.private_use import SEAM
from atlas.search.terms import STRIDE, folded, terms, whole_term


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("L’amitié", [("l", 0), ("amitie", 1)]),
        ("Paris, 1,000 U.S. (now)", [("paris", 0), ("1", 64), ("000", 65), ("u", 66), ("s", 67), ("now", 128)]),
        ("外交部", [("外交", 0), ("交部", 1), ("部", 2)]),
        ("外交，部", [("外交", 0), ("交", 1), ("部", 64)]),
        ("路易·艾黎", [("路易", 0), ("易", 1), ("艾黎", 3), ("黎", 4)]),
        ("1954年5月", [("1954", 0), ("年", 1), ("5", 2), ("月", 3)]),
        (f"XIX{SEAM}e{SEAM} siècle", [("xix", 0), ("e", 1), ("siecle", 2), ("xixe", 0)]),
        ("Œuvre ﬁn ÇA", [("oeuvre", 0), ("fin", 1), ("ca", 2)]),
    ],
)
def test_a_text_is_cut_into_words_and_pairs_of_signs(text: str, wanted: list[tuple[str, int]]) -> None:
    assert terms(text)[0] == wanted


@given(st.text(alphabet="外交部中国", min_size=2, max_size=12), st.data())
def test_every_run_of_two_signs_or_more_can_be_put_together_from_pairs(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    places = set(terms(text)[0])
    assert all((text[at : at + 2], at) in places for at in range(start, end - 1))


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.lists(st.sampled_from(["lamp", "外交", ",", ", ", "。", "’", "-"]), max_size=30))
def test_a_word_that_is_added_moves_no_other_clause(parts: list[str]) -> None:
    before, after = terms(f"old {''.join(parts)}")[0], terms(f"new old {''.join(parts)}")[0]
    beyond = [place for _, place in before if place >= STRIDE]
    assert [place for _, place in after if place >= STRIDE] == beyond


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Li Shizeng", "li shizeng="), ("中国 人民", "中国人民="), ("CPAFFC 北京", "cpaffc 北京="), ("…", "")],
)
def test_a_name_is_a_term_as_a_whole(text: str, wanted: str) -> None:
    assert whole_term(text) == wanted

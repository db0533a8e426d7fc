"""Masks: equal length, prose left, everything else covered."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.core.private_use import EDGE, HOLE
from atlas.markdown.masks import find_citations, mask, without_emphasis


def shown(text: str) -> str:
    return mask(text).replace(HOLE, "·").replace(EDGE, "=")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("see `x;y` now", "see ····· now"),
        ("see [@a, p. 3; @b] now", "see ·············· now"),
        ("as @key [p. 3] says", "as ··········· says"),
        ("write to me@x.org now", "write to ········ now"),
        ("[[a-b]] and [[a-b|its name]]", "······· and ······its name··"),
        ("[words](/a/b) [1]", "·words······· ·1·"),
        ("[mots]{lang=fr} here", "··············· here"),
        ("a fact. {#id dimension=x}", "a fact. ················· ".rstrip()),
        ("## Title {#id}\ntext", "===Title ·····=text"),
        ("- item\n- item", "==item\n==item"),
        ("> quoted\n\ntext", "========\n\ntext"),
        ("Term\n: meaning", "Term\n==meaning"),
        ("| a | b |\n|---|---|\n| c | d |", "= a = b =\n=========\n= c = d ="),
        ("a[^1]\n\n[^1]: note", "a····\n\n======note"),
        ("中文https://x.org/a?b，中文", "中文·················，中文"),
        ("```\ncode\n```\ntext", "===\n====\n===\ntext"),
        ("a | [[b\\|c d]]\n--|--\n`e|f` | g", "a = ·····c d··\n=====\n····· = g"),
        ("one | two\n- three", "one | two\n==three"),
        ("He left in\n1999. Then", "He left in\n1999. Then"),
        ("one\n***\ntwo", "one\n===\ntwo"),
        ("the set {a} of", "the set {a} of"),
        ("see www.x.org/a now", "see ··········· now"),
        ("[[a-b|its `c` name]]", "······its ··· name··"),
        ("a &nbsp; \\* b", "a ====== ·· b"),
        ("<!-- no\nno -->yes", "=======\n======yes"),
    ],
)
def test_what_is_no_prose_is_covered_and_the_rest_stays(text: str, masked: str) -> None:
    assert shown(text) == masked


def test_the_marks_of_emphasis_are_covered_on_demand() -> None:
    assert without_emphasis("a *b* **c** snake_case _d_").replace(HOLE, "·") == "a ·b· ··c·· snake_case ·d·"


def test_words_of_another_language_may_be_kept() -> None:
    text = "[Plan 2020]{lang=en}"
    assert mask(text, keep_foreign=True).replace(HOLE, "·") == "·Plan 2020··········"


def test_citations_are_found_in_quotations_and_foreign_words_and_not_in_code() -> None:
    text = "A [@a].\n\n> B\n> — [@b, p. 3]\n\n- [mots [@c]]{lang=fr} `[@d]` <!-- [@e] -->\n\n```\n[@f]\n```"
    assert [cite.key for citation in find_citations(text) for cite in citation.cites] == ["a", "b", "c"]


def test_a_citation_is_found_where_pages_show_one() -> None:
    text = "A `[@a]\n\nB` [@b] \\[@c]\n\n[l]: https://a.example/@d\n\n    [@e]"
    assert [cite.key for citation in find_citations(text) for cite in citation.cites] == ["a", "b", "c", "e"]


@settings(deadline=None)
@given(st.text("ab中 \n`[]{}()@#|>-:*_\\&;<!^~=.1"))
def test_a_mask_is_as_long_as_its_text_and_has_its_lines(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(here == there or there in (HOLE, EDGE) for here, there in zip(text, masked, strict=True))

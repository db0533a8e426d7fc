"""The blocks of a text: they begin and end where the converter begins and ends them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.markdown.blocks import read_blocks


def blocks(text: str) -> list[tuple[str, str]]:
    """The kind and the words of each block."""
    return [(block.kind, text[block.words : block.stop]) for block in read_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\nline.\n\nTwo.", [("paragraph", "One\nline."), ("paragraph", "Two.")]),
        ("One.\n{#f-1 dimension=x}", [("paragraph", "One.")]),
        ("[mots]{lang=fr}", [("paragraph", "[mots]{lang=fr}")]),
        ("## Then {#then}\nWords.", [("heading", "Then"), ("paragraph", "Words.")]),
        ("- One\n  goes on\n- Two", [("item", "One\n  goes on"), ("item", "Two")]),
        ("- One\n    1. Two", [("item", "One"), ("item", "Two")]),
        ("He left in\n1999. It rained.", [("paragraph", "He left in\n1999. It rained.")]),
        ("She wrote:\n> Light\ngoes on", [("paragraph", "She wrote:"), ("quotation", "> Light\ngoes on")]),
        ("> - a\n>\n> b", [("quotation", "> - a\n>\n> b")]),
        ("| a |\n| --- |\n| c |", [("table", "| a |\n| --- |\n| c |")]),
        ("a | b\n--|--\nc | d", [("table", "a | b\n--|--\nc | d")]),
        ("a | b\n--|--|--\nc | d", [("paragraph", "a | b\n--|--|--\nc | d")]),
        ("[[a|b]] c\n--|--", [("paragraph", "[[a|b]] c\n--|--")]),
        ("[[a\\|b]] | c\n--|--", [("table", "[[a\\|b]] | c\n--|--")]),
        ("```\na\n\n- b\n```\nc", [("fence", "```\na\n\n- b\n```"), ("paragraph", "c")]),
        ("```\na", [("fence", "```\na")]),
        ("Then {#then}\n---\nWords.", [("heading", "Then"), ("rule", "---"), ("paragraph", "Words.")]),
        ("Lamps:\n- one\n- two", [("paragraph", "Lamps:"), ("item", "one"), ("item", "two")]),
        ("Lamps:\n| a |\n| --- |\nb", [("paragraph", "Lamps:"), ("table", "| a |\n| --- |\nb")]),
        ("Term\n: meaning", [("paragraph", "Term\n: meaning")]),
        ("Term\n\n: meaning", [("paragraph", "Term"), ("description", ": meaning")]),
        ("Lit.[^1]\n[^1]: A note.", [("paragraph", "Lit.[^1]"), ("note", "A note.")]),
        ("[l]:\nhttps://a.example\nc", [("definition", "[l]:\nhttps://a.example"), ("paragraph", "c")]),
        ("a\n<!-- b\n\nc -->\nd", [("paragraph", "a"), ("comment", "<!-- b\n\nc -->"), ("paragraph", "d")]),
        ("a <!-- b\n\n- c --> d\ne", [("paragraph", "a <!-- b\n\n- c --> d\ne")]),
        ("![Lamp](/files/lamp.png)", [("picture", "![Lamp](/files/lamp.png)")]),
        (r"!\[no picture\]", [("paragraph", r"!\[no picture\]")]),
        ("a\n***\nb", [("paragraph", "a"), ("rule", "***"), ("paragraph", "b")]),
        ("- - -", [("rule", "- - -")]),
        ("\n \n", []),
    ],
)
def test_a_text_is_divided_where_markdown_divides_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected


def test_a_block_is_joined_to_the_one_before_where_no_empty_line_parts_them() -> None:
    text = "## Then {#then}\nWords.\n\n- One\n- Two\n\n```\n\n```"
    assert [block.joined for block in read_blocks(text)] == [False, True, False, True, False]


@settings(deadline=None)
@given(st.text("ab \n`[]{}()@#|>-:*!<^~.1"))
def test_every_line_with_words_is_in_one_block(text: str) -> None:
    covered = set()
    end = -1
    for block in read_blocks(text):
        assert end < block.start <= block.words <= block.stop <= block.end
        end = block.end
        covered |= set(range(block.start, block.end))
    assert {at for at, character in enumerate(text) if not character.isspace()} <= covered

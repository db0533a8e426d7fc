"""Markdown → HTML: what is passed over to be fast is only what would not have changed anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from atlas.markdown.han import join_lines, mark_han
from atlas.markdown.markup import _converter, to_html

PIECES = [
    "a", " ", "甲", "，", "\n", "\n\n", "*", "**", "_", "__", "`", "``", "\\", "\\*", "[", "]", "](/b/)", "[c]: /d/", "[^1]",
    "[^1]: e", "<https://f.example>", "<g@h.example>", "&", "&amp;", "&#65;", "  \n", "- ", "> ", "## ", "| i | *j* |\n|---|---|\n",
    "Term\n: k", "<", ">", "!", "\x0e0\x0f", "~~~\n", "1. ", "    ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def with_every_pattern() -> Markdown:
    """The converter of the engine with the library's own way of looking for patterns."""
    converter: Markdown = _converter.__wrapped__()
    converter.treeprocessors.register(InlineProcessor(converter), "inline", 20)
    return converter


@given(TEXTS)
def test_a_pattern_whose_marks_are_not_there_would_not_have_matched(text: str) -> None:
    own = _converter()
    assert own.reset().convert(text) == with_every_pattern().convert(text)


@given(TEXTS)
def test_lines_that_need_no_joining_would_not_have_been_joined(text: str) -> None:
    html = f"<p>甲</p>{to_html(text)}<p>b</p>"
    joined = join_lines(f"{html}<p>甲\n乙</p>")
    assert joined == f"{join_lines(html)}<p>甲乙</p>"


@given(TEXTS)
def test_han_characters_are_marked_alike_with_and_without_other_languages_beside_them(text: str) -> None:
    html, other = to_html(text), '<i lang="ja">乙</i>'
    assert mark_han(html + other, "zh-Hans") == mark_han(html, "zh-Hans") + other


def test_the_columns_of_a_wide_table_are_placed_by_classes_and_never_by_styles() -> None:
    html = to_html("| a | b | c |\n| --- | :-: | --: |\n| 1 | 2 | 3 |")
    assert "style=" not in html
    assert '<th scope="col" class="to-right">c</th>' in html
    assert '<td data-column="b" class="to-center">2</td>' in html

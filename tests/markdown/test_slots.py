"""Where a character of a text stands in its file, through all that YAML does to it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.markdown.passages import Passage
from atlas.markdown.slots import place
from atlas.schema.field_types import FileContext, Markdown

STAR = "✳"


def read(yaml: str, first_line: int = 1) -> Passage:
    """The text of the first key of a YAML file."""
    node, problems = read_yaml(Source("x.yaml", yaml), first_line)
    assert node is not None, problems
    passage = Markdown().read(node.value[0][1], FileContext("x.yaml", yaml, {}, first_line))
    assert passage is not None
    return passage


def stars(text: str) -> list[int]:
    """Where the stars of a text are."""
    return [offset for offset, character in enumerate(text) if character == STAR]


def check(yaml: str) -> None:
    """Hold the places of all stars in the text against those in the file."""
    passage = read(yaml)
    found = [place(passage, offset) for offset in stars(passage.text)]
    expected = [(yaml.count("\n", 0, at) + 1, at - yaml.rfind("\n", 0, at)) for at in stars(yaml)]
    assert expected
    assert [(span.line, span.column) for span in found] == expected


@pytest.mark.parametrize(
    "yaml",
    [
        "a: ✳ b",
        "a: b ✳ c ✳\n",
        "a: 甲𝄞 ✳ 😀✳",
        "a: b\n  c ✳\n    d ✳",
        "a: b\n\n  c ✳",
        "a: '✳ b ✳'",
        "a: 'it''s ✳ and it''s ✳'",
        "a: 'b\n  c ✳\n\n  d ✳'",
        'a: "✳ b ✳"',
        r'a: "he said \"✳\" and \\ ✳"',
        'a: "b\n  c ✳\n\n  d ✳"',
        'a: "b \\\n  c ✳"',
        r'a: "b\nc ✳ d"',
        r'a: "b\tc ✳ d"',
        r'a: "b c\n✳ d e"',
        r'a: "\u00e9t\u00e9 ✳ x"',
        r'a: "\xe9t\xe9 ✳ x"',
        r'a: "\u7532 ✳"',
        "a: '  ✳ b  '",
        "a: |\n  ✳ b\n  c ✳\n",
        "a: |-\n  b\n\n  c ✳",
        "a: |\n  b\n    c ✳\n  d ✳\n",
        "a: >\n  b\n  c ✳\n\n  d ✳\n",
        "a: >-\n  b\n  c ✳\n    d ✳\n  e ✳",
        "a: >2\n    b ✳\n  c ✳\n",
        "a: | # a remark\n  b ✳\n",
        "a:\n  b ✳",
        "a:\n\n  # a remark\n  'b' # ✗\n".replace("'b'", "'b ✳'"),
        'a: b\'c ✳ "d" ✳',
        "a: (b b b) b ✳ b b ✳",
    ],
)
def test_a_place_is_found_in_every_style_of_yaml(yaml: str) -> None:
    check(yaml)


def test_a_place_in_front_matter_counts_the_lines_before_it() -> None:
    passage = read("a: b ✳", first_line=2)
    span = place(passage, passage.text.index(STAR))
    assert (span.path, span.line, span.column) == ("x.yaml", 2, 6)


WORDS = st.lists(st.text("ab'é甲😀✳", min_size=1, max_size=4), min_size=1, max_size=8)
GAPS = st.sampled_from([" ", "\n  ", " \n  ", "\n\n  ", "\n\n\n    "])


def joined(words: list[str], data: st.DataObject) -> str:
    """The words with spaces, line ends and empty lines between them."""
    return words[0] + "".join(data.draw(GAPS) + word for word in words[1:])


@given(WORDS, st.data())
def test_places_in_plain_scalars(words: list[str], data: st.DataObject) -> None:
    check("a: b" + joined(words, data) + " ✳")


@given(WORDS, st.data())
def test_places_in_single_quotation_marks(words: list[str], data: st.DataObject) -> None:
    check("a: '" + joined(words, data).replace("'", "''") + " ✳'")


@given(WORDS, st.data())
def test_places_in_double_quotation_marks(words: list[str], data: st.DataObject) -> None:
    def written(character: str) -> str:
        return json.dumps(character)[1:-1] if character in "é甲" and data.draw(st.booleans()) else character

    check('a: "' + "".join(written(character) for character in joined(words, data)) + ' \\" ✳"')


@given(st.sampled_from(["|", "|-", "|+", ">", ">-"]), st.lists(st.text("ab é✳", max_size=6), min_size=1))
def test_places_in_blocks(style: str, lines: list[str]) -> None:
    check(f"a: {style}\n  b\n" + "".join(f"  {line}\n" for line in lines) + "  ✳\n")

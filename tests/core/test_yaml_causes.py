"""YAML that does not parse: what the author did is named where it is, and what the remedy says makes the file whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.problems import Problem
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_rest, read_yaml

MISTAKES = [
    # ▶ is the place that the message names; then a word of the message, one of the remedy, and the text as it advises.
    ('a: x\nb: ▶"foo\nc: d\n', "not closed", "at the end", 'a: x\nb: "foo"\nc: d\n'),
    ('a: x\nb: ▶"foo\nc: "d"\ne: f\n', "not closed", "at the end", 'a: x\nb: "foo"\nc: "d"\ne: f\n'),
    ("a: ▶'foo\n", "not closed", "at the end", "a: 'foo'\n"),
    ("a:\n  - {b: ▶'foo, c: d}\n  - {b: x}\n", "not closed", "remove", "a:\n  - {b: foo, c: d}\n  - {b: x}\n"),
    ('a: "An ▶"old" club"\n', "text goes on", "use '", "a: 'An \"old\" club'\n"),
    ("a: 'L▶'Essai'\nb: c\n", "text goes on", 'use "', 'a: "L\'Essai"\nb: c\n'),
    ("a: x\nkind▶:academy\nc: d\n", 'the key "kind"', "`kind: `", "a: x\nkind: academy\nc: d\n"),
    ("a: x\nkind▶：academy\nc: d\n", "full-width", "`kind: `", "a: x\nkind: academy\nc: d\n"),
    ("a: x\nkind▶:\u00a0academy\nc: d\n", "no-break", "`kind: `", "a: x\nkind: academy\nc: d\n"),
    ("f:\n  - id: x\n    text▶：foo\n", "full-width", "`text: `", "f:\n  - id: x\n    text: foo\n"),
    ("a:\n  - id: x\n▶\u00a0\u00a0\u00a0\u00a0text: y\n", "no-break", "ordinary spaces", "a:\n  - id: x\n    text: y\n"),
    ("a:\n▶\u3000\u3000id: x\n", "wide space", "ordinary spaces", "a:\n  id: x\n"),
    ("a:\n▶\tb: c\n", "a tab", "ordinary spaces", "a:\n  b: c\n"),
    ("a:\n  - b: c\n▶\td: e\n", "a tab", "ordinary spaces", "a:\n  - b: c\n    d: e\n"),
    ("a: {en: Academies▶: new, fr: x}\n", "a colon", "quotation marks", "a: {en: 'Academies: new', fr: x}\n"),
    ("a: Academies▶: new\n", "a colon", "quotation marks", "a: 'Academies: new'\n"),
    ("a: b\ns: ▶*An* academy\n", "begins with *", "quotation marks", "a: b\ns: '*An* academy'\n"),
    ("s: ▶**An** academy\n", "begins with *", "quotation marks", "s: '**An** academy'\n"),
    ("s: ▶@doe says\n", "begins with @", "quotation marks", "s: '@doe says'\n"),
    ("s: [▶@doe2001, b]\n", "begins with @", "remove the @", "s: [doe2001, b]\n"),
    ("s: ▶%x\n", "begins with %", "quotation marks", "s: '%x'\n"),
    ("s: ▶| a text\n", "begins with |", "quotation marks", "s: '| a text'\n"),
    ("s: ▶- a text\n", "begins with -", "quotation marks", "s: '- a text'\n"),
    ("s: ▶? a text\n", "begins with ?", "quotation marks", "s: '? a text'\n"),
    ("s: ▶[[club]] is\nb: c\n", "begins with [", "quotation marks", "s: '[[club]] is'\nb: c\n"),
    ("s: ▶[ It is ([@doe]).\nb: c\n", "begins with [", "quotation marks", "s: '[ It is ([@doe]).'\nb: c\n"),
    ("s: ▶!x y\n", "the tag", "quotation marks", "s: '!x y'\n"),
    ("a: ▶[x, y\nb: c\n", "not closed", "write ]", "a: [x, y]\nb: c\n"),
    ("a: ▶{x: y\nb: c\n", "not closed", "write }", "a: {x: y}\nb: c\n"),
    ("a: ▶[", "not closed", "write ]", "a: []"),
    ("a: ['x' ▶'y']\n", "comma", "put a comma", "a: ['x', 'y']\n"),
    ("a: ▶]\n", "closes nothing", "remove it", "a:\n"),
    ('a: "C:▶\\dir"\n', "backslash", "use '", "a: 'C:\\dir'\n"),
    ("a:\n  - id: x\n     ▶text: y\n", "indented further", "the column", "a:\n  - id: x\n    text: y\n"),
    ("a:\n  - id: x\n   ▶text: y\n", "the column", "same column", "a:\n  - id: x\n    text: y\n"),
    ("a:\n  - x\n ▶- y\n", "the column", "same column", "a:\n  - x\n  - y\n"),
    ("a: b\n▶foo\nc: d\n", "no key", "join it", "a: b foo\nc: d\n"),
    ("a: b\n▶---\nc: d\n", "second document", "remove the line", "a: b\nc: d\n"),
]  # fmt: skip


def parted(marked: str) -> tuple[str, tuple[int, int]]:
    """A text without its ▶, and the line and column of that."""
    before, _, after = marked.partition("▶")
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(("marked", "message", "remedy", "fixed"), MISTAKES)
def test_a_mistake_is_named_where_it_is_and_its_remedy_makes_the_file_whole(
    marked: str, message: str, remedy: str, fixed: str
) -> None:
    text, place = parted(marked)
    node, [problem] = read_yaml(Source("x.yaml", text))
    assert node is None
    assert (problem.span.line, problem.span.column) == place
    assert message in problem.message
    assert remedy in problem.hint
    node, problems = read_yaml(Source("x.yaml", fixed))
    assert node is not None
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: It was founded in 1652 #1 of its kind.\n", "#1 of its kind."),
        ("a: C #\n", ""),
        ("a: opus #3\n", "#3"),
        ("a: Two words # 3\n", "# 3"),
        ("a: Two words  # a comment\n", ""),
        ("a: word # a comment\n", ""),
        ("a: [x, y] # a comment\n", ""),
        ("a: 'Two words' #1\n", ""),
        ("# a comment\na: Two words\n# another\n", ""),
    ],
)
def test_a_text_that_a_comment_cuts_off_is_a_warning(text: str, words: str) -> None:
    node, problems = read_yaml(Source("x.yaml", text))
    assert node is not None
    assert [problem.rule for problem in problems] == ["yaml-comment"] * bool(words)
    assert all(words in problem.message and problem.span.column == text.index("#") + 1 for problem in problems)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('a: x\nb: "foo\nc: d\n', "ac"),
        ("a: x\nb:\n  - id：y\n    text: z\n  - id: w\nc: d\n", "abc"),
        ("a: x\nkind:b\nc: d\n", "ac"),
        ("a:\n  - x: *y\nb: &z c\nd: e\n", "ad"),
        ("a: x\na: y\nb: c\n", "b"),
    ],
)
def test_the_rest_of_a_file_with_a_mistake_can_be_read(text: str, keys: str) -> None:
    source = Source("x.yaml", text)
    node, problems = read_yaml(source)
    assert node is None
    rest = read_rest(source, 1, problems[0])
    assert rest is not None
    assert {key.value for key, _ in rest.value} >= set(keys)


@given(st.text("ab:-[]{}&*!|>'\"#%@,? \n\t\u00a0：\u3000", max_size=40))
def test_any_signs_leave_a_rest_or_none_and_a_place_within_the_file(text: str) -> None:
    source = Source("x.yaml", text)
    node, problems = read_yaml(source)
    if node is None:
        read_rest(source, 1, problems[0])
    for problem in problems:
        assert isinstance(problem, Problem)
        assert 1 <= problem.span.line <= text.count("\n") + 2
        assert problem.span.column >= 1

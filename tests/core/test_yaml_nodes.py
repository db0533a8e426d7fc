"""YAML: every scalar is a word, every mistake has its place, and nothing refers to or repeats anything."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.core.characters import BAD
from atlas.core.limits import YAML_DEPTH
from atlas.core.problems import Problem, has_errors
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml, span_of

KEYS = st.text("abc-é甲", min_size=1, max_size=4)
SCALARS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029")
).filter(lambda text: not BAD.search(text))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def read(text: str, first_line: int = 1) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """A YAML text, read."""
    return read_yaml(Source("x.yaml", text), first_line)


def plain(node: Node) -> object:
    """A node as lists, mappings and words."""
    if isinstance(node, MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    assert isinstance(node, ScalarNode)
    return str(node.value)


def values(text: str) -> object:
    """What a text holds, where nothing is wrong with it."""
    node, problems = read(text)
    assert problems == ()
    assert node is not None
    return plain(node)


def reported(text: str, first_line: int = 1) -> list[tuple[str, int, int]]:
    """The rule, line and column of each problem of a text that is refused."""
    node, problems = read(text, first_line)
    assert node is None
    assert all(problem.hint for problem in problems)
    return [(problem.rule, problem.span.line, problem.span.column) for problem in problems]


@pytest.mark.parametrize("word", ["no", "010", "1949-12-15", "1e3", "~", "null", "true", "12:30", "0x1F", ".5", ""])
def test_every_scalar_is_the_word_that_is_written(word: str) -> None:
    assert values(f"a: {word}\n") == {"a": word}


@given(st.dictionaries(KEYS, VALUES, min_size=1))
def test_what_is_written_is_what_is_read(value: dict[str, object]) -> None:
    assert values(yaml.safe_dump(value, allow_unicode=True, default_style='"')) == value


@given(st.text())
def test_any_text_is_read_or_reported_and_never_both(text: str) -> None:
    node, problems = read(text)
    assert (node is None) == has_errors(problems)


@given(st.text("ab:-[]{}&*!|>'\"#%@,? \n\t", max_size=40))
def test_any_signs_are_read_or_reported_within_the_file(text: str) -> None:
    node, problems = read(text)
    assert (node is None) == has_errors(problems)
    for problem in problems:
        assert 1 <= problem.span.line <= text.count("\n") + 2
        assert problem.span.column >= 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b\na: c\n", (2, 1)),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", (4, 3)),
        ("a: {b: 1, c: 2, b: 3}\n", (1, 17)),
        ("a: b\n'a': c\n", (2, 1)),
    ],
)
def test_a_key_that_is_twice_is_reported_at_its_place_again(text: str, place: tuple[int, int]) -> None:
    assert reported(text) == [("duplicate-yaml-key", *place)]


def test_a_key_that_is_twice_says_where_it_stood_first() -> None:
    _, [problem] = read("a: b\nc: d\na: e\n", first_line=2)
    assert "line 2" in problem.message
    assert problem.span.line == 4


def test_one_key_in_two_mappings_is_no_duplicate() -> None:
    assert values("a: {b: 1}\nc: {b: 2}\n") == {"a": {"b": "1"}, "c": {"b": "2"}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x 1\nb: *x\n", (1, 4)),
        ("a: *x\n", (1, 4)),
        ("&x a: 1\n", (1, 1)),
        ("a: [1, &x 2]\n", (1, 8)),
        ("a: {b: *x}\n", (1, 8)),
        ("a:\n- &x\n  b: 1\n", (2, 3)),
        ("a: !!str &x b\n", (1, 4)),
    ],
)
def test_anchors_and_aliases_are_reported(text: str, place: tuple[int, int]) -> None:
    assert reported(text) == [("yaml-alias", *place)]


@pytest.mark.parametrize("text", ["a: b *c* d & e", "a: 'x'\nb: R&D", 'a: "*b*"', "a: |\n  *b*\n  &c\n"])
def test_stars_and_ampersands_in_texts_are_no_aliases(text: str) -> None:
    assert isinstance(values(text), dict)


def test_a_bomb_of_aliases_is_reported_and_does_not_go_off() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert reported("\n".join(lines))[0][0] == "yaml-alias"


def indented(levels: int) -> str:
    return "".join(f"{' ' * level}a:\n" for level in range(levels)) + " " * levels + "x"


NESTED = {
    "lists in flow": "a: " + "[" * 100_000,
    "mappings in flow": "a: " + "{b: " * 5_000,
    "lists in a line": "- " * 30_000,
    "lists below a key": "a:\n  " + "- " * 30_000,
    "keys in a line": "? " * 30_000,
    "keys and lists": "? - " * 20_000,
    "keys in flow": "a: " + "[? " * 5_000,
    "indentation": indented(1_500),
    "lists at the column of their key": "".join(f"{' ' * n}- a:\n" for n in range(0, 400, 2)),
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED.keys())
def test_endless_nesting_is_reported_and_not_followed(text: str) -> None:
    [(rule, _, _)] = reported(text)
    assert rule == "over-limit"


def test_a_file_at_the_limit_is_read_and_one_level_more_is_not() -> None:
    assert read(indented(YAML_DEPTH))[1] == ()
    assert read(indented(YAML_DEPTH + 1))[1][0].rule == "over-limit"


@pytest.mark.parametrize(
    "escape", ["\\x0b", "\\0", "\\x0e0\\x0f", "\\uE002", "\\uFFFE", "\\u2028", "\\N", "\\U000F0000"]
)
@pytest.mark.parametrize("text", ['a: "x{}"', '"x{}": a', 'a: [b, "x{}"]'])
def test_bad_characters_that_are_escaped_are_refused(escape: str, text: str) -> None:
    [(rule, line, _)] = reported(text.format(escape))
    assert (rule, line) == ("bad-character", 1)


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: !!int 3\n", (1, 4)), ("a: !!python/object:os.system x\n", (1, 4)), ("a: !b c\n", (1, 4))],
)
def test_tags_are_reported(text: str, place: tuple[int, int]) -> None:
    assert reported(text) == [("yaml-syntax", *place)]


def test_a_value_that_begins_with_a_brace_is_reported_as_no_word() -> None:
    assert reported("a: {{b}: c}\n")[0][0] == "yaml-syntax"


@pytest.mark.parametrize("text", ["", "# nothing\n", "word\n", "- a\n- b\n", "---\n"])
def test_a_file_that_holds_no_mapping_is_reported_at_its_first_line(text: str) -> None:
    assert reported(text) == [("wrong-type", 1, 1)]
    assert reported(text, first_line=2) == [("wrong-type", 2, 1)]


def test_lines_are_those_of_the_file_in_which_the_text_begins_later() -> None:
    assert reported("a: b\na: c\n", first_line=2) == [("duplicate-yaml-key", 3, 1)]
    assert reported("a: *x\n", first_line=2) == [("yaml-alias", 2, 4)]
    assert reported("a:\n\tb: c\n", first_line=2) == [("yaml-syntax", 3, 1)]


def test_columns_count_characters() -> None:
    node, _ = read("𝄞é甲: {a: b}\n")
    assert node is not None
    span = span_of(node.value[0][1], "x.yaml")
    assert (span.line, span.column) == (1, 6)


def test_all_repeated_keys_of_a_file_are_reported_at_once() -> None:
    assert reported("a: 1\nb: {c: 1, c: 2}\na: 2\n") == [("duplicate-yaml-key", 2, 11), ("duplicate-yaml-key", 3, 1)]

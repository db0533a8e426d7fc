"""The limits of a text: one at the limit is read, one beyond it is one error with its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_atlases import converted, places

from atlas.core.limits import CITATIONS, MARKDOWN_DEPTH, OPEN_MARKS
from atlas.core.problems import has_errors

LIMITED: dict[str, tuple[int, Callable[[int], str]]] = {
    "quotations": (MARKDOWN_DEPTH, lambda depth: "> " * depth + "a"),
    "lists": (MARKDOWN_DEPTH, lambda depth: "\n".join("    " * level + "- a" for level in range(depth))),
    "lists in one line": (MARKDOWN_DEPTH, lambda depth: "- " * depth + "a"),
    "meanings": (
        MARKDOWN_DEPTH,
        lambda depth: "\n".join("  " * level + f"Term\n{'  ' * level}: a" for level in range(depth)),
    ),
    "open brackets": (OPEN_MARKS, lambda number: "[a " * number),
    "citations": (CITATIONS, lambda number: "[@a] " * number),
    "works in one citation": (CITATIONS, lambda number: "[" + "; ".join(["@a"] * number) + "]"),
}


@pytest.mark.parametrize("name", LIMITED)
def test_a_text_at_the_limit_is_read(name: str) -> None:
    limit, write = LIMITED[name]
    prose, problems = converted(write(limit))
    assert not has_errors(problems)
    assert prose.html


@pytest.mark.parametrize("name", LIMITED)
def test_a_text_beyond_the_limit_is_one_error(name: str) -> None:
    limit, write = LIMITED[name]
    prose, problems = converted(f"A paragraph.\n\n{write(limit + 1)}\n\nAnother [[Bad]].\n")
    assert [problem.rule for problem in problems] == ["over-limit"]
    assert problems[0].span.line >= 3
    assert f"{limit:,}" in problems[0].message
    assert prose.html == ""


def test_the_error_names_the_line_that_is_nested_too_deeply() -> None:
    text = "\n".join("    " * level + "- a" for level in range(MARKDOWN_DEPTH + 2))
    assert places(converted(f"a\n\n{text}")[1]) == [("over-limit", 3 + MARKDOWN_DEPTH, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "```\n" + "    " * 40 + "a\n```",
        "- " * 40,
        "\n\n".join(f"Term {number}\n:   a" for number in range(40)),
        "Term\n" + ": a\n" * 40,
        "\n".join(f"Term {number}\n: a" for number in range(40)),
        " " * 400 + "a",
    ],
    ids=["code", "rule", "definitions with empty lines", "one term", "definitions", "spaces"],
)
def test_what_is_not_nested_has_no_limit_of_depth(text: str) -> None:
    assert not has_errors(converted(text)[1])

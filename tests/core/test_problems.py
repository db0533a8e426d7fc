"""Problems: one line each, in order, with the nearest name as remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.core.problems import Problem, Span, folded, has_errors, in_order, nearest
from atlas.core.rules import Rule

NAMES = ["lamps", "bridges", "ferries"]
WORDS = st.text("abcdefgh-", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (Span("content/site.yaml", 3, 7), "content/site.yaml:3:7"),
        (Span("content/site.yaml", 3), "content/site.yaml:3"),
        (Span("content/site.yaml"), "content/site.yaml"),
        (Span(""), "atlas"),
    ],
)
def test_a_place_is_shown_as_editors_read_it(span: Span, said: str) -> None:
    assert str(span) == said


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem(Span("a.md", 1, 2), Rule.BAD_ID, "no id", "write one"), "a.md:1:2 bad-id: no id · write one"),
        (Problem(Span("a.md", 1, 2), Rule.BAD_ID, "no id"), "a.md:1:2 bad-id: no id"),
        (Problem(Span("a.md"), Rule.LARGE_FILE, "large"), "a.md large-file: warning: large"),
        (Problem(Span("a.md"), Rule.EDITED_PAGE, "edited"), "a.md edited-page: note: edited"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, said: str) -> None:
    assert str(problem) == said


def test_a_problem_as_json_says_all_that_it_holds() -> None:
    problem = Problem(Span("a.md", 1, 2), Rule.LARGE_FILE, "no id", "write one")
    assert problem.as_json() == {
        "path": "a.md",
        "line": 1,
        "column": 2,
        "rule": "large-file",
        "severity": "warning",
        "message": "no id",
        "hint": "write one",
    }
    assert Problem.from_json(problem.as_json()) == problem


@pytest.mark.parametrize(
    ("rules", "expected"),
    [([], False), ([Rule.LARGE_FILE, Rule.EDITED_PAGE], False), ([Rule.EDITED_PAGE, Rule.BAD_ID], True)],
)
def test_only_errors_forbid_writing(rules: list[Rule], expected: bool) -> None:
    assert has_errors([Problem(Span("a"), rule, "m") for rule in rules]) is expected


def test_problems_are_reported_by_file_line_and_column_as_numbers_each_once() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 12), ("a", 9, 2), ("a", 9, 2)]
    ordered = in_order(Problem(Span(*place), Rule.BAD_ID, "m") for place in places)
    assert [(each.span.path, each.span.line, each.span.column) for each in ordered] == [
        ("a", 9, 2),
        ("a", 9, 12),
        ("a", 10, 1),
        ("b", 1, 1),
    ]


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("lamp", 'did you mean "lamps"?'),
        ("Lamps", 'did you mean "lamps"?'),
        ("brigdes", 'did you mean "bridges"?'),
        ("xyz", "choose one of bridges, ferries, lamps"),
    ],
)
def test_the_remedy_is_the_nearest_name_or_all_there_are(word: str, remedy: str) -> None:
    assert nearest(word, NAMES) == remedy


def test_the_remedy_keeps_the_spelling_that_is_known() -> None:
    assert nearest("lamps", ["LAMPS"]) == 'did you mean "LAMPS"?'


def test_the_remedy_where_nothing_is_declared() -> None:
    assert nearest("lamps", []) == "none is declared"


def test_a_long_list_is_not_read_out() -> None:
    assert nearest("xyz", [f"name-{number}" for number in range(13)]).startswith("the nearest of 13 names are name-")


@given(WORDS, st.lists(WORDS, min_size=1))
def test_a_known_name_is_its_own_nearest_in_any_order(word: str, others: list[str]) -> None:
    names = [*others, word]
    assert nearest(word, names) == nearest(word, reversed(names)) == f'did you mean "{word}"?'


def test_errors_that_say_the_same_are_counted_after_five() -> None:
    rows = [Problem(Span("a.yaml", line), Rule.UNKNOWN_SIDE, 'no side "x" is declared', "y") for line in range(1, 40)]
    others = [Problem(Span("b.yaml", line), Rule.APOSTROPHE, "an apostrophe is ’") for line in range(1, 9)]
    shown = folded([*others, *rows])
    alike = [problem for problem in shown if problem.span.path == "a.yaml"]
    assert [problem.span.line for problem in alike] == [1, 2, 3, 4, 5, 6]
    assert "34 more times" in alike[5].message
    assert len([problem for problem in shown if problem.severity == "warning"]) == len(others)
    assert folded(rows[:5]) == rows[:5]
    blanks = [Problem(Span("a.yaml", line), Rule.TODO_LEFT, "TODO is left here") for line in range(1, 40)]
    assert folded(blanks) == blanks


def test_the_keys_that_one_lost_line_puts_out_of_place_are_counted_after_five() -> None:
    missing = [Problem(Span("a.yaml", n), Rule.MISSING_KEY, f'language {n} has no "tag"') for n in range(1, 10)]
    unknown = [Problem(Span("a.yaml", n), Rule.UNKNOWN_KEY, f'no key "{n}"') for n in range(10, 20)]
    others = [Problem(Span("b.yaml", n), Rule.MISSING_KEY, f'no "{n}"') for n in range(1, 6)]
    shown = folded([*missing, *unknown, *others])
    assert [(problem.span.path, problem.span.line) for problem in shown] == [
        *(("a.yaml", line) for line in range(1, 7)),
        *(("b.yaml", line) for line in range(1, 6)),
    ]
    assert shown[5].message == '14 more missing or unknown keys in this file, from here on: language 6 has no "tag"'
    assert folded([*missing[:6]])[5].message.startswith("1 more missing or unknown key in this file, ")


def test_works_that_a_broken_bibliography_lost_are_counted_together() -> None:
    lost = [Problem(Span("a.yaml", n), Rule.UNKNOWN_WORK, f'no work "w{n % 2}"') for n in range(1, 21)]
    cause = Problem(Span("bibliography.bib", 1), Rule.MISSING_COMMA, "no comma after the key")
    shown = folded([*lost, cause])
    assert [(problem.rule, problem.span.line) for problem in shown] == [
        (Rule.UNKNOWN_WORK, 1),
        (Rule.UNKNOWN_WORK, 2),
        (Rule.MISSING_COMMA, 1),
    ]
    assert "19 more citations of works that are not in the bibliography" in shown[1].message
    assert len(folded(lost)) == 12


def test_a_key_that_several_files_miss_is_one_cause() -> None:
    rows = [
        Problem(Span(path, line), Rule.MISSING_KEY, "language de is missing here")
        for path in ("content/places.yaml", "content/site.yaml")
        for line in range(1, 9)
    ]
    shown = folded(rows)
    assert len(shown) == 6
    assert shown[5].message.startswith("the same 11 more times")

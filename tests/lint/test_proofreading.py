"""Texts held against the typography of their language, and translations against their original, at their places."""

from __future__ import annotations

import pytest
from small_atlases import GIFT, LAMPS, SITE, Made, actor, case, made, places

from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.lint.proofreading import find_text_flaws, fixed_text, proofread

FRENCH = LAMPS.replace(".yaml", ".fr.yaml")
DON = GIFT.replace(".md", ".fr.md")


def reported(atlas: Made) -> list[Problem]:
    """What a proofreader finds; all of it warnings with a remedy."""
    problems = sorted(proofread(atlas.content.records.values(), atlas.site.languages))
    assert all(problem.severity == "warning" and problem.hint for problem in problems)
    return problems


def found(files: dict[str, str]) -> list[tuple[str, Rule, str]]:
    """Path, rule, and the characters of the file from the place on, of each thing found."""
    rows = []
    for problem in reported(made(files)):
        line = files[problem.span.path].split("\n")[problem.span.line - 1]
        rows.append((problem.span.path, problem.rule, line[problem.span.column - 1 :][:3]))
    return rows


@pytest.mark.parametrize(
    ("summary", "rule", "sign"),
    [
        ("It's lit [@lamp1901].", "apostrophe", "'s "),
        ("'It''s lit [@lamp1901].'", "apostrophe", "''s"),
        (">-\n  One lamp.\n  It's lit.", "apostrophe", "'s "),
        ('"It\'s \\u00e9t\\u00e9."', "apostrophe", "'s "),
        ('One "lamp" here.', "quotation-marks", '"la'),
    ],
)
def test_a_flaw_is_reported_at_its_place_in_the_file(summary: str, rule: str, sign: str) -> None:
    assert (LAMPS, rule, sign) in found({LAMPS: actor("Lamps", f"summary: {summary}\n")})


def test_a_flaw_in_a_body_is_reported_at_its_place() -> None:
    files = {GIFT: case("One.\n\n## Then {#then}\n\nIt's lit.")}
    assert found(files) == [(GIFT, "apostrophe", "'s ")]


def test_each_text_is_held_against_its_own_language() -> None:
    files = {
        LAMPS: actor("Lamps", "summary: Lit; dark.\n"),
        FRENCH: "summary: Allumée; sombre.\n",
        LAMPS.replace(".yaml", ".zh.yaml"): "summary: 亮; 暗。\n",
    }
    chinese = LAMPS.replace(".yaml", ".zh.yaml")
    assert found(files) == [(FRENCH, "french-space", "; s"), (chinese, "full-width", "; 暗")]


def test_every_sort_of_text_is_read() -> None:
    rest = (
        'facts: [{id: lit, dimension: origin, text: "It\'s a.", sources: [lamp1901]}]\n'
        'relations: [{id: pact, type: partner-of, to: bridges, note: "It\'s b."}]\n'
        "changes: [{date: 2026-12-01, text: \"It's c.\"}]\nsummary: It's d.\n"
    )
    files = {LAMPS: actor("Lamps", rest), "content/actors/bridges.yaml": actor("Bridges")}
    assert [rule for _, rule, _ in found(files)] == ["apostrophe"] * 4


def test_the_title_of_a_text_is_read() -> None:
    assert found({GIFT: case("One.").replace("A gift\n", "A giver's gift\n")}) == [(GIFT, "apostrophe", "'s ")]


@pytest.mark.parametrize("text", ["`it's`", "[a](https://a.example/it's)", "```\nit's\n```", "<!-- it's -->", "It’s."])
def test_code_addresses_and_right_texts_have_no_flaw(text: str) -> None:
    assert found({GIFT: case(text)}) == []


def test_names_are_as_they_are_attested() -> None:
    assert found({LAMPS: actor('"The Lamps\' Club"')}) == []


def test_what_can_be_fixed_says_how_and_the_rest_asks_for_a_hand() -> None:
    problems = reported(made({LAMPS: actor("Lamps", "summary: It's a lone \" mark.\n")}))
    hints = {problem.rule: problem.hint for problem in problems}
    assert "--fix" in hints[Rule.APOSTROPHE]
    assert "by hand" in hints[Rule.QUOTATION_MARKS]


# Versions that differ.


@pytest.mark.parametrize(
    ("original", "translation", "rules"),
    [
        ("Lit in 1883 [@lamp1901].", "Allumée en 1883 [@lamp1901].", []),
        ("Lit in 1883 [@lamp1901].", "Allumée en 1884 [@lamp1901].", ["number-differs"]),
        ("Lit [@lamp1901].", "Allumée [@tide1910].", ["citation-differs"]),
        ("Lit [@lamp1901, p. 3].", "Allumée [@lamp1901, p. 4].", ["citation-differs"]),
        ("Lit [@lamp1901, p. 3].", "Allumée [@lamp1901, p. 3].", []),
        ("Lit.", "Allumée [@lamp1901].", ["citation-differs"]),
    ],
)
def test_versions_of_a_text_agree_in_works_and_numbers(original: str, translation: str, rules: list[str]) -> None:
    files = {LAMPS: actor("Lamps", f"summary: {original}\n"), FRENCH: f"summary: {translation}\n"}
    problems = reported(made(files))
    assert [problem.rule for problem in problems] == rules
    assert all(problem.span.path == FRENCH and LAMPS in problem.hint for problem in problems)


def test_a_difference_is_reported_at_its_place_in_the_translation_with_that_of_the_original() -> None:
    files = {
        GIFT: case("One.\n\n## Then {#then}\n\nLit in 1883."),
        DON: "---\ntitle: Un don\nsummary: Un don.\n---\n\nUn.\n\n## Alors {#then}\n\nAllumée en 1884.\n",
    }
    [problem] = reported(made(files))
    assert places([problem]) == [("number-differs", 10, 12)]
    line = files[GIFT].split("\n").index("Lit in 1883.") + 1
    assert f"{GIFT}:{line}:8" in problem.hint


def test_a_text_that_is_not_translated_differs_from_nothing() -> None:
    files = {LAMPS: actor("Lamps", "summary: Lit in 1883 [@lamp1901].\n"), FRENCH: "facts: {}\n"}
    assert reported(made(files)) == []


# Mending.


def test_fixing_takes_only_what_is_in_the_file_as_it_is_in_the_text() -> None:
    text = actor("Lamps", 'summary: "It\\u0027s lit. It\'s dark."\n')
    atlas = made({LAMPS: text})
    rows = list(find_text_flaws(atlas.record("lamps"), atlas.site.languages))
    assert len(rows) == 2
    assert fixed_text(text, rows) == text.replace("It's", "It’s")


def test_fixing_the_same_twice_changes_it_once() -> None:
    text = actor("Lamps", "summary: It's lit.\n")
    atlas = made({LAMPS: text})
    rows = list(find_text_flaws(atlas.record("lamps"), atlas.site.languages))
    assert fixed_text(text, [*rows, *rows]) == text.replace("It's", "It’s")
    assert fixed_text(text, []) == text


def test_a_site_without_texts_has_nothing_to_read() -> None:
    assert reported(made({LAMPS: actor("Lamps")}, site=SITE)) == []

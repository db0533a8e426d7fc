"""What an editor would ask of a record: sources, places of quotations, and dimensions without a word."""

from __future__ import annotations

import pytest
from small_atlases import GIFT, LAMPS, actor, case, made

from atlas.lint.evidence import check_evidence

SIX = "“a lamp for every single pier”"


def found(files: dict[str, str]) -> list[tuple[str, int, str]]:
    """File, line and rule of each thing asked; all of it warnings with a remedy."""
    atlas = made(files)
    problems = list(check_evidence(atlas.content.records.values(), atlas.site))
    assert all(problem.severity == "warning" and problem.hint for problem in problems)
    return [(problem.span.path, problem.span.line, problem.rule) for problem in problems]


def in_case(body: str) -> list[tuple[str, str]]:
    """The rule of each thing asked of a body, with the line that it names."""
    text = case(body)
    return [(rule, text.split("\n")[line - 1]) for _, line, rule in found({GIFT: text})]


@pytest.mark.parametrize(
    "body",
    [
        "Lit in 1901 [@lamp1901].",
        "As @lamp1901 says, it was lit.",
        "It shows little.\n{.reading}",
        "## Then {#then}\n\nLit [@lamp1901].",
        "She wrote:\n\n> Light the pier.\n>\n> — [@lamp1901, p. 3]",
        "| Pier | Lamp |\n| --- | --- |\n| One | Two |",
        "Pier | Lamp\n--- | ---\nOne | Two",
        "Lit [@lamp1901]; see [the pier][p].\n\n[p]: https://pier.example",
        "<!-- to do:\n\nthe second lamp -->",
        "- One [@lamp1901].\n- Two [@tide1910].",
        "One line of it\nand another [@lamp1901].",
        f"She calls it {SIX} [@lamp1901, p. 3].",
        "She calls it “a lamp” [@lamp1901].",
        "```\ncode is no statement\n\nat all\n```",
        "Lit.[^1] [@lamp1901]\n\n[^1]: A note.",
    ],
)
def test_a_paragraph_with_its_source_or_marked_as_reading_passes(body: str) -> None:
    assert in_case(body) == []


@pytest.mark.parametrize(
    ("body", "rule", "line"),
    [
        ("Lit in 1901.", "uncited-paragraph", "Lit in 1901."),
        ("Lit [@lamp1901].\n\nDark again\nlater.", "uncited-paragraph", "Dark again"),
        ("- One [@lamp1901].\n- Two.", "uncited-paragraph", "- Two."),
        ("## Then {#then}\nLit in 1901.", "uncited-paragraph", "Lit in 1901."),
        ("She wrote [@lamp1901]:\n> Light the pier.", "unplaced-quotation", "> Light the pier."),
        ("> Light the pier.\n>\n> — [@lamp1901]", "unplaced-quotation", "> Light the pier."),
        ("> Light the pier.", "unplaced-quotation", "> Light the pier."),
        (f"She calls it {SIX} [@lamp1901].", "unplaced-quotation", f"She calls it {SIX} [@lamp1901]."),
        ("Il dit « une lampe pour chacun des quais » [@lamp1901].", "unplaced-quotation", "Il dit « une lampe"),
        ("她说“每一座码头都有一盏灯火” [@lamp1901]。", "unplaced-quotation", "她说"),
    ],
)
def test_a_paragraph_without_is_reported_at_its_first_line(body: str, rule: str, line: str) -> None:
    rows = in_case(body)
    assert [row[0] for row in rows] == [rule]
    assert rows[0][1].startswith(line)


def test_a_quotation_in_a_fact_needs_a_place_in_one_of_its_works() -> None:
    fact = "facts: [{{id: lit, dimension: origin, text: '{}', sources: [{}]}}]\nunanswered: {{upkeep: not-found}}\n"
    without = actor("Lamps", fact.format(f"It is {SIX}.", "lamp1901"))
    assert [rule for _, _, rule in found({LAMPS: without})] == ["unplaced-quotation"]
    placed = actor("Lamps", fact.format(f"It is {SIX}.", "{work: lamp1901, locator: p. 3}"))
    assert found({LAMPS: placed}) == []


@pytest.mark.parametrize(
    ("lead", "rules"),
    [
        ("Lit in 1901 [@lamp1901].", []),
        ("Lit in 1901.", ["uncited-paragraph"]),
        (f"She calls it {SIX} [@lamp1901].", ["unplaced-quotation"]),
        (f"She calls it {SIX} [@lamp1901, p. 3].", []),
    ],
)
def test_a_lead_cites_its_works_and_places_its_quotations(lead: str, rules: list[str]) -> None:
    text = actor("Lamps", f"lead: {lead}\nunanswered: {{origin: not-found, upkeep: not-found}}\n")
    line = text.split("\n").index(f"lead: {lead}") + 1
    assert found({LAMPS: text}) == [(LAMPS, line, rule) for rule in rules]


def test_an_actor_answers_each_dimension_or_says_why_not() -> None:
    silent = actor("Lamps", "").replace("kind: club", "kind: society")
    assert [rule for _, _, rule in found({LAMPS: silent})] == ["unanswered-dimension"]
    said = silent + "unanswered: {origin: not-researched, upkeep: not-found}\n"
    assert found({LAMPS: said}) == []


def test_a_dimension_that_a_kind_is_not_asked_is_not_missed() -> None:
    text = actor("Lamps", "unanswered: {origin: not-researched}\n").replace("kind: society", "kind: club")
    assert found({LAMPS: text}) == []

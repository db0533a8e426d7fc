"""The own words of a work beside a statement: their length, whether they were seen, and what they have in common."""

from __future__ import annotations

import pytest
from small_atlases import BRIDGES, GIFT, LAMPS, WORKS, actor, case, made

from atlas.lint.quotes import check_quotes

SEEN = WORKS.replace(
    "publisher = {Pier}}",
    "publisher = {Pier}, langid = {english}, institution = {Pier Institute}, consulted = {excerpt}}",
)


NAMED = {
    "content/places.yaml": "pier: {label: {en: Long Pier, fr: Grande Jetée, zh: 长堤}, coordinates: [1, 2]}\n",
    BRIDGES: actor("Old Bridges").replace("text: Old Bridges}", "text: Old Bridges}, {lang: fr, text: Vieux Ponts}"),
}
"""A place and a record with names in two languages."""


def found(statement: str, quote: str, more: str = "", *, works: str = SEEN) -> list[tuple[str, str]]:
    """The rule and message of each problem of a fact with one quoted work, and whatever sources follow."""
    sources = f'[{{work: lamp1901, locator: p. 3, quote: "{quote}"}}{more}]'
    fact = f'facts:\n  - {{id: one, dimension: origin, text: "{statement}", sources: {sources}}}\n'
    atlas = made({**NAMED, LAMPS: actor("Lamps", fact)}, works=works)
    assert atlas.problems == ()
    problems = list(check_quotes(atlas.atlas))
    assert all(problem.severity == "warning" and problem.hint for problem in problems)
    return [(problem.rule, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("It was lit in 1883 by Ada Grey.", "In 1883 it was lit by Ada Grey"),
        ("It was lit in 1883.", "In 1883 […] it was lit"),
        ("It was lit in 1883.", "in 1883 [at Hauterive, 12 lamps] it was lit"),
        ("It was lit at the Pier Institute.", "it was lit"),
        ("It has twelve lamps.", "the 12 lamps"),
        ("It began in May.", "in the month of May it began"),
        ("Ada Quill (1901) calls it old.", "an old society"),
        ("It was lit.", "The Lamps were lit"),
        ("It was lit.", "it was lit […] There it stood"),
    ],
)
def test_words_that_agree_with_their_statement_pass(statement: str, quote: str) -> None:
    assert found(statement, quote) == []


@pytest.mark.parametrize(
    ("statement", "quote", "lacking"),
    [
        ("It was lit in 1884.", "it was lit in 1883", "1883"),
        ("It has lamps.", "it has 12 lamps", "12"),
        ("It was lit by a baker.", "it was lit by Ada Grey", "Ada, Grey"),
    ],
)
def test_the_statement_has_the_numbers_and_names_of_the_words(statement: str, quote: str, lacking: str) -> None:
    rule, message = found(statement, quote, ", tide1910")[0]
    assert (rule, message) == ("quote-differs", f"the words of lamp1901 have {lacking}, and the statement does not")


@pytest.mark.parametrize(
    ("statement", "quote", "lacking"),
    [
        ("It was lit in 1883.", "it was lit", "1883"),
        ("It stands at Hauterive.", "it stands there", "Hauterive"),
        ("It was lit in 1883.", "it was lit [in 1883]", "1883"),
        ("It stands at Hauterive.", "it stands there [at Hauterive]", "Hauterive"),
    ],
)
def test_the_words_have_those_of_the_statement_where_every_work_is_quoted(
    statement: str, quote: str, lacking: str
) -> None:
    message = f'the statement "one" has {lacking}, and the words beside it do not'
    assert found(statement, quote) == [("quote-differs", message)]
    assert found(statement, quote, ", tide1910") == []


def test_words_are_compared_with_the_statement_in_their_own_language() -> None:
    fact = 'facts: [{id: one, dimension: origin, text: "It was lit in Peking in 1883.", sources: [{work: lamp1901, '
    original = actor("Lamps", fact + 'quote: "allumée à Pékin en 1883", lang: fr}]}]\n')
    files = {LAMPS: original, LAMPS.replace(".yaml", ".fr.yaml"): "facts: {one: Allumée à Pékin en 1883.}\n"}
    assert list(check_quotes(made(files, works=SEEN).atlas)) == []


@pytest.mark.parametrize(
    ("statement", "quote", "lacking"),
    [
        ("It was lit at Long Pier.", "it was lit at Grande Jetée", []),
        ("It was lit at the Grande Jetée.", "it was lit at Long Pier", []),
        ("It lit the Vieux Ponts.", "it lit the Old Bridges", []),
        ("It was lit at the Pier.", "it was lit at Grande Jetée", ["have Grande, Jetée,"]),
        ("It lit the bridges.", "it lit the Vieux Ponts", ["have Vieux, Ponts,"]),
    ],
)
def test_all_names_of_a_place_or_record_are_one_name(statement: str, quote: str, lacking: list[str]) -> None:
    problems = found(statement, quote, ", tide1910")
    assert len(problems) == len(lacking)
    assert all(part in message for part, (_, message) in zip(lacking, problems, strict=True))


@pytest.mark.parametrize(
    ("words", "rules"), [("w " * 40, []), ("w " * 41, ["long-quote"]), ("灯" * 81, ["long-quote"])]
)
def test_words_are_at_most_forty(words: str, rules: list[str]) -> None:
    assert [rule for rule, _ in found("It was lit.", words.strip())] == rules


@pytest.mark.parametrize("consulted", ["", ", consulted = {cited}"])
def test_a_work_that_nobody_saw_is_not_quoted(consulted: str) -> None:
    works = SEEN.replace(", consulted = {excerpt}", consulted)
    assert [rule for rule, _ in found("It was lit.", "it was lit", works=works)] == ["unseen-quote"]


def test_words_of_a_paragraph_are_compared_with_that_paragraph() -> None:
    evidence = "evidence:\n  - {fact: lit, work: lamp1901, quote: lit in 1883}\n"
    body = "Lit in 1884 [@lamp1901].\n{#lit dimension=origin}"
    problems = list(check_quotes(made({GIFT: case(body, evidence)}, works=SEEN).atlas))
    assert [problem.rule for problem in problems] == ["quote-differs", "quote-differs"]

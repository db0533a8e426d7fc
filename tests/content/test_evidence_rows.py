"""The rows of `evidence` in front matter: the own words of works that the paragraphs of a text cite."""

from __future__ import annotations

from small_atlases import GIFT, LAMPS, actor, case, made

from atlas.content.quotes import count_quoted

BODY = (
    "Lit in 1901 [@lamp1901, p. 3; @tide1910].\n{#lit dimension=origin}\n\nDark [@lamp1901].\n{#dark dimension=upkeep}"
)


def quotes(evidence: str) -> dict[str, list[tuple[str, str, str]]]:
    """Work, quote and language of each citation with words, by paragraph."""
    atlas = made({GIFT: case(BODY, evidence)})
    assert atlas.problems == ()
    return {
        fact.id: [(one.work, one.quote, one.language) for one in fact.sources if one.quote]
        for fact in atlas.record("gift").facts
    }


def test_words_go_to_the_citation_of_their_work_in_their_paragraph() -> None:
    rows = "evidence:\n  - {fact: lit, work: tide1910, quote: la marée, lang: fr}\n"
    assert quotes(rows) == {"lit": [("tide1910", "la marée", "fr")], "dark": []}


def test_two_quotes_of_one_citation_are_both_kept() -> None:
    rows = "evidence:\n  - {fact: dark, work: lamp1901, quote: one}\n  - {fact: dark, work: lamp1901, quote: two}\n"
    assert quotes(rows)["dark"] == [("lamp1901", "one", ""), ("lamp1901", "two", "")]


def test_the_locator_of_the_citation_stays() -> None:
    rows = "evidence:\n  - {fact: lit, work: lamp1901, quote: one}\n"
    (lit, _) = made({GIFT: case(BODY, rows)}).record("gift").facts
    assert [(one.work, one.locator.value if one.locator else "") for one in lit.sources] == [
        ("lamp1901", "3"),
        ("tide1910", ""),
    ]


def test_a_paragraph_or_work_that_is_not_there_is_reported() -> None:
    rows = "evidence:\n  - {fact: lamp, work: lamp1901, quote: one}\n  - {fact: dark, work: tide1910, quote: two}\n"
    assert made({GIFT: case(BODY, rows)}).rules() == ["uncited-quote", "unknown-fact"]


def test_facts_with_and_without_words_are_counted() -> None:
    fact = "facts:\n  - {id: a, dimension: origin, text: A., sources: [{work: lamp1901, quote: a}]}\n"
    fact += "  - {id: b, dimension: origin, text: B., sources: [lamp1901]}\n"
    rows = "evidence:\n  - {fact: lit, work: tide1910, quote: la marée}\n"
    atlas = made({LAMPS: actor("Lamps", fact), GIFT: case(BODY, rows)})
    assert count_quoted(atlas.content.records.values()) == (2, 2)

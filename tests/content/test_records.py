"""Records out of files: originals and translations joined, ids, dates, and what does not fit."""

from __future__ import annotations

import pytest
from small_atlases import BRIDGES, GIFT, LAMPS, actor, case, made, page, places, visible

from atlas.bibliography.citing.syntax import Locator
from atlas.content.model import Record, Text

FACTS = """\
facts:
  - id: lit
    dimension: origin
    text: Lit on the [[bridges]] in 1901.
    sources: [lamp1901, {work: tide1910, locator: p. 3}]
  - {id: paid, dimension: upkeep, text: Paid by the pier., sources: [lamp1901]}
"""
BOTH = {LAMPS: actor("Lamps", FACTS), BRIDGES: actor("Bridges", sides="south")}


def words(text: Text | None, language: str) -> str:
    """A text as it stands in a language, or falls back to."""
    assert text is not None
    return visible(text.version(language).prose.html)


def record(files: dict[str, str], id: str = "lamps") -> Record:
    """A record out of files that have no problem."""
    result = made(files)
    assert result.problems == ()
    return result.record(id)


# Files.


def test_the_name_of_a_file_is_the_id_of_its_record_and_the_folder_its_family() -> None:
    found = record(BOTH)
    assert (found.id, found.family, found.path, found.address) == ("lamps", "actor", LAMPS, "/actors/lamps/")
    assert (found.sides, found.kind, found.original) == (("north",), "society", "en")


@pytest.mark.parametrize(
    ("matter", "id", "address"),
    [
        ("", "method", "/method/"),
        ("path: about/method\n", "method", "/about/method/"),
        ("", "home", "/"),
    ],
)
def test_the_address_of_a_page_is_its_path_or_its_id(matter: str, id: str, address: str) -> None:
    files = {f"content/pages/{id}.md": page("Words.", matter)}
    assert made(files).content.records[id].address == address


@pytest.mark.parametrize(
    "path",
    [
        "content/actors/lamps.md",
        "content/cases/gift.yaml",
        "content/villages/one.yaml",
        "content/one.yaml",
        "content/actors/north/lamps.yaml",
    ],
)
def test_a_file_that_is_no_record_is_reported(path: str) -> None:
    assert [(problem.rule, problem.span.path) for problem in made({path: "lang: en\n"}).problems] == [
        ("stray-file", path)
    ]


@pytest.mark.parametrize("name", ["Lamps", "by-side", "a_b", "société", "灯", "a--b", "-a", "a b"])
def test_a_file_whose_name_is_no_id_is_reported(name: str) -> None:
    path = f"content/actors/{name}.yaml"
    problems = made({path: actor("Lamps")}).problems
    assert [(problem.rule, problem.span.path) for problem in problems] == [("bad-id", path)]


def test_one_id_in_two_families_is_reported_with_the_other_file() -> None:
    result = made({LAMPS: actor("Lamps"), "content/cases/lamps.md": case("Words.")})
    [problem] = result.problems
    assert problem.rule == "duplicate-id"
    assert {problem.span.path, *(path for path in (LAMPS, "content/cases/lamps.md") if path in problem.hint)} == {
        LAMPS,
        "content/cases/lamps.md",
    }


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "no-front-matter"),
        ("Words.", "no-front-matter"),
        ("\n---\nlang: en\n---\n", "no-front-matter"),
        ("---\nlang: en\n", "open-front-matter"),
        ("---\n---\n", "wrong-type"),
        ("---\n- a\n---\n", "wrong-type"),
    ],
)
def test_front_matter_is_needed(text: str, rule: str) -> None:
    result = made({GIFT: text})
    assert [problem.rule for problem in result.problems] == [rule]
    assert result.content.shaky == {"gift"}
    assert not result.content.broken


def test_front_matter_may_have_spaces_after_its_lines_and_rules_below_it() -> None:
    text = case("One.\n\n---\n\nTwo.").replace("---\n", "---  \n", 1)
    found = record({GIFT: text}, "gift")
    assert "<hr>" in words(found.body, "en")


def test_a_body_knows_the_lines_of_its_file() -> None:
    text = case("One.\n\nTwo [[nobody]].")
    [problem] = made({GIFT: text}).problems
    line = text.split("\n").index("Two [[nobody]].") + 1
    assert (problem.rule, problem.span.line, problem.span.column) == ("unknown-record", line, 5)


@pytest.mark.parametrize(
    "spoilt",
    ["lang: xx\n", "date: yesterday\n", "names: []\n", "names: [{lang: en}]\n", "kind: nothing\n", "sides: [west]\n"],
)
def test_a_record_with_a_mistake_makes_no_mistakes_elsewhere(spoilt: str) -> None:
    key = spoilt.partition(":")[0]
    text = "".join(line for line in actor("Lamps").splitlines(keepends=True) if not line.startswith(key)) + spoilt
    result = made({LAMPS: text, BRIDGES: actor("Bridges", "summary: Beside the [[lamps]].\n")})
    assert [problem.span.path for problem in result.problems] == [LAMPS]


@pytest.mark.parametrize("key", ["names", "kind", "sides", "summary", "date", "lang"])
def test_a_key_that_every_actor_needs_is_reported_when_it_lacks(key: str) -> None:
    text = "".join(line for line in actor("Lamps").splitlines(keepends=True) if not line.startswith(key))
    assert [(problem.rule, problem.span.path) for problem in made({LAMPS: text}).problems] == [("missing-key", LAMPS)]


# Facts, relations, names, changes.


def test_facts_have_their_dimension_text_and_sources() -> None:
    lit, paid = record(BOTH).facts
    assert (lit.id, lit.dimension, words(lit.text, "en"), lit.in_body) == (
        "lit",
        "origin",
        "Lit on the ⟦0⟧ in 1901.",
        False,
    )
    assert [(source.work, source.locator) for source in lit.sources] == [
        ("lamp1901", None),
        ("tide1910", Locator("page", "3")),
    ]
    assert (lit.span.line, lit.span.column) == (8, 9)
    assert (paid.id, paid.span.line) == ("paid", 12)


def test_a_fact_in_a_text_has_the_citations_in_it_as_sources() -> None:
    body = "## A {#a}\n\nLit [@lamp1901, p. 3; @tide1910].\n{#lit dimension=origin}\n\n- Paid @bridge1904 [ch. 2]. {#paid dimension=upkeep}"
    found = record({GIFT: case(body)}, "gift").facts
    assert [(fact.id, fact.dimension, fact.in_body) for fact in found] == [
        ("lit", "origin", True),
        ("paid", "upkeep", True),
    ]
    rows = [[(source.work, source.locator) for source in fact.sources] for fact in found]
    assert rows == [[("lamp1901", Locator("page", "3")), ("tide1910", None)], [("bridge1904", Locator("chapter", "2"))]]
    assert words(found[0].text, "en") == "Lit ⟦1⟧." or words(found[0].text, "en") == "Lit ⟦0⟧."


@pytest.mark.parametrize(
    ("body", "rule", "column"),
    [
        ("Lit. {#lit dimension=origin}", "missing-key", 6),
        ("Lit [@lamp1901]. {#lit dimension=orign}", "unknown-dimension", 18),
        ("Lit [@lamp1901]. {dimension=origin}", "missing-id", 18),
        ("Lit [@lamp1901]. {#lit dimension=origin .reading}", "wrong-type", 18),
    ],
)
def test_a_fact_in_a_text_needs_a_source_a_known_dimension_and_an_id(body: str, rule: str, column: int) -> None:
    assert places(made({GIFT: case(body)}).problems) == [(rule, 10, column)]


def test_the_ids_of_the_original_are_proposed_for_headings_only() -> None:
    french = "---\ntitle: Un don\n---\n\n## Situation\n\nLit [@lamp1901]. {dimension=origin}\n"
    problems = made({GIFT: case("## Situation {#situation}"), GIFT.replace(".md", ".fr.md"): french}).problems
    hints = [problem.hint for problem in problems if problem.rule == "missing-id"]
    assert ["{#situation}" in hint for hint in hints] == [True, False]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ("facts:\n  - {dimension: origin, text: Lit., sources: [lamp1901]}\n", "missing-id"),
        ("relations:\n  - {type: partner-of, to: bridges}\n", "missing-id"),
        ("facts:\n  - {id: lit, text: Lit., sources: [lamp1901]}\n", "missing-key"),
        ("facts:\n  - {id: lit, dimension: origin, sources: [lamp1901]}\n", "missing-key"),
        ("facts:\n  - {id: lit, dimension: origin, text: Lit.}\n", "missing-key"),
        ("facts:\n  - {id: lit, dimension: origin, text: Lit., sources: []}\n", "missing-key"),
        ("facts:\n  - {id: Lit, dimension: origin, text: Lit., sources: [lamp1901]}\n", "bad-id"),
        ("relations:\n  - {id: a, to: bridges}\n", "missing-key"),
        ("relations:\n  - {id: a, type: partner-of}\n", "missing-key"),
        ("relations:\n  - {id: a, type: partner, to: bridges}\n", "unknown-relation-type"),
    ],
)
def test_facts_and_relations_need_their_keys(rows: str, rule: str) -> None:
    result = made({LAMPS: actor("Lamps", rows), BRIDGES: actor("Bridges")})
    assert [(problem.rule, problem.span.path) for problem in result.problems] == [(rule, LAMPS)]


def test_relations_have_their_target_dates_note_and_sources() -> None:
    row = "relations:\n  - {id: pact, type: partner-of, to: bridges, start: 1901~, end: 1904, note: A *pact*., sources: [lamp1901]}\n"
    [pact] = record({LAMPS: actor("Lamps", row), BRIDGES: actor("Bridges")}).relations
    assert (pact.id, pact.type, pact.target, str(pact.start), str(pact.end)) == (
        "pact",
        "partner-of",
        "bridges",
        "1901~",
        "1904",
    )
    assert words(pact.note, "en") == "A <em>pact</em>."
    assert [source.work for source in pact.sources] == ["lamp1901"]


@pytest.mark.parametrize(
    "second",
    [
        "  - {id: lit, dimension: upkeep, text: Paid., sources: [lamp1901]}\n",
        "relations:\n  - {id: lit, type: partner-of, to: bridges}\n",
    ],
)
def test_an_id_is_once_in_a_record(second: str) -> None:
    first = "facts:\n  - {id: lit, dimension: origin, text: Lit., sources: [lamp1901]}\n"
    result = made({LAMPS: actor("Lamps", first + second), BRIDGES: actor("Bridges")})
    [problem] = result.problems
    line = 9 + second.startswith("relations")
    assert (problem.rule, problem.span.line, problem.span.column) == ("duplicate-id", line, 10)
    assert "line 8" in problem.hint


def test_names_keep_their_script_kind_and_dates() -> None:
    text = actor("Lamps").replace(
        "names: [{lang: en, text: Lamps}]",
        "names:\n"
        "  - {lang: en, text: Lamps, sources: [lamp1901]}\n"
        "  - {lang: zh, text: 灯社, romanised: Deng She, sort_key: deng she}\n"
        "  - {lang: fr, text: Lampes, kind: former, start: 1883, end: 1886}\n"
        "  - {lang: la, text: Lampades, ours: true}",
    )
    english, chinese, french, latin = record({LAMPS: text}).names
    assert (english.kind, english.sources[0].work, english.ours) == ("official", "lamp1901", False)
    assert (chinese.text, chinese.romanised, chinese.sort_key) == ("灯社", "Deng She", "deng she")
    assert (french.kind, str(french.start), str(french.end)) == ("former", "1883", "1886")
    assert (latin.language, latin.ours) == ("la", True)


def test_changes_are_in_the_order_of_their_days() -> None:
    rest = "updated: 2027-02-01\nchanges:\n  - {date: 2027-02-01, text: Two.}\n  - {date: 2027-01-01, text: One.}\n"
    found = record({LAMPS: actor("Lamps", rest)})
    assert [(str(change.date), words(change.text, "en")) for change in found.changes] == [
        ("2027-01-01", "One."),
        ("2027-02-01", "Two."),
    ]
    assert str(found.last_updated) == "2027-02-01"


def test_an_updated_day_needs_its_line_in_changes() -> None:
    rest = "updated: 2027-02-01\nchanges:\n  - {date: 2027-01-01, text: One.}\n"
    assert places(made({LAMPS: actor("Lamps", rest)}).problems) == [("updated-without-change", 7, 10)]


def test_a_record_that_never_changed_was_last_updated_when_it_was_published() -> None:
    assert str(record({LAMPS: actor("Lamps")}).last_updated) == "2026-11-22"


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        ("start: 1901\nend: 1900\n", (8, 6)),
        ("start: 1901-06-02\nend: 1901-06-01\n", (8, 6)),
        ("relations:\n  - {id: a, type: partner-of, to: bridges, start: 1901, end: 1900}\n", (8, 62)),
    ],
)
def test_nothing_ends_before_it_begins(rest: str, place: tuple[int, int]) -> None:
    result = made({LAMPS: actor("Lamps", rest), BRIDGES: actor("Bridges")})
    assert places(result.problems) == [("end-before-start", *place)]


def test_a_name_ends_after_it_begins() -> None:
    text = actor("Lamps").replace("text: Lamps}", "text: Lamps, kind: former, start: 1901, end: 1900}")
    assert [problem.rule for problem in made({LAMPS: text}).problems] == ["end-before-start"]


@pytest.mark.parametrize(
    "rest", ["start: 1901\nend: 1901\n", "start: 1901-06\nend: 1901\n", "start: 1901~\n", "end: 1901\n"]
)
def test_what_is_vague_may_overlap(rest: str) -> None:
    assert made({LAMPS: actor("Lamps", rest)}).problems == ()


# Translations.

FRENCH = "summary: Une société.\nfacts:\n  lit: Allumées sur les [[bridges|ponts]] en 1901.\n"


def test_a_translation_gives_texts_by_id_and_the_rest_falls_back() -> None:
    found = record({**BOTH, "content/actors/lamps.fr.yaml": FRENCH})
    lit, paid = found.facts
    assert words(lit.text, "fr") == "Allumées sur les ⟦0⟧ en 1901."
    assert lit.text.version("fr").language == "fr"
    assert paid.text.version("fr").language == "en"
    assert words(found.summary, "fr") == "Une société."
    assert lit.text.version("zh").language == "en"


def test_a_lead_is_translated_as_a_summary_is() -> None:
    own = {LAMPS: actor("Lamps", "lead: Lit in 1901 [@lamp1901].\n")}
    found = record({**own, "content/actors/lamps.fr.yaml": "lead: Allumées en 1901 [@lamp1901].\n"})
    assert words(found.lead, "fr").startswith("Allumées en 1901")
    assert words(found.lead, "zh").startswith("Lit in 1901")


def test_a_lead_that_translates_none_is_an_error_at_its_line() -> None:
    problems = made({LAMPS: actor("Lamps"), "content/actors/lamps.fr.yaml": "summary: Une.\nlead: Deux.\n"}).problems
    assert [(one.rule, one.span.path, one.span.line) for one in problems] == [
        ("unknown-text", "content/actors/lamps.fr.yaml", 2)
    ]


def test_any_language_may_come_first() -> None:
    found = record({LAMPS: actor("灯社", lang="zh"), "content/actors/lamps.en.yaml": "summary: A society.\n"})
    assert found.original == "zh"
    assert found.summary is not None
    assert found.summary.version("fr").language == "zh"
    assert words(found.summary, "en") == "A society."


def test_notes_and_changes_are_translated_by_id_and_by_day() -> None:
    rest = (
        "relations:\n  - {id: pact, type: partner-of, to: bridges, note: A pact.}\n"
        "updated: 2027-02-01\nchanges:\n  - {date: 2027-02-01, text: More.}\n"
    )
    french = "relations:\n  pact: Un pacte.\nchanges:\n  2027-02-01: Davantage.\n"
    found = record({LAMPS: actor("Lamps", rest), BRIDGES: actor("Bridges"), "content/actors/lamps.fr.yaml": french})
    assert words(found.relations[0].note, "fr") == "Un pacte."
    assert words(found.changes[0].text, "fr") == "Davantage."


BODY = "## Situation {#situation}\n\nLit [@lamp1901]. {#lit dimension=origin}\n\n- Paid [@tide1910]. {#paid dimension=upkeep}"
CORPS = "## La situation {#situation}\n\nAllumées [@lamp1901]. {#lit}\n\n- Payées [@tide1910]. {#paid}"


def translation(body: str) -> str:
    """The translation of `case` with a body."""
    return f"---\ntitle: Un don\nsummary: Un don.\n---\n\n{body}\n"


def test_a_translated_text_has_the_same_facts_in_its_own_words() -> None:
    found = record({GIFT: case(BODY), "content/cases/gift.fr.md": translation(CORPS)}, "gift")
    assert words(found.title, "fr") == "Un don"
    assert "La situation" in words(found.body, "fr")
    assert [words(fact.text, "fr")[:8] for fact in found.facts] == ["Allumées", "Payées ⟦"]
    assert [fact.dimension for fact in found.facts] == ["origin", "upkeep"]
    assert found.facts[0].text.version("zh").language == "en"


def test_a_translation_of_the_summary_alone_leaves_the_text_to_fall_back() -> None:
    found = record({GIFT: case(BODY), "content/cases/gift.fr.md": translation("")}, "gift")
    assert words(found.summary, "fr") == "Un don."
    assert found.body is not None
    assert found.body.version("fr").language == "en"


@pytest.mark.parametrize(
    ("french", "rule", "line", "column"),
    [
        ("facts:\n  light: Allumées.\n", "unknown-text", 2, 10),
        ("relations:\n  pact: Un pacte.\n", "unknown-text", 2, 9),
        ("changes:\n  2027-02-01: Davantage.\n", "unknown-text", 2, 15),
        ("kind: society\n", "unknown-key", 1, 1),
        ("lang: fr\n", "unknown-key", 1, 1),
        ("names: []\n", "unknown-key", 1, 1),
    ],
)
def test_a_translation_translates_what_there_is_and_nothing_else(
    french: str, rule: str, line: int, column: int
) -> None:
    result = made({**BOTH, "content/actors/lamps.fr.yaml": french})
    assert places(result.problems) == [(rule, line, column)]
    assert result.problems[0].span.path == "content/actors/lamps.fr.yaml"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (CORPS.replace("{#lit}", ""), "missing-text"),
        (CORPS.replace("{#situation}", "{#etat}"), "missing-text"),
        (CORPS + "\n\nDe plus. {#plus}", "unknown-text"),
        (CORPS.replace("{#lit}", "{#lit dimension=origin}"), "unknown-key"),
    ],
)
def test_a_translated_text_has_the_ids_of_the_original(body: str, rule: str) -> None:
    result = made({GIFT: case(BODY), "content/cases/gift.fr.md": translation(body)})
    assert rule in result.rules()
    assert {problem.span.path for problem in result.problems} == {"content/cases/gift.fr.md"}
    assert set(result.rules()) <= {rule, "missing-text", "unknown-text"}


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("content/actors/lamps.de.yaml", "unknown-language"),
        ("content/actors/lamps.en.yaml", "unknown-language"),
        ("content/actors/lamp.fr.yaml", "stray-file"),
        ("content/actors/lamps.fr.zh.yaml", "unknown-language"),
    ],
)
def test_a_translation_is_beside_its_original_in_another_language(path: str, rule: str) -> None:
    problems = made({**BOTH, path: "summary: Autre.\n"}).problems
    assert [(problem.rule, problem.span.path) for problem in problems] == [(rule, path)]


def test_a_broken_translation_leaves_its_original_whole() -> None:
    result = made({**BOTH, "content/actors/lamps.fr.yaml": "summary: [\n"})
    assert result.rules() == ["yaml-syntax"]
    assert words(result.record("lamps").summary, "fr").startswith("A society")


# The other families.


def test_a_claim_has_an_authors_words_and_what_stands_for_and_against_it() -> None:
    text = (
        "---\nlang: en\ndate: 2026-11-22\ntitle: Lamps last\nsummary: They last.\n"
        "quotation: {text: Les lampes durent., lang: fr, work: lamp1901, locator: p. 3}\n"
        "supports: [lamps]\ncomplicates: [bridges]\n---\n\nWords.\n"
    )
    found = record({**BOTH, "content/claims/lamps-last.md": text}, "lamps-last")
    assert found.quotation is not None
    assert (found.quotation.text, found.quotation.language) == ("Les lampes durent.", "fr")
    assert (found.quotation.source.work, found.quotation.source.locator) == ("lamp1901", Locator("page", "3"))
    assert [link.target for link in found.links["supports"]] == ["lamps"]
    assert [link.target for link in found.links["complicates"]] == ["bridges"]


@pytest.mark.parametrize("records", ["[lamps]", "[]"])
def test_a_comparison_compares_two_at_least(records: str) -> None:
    text = f"---\nlang: en\ndate: 2026-11-22\ntitle: Two\nsummary: Two.\nrecords: {records}\n---\n"
    assert made({**BOTH, "content/comparisons/two.md": text}).rules() == ["missing-key"]


def test_a_concept_has_names_in_place_of_a_title() -> None:
    text = "---\nlang: en\ndate: 2026-11-22\nnames: [{lang: en, text: Light, ours: true}]\nsummary: Light.\n---\n\nWords.\n"
    found = record({"content/concepts/light.md": text}, "light")
    assert found.title is None
    assert found.names[0].ours
    result = made({"content/concepts/light.md": text.replace("summary", "title: Light\nsummary")})
    assert result.rules() == ["unknown-key"]


def test_every_text_that_can_be_translated_is_found_by_its_name() -> None:
    rest = (
        "lead: Lit [@lamp1901].\n"
        + FACTS
        + "relations:\n  - {id: pact, type: partner-of, to: bridges, note: A pact.}\n"
    )
    names = set(record({LAMPS: actor("Lamps", rest), BRIDGES: actor("Bridges")}).texts())
    assert names == {"summary", "lead", "facts/lit", "facts/paid", "relations/pact"}
    assert set(record({GIFT: case(BODY)}, "gift").texts()) == {"title", "summary", "body"}

"""Catalogues of words: what they say, what is wrong in them, and that the engine's own three agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.core.problems import Problem, Span
from atlas.core.sources import Source
from atlas.i18n.locales import Language
from atlas.i18n.messages import Catalog, compare_catalogs, complete_catalogs, read_catalog, roman
from atlas.lint.typography import find_flaws

CATALOGUES = Path(__file__).parent.parent.parent / "templates" / "words"
ENGLISH = Language("en", "en", "English")
FRENCH = Language("fr", "fr", "Français", "fr")
POLISH = Language("pl", "pl", "Polski", "pl")


def words_of(text: str, language: Language = ENGLISH) -> Catalog:
    words, problems = read_catalog(Source(f"{language.id}.yaml", text), language)
    assert problems == ()
    return words


def problems_of(text: str) -> tuple[Problem, ...]:
    return read_catalog(Source("en.yaml", text), ENGLISH)[1]


def test_a_word_is_shown_with_its_slots_filled() -> None:
    words = words_of('of: "{part} of {whole}"')
    assert words.t("of", part="<b>", whole="all") == "<b> of all"


@pytest.mark.parametrize(
    ("language", "forms", "said"),
    [
        (ENGLISH, '{one: "{n} actor", other: "{n} actors"}', ["0 actors", "1 actor", "1,200 actors"]),
        (FRENCH, '{one: "{n} acteur", other: "{n} acteurs"}', ["0 acteur", "1 acteur", "1\u202f200 acteurs"]),
        (
            POLISH,
            '{one: "{n} aktor", few: "{n} aktorzy", other: "{n} aktorów"}',
            ["0 aktorów", "1 aktor", "1\u00a0200 aktorów"],
        ),
    ],
)
def test_a_count_chooses_the_plural_form_of_its_language(language: Language, forms: str, said: list[str]) -> None:
    words = words_of(f"actors-count: {forms}", language)
    assert [words.t("actors-count", n=number) for number in (0, 1, 1200)] == said


def test_a_rank_chooses_the_ordinal_form_and_may_be_roman() -> None:
    english = words_of('century: {one: "{nth}st", two: "{nth}nd", few: "{nth}rd", other: "{nth}th"}')
    assert [english.t("century", nth=rank) for rank in (1, 2, 3, 11, 21)] == ["1st", "2nd", "3rd", "11th", "21st"]
    french = words_of('century: {one: "{nth:roman}er", other: "{nth:roman}e"}', FRENCH)
    assert [french.t("century", nth=rank) for rank in (1, 19)] == ["Ier", "XIXe"]
    assert [roman(number) for number in (4, 9, 40, 94, 399)] == ["IV", "IX", "XL", "XCIV", "CCCXCIX"]


def test_a_form_may_be_named_and_falls_back_to_the_wider() -> None:
    words = words_of('since: {season: "the {date}", season-21: "a {date}", other: "{date}"}')
    assert [words.t("since", form=form, date="x") for form in ("season-21", "season-22", "day")] == [
        "a x",
        "the x",
        "x",
    ]


def test_years_are_written_in_four_manners() -> None:
    words = words_of('year: "{year} {year:plain} {year:century} {year:tens}"')
    assert words.t("year", year=1905) == "1,905 1905 20 05"


def test_words_that_yaml_would_take_for_something_else_are_texts() -> None:
    assert words_of("no: no\nyear: 010\nday: 1949-12-15\nnull: ~").t("day") == "1949-12-15"


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("home: Home\nHome Page: x", 2, "not a message key"),
        ("home:", 1, "no text"),
        ('home: {one: "x"}', 1, 'no form "other"'),
        ("home: [a, b]", 1, "no text"),
        ('home: "{part"', 1, "not closed"),
        ('home: "{Part}"', 1, "not closed or named"),
        ('home: {other: " "}', 1, "is empty"),
        ('home: "{n:latin}"', 1, '"latin"'),
        ("home: a\nhome: b", 2, "again"),
    ],
)
def test_a_mistake_in_a_catalogue_has_its_line(text: str, line: int, part: str) -> None:
    (problem,) = problems_of(text)
    assert (problem.span.path, problem.span.line) == ("en.yaml", line)
    assert part in problem.message


def compared(first: str, second: str, used: str) -> list[tuple[str, str, int]]:
    catalogues = [words_of(first), words_of(second, FRENCH)]
    problems = compare_catalogs(catalogues, {key: Span("page.html", 3) for key in used.split()})
    return sorted((problem.rule, problem.span.path, problem.span.line) for problem in problems)


def test_a_word_that_one_catalogue_lacks_is_missing_at_its_place() -> None:
    assert compared("a: x\nb: y\nc: z", "a: x\nc: z", "a b c") == [("missing-word", "fr.yaml", 1)]
    assert compared("a: x\nc: z", "a: x\n\nb: y\nc: z", "a b c") == [("missing-word", "en.yaml", 1)]


def test_a_language_starts_from_the_english_catalogue_with_one_warning() -> None:
    english = words_of('a: "{n} a"\nb: B\nc: C\nunused: x')
    polish, problems = read_catalog(Source("pl.yaml", "# c: C\n\n  # b: B"), POLISH)
    assert (polish.entries, problems) == ({}, ())
    half = words_of("b: Be", FRENCH)
    used = dict.fromkeys("abc", Span("page.html", 3))
    found, problems = complete_catalogs({"en": english, "fr": half, "pl": polish}, english, used)
    assert [(problem.rule, problem.severity, problem.span.path) for problem in problems] == [
        ("missing-words", "warning", "fr.yaml"), ("missing-words", "warning", "pl.yaml"),
    ]  # fmt: skip
    assert problems[0].message.startswith("2 interface texts are not translated into Français yet")
    assert [found[id].t("b") for id in found] == ["B", "Be", "B"]
    assert found["pl"].t("a", n=1200) == "1\xa0200 a"  # the number as CLDR writes it in Polish
    assert [problem.rule for problem in compare_catalogs(list(found.values()), used)] == ["unused-word"]


def test_a_word_that_a_page_says_and_no_catalogue_has_is_missing_in_each() -> None:
    found = compared("a: x", "a: x", "a actors")
    assert found == [("missing-word", "en.yaml", 1), ("missing-word", "fr.yaml", 1)]


def test_a_word_that_no_page_says_is_unused_in_each() -> None:
    assert compared("a: x\nb: y", "a: x\nb: y", "a") == [("unused-word", "en.yaml", 2), ("unused-word", "fr.yaml", 2)]


def test_a_slot_that_the_first_catalogue_has_not_is_reported() -> None:
    assert compared('a: "{date}"', 'a: "{dat}"', "a") == [("unknown-slot", "fr.yaml", 1)]
    assert compared('a: "{n} {nth} {date}"', 'a: "{n} {date:plain}"', "a") == []


def own_catalogues() -> list[Catalog]:
    languages = [ENGLISH, FRENCH, Language("zh", "zh-Hans", "简体中文", "zh")]
    return [words_of((CATALOGUES / f"{each.id}.yaml").read_text(encoding="utf-8"), each) for each in languages]


def test_the_three_catalogues_have_the_same_words_and_slots() -> None:
    catalogues = own_catalogues()
    used = {key: Span("") for key in catalogues[0].entries}
    assert compare_catalogs(catalogues, used) == ()


@pytest.mark.parametrize("number", range(3))
def test_the_three_catalogues_are_set_as_their_language_wants(number: int) -> None:
    words = own_catalogues()[number]
    texts = [text for word in words.entries.values() for text in word.forms.values()]
    assert [
        (text, find_flaws(text, words.language.tag)) for text in texts if find_flaws(text, words.language.tag)
    ] == []

"""What records answer: the scale, disagreements, and why a dimension is blank."""

from __future__ import annotations

from small_atlases import BRIDGES, GIFT, LAMPS, SITE, actor, case, made

from atlas.content.coverage import disagreeing_facts, missing_reason, scale_score

SCALE = """\
scale:
  label: {en: Two questions, fr: Deux questions, zh: 两问}
  questions:
    oil: {label: {en: Who pays?, fr: Qui paie ?, zh: 谁付？}}
    keys: {label: {en: Who keeps?, fr: Qui garde ?, zh: 谁管？}}
  answers:
    town: {label: {en: the town, fr: la ville, zh: 城}, counted: true}
    club: {label: {en: the club, fr: le club, zh: 社}}
"""
FACTS = """\
facts:
  - {id: lit, dimension: origin, text: Lit in 1901., sources: [lamp1901]}
  - {id: lit-later, dimension: origin, text: Lit in 1904., sources: [bridge1904], differs: [lit]}
  - {id: lit-never, dimension: origin, text: Never lit., sources: [tide1910], differs: [lit]}
"""


def test_an_answer_names_its_sort_and_facts_and_a_question_not_listed_is_not_known() -> None:
    files = {LAMPS: actor("Lamps", FACTS + "answers:\n  oil: {answer: town, facts: [lit, lit-later]}\n")}
    atlas = made(files, site=SITE + SCALE)
    assert atlas.problems == ()
    answers = atlas.record("lamps").answers
    assert {id: (row.sort, [link.target for link in row.facts]) for id, row in answers.items()} == {
        "oil": ("town", ["lit", "lit-later"])
    }
    assert atlas.site.scale is not None
    assert scale_score(atlas.site.scale, atlas.record("lamps")) == (1, 1)


def test_only_answers_of_the_counted_sort_are_counted() -> None:
    rows = "answers:\n  oil: {answer: town, facts: [lit]}\n  keys: {answer: club, facts: [lit]}\n"
    atlas = made({LAMPS: actor("Lamps", FACTS + rows)}, site=SITE + SCALE)
    assert atlas.site.scale is not None
    assert scale_score(atlas.site.scale, atlas.record("lamps")) == (1, 2)


def test_answers_where_no_scale_is_declared_are_reported() -> None:
    assert made({LAMPS: actor("Lamps", FACTS + "answers:\n  oil: {answer: town, facts: [lit]}\n")}).rules() == [
        "unknown-answer",
        "unknown-question",
    ]


def test_a_disagreement_is_reported_at_both_ends_though_written_at_one() -> None:
    record = made({LAMPS: actor("Lamps", FACTS)}).record("lamps")
    assert disagreeing_facts(record) == {
        "lit": ("lit-later", "lit-never"),
        "lit-later": ("lit",),
        "lit-never": ("lit",),
    }


def test_a_blank_says_why() -> None:
    atlas = made(
        {
            LAMPS: actor("Lamps", FACTS + "unanswered: {upkeep: not-found}\n"),
            BRIDGES: actor("Bridges", kind="club"),
            GIFT: case("Words."),
        }
    )
    found = {id: [missing_reason(atlas.site, row, each) for each in ("origin", "upkeep")] for id, row in
             atlas.content.records.items()}  # fmt: skip
    assert found == {
        "lamps": ["", "not-found"],
        "bridges": ["not-researched", "not-applicable"],
        "gift": ["not-stated", "not-stated"],
    }

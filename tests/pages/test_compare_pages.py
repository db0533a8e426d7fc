"""Pages that compare: sides and questions, pairs, fields and the order by the scale; and the table of all records."""

from __future__ import annotations

from typing import TypeVar

import pytest
from msgspec.structs import replace
from small_atlases import BRIDGES, GIFT, LAMPS, SITE, WORKS, Made, actor, case, made, page
from small_pages import planned, rendered

from atlas.content.coverage import pairs, works_of
from atlas.pages.compare.views import CompareView, DimensionView, FieldsView, PairView, ScaleView
from atlas.pages.explore.explore_pages import centuries
from atlas.pages.explore.views import ExploreView
from atlas.pages.records.views import RecordView

PAIRED = SITE.replace(
    "navigation:",
    "  rival-of: {label: {en: rival of, fr: rivale de, zh: 对手}, symmetric: true, pairs: true}\nnavigation:",
)
SCALE = """\
scale:
  label: {en: Two questions, fr: Deux questions, zh: 两问}
  questions:
    oil: {label: {en: "Who pays?", fr: "Qui paie ?", zh: 谁付？}}
    keys: {label: {en: "Who keeps?", fr: "Qui garde ?", zh: 谁管？}}
  answers:
    town: {label: {en: the town, fr: la ville, zh: 城}, counted: true}
    club: {label: {en: the club, fr: le club, zh: 社}}
"""
LIT = "  - {id: lit, dimension: origin, text: Lit in 1901., sources: [lamp1901]}\n"
LATER = "  - {id: later, dimension: origin, text: Lit in 1904., sources: [bridge1904], differs: [lit]}\n"
RIVAL = "relations:\n  - {id: rival, type: rival-of, to: lamps, note: 'Seen so [@tide1910].'}\n"
TIDES = "content/actors/tides.yaml"
FILES = {
    LAMPS: actor("Lamps", f"facts:\n{LIT}{LATER}fields: {{light: [lit]}}\nunanswered: {{upkeep: not-found}}\n"),
    BRIDGES: actor("Bridges", RIVAL, sides="south", kind="club"),
    TIDES: actor("Tides", f"facts:\n{LIT}", sides="north, south"),
    GIFT: case("Given in 1904 [@bridge1904].\n{#deed dimension=origin}"),
}

Kind = TypeVar("Kind")


def atlas(files: dict[str, str] | None = None, site: str = PAIRED, works: str = WORKS) -> Made:
    """An atlas that has no problem."""
    result = made(files or FILES, site=site, works=works)
    assert result.problems == ()
    return result


def view(result: Made, path: str, kind: type[Kind]) -> Kind:
    """The view of a page in the first language."""
    found = next(one.view for one in planned(result)[0].pages if one.path == f"{path}index.html")
    assert isinstance(found, kind)
    return found


def paths(result: Made) -> set[str]:
    """Where pages of the first language stand."""
    return {one.path for one in planned(result)[0].pages}


# The matrix.


def test_a_cell_counts_the_actors_of_its_side_that_answer_of_those_asked() -> None:
    rows = {row.label: row.cells for row in view(atlas(), "compare/", CompareView).rows}
    assert [(cell.share.count, cell.share.of, cell.spared) for cell in rows["Origin"]] == [(2, 2, 0), (1, 2, 0)]
    north, south = rows["Upkeep"]
    assert (north.share.count, north.not_found, north.not_researched) == (0, 1, 1)
    assert (south.share.of, south.spared) == (1, 1)


def test_a_side_that_is_not_compared_has_no_column_and_joint_bodies_are_counted() -> None:
    found = view(atlas(), "compare/", CompareView)
    assert [(column.id, column.total) for column in found.columns] == [("north", 2), ("south", 2)]
    assert found.joint == 1


def test_a_cell_leads_to_where_the_answers_of_its_side_are() -> None:
    pages, problems = rendered(atlas())
    assert problems == ()
    assert 'href="origin/#_actor-south"' in pages["compare/index.html"]
    assert 'id="_actor-south"' in pages["compare/origin/index.html"]


def test_actors_without_a_counterpart_are_by_side_and_joint_bodies_apart() -> None:
    found = view(atlas(), "compare/", CompareView)
    assert [(group.id, [card.id for card in group.cards]) for group in found.unpaired] == [
        ("north", []),
        ("south", []),
        ("_joint", ["tides"]),
    ]


def test_sides_without_actors_dimensions_without_facts_and_one_side_alone_are_shown() -> None:
    empty = atlas({LAMPS: actor("Lamps")})
    cells = view(empty, "compare/", CompareView).rows[0].cells
    assert [(cell.share.count, cell.share.of) for cell in cells] == [(0, 1), (0, 0)]
    one = PAIRED.replace(
        "south: {label: {en: South, fr: Sud, zh: 南}}", "south: {label: {en: S, fr: S, zh: 南}, compared: false}"
    )
    assert len(view(atlas(site=one), "compare/", CompareView).columns) == 1
    pages, problems = rendered(empty)
    assert problems == ()
    assert "no actor" in pages["compare/index.html"]
    assert "Nothing is documented here yet." in pages["compare/upkeep/index.html"]


# A dimension.


def test_a_dimension_shows_each_side_apart_joint_records_once_and_then_the_records_without_a_statement() -> None:
    found = view(atlas(), "compare/origin/", DimensionView)
    actors, cases = found.families
    assert [(column.id, [row.card.id for row in column.records]) for column in actors.columns] == [
        ("north", ["lamps"]),
        ("south", []),
    ]
    assert [row.card.id for row in actors.joint] == ["tides"]
    assert [row.card.id for row in cases.joint] == ["gift"]
    assert [(group.reason, [card.id for card in group.cards]) for group in found.blanks] == [
        ("not-researched", ["bridges"])
    ]


def test_each_reason_for_a_blank_is_reported() -> None:
    found = view(atlas(), "compare/upkeep/", DimensionView)
    assert {group.reason: [card.id for card in group.cards] for group in found.blanks} == {
        "not-found": ["lamps"],
        "not-researched": ["tides"],
        "not-applicable": ["bridges"],
    }


def test_statements_that_disagree_are_together_each_with_its_source() -> None:
    found = view(atlas(), "compare/origin/", DimensionView)
    [group] = found.families[0].columns[0].records[0].groups
    assert group.disagree
    assert [one.url for one in group.statements] == ["../../actors/lamps/#lit", "../../actors/lamps/#later"]
    assert "Quill" in group.statements[0].text.html
    assert "Arch" in group.statements[1].text.html
    assert found.references == ()
    assert 'href="../../sources/lamp1901/"' in group.statements[0].text.html
    [row] = found.families[1].joint
    assert (row.card.url, row.groups) == ("../../cases/gift/#deed", ())


def test_a_statement_elsewhere_keeps_its_links_and_leaves_its_notes_and_marks() -> None:
    body = "Given[^1] [there](#deed) by [[lamps]] [@bridge1904].\n{#deed dimension=origin}\n\n[^1]: A note."
    named = PAIRED.replace("  origin: {", "  origin: {contrast: gift#deed, ")
    pages, problems = rendered(atlas(FILES | {GIFT: case(body)}, site=named))
    assert problems == ()
    shown = pages["compare/origin/index.html"]
    assert '<a href="../../cases/gift/#deed">there</a> by <a href="../../actors/lamps/">Lamps</a>' in shown
    assert "footnote" not in shown
    assert 'href="#deed"' not in shown


# Pairs.


def test_a_pair_is_one_page_whichever_end_names_it_in_the_order_of_the_sides() -> None:
    assert [pair.path for pair in pairs(atlas().atlas)] == ["/compare/lamps--bridges/"]
    assert "compare/lamps--bridges/index.html" in paths(atlas())
    both = FILES | {LAMPS: FILES[LAMPS] + "relations:\n  - {id: foe, type: rival-of, to: tides}\n"}
    assert [pair.path for pair in pairs(atlas(both).atlas)] == ["/compare/lamps--tides/", "/compare/lamps--bridges/"]


def test_a_blank_cell_of_a_pair_says_why_and_a_full_one_does_not() -> None:
    found = view(atlas(), "compare/lamps--bridges/", PairView)
    assert {row.id: [cell.blank for cell in row.cells] for row in found.rows} == {
        "origin": ["", "not-researched"],
        "upkeep": ["not-found", "not-applicable"],
    }
    assert found.shared.count == 0
    assert "Tide" in found.ties[0].text.html


def test_the_page_of_an_actor_leads_to_its_pairs_and_to_each_question() -> None:
    found = view(atlas(), "actors/lamps/", RecordView)
    assert [link.url for link in found.pairs] == ["../../compare/lamps--bridges/"]
    assert [row.url for row in found.dimensions] == ["../../compare/origin/", "../../compare/upkeep/"]


def test_what_authors_compare_is_on_the_page_of_the_pair() -> None:
    written = page("Both shine [@tide1910].", "records: [lamps, bridges]\nsummary: Both.\n")
    found = view(atlas(FILES | {"content/comparisons/both.md": written}), "compare/lamps--bridges/", PairView)
    assert [card.id for card in found.comparisons] == ["both"]


# Fields.


def test_fields_by_sides_lead_to_the_records_and_the_facts_they_rest_on() -> None:
    found = view(atlas(), "compare/by-field/", FieldsView)
    assert [(cell.share.count, cell.share.of, cell.url) for cell in found.rows[0].cells] == [
        (1, 2, "#_light--north"),
        (0, 2, "#_light--south"),
    ]
    [record] = found.sections[0].columns[0].records
    assert (record.card.id, record.facts) == ("lamps", ("../../actors/lamps/#lit",))


# The order by the scale.


def test_actors_are_ordered_by_the_count_of_counted_answers_where_enough_are_known() -> None:
    answers = "answers: {oil: {answer: town, facts: [lit]}, keys: {answer: %s, facts: [lit]}}\n"
    files = {
        LAMPS: actor("Lamps", f"facts:\n{LIT}{answers % 'club'}"),
        BRIDGES: actor("Bridges", f"facts:\n{LIT}{answers % 'town'}"),
        TIDES: actor("Tides", f"facts:\n{LIT}answers: {{oil: {{answer: town, facts: [lit]}}}}\n"),
    }
    result = atlas(files, SITE + SCALE)
    found = view(result, "compare/by-scale/", ScaleView)
    assert [(row.card.id, row.counted, row.known) for row in found.placed] == [("bridges", 2, 2), ("lamps", 1, 2)]
    assert [row.card.id for row in found.grid] == ["bridges", "lamps", "tides"]
    assert found.unplaced == ()
    assert [mark.form for mark in found.placed[1].marks] == ["counted", "other"]
    text = rendered(result)[0]["compare/by-scale/index.html"]
    assert "2 of 2 known" in text
    assert "The atlas’s own reading." in text
    assert "compare/by-scale/index.html" not in paths(atlas())


# The sources behind.


def test_the_works_behind_a_page_are_counted_by_language_and_by_voice_where_one_is_declared() -> None:
    works = WORKS.replace("{Lamps}", "{Lamps}, langid = {french}, x-voice = {keepers}")
    site = PAIRED + "voices: {keepers: {label: {en: Keepers, fr: Gardiens, zh: 守}}}\n"
    found = view(atlas(site=site, works=works), "compare/origin/", DimensionView).works
    assert found.columns == ("North", "South", "Both sides")
    assert found.totals == (2, 2, 2)
    assert [(row.label, [cell.count for cell in row.cells]) for row in found.languages] == [
        ("French", [1, 1, 1]),
        ("Language not known", [1, 1, 1]),
    ]
    assert [(row.label, row.cells[2].words) for row in found.voices] == [("Keepers", "50%")]


# All records.


def test_every_record_but_pages_is_in_the_table_with_what_filters_know_it_by() -> None:
    found = view(atlas(FILES | {"content/pages/about.md": page("About [@tide1910].")}), "explore/", ExploreView)
    rows = {row.card.id: row for row in found.rows}
    assert set(rows) == {"lamps", "bridges", "tides", "gift"}
    assert (rows["tides"].side, rows["gift"].kind, rows["lamps"].field) == ("north south", "case case.gift", "light")
    assert {each.id for each in found.filters} == {"side", "kind"}


def test_a_record_counts_for_every_century_that_its_dates_touch() -> None:
    result = atlas()
    record = result.record("lamps")

    def of(start: str, end: str = "") -> tuple[str, ...]:
        dates = f"start: {start}\n" + (f"end: {end}\n" if end else "")
        return centuries(result.site, atlas(FILES | {TIDES: actor("Tides", dates)}).record("tides"))

    assert centuries(result.site, record) == ()
    assert of("1883") == ("19", "20", "21")
    assert of("1900", "1901") == ("19", "20")
    assert of("18XX", "18XX") == ("18", "19")
    assert of("-0137", "-0110") == ("-2",)
    assert centuries(result.site, replace(record, end=result.site.as_of)) == ("21",)


def test_the_works_of_a_record_are_all_that_it_names() -> None:
    assert works_of(atlas().record("bridges")) == {"lamp1901", "tide1910"}


# What a site may do without, and what its authors may add.


def test_a_site_may_do_without_comparisons_and_the_table() -> None:
    found = paths(atlas(site=PAIRED + "views: []\n"))
    assert not [path for path in found if path.startswith(("compare/", "explore/"))]
    record = view(atlas(site=PAIRED + "views: []\n"), "actors/lamps/", RecordView)
    assert {row.url for row in record.dimensions} == {""}
    assert record.pairs == ()


def test_a_page_with_the_path_of_such_a_page_gives_it_its_title_and_its_first_words() -> None:
    own = {"content/pages/side-by-side.md": page("Our words [@tide1910].", "path: compare\n")}
    pages, problems = rendered(atlas(FILES | own))
    assert problems == ()
    assert "<h1>A page</h1>" in pages["compare/index.html"]
    assert "Our words" in pages["compare/index.html"]
    assert 'id="_matrix"' in pages["compare/index.html"]


def test_long_names_and_many_actors_are_all_shown() -> None:
    name = "灯塔之友与桥梁社" * 25
    many = {f"content/actors/a{number}.yaml": actor(f"Society {number}", f"facts:\n{LIT}") for number in range(500)}
    files = FILES | many | {LAMPS: actor(name, f"facts:\n{LIT}")}
    result = atlas(files)
    pages, problems = rendered(result)
    assert problems == ()
    shown = [pages[f"compare/origin/{path}index.html"] for path in ("", "page/2/", "page/3/")]
    assert [one.count('class="stated"') for one in shown] == [241, 240, 21]
    assert pages["explore/index.html"].count("<tr data-side") == 504
    assert name in pages["compare/lamps--bridges/index.html"]


@pytest.mark.parametrize(("held", "shown", "more"), [(4, 4, 0), (5, 3, 2), (7, 3, 4)])
def test_of_many_statements_the_first_are_shown_and_the_others_linked(held: int, shown: int, more: int) -> None:
    facts = "".join(LIT.replace("id: lit", f"id: lit-{number}") for number in range(held))
    result = atlas(FILES | {TIDES: actor("Tides", f"facts:\n{facts}", sides="south")})
    found = view(result, "compare/origin/", DimensionView).families[0].columns[1].records
    [own] = [row for row in found if row.card.id == "tides"]
    assert (len(own.groups), own.more) == (shown, more)
    assert own.more_url == ("../../actors/tides/#_dimension-origin" if more else "")


# The table that opens a pair, and how the sides differ.

PROFILE = PAIRED.replace(
    "navigation:",
    "profile:\n  founded: {label: {en: Founded?, fr: Fondé ?, zh: 创立？}}\n"
    "  money: {label: {en: Money?, fr: Argent ?, zh: 经费？}}\nnavigation:",
)
FOUNDED = "  - {id: lit, dimension: origin, text: Lit in 1901., sources: [lamp1901], answers: [founded]}\n"
OTHER = "  - {id: built, dimension: origin, text: Built in 1904., sources: [bridge1904]}\n"
PAID = case("Paid in 1904 [@bridge1904].\n{#paid dimension=origin}", "actors: [bridges]\nprofile: {money: [paid]}\n")


def test_facts_answer_the_questions_of_the_profile_and_the_nearest_record_answers_where_none_does() -> None:
    files = {
        LAMPS: actor("Lamps", f"facts:\n{FOUNDED}"),
        BRIDGES: actor("Bridges", f"facts:\n{OTHER}{RIVAL}", sides="south", kind="club"),
        GIFT: PAID,
    }
    found = view(atlas(files, site=PROFILE), "compare/lamps--bridges/", PairView)
    founded, money = found.profile
    assert [len(cell.statements) for cell in founded.cells] == [1, 0]
    assert founded.cells[0].statements[0].url == "../../actors/lamps/#lit"
    assert founded.cells[1].nearest == ()
    assert [[link.url for link in cell.nearest] for cell in money.cells] == [[], ["../../cases/gift/#paid"]]
    assert (found.answered.count, found.answered.of) == (1, 4)


def test_an_answer_to_a_question_that_the_site_does_not_declare_is_a_problem() -> None:
    assert made({LAMPS: actor("Lamps", f"facts:\n{FOUNDED}")}).rules() == ["unknown-question"]


def test_a_dimension_opens_with_the_statement_that_contrasts_the_sides() -> None:
    site = PAIRED.replace("origin: {label", "origin: {contrast: gift#deed, label")
    found = view(atlas(FILES, site=site), "compare/", CompareView)
    assert [(row.label, row.statement.url) for row in found.contrasts] == [("Origin", "../cases/gift/#deed")]
    own = view(atlas(FILES, site=site), "compare/origin/", DimensionView)
    assert [statement.url for statement in own.contrast] == ["../../cases/gift/#deed"]
    assert view(atlas(FILES, site=site), "compare/upkeep/", DimensionView).contrast == ()


@pytest.mark.parametrize(
    ("contrast", "rule"), [("gift#dead", "unknown-fragment"), ("gone#deed", "unknown-record"), ("gift", "bad-id")]
)
def test_a_contrast_names_a_statement_of_a_record(contrast: str, rule: str) -> None:
    site = PAIRED.replace("origin: {label", f"origin: {{contrast: {contrast}, label")
    found = made(FILES, site=site)
    assert found.rules() == [rule]
    if rule != "bad-id":  # that leaves no settings
        assert view(found, "compare/origin/", DimensionView).contrast == ()


def test_there_is_no_order_until_four_of_five_answers_are_known() -> None:
    questions = "".join(f"    q{n}: {{label: {{en: Q, fr: Q, zh: 问}}}}\n" for n in range(3))
    site = SITE + SCALE.replace("  answers:", f"{questions}  answers:")

    def answered(*ids: str) -> str:
        rows = ", ".join(f"{id}: {{answer: town, facts: [lit]}}" for id in ids)
        return f"facts:\n{LIT}answers: {{{rows}}}\n"

    files = {
        LAMPS: actor("Lamps", answered("oil", "keys", "q0", "q1")),
        BRIDGES: actor("Bridges", answered("oil", "keys", "q0"), sides="south"),
    }
    found = view(atlas(files, site=site), "compare/by-scale/", ScaleView)
    assert [row.card.id for row in found.placed] == ["lamps"]
    assert [row.card.id for row in found.grid] == ["bridges", "lamps"]
    assert (found.known.count, found.known.of, found.least) == (7, 10, 4)

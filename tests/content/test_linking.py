"""Links: what leads where, what leads back with which sentence, and what leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from site_copies import SITES
from small_atlases import BRIDGES, GIFT, LAMPS, Made, actor, case, in_words, made, page, places

from atlas.bibliography.citing.syntax import Locator
from atlas.content.files import File
from atlas.content.linking import Atlas, Mention

THREE = SITES / "three"
TYPES = ("partner-of", "funded-by")


def links(rows: str) -> str:
    """The relations of an actor, a line each."""
    return "relations:\n" + "".join(f"  - {{{row}}}\n" for row in rows.split("\n"))


def sentences(mentions: tuple[Mention, ...]) -> list[tuple[str, str, str, str]]:
    """Record, anchor, language and words of each mention."""
    return [(row.record, row.anchor, row.language, in_words(row.sentence, row.slots)) for row in mentions]


# Relations.


def test_a_relation_is_seen_from_both_ends() -> None:
    atlas = made(
        {LAMPS: actor("Lamps", links("id: pact, type: funded-by, to: bridges")), BRIDGES: actor("Bridges")}
    ).atlas
    [out] = atlas.ties["lamps"]
    [back] = atlas.ties["bridges"]
    assert (out.source, out.other, out.outgoing) == ("lamps", "bridges", True)
    assert (back.source, back.other, back.outgoing) == ("lamps", "lamps", False)
    assert out.relation is back.relation


def test_every_relation_is_seen_exactly_twice() -> None:
    atlas = three().atlas
    written = [(record.id, relation.id) for record in atlas.records.values() for relation in record.relations]
    seen = [(tie.source, tie.relation.id) for ties in atlas.ties.values() for tie in ties]
    assert sorted(seen) == sorted(written * 2)
    for id, ties in atlas.ties.items():
        for tie in ties:
            assert {id, tie.other} == {tie.source, tie.relation.target}


def test_relations_are_in_the_order_in_which_their_types_are_declared() -> None:
    rows = (
        "id: b, type: partner-of, to: bridges\nid: a, type: funded-by, to: bridges\nid: c, type: funded-by, to: boats"
    )
    files = {LAMPS: actor("Lamps", links(rows)), BRIDGES: actor("Bridges"), "content/actors/boats.yaml": actor("Boats")}
    ties = made(files).atlas.ties["lamps"]
    assert [(tie.relation.type, tie.other) for tie in ties] == [
        ("funded-by", "boats"),
        ("funded-by", "bridges"),
        ("partner-of", "bridges"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        ("id: a, type: partner-of, to: bridges", "", []),
        ("id: a, type: partner-of, to: lamps", "", ["self-relation"]),
        ("id: a, type: partner-of, to: bridge", "", ["unknown-record"]),
        ("id: a, type: partner-of, to: bridges\nid: b, type: partner-of, to: bridges", "", ["repeated-relation"]),
        ("id: a, type: partner-of, to: bridges", "id: b, type: partner-of, to: lamps", ["repeated-relation"]),
        ("id: a, type: funded-by, to: bridges", "id: b, type: funded-by, to: lamps", []),
        ("id: a, type: funded-by, to: bridges\nid: b, type: partner-of, to: bridges", "", []),
        (
            "id: a, type: partner-of, to: bridges, start: 1901\nid: b, type: partner-of, to: bridges, start: 1901",
            "",
            ["repeated-relation"],
        ),
        (
            "id: a, type: partner-of, to: bridges, start: 1901, end: 1902\nid: b, type: partner-of, to: bridges, start: 1910",
            "",
            [],
        ),
    ],
)
def test_a_relation_leads_to_another_record_once(first: str, second: str, rules: list[str]) -> None:
    files = {LAMPS: actor("Lamps", links(first)), BRIDGES: actor("Bridges", links(second) if second else "")}
    assert made(files).rules() == rules


# What is named and is not there.


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("See ▶[[lamp]].", "unknown-record"),
        ("See ▶[[lamps#lit]].", "unknown-fragment"),
        ("See ▶[[lamp#lit]].", "unknown-record"),
        ("See ▶[here](#there).", "unknown-fragment"),
        ("See ▶[it](/files/a.pdf).", "unknown-file"),
        ("▶![It](/files/a.png)", "unknown-file"),
        ("See [@▶lamp1902].", "unknown-work"),
        ("See [@lamp1901; @▶tide1911, p. 3].", "unknown-work"),
        ("See @▶lamp1902 [p. 3].", "unknown-work"),
        ("A note.[^1]\n\n[^1]: See ▶[[lamp]].", "unknown-record"),
        ("| A |\n|---|\n| ▶[[lamp]] |", "unknown-record"),
    ],
)
def test_what_is_named_in_a_text_and_is_not_there_is_reported_with_its_place(text: str, rule: str) -> None:
    whole = case(text)
    before = whole[: whole.index("▶")]
    place = (rule, before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert places(made({LAMPS: actor("Lamps"), GIFT: whole.replace("▶", "")}).problems) == [place]


@pytest.mark.parametrize(
    ("rest", "rule"),
    [
        ("actors: [▶lamp]\n", "unknown-record"),
        ("actors: [lamps, ▶other-gift]\n", "unknown-record"),
        ("fields: {light: [▶lit]}\n", "unknown-fact"),
        ("contributions: {trust: [▶lit]}\n", "unknown-fact"),
    ],
)
def test_what_is_named_in_front_matter_and_is_not_there_is_reported_with_its_place(rest: str, rule: str) -> None:
    whole = case("Words.", rest)
    before = whole[: whole.index("▶")]
    place = (rule, before.count("\n") + 1, len(before) - before.rfind("\n"))
    files = {LAMPS: actor("Lamps"), GIFT: whole.replace("▶", ""), "content/cases/other-gift.md": case("Words.")}
    assert places(made(files).problems) == [place]


def test_the_nearest_name_is_proposed() -> None:
    [problem] = made({LAMPS: actor("Lamps"), GIFT: case("See [[lamp]].")}).problems
    assert '"lamps"' in problem.hint
    [problem] = made({GIFT: case("See [@lamp1902].")}).problems
    assert '"lamp1901"' in problem.hint


def test_a_link_in_a_translation_is_reported_in_its_own_file() -> None:
    files = {LAMPS: actor("Lamps"), "content/actors/lamps.fr.yaml": "summary: Voir [[lampes]].\n"}
    [problem] = made(files).problems
    assert (problem.span.path, problem.span.line, problem.span.column) == ("content/actors/lamps.fr.yaml", 1, 15)


def test_links_to_a_file_that_could_not_be_read_are_not_reported_again() -> None:
    files = {LAMPS: "lang: [\n", GIFT: case("See [[lamps]], [[lamps#lit]].", "actors: [lamps]\n")}
    files[BRIDGES] = actor("Bridges", links("id: a, type: partner-of, to: lamps"))
    assert made(files).rules() == ["yaml-syntax"]


def test_citations_of_an_entry_that_could_not_be_read_are_not_reported_again() -> None:
    works = "@book{lamp1901, author = {Ada Quill}, title = {Lamps}, year = {1901}\n@book{tide1910, title = {Tides}}\n"
    result = made({LAMPS: actor("Lamps")}, works=works)
    assert {problem.span.path for problem in result.problems} == {"bibliography.bib"}


def test_fragments_of_facts_relations_headings_and_paragraphs_are_known() -> None:
    rest = "facts:\n  - {id: lit, dimension: origin, text: Lit., sources: [lamp1901]}\n" + links(
        "id: pact, type: partner-of, to: bridges"
    )
    body = "## One {#one}\n\nTwo. {#two}\n\nSee [[lamps#lit]], [[lamps#pact]], [a](#one), [b](#two)."
    files = {LAMPS: actor("Lamps", rest), BRIDGES: actor("Bridges"), GIFT: case(body)}
    assert made(files).problems == ()


def test_a_file_that_is_there_may_be_shown() -> None:
    file = File("a.png", 3, b"abc", {"en": "A"}, "Ada", "CC0", {}, "")
    assert made({GIFT: case("![It](/files/a.png)\n\n[it](/files/a.png)")}, assets={"a.png": file}).problems == ()


def test_a_dimension_that_has_a_fact_needs_no_excuse() -> None:
    rest = (
        "facts:\n  - {id: lit, dimension: origin, text: Lit., sources: [lamp1901]}\nunanswered: {origin: not-found}\n"
    )
    [problem] = made({LAMPS: actor("Lamps", rest)}).problems
    assert (problem.rule, problem.severity, problem.span.path) == ("needless-unanswered", "warning", LAMPS)


def test_a_day_after_today_is_a_warning() -> None:
    [problem] = made({LAMPS: actor("Lamps").replace("2026-11-22", "2027-03-02")}).problems
    assert (problem.rule, problem.severity) == ("future-date", "warning")
    assert made({LAMPS: actor("Lamps").replace("2026-11-22", "2027-03-01")}).problems == ()


# What leads back.


def test_a_mention_has_its_sentence_its_anchor_and_its_language() -> None:
    lit = "facts:\n  - {id: lit, dimension: origin, text: 'Dark. Lit on the [[bridges|old bridges]]. Paid.', sources: [lamp1901]}\n"
    french = "facts:\n  lit: Sombres. Allumées sur [[bridges]] *ensuite*. Payées.\n"
    body = "## One {#one}\n\nThe [[bridges]] stood.\n\nThe [[bridges]] fell. {#fell}\n\n- Of [[lamps]] and [[bridges]]."
    files = {
        LAMPS: actor("Lamps", lit),
        "content/actors/lamps.fr.yaml": french,
        BRIDGES: actor("Bridges"),
        GIFT: case(body),
    }
    result = made(files)
    assert result.problems == ()
    assert sentences(result.atlas.mentions["en"]["bridges"]) == [
        ("gift", "one", "en", "The bridges stood."),
        ("gift", "fell", "en", "The bridges fell."),
        ("gift", "one", "en", "Of lamps and bridges."),
        ("lamps", "lit", "en", "Lit on the old bridges."),
    ]
    assert sentences(result.atlas.mentions["fr"]["bridges"])[-1] == (
        "lamps",
        "lit",
        "fr",
        "Allumées sur bridges ensuite.",
    )
    assert sentences(result.atlas.mentions["zh"]["bridges"])[-1][2] == "en"
    assert [row.record for row in result.atlas.mentions["en"]["lamps"]] == ["gift"]


def test_a_record_does_not_mention_itself() -> None:
    files = {LAMPS: actor("Lamps", "summary: The [[lamps]] are the [[lamps]].\n")}
    assert "lamps" not in made(files).atlas.mentions["en"]


def test_a_sentence_that_names_a_record_twice_is_reported_once() -> None:
    files = {LAMPS: actor("Lamps"), GIFT: case("The [[lamps]] are [[lamps]].")}
    assert len(made(files).atlas.mentions["en"]["lamps"]) == 1


def test_a_row_of_a_table_is_no_mention() -> None:
    table = "Words.\n\n| Lamp | Lit |\n|---|---|\n| [[lamps]] | 1901 [@lamp1901] |"
    atlas = made({LAMPS: actor("Lamps"), GIFT: case(table)}).atlas
    assert "lamps" not in atlas.mentions["en"]
    assert ("gift", "", "en", "") in sentences(atlas.cited_by["en"]["lamp1901"])


def test_records_know_which_list_them() -> None:
    files = {LAMPS: actor("Lamps"), GIFT: case("Words.", "actors: [lamps]\n")}
    assert made(files).atlas.listed == {("actors", "lamps"): ("gift",)}


def test_a_work_knows_every_statement_that_rests_on_it() -> None:
    rest = (
        "summary: A society [@lamp1901, p. 1].\n"
        "facts:\n  - {id: lit, dimension: origin, text: Lit *early*., sources: [{work: lamp1901, locator: pp. 2–3}]}\n"
        "relations:\n  - {id: pact, type: partner-of, to: bridges, note: A pact., sources: [lamp1901]}\n"
    )
    text = actor("Lamps", rest).replace("text: Lamps}", "text: Lamps, sources: [lamp1901]}")
    body = "## One {#one}\n\nDark. So it was [@lamp1901, p. 4; @tide1910]. Bright.\n\nPaid [@lamp1901]. {#paid dimension=upkeep}"
    result = made({LAMPS: text, BRIDGES: actor("Bridges", "summary: None.\n"), GIFT: case(body)})
    assert result.problems == ()
    rows = {
        (row.record, row.anchor, in_words(row.sentence, row.slots), row.locator)
        for row in result.atlas.cited_by["en"]["lamp1901"]
    }
    assert rows == {
        ("lamps", "_data", "Lamps", None),
        ("lamps", "", "A society (lamp1901).", Locator("page", "1")),
        ("lamps", "lit", "Lit early.", Locator("page", "2–3")),
        ("lamps", "pact", "A pact.", None),
        ("gift", "one", "So it was (lamp1901; tide1910).", Locator("page", "4")),
        ("gift", "paid", "Paid (lamp1901).", None),
    }
    assert [row.record for row in result.atlas.cited_by["en"]["tide1910"]] == ["gift"]


def test_a_row_of_a_dataset_that_names_a_work_twice_is_one_statement() -> None:
    table = "{columns: [{id: a, label: {en: A, fr: A, zh: A}, type: record}], rows: [{id: one, cells: {a: CELLS}}]}"
    cells = "[{value: lamps, sources: [lamp1901]}, {value: bridges, sources: [lamp1901]}]"
    text = f"lang: en\ndate: 2020-05-01\ntitle: Table\nsummary: A table.\ntable: {table.replace('CELLS', cells)}\n"
    files = {LAMPS: actor("Lamps"), BRIDGES: actor("Bridges"), "content/datasets/table.yaml": text}
    result = made(files)
    assert result.problems == ()
    [row] = (row for row in result.atlas.cited_by["en"]["lamp1901"] if row.record == "table")
    assert (row.anchor, len(row.slots)) == ("one", 2)


def test_only_cited_works_are_listed_by_key() -> None:
    works = [work.key for work in made({GIFT: case("So [@tide1910; @lamp1901].")}).atlas.cited]
    assert works == ["lamp1901", "tide1910"]


def test_sentences_are_escaped_text_in_every_mention() -> None:
    for mentions in everything(three().atlas):
        for mention in mentions:
            assert not re.search("<[^>]*>", mention.sentence), mention.sentence


# The sample site, searched by other means.


def three() -> Made:
    """tests/sites/three, linked."""
    files = {path.relative_to(THREE).as_posix(): path.read_text(encoding="utf-8") for path in sources()}
    site = files.pop("content/site.yaml")
    assets = {
        path.name: File(path.name, 1, b"", {}, "", "", {}, "")
        for path in (THREE / "content/files").iterdir()
        if path.suffix != ".yaml"
    }
    result = made(files, works=(THREE / "bibliography.bib").read_text(encoding="utf-8"), assets=assets, site=site)
    assert result.problems == ()
    return result


def sources() -> list[Path]:
    """The files of the sample site that are text."""
    return sorted(path for path in (THREE / "content").rglob("*.*") if path.suffix in (".yaml", ".md"))


def everything(atlas: Atlas) -> Iterator[tuple[Mention, ...]]:
    """Every list of mentions."""
    for table in (atlas.mentions, atlas.cited_by):
        for rows in table.values():
            yield from rows.values()


def files_of_records() -> Iterator[tuple[str, str]]:
    """The id of a record and the text of each of its files."""
    for path in sources():
        if path.parent.name not in ("content", "files"):
            yield path.name.partition(".")[0], path.read_text(encoding="utf-8")


def pairs(table: dict[str, dict[str, tuple[Mention, ...]]]) -> set[tuple[str, str]]:
    """What is mentioned, and by which record, in any language."""
    return {(target, row.record) for rows in table.values() for target, found in rows.items() for row in found}


def test_works_are_cited_by_the_records_whose_files_hold_their_keys() -> None:
    atlas = three().atlas
    expected = {
        (key, id)
        for id, text in files_of_records()
        for key in atlas.works
        if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)
    }
    assert len(expected) > 20
    assert pairs(dict(atlas.cited_by)) == expected  # type: ignore[arg-type]


def test_records_are_mentioned_by_those_whose_files_link_to_them() -> None:
    atlas = three().atlas
    expected = {
        (target, id)
        for id, text in files_of_records()
        for target in re.findall(
            r"\[\[([a-z0-9-]+)", re.sub(r"```.*?```|`[^`\n]*`|(?m:^\|[^\n]*$)", "", text, flags=re.DOTALL)
        )
        if target != id
    }
    assert len(expected) > 5
    assert pairs(dict(atlas.mentions)) == expected  # type: ignore[arg-type]


def test_facts_are_found_under_every_work_that_they_rest_on() -> None:
    atlas = three().atlas
    rows = 0
    for path in sources():
        if (
            path.suffix != ".yaml"
            or path.parent.name not in ("actors", "instruments", "persons")
            or path.stem.count(".")
        ):
            continue
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        for fact in record.get("facts", ()):
            for source in fact["sources"]:
                key = source["work"] if isinstance(source, dict) else source
                for language in atlas.site.languages:
                    found = {(row.record, row.anchor) for row in atlas.cited_by[language][key]}
                    assert (path.stem, fact["id"]) in found
                    rows += 1
    assert rows > 30


def test_every_anchor_of_a_mention_is_in_its_record() -> None:
    atlas = three().atlas
    for mentions in everything(atlas):
        for mention in mentions:
            record = atlas.records[mention.record]
            known = {fact.id for fact in record.facts} | {relation.id for relation in record.relations}
            known |= {"", "_data", "_references"}
            for version in record.body.versions.values() if record.body else ():
                known |= version.anchors | set(re.findall(r'id="(fn:[^"]+)"', version.html))
            assert mention.anchor in known


def test_a_page_at_a_path_is_a_record_as_well() -> None:
    files = {"content/pages/method.md": page("See [[lamps]].", "path: about/method\n"), LAMPS: actor("Lamps")}
    assert [row.record for row in made(files).atlas.mentions["en"]["lamps"]] == ["method"]

"""Own fields of records: read by their types, shown where the site says, and none that is not declared."""

from __future__ import annotations

import json

import pytest
from small_atlases import LAMPS, SITE, actor, made, places
from small_pages import planned, rendered

from atlas.schema.json_schema import schemas

EXTRA = """\
extra:
  holding: {label: {en: Held by, fr: Conservé par, zh: 收藏}}
  catalogue: {label: {en: Catalogue, fr: Catalogue, zh: 目录}, type: url}
  opened: {label: {en: Opened, fr: Ouvert, zh: 开放}, type: date, show: [page]}
  lamps: {label: {en: Lamps, fr: Lampes, zh: 灯}, type: number}
  colours: {label: {en: Colours, fr: Couleurs, zh: 颜色}, type: list}
  shelfmark: {label: {en: Shelfmark, fr: Cote, zh: 索书号}, show: [data]}
"""
VALUES = """\
extra:
  holding: Pier Archive
  catalogue: https://archive.example/42
  opened: 1901-05
  lamps: "1200.0004"
  colours: [red, green]
  shelfmark: MS 7
"""


def shown(values: str = VALUES, extra: str = EXTRA) -> dict[str, str]:
    """The pages of an atlas with one actor."""
    pages, problems = rendered(made({LAMPS: actor("Lamps", values)}, site=SITE + extra))
    assert not [problem for problem in problems if problem.severity == "error"]
    return pages


def test_a_page_shows_own_fields_as_its_language_writes_them() -> None:
    pages = shown()
    page = pages["fr/actors/lamps/index.html"]
    assert '<dt>Conservé par</dt>\n<dd lang="en">Pier Archive</dd>' in page
    assert 'href="https://archive.example/42"' in page
    assert "<dd>mai 1901</dd>" in page
    assert "<dd>1\u202f200,0004</dd>" in page
    assert '<dd lang="en">red · green</dd>' in page
    assert "MS 7" not in page
    assert "<dd>Pier Archive</dd>" in pages["actors/lamps/index.html"]


def test_the_table_of_all_records_has_them_as_columns() -> None:
    table = shown()["explore/index.html"]
    assert '<th scope="col">Held by</th>' in table
    assert "<td>Pier Archive</td>" in table
    assert "Opened" not in table


def test_pages_to_print_show_them() -> None:
    assert "Held by Pier Archive" in shown()["print/actors/index.html"]


def test_data_files_and_the_json_of_records_hold_them() -> None:
    plan, _ = planned(made({LAMPS: actor("Lamps", VALUES)}, site=SITE + EXTRA))
    files = {file.path: file.content().decode(errors="replace") for file in plan.files}
    assert files["data/extra.csv"].splitlines() == [
        "record,field,value",
        "lamps,catalogue,https://archive.example/42",
        "lamps,colours,red; green",
        "lamps,holding,Pier Archive",
        "lamps,lamps,1200.0004",
        "lamps,shelfmark,MS 7",
    ]
    assert "extra,holding,Held by" in files["data/terms.csv"]
    assert json.loads(files["actors/lamps/index.json"])["extra"] == {
        "holding": "Pier Archive", "catalogue": "https://archive.example/42", "lamps": "1200.0004",
        "colours": ["red", "green"], "shelfmark": "MS 7",
    }  # fmt: skip


def test_an_atlas_without_own_fields_has_no_file_and_no_column_for_them() -> None:
    plan, _ = planned(made({LAMPS: actor("Lamps")}))
    assert not [file.path for file in plan.files if "extra" in file.path]


@pytest.mark.parametrize(
    ("values", "rule", "line"),
    [
        ("extra:\n  holdng: x\n", "unknown-key", 2),
        ("extra:\n  catalogue: archive\n", "bad-address", 2),
        ("extra:\n  opened: 5 May 1901\n", "bad-date", 2),
        ("extra:\n  lamps: many\n", "wrong-type", 2),
        ("extra:\n  colours: red\n", "wrong-type", 2),
        ("extra: x\n", "wrong-type", 1),
    ],
)
def test_a_value_of_another_type_is_an_error_at_its_place(values: str, rule: str, line: int) -> None:
    text = actor("Lamps", values)
    found = places(made({LAMPS: text}, site=SITE + EXTRA).problems)
    start = text[: text.index(values)].count("\n")
    assert [(name, at) for name, at, _ in found if name == rule] == [(rule, start + line)]


def test_editors_know_the_own_fields() -> None:
    declared = {"extra:url": ("catalogue",), "extra:text": ("holding",)}
    schema = json.loads(schemas(declared)["actor.json"])
    assert set(schema["properties"]["extra"]["properties"]) == {"catalogue", "holding"}

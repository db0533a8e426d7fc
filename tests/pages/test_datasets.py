"""A dataset: a table whose values have sources, shown on its page, on the pages of its works, and in data files."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from site_copies import build, copy_site, write

CROSSINGS = "content/datasets/crossings.yaml"
TABLE = """\
lang: en
date: 2026-11-22
title: Crossings of the valley
summary: When each crossing opened [@quillon1904arches, p. 9].
table:
  columns:
    - {id: crossing, label: {fr: Passage, en: Crossing, zh: 渡口}}
    - {id: place, label: {fr: Lieu, en: Place, zh: 地点}, type: place}
    - {id: keeper, label: {fr: Gardien, en: Keeper, zh: 看守者}, type: record}
    - {id: opened, label: {fr: Ouverture, en: Opened, zh: 启用}, type: date}
    - {id: arches, label: {fr: Arches, en: Arches, zh: 拱数}, type: number}
    - {id: site, label: {fr: Site, en: Website, zh: 网站}, type: url}
  rows:
    - id: ferry
      cells:
        crossing: {value: {fr: le bac, en: the ferry, zh: 渡船}}
        place: low-ferry
        keeper: joint-ferry-league
        opened:
          - {value: 1891-06, sources: [{work: quillon1901piers, locator: p. 101, quote: the ferry of 1891}]}
          - {value: "1892", sources: [brumecourt1887phares]}
      sources: [quillon1904arches]
    - id: bridge
      cells:
        crossing: {value: {fr: le pont, en: the bridge}}
        place: dongshui
        keeper: southern-bridge-society
        arches: {value: "3000.14159", sources: [{work: quillon1904arches, locator: p. 12}]}
        site: https://bridge.example/
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with a dataset."""
    root = copy_site("three", tmp_path_factory.mktemp("datasets"))
    write(root, CROSSINGS, TABLE)
    return root


@pytest.fixture(scope="module")
def out(root: Path) -> Path:
    """The site, built."""
    out = root.parent / "out"
    assert build(root, out).code == 0
    return out


def page(out: Path, path: str) -> str:
    """The main part of a page without line breaks."""
    html = (out / path / "index.html").read_text(encoding="utf-8")
    return " ".join(html[html.index("<main") :].split())


def test_values_are_shown_as_their_type_asks_in_each_language(out: Path) -> None:
    english, french, chinese = (page(out, f"{folder}datasets/crossings") for folder in ("en/", "", "zh/"))
    assert '<th scope="row" data-column="Crossing"><span class="value">the ferry</span>' in english
    assert '<span class="value">Low Ferry</span>' in english
    assert '<span class="value">Bas-Bac</span>' in french
    assert '<span class="value"><a href="../../actors/joint-ferry-league/">' in english
    assert '<span class="value">June 1891 (<a class="cite"' in english
    assert '<span class="value">juin 1891 ' in french
    assert '<span class="value">3,000.14159 ' in english
    assert '<span class="value">3 000,14159 ' in french
    assert '<a href="https://bridge.example/">bridge.example</a>' in english
    assert '<span lang="fr">le pont</span>' in chinese


def test_two_values_that_disagree_are_both_shown_and_an_absent_one_is_not_known(out: Path) -> None:
    row = page(out, "en/datasets/crossings").partition('id="ferry"')[2].partition("</tr>")[0]
    opened = row.partition('data-column="Opened"')[2].partition("</td>")[0]
    assert opened.index("June 1891") < opened.index("1892")
    assert '<span class="blank">not known</span>' in row.partition('data-column="Arches"')[2].partition("</td>")[0]
    assert "the ferry of 1891" in row


def test_a_work_leads_to_the_row_that_it_supports(out: Path) -> None:
    html = page(out, "en/sources/quillon1901piers")
    assert 'href="../../datasets/crossings/#ferry"' in html
    assert "the ferry · Low Ferry · Joint Ferry League · 1891-06 · 1892" in html


def test_the_csv_file_has_a_column_for_each_language_of_a_text_and_for_sources(out: Path) -> None:
    rows = list(csv.DictReader(StringIO((out / "datasets/crossings/crossings.csv").read_text(encoding="utf-8"))))
    ferry, bridge = rows
    assert (ferry["crossing_fr"], ferry["crossing_zh"], bridge["crossing_zh"]) == ("le bac", "渡船", "")
    assert (ferry["opened"], ferry["opened_sources"]) == (
        "1891-06; 1892",
        "quillon1901piers, p. 101; brumecourt1887phares",
    )
    assert (ferry["sources"], bridge["arches"], bridge["opened"]) == ("quillon1904arches", "3000.14159", "")


def test_the_json_has_the_values_with_their_sources_and_quotes(out: Path) -> None:
    table = json.loads((out / "datasets/crossings/index.json").read_text(encoding="utf-8"))["table"]
    opened = table["rows"][0]["cells"]["opened"][0]
    assert [column["type"] for column in table["columns"]] == ["text", "place", "record", "date", "number", "url"]
    assert opened["value"] == "1891-06"
    assert opened["sources"] == [{"work": "quillon1901piers", "locator": "p. 101"}]
    assert opened["quotes"][0]["quote"] == "the ferry of 1891"


def test_the_page_is_a_dataset_for_machines_and_prints_its_table(out: Path) -> None:
    html = (out / "en/datasets/crossings/index.html").read_text(encoding="utf-8")
    assert '"@type":"Dataset"' in html.replace(": ", ":")
    assert 'id="crossings--ferry"' in page(out, "en/print/datasets")

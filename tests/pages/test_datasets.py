"""A dataset: a table whose values have sources, shown on its page, on the pages of its works, and in data files."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from built_sites import BuiltPage, is_elsewhere, read_pages, resolve
from long_sites import write_long_site
from site_copies import build, contents, copy_site, write

from atlas.pages.list_parts import MANY

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
LAST = MANY + 4


def long_table(last: int, work: str) -> str:
    """A dataset with rows from 1 to a last one, to which its lead links."""
    rows = (
        f"    - {{id: toll-{one}, cells: {{amount: '{one}'}}, sources: [{{work: {work}, locator: p. {one}}}]}}\n"
        for one in range(1, last + 1)
    )
    return f"""\
lang: en
date: 2026-11-22
title: Tolls
summary: What each crossing cost [@{work}].
lead: "The [last toll](#toll-{last}) was the highest [@{work}]."
table:
  columns:
    - {{id: amount, label: {{fr: Montant, en: Amount, zh: 金额}}, type: number}}
  rows:
{"".join(rows)}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site with a short dataset and a long one."""
    root = copy_site("three", tmp_path_factory.mktemp("datasets"))
    write(root, CROSSINGS, TABLE)
    write(root, "content/datasets/tolls.yaml", long_table(LAST, "quillon1904arches"))
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


@pytest.fixture(scope="module")
def pages(out: Path) -> dict[str, BuiltPage]:
    """Its pages by path."""
    return read_pages(out)


def tolls(page: BuiltPage) -> list[int]:
    """The numbers of the rows of the long dataset on a page."""
    return [int(id.rpartition("-")[2]) for id in page.ids if "toll-" in id]


@pytest.mark.parametrize("language", ["", "en/", "zh/"])
def test_a_long_table_goes_on_on_further_pages(language: str, pages: dict[str, BuiltPage]) -> None:
    first, second = (pages[f"{language}datasets/tolls/{path}index.html"] for path in ("", "page/2/"))
    assert tolls(first) == [*range(1, MANY + 1)]
    assert tolls(second) == [*range(MANY + 1, LAST + 1)]
    assert "page/2/" in first.links
    assert "../../" in second.links
    if language == "en/":
        assert first.text_within("_parts").startswith(f"Entries 1–{MANY} of {LAST}")
        assert second.text_within("_table").startswith(f"Table of {LAST} rows")


def test_every_link_to_a_row_leads_to_the_page_that_has_it(pages: dict[str, BuiltPage]) -> None:
    rows: dict[str, dict[str, bool]] = {}
    for page in pages.values():
        for link in page.links:
            target, id = ("", "") if is_elsewhere(link) else resolve(page.path, link, "/atlas/")
            if id.startswith("toll-"):
                rows.setdefault(page.path, {})[id] = id in pages[target].anchors
    assert all(all(found.values()) for found in rows.values())
    assert rows["en/datasets/tolls/index.html"][f"toll-{LAST}"]
    assert len(rows["en/sources/quillon1904arches/page/2/index.html"]) > 0
    cited = {*rows["en/sources/quillon1904arches/index.html"], *rows["en/sources/quillon1904arches/page/2/index.html"]}
    assert cited == {f"toll-{one}" for one in range(1, LAST + 1)}


def test_print_has_the_beginning_of_a_long_table_and_files_have_all_of_it(
    out: Path, pages: dict[str, BuiltPage]
) -> None:
    printed = pages["en/print/datasets/index.html"]
    assert tolls(printed) == [*range(1, MANY + 1)]
    assert f"The first {MANY} of {LAST} rows." in printed.text_within()
    assert "../../datasets/tolls/page/2/" in printed.links
    assert f"../../datasets/tolls/page/2/#toll-{LAST}" in printed.links
    assert len((out / "datasets/tolls/tolls.csv").read_text(encoding="utf-8").splitlines()) == LAST + 1
    rows = json.loads((out / "datasets/tolls/index.json").read_text(encoding="utf-8"))["table"]["rows"]
    assert len(rows) == LAST


def test_a_table_that_becomes_too_long_is_divided_as_in_a_clean_build(tmp_path: Path) -> None:
    write_long_site(tmp_path, 2, ["explore"])
    for last in (MANY, MANY + 1):
        table = long_table(last, "quill1901").replace("fr: Montant, en: Amount, zh: 金额", "en: Amount")
        write(tmp_path, "content/datasets/tolls.yaml", table)
        assert build(tmp_path, tmp_path / "site").code == 0
        assert (tmp_path / "site/datasets/tolls/page/2/index.html").is_file() == (last > MANY)
    assert build(tmp_path, tmp_path / "clean").code == 0
    assert contents(tmp_path / "site") == contents(tmp_path / "clean")

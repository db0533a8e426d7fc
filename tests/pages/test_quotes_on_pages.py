"""The own words of works open below their statement, on pages of facts and in texts, and stand in the data."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from site_copies import build, copy_site, edit

LAMP = "autour d’une lampe unique"
ARCH = "huit mois de retard <ou presque>"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of three valleys, in which an actor, a case and an item of its list quote their works."""
    folder = tmp_path_factory.mktemp("quotes")
    root = copy_site("three", folder)
    old = "sources: [{work: brumecourt1887phares, locator: pp. 3–5}]"
    edit(root, "content/actors/phares-du-nord.yaml", old, old.replace("}]", f', quote: "{LAMP}"}}]'))
    rows = f'evidence:\n  - {{fact: late-arch, work: gazette1912arche, quote: "{ARCH}"}}\n'
    rows += "  - {fact: felled-trees, work: lin1936meishu, quote: 梅十二株}\n"
    rows += "  - {fact: reminder, work: merle1998entretien, quote: shared upkeep, lang: en}\nsummary: "
    edit(root, "content/cases/dispute-over-third-arch.md", "summary: ", rows)
    item = "{#reminder dimension=meeting}"
    edit(root, "content/cases/dispute-over-third-arch.md", item, f"{item}\n   - Encore une fois.")
    chinese = root / "content/cases/dispute-over-third-arch.zh.md"
    start, late, felled, rest = re.split(r"\n\n(?=第三拱迟|\[\[|## 结果)", chinese.read_text(encoding="utf-8"))
    chinese.write_text("\n\n".join((start, felled, late, rest)), encoding="utf-8")
    assert build(root, folder / "out").code == 0
    return folder / "out"


@pytest.mark.parametrize("folder", ["", "en/", "zh/"])
def test_they_open_below_the_fact_in_the_language_of_the_work(out: Path, folder: str) -> None:
    html = (out / folder / "actors/phares-du-nord/index.html").read_text(encoding="utf-8")
    own = html[html.index('<li id="first-lamp">') : html.index('<li id="lantern-exchange">')]
    details = own[own.index("<details") : own.index("</details>")]
    assert f'<blockquote><p lang="fr">{LAMP}</p>' in details
    assert 'href="#_ref-brumecourt1887phares"' in details
    assert html.count('<details class="quotes">') == 1


@pytest.mark.parametrize("folder", ["", "en/", "zh/"])
def test_they_are_after_a_paragraph_and_inside_an_item(out: Path, folder: str) -> None:
    html = (out / folder / "cases/dispute-over-third-arch/index.html").read_text(encoding="utf-8")
    after = re.search(r'<p id="late-arch"[^>]*>.*?</p>\s*<details class="quotes">.*?</details>', html, re.DOTALL)
    assert after
    assert "huit mois de retard &lt;ou presque&gt;" in after[0]
    item = re.search(r'<li id="reminder"[^>]*>(?:(?!</li>).)*', html, re.DOTALL)
    assert item
    assert '<p lang="en">shared upkeep</p>' in item[0]


def test_each_is_after_its_own_paragraph_where_a_translation_has_another_order(out: Path) -> None:
    html = (out / "zh/cases/dispute-over-third-arch/index.html").read_text(encoding="utf-8")
    felled, quote, late, arch = (
        html.find(text) for text in ('<p id="felled-trees"', "梅十二株", '<p id="late-arch"', "huit mois")
    )
    assert 0 < felled < quote < late < arch


def test_the_data_have_them_with_work_place_and_language(out: Path) -> None:
    record = json.loads((out / "actors/phares-du-nord/index.json").read_text(encoding="utf-8"))
    quotes = {fact["id"]: fact["quotes"] for fact in record["facts"] if "quotes" in fact}
    row = {"work": "brumecourt1887phares", "locator": "pp. 3–5", "quote": LAMP, "language": "fr"}
    assert [{**each, "locator": row["locator"]} for each in quotes["first-lamp"]] == [row]
    with (out / "data/facts.csv").open(encoding="utf-8", newline="") as file:
        rows = {each["id"]: each["quotes"] for each in csv.DictReader(file)}
    assert LAMP in rows["phares-du-nord/first-lamp"]
    assert rows["phares-du-nord/oil-duty"] == ""

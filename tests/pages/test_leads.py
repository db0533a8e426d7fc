"""The lead of a record stands between its summary and its facts, in print, beside its translations, and in the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from site_copies import build, copy_site, edit

SOCIETY = "content/actors/phares-du-nord"
LEADS = {
    "": "Née d’une lampe en 1883, elle prête des lanternes au Sud",
    "en/": "Born of one lamp in 1883, it lends lanterns to the south",
}
FACTS = {"": "Fondée le 21 juillet 1883", "en/": "Founded on 21 July 1883"}
SUMMARIES = {"": "Une société qui entretient des phares", "en/": "A society that keeps lighthouses"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of three valleys, in which an actor has a lead in two languages."""
    folder = tmp_path_factory.mktemp("leads")
    root = copy_site("three", folder)
    for end, language in ((".yaml", ""), (".en.yaml", "en/")):
        lead = f"lead: {LEADS[language]} [@brumecourt1887phares, pp. 3–5; @bai2015denghuo, 第12页].\nfacts:\n"
        edit(root, f"{SOCIETY}{end}", "facts:\n", lead)
    assert build(root, folder / "out").code == 0
    return folder / "out"


@pytest.mark.parametrize("folder", LEADS)
@pytest.mark.parametrize("page", ["actors/phares-du-nord", "print/actors", "print/atlas"])
def test_it_is_between_the_summary_and_the_facts(out: Path, folder: str, page: str) -> None:
    html = (out / folder / page / "index.html").read_text(encoding="utf-8")
    main = html[html.index("<main") :]
    own = main[main.index(SUMMARIES[folder]) :]
    lead = own.index(LEADS[folder])
    assert lead < own.index(FACTS[folder])
    assert 'href="#_ref-brumecourt1887phares"' in own[lead : own.index("</p>", lead)]


def test_a_language_without_it_shows_the_original_under_its_tag(out: Path) -> None:
    html = (out / "zh/actors/phares-du-nord/index.html").read_text(encoding="utf-8")
    assert f'<p class="lead" lang="fr">{LEADS[""]}' in html


def test_the_json_has_it_in_the_languages_that_have_it(out: Path) -> None:
    languages = json.loads((out / "actors/phares-du-nord/index.json").read_text(encoding="utf-8"))["languages"]
    assert {id: row["lead"] for id, row in languages.items() if "lead" in row} == {
        "fr": f"{LEADS['']}.",
        "en": f"{LEADS['en/']}.",
    }


@pytest.mark.parametrize("folder", LEADS)
def test_it_is_text_that_the_search_finds(out: Path, folder: str) -> None:
    files = (out / "search/index" / (folder.strip("/") or "root")).glob("*.json")
    rows = [json.loads(file.read_bytes()) for file in files]
    texts = [text for part in rows if isinstance(part, dict) for text in part.values() if isinstance(text, list)]
    blocks = [block for text in texts if text[0] == f"{folder}actors/phares-du-nord/" for block in text]
    assert any(LEADS[folder] in block for block in blocks)


def test_it_is_beside_its_translation(out: Path) -> None:
    html = (out / "parallel/actors/phares-du-nord/index.html").read_text(encoding="utf-8")
    assert all(lead in html for lead in LEADS.values())

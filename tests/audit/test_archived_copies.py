"""Where a copy of what stands elsewhere is kept, readers and machines find it beside the address itself."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from site_copies import build, copy_site, edit

WEBSITE = "https://phares.example/"
COPY = "https://archive.example/lights"
WORK = "https://archive.example/piers"
FOLDERS = {"": "Copie archivée", "en/": "Archived copy", "zh/": "存档"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of three valleys, in which an actor and a work have an archived copy."""
    folder = tmp_path_factory.mktemp("three")
    root = copy_site("three", folder)
    edit(root, "content/actors/phares-du-nord.yaml", "sides: [north]", f"archived: {COPY}\nsides: [north]")
    edit(root, "bibliography.bib", "  pages = {212},", f"  pages = {{212}}, archiveurl = {{{WORK}}},")
    assert build(root, folder / "out").code == 0
    return folder / "out"


def labels(html: str, address: str) -> list[str]:
    """What the links of a page to an address say."""
    return re.findall(rf'<a class="(?:address|more)" href="{re.escape(address)}" rel="external">([^<]+)</a>', html)


def pages(out: Path, folder: str) -> dict[str, str]:
    """The pages of a language as they are written, by their path in its folder."""
    found = {path.relative_to(out / folder).as_posix(): path for path in (out / folder).rglob("*.html")}
    others = tuple(FOLDERS.keys() - {folder, ""}) if not folder else ("-",)
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if not name.startswith(others)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_copy_is_shown_beside_the_website_of_a_record(folder: str, out: Path) -> None:
    found = pages(out, folder)
    own = found["actors/phares-du-nord/index.html"]
    assert labels(own, WEBSITE) == [WEBSITE.removeprefix("https://").rstrip("/")]
    assert labels(own, COPY) == ["archive.example/lights"]
    assert f"<dt>{FOLDERS[folder]}</dt>" in own
    for book in ("actors", "atlas"):
        assert f"{FOLDERS[folder]} {COPY}" in found[f"print/{book}/index.html"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_copy_is_shown_beside_a_work_wherever_its_reference_is(folder: str, out: Path) -> None:
    found = pages(out, folder)
    citing = [html for html in found.values() if 'id="_ref-quillon1901piers"' in html]
    assert len(citing) > 2
    for html in [*citing, found["sources/index.html"], found["sources/by-year/index.html"]]:
        assert labels(html, WORK) == [FOLDERS[folder]]
    assert labels(found["sources/quillon1901piers/index.html"], WORK) == ["archive.example/piers"]


def test_machines_find_copies(out: Path) -> None:
    twin = json.loads((out / "actors/phares-du-nord/index.json").read_text(encoding="utf-8"))
    assert (twin["website"], twin["archived"]) == (WEBSITE, COPY)
    with (out / "data/actors.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row["archived"] for row in csv.DictReader(file)}
    assert {id: address for id, address in rows.items() if address} == {"phares-du-nord": COPY}
    for path, copy in (("actors/phares-du-nord", COPY), ("sources/quillon1901piers", WORK)):
        html = (out / path / "index.html").read_text(encoding="utf-8")
        (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        entity = json.loads(text)["mainEntity"]
        assert entity.get("subjectOf", entity)["archivedAt"] == copy

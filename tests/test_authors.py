"""What authors are helped with: a new record with its blanks, their editor, and the ways from a page to its keepers."""

from __future__ import annotations

import fnmatch
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from browsing import Quiet, serving
from built_sites import Sites, is_unlisted
from check_reports import check
from site_copies import REPOSITORY, Workplace, copy_site, edit

from atlas.cli.main import main
from atlas.schema.families import BY_FAMILY, FAMILIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KINDS = {"actor": "society", "instrument": "charter", "case": "gift"}
FILLED = {
    "lang: TODO": "lang: fr", "sides: [TODO]": "sides: [north]", "work: TODO": "work: quillon1901piers",
    "locator: TODO": "locator: p. 3", "records: [TODO, TODO]": "records: [phares-du-nord, southern-bridge-society]",
    "sources: [TODO]": "sources: [quillon1901piers]", "[@TODO]": "[@quillon1901piers]", "id: TODO": "id: first-lamp",
    "TODO": "Une lampe",
}  # fmt: skip


@pytest.fixture
def root(workplace: Workplace) -> Path:
    """The atlas of three valleys to change."""
    return workplace.root


def begin(root: Path, family: str, id: str = "fresh") -> int:
    """The exit code of `new`."""
    return main(["new", family, id, "--root", str(root)])


# New records.


@pytest.mark.parametrize("family", [family.id for family in FAMILIES])
def test_a_new_record_reports_its_blanks_and_passes_once_they_are_filled(
    family: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert begin(root, family) == 0
    path = f"content/{BY_FAMILY[family].folder}/fresh.{BY_FAMILY[family].form}"
    said = capsys.readouterr().out
    assert said.startswith(f"{path} is written. Next:")
    text = (root / path).read_text(encoding="utf-8")
    assert check(root)[0] == 0
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("draft: true"))
    (root / path).write_text(text, encoding="utf-8")
    code, rows = check(root)
    assert code == 1
    assert [row[0] for row in rows] == ["todo-left"] * text.count("TODO")
    for blank, words in {"kind: TODO": f"kind: {KINDS.get(family, '')}", **FILLED}.items():
        text = text.replace(blank, words)
    (root / path).write_text(text, encoding="utf-8")
    assert check(root, "--strict") == (0, [])


@pytest.mark.parametrize(
    ("id", "rule"),
    [("phares-du-nord", "duplicate-id"), ("method", "duplicate-id"), ("By-side", "bad-id"), ("by-side", "bad-id"),
     ("a/b", "bad-id"), ("灯", "bad-id"), ("../x", "bad-id")],
)  # fmt: skip
def test_an_id_that_is_taken_or_none_is_refused(
    id: str, rule: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(root.rglob("*"))
    assert begin(root, "actor", id) == 1
    assert f" {rule}: " in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


def test_what_is_no_family_is_no_command(root: Path) -> None:
    assert begin(root, "novel") == 2


def test_a_new_record_of_an_atlas_whose_site_is_broken_is_not_begun(root: Path) -> None:
    edit(root, "content/site.yaml", "as_of: 2027", "as_off: 2027")
    assert begin(root, "actor") == 1


# Editors.


def test_editors_check_every_yaml_file_by_its_own_schema_and_no_other() -> None:
    settings = json.loads((REPOSITORY / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert all((REPOSITORY / schema).exists() for schema in settings)
    for path in sorted((REPOSITORY / "content").rglob("*.yaml")):
        name = path.relative_to(REPOSITORY).as_posix()
        chosen = [schema for schema, patterns in settings.items() if _is_meant(name, patterns)]
        folder, parts = path.parent.name, path.name.split(".")
        family = next((each.id for each in FAMILIES if each.folder == folder), "")
        wanted = f"{family}.translation" if len(parts) > 2 else family
        if not family:
            wanted = "file" if "files" in path.parts else "book" if folder == "books" else path.stem
        assert chosen == [f"./schema/{wanted}.json"], name


def _is_meant(name: str, patterns: list[str]) -> bool:
    """As editors read it: the last pattern that fits decides, and ! takes away."""
    meant = False
    for pattern in patterns:
        if fnmatch.fnmatch(name, pattern.removeprefix("!")):
            meant = not pattern.startswith("!")
    return meant


def test_the_first_line_of_a_new_record_names_its_schema(root: Path) -> None:
    begin(root, "instrument")
    first = (root / "content/instruments/fresh.yaml").read_text(encoding="utf-8").splitlines()[0]
    [schema] = re.findall(r"^# yaml-language-server: \$schema=(.*)$", first)
    assert (REPOSITORY / "content/instruments" / schema).resolve() == REPOSITORY / "schema/instrument.json"


# Mistakes in what they write.


def test_an_id_in_brackets_in_a_record_without_translations_is_reported(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    edit(root, "content/cases/the-marrow.md", "of [[plot-one]] grew", "of [plot-one] grew")
    assert [row[0] for row in check(root)[1]] == ["unread-markup"]


# From a page to its keepers.


def test_every_page_leads_to_its_own_file_and_to_a_report_that_names_it(built: Sites) -> None:
    root, files = built("three").root, {}
    for path, page in built("three").pages.items():
        found = [link for link in page.links if "files.example" in link]
        if is_unlisted(path):
            assert found == []
            continue
        file, report = found
        files[path] = unquote(urlsplit(file).path).removeprefix("/three/edit/")
        assert (root / files[path]).is_file(), path
        [address] = parse_qs(urlsplit(report).query)["body"]
        assert address == f"https://vallees.example/atlas/{path.removesuffix('index.html')}"
        assert parse_qs(urlsplit(report).query)["title"] != [""]
    assert files["actors/phares-du-nord/index.html"] == "content/actors/phares-du-nord.yaml"
    assert files["zh/actors/phares-du-nord/index.html"] == "content/actors/phares-du-nord.zh.yaml"
    assert files["sources/quillon1901piers/index.html"] == "bibliography.bib"
    assert files["compare/origin/index.html"] == "content/site.yaml"


def test_without_addresses_pages_lead_nowhere(built: Sites) -> None:
    pages = built("allotments").pages.values()
    assert pages
    assert all("data-address" not in row for page in pages for row in page.all("a"))


def test_a_report_names_the_statement_in_the_address(built: Sites, browser: Browser) -> None:
    with serving(partial(Quiet, directory=str(built("three").out))) as served:
        page = browser.new_page()
        page.goto(f"{served}/actors/eastern-kite-club/")
        report = page.locator("a[data-address]")
        assert parse_qs(urlsplit(str(report.get_attribute("href"))).query)["body"][0].endswith("/eastern-kite-club/")
        page.locator("#bridge-kites .permalink").click()
        [address] = parse_qs(urlsplit(str(report.get_attribute("href"))).query)["body"]
        assert address == "https://vallees.example/atlas/actors/eastern-kite-club/#bridge-kites"
        page.close()

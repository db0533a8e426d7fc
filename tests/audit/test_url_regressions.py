"""Addresses last: old ones lead on in every language, and what would disappear is reported before it does."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Quiet, serving
from built_sites import read_page, resolve
from check_reports import check
from site_copies import Workplace, build, contents, edit, write

from atlas.cli.main import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LIGHTS = "content/actors/phares-du-nord.yaml"
PIERS = "content/cases/twinning-of-two-piers.md"


@pytest.fixture
def root(workplace: Workplace) -> Path:
    """The atlas of three valleys."""
    return workplace.root


# Aliases.


def test_an_old_address_leads_on_in_every_language(root: Path, former: Path) -> None:
    edit(root, LIGHTS, "sides: [north]", "sides: [north]\naliases: [/lights/, /old/north/lights.html]")
    edit(root, "content/site.yaml", "navigation: [", "aliases: {/works/: /sources/}\nnavigation: [")
    assert build(root, former).problems == ()
    files = set(contents(former))
    for folder, language in [("", "fr"), ("en/", "en"), ("zh/", "zh-Hans")]:
        for old, new in [
            ("lights/index.html", "actors/phares-du-nord/index.html"),
            ("old/north/lights.html", "actors/phares-du-nord/index.html"),
            ("works/index.html", "sources/index.html"),
        ]:
            page = read_page(former, folder + old)
            assert page.language == language
            assert [resolve(page.path, row["src"])[0] for row in page.all("script")] == ["static/moved.js"]
            [onward] = [row["content"] for row in page.all("meta") if row.get("http-equiv") == "refresh"]
            wait, _, address = onward.partition("; url=")
            assert wait == "0"
            assert page.links == [address]
            assert resolve(page.path, address)[0] == folder + new
            [canonical] = [row["href"] for row in page.all("link") if row["rel"] == "canonical"]
            assert canonical.endswith(f"/{folder}{new.removesuffix('index.html')}")
            assert all(resolve(page.path, each)[0] in files for each in page.loads)
    assert "/lights/" not in (former / "sitemap.xml").read_text()


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_is_led_on_with_the_fact_and_the_words_that_an_old_address_names(
    script: bool, root: Path, former: Path, tmp_path: Path, browser: Browser
) -> None:
    edit(root, LIGHTS, "sides: [north]", "sides: [north]\naliases: [/old/lights/]")
    edit(root, "content/site.yaml", "navigation: [", "aliases: {/find/: /search/}\nnavigation: [")
    assert build(root, former).problems == ()
    (tmp_path / "host/a").mkdir(parents=True)
    (tmp_path / "host/a/b").symlink_to(former, target_is_directory=True)
    with serving(partial(Quiet, directory=str(tmp_path / "host"))) as host:
        page = browser.new_context(java_script_enabled=script).new_page()
        for old, new, rest in [("en/old/lights/", "en/actors/phares-du-nord/", "#_relations"),
                               ("find/", "search/", "?q=phare"), ("find/", "search/", "")]:  # fmt: skip
            page.goto(f"{host}/a/b/{old}{rest}")
            page.wait_for_url(f"{host}/a/b/{new}{rest if script else ''}")
            assert page.locator("#_search-link").is_visible()
        page.go_back()
        assert "/find/" not in page.url
        page.close()


def test_hosts_that_can_answer_301_get_old_addresses(root: Path, tmp_path: Path) -> None:
    edit(root, LIGHTS, "sides: [north]", "sides: [north]\naliases: [/灯塔/]")
    assert build(root, tmp_path / "out", "--base-url", "https://valleys.example/atlas/").problems == ()
    lines = (tmp_path / "out/_redirects").read_text(encoding="ascii").splitlines()
    old = "%E7%81%AF%E5%A1%94"
    assert lines == [
        f"/{folder}{old}/ /atlas/{folder}actors/phares-du-nord/ 301" for folder in ("", "en/", "zh/")
    ]  # fmt: skip


def test_without_aliases_there_is_no_file_of_redirects(former: Path) -> None:
    assert "_redirects" not in contents(former)


# What would disappear.


@pytest.fixture
def former(workplace: Workplace) -> Path:
    """The site as it was built before the changes of a test."""
    return workplace.out


def rename(root: Path) -> None:
    """Give an actor another id."""
    for path in (root / "content").rglob("eastern-kite-club*"):
        path.rename(path.with_name(path.name.replace("eastern-kite-club", "kite-club")))
    for path in (root / "content").rglob("*.*"):
        if path.suffix in (".md", ".yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("eastern-kite-club", "kite-club"), encoding="utf-8")


def test_nothing_disappears_where_nothing_has_changed(root: Path, former: Path) -> None:
    assert check(root, "--against", str(former), "--strict") == (0, [])


@pytest.mark.parametrize("known", ["folder", "list", "sitemap", "pages alone"])
def test_an_address_that_would_disappear_is_reported_once_with_its_remedy(
    known: str, root: Path, former: Path, tmp_path: Path
) -> None:
    rename(root)
    old = {"list": former / ".atlas-files", "sitemap": tmp_path / "sitemap.xml"}.get(known, former)
    shutil.copy(former / "sitemap.xml", tmp_path)
    if known == "pages alone":
        (former / ".atlas-files").unlink()
    code, reported = check(root, "--against", str(old), "--strict")
    assert code == 1
    where = " in zh" if known == "sitemap" else ""  # a sitemap lists a page in the languages that it is written in
    assert ("lost-address", f"/actors/eastern-kite-club/ would disappear{where}") in [row[:2] for row in reported]
    assert len({row[1] for row in reported}) == len(reported)
    [hint] = [row[2] for row in reported if row[1].startswith("/actors/eastern-kite-club/")]
    assert "aliases: [/actors/eastern-kite-club/] to content/actors/kite-club.yaml" in hint


def test_an_alias_keeps_an_address_and_its_ids(root: Path, former: Path) -> None:
    rename(root)
    edit(root, "content/actors/kite-club.yaml", "sides: ", "aliases: [/actors/eastern-kite-club/]\nsides: ")
    assert [row[1] for row in check(root, "--against", str(former))[1]] == []
    edit_all(root, "bridge-kites", "kites")
    code, reported = check(root, "--against", str(former))
    assert code == 0  # without --strict
    assert "/actors/eastern-kite-club/#bridge-kites would disappear" in [row[1] for row in reported]


def edit_all(root: Path, old: str, new: str) -> None:
    """Replace a word in every file."""
    for path in (root / "content").rglob("*.*"):
        if path.suffix in (".md", ".yaml"):
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_an_id_of_a_fact_or_heading_that_would_disappear_is_reported_at_its_record(root: Path, former: Path) -> None:
    edit_all(root, "bridge-kites", "kites")
    code, reported = check(root, "--against", str(former), "--strict")
    assert code == 1
    assert [row[:2] for row in reported] == [("lost-anchor", "/actors/eastern-kite-club/#bridge-kites would disappear")]
    assert "bridge-kites" in reported[0][2]


def test_a_download_that_would_disappear_is_reported(root: Path, former: Path) -> None:
    write(former, "files/old-map.pdf", "a map")
    with (former / ".atlas-files").open("a") as listed:
        listed.write(f"{'0' * 64}  files/old-map.pdf\n")
    code, [(rule, message, hint)] = check(root, "--against", str(former))
    assert (code, rule, message) == (0, "lost-address", "/files/old-map.pdf would disappear")
    assert "content/files/" in hint


def test_a_former_build_that_is_not_there_is_no_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(root), "--against", "/nowhere/at/all"]) == 2
    assert "--against" in capsys.readouterr().err


def test_a_renamed_record_is_rescued_by_itself_and_by_no_record_that_was_there_before(root: Path, former: Path) -> None:
    for path in (root / "content/actors").glob("phares-du-nord.*"):
        path.rename(path.with_name(path.name.replace("phares-du-nord", "phares-du-grand-nord")))
    for path in (root / "content").rglob("*.*"):
        if path.suffix in (".yaml", ".md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("phares-du-nord", "phares-du-grand-nord"), encoding="utf-8")
    [hint] = lost(root, former)
    assert "content/actors/phares-du-grand-nord.yaml" in hint
    edit(root, "content/actors/phares-du-grand-nord.yaml", "\nkind:", "\naliases: [/actors/phares-du-nord/]\nkind:")
    assert lost(root, former) == []


def lost(root: Path, old: Path) -> list[str]:
    """The remedies for the address of the record that is renamed."""
    rows = check(root, "--against", str(old))[1]
    return [hint for _, message, hint in rows if message.startswith("/actors/phares-du-nord/ would")]


def test_a_record_that_is_gone_is_rescued_by_no_neighbour(root: Path, former: Path) -> None:
    write(root, "content/actors/eastern-kite-clubs.yaml",
          (root / "content/actors/eastern-kite-club.yaml").read_text(encoding="utf-8"))  # fmt: skip
    assert build(root, former).code == 0
    (root / "content/actors/eastern-kite-clubs.yaml").unlink()
    [(_, _, hint), *_] = [row for row in check(root, "--against", str(former))[1] if row[0] == "lost-address"]
    assert "eastern-kite-club.yaml" not in hint

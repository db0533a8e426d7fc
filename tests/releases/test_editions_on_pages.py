"""What readers and machines see of an edition: the page of editions, changes, citations and typed links."""

from __future__ import annotations

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from built_sites import BuiltPage, read_pages, resolve
from site_copies import build, contents, copy_site, edit

from atlas.cli.main import main

SETTINGS = "content/site.yaml"
PLOT = "content/actors/plot-one.yaml"
SITE = "https://turnip-street.net/"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions of the sample site of allotments; a plot has changed in the second, and another one after it."""
    root = copy_site("allotments", tmp_path_factory.mktemp("editions"))
    edit(root, SETTINGS, "https://turnip.example/", SITE)
    edit(root, SETTINGS, "sides:\n", "licence: {label: {en: CC0}, url: 'https://creativecommons.org/publicdomain/zero/1.0/'}\n"
         "sides:\n")  # fmt: skip
    assert main(["release", "1.0", "-q", "--root", str(root), "--date", "2027-02-03"]) == 0
    assert build(root, root / "site").code == 0
    edit(root, PLOT, "Plot One", "First Plot")
    assert main(["release", "1.1", "-q", "--root", str(root), "--date", "2027-03-01", "--text", "A new name."]) == 0
    edit(root, "content/cases/the-marrow.md", "grew across the street", "grew over the street")
    assert build(root, root / "site").problems == ()
    return root


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, BuiltPage]:
    """The pages of the site."""
    return read_pages(root / "site")


def words(page: Path) -> str:
    """The text of a page, without markup."""
    return " ".join(re.sub(r"<[^<>]*>", " ", re.sub(r"(?s)<script.*?</script>", "", page.read_text())).split())


def typed(page: BuiltPage) -> list[tuple[str, str]]:
    """The typed links of a page."""
    rels = ("cite-as", "type", "author", "license", "describedby", "item", "collection")
    return [(row["rel"], row["href"]) for row in page.all("link") if row["rel"] in rels]


def test_an_incremental_build_is_that_of_a_clean_one(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "content", tmp_path / "content")
    shutil.copy(root / "bibliography.bib", tmp_path)
    assert build(tmp_path, tmp_path / "site").code == 0
    assert contents(tmp_path / "site") == contents(root / "site")


def test_every_edition_has_its_digest_its_addresses_and_a_citation(root: Path, pages: dict[str, BuiltPage]) -> None:
    said = words(root / "site/editions/index.html")
    assert said.index("Edition 1.1 of 1 March 2027") < said.index("Edition 1.0 of 3 February 2027")
    page = pages["editions/index.html"]
    assert {"1.0", "1.1"} <= page.anchors
    for version in ("1.0", "1.1"):
        listed = (root / f"site/editions/{version}.txt").read_bytes()
        assert listed == (root / f"content/releases/{version}.txt").read_bytes()
        assert f"SHA-256 digest of the list: {sha256(listed).hexdigest()}" in said
        assert f"{sum(line.startswith(b'page ') for line in listed.splitlines())} addresses" in said
        assert f"Version {version}" in said
        for ending in ("txt", "bib", "ris", "json"):
            assert f"editions/{version}.{ending}" in {resolve(page.path, link)[0] for link in page.links}
    [csl] = json.loads((root / "site/editions/1.1.json").read_text())
    assert (csl["version"], csl["URL"]) == ("1.1", f"{SITE}editions/#1.1")
    assert "ET  - 1.1\r\n" in (root / "site/editions/1.1.ris").read_bytes().decode()
    bibtex = (root / "site/editions/1.1.bib").read_text()
    assert bibtex.startswith("@dataset{edition-1.1,\n")
    assert "  version = {1.1},\n" in bibtex


def test_the_changes_of_an_edition_are_listed(root: Path, pages: dict[str, BuiltPage]) -> None:
    said = words(root / "site/changes/index.html")
    assert "Version 1.1 A new name. How to cite this edition Changed records: 1 First Plot" in said
    assert "editions/index.html" in {resolve("changes/index.html", one)[0] for one in pages["changes/index.html"].links}


def test_a_page_says_in_which_editions_it_is_the_same(root: Path, pages: dict[str, BuiltPage]) -> None:
    plot = pages["actors/plot-one/index.html"]
    said = {
        id: words(root / f"site/{id}/index.html") for id in ("actors/plot-one", "actors/plot-two", "cases/the-marrow")
    }
    assert (
        "The text and data of this page are as in edition 1.1 of 1 March 2027. Link to this page"
        in said["actors/plot-one"]
    )
    assert "as in edition 1.1 of 1 March 2027, unchanged since edition 1.0." in said["actors/plot-two"]
    assert "The text or data of this page have changed since edition 1.1 of 1 March 2027." in said["cases/the-marrow"]
    assert "?edition=1.1" in plot.links
    assert f"{SITE}actors/plot-one/?edition=1.1" in said["actors/plot-one"]
    assert "?edition" not in said["cases/the-marrow"]


def test_citations_and_json_ld_of_a_page_as_in_the_edition_have_its_version(
    pages: dict[str, BuiltPage], root: Path
) -> None:
    for id, version in (("actors/plot-two", "1.1"), ("cases/the-marrow", None)):
        [data] = re.findall(
            r'<script type="application/ld\+json">(.*?)</script>', (root / f"site/{id}/index.html").read_text()
        )
        found = json.loads(data)
        assert (found.get("version"), found["dateModified"]) == (version, "2026-11-22")
        said = words(root / f"site/{id}/index.html")
        cited = said[said.index("Cite this page") :].partition("The text ")[0]
        assert cited.count("Version 1.1") == (2 if version else 0)  # Chicago and ISO 690; APA gives pages no version
    [home] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (root / "site/index.html").read_text())
    assert json.loads(home)["version"] == "1.1"


def test_every_page_names_the_latest_edition(pages: dict[str, BuiltPage], root: Path) -> None:
    assert "Latest edition: 1.1, 1 March 2027" in words(root / "site/actors/index.html")
    assert "../editions/#1.1" in pages["actors/index.html"].links


def test_records_and_the_home_page_have_typed_links(pages: dict[str, BuiltPage]) -> None:
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert typed(pages["cases/the-marrow/index.html"]) == [
        ("cite-as", f"{SITE}cases/the-marrow/"),
        ("type", "https://schema.org/AboutPage"),
        ("type", "https://schema.org/ScholarlyArticle"),
        ("license", licence),
        ("describedby", "index.json"),
        ("collection", SITE),
    ]
    assert typed(pages["index.html"]) == [
        ("cite-as", SITE),
        ("type", "https://schema.org/AboutPage"),
        ("type", "https://schema.org/WebSite"),
        ("license", licence),
        ("describedby", "data/datapackage.json"),
    ]


def test_an_atlas_without_a_release_has_no_editions(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    assert build(root, tmp_path / "out").code == 0
    assert not (tmp_path / "out/editions").exists()
    assert "edition" not in words(tmp_path / "out/actors/plot-one/index.html")


def test_headings_that_open_a_list_of_changes_are_beside_their_mark(root: Path) -> None:
    levels = set(re.findall(r"<summary><(h\d)", (root / "site/changes/index.html").read_text()))
    style = (root / "site/static/atlas.css").read_text()
    inline = re.findall(r"\.fold > summary > :is\(([^)]*)\) \{ display: inline; \}", style)
    assert levels == {"h3", "h4"}
    assert levels <= set(inline[0].split(", "))

"""Pages to print: every record once, its links within the page where what they name is bound there, its works at the
end.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from built_sites import BuiltPage, Sites, is_elsewhere, resolve
from site_copies import SITES, build, copy_site

BOOKS = ("actors", "cases", "claims", "comparisons", "concepts", "instruments", "persons", "sources")


@pytest.fixture(scope="module")
def pages(built: Sites) -> dict[str, BuiltPage]:
    """The pages of the site of three languages."""
    return built("three").pages


def ids_of(family: str) -> set[str]:
    """The records of a family, by the names of their files."""
    folder = SITES / "three/content" / family
    return {path.name.partition(".")[0] for path in folder.iterdir()}


@pytest.mark.parametrize("language", ["", "en/", "zh/"])
def test_each_family_and_the_whole_atlas_are_one_page_each(language: str, pages: dict[str, BuiltPage]) -> None:
    for book in BOOKS[:-1]:
        assert ids_of(book) <= pages[f"{language}print/{book}/index.html"].anchors
    whole = pages[f"{language}print/atlas/index.html"]
    assert set().union(*(ids_of(book) for book in BOOKS[:-1])) <= whole.anchors
    listed = [link for link in pages[f"{language}print/index.html"].links if link in {f"{one}/" for one in BOOKS}]
    assert sorted(listed) == sorted(f"{book}/" for book in BOOKS)


def test_no_id_is_twice_though_records_share_theirs(pages: dict[str, BuiltPage]) -> None:
    for path, page in pages.items():
        assert len(page.ids) == len(page.anchors), path


def test_links_stay_in_the_page_when_it_holds_what_they_name(pages: dict[str, BuiltPage]) -> None:
    whole = pages["print/atlas/index.html"]
    records = {f"{family}/{id}/index.html" for family in BOOKS[:-1] for id in ids_of(family)}
    leaving = [resolve(whole.path, link)[0] for link in whole.links if not is_elsewhere(link)]
    assert not records & set(leaving)
    within = [link[1:] for link in whole.links if link.startswith("#")]
    assert len(within) > 100
    assert set(within) <= whole.anchors


def test_links_lead_to_the_records_pages_from_a_page_that_does_not_hold_them(pages: dict[str, BuiltPage]) -> None:
    page = pages["print/cases/index.html"]
    assert any(resolve(page.path, link)[0].startswith("actors/") for link in page.links if not is_elsewhere(link))


def test_works_are_once_at_the_end_and_those_of_the_bibliography_all(pages: dict[str, BuiltPage]) -> None:
    for book in (*BOOKS, "atlas"):
        page = pages[f"print/{book}/index.html"]
        cited = {link[1:] for link in page.links if link.startswith("#_ref-")}
        assert cited <= {anchor for anchor in page.anchors if anchor.startswith("_ref-")}
    works = {path.split("/")[1] for path in pages if path.startswith("sources/") and path.count("/") == 2}
    listed = {anchor[5:] for anchor in pages["print/sources/index.html"].anchors if anchor.startswith("_ref-")}
    assert listed == {key for key in works if not key.startswith("by-")}


def test_notes_lead_to_their_own_chapter_and_back(pages: dict[str, BuiltPage]) -> None:
    notes = [page for page in pages.values() if any("--fn:" in one for one in page.ids) and "print/" in page.path]
    for page in notes:
        assert {link[1:] for link in page.links if "--fn" in link} <= page.anchors


def test_an_atlas_may_do_without(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    assert build(root, tmp_path / "with").code == 0
    assert (tmp_path / "with/print/index.html").exists()
    with (root / "content/site.yaml").open("a", encoding="utf-8") as site:
        site.write("views: [cite, compare, explore, timeline]\n")
    assert build(root, tmp_path / "without").code == 0
    assert not (tmp_path / "without/print").exists()
    assert "print/" not in (tmp_path / "without/index.html").read_text("utf-8")

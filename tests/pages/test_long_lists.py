"""Lists that are too long for one page: they go on on pages with stable addresses."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from built_sites import BuiltPage, is_elsewhere, read_pages, resolve
from long_sites import actor_file, id_of, write_long_site
from msgspec.structs import replace
from site_copies import build, contents, edit, write
from small_atlases import LAMPS, actor, made
from small_pages import engine, planned, render, words

from atlas.core.former_build import read_former
from atlas.core.html import escaped
from atlas.core.problems import Span
from atlas.pages.explore.views import ExploreView
from atlas.pages.list_parts import MANY, Part
from atlas.pages.plan import Page
from atlas.pages.site.site_pages import sitemaps
from atlas.pages.site.views import SitemapRow
from atlas.pages.view_parts import Anchor, Phrase

NUMBER = MANY + 10
TWINS = [one for one in range(3, NUMBER) if one % 3 != 1][:130]
"""Actors that are twins of one actor, in other places than it."""
TIES = NUMBER // 2 + len(TWINS)
SETTINGS = "content/site.yaml"
EDITION = "# Edition 1.0\n"
VIEWS = ("explore", "changes", "search", "compare", "network", "map", "timeline", "print")


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built atlas with more actors, all of one side, and more arcs than a page of a list shows, and an edition."""
    root = tmp_path_factory.mktemp("long")
    write_long_site(root, NUMBER, VIEWS)
    for file in (root / "content/actors").iterdir():
        file.write_text(re.sub(r"sides: \[\w+\]", "sides: [north]", file.read_text("utf-8")), "utf-8")
    twins = [f"  - {{id: t{one}, type: twin-of, to: {id_of(one)}, sources: [quill1901]}}\n" for one in TWINS]
    write(root, f"content/actors/{id_of(1)}.yaml", f"{actor_file(1, NUMBER)}relations:\n{''.join(twins)}")
    write(root, "content/releases/1.0.txt", EDITION)
    released = f"version: '1.0', date: 2019-01-01, digest: {sha256(EDITION.encode()).hexdigest()}"
    edit(root, SETTINGS, "base_url:", f"releases: [{{{released}, text: {{en: The first.}}}}]\nbase_url:")
    edit(root, SETTINGS, "  meeting:\n", f"  meeting:\n    contrast: {id_of(0)}#lamp\n")
    assert build(root, root / "site").code == 0
    return root


@pytest.fixture(scope="module")
def pages(long_site: Path) -> dict[str, BuiltPage]:
    """Its pages by path."""
    return read_pages(long_site / "site")


LISTS = (
    "actors/",
    "actors/by-side/",
    "actors/by-kind/society/",
    "changes/",
    "network/",
    "print/actors/",
    "timeline/by-kind/",
)


@pytest.mark.parametrize("path", LISTS)
def test_a_long_list_goes_on_on_a_second_page_and_each_record_is_on_one(path: str, pages: dict[str, BuiltPage]) -> None:
    first, second = pages[f"{path}index.html"], pages[f"{path}page/2/index.html"]
    listed = [_records(page, path) for page in (first, second)]
    assert list(map(len, listed)) == [MANY, NUMBER - MANY]
    assert not listed[0] & listed[1]


ENTRIES = {
    ("network/", r"_tie-.*"): TIES,
    ("map/", r"_arc-\d+"): TIES,
    ("relations/twin-of/", r"(?:\.\./)+(actors/society-\d+/#(?:t\d+|twin))"): TIES,
    ("compare/", r"(?:\.\./)+(actors/society-\d+/)"): NUMBER,
    ("compare/origin/", r"(?:\.\./)+(actors/society-\d+/#lamp)"): NUMBER,
    ("sources/quill1901/", r"(?:\.\./)+(actors/society-\d+/#lamp)"): NUMBER,
}
"""How many entries all pages of a list have together, by its path and the ids or links of the entries."""


@pytest.mark.parametrize(("path", "entry"), ENTRIES)
def test_all_pages_of_a_list_have_each_entry_once(path: str, entry: str, pages: dict[str, BuiltPage]) -> None:
    parts = [page for name, page in pages.items() if re.fullmatch(rf"{path}(page/\d+/)?index\.html", name)]
    matches = [{re.fullmatch(entry, text) for text in (*page.ids, *page.links)} - {None} for page in parts]
    listed = [{match[match.re.groups] for match in found if match} for found in matches]
    assert len(parts) > 1
    assert sum(map(len, listed)) == len(set().union(*listed)) == ENTRIES[path, entry]


def test_every_link_to_an_anchor_finds_it_on_the_page_that_it_leads_to(pages: dict[str, BuiltPage]) -> None:
    links = ((page, link) for page in pages.values() for link in page.links if "#" in link and not is_elsewhere(link))
    led = [(page.path, link, *resolve(page.path, link, "/atlas/")) for page, link in links]
    assert {target for *_, target, _ in led} >= {"map/page/2/index.html", "changes/page/2/index.html"}
    assert [(path, link) for path, link, target, id in led if id and id not in pages[target].anchors] == []


def test_a_further_page_lists_only_the_works_that_it_cites(pages: dict[str, BuiltPage]) -> None:
    assert "_contrasts" in pages["compare/index.html"].anchors
    assert "_ref-quill1901" in pages["compare/index.html"].anchors
    assert "_contrasts" not in pages["compare/page/2/index.html"].anchors
    assert "_ref-quill1901" not in pages["compare/page/2/index.html"].anchors


def test_the_pages_of_a_list_lead_to_each_other(pages: dict[str, BuiltPage]) -> None:
    first, second = pages["actors/index.html"], pages["actors/page/2/index.html"]
    assert [link["href"] for link in first.all("link") if link.get("rel") == "next"] == ["page/2/"]
    assert [link["href"] for link in second.all("link") if link.get("rel") == "prev"] == ["../../"]
    assert second.canonical.endswith("/actors/page/2/")
    assert "241–250" in second.text_within("_parts")
    assert second.text_within("_parts").split("of 250 ")[1].startswith("Previous page 1–240 241–250")
    assert first.text_within("_parts").endswith("Next page")
    assert str(NUMBER) in second.text_within("_main")


TOLD = {
    "actors/": f"Entries 1–{MANY} of {NUMBER}",
    "actors/page/2/": f"Entries {MANY + 1}–{NUMBER} of {NUMBER}",
    "network/page/2/": f"Entries {MANY + 1}–{TIES} of each list; the longest has {TIES}",
}


@pytest.mark.parametrize("path", TOLD)
def test_a_page_says_which_part_of_its_list_it_shows(path: str, pages: dict[str, BuiltPage]) -> None:
    assert pages[f"{path}index.html"].text_within("_parts").startswith(TOLD[path])


def test_a_filter_of_a_divided_list_says_that_it_finds_only_what_is_on_its_page(long_site: Path) -> None:
    asked = {
        path: (long_site / "site" / path / "index.html").read_text("utf-8") for path in ("actors", "changes/page/2")
    }
    assert all("Filter this page of the list" in text for text in asked.values())
    assert "Filter this list" in (long_site / "site/sources/index.html").read_text("utf-8")


def test_a_page_of_the_table_of_all_records_counts_what_its_filters_reach() -> None:
    atlas = made({LAMPS: actor("Lamps")})
    plan = planned(atlas)[0]
    [whole] = [page for page in plan.pages if page.path == "explore/index.html"]
    assert isinstance(whole.view, ExploreView)
    links = (Anchor(Phrase(escaped("1–960")), "./"), Anchor(Phrase(escaped("961–1500")), "page/2/"))
    part = replace(whole, view=replace(whole.view, head=replace(whole.view.head, part="Entries 1–960", parts=links)))
    for page, counted in ((whole, "1 of 1 records"), (part, "1 of the 1 records on this page")):
        texts, problems = render(engine().templates, replace(plan, pages=(page,)), words(atlas))
        assert problems == ()
        assert f">{counted}</p>" in texts[page.path]


def test_all_pages_of_a_list_are_in_the_sitemap(long_site: Path) -> None:
    assert "/actors/page/2/</loc>" in (long_site / "site/sitemap.xml").read_text(encoding="utf-8")


def test_a_group_of_a_long_list_is_reached_on_the_page_where_it_begins(pages: dict[str, BuiltPage]) -> None:
    jumps = [link for link in pages["actors/by-letter/page/2/index.html"].links if "#_group-" in link]
    assert "../../#_group-a" in jumps
    assert "#_group-z" in jumps


def test_a_list_that_becomes_too_long_is_divided_as_in_a_clean_build(tmp_path: Path) -> None:
    write_long_site(tmp_path, MANY, VIEWS[:2])
    assert build(tmp_path, tmp_path / "site").code == 0
    assert not (tmp_path / "site/actors/page").exists()
    write(tmp_path, f"content/actors/{id_of(MANY)}.yaml", actor_file(MANY, MANY + 1))
    assert build(tmp_path, tmp_path / "site").code == 0
    assert (tmp_path / "site/actors/page/2/index.html").is_file()
    assert build(tmp_path, tmp_path / "clean").code == 0
    assert contents(tmp_path / "site") == contents(tmp_path / "clean")


def test_a_very_long_list_links_to_few_of_its_pages_and_reaches_all() -> None:
    parts = list(Part("/actors/", total=50_000).all())
    assert len(parts) == 209
    linked = {part.number: set(part.linked()) for part in parts}
    assert max(map(len, linked.values())) <= 32
    assert all(set().union(*(linked[one] for one in own)) >= set(linked) for own in [linked[0]])


def test_a_sitemap_that_is_too_long_names_its_parts(tmp_path: Path) -> None:
    rows = [SitemapRow(f"https://long.example/{path}", "", (), "") for path in ("", "a/", "b/c/")]
    files = list(sitemaps(rows, "https://long.example/", 2))
    assert [path for path, _, _ in files] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    atlas = made({})
    pages = tuple(Page(path, template, view, "en", Span("")) for path, template, view in files)
    texts, problems = render(engine().templates, replace(planned(atlas)[0], pages=pages), words(atlas))
    assert problems == ()
    for path, text in texts.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert set(read_former(tmp_path)) == {"index.html", "a/index.html", "b/c/index.html"}


def _records(page: BuiltPage, path: str) -> set[str]:
    """The records that a page lists."""
    if path == "network/":
        return {id.removeprefix("_node-") for id in page.ids if id.startswith("_node-")}
    if path == "print/actors/":
        return {id for id in page.ids if re.fullmatch(r"society-\d+", id)}
    ids = {link.strip("/").rpartition("/")[2] for link in page.links}
    return {id for id in ids if id.startswith("society-")}

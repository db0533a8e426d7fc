"""Whole sites, built by the public command and read as a visitor reads them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from built_sites import BuiltPage, BuiltSite, Sites, addresses_in_css, is_elsewhere, is_error_page, is_unlisted, resolve
from site_copies import Report, contents


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built: its content/site.yaml, its output folder, its pages, and what the build said."""

    declared: dict[str, Any]
    folder: Path
    pages: dict[str, BuiltPage]
    report: Report

    @property
    def base_url(self) -> str:
        """Where the site is published."""
        return str(self.declared["base_url"])

    @property
    def tags(self) -> dict[str, str]:
        """The tag of each language."""
        return {language: row["tag"] for language, row in self.declared["languages"].items()}

    def prefixes(self) -> dict[str, str]:
        """The folder of each language; the first is at the root."""
        return {language: f"{language}/" if number else "" for number, language in enumerate(self.tags)}

    def pages_of(self, language: str) -> dict[str, BuiltPage]:
        """The pages of a language, by path."""
        others = tuple(prefix for prefix in self.prefixes().values() if prefix)
        prefix = self.prefixes()[language]
        if prefix:
            return {path: page for path, page in self.pages.items() if path.startswith(prefix)}
        return {path: page for path, page in self.pages.items() if not path.startswith(others)}


@pytest.fixture(scope="module", params=["three", "allotments", "atlas"])
def site(request: pytest.FixtureRequest, built: Sites) -> Built:
    """Each of the sample sites, and this repository's own."""
    return of(built(request.param))


@pytest.fixture(scope="module")
def three(built: Sites) -> Built:
    """The invented atlas of three valleys."""
    return of(built("three"))


def of(site: BuiltSite) -> Built:
    return Built(site.declared, site.out, site.pages, site.report)


def test_a_site_builds_without_an_error(site: Built) -> None:
    assert [problem for problem in site.report.problems if problem["severity"] == "error"] == []
    assert site.report.kept == 0
    assert {"index.html", "404.html", "sitemap.xml"} <= set(contents(site.folder))


def test_every_link_and_fragment_inside_the_site_resolves(site: Built) -> None:
    files = contents(site.folder)
    base = urlsplit(site.base_url).path
    broken = []
    for page in site.pages.values():
        for address in [*page.links, *page.loads]:
            if is_elsewhere(address):
                continue
            target, fragment = resolve(page.path, address, base)
            if target not in files or (fragment and fragment not in site.pages[target].anchors):
                broken.append((page.path, address))
    assert broken == []


def test_links_are_relative_so_that_the_folder_works_under_any_path(site: Built) -> None:
    rooted = [
        (page.path, address)
        for page in site.pages.values()
        for address in [*page.links, *page.loads]
        if address.startswith("/") and not is_error_page(page.path)
    ]
    assert rooted == []


def test_nothing_is_requested_of_another_host(site: Built) -> None:
    asked = [(page.path, address) for page in site.pages.values() for address in page.loads if is_elsewhere(address)]
    for path in site.folder.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        asked += [(path.name, address) for address in addresses_in_css(text) if is_elsewhere(address)]
    assert asked == []


def test_no_page_runs_a_script_of_its_content(site: Built) -> None:
    handlers = [
        (page.path, name)
        for page in site.pages.values()
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name.startswith("on") or value.lower().strip().startswith("javascript:")
    ]
    assert handlers == []


def test_every_page_has_one_heading_a_title_and_unique_ids(site: Built) -> None:
    for page in site.pages.values():
        assert len(page.all("h1")) == 1, page.path
        names = [name for name, _ in page.elements]
        assert names[: names.index("body")].count("title") == 1, page.path
        assert len(page.all("main")) == 1, page.path
        assert len(page.ids) == len(page.anchors), page.path


def test_headings_never_skip_a_level(site: Built) -> None:
    for page in site.pages.values():
        levels = [int(tag[1]) for tag, _ in page.elements if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), page.path


def test_every_picture_says_what_it_shows(site: Built) -> None:
    assert [page.path for page in site.pages.values() for image in page.all("img") if "alt" not in image] == []


def test_every_page_declares_the_language_of_its_folder(site: Built) -> None:
    for language, tag in site.tags.items():
        assert {page.language for page in site.pages_of(language).values()} == {tag}


def has_twins(path: str) -> bool:
    """Whether a page must be there in every language: letters differ by script, and error pages stand alone."""
    return not is_unlisted(path) and "/by-letter/" not in f"/{path}"


def test_every_page_has_its_twin_in_every_language(site: Built) -> None:
    names = [
        {path.removeprefix(prefix) for path in site.pages_of(language) if has_twins(path)}
        for language, prefix in site.prefixes().items()
    ]
    for found in names[1:]:
        assert found ^ names[0] == set()


def test_hreflang_is_reciprocal_and_names_every_language_that_the_page_is_in(site: Built) -> None:
    tags = {*site.tags.values(), "x-default"}
    for page in site.pages.values():
        if has_twins(page.path) and len(site.tags) > 1:
            shows_another = site.base_url + page.path.removesuffix("index.html") != page.canonical
            assert (page.language in page.alternates) != shows_another, page.path
            assert {"x-default"} < set(page.alternates) <= tags, page.path
        for address in page.alternates.values():
            assert address.startswith(site.base_url)
            twin = resolve("index.html", address.removeprefix(site.base_url) or "./")[0]
            assert twin in site.pages, (page.path, twin)
            assert site.pages[twin].alternates == page.alternates, (page.path, twin)


def test_every_page_leads_to_itself_in_the_other_languages(site: Built) -> None:
    prefixes = site.prefixes()
    for language, prefix in prefixes.items():
        for path, page in site.pages_of(language).items():
            reached = {resolve(path, address)[0] for address in page.links if not is_elsewhere(address)}
            twins = {other + path.removeprefix(prefix) for name, other in prefixes.items() if name != language}
            assert not has_twins(path) or twins <= reached, path


def test_every_page_is_at_most_three_clicks_from_home(site: Built) -> None:
    for language, prefix in site.prefixes().items():
        pages = site.pages_of(language)
        reached = {f"{prefix}index.html"}
        for _ in range(3):
            step = {resolve(path, address)[0] for path in reached for address in pages[path].links if _stays(address)}
            reached |= step & set(pages)
        assert [path for path in pages if path not in reached and not is_error_page(path)] == []


def _stays(address: str) -> bool:
    return not is_elsewhere(address)


def test_the_sitemap_names_every_page_but_the_404_and_those_that_show_another_language(site: Built) -> None:
    text = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    for path, page in site.pages.items():
        address = f"<loc>{site.base_url}{path.removesuffix('index.html')}</loc>"
        is_own = page.canonical == site.base_url + path.removesuffix("index.html")
        assert (address in text) == (is_own and not is_unlisted(path)), path


def test_a_work_shows_what_cites_it_down_to_the_fact(three: Built) -> None:
    page = three.pages["en/sources/quillon1901piers/index.html"]
    cited_by = page.text_within("cited-by")
    for citing in ("Southern Bridge Society", "The twinning of two piers", "Bridges outlast quarrels", "Ada Quillon"):
        assert citing in cited_by, citing
    targets = {resolve(page.path, address) for address in page.links if not is_elsewhere(address)}
    assert ("en/actors/southern-bridge-society/index.html", "founding-supper") in targets
    assert ("en/cases/twinning-of-two-piers/index.html", "shared-lamp") in targets


def test_every_work_has_a_page_that_says_what_cites_it(site: Built) -> None:
    works = [page for path, page in site.pages.items() if path.startswith("sources/") and path.count("/") == 2]
    works = [page for page in works if not page.path.startswith("sources/by-")]
    assert works
    assert [page.path for page in works if "cited-by" not in page.ids] == []


def test_a_work_says_how_it_was_consulted_where_the_bibliography_does(three: Built) -> None:
    said = {
        "": ("Consulté", "d’après un autre"),
        "en/": ("Consulted", "as cited in another work"),
        "zh/": ("查阅范围", "转引自"),
    }
    for folder, (label, words) in said.items():
        text = three.pages[f"{folder}sources/tarn2004courtesy/index.html"].text_within()
        assert f"{label} {words}" in " ".join(text.split()), folder
        assert label not in three.pages[f"{folder}sources/quillon1901piers/index.html"].text_within(), folder


def test_backlinks_are_folded_one_line_a_page_with_a_link_to_each_place(three: Built) -> None:
    page = three.pages["en/actors/phares-du-nord/index.html"]
    assert " ".join(page.text_within("_mentions").split()) == (
        "Mentioned in 4 Every form Page ¶ Three valleys, three ways to meet Page ¶ "
        "Southern Bridge Society Actor ¶ The twinning of two piers Case ¶"
    )
    targets = {resolve(page.path, address) for address in page.links if not is_elsewhere(address)}
    assert ("en/actors/southern-bridge-society/index.html", "keepers-meet") in targets
    page = three.pages["zh/concepts/shuiyue/index.html"]
    assert " ".join(page.text_within("_mentions").split()) == "提及本条的页面 2 林月河 人物 ¶ 河礼 概念 ¶"
    targets = {resolve(page.path, address) for address in page.links if not is_elsewhere(address)}
    assert ("zh/persons/lin-yuehe/index.html", "wrote-the-pact") in targets


def test_a_relation_is_seen_from_both_ends(three: Built) -> None:
    text = three.pages["en/actors/pass-assembly/index.html"].text_within()
    assert "funds" in text
    assert "has as member" in text
    assert "finance" in three.pages["actors/pass-assembly/index.html"].text_within()
    assert "partner of" in three.pages["en/actors/southern-bridge-society/index.html"].text_within()


def test_a_joint_body_is_with_both_of_its_sides(three: Built) -> None:
    for side in ("north", "south"):
        page = three.pages[f"en/actors/by-side/{side}/index.html"]
        assert "Joint Ferry League" in page.text_within("")
    assert "Joint Ferry League" not in three.pages["en/actors/by-side/east/index.html"].text_within("main")


def test_what_is_not_translated_is_in_its_language_and_is_marked(three: Built) -> None:
    for path, other in (("actors", "fr"), ("en/actors", "en")):
        page = three.pages[f"{path}/eastern-kite-club/index.html"]
        assert page.language == other
        assert "会员在" in page.text_within()
        marked = [attributes.get("lang", "") for tag, attributes in page.elements if tag != "html"]
        assert "zh-Hans" in marked or "zh" in marked


def test_every_form_of_writing_reaches_the_page(three: Built) -> None:
    page = three.pages["en/forms/index.html"]
    tags = {tag for tag, _ in page.elements}
    assert {"table", "blockquote", "figure", "figcaption", "dl", "dt", "dd", "pre", "code", "ol", "ul"} <= tags
    spans = {attributes.get("lang") for tag, attributes in page.elements if tag not in ("html", "a")}
    assert {"zh", "fr"} <= spans or {"zh-Hans", "fr"} <= spans
    text = page.text_within()
    assert "[[id]]" in text
    assert "[@key]" in text
    assert "<script> @key [[id]] [^1]" in text
    assert "allowed" not in text
    assert "{.reading}" not in text
    assert text.count("[[") == 2
    assert text.count("{#") == 0
    assert ("table", {"id": "tbl-lamps"}) in page.elements
    assert ("figure", {"id": "fig-pier", "class": "of-40"}) in page.elements


def test_figures_and_tables_are_numbered_and_named_in_the_language_of_the_page(three: Built) -> None:
    named = {"": ("Figure 1", "Tableau 1"), "en/": ("Figure 1", "Table 1"), "zh/": ("图1", "表1")}
    for path, names in named.items():
        text = three.pages[f"{path}forms/index.html"].text_within()
        assert [text.count(name) for name in names] == [2, 2], path


def test_a_download_states_its_size_and_a_picture_its_credit(three: Built) -> None:
    page = three.pages["en/forms/index.html"]
    text = page.text_within()
    assert "tide table" in text
    size = len(contents(three.folder)["files/tide-table.txt"])
    assert str(size) in text
    assert "CC-BY-4.0" in text or "CC BY 4.0" in text
    assert any(image["alt"].startswith("A yellow lamp") for image in page.all("img"))

"""The languages of a record side by side: every text in every language, paragraph beside paragraph, and found by links."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Quiet, serving
from built_sites import Sites, build_site
from site_copies import copy_site, edit

from atlas.authoring.translations import read_atlas
from atlas.pages.parallel.pairing import sections_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TWINNING = "parallel/cases/twinning-of-two-piers/index.html"


def rows(html: str) -> list[list[str]]:
    """The texts of each row, without their markup."""
    main = html.split("<main")[1].split("</main>")[0]
    found = []
    for row in re.split(r'<div class="texts[^"]*">', main)[1:]:
        cells = re.split(r'<(?:div|p) class="text-\d+"[^>]*>', row)[1:]
        found.append([" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in cells])
    return found


def test_paragraphs_are_beside_their_translations(built: Sites) -> None:
    html = (built("three").out / TWINNING).read_text("utf-8")
    found = rows(html)
    assert found[0] == ["English", "Français", "简体中文"]  # the original first
    assert found[1] == ["The twinning of two piers", "Le jumelage des deux jetées", "双码头结对"]
    assert ["What followed", "La suite", "后续"] in found
    assert [
        "The pier at Low Ferry had no lamp, and the lamp at Hauterive had no pier.",
        "La jetée de Bas-Bac n’avait pas de lampe, et la lampe de Hauterive n’avait pas de jetée.",
        "低渡的码头没有灯，高岸的灯没有码头。",
    ] in found
    signed = next(cells for cells in found if "1 lampe" in cells[1])
    assert [word in cell for word, cell in zip(("Bridge", "ponts", "桥社"), signed, strict=True)] == [True] * 3


@pytest.mark.parametrize("name", ["three", "atlas"])
def test_every_record_that_is_translated_has_a_page_that_its_pages_lead_to_and_searches_leave_out(
    name: str, built: Sites
) -> None:
    site = built(name)
    atlas = read_atlas(site.root)
    records = atlas.records.values()
    wanted = {f"parallel{record.address}index.html" for record in records if record.translations}
    pages = {path: page for path, page in site.pages.items() if path.startswith("parallel/")}
    assert pages.keys() == wanted
    sitemap = (site.out / "sitemap.xml").read_text("utf-8")
    assert "/parallel/" not in sitemap
    for path, page in pages.items():
        assert {"name": "robots", "content": "noindex"} in page.all("meta"), path
        assert len(page.ids) == len(set(page.ids)), path
        assert not any("cite" in attributes.get("class", "") for _, attributes in page.elements), path
    for record in records:
        for language in atlas.site.languages.values() if atlas.site else ():
            path = f"{language.path}{record.address}index.html".lstrip("/")
            if path in site.pages:
                page = site.pages[path]
                leads = any(link.endswith(f"parallel{record.address}") for link in page.links)
                assert leads == bool(record.translations), page.path


def test_every_word_of_every_language_is_there(built: Sites) -> None:
    site = built("three")
    for record in read_atlas(site.root).records.values():
        if record.translations:
            text = site.pages[f"parallel{record.address}index.html"].text_within("_main")
            for name, own in record.texts().items():
                for prose in own.versions.values():
                    words = re.findall(r"\w{4,}", re.sub(r"<[^>]*>|\x0e\d+\x0f|&\w+;", " ", prose.html))
                    assert [word for word in words if word not in text] == [], (record.id, name)


def test_a_section_with_other_blocks_is_beside_it_as_a_whole(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    edit(root, "content/cases/twinning-of-two-piers.fr.md", "L’échange se lit", "Encore.\n\nL’échange se lit")
    found = rows((build_site(root).out / TWINNING).read_text("utf-8"))
    heading = found.index(["In the words of the keeper", "Les mots de la gardienne", "看守人的话"])
    [rest] = found[heading + 1 :]
    assert rest[1].endswith("Encore. L’échange se lit mieux comme une habitude que comme un traité.")
    assert rest[0].endswith("The exchange reads best as a habit, not as a treaty.")


def test_a_site_may_do_without(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    path = root / "content/site.yaml"
    text = re.sub(r"(?m)^views:.*\n", "", path.read_text("utf-8"))
    path.write_text(f"{text}\nviews: [compare, explore, network, map, timeline]\n", encoding="utf-8")
    site = build_site(root)
    assert not (site.out / "parallel").exists()
    assert not any("parallel/" in link for page in site.pages.values() for link in page.links)


def test_blocks_are_cut_at_the_outermost_elements() -> None:
    html = (
        '<p>One.</p>\n<h2 id="a">A</h2>\n<ul>\n<li>\n<p>x</p>\n</li>\n</ul>\n<blockquote>\n<p>q</p>\n</blockquote>\n'
        '<h3 id="b">B</h3>\n<hr>\n<table><tr><td>t</td></tr></table>\n<div class="footnote">\n<hr>\n<ol></ol>\n</div>'
    )
    assert sections_of(html) == {
        "": ["<p>One.</p>"],
        "a": [
            '<h2 id="a">A</h2>',
            "<ul>\n<li>\n<p>x</p>\n</li>\n</ul>",
            "<blockquote>\n<p>q</p>\n</blockquote>",
        ],
        "b": ['<h3 id="b">B</h3>', "<table><tr><td>t</td></tr></table>"],
        "notes:": ['<div class="footnote">\n<hr>\n<ol></ol>\n</div>'],
    }


def test_two_languages_are_shown_and_a_phone_has_one_under_the_other(built: Sites, browser: Browser) -> None:
    with serving(partial(Quiet, directory=str(built("three").out))) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
        page.goto(f"{address}/{TWINNING}")
        assert [page.locator(f".text-{number}").first.is_visible() for number in (1, 2, 3)] == [True, True, False]
        boxes = [page.locator(f".text-{number}").nth(1).bounding_box() for number in (1, 2)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["y"] == boxes[1]["y"]
        page.get_by_label("简体中文").check()
        page.get_by_label("English").uncheck()
        assert [page.locator(f".text-{number}").first.is_visible() for number in (1, 2, 3)] == [False, True, True]
        page.set_viewport_size({"width": 360, "height": 800})
        boxes = [page.locator(f".text-{number}").nth(1).bounding_box() for number in (2, 3)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["y"] < boxes[1]["y"]
        page.close()

"""Network, map and timeline as a reader meets them: at three widths, in the dark, by keyboard, with and without
script.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import MODULES, Quiet, needs, serving
from built_sites import Sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = {"network/": 250, "map/": 250, "timeline/": 120, "timeline/by-kind/": 120, "timeline/by-field/": 120}
"""The pages that are pictures, and what each may weigh with all that it loads, in kB compressed."""
SITE_NAMES = {"atlas": ("", "fr/", "zh/"), "three": ("", "en/", "zh/")}
RECORDS = {"atlas": "actors/alliance-francaise/", "three": "actors/phares-du-nord/"}


@pytest.fixture(scope="module", params=["atlas", "three"])
def site(request: pytest.FixtureRequest, built: Sites) -> Iterator[tuple[str, Path, str]]:
    """Two atlases, built: the name, the folder and the address of each."""
    folder = built(request.param).out
    with serving(partial(Quiet, directory=str(folder))) as address:
        yield request.param, folder, address


def opened(browser: Browser, site: tuple[str, Path, str], path: str, **how: Any) -> Page:
    page = browser.new_page(**how)
    page.goto(f"{site[2]}/{path}")
    return page


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (768, "light"), (1440, "dark"), (1440, "light")])
def test_pictures_fit_their_page_and_pass_axe(
    site: tuple[str, Path, str], browser: Browser, width: int, scheme: str
) -> None:
    needs("axe-core")
    script = (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    faults = []
    for language in SITE_NAMES[site[0]]:
        for path in (*PICTURES, RECORDS[site[0]]):
            page = opened(browser, site, language + path, viewport={"width": width, "height": 900}, color_scheme=scheme)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append((language + path, "wider than the window"))
            page.evaluate(script)
            found = page.evaluate(
                "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(each => each.id))"
            )
            faults += [(language + path, rule) for rule in found]
            page.close()
    assert faults == []


OVERLAPS = """svg => {
  const boxes = [...svg.querySelectorAll(".node text, text.place")].map((text) => [text.textContent,
           text.getBoundingClientRect()]); const found = [];
  for (const [one, a] of boxes) for (const [other, b] of boxes)
    if (a !== b && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
           found.push([one, other]); return found;
}"""


def test_no_label_overlaps_another_as_the_browser_letters_them(site: tuple[str, Path, str], browser: Browser) -> None:
    for language in SITE_NAMES[site[0]]:
        for path in ("network/", "map/", RECORDS[site[0]]):
            page = opened(browser, site, language + path, viewport={"width": 1440, "height": 900})
            for svg in page.locator("svg.network, svg.earth").all():
                assert svg.evaluate(OVERLAPS) == [], language + path
            page.close()


HIDDEN_LINES = """svg => [...svg.querySelectorAll(".node text")].filter((text) => {
  const a = text.getBoundingClientRect();
  return ![...svg.querySelectorAll(".label-back")].map(back => back.getBoundingClientRect()).some(b =>
    b.left <= a.left + 1 && a.right <= b.right + 1 && b.top <= a.top + 4 && a.bottom <= b.bottom + 4);
}).map(text => text.textContent)"""


def test_no_line_of_the_network_crosses_a_name(site: tuple[str, Path, str], browser: Browser) -> None:
    for language in SITE_NAMES[site[0]]:
        page = opened(browser, site, f"{language}network/", viewport={"width": 1440, "height": 900})
        assert page.locator("#_drawing svg.network").evaluate(HIDDEN_LINES) == []
        page.close()


def test_paper_has_the_figures_and_the_ground_behind_names(site: tuple[str, Path, str], browser: Browser) -> None:
    page = opened(browser, site, "network/#_limits")
    folds = page.locator("main details.fold")
    assert page.locator("#_figures details.fold").get_attribute("open") is not None  # the fragment is in it
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folds.count() == page.locator("main details.fold[open]").count() >= 2
    assert page.locator("#_limits").is_visible()
    ground = page.locator(".label-back").first
    assert ground.evaluate("one => getComputedStyle(one).display") == "inline"
    assert page.locator(".take-picture").is_hidden()
    page.close()


def test_the_number_of_a_figure_shows_that_it_has_the_focus(site: tuple[str, Path, str], browser: Browser) -> None:
    page = opened(browser, site, "network/")
    page.evaluate(
        "document.querySelector('main h2').innerHTML = '<a class=number href=\"#_drawing\">1</a>';"
        "document.querySelector('h2 .number').focus()"
    )
    assert page.locator("h2 .number").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize("width", [360, 599])
def test_narrow_screens_get_pictures_that_fit_them(site: tuple[str, Path, str], browser: Browser, width: int) -> None:
    regions = {"atlas": ["France", "China"], "three": []}[site[0]]
    for path in ("map/", "network/"):
        page = opened(browser, site, path, viewport={"width": width, "height": 800})
        boxes = [one.bounding_box() for one in page.locator("main svg:not(svg svg)").all() if one.is_visible()]
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
        if path == "map/":
            assert page.locator(".homes").is_visible()
            assert page.locator(".homes .side-name").all_text_contents() == regions
            assert page.locator("#_drawing > .scroll").is_hidden()
        else:
            assert page.locator("#_bridges .bridges").is_visible()
            assert page.locator("#_drawing").is_hidden()
        page.close()


COLLIDING = """() => {
  const found = [], box = (one) => one.getBoundingClientRect();
  for (const axis of document.querySelectorAll(".life.axis")) {
    const shown = [...axis.querySelectorAll(".event")].filter((text) => text.getClientRects().length).map(box);
    shown.slice(1).forEach((one, at) => { if (one.left < shown[at].right) found.push("events"); });
  }
  for (const row of document.querySelectorAll(".lives tbody tr"))
    if (matchMedia("(max-width: 40rem)").matches && box(row.cells[1]).bottom > box(row.querySelector("use")).top)
      found.push(row.cells[1].textContent);
  for (const name of document.querySelectorAll(".bridge a"))
    if (box(name).height > box(name.parentElement).height) found.push(name.textContent);
  for (const one of document.querySelectorAll("caption"))
    if (box(one).right > innerWidth) found.push(one.textContent);
  return found;
}"""
"""What is drawn over something else, and captions that go on beyond the window."""


@pytest.mark.parametrize("width", [360, 1440])
def test_years_dates_names_and_captions_have_room(site: tuple[str, Path, str], browser: Browser, width: int) -> None:
    for language in SITE_NAMES[site[0]]:
        for path in ("", "network/", "timeline/", "timeline/embed/"):
            page = opened(browser, site, language + path, viewport={"width": width, "height": 900})
            assert page.evaluate(COLLIDING) == [], language + path
            page.close()


def test_every_large_mark_has_a_name_and_every_number_its_row(site: tuple[str, Path, str], browser: Browser) -> None:
    for language in SITE_NAMES[site[0]]:
        page = opened(browser, site, f"{language}map/")
        nameless = page.eval_on_selector_all(
            ".mark",
            "all => all.filter(one => +one.querySelector('.count')?.textContent > 2 && !one.querySelector('.place'))"
            ".map(one => one.textContent)",
        )
        assert nameless == []
        numbers = page.eval_on_selector_all(".number", "all => all.map(one => one.getAttribute('href').slice(1))")
        assert numbers
        rows = page.eval_on_selector_all("#_arcs tr[id]", "all => all.map(one => one.id)")
        assert set(numbers) <= set(rows)
        page.close()


def test_every_node_and_mark_is_a_named_link_that_the_keyboard_reaches(
    site: tuple[str, Path, str], browser: Browser
) -> None:
    for path in ("network/", "map/"):
        page = opened(browser, site, path)
        shown = "[...document.querySelectorAll('svg a')].filter(one => one.checkVisibility())"
        names = page.evaluate(f"{shown}.map(one => one.getAttribute('aria-label'))")
        wanted = len(names)
        assert wanted > 3
        assert all(names)
        reached = page.evaluate(f"{shown}.filter(one => (one.focus(), document.activeElement === one)).length")
        assert reached == wanted
        page.locator(".skip").focus()
        found: set[str] = set()
        for _ in range(wanted + 80):
            page.keyboard.press("Tab")
            label = page.evaluate(
                "document.activeElement.closest('svg') ? document.activeElement.getAttribute('aria-label') : ''"
            )
            found |= {label} if label else set()
        assert found == set(names)
        page.close()


def test_the_slider_shows_a_year_and_moves_nothing(site: tuple[str, Path, str], browser: Browser) -> None:
    page = opened(browser, site, "network/")
    assert page.locator(".slider").is_visible()
    assert page.locator(".choice.years").count() == 0
    before = page.eval_on_selector_all(
        ".node", "all => all.map(one => one.querySelector('use').getAttribute('transform'))"
    )
    slider = page.locator(".slider input")
    slider.focus()
    page.keyboard.press("Home")
    first = slider.get_attribute("min")
    assert page.locator(".slider .year").inner_text() == first
    ties = page.locator(".network .tie[data-start]")
    gone = page.locator(".network .tie[data-start].off")
    assert ties.count() - gone.count() == int(page.locator(".slider .held").inner_text())
    assert page.locator(".network .tie:not([data-start]).off").count() == 0
    after = page.eval_on_selector_all(
        ".node", "all => all.map(one => one.querySelector('use').getAttribute('transform'))"
    )
    assert after == before
    page.locator(".slider button").click()
    assert page.locator(".network .off").count() == 0
    page.close()


def test_without_script_fixed_years_can_be_chosen_and_nothing_is_missing(
    site: tuple[str, Path, str], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site[2]}/network/")
    assert page.locator(".slider").is_hidden()
    years = page.locator(".choice.years input").all()
    assert 2 <= len(years) <= 6
    years[1].check()
    faded = page.locator(".network .n1").all()
    assert faded
    assert all(float(one.evaluate("one => getComputedStyle(one).opacity")) < 0.5 for one in faded[:5])
    years[0].check()
    assert all(float(one.evaluate("one => getComputedStyle(one).opacity")) == 1 for one in faded[:5])
    assert page.locator("#_years tbody tr").count() == len(years) - 1
    context.close()


@pytest.mark.parametrize("path", [*PICTURES])
def test_a_picture_weighs_little_with_all_that_it_loads(
    site: tuple[str, Path, str], browser: Browser, path: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site[2]}/{path}")
    page.wait_for_load_state("networkidle")
    page.close()
    assert all(url.startswith(site[2]) for url in asked)
    paths = {url.removeprefix(site[2]).partition("#")[0].partition("?")[0].lstrip("/") for url in asked}
    files = [site[1] / path / "index.html" if path.endswith("/") else site[1] / path for path in paths]
    assert len(files) > 1
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < PICTURES[path] * 1000

"""The pages as the W3C's checker, an accessibility checker and a real browser see them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import MODULES, Quiet, needs, serving
from built_sites import Sites
from site_copies import SITES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KINDS = {
    "atlas": [
        "",
        "actors/",
        "actors/alliance-francaise/",
        "actors/by-letter/",
        "instruments/overseas-ngo-law/",
        "persons/wang-chao/",
        "cases/crossed-years/",
        "concepts/cultural-exception/",
        "claims/supports-or-cornerstone/",
        "parallel/cases/crossed-years/",
        "comparisons/alliance-and-confucius/",
        "about/commission/",
        "print/",
        "print/atlas/",
        "sources/",
        "sources/by-year/",
        "sources/chaubet2004alliance/",
        "compare/",
        "compare/origin/",
        "compare/alliance-francaise--confucius-institutes/",
        "compare/by-field/",
        "compare/by-scale/",
        "explore/",
        "data/",
        "changes/",
        "accessibility/",
        "datasets/",
        "datasets/twinnings/",
        "relations/twinned-with/",
    ],
    "three": ["", "actors/", "pages/forms/" if (SITES / "three/content/pages/forms/").exists() else "forms/",
              "compare/", "compare/origin/", "compare/phares-du-nord--southern-bridge-society/", "compare/by-field/",
              "compare/by-scale/", "explore/"],
    "allotments": ["", "compare/", "compare/watering/", "explore/"],
}  # fmt: skip
REPEATING = {"print/atlas/", "sources/by-year/"}
"""Long pages of what other pages show: they are looked at in one language."""
LANGUAGES = 3
"""How many languages a site has at most."""


@pytest.fixture(scope="module", params=["atlas", "three", "allotments"])
def site(request: pytest.FixtureRequest, built: Sites) -> tuple[str, Path]:
    """Each of the atlases, built."""
    return request.param, built(request.param).out


@pytest.fixture(scope="module")
def address(site: tuple[str, Path]) -> Iterator[str]:
    """The address at which a plain server publishes the site."""

    with serving(partial(Quiet, directory=str(site[1]))) as host:
        yield f"{host}/"


def test_the_checker_of_the_w3c_finds_no_error_on_pages_of_every_kind(site: tuple[str, Path]) -> None:
    needs("java", "vnu-jar")
    jar = next((MODULES / "vnu-jar").rglob("vnu.jar"))
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", *map(str, checked(site[1]))]
    reported = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    messages = json.loads(reported)["messages"]
    assert [(row.get("url"), row.get("message")) for row in messages] == []


def checked(out: Path) -> list[Path]:
    """The pages of a site, but each work in one language only: a large atlas has thousands of their pages, all alike."""
    works: dict[str, list[Path]] = {}
    for path in sorted(out.rglob("sources/*/index.html")):
        works.setdefault(path.parent.name, []).append(path)
    one = {paths[number % len(paths)] for number, paths in enumerate(works.values())}
    return [path for path in sorted(out.rglob("*.html")) if path.parent.parent.name != "sources" or path in one]


def pages(site: tuple[str, Path], number: int, *, every: bool) -> list[str]:
    """One page of every kind in a language of the site; not every: a share of them, so that each is in one language."""
    name, out = site
    languages = ["", *(f"{path.name}/" for path in sorted(out.iterdir()) if (path / "sources").is_dir())]
    if number >= len(languages):
        pytest.skip("the site has fewer languages")
    found = [
        f"{languages[number]}{path}"
        for place, path in enumerate(KINDS[name])
        if (every and path not in REPEATING) or place % len(languages) == number
    ]
    return [path for path in found if (out / path / "index.html").exists()]


@pytest.mark.parametrize("number", range(LANGUAGES))
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_pages_fit_pass_axe_and_ask_nobody_else(
    site: tuple[str, Path], address: str, browser: Browser, width: int, scheme: Any, number: int
) -> None:
    needs("axe-core")
    script = (MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[tuple[str, str]] = []
    for path in pages(site, number, every=width == 360):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((path, "wider than the window"))
        page.evaluate(script)
        found = page.evaluate(
            "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(each => each.id))"
        )
        faults += [(path, rule) for rule in found]
    page.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(address)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_callouts_verse_recordings_and_words_from_the_right_show_on_a_phone(
    built: Sites, browser: Browser, scheme: Any
) -> None:
    with serving(partial(Quiet, directory=str(built("three").out))) as host:
        page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
        page.goto(f"{host}/en/forms/")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        long = page.locator(".formula")
        assert long.evaluate("each => each.scrollWidth > each.clientWidth")  # a long formula scrolls by itself
        assert float(long.evaluate("each => each.querySelector('mfrac').getBoundingClientRect().height")) > 20
        assert page.locator("[role=note] > .kind").all_inner_texts() == [
            "Note", "Tip", "Important", "Warning", "Caution"
        ]  # fmt: skip
        assert page.get_by_title("Union of the three valleys").inner_text() == "UTV"
        assert page.locator(".verse").evaluate("each => each.innerText.split('\\n').filter(Boolean).length") == 3
        assert page.locator("[lang=ar]").evaluate("each => getComputedStyle(each).direction") == "rtl"
        box = page.locator("audio").bounding_box()
        assert box
        assert box["width"] > 200
        assert page.get_by_role("link", name="Transcript").get_attribute("href") == "../../files/pier-bell.txt"
        page.close()


def test_a_citation_shows_its_reference_on_focus_and_escape_hides_it(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "atlas":
        pytest.skip("one site is enough")
    page = browser.new_page()
    page.goto(address + "cases/crossed-years/")
    link = page.locator("a.cite").first
    link.focus()
    words = page.locator("#_preview").inner_text()
    assert "Consulted: an excerpt" in words
    assert "".join(words.split()) in "".join(str(page.locator(str(link.get_attribute("href"))).text_content()).split())
    page.keyboard.press("Escape")
    assert page.locator("#_preview").is_hidden()
    page.close()


def test_a_link_to_a_record_shows_its_head_on_hover_until_the_pointer_leaves_both(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "atlas":
        pytest.skip("one site is enough")
    page = browser.new_page()
    page.goto(address + "fr/cases/crossed-years/")
    link = page.locator("main p a[href*='actors/']").first
    link.hover()
    box = page.locator("#_preview")
    box.wait_for(state="visible")
    title = browser.new_page()
    title.goto(str(link.evaluate("link => link.href")))
    assert box.locator(".preview-title").inner_text() == title.locator("h1").inner_text()
    assert box.locator(".lede").inner_text() == title.locator(".record-head .lede").inner_text()
    assert link.get_attribute("aria-describedby") == "_preview"
    box.hover()
    assert box.is_visible()
    title.close()
    page.locator("h1").hover()
    box.wait_for(state="hidden")
    page.close()


def test_without_script_a_citation_leads_to_its_reference(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "atlas":
        pytest.skip("one site is enough")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "zh/cases/crossed-years/")
    link = page.locator("a.cite").first
    target = str(link.get_attribute("href"))
    link.click()
    assert page.locator(target).is_visible()
    assert page.url.endswith(target)
    page.locator(f"{target} .back a").first.click()
    assert page.locator(".cite:target").is_visible()
    context.close()


def test_a_tap_on_a_citation_shows_its_reference_and_a_second_one_leads_to_it(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "atlas":
        pytest.skip("one site is enough")
    page = browser.new_page(viewport={"width": 390, "height": 800}, has_touch=True)
    page.goto(address + "cases/crossed-years/")
    link = page.locator("a.cite").first
    link.tap()
    assert page.locator("#_preview").is_visible()
    assert "#" not in page.url
    link.tap()
    assert page.locator(":target").is_visible()
    page.close()


def test_a_fragment_that_is_no_encoding_stops_no_script(site: tuple[str, Path], address: str, browser: Browser) -> None:
    if site[0] != "three":
        pytest.skip("one site is enough")
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(address + "en/actors/phares-du-nord/#50%")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.close()
    assert faults == []


# Long lists.


def test_a_list_that_is_narrowed_hides_corrections_with_their_text(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "three":
        pytest.skip("one site is enough")
    page = browser.new_page()
    page.goto(address + "en/changes/")
    texts = page.locator("main dd")
    every = texts.count()
    page.locator("[data-rows]").evaluate(
        "field => { field.value = 'northern'; field.dispatchEvent(new Event('input')); }"
    )
    shown = [text for text in texts.all() if text.is_visible()]
    assert 0 < len(shown) < every
    assert all("Northern" in text.locator("..").inner_text() for text in shown)
    page.close()


# The table of all records.


def shown(page: Page) -> list[str]:
    """The names of the records that the table shows."""
    return [row.inner_text() for row in page.locator("#_records tbody tr:visible th").all()]


def test_a_filter_lives_in_the_address_and_the_way_back_undoes_it(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "three":
        pytest.skip("one site is enough")
    page = browser.new_page()
    page.goto(address + "en/explore/")
    every = shown(page)
    page.get_by_label("Side").select_option("east")
    east = shown(page)
    assert 0 < len(east) < len(every)
    assert page.url.endswith("?side=east")
    page.get_by_label("Kind").select_option("actor.society")
    assert shown(page) == ["Dongshui Garden Society"]
    assert page.locator("#_shown").inner_text() == f"1 of {len(every)} records"
    other = browser.new_page()
    other.goto(page.url)
    assert shown(other) == ["Dongshui Garden Society"]
    assert other.get_by_label("Side").input_value() == "east"
    other.close()
    page.go_back()
    assert shown(page) == east
    page.go_back()
    assert shown(page) == every
    page.close()


def test_the_table_is_filtered_and_shown_whole_again_by_keyboard_alone(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "three":
        pytest.skip("one site is enough")
    page = browser.new_page()
    page.goto(address + "en/explore/?side=nowhere&field=light")
    every = page.locator("#_records tbody tr").count()
    assert 0 < len(shown(page)) < every
    assert page.get_by_label("Side").input_value() == ""
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    assert len(shown(page)) == every
    assert page.url.endswith("/en/explore/")
    page.get_by_label("Side").focus()
    page.keyboard.press("ArrowDown")
    assert 0 < len(shown(page)) < every
    page.close()


def test_without_script_the_whole_table_is_there_and_no_filter(
    site: tuple[str, Path], address: str, browser: Browser
) -> None:
    if site[0] != "three":
        pytest.skip("one site is enough")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "en/explore/?side=east")
    assert len(shown(page)) == page.locator("#_records tbody tr").count() > 10
    assert page.locator("#_filters").is_hidden()
    context.close()

"""The menu as readers meet it: on a narrow screen one line that opens without a script."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import pytest
from browsing import Quiet, serving
from built_sites import Sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HIGHEST = 64
"""How many pixels the head of a page takes on a phone at most (issue 18, point 2)."""


@pytest.fixture(scope="module", params=["three", "allotments"])
def address(request: pytest.FixtureRequest, built: Sites) -> Iterator[str]:
    """A built site on a plain server."""
    with serving(partial(Quiet, directory=str(built(request.param).out))) as host:
        yield f"{host}/"


@pytest.mark.parametrize("path", ["", "actors/", "compare/"])
def test_on_a_phone_the_menu_is_one_line_and_opens_without_a_script(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(address + path)
    masthead = page.locator(".masthead").bounding_box()
    assert masthead is not None
    assert masthead["height"] <= HIGHEST
    links = page.locator(".menu details a")
    assert links.first.is_hidden()
    page.locator(".menu summary").click()
    assert all(link.is_visible() for link in links.all())
    assert page.locator("#_search-link").is_visible()
    page.close()


def test_on_a_wide_screen_the_menu_is_open(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{address}actors/")
    assert page.locator(".menu summary").is_hidden()
    assert all(link.is_visible() for link in page.locator(".menu .groups a").all())
    assert page.locator(".menu .groups [aria-current]").count() == 1
    page.close()


def test_a_reader_chooses_dark_pages_and_the_next_page_keeps_the_choice(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="light")
    page.goto(address)
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("#_theme select").select_option("dark")
    dark = page.evaluate(background)
    assert dark != light
    page.goto(f"{address}actors/")
    assert page.evaluate(background) == dark
    page.emulate_media(media="print")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.locator("#_theme select").select_option("")
    assert page.evaluate(background) == light
    page.close()


def test_without_a_script_there_is_no_choice_and_the_system_decides(browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme="dark", java_script_enabled=False)
    page.goto(address)
    assert page.locator("#_theme").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"
    page.close()

"""Pictures as readers take them away, in a real browser: as PNG, and in a frame of another site."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from browsing import Quiet, serving
from built_sites import Sites, read_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame

PAGES = ("", "map/", "network/", "timeline/")
COUNT = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  const found = {};
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.slice(at, at + 3).join();
    found[colour] = (found[colour] || 0) + 1;
  }
  return found;
}"""
"""Counts the pixels of each colour in a PNG."""


class Sending(Quiet):
    """A plain server that sends the headers that a site asks its host for."""

    def end_headers(self) -> None:
        """Send what `_headers` has."""
        for line in (Path(self.directory) / "_headers").read_text(encoding="utf-8").splitlines()[1:]:
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()


@pytest.fixture(scope="module")
def three(built: Sites) -> Path:
    """The atlas of three valleys."""
    return built("three").out


@pytest.fixture(scope="module")
def address(three: Path) -> Iterator[str]:
    """The atlas of three valleys on a server that sends its headers."""
    with serving(partial(Sending, directory=str(three))) as host:
        yield f"{host}/"


@pytest.mark.parametrize("path", PAGES)
def test_a_picture_is_saved_as_png_at_twice_its_size(browser: Browser, three: Path, address: str, path: str) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(address + path)
    page.locator(".take-picture summary").click()
    with page.expect_download() as caught:
        page.locator("[data-picture] button").click()
    assert caught.value.suggested_filename == "picture.png"
    data = Path(caught.value.path()).read_bytes()
    drawn = ElementTree.parse(three / path / "picture.svg").getroot()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (2 * int(drawn.attrib["width"]), 2 * int(drawn.attrib["height"]))
    colours = page.evaluate(COUNT, base64.b64encode(data).decode())
    assert len(colours) > 50
    assert colours["252,251,248"] > 1000
    assert max(colours.values()) < 0.99 * sum(colours.values())
    assert faults == []
    page.close()


def test_without_a_script_and_on_a_disk_no_png_is_offered(browser: Browser, three: Path, address: str) -> None:
    for page, place in (
        (browser.new_page(java_script_enabled=False), f"{address}map/"),
        (browser.new_page(), (three / "map/index.html").as_uri()),
    ):
        page.goto(place)
        page.locator(".take-picture summary").click()
        assert page.locator(".take-picture a[download]").count() == 2
        assert page.locator("[data-picture]").is_hidden()
        page.close()


def test_a_browser_that_cannot_make_the_png_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/picture.svg", lambda route: route.abort())
    page.goto(f"{address}en/map/")
    page.locator(".take-picture summary").click()
    page.locator("[data-picture] button").click()
    page.get_by_text("This browser cannot make the PNG. Download the SVG instead.").wait_for()
    page.close()


# In a frame of another site.


@contextmanager
def framed(browser: Browser, folder: Path, address: str, width: int) -> Iterator[tuple[Frame, list[str]]]:
    """The page of another host that shows a picture in a frame by the code that is offered; what the console says."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(address)
    code = page.locator(".take-picture code").first.text_content() or ""
    code = code.replace("https://vallees.example/atlas/en/", f"{address.partition('/en/')[0]}/en/")
    (folder / "index.html").write_text(f'<!DOCTYPE html><link rel="icon" href="data:,">{code}', encoding="utf-8")
    with serving(partial(Quiet, directory=str(folder))) as host:
        page.goto(f"{host}/", wait_until="networkidle")
        yield page.frames[1], faults
    page.close()


@pytest.mark.parametrize("width", [360, 1100])
@pytest.mark.parametrize("path", PAGES)
def test_another_site_shows_a_picture_in_a_frame(
    browser: Browser, tmp_path: Path, address: str, path: str, width: int
) -> None:
    with framed(browser, tmp_path, f"{address}en/{path}", width) as (frame, faults):
        assert frame.url == f"{address}en/{path}embed/"
        drawings = frame.locator("main svg:not(.shapes):not(.legend svg)")
        assert [one for one in drawings.all() if one.is_visible()]
        assert frame.locator("nav, header, script").count() == 0
        assert frame.locator("footer a").first.get_attribute("href") == "../"
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert frame.evaluate("document.querySelector('base').target") == "_blank"
        assert faults == []


@pytest.mark.parametrize("path", PAGES)
def test_a_picture_for_frames_is_in_no_list_and_names_its_page(three: Path, path: str) -> None:
    own = f"en/{path}embed/index.html"
    page = read_page(three, own)
    assert page.canonical == f"https://vallees.example/atlas/en/{path}"
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    address = f"/{own.removesuffix('index.html')}"
    assert f"{address}<" not in (three / "sitemap.xml").read_text(encoding="utf-8")
    files = [file.read_text(encoding="utf-8") for file in three.rglob("search/**/*.json")]
    assert not [text for text in files if f'"{address.lstrip("/")}"' in text]

"""A site is read without a network, in a real browser: from a disk, or by a service worker that keeps visited pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Quiet, serving
from built_sites import Sites
from site_copies import add, build, contents, copy_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


# From a disk.


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas of three valleys, made for a disk."""
    folder = tmp_path_factory.mktemp("disk")
    assert build(copy_site("three", folder), folder / "out", "--offline").code == 0
    return folder / "out"


# What the browser says of a request, for example of the icon, that was still open when the page was left.
LEFT_PAGE = "net::ERR_ABORTED"


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what its console and its requests say of faults."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url) if request.failure != LEFT_PAGE else None)
    page.goto(address)
    yield page, faults
    page.close()


def test_pages_on_a_disk_link_to_files_that_are_there(disk: Path, browser: Browser) -> None:
    with opened(browser, (disk / "index.html").as_uri()) as (page, faults):
        for name in (
            "actors/phares-du-nord/index.html",
            "map/index.html",
            "network/index.html",
            "zh/explore/index.html",
        ):
            page.goto((disk / name).as_uri())
            links = page.eval_on_selector_all(
                "a[href]", "all => all.map((one) => new URL(one.getAttribute('href'), location).href)"
            )
            own = {link.partition("#")[0].partition("?")[0] for link in links if link.startswith("file:")}
            assert len(own) > 10
            assert [link for link in own if not Path(link.removeprefix("file://")).is_file()] == []
            assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
            assert page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth)")
        assert faults == []


def test_the_language_of_a_page_on_a_disk_can_be_changed(disk: Path, browser: Browser) -> None:
    with opened(browser, (disk / "actors/phares-du-nord/index.html").as_uri()) as (page, _):
        page.click('nav.languages a[lang="en"]')
        assert page.url == (disk / "en/actors/phares-du-nord/index.html").as_uri()


@pytest.mark.parametrize("query", ["pont", "橋"])
def test_pages_on_a_disk_are_searched(query: str, disk: Path, browser: Browser) -> None:
    folder = "" if query.isascii() else "zh/"
    with opened(browser, (disk / folder / "search/index.html").as_uri()) as (page, faults):
        page.fill("#_query", query)
        page.wait_for_selector("#_results a")
        with page.expect_navigation():
            page.click("#_results a")
        assert page.url.startswith(disk.as_uri())
        assert page.query_selector("main h1")
        assert faults == []


def test_a_build_for_a_host_after_one_for_a_disk_is_that_of_a_clean_folder(tmp_path: Path, built: Sites) -> None:
    root, clean = copy_site("allotments", tmp_path), contents(built("allotments").out)
    build(root, tmp_path / "out", "--offline")
    offline = contents(tmp_path / "out")
    build(root, tmp_path / "out")
    assert contents(tmp_path / "out") == clean
    build(root, tmp_path / "out", "--offline")
    assert contents(tmp_path / "out") == offline
    assert b"file:" not in clean["index.html"]


# By a service worker.


class Fault:
    """A page that a server keeps waiting, and then fails to send; none at first."""

    def __init__(self) -> None:
        self.page = ""
        self.was_asked, self.may_answer = Event(), Event()


class Failing(Quiet):
    """A server of files with a fault."""

    def __init__(self, fault: Fault, *arguments: Any, **options: Any) -> None:
        self.fault = fault
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """Send a file."""
        if self.path != self.fault.page:
            super().do_GET()
            return
        self.fault.was_asked.set()
        self.fault.may_answer.wait(60)
        self.send_error(503)


@contextmanager
def visited(browser: Browser, folder: Path, fault: Fault) -> Iterator[tuple[BrowserContext, Page, str]]:
    """A browser that knows nothing of a site yet, and the address of the site, whose server has a fault."""
    with serving(partial(Failing, fault, directory=str(folder))) as address:
        context = browser.new_context()
        yield context, context.new_page(), address
        context.close()


def wait_for_worker(page: Page) -> None:
    """Wait until a worker answers for the page."""
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def test_visited_pages_are_read_without_a_network_until_the_worker_is_removed(browser: Browser, tmp_path: Path) -> None:
    fault = Fault()
    root, out = copy_site("three", tmp_path), tmp_path / "out"
    site = root / "content/site.yaml"
    add(site, "service_worker: true\n")
    assert build(root, out).code == 0
    with visited(browser, out, fault) as (context, page, address):
        page.goto(f"{address}/actors/phares-du-nord/")
        wait_for_worker(page)
        page.goto(f"{address}/en/search/?q=bridge")
        page.wait_for_selector("#_results a")
        page.goto(f"{address}/actors/phares-du-nord/")
        context.set_offline(True)
        page.goto(f"{address}/en/search/?q=bridge")
        page.wait_for_selector("#_results a")
        page.goto(f"{address}/actors/phares-du-nord/")
        assert page.evaluate("document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 0")
        context.set_offline(False)

        # A new build is shown at once, even if a kept file cannot be fetched again, and kept in place of the old one.
        page.goto(f"{address}/network/")
        fault.page = "/network/"
        fact = root / "content/actors/phares-du-nord.yaml"
        fact.write_text(
            fact.read_text(encoding="utf-8").replace("loin de toute mer", "loin de toute rive"), encoding="utf-8"
        )
        assert build(root, out).code == 0
        page.goto(f"{address}/actors/phares-du-nord/")
        assert "loin de toute rive" in page.inner_text("main")
        assert fault.was_asked.wait(60)
        page.goto(f"{address}/map/")
        assert page.url == f"{address}/map/"
        fault.may_answer.set()
        page.wait_for_function("() => caches.keys().then((names) => names.length === 1)")
        context.set_offline(True)
        page.goto(f"{address}/actors/phares-du-nord/")
        assert "loin de toute rive" in page.inner_text("main")
        page.goto(f"{address}/network/")
        assert page.query_selector("main h1")
        page.goto(f"{address}/en/search/?q=bridge")
        page.wait_for_selector("#_results a")
        context.set_offline(False)

        site.write_text(site.read_text(encoding="utf-8").replace("worker: true", "worker: false"), encoding="utf-8")
        assert build(root, out).code == 0
        page.goto(f"{address}/")
        page.wait_for_function("() => navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        page.wait_for_function("() => caches.keys().then((names) => names.length === 0)")


def test_a_site_that_asks_for_no_worker_has_none(built: Sites) -> None:
    out = built("allotments").out
    assert not (out / "sw.js").exists()
    assert b"worker" not in (out / "index.html").read_bytes() + (out / "_headers").read_bytes()

"""The documentation is published by the engine itself, as an atlas of pages alone, and none of its links is broken."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from site_copies import REPOSITORY, Report, build

from atlas.core.rules import Rule

sys.path.insert(0, str(REPOSITORY / "docs"))
from docs_site import slug, write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The folder of the documentation, and what the build said."""
    folder = tmp_path_factory.mktemp("docs")
    assert list(write(folder / "atlas"))
    return folder / "out", build(folder / "atlas", folder / "out")


class Places(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of an element, and where it leads."""
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        if tag == "a" and found.get("href") is not None:
            self.links.append(found["href"] or "")


def test_the_documentation_is_built_without_an_error(made: tuple[Path, Report]) -> None:
    out, report = made
    assert (report.code, report.errors) == (0, [])
    for page in ("", "content/", "reference/", "publishing/", "your-own-atlas/", "contributing/", "search/"):
        assert (out / page / "index.html").exists()
    assert list((out / "search/index").glob("*.json"))


def test_each_link_leads_to_a_page_and_a_place_in_it(made: tuple[Path, Report]) -> None:
    out = made[0]
    files = {
        f"/{path.parent.relative_to(out).as_posix()}/".replace("/./", "/"): path for path in out.rglob("index.html")
    }
    pages = {address: Places(path.read_text(encoding="utf-8")) for address, path in files.items()}
    broken = []
    for address, page in pages.items():
        for link in page.links:
            target, fragment = urldefrag(urljoin(f"https://host{address}", link))
            path = target.removeprefix("https://host")
            if path.startswith("/") and (path not in pages or (fragment and fragment not in pages[path].ids)):
                broken.append((address, link))
    assert [row for row in broken if not (out / row[1].lstrip("/")).is_file()] == []
    assert sum(link.startswith("../content/") for page in pages.values() for link in page.links) > 5


def test_each_rule_has_the_address_that_messages_name(made: tuple[Path, Report]) -> None:
    ids = Places((made[0] / "reference/index.html").read_text(encoding="utf-8")).ids
    assert {rule.value for rule in Rule} <= ids


def test_ids_are_those_of_github() -> None:
    assert slug(" Keys of `content/styles/NAME.yaml`") == "keys-of-contentstylesnameyaml"
    assert re.fullmatch("[a-z0-9-]+", slug("What’s new: 2.0"))

"""The documentation is published by the engine itself, as an atlas of pages alone, and none of its links is broken."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from built_sites import is_elsewhere, read_pages, resolve
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


def test_the_documentation_is_built_without_an_error(made: tuple[Path, Report]) -> None:
    out, report = made
    assert (report.code, report.errors) == (0, [])
    for page in ("", "content/", "reference/", "publishing/", "your-own-atlas/", "contributing/", "search/"):
        assert (out / page / "index.html").exists()
    assert list((out / "search/index").glob("*.json"))


def test_each_link_leads_to_a_page_and_a_place_in_it(made: tuple[Path, Report]) -> None:
    out = made[0]
    pages = read_pages(out)
    base = urlsplit(pages["index.html"].canonical).path
    broken = []
    for path, page in pages.items():
        for link in page.links:
            if is_elsewhere(link):
                continue
            target, fragment = resolve(path, link, base)
            if not (out / target).is_file() or (fragment and fragment not in pages[target].anchors):
                broken.append((path, link))
    assert broken == []
    assert sum(link.startswith("../content/") for page in pages.values() for link in page.links) > 5


def test_each_rule_has_the_address_that_messages_name(made: tuple[Path, Report]) -> None:
    anchors = read_pages(made[0] / "reference")["index.html"].anchors
    assert {rule.value for rule in Rule} <= anchors


def test_ids_are_those_of_github() -> None:
    assert slug(" Keys of `content/styles/NAME.yaml`") == "keys-of-contentstylesnameyaml"
    assert re.fullmatch("[a-z0-9-]+", slug("What’s new: 2.0"))

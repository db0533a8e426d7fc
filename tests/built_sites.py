"""Sites that were built, and what their folders hold, read as a browser would: pages, ids, links and what they load."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from plain_html import PlainReader
from site_copies import Report, build, copy_atlas, copy_site

LOADING = {("link", "href"), ("form", "action"), ("object", "data"), ("video", "poster")}
"""Attributes other than src and srcset by which a page may ask a server for something."""
SPOKEN_OF = {"canonical", "alternate", "license", "author", "next", "prev", "cite-as", "type", "describedby", "item",
             "collection"}  # fmt: skip
"""Relations of a link element that a browser does not load."""


@dataclass(slots=True)
class BuiltPage:
    """One HTML file: path from the root of the site, ids, and (tag, attributes) of every element in order."""

    path: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    """The ids, in order and as a set."""
    texts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    """Every piece of text with the ids of the elements around it."""

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def language(self) -> str:
        """The language that the page declares, or nothing."""
        return self.all("html")[0].get("lang", "") if self.all("html") else ""

    @property
    def links(self) -> list[str]:
        """Where its anchors lead."""
        return [attributes["href"] for attributes in self.all("a") if "href" in attributes]

    @property
    def loads(self) -> list[str]:
        """What a browser fetches to show it."""
        found = []
        for tag, attributes in self.elements:
            if tag == "link" and set(attributes.get("rel", "").split()) & SPOKEN_OF:
                continue
            found += [value for name, value in attributes.items() if (tag, name) in LOADING or name == "src"]
            found += [part.split()[0] for part in attributes.get("srcset", "").split(",") if part.strip()]
            found += addresses_in_css(attributes.get("style", ""))
        return found

    @property
    def canonical(self) -> str:
        """Its canonical address, or nothing."""
        return next((link["href"] for link in self.all("link") if link.get("rel") == "canonical"), "")

    @property
    def alternates(self) -> dict[str, str]:
        """The addresses of its twins by hreflang."""
        links = [link for link in self.all("link") if link.get("rel") == "alternate" and "hreflang" in link]
        return {link["hreflang"]: link["href"] for link in links}

    def text_within(self, anchor: str = "") -> str:
        """The text inside the element of an id, or of the whole page."""
        pieces = [text for around, text in self.texts if not anchor or anchor in around]
        return " ".join("".join(pieces).split())


class _Reader(PlainReader):
    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self, page: BuiltPage) -> None:
        self.page = page
        self.open: list[tuple[str, tuple[str, ...]]] = []
        """The elements around a place, and the ids around each of them."""
        self.around: tuple[str, ...] = ()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.page.elements.append((tag, attributes))
        if tag not in self.VOID:
            self.open.append((tag, self.around))
        if "id" in attributes:
            self.page.ids.append(attributes["id"])
            self.page.anchors.add(attributes["id"])
            if attributes["id"] and tag not in self.VOID:
                self.around = (*self.around, attributes["id"])

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, self.around = self.open.pop()
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        self.page.texts.append((self.around, data))


def read_page(folder: Path, path: str) -> BuiltPage:
    """One HTML page below a folder."""
    page = BuiltPage(path)
    _Reader(page).feed((folder / path).read_text(encoding="utf-8"))
    return page


def read_pages(folder: Path) -> dict[str, BuiltPage]:
    """Every HTML page below a folder, by its path."""
    pages = {}
    gc.disable()  # to look for garbage among all that was read would take longer than to read it
    try:
        for path in sorted(folder.rglob("*.html")):
            name = path.relative_to(folder).as_posix()
            pages[name] = read_page(folder, name)
    finally:
        gc.enable()
    return pages


@dataclass(frozen=True)
class BuiltSite:
    """A site that was built without an error: its sources, its output, and what the build said."""

    root: Path
    out: Path
    report: Report

    @cached_property
    def declared(self) -> dict[str, Any]:
        """Its content/site.yaml, every value a text."""
        declared: dict[str, Any] = yaml.load((self.root / "content/site.yaml").read_bytes(), yaml.CBaseLoader)
        return declared

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Its pages by path."""
        return read_pages(self.out)


Sites = Callable[[str], BuiltSite]
"""What the fixture `built` is: sites by their names, each built once."""


def build_site(root: Path) -> BuiltSite:
    """Build the atlas of a folder into out/ beside it."""
    out = root.parent / "out"
    report = build(root, out)
    assert report.code == 0, report.problems
    return BuiltSite(root, out, report)


def build_copy(name: str, folder: Path) -> BuiltSite:
    """Build a copy of a sample site, or of this repository's own content: `atlas`."""
    return build_site(copy_atlas(folder) if name == "atlas" else copy_site(name, folder))


def addresses_in_css(css: str) -> list[str]:
    """What a stylesheet asks for."""
    found = re.findall(r"(?:url\(\s*|@import\s+)[\"']?([^\"')\s;]+)", css)
    return [address for address in found if not address.startswith("data:")]


def is_elsewhere(address: str) -> bool:
    """Whether an address leads out of the site."""
    return bool(urlsplit(address).scheme or urlsplit(address).netloc)


def is_error_page(path: str) -> bool:
    """Whether it is the page that a host shows, at any address, for what is not there."""
    return path.rpartition("/")[2] == "404.html"


def is_unlisted(path: str) -> bool:
    """Whether search engines do not list a page: an error page, languages side by side, or a picture for frames."""
    return is_error_page(path) or path.startswith("parallel/") or path.endswith("embed/index.html")


def resolve(path: str, address: str, base: str = "/") -> tuple[str, str]:
    """The file of the site that an address on the page `path` leads to, and the fragment in it.

    base: the path under which the site is published; only error pages link by it.
    """
    parts = urlsplit(address)
    target = unquote(parts.path)
    if target.startswith(base) and is_error_page(path):
        target = target.removeprefix(base) or "./"
    elif target:
        target = f"{path.rpartition('/')[0]}/{target}".lstrip("/")
    else:
        target = path
    plain = normpath(target)
    if target.endswith("/") or plain == ".":
        plain = "index.html" if plain == "." else f"{plain}/index.html"
    return plain, unquote(parts.fragment)

"""Reads the published files of an earlier build, for comparison with a new one."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

OUTPUT_LIST = ".atlas-files"
"""The list of the files that a build made, in its output folder."""
_ID = re.compile(r'<[a-z][^<>]*? id="([^"]+)"')
_OURS = re.compile(r"_|fn:|fnref")
"""Ids that the engine makes for its own links: those that begin with `_`, and footnotes. They may change."""


def ids_of(page: str) -> frozenset[str]:
    """Return the ids of a page that links from elsewhere may name."""
    return frozenset(unescape(id) for id in _ID.findall(page) if not _OURS.match(id))


def read_former(path: Path) -> dict[str, frozenset[str]]:
    """Read the published files of an earlier build.

    Args:
        path: the folder of the build, its list of files (`.atlas-files`) or its sitemap.xml.

    Returns:
        The ids of each page by its path; none for other files and where only the address is known.
    """
    folder = path if path.is_dir() else path.parent
    listed = path if path.is_file() else folder / OUTPUT_LIST
    if path.name == "sitemap.xml" or not (listed.is_file() or any(folder.rglob("*.html"))):
        found = folder / "sitemap.xml" if path.is_dir() else path
        return _addresses(_urls_of(found)) if found.is_file() else {}
    if listed.is_file():
        lines = listed.read_text(encoding="utf-8").split("\n")
        names = [name for _, mark, name in (line.partition("  ") for line in lines) if mark]
    else:
        names = [each.relative_to(folder).as_posix() for each in sorted(folder.rglob("*")) if each.is_file()]
    return {name: ids_of(_page_text(folder / name)) for name in names}


def _page_text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.suffix == ".html" and file.is_file() else ""


def _urls_of(sitemap: Path) -> list[str]:
    """Return the addresses in a sitemap, or in the files beside it that it names."""
    text = sitemap.read_text(encoding="utf-8")
    urls = [unescape(found) for found in re.findall(r"<loc>\s*(.*?)\s*</loc>", text)]
    if "<sitemapindex" not in text:
        return urls
    files = [sitemap.parent / url.rpartition("/")[2] for url in urls]
    return [url for file in files if file.is_file() for url in _urls_of(file)]


def _addresses(addresses: list[str]) -> dict[str, frozenset[str]]:
    """Return the pages at addresses; the shortest is that of the home page."""
    home = min(addresses, key=len, default="")
    paths = [unquote(address.removeprefix(home)) for address in addresses]
    return {path if path.endswith(".html") else f"{path}index.html": frozenset() for path in paths}

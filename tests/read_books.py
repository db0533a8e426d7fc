"""Reads EPUB files that a test has made."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class ReadBook:
    """An EPUB file: the root of each document, and the description of the book."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}
        self.package = self.root("EPUB/package.opf")
        self.pages = {name: self.root(name) for name in self.files if name.endswith(".xhtml")}
        self.ids = {
            name: [one.get("id", "") for one in page.iter() if one.get("id")] for name, page in self.pages.items()
        }

    def root(self, name: str) -> ElementTree.Element:
        """The root of a document, which is well-formed."""
        return ElementTree.fromstring(self.files[name])

    def metadata(self, name: str) -> list[str]:
        """The values of a property of the book."""
        found = self.package.iter(f"{OPF}meta")
        return [one.text or "" for one in found if one.get("property") == name]

    def page(self, name: str) -> ElementTree.Element:
        """A page by the name of its file."""
        return self.pages[f"EPUB/{name}.xhtml"]

    def hrefs(self, name: str) -> list[str]:
        """The addresses of the links of a page."""
        return [link.get("href", "") for link in self.pages[name].iter(f"{XHTML}a")]

    def broken_links(self) -> list[tuple[str, str]]:
        """The links that lead to no file and no id of the book, each with its page; and ids that are there twice."""
        ids = [id for own in self.ids.values() for id in own]
        found = [("", id) for id in set(ids) if ids.count(id) > 1]
        for name in self.pages:
            for href in self.hrefs(name):
                parts = urlsplit(href)
                target = posixpath.join("EPUB", unquote(parts.path)) if parts.path else name
                inside = not parts.fragment or unquote(parts.fragment) in self.ids.get(target, ())
                if not parts.scheme and not (href and target in self.files and inside):
                    found.append((name, href))
        return found

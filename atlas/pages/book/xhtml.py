"""Converts HTML of the engine to XHTML for books: well-formed, with its links, ids and pictures collected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from posixpath import splitext
from typing import Final

from msgspec import Struct

from atlas.pages.escaping import with_xml_characters, xml_text

_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_UNUSED: Final = frozenset(["loading", "download", "tabindex"])
"""Attributes for browsers."""
MEDIA_TYPES: Final = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""The pictures that every reader of books shows, by suffix."""
_RECORDINGS: Final = frozenset(["audio", "video"])
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
_SPACES: Final = {
    "html": (("xmlns", "http://www.w3.org/1999/xhtml"), ("xmlns:epub", "http://www.idpf.org/2007/ops")),
    "math": (("xmlns", "http://www.w3.org/1998/Math/MathML"),),
}
_NOTE_REFERENCE: Final = (("epub:type", "noteref"), ("role", "doc-noteref"))
_NOTES: Final = (("epub:type", "footnotes"),)
_NOTE: Final = (("epub:type", "footnote"), ("role", "doc-footnote"))

Attributes = list[tuple[str, str]]


class Href(Struct, frozen=True):
    """A link or the source of a picture, whose address is known when all files of the book are."""

    name: str
    value: str


class Xhtml(Struct, frozen=True):
    """A document as XHTML.

    Attributes:
        pieces: its text, with the addresses that are still to be resolved.
        ids: its ids.
        has_formulas: whether it has formulas as MathML.
    """

    pieces: tuple[str | Href, ...]
    ids: tuple[str, ...]
    has_formulas: bool

    def text(self, resolve: Callable[[str, str], str]) -> str:
        """Return the document.

        Args:
            resolve: returns the address for the name and the value of an attribute; "" leaves the attribute out.
        """
        return with_xml_characters(_HEAD + "".join(self._resolved(resolve)))

    def _resolved(self, resolve: Callable[[str, str], str]) -> Iterable[str]:
        for piece in self.pieces:
            if isinstance(piece, str):
                yield piece
            elif address := resolve(piece.name, piece.value):
                yield f' {piece.name}="{xml_text(address)}"'


def to_xhtml(html: str) -> Xhtml:
    """Convert a whole HTML document.

    Footnotes become asides, which readers show as pop-ups; recordings become links to them.
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    writer.close_until("")
    return Xhtml(tuple(writer.pieces), tuple(writer.ids), writer.has_formulas)


class _Writer(HTMLParser):
    """Writes each element that the parser finds as XML."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str | Href] = []
        self.ids: list[str] = []
        self.has_formulas = False
        self._open: list[tuple[str, str]] = []
        """The elements that are open: their names in HTML and in XML."""
        self._skipping = ""
        self._notes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the beginning of an element."""
        if self._skipping:
            return
        known = [(name, value if value is not None else name) for name, value in attrs if name not in _UNUSED]
        if tag in _RECORDINGS or (tag == "img" and not _is_picture(dict(known))):
            self._write_link(tag, dict(known))
            return
        name, known = self._as_note(tag, known)
        self.has_formulas |= tag == "math"
        self.pieces.append(f"<{name}")
        self._write_attributes(tag, known)
        if tag in _VOID:
            self.pieces.append("/>")
            return
        self.pieces.append(">")
        self._open.append((tag, name))
        if name == "aside":
            self._notes += 1
            self.pieces.append(f'<span class="note-number">{self._notes}</span>')

    def _as_note(self, tag: str, attributes: Attributes) -> tuple[str, Attributes]:
        """Return the name and the attributes of an element, which differ for those of footnotes."""
        classes = dict(attributes).get("class", "").split()
        if tag == "a" and "footnote-ref" in classes:
            return tag, [*attributes, *_NOTE_REFERENCE]
        if tag == "a" and "footnote-backref" in classes:
            return tag, [*attributes, ("role", "doc-backlink")]
        if tag == "a" and "cite" in classes:
            return tag, [*attributes, ("epub:type", "biblioref"), ("role", "doc-biblioref")]
        if tag == "div" and "footnote" in classes:
            self._notes = 0
            return "section", [*attributes, *_NOTES]
        around = [name for _, name in self._open[-2:]]
        if tag == "ol" and self._is_in_notes():
            return "div", attributes
        if tag == "li" and around == ["section", "div"] and self._open[-1][0] == "ol":
            return "aside", [*attributes, *_NOTE]
        return tag, attributes

    def _is_in_notes(self) -> bool:
        return bool(self._open) and self._open[-1] == ("div", "section")

    def _write_attributes(self, tag: str, attributes: Attributes) -> None:
        for name, value in (*_SPACES.get(tag, ()), *attributes):
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src"):
                self.pieces.append(Href(name, value))
                continue
            self.pieces.append(f' {name}="{xml_text(value)}"')
            if name == "lang":
                self.pieces.append(f' xml:lang="{xml_text(value)}"')

    def _write_link(self, tag: str, attributes: dict[str, str]) -> None:
        """Write a link in place of a recording, or of a picture that readers of books do not show."""
        self._skipping = "" if tag in _VOID else tag
        words = (
            attributes.get("aria-label", "")
            or attributes.get("alt", "")
            or attributes.get("src", "").rpartition("/")[2]
        )
        self.pieces += ["<a", Href("href", attributes.get("src", "")), f">{xml_text(words)}</a>"]

    def handle_endtag(self, tag: str) -> None:
        """Write the end of an element, and of those in it that were left open."""
        if self._skipping:
            self._skipping = "" if tag == self._skipping else self._skipping
        elif any(tag == opened for opened, _ in self._open):
            self.close_until(tag)

    def close_until(self, tag: str) -> None:
        """Write the ends of all open elements up to that of a name; of all without one."""
        while self._open:
            opened, name = self._open.pop()
            self.pieces.append(f"</{name}>")
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        """Write text."""
        if not self._skipping:
            self.pieces.append(xml_text(data) if self._open else "")


def _is_picture(attributes: dict[str, str]) -> bool:
    """Return whether readers of books show the source of a picture."""
    return splitext(attributes.get("src", ""))[1].lower() in MEDIA_TYPES

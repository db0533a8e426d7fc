"""A reader of the HTML that the engine writes: it calls the same methods as that of Python, and is several times faster.

It knows only HTML in a plain form: every `<` of a text is escaped, and every value of an attribute stands in double
quotation marks. A page in any other form is an error, so that none is read otherwise than a browser reads it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

TAG = re.compile(
    r"""<(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?P<attributes>(?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*(?P<alone>/)?>"""
    r"""|<!--(?:(?!--).)*-->|<!(?i:doctype)[^<>]*>""",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""\s+([^\s"'<>/=]+)(?:="([^"]*)")?""")
RAW = ("script", "style")
"""Elements whose text holds neither tags nor characters by their names."""


class PlainReader:
    """Reads pages as `html.parser.HTMLParser` does. A subclass has methods for what it wants to see."""

    def feed(self, html: str) -> None:
        """Read a whole page.

        Raises:
            AssertionError: it is not in the plain form.
        """
        place = 0
        for found in TAG.finditer(html):
            start = found.start()
            if start < place:  # within a script
                continue
            if start > place:
                self.handle_data(characters(html[place:start]))
            place = found.end()
            name, attributes, ends, begins = _read(found[0])
            if begins:
                self.handle_starttag(name, attributes)
                if name in RAW:
                    start, place = place, html.find(f"</{name}>", place)
                    assert place >= 0, f"no end of {name}"
                    if place > start:
                        self.handle_data(html[start:place])
            if ends:
                self.handle_endtag(name)
        if place < len(html):
            self.handle_data(characters(html[place:]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""

    def handle_data(self, data: str) -> None:
        """A text between two tags."""


@lru_cache(maxsize=50_000)
def _read(tag: str) -> tuple[str, list[tuple[str, str | None]], bool, bool]:
    """The name and attributes of a tag, and whether an element ends by it and begins by it: neither by a comment."""
    found = TAG.fullmatch(tag)
    assert found
    if not found["name"]:
        return "", [], False, False
    attributes = [
        (name.lower(), characters(value) if value else value)
        for name, value in (each.groups() for each in ATTRIBUTE.finditer(found["attributes"]))
    ]
    assert not (found["end"] and attributes), f"an end with attributes: {tag!r}"
    return found["name"].lower(), attributes, bool(found["end"] or found["alone"]), not found["end"]


def characters(text: str) -> str:
    """A text with the characters that it names."""
    assert "<" not in text, f"not plain HTML: {text[text.index('<') :][:60]!r}"
    return unescape(text) if "&" in text else text

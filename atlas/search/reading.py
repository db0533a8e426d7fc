"""A published page → what is searched in it: its title, its names, and each block of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, NamedTuple

from atlas.search.terms import SEAM

_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_UNSEEN: Final = frozenset({"script", "style", "template"})
_SIGNS: Final = re.compile("[¶↩\ufe0e]")
"""Signs that links of the page stand under; no words."""


class Block(NamedTuple):
    """A paragraph, an item, a cell … anchor: the id of what it stands in; lang: its language tag if not the page's."""

    anchor: str
    lang: str
    text: str


@dataclass(slots=True)
class Reading:
    """What a page says. family, sides: of what it is about; names: other names of it; places: of where it is.

    family is "" where the page is not to be found, as the page that a host shows for what is not there.
    """

    family: str = ""
    sides: tuple[str, ...] = ()
    title: str = ""
    lang: str = ""
    description: str = ""
    names: str = ""
    places: str = ""
    blocks: list[Block] = field(default_factory=list)


def read_page(html: str, *, whole: bool = False) -> Reading:
    """What is searched in a page: the text of its main part; of the whole page, where its frame is searched too."""
    reader = _Reader(whole)
    reader.feed(html)
    reader.close()
    found = reader.reading
    if not found.title:
        found.title = reader.title
    return found


class _Reader(HTMLParser):
    """Gathers blocks: any element that is not one of running text begins and ends one."""

    def __init__(self, whole: bool) -> None:
        super().__init__()
        self.whole = whole
        self.reading = Reading()
        self.title = ""
        self.open: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []
        self.unseen = 0
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        values = {name: value or "" for name, value in attrs}
        if tag not in _INLINE:
            self._end_block()
        if tag == "meta":
            self._take_meta(values)
        elif tag == "img" and values.get("alt"):
            self.handle_data(values["alt"])
            self._end_block()
        elif tag == "main":
            self.reading.family = values.get("data-family", "")
            self.reading.sides = tuple(values.get("data-sides", "").split())
        if tag in ("sup", "sub"):
            self.pieces.append(SEAM)
        if tag not in _VOID:
            self.open.append((tag, values.get("id", ""), values.get("lang", "")))
            self.unseen += tag in _UNSEEN
            self.inside += tag == "main"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is empty, as in drawings, begins and ends."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and whatever in it was left open."""
        if tag not in _INLINE:
            self._end_block()
        if tag in ("sup", "sub"):
            self.pieces.append(SEAM)
        if all(name != tag for name, _, _ in self.open):
            return
        while self.open:
            name, _, _ = self.open.pop()
            self.unseen -= name in _UNSEEN
            self.inside -= name == "main"
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self.unseen:
            self.pieces.append(data)

    def _take_meta(self, values: dict[str, str]) -> None:
        name, content = values.get("name", ""), values.get("content", "")
        if name == "description":
            self.reading.description = content
        elif name == "keywords":
            self.reading.names = content
        elif name == "geo.placename":
            self.reading.places = content

    def _end_block(self) -> None:
        text = " ".join(_SIGNS.sub(" ", "".join(self.pieces)).split())
        self.pieces.clear()
        if not text.strip(SEAM):
            return
        tags = {tag for tag, _, _ in self.open}
        if "title" in tags and "svg" not in tags:
            self.title = text
        elif self.inside or (self.whole and "body" in tags):
            anchor = next((id for _, id, _ in reversed(self.open) if id), "")
            lang = next((lang for tag, _, lang in reversed(self.open) if lang and tag != "html"), "")
            if "h1" in tags and not self.reading.title:
                self.reading.title, self.reading.lang = text.replace(SEAM, ""), lang
            else:
                self.reading.blocks.append(Block("" if anchor == "_main" else anchor, lang, text))

"""Defines the searchable text of a page, and divides its fragments of HTML into blocks of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Final, NamedTuple

from msgspec import Struct

from atlas.core.mathml import ELEMENTS
from atlas.core.private_use import SEAM

_INLINE: Final = ELEMENTS | frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_UNSEEN: Final = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1>", re.DOTALL)
"""Parts of a fragment that readers do not see."""
_TAG: Final = re.compile(r'<(/?)([a-zA-Z][^\s/>"]*)((?:[^>"]|"[^"]*")*)>')
_RAISED: Final = frozenset({"sup", "sub"})
_SIGN: Final = frozenset({"mi", "mn", "mo", "mtext"})
"""The signs of a formula, each a word."""
_ID: Final = re.compile(r'\sid="([^"]*)"')
_LANG: Final = re.compile(r'\slang="([^"]*)"')
_TITLE: Final = re.compile(r'\stitle="([^"]*)"')
_ALT: Final = re.compile(r'\salt="([^"]*)"')
_SIGNS: Final = re.compile("[¶↩\ufe0e]")
"""Characters that are the text of links within the page; they are not words."""


class Passage(NamedTuple):
    """A part of the text of a page.

    Attributes:
        html: its text as HTML.
        anchor: the id of the element of the page that shows it; "" for none.
        lang: its language tag; "" if it is that of the page.
    """

    html: str
    anchor: str = ""
    lang: str = ""


class PageText(Struct, frozen=True, array_like=True):
    """What the search finds a page by, and what it shows of it.

    Attributes:
        url: the address from the root of the site.
        family: the family of its record, "work" or "page".
        sides: the sides of its record.
        title: its title as HTML.
        names: all names of its record.
        places: the names of its places.
        passages: its text in reading order.
    """

    url: str
    family: str
    sides: tuple[str, ...]
    title: Passage
    names: tuple[str, ...]
    places: tuple[str, ...]
    passages: tuple[Passage, ...]


class TextBlock(NamedTuple):
    """A paragraph, list item, table cell or other block: the id of its element, its language tag, and its text."""

    anchor: str
    lang: str
    text: str


def text_blocks(passages: Iterable[Passage]) -> list[TextBlock]:
    """Divide passages into blocks of plain text."""
    parser = _BlockParser()
    for passage in passages:
        parser.open = [("", passage.anchor, passage.lang)]
        parser.read(_UNSEEN.sub("<hr>", passage.html) if "<" in passage.html else passage.html)
    return parser.blocks


def plain_words(html: str) -> str:
    """Return a fragment of HTML as one line of text."""
    return " ".join(block.text for block in text_blocks([Passage(html)])).replace(SEAM, "")


def _value(pattern: re.Pattern[str], tag: str) -> str:
    """Return the value of an attribute of a tag, or ""."""
    found = pattern.search(tag)
    return unescape(found[1]) if found else ""


class _BlockParser:
    """A parser that collects blocks: every element that is not inline begins and ends one."""

    def __init__(self) -> None:
        self.meaning = ""
        self.explained: set[str] = set()
        self.blocks: list[TextBlock] = []
        self.open: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []

    def read(self, html: str) -> None:
        """Parse a fragment."""
        rows = _TAG.split(html)
        pieces, open = self.pieces, self.open
        pieces.append(rows[0])
        for here in range(1, len(rows), 4):
            closes, tag, attributes, text = rows[here : here + 4]
            if tag not in _INLINE:
                self._end_block()
            elif tag in _RAISED:
                pieces.append(SEAM)
            elif tag in _SIGN:
                pieces.append(" ")
            if closes:
                self._close(tag)
                if tag == "abbr":
                    pieces.append(self.meaning)
                    self.meaning = ""
            elif tag in _VOID:
                if tag == "img":
                    pieces.append(_value(_ALT, attributes))
                    self._end_block()
            elif not attributes.endswith("/"):
                plain = 'id="' not in attributes and 'lang="' not in attributes
                if tag == "abbr":
                    self._explain(attributes)
                open.append((tag, "", "") if plain else (tag, _value(_ID, attributes), _value(_LANG, attributes)))
            if text:
                pieces.append(text)
        self._end_block()

    def _explain(self, attributes: str) -> None:
        """Keep what an abbreviation stands for, to be read behind it where it first occurs."""
        meaning = _value(_TITLE, attributes)
        self.meaning = "" if meaning in self.explained or not meaning else f" ({escape(meaning, quote=False)})"
        self.explained.add(meaning)

    def _close(self, tag: str) -> None:
        """Close an element, and all elements in it that are still open."""
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        elif any(name == tag for name, _, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def _end_block(self) -> None:
        if not self.pieces:
            return
        text = " ".join(_SIGNS.sub(" ", unescape("".join(self.pieces))).split())
        self.pieces.clear()
        if not text.strip(SEAM):
            return
        anchor = lang = ""
        for _, id, tag in reversed(self.open):
            anchor, lang = anchor or id, lang or tag
        self.blocks.append(TextBlock(anchor, lang, text))

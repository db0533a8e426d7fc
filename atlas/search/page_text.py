"""Extracts the searchable text of a published page: title, names and blocks of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple

from atlas.core.private_use import SEAM

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
_UNSEEN: Final = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1>", re.DOTALL)
"""Parts of a page that readers do not see."""
_TAG: Final = re.compile(r'<(/?)([a-zA-Z][^\s/>"]*)((?:[^>"]|"[^"]*")*)>')
_META: Final = re.compile(r'<meta name="(description|keywords|geo\.placename)" content="([^"]*)"')
_TITLE: Final = re.compile(r"<title\b[^>]*>([^<]*)")
_MAIN: Final = re.compile(r"<main\b[^>]*>")
_FAMILY: Final = re.compile(r'\sdata-family="([^"]*)"')
_SIDES: Final = re.compile(r'\sdata-sides="([^"]*)"')
_HEAD: Final = {"description": "description", "keywords": "names", "geo.placename": "places"}
_RAISED: Final = frozenset({"sup", "sub"})
_ID: Final = re.compile(r'\sid="([^"]*)"')
_LANG: Final = re.compile(r'\slang="([^"]*)"')
_ALT: Final = re.compile(r'\salt="([^"]*)"')
_SIGNS: Final = re.compile("[¶↩\ufe0e]")
"""Characters that are the text of links within the page; they are not words."""


class TextBlock(NamedTuple):
    """A paragraph, list item, table cell or other block.

    Attributes:
        anchor: the id of the element that it is in.
        lang: its language tag, if it is not that of the page.
        text: its text.
    """

    anchor: str
    lang: str
    text: str


@dataclass(slots=True)
class PageText:
    """The searchable text of a page.

    Attributes:
        family: the family of its record; "" for a page that is not searched, such as the one for missing pages.
        sides: the sides of its record.
        title: its title.
        lang: the language tag of the title.
        description: its description.
        names: other names of its record.
        places: the places of its record.
        blocks: the blocks of its text.
    """

    family: str = ""
    sides: tuple[str, ...] = ()
    title: str = ""
    lang: str = ""
    description: str = ""
    names: str = ""
    places: str = ""
    blocks: list[TextBlock] = field(default_factory=list)


def read_page(html: str, *, whole: bool = False) -> PageText:
    """Extract the searchable text of a page.

    Args:
        html: the page as the engine writes it, with attribute values in double quotes.
        whole: whether to read the whole page and not only its main part.
    """
    main = _MAIN.search(html)
    begin = main.start() if main else len(html)
    text = PageText()
    if main:
        text.family = _value(_FAMILY, main[0])
        text.sides = tuple(_value(_SIDES, main[0]).split())
    for name, content in _META.findall(html, 0, begin):
        setattr(text, _HEAD[name], unescape(content))
    begin = max(html.find("<body"), 0) if whole else begin
    reader = _PageTextParser(text)
    reader.read(_UNSEEN.sub("<hr>", html[begin : None if whole else html.rfind("</main>")]))
    if not text.title and (title := _TITLE.search(html)):
        text.title = _words(title[1])
    return text


def _value(pattern: re.Pattern[str], tag: str) -> str:
    """Return the value of an attribute of a tag, or ""."""
    found = pattern.search(tag)
    return unescape(found[1]) if found else ""


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", unescape(text)).split())


class _PageTextParser:
    """A parser that collects blocks: every element that is not inline begins and ends one."""

    def __init__(self, text: PageText) -> None:
        self.text = text
        self.open: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []

    def read(self, html: str) -> None:
        """Parse a part of a page."""
        rows = _TAG.split(html)
        pieces, open = self.pieces, self.open
        pieces.append(rows[0])
        for here in range(1, len(rows), 4):
            closes, tag, attributes, text = rows[here : here + 4]
            if tag not in _INLINE:
                self._end_block()
            elif tag in _RAISED:
                pieces.append(SEAM)
            if closes:
                self._close(tag)
            elif tag in _VOID:
                if tag == "img":
                    pieces.append(_value(_ALT, attributes))
                    self._end_block()
            elif not attributes.endswith("/"):
                plain = 'id="' not in attributes and 'lang="' not in attributes
                open.append((tag, "", "") if plain else (tag, _value(_ID, attributes), _value(_LANG, attributes)))
            if text:
                pieces.append(text)
        self._end_block()

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
        text = _words("".join(self.pieces))
        self.pieces.clear()
        if not text.strip(SEAM):
            return
        anchor = lang = ""
        for _, id, tag in reversed(self.open):
            anchor, lang = anchor or id, lang or tag
        if not self.text.title and any(tag == "h1" for tag, _, _ in self.open):
            self.text.title, self.text.lang = text.replace(SEAM, ""), lang
        else:
            self.text.blocks.append(TextBlock("" if anchor == "_main" else anchor, lang, text))

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
"""What is written in a page and no reader sees."""
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
"""Signs that links of the page stand under; no words."""


class TextBlock(NamedTuple):
    """A paragraph, an item, a cell … anchor: the id of what it stands in; lang: its language tag if not the page's."""

    anchor: str
    lang: str
    text: str


@dataclass(slots=True)
class PageText:
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
    blocks: list[TextBlock] = field(default_factory=list)


def read_page(html: str, *, whole: bool = False) -> PageText:
    """What is searched in a page: the text of its main part; of the whole page, where its frame is searched too.

    html: as the engine writes it, values of attributes in double quotes.
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
    """What an attribute of a tag says, or ""."""
    found = pattern.search(tag)
    return unescape(found[1]) if found else ""


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", unescape(text)).split())


class _PageTextParser:
    """Gathers blocks: any element that is not one of running text begins and ends one."""

    def __init__(self, text: PageText) -> None:
        self.text = text
        self.open: list[tuple[str, str, str]] = []
        self.pieces: list[str] = []

    def read(self, html: str) -> None:
        """Take the tags of a part of a page and what stands between them."""
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
        """An element ends, and whatever in it was left open."""
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

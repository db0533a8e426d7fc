"""Puts the blocks of a page of a book beside those of the same page in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.i18n.locales import is_right_to_left
from atlas.pages.book.two_languages import both_words
from atlas.pages.parallel.pairing import blocks_of, paired

_BODY: Final = re.compile(r"(?P<before>.*<body\b[^>]*>)(?P<text>.*)(?P<after></body>.*)", re.DOTALL)
_TITLE: Final = re.compile(r"<title>(.*?)</title>")
_BEGIN: Final = re.compile(r"\s*<(?P<tag>\w+)(?P<attributes>[^>]*)>")
_CLASS: Final = re.compile(r' class="([^"]*)"')
_LANGUAGE: Final = re.compile(r' (?:lang="([^"]*)"|dir="[^"]*")')
_ITEM: Final = re.compile(r"<(?P<close>/?)li\b[^>]*>")
_ID: Final = re.compile(r' id="([^"]*)"')
_NOTE: Final = re.compile(r'((?: id="|href="#)(?:[^"]*--)?fn(?:ref\d*)?:[^"]*)"')
"""The ids of footnotes and of their marks, and the links between them."""
_EMPTY: Final = re.compile(r"(?:\s|<(?!img\b|math\b|svg\b)[^>]*>)*")
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CONTAINERS: Final = frozenset(["article", "section", "nav"])
_WIDE: Final = 3
"""Columns of a table from which its languages stand one below the other."""


class _Block(Struct, frozen=True):
    """An element: the whole, its name, its classes, and its language or that of the elements around it."""

    html: str
    tag: str
    kind: str
    attributes: str
    inner: str
    lang: str

    @property
    def begin(self) -> str:
        return f"<{self.tag}{self.attributes}>"


def side_by_side(pages: Sequence[str], tags: Sequence[str]) -> str:
    """Return a page whose blocks have those of the same page in another language beside them.

    What both have in common is there once, and so is what only one of them has. Headings stay one heading with the
    words of both. Ids are those of the first page; footnotes of the second have ids of their own.

    Args:
        pages: the page in two languages, as HTML.
        tags: the language tags.
    """
    found = _BODY.fullmatch(pages[0])
    second = _BODY.fullmatch(pages[1])
    if not (found and second):
        return pages[0]
    text = _NOTE.sub(rf'\g<1>--{tags[1]}"', second["text"])
    pairing = _Pairing(tags[0], frozenset(_ID.findall(found["text"])))
    rows = pairing.blocks(_read(found["text"], tags[0]), _read(text, tags[1]))
    titles = [_TITLE.search(part["before"]) for part in (found, second)]
    title = both_words(own[1] for own in titles if own)
    before = _TITLE.sub(lambda _: f"<title>{title}</title>", found["before"])
    return before + "\n".join(rows) + found["after"]


def _read(html: str, lang: str) -> list[_Block]:
    return [_block(block, lang) for block in blocks_of(html)]


def _block(html: str, lang: str) -> _Block:
    """Return an element with its parts; the text is that of the engine, so it has a beginning and an end."""
    begin = _BEGIN.match(html)
    if not begin:
        return _Block("", "", "", "", "", lang)
    attributes = begin["attributes"]
    kind, own = _CLASS.search(attributes), _LANGUAGE.search(attributes)
    inner = html[begin.end() : html.rindex("</")]
    return _Block(html, begin["tag"], kind[1] if kind else "", attributes, inner, (own and own[1]) or lang)


class _Pairing:
    """Pairs blocks of two languages on a page of the first."""

    def __init__(self, lang: str, ids: frozenset[str]) -> None:
        self._is_from_right, self._ids = is_right_to_left(lang), ids

    def _marks(self, lang: str) -> str:
        """Return the attributes of a text in a language: with its direction, unless that is the usual one."""
        from_right = is_right_to_left(lang)
        direction = f' dir="{"rtl" if from_right else "ltr"}"' if from_right or self._is_from_right else ""
        return f' lang="{escape(lang)}"{direction}'

    def blocks(self, firsts: Sequence[_Block], seconds: Sequence[_Block]) -> Iterator[str]:
        """Yield the blocks of a page or a part of one, in pairs."""
        for first, second in _aligned(firsts, seconds):
            yield self._pair(first, second)

    def _pair(self, first: _Block, second: _Block) -> str:
        if first.html == second.html or "hidden" in first.attributes or first.kind == "references":
            return first.html
        if _is_empty(first) or _is_empty(second):
            return self._lone(first if _is_empty(second) else self._bare(second))
        if first.tag in _CONTAINERS:
            rows = self.blocks(_read(first.inner, first.lang), _read(second.inner, second.lang))
            return "\n".join([first.begin, *rows, f"</{first.tag}>"])
        if first.kind == "prose":
            return self._prose(first, second)
        if first.kind == "statements":
            return self._items(first, second)
        second = self._bare(second)
        if first.tag in _HEADINGS and second.tag == first.tag:
            return self._heading(first, second)
        if _is_wide(first.html):
            return f"{self._lone(first)}\n{self._lone(second)}"
        return f'<div class="pair">{self._cell(first)}{self._cell(second)}</div>'

    def _bare(self, block: _Block) -> _Block:
        """Return a block of the second language without the ids that the first has too."""

        def kept(own: re.Match[str]) -> str:
            return "" if own[1] in self._ids else own[0]

        return replace(block, html=_ID.sub(kept, block.html), inner=_ID.sub(kept, block.inner))

    def _cell(self, block: _Block, kind: str = "") -> str:
        return f"<div{kind}{self._marks(block.lang)}>{block.html}</div>"

    def _lone(self, block: _Block) -> str:
        """Return a block that stands alone."""
        if block.tag in _HEADINGS:
            attributes = _LANGUAGE.sub("", block.attributes)
            return f"<{block.tag}{attributes}{self._marks(block.lang)}>{block.inner}</{block.tag}>"
        return self._cell(block, ' class="alone"') if block.html else ""

    def _heading(self, first: _Block, second: _Block) -> str:
        words = " ".join(f"<span{self._marks(one.lang)}>{one.inner}</span>" for one in (first, second))
        attributes = _CLASS.sub("", _LANGUAGE.sub("", first.attributes))
        kinds = f"pair {first.kind}".strip()
        return f'<{first.tag} class="{kinds}"{attributes}>{words}</{first.tag}>'

    def _prose(self, first: _Block, second: _Block) -> str:
        """Return the body of a record, block by block or section by section."""
        rows = []
        for one, other in paired((first.inner, second.inner)):
            rows.append(self._pair(_part(one, first.lang), _part(other, second.lang)))
        return "\n".join(['<div class="prose">', *rows, "</div>"])

    def _items(self, first: _Block, second: _Block) -> str:
        """Return a list item by item, where both have equally many."""
        pairs = [[_block(item, one.lang) for item in blocks_of(one.inner, _ITEM)] for one in (first, second)]
        if len(pairs[0]) != len(pairs[1]):
            return f'<div class="pair">{self._cell(first)}{self._cell(self._bare(second))}</div>'
        items = (self._item(one, self._bare(other)) for one, other in zip(*pairs, strict=True))
        return "\n".join([first.begin, *items, f"</{first.tag}>"])

    def _item(self, first: _Block, second: _Block) -> str:
        if _is_empty(second):
            return first.html
        cells = "".join(f"<div{self._marks(one.lang)}>{one.inner}</div>" for one in (first, second))
        return f'<li class="pair"{first.attributes}>{cells}</li>'


def _part(html: str, lang: str) -> _Block:
    """Return what stands in one cell: a block, or several that stay together."""
    block = _block(html, lang)
    return block if len(list(blocks_of(html))) == 1 else _Block(html, "div", "", "", html, lang)


def _is_empty(block: _Block) -> bool:
    return bool(_EMPTY.fullmatch(block.html))


def _is_wide(html: str) -> bool:
    return any(len(re.findall(r"<t[hd]\b", row)) > _WIDE for row in html.split("<tr")[1:])


def _aligned(firsts: Sequence[_Block], seconds: Sequence[_Block]) -> Iterator[tuple[_Block, _Block]]:
    """Yield blocks of the same name and class together, in their order; one that has no partner stands alone."""
    kinds, place, nothing = [(one.tag, one.kind) for one in seconds], 0, _block("", "")
    for first in firsts:
        kind = (first.tag, first.kind)
        if kind not in kinds[place:]:
            yield first, nothing
            continue
        found = kinds.index(kind, place)
        yield from ((nothing, lone) for lone in seconds[place:found])
        yield first, seconds[found]
        place = found + 1
    yield from ((nothing, lone) for lone in seconds[place:])

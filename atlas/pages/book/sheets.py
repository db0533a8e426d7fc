"""Joins the XHTML pages of a book into one document, from which it is typeset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import chain, pairwise
from typing import Final
from unicodedata import normalize
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from msgspec import Struct

_HTML: Final = "{http://www.w3.org/1999/xhtml}"
_TYPE: Final = "{http://www.idpf.org/2007/ops}type"
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CONTAINERS: Final = frozenset(
    ["article", "section", "div", "figure", "ul", "ol", "table", "thead", "tbody", "blockquote"]
)
_TEXTS: Final = frozenset(["p", "li", "td", "th", "caption", "dt", "dd", "pre"])
_SCALED: Final = re.compile(r'<use class="shape\b[^>]*\bscale\(([0-9.]+)\)"')
_STROKE: Final = 1.5
"""The width of the stroke of a shape in pixels."""
_TEXT: Final = re.compile(r"<text\b[^>]*>([^<]*)</text>")
_WIDE: Final = 5
"""Columns of a table from which its part is set over the whole width of the page."""
_KINDS: Final = {"_cover": "cover", "_title": "title", "_contents": "contents", "_pictures": "pictures"}
_KINDS_OF_LISTS: Final = {"_references": "references", "_names": "names"}


class Sheet(Struct, frozen=True):
    """A page of a book as XHTML; `file` is its name in the EPUB file, without suffix."""

    file: str
    text: str


class Drawing(Struct, frozen=True):
    """A picture as SVG, and the texts that stand below it."""

    svg: str
    texts: tuple[str, ...] = ()


def adapted(svg: str) -> Drawing:
    """Return a picture that Typst draws as browsers do.

    Typst has no strokes that stay as they are when a shape is scaled, so they are divided. It cannot set Chinese beside
    letters that the Chinese font composes from two signs, so such texts stand below the picture.
    """
    svg = _SCALED.sub(lambda found: f'{found[0]} style="stroke-width:{_STROKE / float(found[1]):.3f}px"', svg)
    texts = tuple(unescape(found[1]) for found in _TEXT.finditer(svg) if _is_mixed(unescape(found[1])))
    return Drawing(_TEXT.sub(lambda found: "" if _is_mixed(unescape(found[1])) else found[0], svg), texts)


def _is_mixed(text: str) -> bool:
    composed = any("\u00ff" < sign < "\u2000" and normalize("NFD", sign) != sign for sign in text)
    return composed and any(sign > "\u2e80" for sign in text)


class SetPicture(Struct, frozen=True):
    """A picture as it is set: the name of its file, its width and height, and the texts that stand below it."""

    file: str
    width: int
    height: int
    texts: tuple[str, ...] = ()


def joined(sheets: Sequence[Sheet], pictures: Mapping[str, SetPicture]) -> bytes:
    """Return the pages of a book as one XML document.

    Pages that are set in the same number of columns are together in an element `run`. Each id that a link leads to is
    that of a heading or of something in the text, so that its page is known. Footnotes stand where their marks are.

    Args:
        sheets: the pages in reading order; their links lead to ids of the document.
        pictures: the pictures by the addresses that the pages give them.
    """
    pages = list(map(_page, sheets))
    _number_headings(pages)
    _describe_pictures(pages, pictures)
    _place_notes(pages)
    _place_ids(pages)
    book = Element("book")
    for columns, page in zip(_columns(pages), pages, strict=True):
        last = book[-1] if len(book) else None
        if last is None or last.get("columns") != columns or page.get("kind") in ("cover", "title"):
            last = ElementTree.SubElement(book, "run", {"columns": columns, "kind": page.get("kind", "")})
        last.append(page)
    return ElementTree.tostring(book, encoding="unicode").encode()


def _page(sheet: Sheet) -> Element:
    """Return the body of a page, with names without namespace."""
    root = ElementTree.fromstring(sheet.text)  # noqa: S314 - what the engine wrote, without entities
    body = root.find(f"{_HTML}body")
    assert body is not None
    for one in body.iter():
        one.tag = one.tag.rpartition("}")[2]
        kind = one.attrib.pop(_TYPE, "")
        one.attrib = {name: value for name, value in one.attrib.items() if not name.startswith("{")}
        if kind in ("noteref", "footnote"):
            one.set("note", kind)
        if kind == "index-locator":
            one.set("page", "page")
    kinds = _KINDS | _KINDS_OF_LISTS
    kind = kinds.get(sheet.file.partition("-")[0], "part" if sheet.file.startswith("_") else "record")
    page = Element("page", {"kind": kind, "lang": root.get("lang", ""), "dir": root.get("dir", "ltr")})
    page.extend(body)
    for link in _referring(page):
        link.set("page", "page")
    _join_places(page)
    return page


def _join_places(page: Element) -> None:
    """Put a copy of the link to a record before those to its other places, so that their pages make one list."""
    for around in page.iter("li"):
        for link, places in pairwise(around):
            if link.get("page") and places.get("class") == "places":
                del link.attrib["page"]
                places.insert(0, Element("a", {"href": link.get("href", ""), "class": "own"}))


def _number_headings(pages: Iterable[Element]) -> None:
    """Give each heading its level in the book: records are below their parts, and no level is left out."""
    in_part, last = False, 0
    for page in pages:
        in_part = in_part or page.get("kind") == "part"
        below = int(in_part and page.get("kind") == "record")
        for heading in page.iter():
            if heading.tag in _HEADINGS:
                last = min(int(heading.tag[1]) + below, last + 1)
                heading.set("level", str(last))
        page.set("below", str(below))


def _describe_pictures(pages: Iterable[Element], pictures: Mapping[str, SetPicture]) -> None:
    """Give each picture the name of its file, its size, and the texts below it."""
    for page in pages:
        for around in list(page.iter()):
            for picture in around.findall("img"):
                own = pictures[picture.get("src", "")]
                picture.attrib |= {"src": own.file, "width": str(own.width), "height": str(own.height)}
                for text in own.texts:
                    ElementTree.SubElement(around, "figcaption").text = text


def _referring(page: Element) -> Iterator[Element]:
    """Yield the links that are printed with the number of a page: those of relations, and of lists of cards."""
    for section in page.iter("section"):
        if section.get("class") == "relations":
            rows = chain(section.iterfind("ul/li/p/a"), section.iterfind("ul/li/div/p/a"))
            yield from (link for link in rows if link.get("class") != "cite")
    for paragraph in chain(page.iterfind("article/p"), page.iterfind("article/div/div/p")):
        if len(paragraph) > 1 and paragraph[0].tag == "strong":
            yield from paragraph.iterfind("a")


def _columns(pages: Iterable[Element]) -> Iterator[str]:
    """Yield the number of columns of each page: that of the widest page of its part."""
    parts: list[list[Element]] = []
    for page in pages:
        if page.get("kind") != "record" or not parts or parts[-1][0].get("kind") in _KINDS.values():
            parts.append([])
        parts[-1].append(page)
    for part in parts:
        kind = part[0].get("kind")
        wide = any(len(row) >= _WIDE for page in part for row in page.iter("tr"))
        wide = wide or any(block.get("class") == "pair" for page in part for block in page.iter("div"))
        number = "3" if kind == "names" else "1" if wide or kind in ("cover", "title", "pictures") else "2"
        yield from [number] * len(part)


def _place_notes(pages: Iterable[Element]) -> None:
    """Put each footnote in the place of its first mark; other marks name it."""
    for page in pages:
        notes = {note.get("id", ""): note for note in page.iter("aside") if note.get("note") == "footnote"}
        taken: set[str] = set()
        for around in list(page.iter()):
            for place, one in enumerate(around):
                mark = one if one.tag == "a" else one.find("a") if one.tag == "sup" else None
                id = (mark.get("href", "") if mark is not None and mark.get("note") == "noteref" else "")[1:]
                if id in notes:
                    around[place] = _note(id, notes[id], one.tail, first=id not in taken)
                    taken.add(id)
        for around in list(page.iter()):
            for one in list(around):
                if one.tag == "section" and any(aside.get("note") for aside in one.iter("aside")):
                    around.remove(one)
        _remove_empty_pairs(page)


def _remove_empty_pairs(page: Element) -> None:
    """Take out the pairs in which there were only footnotes."""
    for around in list(page.iter()):
        for one in list(around):
            cells = {"pair": list(one), "alone": [one]}.get(one.get("class", ""), []) if one.tag == "div" else []
            if cells and not any(map(len, cells)):
                around.remove(one)


def _note(id: str, note: Element, tail: str | None, *, first: bool) -> Element:
    made = Element("footnote", {"id": f"{id}-note"} if first else {"of": f"{id}-note"})
    made.tail = tail
    if first:
        made.extend(one for one in note if one.get("class") != "note-number")
        for around in made.iter():
            for one in [one for one in around if one.get("role") == "doc-backlink"]:
                around.remove(one)
    return made


def _place_ids(pages: Iterable[Element]) -> None:
    """Keep the ids that links lead to, and move them to headings and texts.

    The id of an element around them could be left on the page before.
    """
    pages = list(pages)
    wanted = {link.get("href", "")[1:] for page in pages for link in page.iter("a")}
    same: dict[str, str] = {}
    for page in pages:
        for one in page.iter():
            if one.tag == "footnote":
                continue
            id = one.get("id", "")
            if id not in wanted:
                one.attrib.pop("id", None)
                continue
            if one.tag in _CONTAINERS or one.tag == "tr":
                del one.attrib["id"]
                target = _first_text(one)
                same[id] = target.attrib.setdefault("id", id)
                wanted.add(same[id])
    for page in pages:
        for link in page.iter("a"):
            href = link.get("href", "")
            if href.startswith("#"):
                link.set("href", f"#{same.get(href[1:], href[1:])}")


def _first_text(around: Element) -> Element:
    """Return the heading of an element, or else the first element in it that has text of its own."""
    heading = next((one for one in around if one.tag in _HEADINGS), None)
    if heading is not None:
        return heading
    for one in around.iter():
        if one is not around and one.tag in _HEADINGS | _TEXTS:
            return one
    return ElementTree.SubElement(around, "p")

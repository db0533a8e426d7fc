"""Markdown → HTML in which slots stand for references, with its headings, facts and sentences.

What comes out is safe by construction: HTML in the source is an error of the scanner and escaped
besides, and nh3 passes only what the list below allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

import nh3
from markdown import Markdown

from atlas.problems import Problem, Span
from atlas.scanning import scan
from atlas.shapes import Passage
from atlas.slots import CLOSE, OPEN, SLOT, Slot, place

HAN: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_FULL_WIDTH: Final = "\u3000-\u303f\uff00-\uffef"
_HAN_RUN: Final = re.compile(f"[{HAN}](?:[{HAN}{_FULL_WIDTH}·—…“”]*[{HAN}{_FULL_WIDTH}])?")
_HAN_JOIN: Final = re.compile(f"(?<=[{HAN}{_FULL_WIDTH}{CLOSE}])[ \\t]*\\n[ \\t]*(?=[{HAN}{_FULL_WIDTH}{OPEN}])")
_MARKS: Final = re.compile(r"[*_`\[\]<>&#!\\{}|~\n\r]|^\s*(?:[-+:]|\d+[.)])\s|  ")
_BLOCK: Final = re.compile(r"<(p|li|h[2-6]|dd|dt|td|th|blockquote|figcaption)\b([^>]*)>")
_BLOCK_EDGE: Final = re.compile(
    r"</?(?:p|li|ul|ol|h[2-6]|dl|dd|dt|table|thead|tbody|tr|td|th|blockquote|footer|div|pre|hr)\b[^>]*>"
)
_PICTURE_ALONE: Final = re.compile(f"<p>({OPEN}\\d+{CLOSE})</p>")
_SOURCE_LINE: Final = re.compile(r"<p>(\s*[—–] .*?)</p>(?=\s*</blockquote>)", re.DOTALL)
_HEADER_CELL: Final = re.compile(r"<th( [^>]*)?>")
_ANCHORED: Final = re.compile(r'<h[2-6] id="(?P<heading>[^"]*)"|<(?:p|li)\b(?: id="(?P<block>[^"]*)")?|</(?:p|li)>')
_TAG: Final = re.compile(r"<sup\b.*?</sup>|<[^>]*>")
_EMPTY_CELLS: Final = re.compile(r"(?: · ){2,}")
_CELL_EDGE: Final = re.compile(r"</t[dh]>\s*<t[dh]\b[^>]*>")

_ALLOWED: Final = {
    "p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "footer", "table", "thead", "tbody", "tr", "th",
    "td", "sup", "a", "span", "hr", "br", "dl", "dt", "dd", "h2", "h3", "h4", "h5", "h6", "div",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href", "title", "class", "id"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class"},
    "ol": {"start"},
    "th": {"style"},
    "td": {"style"},
    "code": {"class"},
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level (2 to 6), its id, and its words as HTML with slots."""

    level: int
    id: str
    html: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph or list item with an id: a fact when it has a dimension, perhaps the atlas's own reading."""

    id: str
    dimension: str
    reading: bool
    html: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """A text converted: HTML with slots, what the slots stand for, and what can be pointed at.

    passage: the text as it was written; of a paragraph in a body, that body.
    """

    passage: Passage
    html: str
    slots: tuple[Slot, ...]
    headings: tuple[Heading, ...]
    marked: tuple[Marked, ...]

    @property
    def anchors(self) -> frozenset[str]:
        """The ids of its headings and marked paragraphs."""
        return frozenset(heading.id for heading in self.headings) | frozenset(mark.id for mark in self.marked)

    def used(self, html: str = "") -> tuple[tuple[int, Slot], ...]:
        """The slots that stand in the HTML, or in a part of it, each with its number, in the order of the text."""
        numbers = (int(found[1]) for found in SLOT.finditer(html or self.html))
        return tuple((number, self.slots[number]) for number in numbers)

    def anchor_of(self, slot: int) -> str:
        """The id of the marked paragraph, note or heading under which a slot stands ("" above the first)."""
        at = self.html.find(f"{OPEN}{slot}{CLOSE}")
        heading = block = ""
        for found in _ANCHORED.finditer(self.html, 0, at):
            if found["heading"]:
                heading, block = found["heading"], ""
            else:
                block = found["block"] or ""
        return block or heading


def convert(passage: Passage, *, block: bool) -> tuple[Prose, tuple[Problem, ...]]:
    """Read a text: several blocks, or one paragraph whose HTML comes without `<p>`."""
    scanned = scan(passage, block=block)
    slots = tuple(scanned.slots)
    if not block and not _MARKS.search(scanned.text):
        html = escape(scanned.text, quote=False)
        return Prose(passage, html, slots, (), ()), tuple(scanned.problems)
    html = _to_html(scanned.text)
    problems = list(scanned.problems)
    if not block:
        html, lone = _only_paragraph(html)
        if not lone:
            hint = "write one paragraph, without lists, tables or empty lines"
            problems.append(Problem(place(passage, 0), "wrong-type", "this text has several blocks", hint))
        return Prose(passage, html, slots, (), ()), tuple(problems)
    html, headings, marked = _with_attributes(html, slots, problems)
    return Prose(passage, html, slots, headings, marked), tuple(problems)


def _to_html(text: str) -> str:
    converter = _converter()
    converter.reset()
    html = converter.convert(_HAN_JOIN.sub("", text))
    html = nh3.clean(
        html,
        tags=_ALLOWED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        filter_style_properties={"text-align"},
    )
    html = _PICTURE_ALONE.sub(r"\1", html)
    html = _SOURCE_LINE.sub(r"<footer>\1</footer>", html)
    html = html.replace("<table>", '<div class="table" tabindex="0"><table>').replace("</table>", "</table></div>")
    return _HEADER_CELL.sub(r'<th scope="col"\1>', html)


@cache
def _converter() -> Markdown:
    """One converter for all texts: building one costs as much as converting a page."""
    converter = Markdown(
        extensions=["tables", "footnotes", "def_list", "fenced_code"],
        extension_configs={"footnotes": {"BACKLINK_TITLE": "↩{}", "SUPERSCRIPT_TEXT": "{}"}},
        output_format="html",
    )
    # HTML, indented code and underlined headings are not read: what the scanner calls code is all the code there is.
    for registry, names in (
        (converter.preprocessors, ("html_block",)),
        (converter.parser.blockprocessors, ("code", "setextheader")),
        (converter.inlinePatterns, ("html",)),
    ):
        for name in names:
            registry.deregister(name)
    return converter


def _only_paragraph(html: str) -> tuple[str, bool]:
    lone = html.startswith("<p>") and html.endswith("</p>") and not _BLOCK_EDGE.search(html[3:-4])
    return (html[3:-4], True) if lone else (html, False)


def _with_attributes(
    html: str, slots: tuple[Slot, ...], problems: list[Problem]
) -> tuple[str, tuple[Heading, ...], tuple[Marked, ...]]:
    """Put the attributes that end a block onto its tag, and list the headings and the marked paragraphs."""
    headings: list[Heading] = []
    marked: list[Marked] = []
    seen: dict[str, Span] = {}
    for number, slot in enumerate(slots):
        if slot.kind != "attributes":
            continue
        mark = f"{OPEN}{number}{CLOSE}"
        at = html.find(mark)
        opening = _opening_before(html, at)
        if opening is None:
            problems.append(
                Problem(slot.span, "wrong-type", "these attributes end no paragraph or heading", "move them")
            )
            html = html.replace(mark, "")
            continue
        if slot.target in seen and slot.target:
            hint = f"it stands on line {seen[slot.target].line} too: ids are unique in a record"
            problems.append(Problem(slot.span, "duplicate-id", f'the id "{slot.target}" is given twice', hint))
        seen[slot.target] = slot.span
        name, start, end = opening
        inner = html[end:at].rstrip()
        after = html[at + len(mark) :]
        html = html[:start] + _tag(name, slot, html[start:end]) + inner + (mark if slot.target else "") + after
        if name[0] == "h":
            headings.append(Heading(int(name[1]), slot.target, inner.strip()))
        elif slot.target or slot.dimension:
            marked.append(Marked(slot.target, slot.dimension, slot.reading, _without_paragraph(inner), slot.span))
    return html, tuple(headings), tuple(marked)


def _opening_before(html: str, at: int) -> tuple[str, int, int] | None:
    """The start tag of the block whose end is at `at`: its name, where it begins and ends."""
    start = at
    while (start := html.rfind("<", 0, start)) >= 0:
        found = _BLOCK.match(html, start)
        if found and f"</{found[1]}>" not in html[found.end() : at]:
            name, begin, end = found[1], found.start(), found.end()
            outer = _BLOCK.match(html, html.rfind("<", 0, begin)) if name == "p" else None
            if outer and outer[1] == "li" and not html[outer.end() : begin].strip():
                return "li", outer.start(), outer.end()
            return name, begin, end
    return None


def _tag(name: str, slot: Slot, tag: str) -> str:
    added = f' id="{slot.target}"' if slot.target else ""
    added += ' class="reading"' if slot.reading else ' class="fact"' if slot.dimension else ""
    return tag[: len(name) + 1] + added + tag[len(name) + 1 :]


def _without_paragraph(html: str) -> str:
    html = html.strip()
    return html.removeprefix("<p>").removesuffix("</p>").strip()


def fill(html: str, slots: tuple[Slot, ...], show: dict[int, str]) -> str:
    """The HTML with each slot replaced by what `show` has for it; nothing where it has nothing."""
    return SLOT.sub(lambda found: show.get(int(found[1]), ""), html)


def mark_han(html: str, tag: str) -> str:
    """HTML in a language of another script with every run of Han characters marked with the language `tag`."""
    pieces = re.split(r"(<[^>]*>)", html)
    open_tags: list[bool] = []
    for number, piece in enumerate(pieces):
        if piece.startswith("<"):
            _follow(piece, open_tags)
        elif piece and not any(open_tags):
            pieces[number] = _HAN_RUN.sub(lambda found: f'<span lang="{tag}">{found[0]}</span>', piece)
    return "".join(pieces)


def _follow(tag: str, open_tags: list[bool]) -> None:
    """Keep, for each element that is open, whether it says its own language."""
    if tag.startswith("</"):
        if open_tags:
            open_tags.pop()
    elif not tag.startswith(("<br", "<hr", "<img", "<wbr")):
        open_tags.append(" lang=" in tag)


def plain(html: str) -> str:
    """HTML without its tags, still escaped."""
    return _TAG.sub("", html)


_SENTENCE_END: Final = re.compile(
    r"[.!?…](?:[\u202f\u00a0]?[»”\")\]]|\ue000\d+\ue001)*\s+(?=[^\s\d]*[A-ZÀ-ÞŒ\u0400-\u042f«“(\[\ue000])|[。！？](?:[”’》」』）]|\ue000\d+\ue001)*"
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(\[«“\u00a0\u202f\ue001])(?:[A-ZÀ-Þ]|p|pp|cf|no|vol|ed|eds|dir|St|Ste|Mr|Mrs|Ms|Mme|M|MM|Dr|Prof|etc|art|ch|vs|ca|c|n)\.$"
)


def sentence_with(prose: Prose, slot: int) -> str:
    """The sentence in which a slot stands, as escaped text with slots."""
    block = _block_around(prose.html, prose.html.find(f"{OPEN}{slot}{CLOSE}"))
    mark = block.find(f"{OPEN}{slot}{CLOSE}")
    start, end = 0, len(block)
    for stop in _SENTENCE_END.finditer(block):
        if _ABBREVIATION.search(block[: stop.start() + 1]):
            continue
        if stop.end() <= mark:
            start = stop.end()
        elif stop.start() > mark:
            end = stop.end()
            break
    return " ".join(block[start:end].split())


def _block_around(html: str, at: int) -> str:
    """The words of the paragraph, row or quotation in which a position stands."""
    begin = max((found.end() for found in _BLOCK_EDGE.finditer(html, 0, at)), default=0)
    edge = _BLOCK_EDGE.search(html, at)
    end = edge.start() if edge else len(html)
    if html.startswith("</td", end):
        begin, end = html.rfind("<tr>", 0, at), html.find("</tr>", at)
    elif html.startswith("</footer", end):
        begin = html.rfind("<blockquote>", 0, at)
    return plain(_EMPTY_CELLS.sub(" · ", _CELL_EDGE.sub(" · ", html[begin:end]))).strip()

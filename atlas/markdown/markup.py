"""Converts Markdown with slots to HTML, limited to the elements and attributes that pages may use.

HTML in the source is an error and is also escaped, and nh3 passes only the elements of the list below.
Only what the scanner reads as code is code; pictures are slots.
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Final

import nh3
from markdown import Markdown

from atlas.markdown.block_processors import Footnotes, register_blocks
from atlas.markdown.inline import register_inline
from atlas.markdown.slots import SLOT

_ALLOWED: Final = {
    "p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "footer", "table", "thead", "tbody", "tr", "th",
    "td", "sup", "sub", "del", "a", "span", "hr", "br", "dl", "dt", "dd", "h2", "h3", "h4", "h5", "h6", "div",
    "caption",
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
_HEADER_CELL: Final = re.compile(r"<th( [^>]*)?>")
_ALIGNED: Final = re.compile(r'(?<=<t[hd] )style="text-align: ?(left|center|right);?"')
"""How the table extension says where a column is; no style is in a page, whose policy forbids it."""
_TABLE: Final = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEADER: Final = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_ROW: Final = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL: Final = re.compile(r"<td(?=[ >])")
_WIDE: Final = 3
"""From how many columns the rows of a table are shown as cards on a phone, each cell with the head of its column."""
_QUOTATION_END: Final = re.compile(r"</p>\s*</blockquote>")
_SOURCE: Final = re.compile(r"[—–][ \u00a0]")
_INLINE: Final = re.compile(r"<(/?)([a-z]+)[^>]*>")


def to_html(text: str) -> str:
    """Convert a text. Raises RecursionError where it is nested too deeply."""
    converter = _converter()
    converter.reset()
    try:
        converted = converter.convert(text)
    except RecursionError:
        _converter.cache_clear()  # in the middle of this text, it would go on there with the next
        raise
    html = nh3.clean(
        converted,
        tags=_ALLOWED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        filter_style_properties={"text-align"},
    ).replace("&nbsp;", "\u00a0")
    if "<blockquote>" in html:
        html = _with_sources(html)
    if "<table>" in html:
        html = _ALIGNED.sub(r'class="to-\1"', html)
        html = html.replace("<table>", '<div class="table" tabindex="0"><table>').replace("</table>", "</table></div>")
        html = _TABLE.sub(_with_columns, html)
        html = _HEADER_CELL.sub(r'<th scope="col"\1>', html)
    return html


@cache
def _converter() -> Markdown:
    """One converter for all texts: building one costs as much as converting a page."""
    footnotes = Footnotes(BACKLINK_TITLE="↩{}", SUPERSCRIPT_TEXT="{}")
    converter = Markdown(extensions=["tables", footnotes], output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("html", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    converter.ESCAPED_CHARS = list(string.punctuation)
    register_blocks(converter, footnotes)
    register_inline(converter)
    return converter


def _with_columns(found: re.Match[str]) -> str:
    """A wide table whose cells name the head of their column, where that is plain text."""
    heads = [_INLINE.sub("", head).strip().replace('"', "&quot;") for head in _HEADER.findall(found[0])]
    if len(heads) < _WIDE or any(SLOT.search(head) for head in heads):
        return found[0]

    def row(cells: re.Match[str]) -> str:
        own = iter(heads)
        return _CELL.sub(lambda _: f'<td data-column="{next(own, "")}"', cells[0])

    return _ROW.sub(row, found[0])


def _with_sources(html: str) -> str:
    """The source that ends a quotation, a paragraph or line that begins with a dash, as its footer."""
    pieces: list[str] = []
    position = 0
    for found in _QUOTATION_END.finditer(html):
        start = html.rfind("<p>", position, found.start())
        words = html[start + 3 : found.start()]
        line = words.rfind("\n")
        last = words[line + 1 :].lstrip()
        if start < 0:
            continue
        if line >= 0 and _SOURCE.match(last) and SLOT.search(last) and _is_balanced(last):
            quoted = words[:line].rstrip().removesuffix("<br>")
            pieces += [html[position:start], f"<p>{quoted}</p>\n<footer>{last}</footer>"]
        elif _SOURCE.match(words.lstrip()):
            pieces += [html[position:start], f"<footer>{words}</footer>"]
        else:
            continue
        position = found.start() + len("</p>")
    return "".join([*pieces, html[position:]])


def _is_balanced(html: str) -> bool:
    """Whether every tag in a line is closed in it."""
    opened: list[str] = []
    for found in _INLINE.finditer(html):
        if not found[1] and found[2] != "br":
            opened.append(found[2])
        elif found[1] and (not opened or opened.pop() != found[2]):
            return False
    return not opened

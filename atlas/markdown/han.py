"""Han characters in HTML: line breaks between them, and `lang` on pages in another script."""

from __future__ import annotations

import re
from typing import Final

from atlas.core.scripts import FULL_WIDTH, HAN
from atlas.markdown.slots import CLOSE, OPEN

_RUN: Final = re.compile(f"[{HAN}](?:[{HAN}{FULL_WIDTH}·—…“”]*[{HAN}{FULL_WIDTH}])?")
_WIDE: Final = re.compile(f"[{HAN}{FULL_WIDTH}]")
_NEUTRAL: Final = " \t·—…“”‘’"
_INLINE: Final = f"</?(?:em|strong|a|span|sup|sub|del)\\b[^>]*>|{OPEN}\\d+{CLOSE}"
_PIECE: Final = re.compile(
    f"(?P<code><(pre|code)\\b.*?</\\2>)|(?P<inline>{_INLINE})"
    f"|(?P<block><[^>]*>)|(?P<end>[ \\t]*\\n[ \\t]*)|(?P<words>[^<\\n{OPEN}]+)",
    re.DOTALL,
)
_NEAR: Final = re.compile(
    f"[{HAN}{FULL_WIDTH}](?:[{_NEUTRAL}]|{_INLINE})*\n|\n(?:[{_NEUTRAL}\n]|{_INLINE})*[{HAN}{FULL_WIDTH}]"
)
"""A line end beside a wide character: without one there is nothing to join."""


def join_lines(html: str) -> str:
    """HTML without the line ends between Han characters, where a browser would show a space.

    Tags, slots and marks that both scripts use are passed over; code is left alone.
    """
    if not _NEAR.search(html):
        return html
    pieces: list[str] = []
    open_ends: list[int] = []
    before: bool | None = None
    for found in _PIECE.finditer(html):
        kind = found.lastgroup
        words = found[0].strip(_NEUTRAL) if kind == "words" else ""
        if kind == "end":
            open_ends.append(len(pieces))
        elif words or kind in ("block", "code"):
            after = bool(_WIDE.match(words)) if words else None if kind == "block" else False
            if (before or after) and before is not False and after is not False:
                for number in open_ends:
                    pieces[number] = ""
            open_ends.clear()
            before = bool(_WIDE.match(words[-1])) if words else after
        pieces.append(found[0])
    return "".join(pieces)


def mark_han(html: str, tag: str) -> str:
    """HTML in a language of another script with every run of Han characters marked with the language `tag`."""
    if not _RUN.search(html):
        return html
    if " lang=" not in html:
        return _RUN.sub(lambda found: found[0] if _is_in_tag(html, found.start()) else _span(found, tag), html)
    pieces = re.split(r"(<[^>]*>)", html)
    open_tags: list[bool] = []
    for number, piece in enumerate(pieces):
        if piece.startswith("<"):
            _follow(piece, open_tags)
        elif piece and not any(open_tags):
            pieces[number] = _RUN.sub(lambda found: _span(found, tag), piece)
    return "".join(pieces)


def _span(found: re.Match[str], tag: str) -> str:
    return f'<span lang="{tag}">{found[0]}</span>'


def _is_in_tag(html: str, at: int) -> bool:
    return html.rfind("<", 0, at) > html.rfind(">", 0, at)


def _follow(tag: str, open_tags: list[bool]) -> None:
    """Keep, for each element that is open, whether it says its own language."""
    if tag.startswith("</"):
        if open_tags:
            open_tags.pop()
    elif not tag.endswith("/>") and not tag.startswith(("<br", "<hr", "<img", "<source", "<track", "<wbr")):
        open_tags.append(" lang=" in tag)

"""Estimates the width of drawn text and breaks names into lines.

Widths are those of wide sans-serif fonts (Noto Sans, Verdana), so that narrower ones fit too; Han and
full-width characters take one em (Unicode Standard Annex 11).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SIZE = 13
"""The font size in a drawing, in pixels."""
LEADING = 16
"""The line height of a label, in pixels."""
ELLIPSIS = "…"

_CLASSES = {0.32: " ijl.,;:'|!’‘·", 0.46: 'frtI()[]{}-/"\\', 1.0: "mwMW@%—–“”…&QOGœŒæÆ"}
_LATIN = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_BESIDE_HAN = re.compile(r"(?s)(?=.*[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])(?=.*[·‘’])")
"""A text with Han characters and signs that Chinese fonts make one em wide, unlike Latin ones."""
_OPENING = "（《“‘「『【〈([{«"
_CLOSING = "，。、；：！？）》”’」』】〉…—·)]},.;:!?»"
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff-]+-?|-|.", re.DOTALL)


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    if letter in _LATIN:
        return _LATIN[letter]
    if unicodedata.combining(letter):
        return 0.0
    if ord(letter) > 0x1F000:
        return 1.4
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter.isupper():
        return 0.76
    return 0.64 if letter < "\u0250" else 0.85


@lru_cache(maxsize=65536)
def width_of(text: str, size: int = SIZE) -> int:
    """Return the width of a line of text in pixels, a little too wide rather than too narrow."""
    wide = sum(map(_em, text))
    if _BESIDE_HAN.match(text):
        wide += sum(1 - _em(letter) for letter in text if letter in "·‘’")
    return int(wide * size) + 1


def wrapped(text: str, width: int, most: int = 3, size: int = SIZE) -> tuple[str, ...]:
    """Break a name into lines.

    Lines break at spaces, after hyphens and between Han characters, but never before closing marks. A word
    that is wider than a line is cut anywhere. Text beyond the last line is cut, with an ellipsis.

    Args:
        text: the name.
        width: the maximum width of a line, in pixels.
        most: the maximum number of lines.
        size: the font size, in pixels.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width, size):
        if width_of((line + piece).rstrip(), size) <= width:
            line += piece
            continue
        lines.append(line.rstrip())
        line = piece.lstrip()
    lines = [each for each in (*lines, line.rstrip()) if each]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(last + ELLIPSIS, size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + ELLIPSIS)


def _pieces(text: str, width: int, size: int) -> list[str]:
    """Return the parts that may begin a line: words, Han characters with their marks, parts of overlong words."""
    joined: list[str] = []
    for piece in _PIECE.findall(" ".join(text.split())):
        if joined and (piece in _CLOSING or joined[-1][-1:] in _OPENING):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [part for piece in joined for part in _cut(piece, width, size)]


def _cut(piece: str, width: int, size: int) -> list[str]:
    if width_of(piece, size) <= width:
        return [piece]
    parts = [""]
    for letter in piece:
        if width_of(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return [part for part in parts if part]

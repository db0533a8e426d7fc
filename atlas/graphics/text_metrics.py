"""Estimates the width of drawn text and breaks names into lines.

Widths are those of wide sans-serif fonts (Noto Sans, Verdana), so that narrower ones fit too; Han and
full-width characters take one em (Unicode Standard Annex 11).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from atlas.core.scripts import FULL_WIDTH, HAN, KANA

SIZE = 13
"""The font size in a drawing, in pixels."""
LEADING = 16
"""The line height of a label, in pixels."""
ELLIPSIS = "…"

_CLASSES = {0.32: " ijl.,;:'|!’‘·", 0.46: 'frtI()[]{}-/"\\', 1.0: "mwMW@%—–“”…&QOGœŒæÆ"}
_LATIN = {letter: width for width, letters in _CLASSES.items() for letter in letters}
_HAN = re.compile(f"[{HAN}]")
_WIDE_BESIDE_HAN = "·‘’"
"""Signs that Chinese fonts make one em wide, unlike Latin ones."""
_OPENING = "（《“‘「『【〈([{«"
_CLOSING = "，。、；：！？）》”’」』】〉…—·)]},.;:!?»"
_EACH = HAN + KANA + FULL_WIDTH
"""Characters before and after which a line may break."""
_PIECE = re.compile(rf"[^ {_EACH}-]+-*|[{_EACH}]|-+| +")

Measure = Callable[[str], float]
"""Returns the width of a line of text."""


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
    signs = [letter for letter in text if letter in _WIDE_BESIDE_HAN]
    if signs and _HAN.search(text):
        wide += sum(1 - _em(sign) for sign in signs)
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
    parts = [part for piece in pieces(" ".join(text.split())) for part in _cut(piece, width, size)]
    for piece in parts:
        if width_of((line + piece).rstrip(), size) <= width:
            line += piece
            continue
        lines.append(line.rstrip())
        line = piece.lstrip()
    lines = [each for each in (*lines, line.rstrip()) if each]
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], with_ellipsis(lines[most - 1], width, lambda text: width_of(text, size)))


def pieces(text: str) -> list[str]:
    """Return the parts of a text between which a line may break: words, and Han characters with their marks.

    Spaces end the part before them. Closing marks stay with what is before them and opening marks with what follows,
    also where French sets a space between.

    Args:
        text: the text, in one line.
    """
    found: list[str] = []
    for piece in _PIECE.findall(text):
        before = found[-1][-1] if found else ""
        closes = piece[0] in _CLOSING and (before != " " or not piece.strip(_CLOSING))
        if found and (piece[0] == " " or closes or found[-1].rstrip(" ")[-1:] in _OPENING):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def with_ellipsis(text: str, width: float, measure: Measure) -> str:
    """Return a text cut to a width, with an ellipsis at its end.

    Args:
        text: the text, in one line.
        width: the maximum width with the ellipsis.
        measure: returns the width of a text.
    """
    while text and measure(f"{text.rstrip()}{ELLIPSIS}") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,;:.，；：。、')}{ELLIPSIS}"


def _cut(piece: str, width: int, size: int) -> list[str]:
    if width_of(piece.rstrip(), size) <= width:
        return [piece]
    parts = [""]
    for letter in piece:
        if width_of(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return [part for part in parts if part]

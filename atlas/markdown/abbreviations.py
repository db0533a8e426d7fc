"""Marks the abbreviations of a text with the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from atlas.markdown.slots import CLOSE, OPEN

_PIECE: Final = re.compile(rf"(<[^>]*>|{OPEN}\d+{CLOSE})")
_CODE: Final = re.compile(r"<(/?)(?:code|pre)\b")
_LATIN: Final = "A-Za-z0-9_\u00c0-\u024f"
"""Letters beside which the letters of an abbreviation are a part of another word; Han characters are not."""


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of abbreviations that are words of their own."""
    either = "|".join(re.escape(short) for short in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![{_LATIN}])(?:{either})(?![{_LATIN}])")


def with_abbreviations(html: str, abbreviations: Mapping[str, str]) -> str:
    """Return the HTML of a text with `<abbr>` around its abbreviations, outside code.

    Args:
        html: the HTML with slots.
        abbreviations: the words that each abbreviation stands for.
    """
    known = {escape(short, quote=False): escape(words) for short, words in abbreviations.items() if words}
    if not any(short in html for short in known):
        return html
    pattern = pattern_of(known)
    pieces = _PIECE.split(html)
    code = 0
    for number, piece in enumerate(pieces):
        if number % 2 and (found := _CODE.match(piece)):
            code += -1 if found[1] else 1
        elif number % 2 == 0 and not code:
            pieces[number] = pattern.sub(lambda each: f'<abbr title="{known[each[0]]}">{each[0]}</abbr>', piece)
    return "".join(pieces)

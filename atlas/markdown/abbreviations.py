"""Marks the abbreviations of a text with the words that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from atlas.core.scripts import HAN, HANGUL, KANA
from atlas.markdown.slots import CLOSE, OPEN
from atlas.markdown.tokens import EMAIL, URL

_PIECE: Final = re.compile(rf"(<[^>]*>|{OPEN}\d+{CLOSE}|{URL.pattern}|{EMAIL.pattern})")
_CODE: Final = re.compile(r"<(/?)(?:code|pre)\b")
_LETTER: Final = rf"[^\W{HAN}{KANA}{HANGUL}]"
"""A letter or digit beside which an abbreviation is a part of another word. Han characters and kana are not, nor are
syllables of Korean, where endings follow a word directly.
"""


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of abbreviations that are words of their own, not the name of an entity such as `&amp;`."""
    either = "|".join(re.escape(short) for short in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!{_LETTER})(?!(?<=&)\w+;)(?:{either})(?!{_LETTER})")


def with_abbreviations(html: str, abbreviations: Mapping[str, str]) -> str:
    """Return the HTML of a text with `<abbr>` around its abbreviations, outside code and addresses.

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

"""Marks the abbreviations of a text with the words that they stand for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from atlas.core.scripts import HAN, HANGUL, KANA, UNSPACED
from atlas.markdown.slots import CLOSE, OPEN
from atlas.markdown.tokens import EMAIL, URL

_PIECE: Final = re.compile(rf"(<[^>]*>|{OPEN}\d+{CLOSE}|{URL.pattern}|{EMAIL.pattern})")
_CODE: Final = re.compile(r"<(/?)(?:code|pre)\b")
_LETTER: Final = rf"[^\W{HAN}{KANA}{HANGUL}{UNSPACED}]"
"""A letter or digit beside which an abbreviation is a part of another word. Han characters, kana and the letters of
other scripts without spaces are not, nor are syllables of Korean, where endings follow a word directly.
"""


def has_abbreviation(text: str, short: str) -> bool:
    """Return whether a text has an abbreviation as a word of its own."""
    return any(_is_whole(found) for found in _pattern_of([short]).finditer(text))


def _is_whole(found: re.Match[str]) -> bool:
    """Return whether no combining mark makes what was found a part of another word: `AB` in `ABé` or in `éAB`."""
    text, start = found.string, found.start()
    while start and _is_mark(text[start - 1]):
        start -= 1
    is_behind_word = start < found.start() and re.match(_LETTER, text[start - 1 : start])
    return not is_behind_word and not _is_mark(text[found.end() : found.end() + 1])


def _is_mark(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] == "M"


def _pattern_of(names: Iterable[str]) -> re.Pattern[str]:
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
    pattern = _pattern_of(known)

    def marked(found: re.Match[str]) -> str:
        return f'<abbr title="{known[found[0]]}">{found[0]}</abbr>' if _is_whole(found) else found[0]

    pieces = _PIECE.split(html)
    code = 0
    for number, piece in enumerate(pieces):
        if number % 2 and (found := _CODE.match(piece)):
            code += -1 if found[1] else 1
        elif number % 2 == 0 and not code:
            pieces[number] = pattern.sub(marked, piece)
    return "".join(pieces)

"""Joins the lines of a text over which a link, picture, note, citation, tag or piece of code is wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from atlas.core.scripts import FULL_WIDTH, HAN, KANA
from atlas.importing.code_marks import CODE, set_aside

_MOST: Final = 30
"""Lines that are joined at most."""
_BEGINS_BLOCK: Final = re.compile(
    r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|\||>(?!\}\})|#{1,6}(?:[ \t]|$)|:|`{3,}|~{3,}|[!?]{3}|\$\$|\\\[|\{|\[[^\]]+\]:"
    r"|(?:-{3,}|={3,})[ \t]*$)"
)
"""What a line begins with that goes on no other; `{` begins attributes or a tag."""
_NOT_JOINED: Final = re.compile(r"[ \t>]*(?:\||#{1,6}[ \t]|:{3,}|`{3,}|~{3,}|\$\$)")
_QUOTE: Final = re.compile(r"[ \t]*(?:>[ \t]?)*")
_OPEN: Final = re.compile(
    r"\{\{(?:(?!\}\}).)*$|\{%(?:(?!%\}).)*$|\]\([^()]*$|[\])]\{[^{}]*$"
    r"|<(?:a|img|figure|figcaption|span|div|sup|sub)\b[^<>]*$|<a\s[^<>]*>(?:(?!</a\s*>).)*$|`",
    re.IGNORECASE,
)
_CITATION: Final = re.compile(r"\\[a-zA-Z]*cite[a-zA-Z]*\*?(?:\[[^\]]*\])?\{[^{}]*$")
_ROLE: Final = re.compile(r"\}`[^`]*`")
_WIDE: Final = re.compile(rf"[{HAN}{KANA}{FULL_WIDTH}]")


def with_whole_lines(lines: Sequence[str]) -> list[str]:
    """Return lines, those that wrap a form joined where the same paragraph closes it.

    Args:
        lines: the lines, those of code marked.
    """
    shown: list[str] = []
    number = 0
    while number < len(lines):
        joined, number = _joined(lines, number)
        shown.append(joined)
    return shown


def _joined(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Return the line with those that go on in it, and the number of the line after them."""
    line = lines[start]
    if line.startswith(CODE) or _NOT_JOINED.match(line) or not _is_open(line):
        return line, start + 1
    before = _QUOTE.match(line)
    depth = before[0].count(">") if before else 0
    for number in range(start + 1, min(start + _MOST, len(lines))):
        added = lines[number]
        quote = _QUOTE.match(added)
        words = added[quote.end() :] if quote and depth else added
        if not words.strip() or added.startswith(CODE) or _BEGINS_BLOCK.match(words):
            break
        if depth and (not quote or quote[0].count(">") != depth):
            break
        words, line = words.strip(), line.rstrip(" \\")
        is_wide = _WIDE.match(line[-1:]) and _WIDE.match(words[:1])
        line = f"{line}{'' if is_wide else ' '}{words}"
        if not _is_open(line):
            return line, number + 1
    return lines[start], start + 1


def _is_open(line: str) -> bool:
    """Return whether a line begins a form that it does not close."""
    whole = _ROLE.sub("", set_aside(line)[0])
    text = re.sub(r"\\.", "", whole)
    return text.count("[") > text.count("]") or bool(_OPEN.search(text) or _CITATION.search(whole))

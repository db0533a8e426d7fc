"""How deeply the lines of a Markdown text are nested: what is nested more deeply than the limit is not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from atlas.core.limits import MARKDOWN_DEPTH

_LEVEL: Final = re.compile(r"[ ]{4}|[ ]{0,3}(?:\t|>[ ]?|(?:[-*+]|\d{1,9}[.)]|:(?=[ ]))[ ]+)")
_RULE: Final = re.compile(r"[ \t>]*(?:[-*_][ \t]*)+")
_MEANING: Final = re.compile(r"[ ]{0,3}:[ ]")


def too_deep(text: str, hidden: Sequence[tuple[int, int]]) -> int | None:
    """Where the first line begins that is nested too deeply, if any.

    A marker of a list, a `>`, and four columns of indent are a level each. In a paragraph a second term with its
    definition is a level below the first, because Markdown reads it so.

    Args:
        text: the text.
        hidden: where code stands, in order: its lines are not nested.
    """
    code = iter([*hidden, (len(text) + 1, len(text) + 1)])
    begin, end = next(code)
    position, terms, previous = 0, 0, ""
    for line in text.split("\n"):
        while end <= position:
            begin, end = next(code)
        if begin <= position:
            previous = ""
        elif not line.strip():
            terms, previous = 0, ""
        else:
            if _MEANING.match(line) and previous and not _MEANING.match(previous) and previous[0] != " ":
                terms += 1
            if terms + _depth(line) > MARKDOWN_DEPTH + (terms > 0):
                return position
            previous = line
        position += len(line) + 1
    return None


def _depth(line: str) -> int:
    """How many levels a line begins with."""
    depth = position = 0
    while found := _LEVEL.match(line, position):
        depth, position = depth + 1, found.end()
    return 0 if depth > 1 and _RULE.fullmatch(line) else depth

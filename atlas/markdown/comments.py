"""Blanks the comments of a Markdown text, so that its lines are read as if they were not there."""

from __future__ import annotations

import re
from typing import Final

from atlas.markdown.spans import CODE_SPAN

_PIECE: Final = re.compile(
    rf"""
      ^[ \t>]*(?:(?:[-+*]|\d{{1,9}}[.)])[ \t]+)*(?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})
    | \\.
    | {CODE_SPAN}
    | (?P<comment><!--)
    """,
    re.VERBOSE | re.MULTILINE,
)


def without_comments(text: str) -> str:
    """The text with spaces in place of its comments and of the line ends within them; code is left alone."""
    if "<!--" not in text:
        return text
    pieces: list[str] = []
    done = position = 0
    while found := _PIECE.search(text, position):
        position = found.end()
        if found["fence"]:
            marks = re.escape(found["fence"][0])
            closing = re.compile(rf"^[ \t>]*{marks}{{{len(found['fence'])},}}[ \t]*$", re.MULTILINE)
            ending = closing.search(text, position)
            position = ending.end() if ending else position
        elif found["comment"]:
            end = text.find("-->", position)
            if end < 0:
                break
            position = end + 3
            pieces += [text[done : found.start()], " " * (position - found.start())]
            done = position
    return "".join([*pieces, text[done:]])

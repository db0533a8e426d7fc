"""Classifies the lines of a Markdown text and finds the end of paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import Final, Literal

from msgspec import Struct, field

LineKind = Literal["heading", "note", "definition", "fence"]


class LineStart(Struct, frozen=True):
    """What a line begins with. closing: where the fence that it opens ends; found: the groups of a definition."""

    kind: LineKind
    start: int
    end: int
    closing: int | None = None
    found: re.Match[str] | None = None


class Lines(Struct):
    """The marks of a text in order, and the places where a line begins another paragraph, item, row or heading."""

    marks: list[LineStart] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


_TITLE: Final = r"\"[^\n]*\"|'[^\n]*'|\([^\n]*\)"
_LINE: Final = re.compile(
    rf"""
    (?P<quote>[ \t]*>[ \t>]*)? [ \t]*
    (?: (?P<blank>$)
      | (?P<item>(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+(?:>[ \t]*)*)+)? (?P<meaning>:[ \t]+)?
        (?: (?P<heading>\#{{2,6}}(?!\#)|\#(?=[ \t]+\S))
          | (?P<note>\[\^[^\]\[\n]+\]:)
          | (?P<definition>\[(?P<label>[^\]\[\n^@][^\]\[\n]*)\]:[ ]*(?:\n[ ]*)?(?P<address>\S+)
              (?:[ ]*(?:\n[ ]*)?(?:{_TITLE}))?[ ]*$)
          | (?P<fence>(?P<ticks>`{{3,}}|~{{3,}})[ ]*(?:\{{[^\n]*\}}|\.?[\w\#.+-]*)[ ]*$)
          | (?P<row>\|)
        )?
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_FENCE_END: Final = re.compile(r"^(`{3,}|~{3,})[ ]*$", re.MULTILINE)


def read_lines(text: str) -> Lines:
    """The marks of a text's lines. A paragraph ends where the block parser of Python-Markdown ends it."""
    lines = Lines()
    closings = _closings(text)
    start, fresh, listed, quoted = 0, True, False, False
    while start >= 0:
        found = _LINE.match(text, start)
        assert found
        kind = found.lastgroup
        mark = _line_start(found, start, closings)
        if mark:
            lines.marks.append(mark)
        if fresh:
            listed = bool(found["item"])
        entered = found["meaning"] or (found["item"] and listed) or (found["quote"] and not quoted)
        if mark or entered or fresh or kind in ("blank", "row"):
            lines.breaks.append(start)
        fresh, quoted = kind in ("blank", "heading"), bool(found["quote"])
        start = text.find("\n", start) + 1 or -1
    return lines


def _line_start(found: re.Match[str], start: int, closings: dict[str, list[tuple[int, int]]]) -> LineStart | None:
    """The mark of a line, or None when it begins with words."""
    if found["heading"]:
        return LineStart("heading", start, found.end("heading"))
    if found["note"]:
        return LineStart("note", found.start("note"), found.end("note"))
    if found["definition"]:
        return LineStart("definition", start, found.end(), None, found)
    if found["fence"] is None or found.start("fence") > start:  # Markdown reads no fence that is indented
        return None
    places = closings[found["ticks"]]
    number = bisect_left(places, (found.end() + 1, 0))
    return LineStart("fence", start, found.end("ticks"), places[number][1] if number < len(places) else None)


def _closings(text: str) -> dict[str, list[tuple[int, int]]]:
    """Where the lines begin and end that may close a fence, by their marks."""
    closings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    if "```" in text or "~~~" in text:
        for found in _FENCE_END.finditer(text):
            closings[found[1]].append((found.start(), found.end()))
    return closings

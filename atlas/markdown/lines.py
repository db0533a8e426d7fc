"""Classifies the lines of a Markdown text and finds the end of paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import Final, Literal

from msgspec import Struct, field

MarkKind = Literal["heading", "note", "definition", "fence"]
LineKind = Literal[
    "blank", "quotation", "rule", "item", "heading", "note", "definition", "fence", "description", "row", "text"
]  # fmt: skip


class Line(Struct, frozen=True):
    """A line as Markdown reads it: its kind, where it begins, and where its words begin behind the marks of that kind.

    item: also one in another item · definition: `[label]: address` · description: `: words` below a term · row: it
    begins with a bar. Within a fence or comment a line has the kind that it would have outside.
    """

    kind: LineKind
    start: int
    words: int


class LineStart(Struct, frozen=True):
    """What a line begins with. closing: where the fence that it opens ends; found: the groups of a definition."""

    kind: MarkKind
    start: int
    end: int
    closing: int | None = None
    found: re.Match[str] | None = None


class Lines(Struct):
    """The marks of a text in order, and the places where a line begins another paragraph, item, row or heading.

    rows: every line.
    """

    marks: list[LineStart] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)


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
_RULE: Final = re.compile(r"^[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})$", re.MULTILINE)
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
        lines.rows.append(_line(found, mark, listed))
        if mark or entered or fresh or kind in ("blank", "row"):
            lines.breaks.append(start)
        fresh, quoted = kind in ("blank", "heading"), bool(found["quote"])
        start = text.find("\n", start) + 1 or -1
    return lines


def _line(found: re.Match[str], mark: LineStart | None, listed: bool) -> Line:
    """A line of its kind. listed: whether the lines before it are a list, or it is the first after an empty one."""
    text, start = found.string, found.start()
    if found["quote"]:
        return Line("quotation", start, start)
    if found.lastgroup == "blank":
        return Line("blank", start, start)
    if _RULE.match(text, start):
        return Line("rule", start, start)
    if found["item"] and listed:
        return Line("item", start, found.end("item"))
    if mark:
        return Line(mark.kind, start, mark.end if mark.kind in ("heading", "note") else start)
    if found["meaning"]:
        return Line("description", start, found.end("meaning"))
    return Line("row" if found.lastgroup == "row" else "text", start, start)


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

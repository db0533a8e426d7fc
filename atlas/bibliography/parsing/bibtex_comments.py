"""Finds `%` comments between the entries and fields of a BibTeX file."""

from __future__ import annotations

import re
from bisect import bisect_right


def without_comments(text: str) -> str:
    """Replace the text after a % between entries and between fields by spaces.

    biber, pandoc and authors treat it as a comment, BibTeX does not. A % inside a value is kept.
    """
    out: list[str] = []
    done = 0
    inside = _EntryScan(text)
    position = text.find("%")
    while position >= 0:
        if _may_be_comment(text, position) and inside.is_between_fields(position):
            end = _end_of_line(text, position)
            out += [text[done:position], " " * (end - position)]
            done = end
        position = text.find("%", max(position + 1, done))
    return "".join([*out, text[done:]]) if out else text


def _may_be_comment(text: str, position: int) -> bool:
    """Return whether a % begins its line, or follows a comma, a brace, a quotation mark or a bare value."""
    before = text[text.rfind("\n", 0, position) + 1 : position].rstrip(" \t")
    return not before or before[-1] in ',}"' or bool(_BARE_VALUE.search(before))


class _EntryScan:
    """The state of braces and quotation marks in the last entry; positions are asked in ascending order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] | None = None
        self.begun = self.depth = 0
        self.quoted = False

    def is_between_fields(self, position: int) -> bool:
        """Return whether a position is outside all values of its entry."""
        if self.starts is None:
            self.starts = [entry.start() for entry in _ENTRY_BEGINS.finditer(self.text)]
        before = bisect_right(self.starts, position) - 1
        if before < 0:
            return True
        if self.starts[before] >= self.begun:
            self.begun, self.depth, self.quoted = self.starts[before], 0, False
        while found := _OUTSIDE.search(self.text, self.begun, position):
            self.begun = found.end()
            self._pass(found[0])
        return self.depth < 2 and not self.quoted

    def _pass(self, mark: str) -> None:
        if mark == "%":
            if self.depth < 2 and not self.quoted:
                self.begun = _end_of_line(self.text, self.begun)
        elif mark == '"':
            self.quoted = self.quoted != (self.depth == 1)
        elif mark[-1] in "{(" and mark[0] != "\\":
            self.depth += 1
        elif mark == "}":
            self.depth -= 1


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


_BARE_VALUE = re.compile(r"=[ \t]*\w+\Z")
_ENTRY_BEGINS = re.compile(r"^[ \t]*@\w+\s*[{(]", re.MULTILINE)
_OUTSIDE = re.compile(r"\\.|^[ \t]*@\w+\s*[{(]|[{}\"%]", re.DOTALL | re.MULTILINE)

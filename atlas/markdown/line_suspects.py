"""Notes the lines of a paragraph that look like rows of a table, items of a list or code, and are read as words."""

from __future__ import annotations

import re
from typing import Final

from atlas.markdown.nodes import FaultKind, LineFault

_BULLET: Final = re.compile(r"[•●○▪■◦‣➢✓][ \t\u3000\xa0]*\S|[·o][\t]+\S")
_NUMBERED: Final = re.compile(r"\d{1,3}[.)、．](?!\d)[ \t]*\S|[（(]\d{1,3}[）)]|-[^\W\d_]")
_ROW: Final = re.compile(r"\||(?=[^\n]*\|)[ \t|:-]*-[ \t|:-]*$", re.MULTILINE)


class LineSuspects:
    """The suspect lines of the paragraph that is being read."""

    def __init__(self) -> None:
        """Begin with none."""
        self.rows: list[LineFault] = []
        self.alike = 0

    def look(self, text: str, at: int) -> None:
        """Look at a line whose words begin at a place. One line like an item is none, two are."""
        if _ROW.match(text, at):
            self.note("bars", at)
        elif _BULLET.match(text, at):
            self.note("bullets", at)
        elif _NUMBERED.match(text, at):
            self.alike += 1
            if self.alike > 1:
                self.note("numbers", at)

    def note(self, kind: FaultKind, at: int) -> None:
        """Note a line."""
        self.rows.append(LineFault(kind, at))

    def keep_before(self, place: int) -> None:
        """Forget the lines that have become a table."""
        self.rows = [row for row in self.rows if row.start < place]

    def take(self) -> list[LineFault]:
        """The first line of each kind, to be forgotten here."""
        rows = {row.kind: row for row in reversed(self.rows)}
        self.clear()
        return [*rows.values()]

    def clear(self) -> None:
        """Forget all lines."""
        self.rows, self.alike = [], 0

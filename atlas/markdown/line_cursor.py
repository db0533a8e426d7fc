"""A place in a line of text, counted in characters and in columns, of which a tab is up to four."""

from __future__ import annotations


class LineCursor:
    """How far a line is read.

    Attributes:
        text: the text of the line.
        end: where the line ends.
        at: how far it is read.
        column: the same in columns.
        pad: columns of a tab that are left.
    """

    def __init__(self, text: str) -> None:
        """Begin before the first line."""
        self.text = text
        self.end = self.at = self.column = self.pad = 0

    def indent(self) -> tuple[int, int]:
        """Where the next character that is no space is, and its column."""
        at, column = self.at, self.column + self.pad
        while at < self.end and (sign := self.text[at]) in " \t":
            column += 4 - column % 4 if sign == "\t" else 1
            at += 1
        return at, column

    def to(self, at: int, column: int) -> None:
        """Go to a character, whose column is known."""
        self.at, self.column, self.pad = at, column, 0

    def advance(self, columns: int) -> None:
        """Pass over so many columns of spaces."""
        target = self.column + columns
        column = self.column + self.pad
        while column < target and self.at < self.end and (sign := self.text[self.at]) in " \t":
            column += 4 - column % 4 if sign == "\t" else 1
            self.at += 1
        self.column, self.pad = target, max(column - target, 0)

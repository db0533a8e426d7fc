"""Builds the text with slots while the scanner reads."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct, field

from atlas.core.problems import Problem, Span
from atlas.markdown.link_targets import Fault
from atlas.markdown.passages import Passage
from atlas.markdown.slots import CLOSE, OPEN, Scanned, Slot, place
from atlas.markdown.tokens import Token


class SlotWriter(Struct):
    """The text of a passage and the result as far as it is read.

    removed: where in the text, in order, a character of the passage was left out. done: how far the text is read.
    endings: by the place of a closing bracket, what is there instead, where it ends, and how many pieces are
    kept before it (None: all). within: the brackets that close what is open.
    """

    passage: Passage
    text: str
    removed: list[int]
    result: Scanned = field(default_factory=Scanned)
    pieces: list[str] = field(default_factory=list)
    done: int = 0
    endings: dict[int, tuple[str, int, int | None]] = field(default_factory=dict)
    within: list[int] = field(default_factory=list)

    def copy(self, end: int) -> None:
        """Write the text up to there as it is."""
        self.pieces.append(self.text[self.done : end])
        self.done = end

    def put(self, slot: Slot, end: int) -> None:
        """Write a slot in place of the text up to there."""
        self.pieces.append(self.reserve(slot))
        self.done = end

    def reserve(self, slot: Slot) -> str:
        """The mark of a slot, to be written somewhere."""
        self.result.slots.append(slot)
        return f"{OPEN}{len(self.result.slots) - 1}{CLOSE}"

    def enclose(self, token: Token, closing: Token, marks: tuple[str, str], end: int) -> None:
        """Write one mark in place of the bracket that opens, and the other in place of what closes it, up to `end`."""
        self.pieces.append(marks[0])
        self.done = token.end
        self.endings[closing.start] = (marks[1], end, None)
        self.within.append(closing.start)

    def replace(self, opened: int, closing: Token, mark: str, end: int) -> None:
        """Write one mark in place of brackets and all that they hold, once that is read."""
        self.endings[closing.start] = (mark, end, len(self.pieces))
        self.within.append(closing.start)
        self.done = opened

    def close(self, token: Token) -> None:
        """Write what is in place of a closing bracket."""
        if token.start not in self.endings:
            self.copy(token.end)
            return
        mark, self.done, kept = self.endings.pop(token.start)
        del self.pieces[len(self.pieces) if kept is None else kept :]
        self.pieces.append(mark)
        self.within.pop()

    def span(self, offset: int) -> Span:
        """Where a character of the text is in its file."""
        return place(self.passage, offset + bisect_right(self.removed, offset))

    def report(self, offset: int, fault: Fault) -> None:
        """Note a problem."""
        self.result.problems.append(Problem(self.span(offset), fault.rule, fault.message, fault.hint))

"""What can be pointed at in a text: its headings, and the paragraphs and list items that end with attributes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from atlas.problems import Problem, Span
from atlas.slots import CLOSE, OPEN, Slot


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level (2 to 6), its id, and its words as HTML with slots."""

    level: int
    id: str
    html: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A paragraph or list item with an id: a fact when it has a dimension, perhaps the atlas's own reading."""

    id: str
    dimension: str
    reading: bool
    html: str
    span: Span


_NAMES: Final = "p|li|h[2-6]|dd|dt|td|th|ul|ol|dl|table|thead|tbody|tr|blockquote|footer|div|pre"
_PIECE: Final = re.compile(f"<(?P<close>/?)(?P<name>{_NAMES})\\b[^>]*>|{OPEN}(?P<slot>\\d+){CLOSE}")
_EDGE: Final = re.compile(f"\\s*</?(?:{_NAMES})\\b")
_OWNERS: Final = re.compile("p|li|h[2-6]|dd|dt")


@dataclass(slots=True)
class _Block:
    """A block that is open: its name, which piece is its tag, and where its words begin."""

    name: str
    piece: int
    start: int


class Anchoring:
    """One pass that puts the attributes which end a block onto its tag."""

    def __init__(self, html: str, slots: tuple[Slot, ...]) -> None:
        self.html = html
        self.slots = slots
        self.pieces: list[str] = []
        self.open: list[_Block] = []
        self.seen: dict[str, Span] = {}
        self.headings: list[Heading] = []
        self.marked: list[Marked] = []
        self.problems: list[Problem] = []

    def run(self) -> str:
        """The HTML with its ids. A slot stays where a block with an id ends, for the link to it."""
        position = 0
        for found in _PIECE.finditer(self.html):
            self.pieces.append(self.html[position : found.start()])
            position = found.end()
            if found["slot"] and self.slots[int(found["slot"])].kind == "attributes":
                self._attributes(found, self.slots[int(found["slot"])])
                continue
            if found["close"] and self.open:
                self.open.pop()
            elif found["name"] and not found["close"]:
                self.open.append(_Block(found["name"], len(self.pieces), found.end()))
            self.pieces.append(found[0])
        return "".join([*self.pieces, self.html[position:]])

    def _attributes(self, found: re.Match[str], slot: Slot) -> None:
        owner = self._owner(found)
        if owner is None:
            hint = "write {…} once, after the last word of a paragraph, list item or heading"
            message = "these attributes end no paragraph, list item or heading"
            self.problems.append(Problem(slot.span, "wrong-type", message, hint))
            return
        if slot.target in self.seen and slot.target:
            hint = f"it stands on line {self.seen[slot.target].line} too: ids are unique in a record"
            self.problems.append(Problem(slot.span, "duplicate-id", f'the id "{slot.target}" is given twice', hint))
        self.seen.setdefault(slot.target, slot.span)
        words = self.html[self.open[-1].start : found.start()].strip()
        self.pieces[owner.piece] = _tag(owner.name, slot)
        self.pieces[-1] = self.pieces[-1].rstrip()
        self.pieces.append(found[0] if slot.target else "")
        if owner.name[0] == "h":
            self.headings.append(Heading(int(owner.name[1]), slot.target, words))
        elif slot.target or slot.dimension:
            self.marked.append(Marked(slot.target, slot.dimension, slot.reading, words, slot.span))

    def _owner(self, found: re.Match[str]) -> _Block | None:
        """The block that ends where attributes stand, unless it has no words or has attributes already."""
        if not self.open or not _OWNERS.fullmatch(self.open[-1].name) or not _EDGE.match(self.html, found.end()):
            return None
        owner = self.open[-1]
        if not self.html[owner.start : found.start()].strip():
            return None
        outer = self.open[-2] if owner.name == "p" and len(self.open) > 1 else None
        if outer and outer.name == "li" and not "".join(self.pieces[outer.piece + 1 : owner.piece]).strip():
            owner = outer
        return owner if " " not in self.pieces[owner.piece] else None


def _tag(name: str, slot: Slot) -> str:
    id = f' id="{slot.target}"' if slot.target else ""
    kind = "reading" if slot.reading else "fact" if slot.dimension else ""
    return f"<{name}{id}" + (f' class="{kind}">' if kind else ">")

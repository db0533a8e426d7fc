"""Finds what links can point to in a text: headings, and blocks that end with attributes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from msgspec import Struct

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.i18n.locales import tag_attributes
from atlas.markdown.slots import CLOSE, OPEN, SLOT, Slot


class Heading(Struct, frozen=True):
    """A heading: its level (2 to 6), its id, its words as HTML with slots, and the place of its attributes."""

    level: int
    id: str
    html: str
    span: Span


class MarkedBlock(Struct, frozen=True):
    """A paragraph, list item, figure or table with an id.

    It is a fact when it has a dimension, perhaps the atlas's own reading.
    """

    id: str
    dimension: str
    reading: bool
    html: str
    span: Span


_NAMES: Final = (
    "p|li|h[2-6]|dd|dt|td|th|ul|ol|dl|table|thead|tbody|tr|blockquote|footer|div|pre|figure|figcaption|caption"
)
_PIECE: Final = re.compile(f"<(?P<close>/?)(?P<name>{_NAMES})\\b[^>]*>|{OPEN}(?P<slot>\\d+){CLOSE}")
_EDGE: Final = re.compile(f"\\s*</?(?:{_NAMES})\\b")
_OWNERS: Final = re.compile("p|li|h[2-6]|dd|dt")
_CAPTIONED: Final = {"figcaption": ("figure", "fig-"), "caption": ("table", "tbl-")}
"""By the name of a caption: what it belongs to, and the prefix of its ids, as in Quarto."""


class _OpenBlock(NamedTuple):
    """A block that is open: its name, and where its tag and its words begin."""

    name: str
    tag: int
    start: int


class AnchorPass:
    """One pass that puts the attributes which end a block onto its tag."""

    def __init__(self, html: str, slots: tuple[Slot, ...]) -> None:
        self.html = html
        self.slots = slots
        self.open: list[_OpenBlock] = []
        self.edits: dict[tuple[int, int], str] = {}
        self.seen: dict[str, Span] = {}
        self.headings: list[Heading] = []
        self.marked: list[MarkedBlock] = []
        self.problems: list[Problem] = []
        self.numbers: dict[str, str] = {}
        self.widths: dict[int, int] = {}

    def run(self) -> str:
        """The HTML with its ids. A slot stays where a block with an id ends, for the link to it."""
        if not any(slot.kind == "attributes" for slot in self.slots):
            return self.html
        for found in _PIECE.finditer(self.html):
            close, name, number = found.groups()
            if number:
                if self.slots[int(number)].kind == "attributes":
                    self._attributes(found, self.slots[int(number)])
            elif not close:
                self.open.append(_OpenBlock(name, found.start(), found.end()))
            elif self.open:
                self.open.pop()
        return self._edited()

    def _edited(self) -> str:
        pieces: list[str] = []
        position = 0
        for (start, end), text in sorted(self.edits.items()):
            pieces += [self.html[position:start], text]
            position = end
        return "".join([*pieces, self.html[position:]])

    def _attributes(self, found: re.Match[str], slot: Slot) -> None:
        owner = self._owner(found)
        if owner is None:
            hint = "write {…} once, after the last word of a paragraph, list item or heading"
            self._report(slot, Rule.WRONG_TYPE, "these attributes end no paragraph, list item or heading", hint)
            self.edits[found.span()] = ""
            return
        if owner.name in _CAPTIONED:
            self._check_caption(owner.name, slot)
        elif slot.width:
            self._report(slot, Rule.UNKNOWN_KEY, "only a figure has a width", "remove it")
        if slot.target in self.seen and slot.target:
            hint = f"it is on line {self.seen[slot.target].line} too: ids are unique in a record"
            self.problems.append(Problem(slot.span, Rule.DUPLICATE_ID, f'the id "{slot.target}" is given twice', hint))
        self.seen.setdefault(slot.target, slot.span)
        if owner.name in _CAPTIONED:
            self._caption(owner, found, slot)
            return
        words = self.html[self.open[-1].start : found.start()]
        end = self.open[-1].start + len(words.rstrip())
        self.edits[owner.tag, owner.start] = _tag(owner.name, slot)
        self.edits[end, found.end()] = found[0] if slot.target else ""
        if owner.name[0] == "h":
            self.headings.append(Heading(int(owner.name[1]), slot.target, words.strip(), slot.span))
        elif slot.target or slot.dimension:
            self.marked.append(MarkedBlock(slot.target, slot.dimension, slot.reading, words.strip(), slot.span))

    def _caption(self, owner: _OpenBlock, found: re.Match[str], slot: Slot) -> None:
        """Put attributes onto the figure or table whose caption they end; their slot shows its number before it."""
        outer = self.open[-2]
        name, beginning = _CAPTIONED[owner.name]
        number = sum(id.startswith(beginning) for id in self.numbers) + 1
        id = f' id="{slot.target}"' if slot.target else ""
        kind = f' class="of-{slot.width}"' if slot.width else ""
        self.edits[outer.tag, outer.start] = f"<{name}{id}{kind}>"
        self.edits[owner.start, owner.start] = found[0] if slot.target else ""
        if slot.width and (picture := SLOT.search(self.html, outer.start, owner.tag)):
            self.widths[int(picture[1])] = slot.width
        words = self.html[owner.start : found.start()]
        self.edits[owner.start + len(words.rstrip()), found.end()] = ""
        if slot.target:
            self.numbers.setdefault(slot.target, str(number))
            self.marked.append(MarkedBlock(slot.target, "", False, words.strip(), slot.span))

    def _check_caption(self, caption: str, slot: Slot) -> None:
        name, beginning = _CAPTIONED[caption]
        if slot.target and not slot.target.startswith(beginning):
            hint = f"write {{#{beginning}{slot.target}}}, and @{beginning}{slot.target} where the text names it"
            self._report(slot, Rule.BAD_ID, f"the id of a {name} begins with {beginning}", hint)
        if slot.dimension or slot.reading:
            self._report(slot, Rule.UNKNOWN_KEY, f"a {name} cannot be a fact", "write the fact as a paragraph")
        if slot.language:
            self._report(slot, Rule.UNKNOWN_KEY, f"a {name} has no language", "write [words]{lang=…} in its caption")
        if slot.width and name == "table":
            self._report(slot, Rule.UNKNOWN_KEY, "only a figure has a width", "remove it")

    def _report(self, slot: Slot, rule: Rule, message: str, hint: str) -> None:
        self.problems.append(Problem(slot.span, rule, message, hint))

    def _owner(self, found: re.Match[str]) -> _OpenBlock | None:
        """The block that ends where attributes are, unless it has no words or has attributes already."""
        owner = self.open[-1] if self.open else None
        if owner and owner.name in _CAPTIONED and _EDGE.match(self.html, found.end()):
            return owner if (self.open[-2].tag, self.open[-2].start) not in self.edits else None
        if owner is None or not _OWNERS.fullmatch(owner.name) or not _EDGE.match(self.html, found.end()):
            return None
        if not self.html[owner.start : found.start()].strip():
            return None
        outer = self.open[-2] if owner.name == "p" and len(self.open) > 1 else None
        if outer and outer.name == "li" and not self.html[outer.start : owner.tag].strip():
            owner = outer
        is_bare = owner.start - owner.tag == len(owner.name) + 2
        return owner if is_bare and (owner.tag, owner.start) not in self.edits else None


def _tag(name: str, slot: Slot) -> str:
    id = f' id="{slot.target}"' if slot.target else ""
    kind = "reading" if slot.reading else "fact" if slot.dimension else ""
    language = tag_attributes(slot.language) if slot.language else ""
    return f"<{name}{id}{language}" + (f' class="{kind}">' if kind else ">")

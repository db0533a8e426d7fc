"""The tree of blocks that a Markdown text is divided into, and what the lines of the text are."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct, field

NodeKind = Literal[
    "text", "quotation", "list", "item", "note", "terms", "meaning", "paragraph", "heading", "rule", "fence", "table",
    "caption", "definition", "abbreviation", "verse",
]  # fmt: skip
MarkKind = Literal["heading", "setext", "note", "definition", "abbreviation", "fence", "open-fence"]
LineKind = Literal[
    "blank", "comment", "quotation", "callout", "rule", "item", "heading", "note", "definition", "fence", "description",
    "row", "text",
]  # fmt: skip
FaultKind = Literal["bars", "bullets", "caption", "colon", "indented", "numbers", "row"]
CALLOUTS = ("note", "tip", "important", "warning", "caution")
"""The kinds of callouts, as on GitHub ("Alerts")."""


class Node(Struct):
    """A block, or a container of blocks.

    Attributes:
        kind: text (the whole) · list: its items · item · note: `[^1]: …` · terms: a definition list, its terms
            (paragraphs) and meanings · meaning: `: …` below a term · definition: `[label]: address` · caption: `: …`
            below a table · abbreviation: `*[short]: …` · verse: lines after `| `.
        start: where its first line begins; of a note and a definition, where its own mark does.
        children: the blocks of a container.
        lines: the lines of a leaf, without the marks of its containers.
        level: of a heading, 1 to 6; of a numbered list, its first number.
        mark: of a list, the character that its markers share; of a note, its name; of a fence, its marks; of a
            quotation that is a callout, its kind.
        info: of a fence, its language.
        width: how many columns the lines of an item, meaning or note are indented.
        loose: of a list or meaning, whether its paragraphs stand apart.
        blank: whether an empty line came after its last line.
        lazy: how many of the last lines of a paragraph stand outside its container, as CommonMark allows.
        found: the groups of a definition.
    """

    kind: NodeKind
    start: int
    children: list[Node] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    level: int = 0
    mark: str = ""
    info: str = ""
    width: int = 0
    loose: bool = False
    blank: bool = False
    lazy: int = 0
    found: re.Match[str] | None = None


class Line(Struct, frozen=True):
    """A line as Markdown reads it: its kind, where it begins, and where its words begin behind the marks of that kind.

    inner: where it begins behind the marks of the containers that it is in, such as `>`.

    callout: `> …` below `> [!NOTE]` · comment: nothing but comments · item: also one in another item · definition:
    `[label]: address` or `*[short]: …` · description: `: words` below a term or a table · row: one of a table. Lines
    within code are text.
    """

    kind: LineKind
    start: int
    words: int
    inner: int


class LineStart(Struct, frozen=True):
    """What a line begins with.

    Attributes:
        kind: setext: the line that underlines a heading · open-fence: code that is never closed.
        start: where the mark begins; of a heading, its line.
        end: where it ends; of code, where the code does.
        above: of an underline, where the heading above it begins.
        found: the groups of a definition.
    """

    kind: MarkKind
    start: int
    end: int
    above: int | None = None
    found: re.Match[str] | None = None


class LineFault(Struct, frozen=True):
    """Lines that look like something else than they are read as."""

    kind: FaultKind
    start: int


class Lines(Struct):
    """What the lines of a text are.

    Attributes:
        marks: the marks that lines begin with, in order.
        breaks: where a line begins another paragraph, item, row or heading, in order.
        rows: every line.
        tree: the blocks.
        deep: where the first line begins that is nested too deeply; what follows is not read.
        faults: lines that look like something else.
        abbreviations: what each abbreviation stands for.
    """

    marks: list[LineStart] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    tree: Node = field(default_factory=lambda: Node("text", 0))
    deep: int | None = None
    faults: list[LineFault] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)

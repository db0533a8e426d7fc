"""What the scanner takes out of a text and leaves a slot for, and where it stood in its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from atlas.citing import Cite
from atlas.problems import Problem, Span
from atlas.shapes import Passage

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
SLOT: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")

SlotKind = Literal["record", "path", "file", "language", "close", "cite", "picture", "attributes"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One reference in a text.

    record: `[[target#fragment|label]]` · path: opens a link to /target/#fragment, or to #fragment here · file: opens
    a link to a download · language: opens words in the language `target` · close: ends the kind that `label` names ·
    cite: `cites` · picture: the file `target` with the caption `label` · attributes: the id `target` of the block
    that it ends, its `dimension`, and whether it is the atlas's own `reading`.
    """

    kind: SlotKind
    span: Span
    target: str = ""
    fragment: str = ""
    label: str = ""
    cites: tuple[tuple[Cite, Span], ...] = ()
    dimension: str = ""
    reading: bool = False


@dataclass(slots=True)
class Scanned:
    r"""A text with slots `\ue000N\ue001`, what they stand for, and the problems met."""

    text: str = ""
    slots: list[Slot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def place(passage: Passage, offset: int) -> Span:
    """Where a character of the passage stands in its file."""
    raw = passage.raw
    position = offset if raw.startswith(passage.text) else _aligned(passage.text[:offset], raw)
    before = raw[:position]
    newline = before.rfind("\n")
    span = passage.span
    if newline < 0:
        return Span(span.path, span.line, span.column + position)
    return Span(span.path, span.line + before.count("\n"), position - newline)


def _aligned(before: str, raw: str) -> int:
    """The length of the raw characters that YAML read as `before`, plus those it skips next."""
    position = 1 if raw[:1] in "'\"" else 0
    if raw[:1] in ("|", ">"):
        position = raw.find("\n") + 1
    for character in before:
        while position < len(raw) and raw[position] != character:
            if character.isspace() and raw[position].isspace():
                break
            position += 1
        position += 1
        while character.isspace() and position < len(raw) and raw[position].isspace():
            position += 1
    while position < len(raw) and not before and raw[position].isspace():
        position += 1
    return position

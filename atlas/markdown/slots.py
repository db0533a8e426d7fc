"""The references that slots replace, with their positions."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct, field

from atlas.bibliography.citing.syntax import Cite
from atlas.core.problems import Problem, Span
from atlas.markdown.passages import Passage

OPEN: Final = "\x0e"
CLOSE: Final = "\x0f"
SLOT: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")

SlotKind = Literal[
    "record", "path", "file", "language", "close", "cite", "picture", "figure", "math", "callout", "attributes"
]


class Slot(Struct, frozen=True):
    """One reference in a text.

    record: `[[target#fragment|label]]` · path: opens a link to /target/#fragment, or to #fragment here · file: opens
    a link to a download · language: opens words in the language `target` · close: ends the kind that `label` names ·
    cite: `cites` · picture: opens the caption of the file `target`, with the `width` of its figure; its end has in
    `fragment` the caption as written ·
    figure: a reference to the figure or table `target` with the number `label` · math: the formula `target`, as MathML
    in `label` · callout: the name of a callout of the kind `target` · attributes: the id `target` of the block that it
    ends, its `dimension`, and whether it is the atlas's own `reading`; of a figure or table its number `label` and its
    `width` in hundredths; of another block its `language`.
    """

    kind: SlotKind
    span: Span
    target: str = ""
    fragment: str = ""
    label: str = ""
    cites: tuple[tuple[Cite, Span], ...] = ()
    dimension: str = ""
    reading: bool = False
    width: int = 0
    language: str = ""


class Scanned(Struct):
    r"""A text with slots `\x0eN\x0f`, what they stand for, and the problems met."""

    text: str = ""
    slots: list[Slot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def place(passage: Passage, offset: int) -> Span:
    """Where a character of the passage is in its file."""
    lines, positions = _lines(passage.text, passage.raw)
    position = positions[offset] if positions else offset
    line = bisect_right(lines, position) - 1
    span = passage.span
    column = position - lines[line] + (span.column if line == 0 else 1)
    return Span(span.path, span.line + line, column)


@lru_cache(maxsize=4)
def _lines(text: str, raw: str) -> tuple[list[int], tuple[int, ...]]:
    """Where the lines of a passage begin in its file, and where each of its characters is there.

    The second is empty where characters are as they are read.
    """
    written = raw or text
    lines = [0, *(found.end() for found in _NEWLINE.finditer(written))]
    return lines, () if written.startswith(text) else _aligned(text, raw)


_NEWLINE: Final = re.compile("\n")
_GAP: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"\S+")
_UNITS: Final = {
    '"': re.compile(
        r"(?P<gap>(?:\s|\\[ntr ]|\\\n)+)|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|.", re.DOTALL
    ),
    "'": re.compile(r"(?P<gap>\s+)|''|.", re.DOTALL),
    "": re.compile(r"(?P<gap>\s+)|.", re.DOTALL),
}
"""What YAML writes for one character, or for a run of spaces, in its double, single and other styles."""


def _aligned(text: str, raw: str) -> tuple[int, ...]:
    """Where in the raw characters each character of the text is, and its end.

    A run of spaces in one is a run of spaces in the other, however long: YAML folds, indents and escapes them.
    """
    quote = raw[:1] if raw[:1] in ("'", '"') else ""
    start = 1 if quote else raw.find("\n") + 1 if raw[:1] in ("|", ">") else 0
    is_plain = not quote or (quote == "'" and "'" not in text) or (quote == '"' and "\\" not in raw)
    return (is_plain and _by_words(text, raw, start)) or _by_characters(text, raw, start, _UNITS[quote])


def _by_words(text: str, raw: str, start: int) -> tuple[int, ...]:
    """The alignment where words are written as they are read; empty where they are not."""
    positions: list[int] = []
    end = start
    for word, written in zip(_WORD.finditer(text), _WORD.finditer(raw, start), strict=False):
        begin = written.start()
        gap = word.start() - len(positions)
        if gap and positions:
            positions.append(end)
            gap -= 1
        positions += [begin] * gap
        end = begin + word.end() - word.start()
        if not raw.startswith(word[0], begin):
            return ()
        positions += range(begin, end)
    rest = len(text) + 1 - len(positions)
    after = _GAP.match(raw, end)
    return (*positions, end, *[after.end() if after else end] * (rest - 1))


def _by_characters(text: str, raw: str, start: int, unit: re.Pattern[str]) -> tuple[int, ...]:
    position = _after_gap(unit, raw, start)
    positions = [position]
    while len(positions) <= len(text):
        gap = _GAP.match(text, len(positions) - 1)
        if gap:
            position = _after_gap(unit, raw, position)
            positions += [position] * (gap.end() - gap.start())
        else:
            found = unit.match(raw, position)
            position = found.end() if found else len(raw)
            positions.append(position)
    return tuple(positions)


def _after_gap(unit: re.Pattern[str], raw: str, position: int) -> int:
    found = unit.match(raw, position)
    return found.end() if found and found["gap"] else position

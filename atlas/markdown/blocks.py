"""Divides a Markdown text into blocks: paragraphs, items, quotations, headings, tables, fences and so on.

A block ends where the converter ends it. Quotations and tables are not divided further.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from atlas.markdown.attributes import LANGUAGE
from atlas.markdown.nodes import Line
from atlas.markdown.tokens import Tokens, read_tokens

BlockKind = Literal[
    "paragraph", "item", "quotation", "heading", "table", "fence", "definition", "description", "note", "comment",
    "picture", "rule", "callout",
]  # fmt: skip


class Block(Struct, frozen=True):
    """A block of a text.

    kind: what its first line makes it. item: also one in another item · definition: `[label]: address` · description:
    `: words`, apart from its term · picture: a paragraph that begins with one. start, end: its lines, without the last
    line feed. words, stop: the same without the marks of a heading, item or note before its words, and the attributes
    after them. joined: no empty line is before it.
    """

    kind: BlockKind
    start: int
    end: int
    words: int
    stop: int
    joined: bool


class _Stretch(Struct):
    """The lines of a block, from the first to where the last ends."""

    kind: str
    first: Line
    end: int
    joined: bool


_SINGLE: Final = ("heading", "definition", "rule", "fence", "comment")
"""Blocks to which no further line belongs."""
_ENTERING: Final = (*_SINGLE, "item", "note")
_MARKED: Final = ("heading", "item", "note")
_MARGIN: Final = re.compile(r"[ \t]*")


def read_blocks(text: str) -> list[Block]:
    """The blocks of a text in order."""
    tokens = read_tokens(text)
    pictures = {token.start for token in tokens.rows if token.kind == "open" and text[token.start] == "!"}
    attributes = attributes_of_blocks(text, tokens)
    return [_block(text, stretch, attributes, pictures) for stretch in _stretches(text, tokens)]


def attributes_of_blocks(text: str, tokens: Tokens) -> dict[int, int]:
    """Where attributes begin, by where they end; not the language of words in brackets."""
    return {
        token.end: token.start
        for token in tokens.rows
        if token.kind == "attributes"
        and not (text.endswith("]", 0, token.start) and LANGUAGE.fullmatch(text, token.start, token.end))
    }


def _stretches(text: str, tokens: Tokens) -> Iterator[_Stretch]:
    """The lines of each block. Those within a fence, a comment or an address that goes on in the next begin none."""
    lines = tokens.lines.rows
    starts = [line.start for line in lines]
    whole, reached = _hidden(text, tokens, starts)
    current: _Stretch | None = None
    joined, inside = False, 0
    for line, following in zip(lines, [*starts[1:], len(text) + 1], strict=True):
        if line.start >= inside and line.kind == "blank":
            if current:
                yield current
            current, joined = None, False
            continue
        kind = whole.get(line.start) or ("text" if line.kind in ("fence", "comment") else line.kind)
        if current is None or (line.start >= inside and _begins(kind, current.kind)):
            if current:
                yield current
            current = _Stretch(kind, line, following - 1, joined)
        current.end, joined = following - 1, True
        inside = max(inside, reached.get(line.start, 0))
    if current:
        yield current


def _begins(kind: str, before: str) -> bool:
    """Whether a line of a kind ends the block that is being read."""
    return (
        before in _SINGLE
        or kind in _ENTERING
        or (kind in ("quotation", "callout") and kind != before)
        or (kind == "row") != (before == "row")
    )


def _hidden(text: str, tokens: Tokens, starts: list[int]) -> tuple[dict[int, str], dict[int, int]]:
    """By the starts of lines: the fences and comments that fill whole lines, and how far what begins there reaches."""
    whole: dict[int, str] = {}
    reached: dict[int, int] = {}
    for token in tokens.rows:
        if token.kind not in ("fence", "open-fence", "comment", "definition"):
            continue
        number = bisect_right(starts, token.end)
        end = starts[number] - 1 if number < len(starts) else len(text)
        line = starts[bisect_right(starts, token.start) - 1]
        fills = _after_margin(text, line) == token.start and _after_margin(text, token.end) == end
        if token.kind != "definition" and fills and line not in reached:
            whole[line] = "comment" if token.kind == "comment" else "fence"
        reached[line] = token.end
    return whole, reached


def _block(text: str, stretch: _Stretch, attributes: dict[int, int], pictures: set[int]) -> Block:
    start, end = stretch.first.start, stretch.end
    words = stretch.first.words if stretch.kind in _MARKED else start
    words = _after_margin(text, words) if words > start else start
    last = words + len(text[words:end].rstrip())
    stop = attributes.get(last, last)
    stop = words + len(text[words:stop].rstrip())
    return Block(_kind(text, stretch, pictures), start, end, words, stop, stretch.joined)


def _kind(text: str, stretch: _Stretch, pictures: set[int]) -> BlockKind:
    match stretch.kind:
        case (
            "item"
            | "quotation"
            | "callout"
            | "heading"
            | "definition"
            | "description"
            | "note"
            | "rule"
            | "fence"
            | "comment"
        ):
            return stretch.kind
        case "row":
            return "table"
    return "picture" if _after_margin(text, stretch.first.start) in pictures else "paragraph"


def _after_margin(text: str, at: int) -> int:
    found = _MARGIN.match(text, at)
    return found.end() if found else at

"""Divides texts in several languages into blocks, and finds which of them stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_EDGE: Final = re.compile(
    r"<(?P<close>/?)(?:p|[uod]l|table|blockquote|div|pre|figure|article|section|nav|h[1-6])\b[^>]*>|<hr\b[^>]*>"
)
_HEADING: Final = re.compile(r'<h[2-6] id="(?P<id>[^"]*)"')


def paired(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield texts block by block where they have equally many in a section, else section by section.

    Args:
        texts: the same text in several languages, as HTML.

    Yields:
        A block of each text; "" for one that lacks the section.
    """
    bodies = [sections_of(text) for text in texts]
    for id in dict.fromkeys(id for body in bodies for id in body):
        own = [body.get(id, []) for body in bodies]
        if len({len(blocks) for blocks in own if blocks}) > 1:
            own = [_headed(blocks) for blocks in own]
        for number in range(max(len(blocks) for blocks in own)):
            yield tuple(blocks[number] if number < len(blocks) else "" for blocks in own)


def _headed(blocks: list[str]) -> list[str]:
    """Return the heading of a section, and the rest of it as one block."""
    first = 1 if blocks and _HEADING.match(blocks[0]) else 0
    return [*blocks[:first], *(["\n".join(blocks[first:])] if blocks else [])]


def sections_of(html: str) -> dict[str, list[str]]:
    """Divide the outermost blocks of a text by the id of the heading above them; the heading begins its section.

    The id of the blocks above the first heading is "", that of the notes at the end "notes:".
    """
    found: dict[str, list[str]] = {}
    section = ""
    for block in blocks_of(html):
        heading = _HEADING.match(block)
        if heading:
            section = heading["id"]
        elif block.startswith('<div class="footnote"'):
            section = "notes:"
        found.setdefault(section, []).append(block)
    return found


def blocks_of(html: str, edges: re.Pattern[str] = _EDGE) -> Iterator[str]:
    """Yield the outermost blocks of a text.

    Args:
        html: the text.
        edges: finds where elements begin and end; those with a group `close` are ends.
    """
    depth = start = 0
    for edge in edges.finditer(html):
        if edge[0].startswith("<hr"):
            continue
        if edge["close"]:
            depth -= 1
            if depth == 0:
                yield html[start : edge.end()]
        else:
            start = start if depth else edge.start()
            depth += 1

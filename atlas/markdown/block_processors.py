"""Blocks of Markdown, read by Python-Markdown in time that grows with the text.

The library keeps the blocks that it has still to read in a list whose first it takes out, and looks through all notes
for the number of each call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, SupportsIndex, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor


class Footnotes(FootnoteExtension):
    """Footnotes, numbered in the order in which they are written; the calls of one note are counted."""

    def reset(self) -> None:
        """Begin another text."""
        super().reset()
        self.numbers: dict[str, int] = {}
        self.calls: dict[str, int] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        """Have a converter read footnotes."""
        super().extendMarkdown(md)
        md.inlinePatterns.register(_Called(r"\[\^([^\]]*)\]", self), "footnote", 175)

    def call(self, id: str) -> tuple[int, str]:
        """The number of a note that is called, and the id of this call: `fnref:id`, the second time `fnref2:id`."""
        if len(self.numbers) < len(self.footnotes):
            self.numbers = {name: number for number, name in enumerate(self.footnotes, 1)}
        self.calls[id] = times = self.calls.get(id, 0) + 1
        first = self.makeFootnoteRefId(id)
        self.found_refs[first] = times
        return self.numbers[id], first if times == 1 else first.replace("fnref", f"fnref{times}", 1)


class _Called(FootnoteInlineProcessor):
    """The call of a footnote, `[^id]`."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The number of the note with a link to it, and where the call begins and ends."""
        footnotes = cast(Footnotes, self.footnotes)
        if m[1] not in footnotes.footnotes:
            return None, None, None
        number, reference = footnotes.call(m[1])
        call = Element("sup", {"id": reference})
        link = SubElement(call, "a", {"href": f"#{footnotes.makeFootnoteId(m[1])}", "class": "footnote-ref"})
        link.text = str(number)
        return call, m.start(), m.end()


class Headings(HashHeaderProcessor):
    """`##` to `######` where the scanner reads them; `#1` is text."""

    RE = re.compile(r"(?:^|\n)[ ]*(?P<level>#{2,6})(?!#)(?P<header>[^\n]*)(?:\n|$)")


class _Waiting(list[str]):
    """Blocks that are still to be read, the first of them last, where it is taken out at once."""

    def __init__(self, blocks: Iterable[str]) -> None:
        super().__init__(blocks)
        self.reverse()

    def __getitem__(self, index: Any) -> Any:
        return super().__getitem__(-1 - index)

    def pop(self, index: SupportsIndex = 0) -> str:
        """Take out a block by its number."""
        return super().pop(-1 - int(index))

    def insert(self, index: SupportsIndex, block: str) -> None:
        """Put a block before the first."""
        assert index == 0
        self.append(block)


def register_blocks(converter: Markdown) -> None:
    """Have a converter read blocks by these classes."""
    parser = converter.parser
    parser.blockprocessors.register(Headings(parser), "hashheader", 70)

    def parse_chunk(parent: Element, text: str) -> None:
        parser.parseBlocks(parent, _Waiting(text.split("\n\n")))

    parser.parseChunk = parse_chunk  # type: ignore[method-assign]

"""Divides a record into units for translators: the texts of its keys, and its body block by block.

A block is a paragraph, heading, list item, table, quotation or fence. Its markup, such as the marks of a heading or
item and the attributes at its end, is not part of the unit and is added again on import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from msgspec import Struct

from atlas.content.model import Record
from atlas.core.problems import Span
from atlas.lint.translation_status import Part, digest_of, parts
from atlas.markdown.blocks import Block, read_blocks
from atlas.markdown.slots import place
from atlas.markdown.tokens import read_tokens

State = Literal["missing", "behind", "current"]

_DIMENSION: Final = re.compile(r"[ ]*\bdimension=[^\s{}]+")


class Unit(Struct, frozen=True):
    """One text to translate, with its translation if there is one.

    Attributes:
        part: the text of the record to which it belongs, as in `of:`.
        key: the part, or with `:N` its Nth block.
        source: the original text.
        translation: the translated text.
        span: the place of the original.
        is_block: whether it may be several paragraphs.
    """

    record: str
    part: str
    key: str
    source: str
    translation: str
    state: State
    span: Span
    is_block: bool = False

    @property
    def context(self) -> str:
        """Return the id of the unit in the atlas: RECORD/KEY."""
        return f"{self.record}/{self.key}"


def without_dimensions(markdown: str) -> str:
    """Return a text without the dimensions of its facts, which only the original states."""
    if "dimension=" not in markdown:
        return markdown
    pieces: list[str] = []
    position = 0
    for token in read_tokens(markdown).rows:
        if token.kind == "attributes":
            kept = _DIMENSION.sub("", markdown[token.start : token.end]).replace("{ ", "{")
            pieces += [markdown[position : token.start], kept]
            position = token.end
    return "".join([*pieces, markdown[position:]])


def blocks(markdown: str) -> list[Block]:
    """Return the blocks of a text that contain words."""
    return [block for block in read_blocks(markdown) if block.words < block.stop]


class Versions(Struct, frozen=True):
    """The texts of a record by name, as `parts` returns them: the original, and those of one other language."""

    record: Record
    language: str
    original: Mapping[str, Part]
    own: Mapping[str, Part]

    @classmethod
    def of(cls, record: Record, language: str) -> Versions:
        """Return the texts of a record in its own language and in another."""
        return cls(record, language, parts(record, record.original), parts(record, language))

    def state(self, name: str) -> State:
        """Return the status of one text in the other language."""
        if name not in self.own:
            return "missing"
        file = self.record.translations.get(self.language)
        at = file.digests.get(name) if file else None
        return "current" if at and at.value == digest_of(self.original[name].plain) else "behind"

    def units(self) -> Iterator[Unit]:
        """Yield the units in the order of the original.

        A section whose blocks differ from those of the original is a single unit.
        """
        for name, source in self.original.items():
            own = self.own.get(name)
            if not is_body(name) or (own and len(blocks(own.words)) != len(blocks(source.words))):
                yield self.whole(name)
            else:
                yield from self.blocks(name)

    def whole(self, name: str) -> Unit:
        """Return a text, or a section of the body, as one unit."""
        source, own = self.original[name], self.own.get(name)
        words, translated = source.words, own.words if own else ""
        if is_body(name):
            words, translated = without_dimensions(words.strip()), translated.strip()
        return Unit(self.record.id, name, name, words, translated, self.state(name), source.span, is_body(name))

    def blocks(self, name: str) -> Iterator[Unit]:
        """Yield the blocks of a section of the body as units."""
        source, own = self.original[name], self.own.get(name)
        words, translated = source.words.strip(), own.words.strip() if own else ""
        ours, theirs = blocks(words), blocks(translated)
        state = self.state(name) if len(ours) == len(theirs) else "missing"
        for number, block in enumerate(ours):
            other = theirs[number] if state != "missing" else None
            yield Unit(
                self.record.id,
                name,
                f"{name}:{number + 1}",
                without_dimensions(words[block.words : block.stop]),
                translated[other.words : other.stop] if other else "",
                state,
                place(source.passage, source.offset + block.words),
                True,
            )

    def by_context(self) -> dict[str, Unit]:
        """Return every unit that a file may name by its context: sections both whole and block by block."""
        rows = [self.whole(name) for name in self.original]
        rows += [unit for name in self.original if is_body(name) for unit in self.blocks(name)]
        return {unit.context: unit for unit in rows}


def is_body(name: str) -> bool:
    """Return whether a text of a record is a section of its body."""
    return name.partition("/")[0] == "body"

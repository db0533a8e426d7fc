"""A record as translators get it, unit by unit: the texts of its keys, and its body block by block.

A block is a paragraph, heading, list item, table, quotation or fence. What belongs to its form, the marks of a
heading or item and the attributes at its end, is no part of the unit: it is put back when the unit is.
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

    part: the text of the record that it belongs to, as in `of:`; key: the part, or with `:N` the Nth block of it.
    source, translation: the words; span: where the source stands; is_block: it may be several paragraphs.
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
        """The id of the unit in the atlas: RECORD/KEY."""
        return f"{self.record}/{self.key}"


def without_dimensions(markdown: str) -> str:
    """A text without the dimensions of its facts: the original says them."""
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
    """The blocks of a text that hold words."""
    return [block for block in read_blocks(markdown) if block.words < block.stop]


class Versions(Struct, frozen=True):
    """The texts of a record by name, as `parts` gives them: the original, and those of one other language."""

    record: Record
    language: str
    original: Mapping[str, Part]
    own: Mapping[str, Part]

    @classmethod
    def of(cls, record: Record, language: str) -> Versions:
        """The texts of a record in its own language and in another."""
        return cls(record, language, parts(record, record.original), parts(record, language))

    def state(self, name: str) -> State:
        """How one text stands in the other language."""
        if name not in self.own:
            return "missing"
        file = self.record.translations.get(self.language)
        at = file.digests.get(name) if file else None
        return "current" if at and at.value == digest_of(self.original[name].plain) else "behind"

    def units(self) -> Iterator[Unit]:
        """The units in the order of the original.

        Where a section has other blocks in the translation than in the original, it is one unit as a whole.
        """
        for name, source in self.original.items():
            own = self.own.get(name)
            if not is_body(name) or (own and len(blocks(own.words)) != len(blocks(source.words))):
                yield self.whole(name)
            else:
                yield from self.blocks(name)

    def whole(self, name: str) -> Unit:
        """A text, or a section of the body, as one unit."""
        source, own = self.original[name], self.own.get(name)
        words, translated = source.words, own.words if own else ""
        if is_body(name):
            words, translated = without_dimensions(words.strip()), translated.strip()
        return Unit(self.record.id, name, name, words, translated, self.state(name), source.span, is_body(name))

    def blocks(self, name: str) -> Iterator[Unit]:
        """The blocks of a section of the body, each a unit."""
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
        """Every unit that a file may name, by its context: sections both as wholes and block by block."""
        rows = [self.whole(name) for name in self.original]
        rows += [unit for name in self.original if is_body(name) for unit in self.blocks(name)]
        return {unit.context: unit for unit in rows}


def is_body(name: str) -> bool:
    """Whether a text of a record is a section of its body."""
    return name.partition("/")[0] == "body"

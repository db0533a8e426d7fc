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
from atlas.markdown.slots import place

State = Literal["missing", "behind", "current"]

_FENCE: Final = re.compile(r"(?ms)^[ ]{0,3}(?P<ticks>```+|~~~+)[^\n]*\n(?:.*?\n)?[ ]{0,3}(?P=ticks)[ \t]*$")
_BLOCK: Final = re.compile(r"(?m)^[ \t]*\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_ITEM: Final = re.compile(r"(?m)^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_HEAD: Final = re.compile(r"#{2,6}[ \t]+|[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)|\[\^[^\]\n]+\]:[ \t]+")
_TAIL: Final = re.compile(r"\s*\{:?[ ]*(?:#|\.[a-z]|dimension=)[^{}\n]*\}\s*\Z")
_ATTRIBUTES: Final = re.compile(r"\{:?[ ]*(?:#|\.[a-z]|dimension=)[^{}\n]*\}")
_DIMENSION: Final = re.compile(r"[ ]*\bdimension=[^\s{}]+")


class Stretch(Struct, frozen=True):
    """Where the words of a block begin and end in a text."""

    start: int
    end: int


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

    def kept(found: re.Match[str]) -> str:
        return _DIMENSION.sub("", found[0]).replace("{ ", "{")

    return _ATTRIBUTES.sub(kept, markdown) if "dimension=" in markdown else markdown


def blocks(markdown: str) -> list[Stretch]:
    """The words of each block of a text, without those that hold none."""
    found = [_words(markdown, *bounds) for bounds in _bounds(markdown)]
    return [stretch for stretch in found if stretch.start < stretch.end]


def _bounds(markdown: str) -> Iterator[tuple[int, int]]:
    """Where blocks begin and end. An empty line in a fence ends none; every item of a list is one."""
    fences = [found.span() for found in _FENCE.finditer(markdown)]
    position = 0
    for begin, end in [*fences, (len(markdown), len(markdown))]:
        for found in _BLOCK.finditer(markdown[:begin], position):
            starts = [item.start() for item in _ITEM.finditer(markdown, *found.span())]
            cuts = sorted({found.start(), *starts}) if found.start() in starts else [found.start()]
            yield from zip(cuts, [*(cut - 1 for cut in cuts[1:]), found.end()], strict=True)
        if begin < end:
            yield begin, end
        position = end


def _words(markdown: str, begin: int, end: int) -> Stretch:
    head = _HEAD.match(markdown, begin, end)
    start = head.end() if head else begin
    tail = _TAIL.search(markdown, start, end)
    stop = tail.start() if tail else end
    while stop > start and markdown[stop - 1] in " \t\n":
        stop -= 1
    return Stretch(start, stop)


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
            other = theirs[number] if state != "missing" else Stretch(0, 0)
            yield Unit(
                self.record.id,
                name,
                f"{name}:{number + 1}",
                without_dimensions(words[block.start : block.end]),
                translated[other.start : other.end],
                state,
                place(source.passage, source.offset + block.start),
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

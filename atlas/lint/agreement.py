"""Checks that two language versions agree in citations, years and numbers.

Texts are compared paragraph by paragraph if both have the same number, else section by section, else as a
whole. Each difference is reported once, with both places.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from atlas.bibliography.citing.syntax import Cite, Locator
from atlas.core.private_use import HOLE
from atlas.lint.number_words import readers
from atlas.lint.numbers import POSSIBLE, WRITTEN, NumberKind, StatedNumber, find_numbers
from atlas.lint.numerals import read_han_number
from atlas.markdown.blocks import Block, read_blocks
from atlas.markdown.masks import find_citations, mask


class TextRange(Struct, frozen=True):
    """A part of a text: its offset and length in characters."""

    offset: int
    length: int


class Disagreement(Struct, frozen=True):
    """One difference between two versions.

    Where one of them lacks something, its place there is the paragraph that should have it.

    Attributes:
        kind: what differs.
        message: the difference, in a sentence.
        original: its place in the original.
        translation: its place in the translation.
    """

    kind: Literal["citation", "number"]
    message: str
    original: TextRange
    translation: TextRange


class _Statement(Struct, frozen=True):
    """Something that both versions must have.

    Attributes:
        meaning: what it is compared by.
        text: how it is written.
        place: where it is.
    """

    meaning: tuple[object, ...]
    text: str
    place: TextRange


def find_disagreements(
    original: str, translation: str, original_tag: str, translation_tag: str
) -> tuple[Disagreement, ...]:
    """Return the differences between a translation and its original, both Markdown, in the order of the original.

    Args:
        original: the original.
        translation: the translation.
        original_tag: the language tag of the original.
        translation_tag: the language tag of the translation.
    """
    found: list[Disagreement] = []
    first, second = _citations(original), _citations(translation)
    in_words = bool(readers(original_tag, translation_tag))
    figures = _figures(original, original_tag, in_words), _figures(translation, translation_tag, in_words)
    for here, there in _aligned(original, translation):
        cites = [mention for mention in first if _within(mention.place, here)]
        other_cites = [mention for mention in second if _within(mention.place, there)]
        found += _compared("citation", _left_over(cites, other_cites), _left_over(other_cites, cites), here, there)
        numbers = [number for number in figures[0] if _within(TextRange(number.offset, 0), here)]
        other_numbers = [number for number in figures[1] if _within(TextRange(number.offset, 0), there)]
        pair = _wanting(numbers, other_numbers, original), _wanting(other_numbers, numbers, translation)
        found += _compared("number", *pair, here, there)
    return tuple(sorted(found, key=lambda each: (each.original.offset, each.translation.offset)))


@lru_cache(maxsize=2)  # an original is compared with each of its translations
def _figures(text: str, tag: str, in_words: bool) -> tuple[StatedNumber, ...]:
    """Return the numbers of a text; those in words of another language ([Plan 2020]{lang=en}) need no counterpart."""
    words = mask(text, keep_foreign=True)
    figures = find_numbers(words, tag, readers(tag, tag) if in_words else ())
    if "lang=" not in text:
        return figures
    prose = mask(text)
    return tuple(replace(each, weight=POSSIBLE) if prose[each.offset] == HOLE else each for each in figures)


def _within(place: TextRange, block: TextRange) -> bool:
    return block.offset <= place.offset < block.offset + max(block.length, 1)


def _aligned(original: str, translation: str) -> Sequence[tuple[TextRange, TextRange]]:
    """Return the corresponding parts of two texts."""
    blocks = read_blocks(original), read_blocks(translation)
    for divided in (_paragraphs, _sections):
        ours, theirs = divided(original, blocks[0]), divided(translation, blocks[1])
        if len(ours) == len(theirs):
            return list(zip(ours, theirs, strict=True))
    return [(TextRange(0, len(original)), TextRange(0, len(translation)))]


def _paragraphs(text: str, blocks: list[Block]) -> list[TextRange]:
    """Divide a text at empty lines; an item or a heading belongs to the block directly after it."""
    return _ranges([block.start for block in blocks if not block.joined], len(text))


def _sections(text: str, blocks: list[Block]) -> list[TextRange]:
    """Divide a text at its headings; each heading belongs to the text below it."""
    return _ranges([0, *(block.start for block in blocks if block.kind == "heading")], len(text))


def _ranges(starts: list[int], end: int) -> list[TextRange]:
    return [TextRange(start, stop - start) for start, stop in pairwise([*starts, end])]


@lru_cache(maxsize=2)
def _citations(text: str) -> list[_Statement]:
    mentions = []
    for citation in find_citations(text):
        for cite in citation.cites:
            written = f"@{cite.key}" + (f", {' '.join(cite.locator)}" if cite.locator else "")
            mentions.append(_Statement((cite.key, *_locator(cite.locator)), written, _key_place(cite)))
    return mentions


def _key_place(cite: Cite) -> TextRange:
    return TextRange(cite.offset, len(cite.key))


def _locator(locator: Locator | None) -> tuple[str, ...]:
    """Return the kind and numbers of a locator, without punctuation: pp. 3–5 equals 页3-5, and 第三章 equals ch. 3."""
    if not locator:
        return ()
    numbers = re.findall(r"\d+|[〇零一二三四五六七八九十百千]+|[A-Za-z]+", locator.value)
    return (locator.kind, *(_plain_number(number) for number in numbers))


def _plain_number(text: str) -> str:
    if text.isascii():
        return text.lower().lstrip("0")
    value = read_han_number(text)
    return text if value is None else str(value)


def _left_over(ours: Sequence[_Statement], theirs: Sequence[_Statement]) -> list[_Statement]:
    """Return the citations that the other version lacks."""
    available = Counter(mention.meaning for mention in theirs)
    left = []
    for mention in ours:
        if available[mention.meaning]:
            available[mention.meaning] -= 1
        else:
            left.append(mention)
    return left


def _wanting(ours: Sequence[StatedNumber], theirs: Sequence[StatedNumber], text: str) -> list[_Statement]:
    """Return the numbers that the other version lacks: each in figures, and those in words that are nowhere there."""
    available = Counter((each.kind, each.value) for each in theirs)
    groups: dict[tuple[NumberKind, Decimal], list[StatedNumber]] = defaultdict(list)
    for each in ours:
        groups[each.kind, each.value].append(each)
    left = []
    for meaning, figures in groups.items():
        written = [each for each in figures if each.weight == WRITTEN]
        stated = [each for each in figures if each.weight]
        wanted = written or stated[:1]
        left += [(meaning, each) for each in wanted[available[meaning] :]]
    left.sort(key=lambda pair: pair[1].offset)
    return [_mention(meaning, each, text) for meaning, each in left]


def _mention(meaning: tuple[NumberKind, Decimal], figure: StatedNumber, text: str) -> _Statement:
    written = text[figure.offset : figure.offset + figure.length]
    shown = f"the month {written}" if figure.kind == "month" else written
    return _Statement(meaning, shown, TextRange(figure.offset, figure.length))


def _compared(
    kind: Literal["citation", "number"],
    missing: Sequence[_Statement],
    extra: Sequence[_Statement],
    here: TextRange,
    there: TextRange,
) -> Iterator[Disagreement]:
    """Yield what is missing and what is extra in two parts; an extra in place of a missing one is one disagreement."""
    for one, other in _paired(missing, extra):
        if one and other:
            message = f"the original has {one.text}, the translation {other.text}"
            yield Disagreement(kind, message, one.place, other.place)
        elif one:
            message = f"the original has {one.text}, the translation has not"
            yield Disagreement(kind, message, one.place, TextRange(there.offset, 0))
        elif other:
            message = f"the translation has {other.text}, the original has not"
            yield Disagreement(kind, message, TextRange(here.offset, 0), other.place)


def _paired(
    missing: Sequence[_Statement], extra: Sequence[_Statement]
) -> Iterator[tuple[_Statement | None, _Statement | None]]:
    """Pair each missing statement with an extra one: of the same work or kind if there is one, else the next."""
    rest, alone = list(extra), []
    for one in missing:
        other = next((each for each in rest if each.meaning[0] == one.meaning[0]), None)
        if other:
            rest.remove(other)
            yield one, other
        else:
            alone.append(one)
    yield from zip_longest(alone, rest)

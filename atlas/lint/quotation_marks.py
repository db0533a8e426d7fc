"""Checks quotation marks and apostrophes in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from atlas.core.private_use import HOLE
from atlas.core.rules import Rule
from atlas.core.scripts import HAN


class Flaw(Struct, frozen=True):
    """One place in a text where a rule is broken.

    Attributes:
        offset: its offset in characters.
        length: its length in characters.
        rule: the rule.
        message: what is wrong.
        replacement: the right text, or None if only the author can decide.
    """

    offset: int
    length: int
    rule: Rule
    message: str
    replacement: str | None = None


class QuotationMarks(Struct, frozen=True):
    """The quotation marks of a language, with their spaces.

    Attributes:
        outer: the marks of a quotation.
        inner: the marks of a quotation within one.
        single: the marks that replace straight single ones.
        own: the pairs that the language uses.
        foreign: the pairs of other languages that are reported.
    """

    outer: tuple[str, str]
    inner: tuple[str, str]
    single: tuple[str, str]
    own: tuple[str, ...]
    foreign: tuple[str, ...]


_LETTER = rf"[^\W\d_{HAN}]"
_WORD = rf"[^\W{HAN}]"
_STRAIGHT = re.compile(rf'(?<![\d"])"(?=\S)((?:[^"\n]|\n(?!\s*\n))*?[^\s"])"(?!"|{_WORD})')
_SINGLE = re.compile(
    rf"(?<!')(?<!{_WORD})'(?!\d\ds?\b)(?=[^\s'])((?:[^'\n]|(?<={_WORD})'(?={_WORD}))*?[^\s'])'(?!'|{_WORD})"
)
_APOSTROPHE = re.compile(rf"(?<={_LETTER})'(?!')|(?<!')(?<!{_WORD})'(?=\d\ds?\b)")
_LONE = re.compile(r'(?<!\d)"')


def check_quotation_marks(masked: str, marks: QuotationMarks) -> Iterator[Flaw]:
    """Yield straight quotation marks, and marks of another language that are not inside the language's own.

    Args:
        masked: the mask of a text.
        marks: the quotation marks of its language.
    """
    inside = quotations(masked, marks.own)
    for pattern, right in ((_STRAIGHT, marks.outer), (_SINGLE, marks.single)):
        for found in pattern.finditer(masked):
            yield from _pair(found, marks.inner if _within(found.start(), inside) else right, "straight")
    for pair in marks.foreign:
        for found in _quoted(pair).finditer(masked):
            if not _within(found.start(), inside):
                yield from _pair(found, marks.outer, "another language’s")
    covered = _STRAIGHT.sub(lambda found: HOLE * len(found[0]), masked)
    for found in _LONE.finditer(covered):
        yield Flaw(found.start(), 1, Rule.QUOTATION_MARKS, "a straight quotation mark without its pair")


def check_apostrophes(masked: str) -> Iterator[Flaw]:
    """Yield straight apostrophes."""
    covered = _SINGLE.sub(lambda found: HOLE + found[1] + HOLE, masked)
    for found in _APOSTROPHE.finditer(covered):
        yield Flaw(found.start(), 1, Rule.APOSTROPHE, "a straight apostrophe: write ’", "’")


def without_foreign_quotations(masked: str, marks: QuotationMarks) -> str:
    """Return a mask in which text between the quotation marks of another language is masked too."""
    for pair in (*marks.foreign, '""'):
        pattern = _STRAIGHT if pair == '""' else _quoted(pair)
        masked = pattern.sub(lambda found: found[0][0] + HOLE * (len(found[0]) - 2) + found[0][-1], masked)
    return masked


def sparing_quotations(flaws: Iterable[Flaw], masked: str, marks: QuotationMarks) -> Iterator[Flaw]:
    """Yield the flaws, without a replacement for those inside a quotation.

    Args:
        flaws: the flaws.
        masked: the mask of the text.
        marks: the quotation marks of its language.
    """
    inside = quotations(masked, marks.own)
    for flaw in flaws:
        yield replace(flaw, replacement=None) if any(_is_inside(flaw, *place) for place in inside) else flaw


def _is_inside(flaw: Flaw, start: int, end: int) -> bool:
    """Return whether a flaw is in the words from start to end; a missing space at their ends is outside."""
    if flaw.length == 0 and flaw.offset in (start, end):
        return False
    return start <= flaw.offset and flaw.offset + flaw.length <= end


def quotations(masked: str, pairs: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words between the marks begin and end, without the spaces at their ends."""
    places = []
    for pair in pairs:
        for found in _quoted(pair).finditer(masked):
            words = found[1].strip()
            start = found.start(1) + found[1].find(words)
            places.append((start, start + len(words)))
    return places


def _quoted(pair: str) -> re.Pattern[str]:
    opening, closing = pair[0], pair[1]
    return re.compile(
        rf"{opening}((?:[^{opening}{closing}\n]|\n(?!\s*\n)|(?<={_LETTER}){closing}(?={_LETTER}))*){closing}"
    )


def _within(offset: int, places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in places)


def _pair(found: re.Match[str], marks: tuple[str, str], whose: str) -> Iterator[Flaw]:
    """Yield two flaws: the opening mark with the space after it, the closing mark with the space before it."""
    content = found[1]
    before, after = len(content) - len(content.lstrip()), len(content) - len(content.rstrip())
    opening, closing = marks
    message = f"{whose} quotation marks: write {opening}…{closing}"
    yield Flaw(found.start(), 1 + before, Rule.QUOTATION_MARKS, message, opening)
    yield Flaw(found.end() - 1 - after, 1 + after, Rule.QUOTATION_MARKS, message, closing)

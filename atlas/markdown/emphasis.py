"""Finds the marks of emphasis that open something and that nothing closes, by the pairs that Python-Markdown makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

RAISED: Final = r"\^(?<=\S\^)([^\s^~]{1,40})\^"
"""What a superscript looks like. A pattern that begins with a sign is looked for fast."""
_RUN: Final = re.compile(r"\*+|_+|~~+")
_WORD: Final = re.compile(r"\w")
_REACH: Final = 10
"""How many open marks a closing one looks at."""


class _Run(Struct):
    """A run of one mark: where it is, how many of it are left, and whether it may open or close."""

    start: int
    mark: str
    size: int
    left: int
    opens: bool
    closes: bool


def find_open_marks(text: str, breaks: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield each mark of emphasis that nothing closes, with its place.

    Args:
        text: a text whose code, addresses and escapes are masked.
        breaks: where its paragraphs begin.
    """
    if not _RUN.search(text):
        return
    edges = [*dict.fromkeys([0, *(place for place in breaks if place <= len(text)), len(text)])]
    for start, end in pairwise(edges):
        runs = [_run(text, found, start, end) for found in _RUN.finditer(text, start, end)]
        if not runs:
            continue
        _pair([run for run in runs if run.opens or run.closes])
        for run in runs:
            if run.left and run.opens and _is_meant(text, run):
                yield run.start, run.mark * (1 if run.left == 1 else 2)


def _run(text: str, found: re.Match[str], start: int, end: int) -> _Run:
    """A run with what its neighbours let it do."""
    before = text[found.start() - 1 : found.start()] if found.start() > start else " "
    after = text[found.end() : found.end() + 1] if found.end() < end else " "
    mark = found[0][0]
    opens, closes = not after.isspace(), not before.isspace()
    if mark == "_":
        opens = opens and not _WORD.match(before)
        closes = closes and not _WORD.match(after)
    size = len(found[0])
    return _Run(found.start(), mark, size, size, opens, closes)


def _pair(runs: list[_Run]) -> None:
    """Take from the runs what closes each other (CommonMark 0.31.2, "process emphasis")."""
    waiting: dict[str, list[_Run]] = {"*": [], "_": [], "~": []}
    for run in runs:
        own = waiting[run.mark]
        while run.closes and run.left:
            number = next(
                (at for at in range(len(own) - 1, max(-1, len(own) - _REACH - 1), -1) if _fits(own[at], run)), None
            )
            if number is None:
                break
            opener = own[number]
            used = 2 if min(opener.left, run.left) >= 2 else 1
            opener.left -= used
            run.left -= used
            del own[number + (opener.left > 0) :]
            for other in waiting.values():
                while other and other[-1].start > opener.start:
                    other.pop()
        if run.opens and run.left:
            own.append(run)


def _fits(opener: _Run, closer: _Run) -> bool:
    is_ambiguous = opener.closes or closer.opens
    total = opener.size + closer.size
    return not (is_ambiguous and total % 3 == 0 and (opener.size % 3 or closer.size % 3))


def _is_meant(text: str, run: _Run) -> bool:
    """Whether a run looks like a mark and not like a sign: `2*3` and a lone `*` behind a word are signs."""
    before, after = text[run.start - 1 : run.start], text[run.start + run.size : run.start + run.size + 1]
    if run.mark == "~":
        return True
    return run.left > 1 or not (_WORD.match(before or " ") and _WORD.match(after or " "))

"""Splits a text into search terms with positions.

`templates/static/search.js` splits queries by the same rules; a test compares the two. Letters are compared without
case and accents (NFKD, UAX 15). A word is a run of letters and digits. Chinese and Japanese are written without spaces,
so there every two neighbouring characters are a term, and the last character of a run is one by itself: any run of two
or more can be found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from atlas.core.private_use import SEAM
from atlas.core.scripts import HAN, KANA, LETTERS

RUNS: Final = HAN + KANA
"""Characters that are written without spaces between words, for use inside the brackets of a regular expression."""

_LETTERS: Final = str.maketrans(LETTERS)
_PIECE: Final = re.compile(rf"(?P<run>[{RUNS}]+)|[^\W_{RUNS}]+")
_RUN: Final = re.compile(f"[{RUNS}]")
_WORD: Final = re.compile(r"[^\W_]+")
_SEWN: Final = re.compile(rf"[^\W_{RUNS}]+(?:{SEAM}+[^\W_{RUNS}]+)+")


class _Folding(dict[int, str]):
    """A translation table that computes the folded form of each character when it is first used."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).lower())
        plain = "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M").translate(_LETTERS)
        self[code] = plain
        return plain


_FOLDING: Final = _Folding()


def folded(text: str) -> str:
    """Return a text without case, accents and ligatures."""
    return text.translate(_FOLDING)


def terms(text: str, start: int = 0) -> tuple[list[tuple[str, int]], int]:
    """Split a text into terms.

    Words and characters are counted from `start`. Text between two runs that do not touch counts too, so that no
    run matches across a comma.

    Args:
        text: the text.
        start: the position of its first term.

    Returns:
        The terms, each with its position, and the position after the last.
    """
    text = folded(text)
    if SEAM not in text and not _RUN.search(text):
        words = _WORD.findall(text)
        return list(zip(words, range(start, start + len(words)), strict=True)), start + len(words)
    found: list[tuple[str, int]] = []
    begun: dict[int, int] = {}
    place, after_run = start, False
    for piece in _PIECE.finditer(text):
        run = piece["run"]
        if run:
            place += after_run
            found += [(run[number : number + 2], place + number) for number in range(len(run))]
            place += len(run)
        else:
            begun[piece.start()] = place
            found.append((piece[0], place))
            place += 1
        after_run = bool(run)
    if SEAM in text:
        found += [(sewn[0].replace(SEAM, ""), begun[sewn.start()]) for sewn in _SEWN.finditer(text)]
    return found, place

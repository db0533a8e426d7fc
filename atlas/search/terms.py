"""Splits a text into search terms with positions.

`templates/static/search.js` cuts queries by the same rules; a test holds the two to each other. Letters count without
case and accents (NFKD, UAX 15). A word is a run of letters and digits; Chinese and Japanese are written without spaces,
so there every two neighbours are a term, and the last sign of a run one by itself: any run of two or more is found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from atlas.core.private_use import SEAM
from atlas.core.scripts import HAN, KANA, LETTERS

RUNS: Final = HAN + KANA
"""Characters that are written without spaces between words, as the inside of a regular expression's brackets."""

_LETTERS: Final = str.maketrans(LETTERS)
_PIECE: Final = re.compile(rf"(?P<run>[{RUNS}]+)|[^\W_{RUNS}]+")
_RUN: Final = re.compile(f"[{RUNS}]")
_WORD: Final = re.compile(r"[^\W_]+")
_SEWN: Final = re.compile(rf"[^\W_{RUNS}]+(?:{SEAM}+[^\W_{RUNS}]+)+")


class _Folding(dict[int, str]):
    """What each character counts as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).lower())
        plain = "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M").translate(_LETTERS)
        self[code] = plain
        return plain


_FOLDING: Final = _Folding()


def folded(text: str) -> str:
    """A text without case, accents and ligatures."""
    return text.translate(_FOLDING)


def terms(text: str, start: int = 0) -> tuple[list[tuple[str, int]], int]:
    """The terms of a text, each with its place; and the place after the last.

    Words and signs are counted from `start`. What stands between two signs that do not touch counts too, so that no
    run is found across a comma.
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

"""Splits a text into search terms with positions.

`templates/static/search.js` splits queries by the same rules; a test compares the two. Letters are compared without
case and accents (NFKD, UAX 15), and traditional characters as their simplified forms. A word is a run of letters and
digits. Chinese and Japanese are written without spaces, so there every two neighbouring characters are a term, and the
last character of a run is one by itself: any run of two or more can be found.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from atlas.core.private_use import SEAM
from atlas.core.scripts import HAN, KANA, LETTERS
from atlas.core.traditional import SIMPLIFIED

STRIDE: Final = 64
"""Every clause begins at a multiple of this number of positions."""
WHOLE: Final = "="
"""The last character of a term that stands for a whole title or name."""
RUNS: Final = HAN + KANA
"""Characters that are written without spaces between words, for use inside the brackets of a regular expression."""

CUTS: Final = r'[;!?()[\]{}«»“”„"|•…—–、。，；：？！（）《》「」『』【】〈〉]|[.,:](?=\s)'
"""A regular expression for the punctuation that ends a clause. The text between two words may hold other characters."""

_CUT: Final = re.compile(CUTS)
_LETTERS: Final = str.maketrans(LETTERS | SIMPLIFIED)
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
    """Return a text without case, accents, ligatures and traditional characters."""
    return text.translate(_FOLDING)


def terms(text: str, start: int = 0) -> tuple[list[tuple[str, int]], int]:
    """Split a text into terms.

    A text is divided into clauses at its punctuation, and each clause begins at the next multiple of `STRIDE`: a word
    that is added moves only the words after it in the same clause, and no phrase matches across two clauses. Within a
    clause, words and characters are counted. Text between two runs that do not touch counts too.

    Args:
        text: the text.
        start: the position of its first term, a multiple of `STRIDE`.

    Returns:
        The terms, each with its position, and the next free multiple of `STRIDE`.
    """
    found: list[tuple[str, int]] = []
    for clause in folded(_CUT.sub("\n", text)).split("\n"):
        here, end = _clause_terms(clause, start)
        if here:
            found += here
            start = end - end % STRIDE + STRIDE
    return found, start


def whole_term(text: str) -> str:
    """Return the term by which a title or name is found as a whole; "" for a text without words."""
    pieces = [(found[0], bool(found["run"])) for found in _PIECE.finditer(folded(text).replace(SEAM, ""))]
    parts = [
        piece if run and number and pieces[number - 1][1] else f" {piece}" for number, (piece, run) in enumerate(pieces)
    ]
    return "".join(parts).strip() + WHOLE if parts else ""


def _clause_terms(text: str, start: int) -> tuple[list[tuple[str, int]], int]:
    """Return the terms of a clause, and the position after the last."""
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

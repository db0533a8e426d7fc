"""Character classes of writing systems and the table of folded letters. Each is defined here only.

Classes are written as the inside of a regular expression's brackets. Ranges are those of the Unicode Character
Database (Scripts.txt, Blocks.txt).
"""

from __future__ import annotations

from typing import Final

HAN: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Han characters with their radicals, numerals and iteration marks (Script=Han; planes 2 and 3 as a whole)."""

KANA: Final = "\u3040-\u30ff"
"""Hiragana and katakana."""

HANGUL: Final = "\uac00-\ud7a3"
"""Syllables of Korean."""

UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, which are written without spaces between words."""

RIGHT_TO_LEFT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Letters that run from right to left (DerivedBidiClass.txt: the blocks whose letters are R or AL)."""

FULL_WIDTH: Final = "\u3000-\u303f\uff00-\uffef"
"""CJK punctuation, and half-width and full-width forms."""

LETTERS: Final = {
    "œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ς": "σ",
}  # fmt: skip
"""Small letters that do not decompose under NFKD (UAX 15), each with the letters that search and sorting use for it."""

"""Sorts names by language and finds the index letter of each.

Words are compared one by one without accents, case and punctuation ("nothing before something", as in ISO
7154 and NF Z44-001); between equal words accents decide, then capitals. Œ counts as OE. A Han character counts
as its pinyin reading (from pypinyin), then by its tone. An author's own sort key
replaces the text. Articles are not skipped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from atlas.core.scripts import HAN, LETTERS
from atlas.i18n.locales import Language

SortKey = tuple[bool, tuple[str, ...], tuple[str, ...], str]
"""The sort key of a name: whether it has no index letter, its words, finer differences, the text."""

_LETTERS = str.maketrans(LETTERS)
_PIECE = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_DIGITS = re.compile(r"[0-9]+")
_FIRST_HAN = re.compile(rf"\s*[{HAN}]")

_SURNAMES = {
    "万俟": "mo4 qi2", "尉迟": "yu4 chi2", "长孙": "zhang3 sun1",
    "曾": "zeng1", "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1", "任": "ren2", "区": "ou1", "盖": "ge3",
    "朴": "piao2", "繁": "po2", "翟": "zhai2", "秘": "bi4", "种": "chong2", "缪": "miao4", "乐": "yue4", "覃": "qin2",
    "燕": "yan1", "折": "she2", "阚": "kan4", "员": "yun4", "召": "shao4",
}  # fmt: skip
"""Readings of surnames that differ from the common one; each is in Tongyong Guifan Hanzi Zidian (Unihan kTGHZ2013).
"""


class Collator:
    """A collator of names, which remembers the sort key of each.

    Args:
        pinyin: the readings of texts in Han characters from an earlier build with the same version of pypinyin.

    Attributes:
        pinyin: the same, with the readings added since.
    """

    def __init__(self, pinyin: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.pinyin = dict(pinyin or {})
        self._keys: dict[tuple[str, bool], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def sort_key(self, text: str, language: Language, author_key: str = "", *, is_person: bool = False) -> SortKey:
        """Return the sort key of a name in a list of that language; only equal texts have equal keys.

        Args:
            text: the name.
            language: the language of the list.
            author_key: the author's sort key, used in place of the text; in Latin letters ("zeng guo fan") or any
                other.
            is_person: whether the text begins with a surname, if it is Chinese.
        """
        words, finer = self._compared(author_key or text, is_person and not author_key)
        letter = _letter(words, language)
        return letter == "#", words, finer, text

    def index_letter(self, text: str, language: Language, author_key: str = "", *, is_person: bool = False) -> str:
        """Return the letter of a name in an index: A to Z, or # for the rest.

        Where the language writes its own name in another script (Русский), letters of that script are index letters
        too.

        Args:
            text: the name.
            language: the language of the index.
            author_key: the author's sort key, used in place of the text.
            is_person: whether the text begins with a surname, if it is Chinese.
        """
        return _letter(self._compared(author_key or text, is_person and not author_key)[0], language)

    def romanised(self, text: str, *, is_person: bool) -> tuple[str, str]:
        """Convert a name in Han characters to pinyin without tones.

        Returns:
            The surname, or "" if it has none, and the rest.
        """
        syllables = [word.replace("!", "") for word in self._compared(text, is_person)[0]]
        length = (2 if text[:2] in _SURNAMES else 1) if is_person else 0
        return "".join(syllables[:length]), "".join(syllables[length:])

    def _compared(self, text: str, is_person: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the words of a text as they are compared, and what decides between equal ones."""
        key = (text, is_person)
        if key not in self._keys:
            self._keys[key] = self._divided(text, is_person)
        return self._keys[key]

    def _divided(self, text: str, is_person: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        words: list[str] = []
        finer: list[str] = []
        text = unicodedata.normalize("NFC", text)
        if is_person:
            surname = next((text[:length] for length in (2, 1) if text[:length] in _SURNAMES), "")
            for syllable in _SURNAMES.get(surname, "").split():
                _add_syllable(syllable, words, finer)
            text = text[len(surname) :]
        for piece in _PIECE.findall(text):
            if _FIRST_HAN.match(piece):
                for syllable in self._syllables(piece):
                    _add_syllable(syllable, words, finer)
            else:
                words.append(_folded(piece))
                finer.append(_decomposed(piece) + piece.swapcase())
        return tuple(words), tuple(finer)

    def _syllables(self, text: str) -> tuple[str, ...]:
        """Return the readings of Han characters, each with its tone as a digit: zhong1."""
        if text not in self.pinyin:
            # Not at the top: its dictionary takes 0.2 processor seconds and 50 MB, and few builds need it.
            from pypinyin import Style, lazy_pinyin

            self.pinyin[text] = tuple(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True))
        return self.pinyin[text]


def _letter(words: tuple[str, ...], language: Language) -> str:
    first = words[0][0].upper() if words else "#"
    if "A" <= first <= "Z":
        return first
    return first if first.isalpha() and _script(first) == _script(language.name) != "CJK" else "#"


def _script(text: str) -> str:
    return unicodedata.name(text[:1], "").partition(" ")[0]


def _folded(word: str) -> str:
    """Return a word without case and accents, its numbers padded so that C5 sorts before C40."""
    if word.isascii():
        plain = word.lower()
        if plain.isalpha():
            return plain
    else:
        letters = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _DIGITS.sub(lambda match: match[0].zfill(12), plain)


def _decomposed(word: str) -> str:
    """Return a word without case, with its accents as separate characters."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFD", word.casefold())


def _add_syllable(syllable: str, words: list[str], finer: list[str]) -> None:
    """Add a reading. Ü follows U: lu, lü, luan, lüe, lun."""
    plain = syllable.rstrip("12345")
    words.append(plain.replace("v", "u").replace("ü", "u") + "!" if "v" in plain or "ü" in plain else plain)
    finer.append(syllable[len(plain) :])

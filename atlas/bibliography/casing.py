"""English titles in headline and in sentence case; what `{…}` protects stays as it is."""

from __future__ import annotations

import re
from functools import lru_cache

from atlas.bibliography.latex import PROTECTED, QUOTED
from atlas.tongues.languages import locale_of


def _words(text: str) -> list[str]:
    return text.split()


# Articles, conjunctions and prepositions of up to four letters (Chicago, 18th edition; up to the 17th of any length).
_SMALL = frozenset(
    _words(
        "a an the and but or nor for so yet as at by in of off on onto out over per to up via with from into near past "
        "down like than upon vs"
    )
)
# Longer prepositions, which earlier editions and other hands set in lower case inside headlines.
_LONG_PREPOSITIONS = frozenset(
    _words(
        "about above across after against along amid among around before behind below beneath beside besides between "
        "beyond despite during except inside since through throughout toward towards under until versus within without"
    )
)
_WORD = re.compile(rf"{PROTECTED.begin}[^{PROTECTED.end}]*{PROTECTED.end}|[^\W\d_]+(?:['’][^\W\d_]+)*")
_WORD_OR_QUOTATION = re.compile(rf"{QUOTED.begin}[^{QUOTED.end}]*{QUOTED.end}|{_WORD.pattern}")
_LONG_LOWER = re.compile(r"(?<![\w'’-])[a-z]{5,}")
_AFTER_COLON = re.compile(r"(?<=: )[a-z]")
_BREAK = re.compile(r"[:.!?—]\W*$")


def title_case(text: str) -> str:
    """Headline style: every word has a capital but articles, conjunctions and prepositions inside a title."""
    words = list(_WORD.finditer(text))
    out: list[str] = []
    position = 0
    for number, found in enumerate(words):
        between = text[position : found.start()]
        position = found.end()
        out.append(between)
        word = found[0]
        outside = number in (0, len(words) - 1) or _BREAK.search(between) is not None
        outside = outside or (text.startswith("-", position) and not between.endswith("-"))
        joined = between.endswith("-")
        if word.islower() and (outside or word not in _SMALL) and not (joined and word in _SMALL):
            word = word[0].upper() + word[1:]
        elif not outside and word.lower() in _SMALL and word[0].isupper() and word[1:].islower():
            word = word.lower()
        out.append(word)
    return "".join(out) + text[position:]


def sentence_case(text: str) -> str:
    """Sentence style: capitals at the beginning, after a colon and in names only.

    A title that has a long word without a capital is in sentence style already, and stays. The
    names of countries and languages (CLDR), words with further capitals and what braces protect
    keep theirs.
    """
    text = _AFTER_COLON.sub(lambda found: found[0].upper(), text)
    if any(found[0] not in _LONG_PREPOSITIONS for found in _LONG_LOWER.finditer(_unprotected(text))):
        return text
    out: list[str] = []
    position = 0
    for number, found in enumerate(_WORD_OR_QUOTATION.finditer(text)):
        between = text[position : found.start()]
        position = found.end()
        word = found[0]
        keeps = number == 0 or _BREAK.search(between) is not None or word in _names()
        if not keeps and word[0].isupper() and (word[1:].islower() or len(word) == 1) and word != "I":
            word = word.lower()
        out.append(between + word)
    return "".join(out) + text[position:]


def _unprotected(text: str) -> str:
    return re.sub(rf"{PROTECTED.begin}[^{PROTECTED.end}]*{PROTECTED.end}", "", text)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """The words that English writes with a capital: countries, continents, languages, months and days."""
    locale = locale_of("en")
    texts = [*locale.territories.values(), *locale.languages.values()]
    texts += [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    words = {word for text in texts for word in _WORD.findall(str(text)) if word[0].isupper()}
    words -= _COMMON
    return frozenset(words | {f"{word}{mark}s" for word in words for mark in "’'"})


_COMMON = frozenset(
    _words(
        "World Old Modern High Low Middle Classical Traditional Simplified Literary Language Languages Sign "
        "Content Unknown Artificial Multiple Standard Islands Island City Region State Outlying Church Medieval "
        "Hybrid Root Invalid No"
    )
)

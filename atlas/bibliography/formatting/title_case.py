"""Converts English titles to headline case and sentence case; text in `{…}` is unchanged."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from atlas.bibliography.parsing.latex import plain
from atlas.core.private_use import PROTECTED, QUOTED
from atlas.i18n.locales import locale_of


def _words(text: str) -> list[str]:
    return text.split()


# Articles, conjunctions and prepositions of up to four letters (Chicago, 18th edition; up to the 17th of any length).
_SMALL = frozenset(
    _words(
        "a an the and but or nor for so yet as at by in of off on onto out over per to up via with from into near past "
        "down like than upon vs"
    )
)
# Longer prepositions, which earlier editions and other guides set in lower case inside headlines.
_LONG_PREPOSITIONS = frozenset(
    _words(
        "about above across after against along amid among around before behind below beneath beside besides between "
        "beyond despite during except inside since through throughout toward towards under until versus within without"
    )
)
# Common nouns of titles: one with a capital inside a title shows that the title is a headline.
_HEADLINE_NOUNS = frozenset(
    _words(
        "Analysis Approach Approaches Aspects Assessment Case Challenges Comparison Concept Consequences Development "
        "Effect Effects Essay Essays Evaluation Evidence Examination Exploration Framework Guide Handbook Impact "
        "Implications Influence Introduction Investigation Lessons Meaning Measurement Method Methods Model Models "
        "Perspective Perspectives Practice Practices Principles Problem Problems Process Reflections Relationship "
        "Relationships Research Review Role Strategies Studies Study Survey Theories Theory Understanding"
    )
)
# Words that only English has among languages in Latin letters, and words that only other languages have.
_ENGLISH = frozenset(
    _words(
        "the of and or for with from by its is are was were be do does how what why who when where between into their "
        "his her this that these those on without within through toward towards among about against to as at over"
    )
)
_NOT_ENGLISH = frozenset(
    _words(
        "le la les une des du et au aux dans pour par sur avec sans entre chez der das dem den ein eine einer und von "
        "zur zum im für über el los las del y para con sobre il gli della delle dei nel da het een voor och av de"
    )
)
_PROTECTED_TEXT = rf"{PROTECTED.begin}[^{PROTECTED.end}]*{PROTECTED.end}"
_LETTERS = r"[^\W_]"
_WORD = re.compile(
    rf"(?:https?://|www\.)\S*\w|(?:{_PROTECTED_TEXT}|{_LETTERS})+(?:['’.@](?:{_PROTECTED_TEXT}|{_LETTERS})+)*"
)
_WORD_OR_QUOTATION = re.compile(rf"{QUOTED.begin}[^{QUOTED.end}]*{QUOTED.end}|{_WORD.pattern}")
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FAR_MORE = 4
_LONG_WORD = re.compile(r"(?<![\w'’.#@-])[A-Za-z]{5,}")
_AFTER_COLON = re.compile(r"(?<=: )[a-z](?=[^\W\d_A-Z]*(?![\w.]))")
_BREAK = re.compile(r"[:!?—]")
_AFTER_INITIAL = re.compile(r"(?:\b[A-Z]|\b(?:Dr|Mr|Mrs|St))\.\s\Z")
_WORD_BEFORE = re.compile(r"[\w.]*\Z")
_ABBREVIATIONS = frozenset(_words("vol vols nos fig figs vs etc inc ltd bros dept univ rev supp"))


def is_english(text: str, *, unless_other: bool = False) -> bool:
    """Return whether a title without a language is English: it has more words that only English has than others.

    Args:
        text: the title.
        unless_other: whether it is also English if no word shows another language.
    """
    words = {word.lower() for word in _PLAIN_WORD.findall(text)}
    own, other = len(words & _ENGLISH), len(words & _NOT_ENGLISH)
    return own > other or (unless_other and not other and plain(text).isascii())


def title_case(text: str) -> str:
    """Convert a title to headline style: capitals except in articles, conjunctions and prepositions inside a title.

    Words with text in braces are unchanged, and so are words with digits, capitals or full stops of their own
    (1980s, eBay, example.org), formulas, and the v. between the parties of a case.
    """
    words = list(_WORD.finditer(text))
    out: list[str] = []
    position = 0
    for number, found in enumerate(words):
        between = text[position : found.start()]
        outside = number in (0, len(words) - 1) or _begins_sentence(text, position, found.start())
        outside = outside or between.endswith((QUOTED.begin, "“", "‘"))
        position = found.end()
        out.append(between)
        word = found[0]
        outside = outside or (text.startswith("-", position) and not between.endswith("-"))
        joined = between.endswith("-")
        if (
            not _PLAIN_WORD.fullmatch(word)
            or word[0] == "µ"
            or (word in ("v", "vs") and text.startswith(". ", position))
        ):
            pass
        elif word.islower() and (outside or word not in _SMALL) and not (joined and word in _SMALL):
            word = word[0].upper() + word[1:]
        elif not outside and word.lower() in _SMALL and word[0].isupper() and word[1:].islower():
            word = word.lower()
        out.append(word)
    return "".join(out) + text[position:]


def _begins_sentence(text: str, end: int, start: int) -> bool:
    """Return whether a sentence ends between a word that ends at `end` and one that begins at `start`."""
    between = text[end:start]
    if _BREAK.search(between):
        return True
    before = _WORD_BEFORE.search(text, 0, end)
    word = before[0] if before else ""
    return "." in between and len(word) > 2 and "." not in word and word.lower() not in _ABBREVIATIONS


def sentence_case(text: str) -> str:
    """Convert a title to sentence style: capitals only at the beginning, after a colon and in names.

    A title that has a long word without a capital is already in sentence style, and is unchanged. The
    names of countries and languages (CLDR), words with further capitals or full stops (U.S.) and text in
    braces keep their capitals.
    """
    text = _AFTER_COLON.sub(lambda found: found[0].upper(), text)
    if _is_in_sentence_style(text):
        return text
    names = [(found.start(), found.end()) for found in _phrases().finditer(text)]
    out: list[str] = []
    position = 0
    for number, found in enumerate(_WORD_OR_QUOTATION.finditer(text)):
        between = text[position : found.start()]
        keeps = number == 0 or _begins_sentence(text, position, found.start()) or found[0] in _names()
        position = found.end()
        word = found[0]
        keeps = keeps or any(begin <= found.start() and position <= end for begin, end in names)
        keeps = keeps or bool(_AFTER_INITIAL.search(text, 0, found.start()))
        keeps = keeps or (word in _MONTHS and _is_dated(text, found.start(), position))
        is_plain = word == word[0] or word[1:].islower()
        if not keeps and _is_capital(word, text, position) and is_plain and _PLAIN_WORD.fullmatch(word):
            word = word.lower()
        out.append(between + word)
    return "".join(out) + text[position:]


def _is_dated(text: str, start: int, end: int) -> bool:
    """Return whether a number is next to a word, which makes it a month."""
    return bool(re.match(r"\W{1,2}\d", text[end:]) or re.search(r"\d\W{1,2}$", text[:start]))


def _is_capital(word: str, text: str, end: int) -> bool:
    """Return whether a word has a capital because of headline style: not I, nor the initial of a name."""
    return word[0].isupper() and word != "I" and not (len(word) == 1 and text.startswith(".", end))


def _is_in_sentence_style(text: str) -> bool:
    """Return whether enough long words have no capital, and no common noun has one."""
    words = [found[0] for found in _LONG_WORD.finditer(_unprotected(text))]
    lower = sum(word.islower() and word not in _LONG_PREPOSITIONS for word in words)
    inside = _inside(text)
    capitals = sum(len(word) > 4 and word.istitle() and word not in _names() for word in inside)
    return capitals < _FAR_MORE * lower and not any(word in _HEADLINE_NOUNS for word in inside)


def _inside(text: str) -> list[str]:
    """Return the words of a title that do not begin a sentence of it."""
    found = list(_WORD.finditer(text))
    return [word[0] for before, word in pairwise(found) if not _begins_sentence(text, before.end(), word.start())]


def _unprotected(text: str) -> str:
    return re.sub(_PROTECTED_TEXT, "", text)


_MONTHS = frozenset(_words("March May August"))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Return the single words that English writes with a capital: countries, continents, languages, months and days."""
    words = {text for text in _capitals() if _PLAIN_WORD.fullmatch(text)} - _COMMON - _MONTHS
    return frozenset(words | {f"{word}{mark}s" for word in words for mark in "’'"})


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """Return a pattern of the names of countries and languages in several words."""
    several = sorted((text for text in _capitals() if " " in text or "-" in text), key=lambda text: (-len(text), text))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, several))})\b")


def _capitals() -> set[str]:
    locale = locale_of("en")
    texts = [*locale.territories.values(), *locale.languages.values()]
    texts += [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    plain = {re.sub(r"\s*[(\[].*", "", str(text)).replace("&", "and") for text in texts}
    return {text for text in plain if text[:1].isupper()} | _PLACES


# Names that CLDR has only within longer ones, or not at all.
_PLACES = frozenset(
    _words(
        "American Australian Austrian Bosnia Britain British Buddhist Canadian Christian Confucian Egyptian England "
        "European Islamic Jewish Korea London Mexican Moroccan Muslim Ottoman Paris Beijing Shanghai Prussian Saudi "
        "Scotland Soviet Tokyo Trinidad Wales"
    )
) | {"United States", "New York", "North America", "South America", "Middle East", "South Korea", "North Korea"}
_COMMON = frozenset(
    _words(
        "World Old Modern High Low Middle Classical Traditional Simplified Literary Language Languages Sign "
        "Content Unknown Artificial Multiple Standard Islands Island City Region State Outlying Church Medieval "
        "Hybrid Root Invalid No Slave Man Min Nan San Tat Even Fang Fox Cape Crow Tongo Central"
    )
)

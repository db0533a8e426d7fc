"""Compares the own words of works with the statements beside which they stand: numbers, years and names.

Words of a work are compared with the statement in their own language if it has that version, else with the original.
All names of a place or a record are the same name: Pékin and Canton are Beijing and Guangzhou.
What an editor adds in brackets counts for a statement, and is not asked of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from html import unescape
from typing import Final

from atlas.bibliography.parsing.works import Work
from atlas.content.linking import Atlas
from atlas.content.model import Fact, Record, Reference, Text
from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.core.scripts import HAN
from atlas.i18n.locales import is_known, locale_of, subtag_of
from atlas.lint.number_words import readers
from atlas.lint.numbers import POSSIBLE, StatedNumber, find_numbers
from atlas.markdown.prose import Prose, plain
from atlas.markdown.slots import SLOT

_MOST: Final = 40
"""The most words that a quote may have; two Chinese characters count as one."""
_HAN: Final = re.compile(f"[{HAN}]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LABEL: Final = re.compile(r" [A-Z]\b")
"""The text after a word that is no name, but begins a label: Document B."""
_ADDED: Final = re.compile(r"\[[^\]]*\]")
"""Words in a quotation that are not those of the work: they count neither for the statement nor against it."""
_BEGINS: Final = re.compile(r"(?:^|[.!?…:—]|\n)[\s\"“”«»‘(\[]*$")
"""The text before a word that begins a sentence, where a capital letter shows no name."""
_HINT: Final = "shorten the words with […], or correct the statement or the words"


def check_quotes(atlas: Atlas) -> Iterator[Problem]:
    """Yield the quotes that are too long, of works not seen, or at odds with their statement."""
    synonyms = _Synonyms(atlas)
    for record in atlas.records.values():
        for fact in record.facts:
            quoted = [source for source in fact.sources if source.quote and source.work in atlas.works]
            for source in quoted:
                yield from _form(atlas, source)
            if quoted:
                yield from _numbers(atlas, fact, quoted)
                yield from _names(atlas, record, fact, quoted, synonyms)
        for row in record.dataset.rows if record.dataset else ():
            for source in row.references():
                if source.quote and source.work in atlas.works:
                    yield from _form(atlas, source)


def _form(atlas: Atlas, source: Reference) -> Iterator[Problem]:
    han = len(_HAN.findall(source.quote))
    words = len(_WORD.findall(_HAN.sub(" ", source.quote)))
    if words + han / 2 > _MOST:
        message = f"these words of {source.work} are more than {_MOST} words, or {2 * _MOST} Chinese characters"
        yield Problem(
            source.span, Rule.LONG_QUOTE, message, "keep the words that carry the statement, with […] between"
        )
    if (atlas.works[source.work].consulted or atlas.site.consulted) in ("", "cited"):
        message = f"the bibliography does not say that {source.work} was seen"
        yield Problem(source.span, Rule.UNSEEN_QUOTE, message, "write consulted = {excerpt} there, or remove the words")


def _numbers(atlas: Atlas, fact: Fact, quoted: list[Reference]) -> Iterator[Problem]:
    """Yield the numbers that only the quotes or only the statement has."""
    read: list[StatedNumber] = []
    for source in quoted:
        tag = _language(atlas, source)
        other, words = _version(atlas, fact.text, tag)
        quote = _of_work(source)
        own = find_numbers(quote, tag, readers(tag, other))
        known = {(each.kind, each.value) for each in find_numbers(words, other, readers(other, tag))}
        missing = [each for each in own if each.weight > POSSIBLE and (each.kind, each.value) not in known]
        yield from _lacking(source, [quote[each.offset : each.offset + each.length] for each in missing])
        read += own
    if len(quoted) < len(fact.sources):
        return
    tag, words = _version(atlas, fact.text, _language(atlas, quoted[0]))
    known = {(each.kind, each.value) for each in read}
    dated = {Decimal(figure) for source in quoted for figure in re.findall(r"\d+", atlas.works[source.work].date)}
    figures = find_numbers(words, tag, readers(tag, _language(atlas, quoted[0])))
    alone = [each for each in figures if each.weight > POSSIBLE and (each.kind, each.value) not in known]
    alone = [each for each in alone if each.value not in dated]
    yield from _unquoted(fact, [words[each.offset : each.offset + each.length] for each in alone])


def _of_work(source: Reference) -> str:
    """Return the words of a quotation without what is added in brackets."""
    return _ADDED.sub(" … ", source.quote)


class _Synonyms:
    """The names of each place and record of an atlas, by the first word of each."""

    def __init__(self, atlas: Atlas) -> None:
        labels = [tuple(place.label.values()) for place in atlas.site.places.values()]
        of_records = [tuple(name.text for name in record.names) for record in atlas.records.values()]
        self._names: dict[str, list[tuple[list[str], frozenset[str]]]] = {}
        for names in [*labels, *of_records]:
            own = frozenset(_words_of(names))
            for words in map(_bare_words, names):
                if len(own) > len(words) > 0:
                    self._names.setdefault(words[0], []).append((words, own))

    def added(self, words: set[str]) -> set[str]:
        """Return words with those of all names of what they name."""
        named = [own for word in words for name, own in self._names.get(word, ()) if words.issuperset(name)]
        return words.union(*named)


def _names(atlas: Atlas, record: Record, fact: Fact, quoted: list[Reference], synonyms: _Synonyms) -> Iterator[Problem]:
    """Yield the names that only the quotes or only the statement has, as far as capital letters show names."""
    stated = {_bare(word) for prose in fact.text.versions.values() for word in _WORD.findall(_plain(prose))}
    stated |= _words_of(name for prose in fact.text.versions.values() for name in _linked(atlas, prose))
    stated = synonyms.added(stated | _words_of(_names_of(record)))
    for source in quoted:
        names = _proper(_of_work(source), _language(atlas, source))
        yield from _lacking(source, [name for name in names if _bare(name) not in stated])
    tags = {subtag_of(_language(atlas, source)) for source in quoted}
    if len(quoted) < len(fact.sources) or len(tags) > 1:
        return
    tag, words = _version(atlas, fact.text, next(iter(tags)))
    if subtag_of(tag) in tags:
        known = _words_of([*(_of_work(source) for source in quoted), *_names_of(record)])
        known |= _words_of(text for source in quoted for text in _description(atlas.works[source.work]))
        known = synonyms.added(known)
        yield from _unquoted(fact, [name for name in _proper(words, tag) if _bare(name) not in known])


def _lacking(source: Reference, found: list[str]) -> Iterator[Problem]:
    if found:
        message = f"the words of {source.work} have {', '.join(found)}, and the statement does not"
        yield Problem(source.span, Rule.QUOTE_DIFFERS, message, _HINT)


def _unquoted(fact: Fact, found: list[str]) -> Iterator[Problem]:
    if found:
        message = f'the statement "{fact.id}" has {", ".join(found)}, and the words beside it do not'
        yield Problem(fact.span, Rule.QUOTE_DIFFERS, message, _HINT)


def _language(atlas: Atlas, source: Reference) -> str:
    return source.language or atlas.works[source.work].language or "und"


def _version(atlas: Atlas, text: Text, tag: str) -> tuple[str, str]:
    """Return the tag and the words of a text in a language, else in its original language."""
    tags = {id: atlas.site.languages[id].tag for id in text.versions}
    own = next((id for id in tags if subtag_of(tags[id]) == subtag_of(tag)), text.original)
    return tags[own], _plain(text.versions[own])


def _plain(prose: Prose) -> str:
    """Return a text without markup and citations; a link has its words, if it has any."""

    def words(found: re.Match[str]) -> str:
        slot = prose.slots[int(found[1])]
        return slot.label if slot.kind in ("record", "figure") else ""

    return unescape(plain(SLOT.sub(words, prose.html)))


def _linked(atlas: Atlas, prose: Prose) -> Iterator[str]:
    """Yield the names of the records to which a text links."""
    for _, slot in prose.used():
        if slot.kind == "record" and slot.target in atlas.records:
            yield from _names_of(atlas.records[slot.target])


def _names_of(record: Record) -> list[str]:
    """Return the names of a record, and its title in its languages."""
    titles = record.title.versions.values() if record.title else ()
    return [*(name.text for name in record.names), *(plain(prose.html) for prose in titles)]


def _description(work: Work) -> Iterator[str]:
    """Yield the texts that name a work: authors, title, journal, publisher and institution."""
    yield from (name.text for name in work.authors if not name.others)
    fields = ("title", "journaltitle", "booktitle", "organization", "institution", "publisher")
    yield from (work.text(field) for field in fields)


def _words_of(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _bare_words(text)}


def _bare_words(text: str) -> list[str]:
    return [_bare(word) for word in _WORD.findall(text)]


def _proper(text: str, tag: str) -> list[str]:
    """Return the words with a capital letter within a sentence, in order, without names of months and languages."""
    if subtag_of(tag) == "de":  # nouns have capital letters
        return []
    known = _common(tag)
    found = [word for word in _WORD.finditer(text) if word[0][0].isupper() and len(word[0]) > 1]
    found = [word for word in found if not _LABEL.match(text, word.end())]
    names = [word[0] for word in found if not _BEGINS.search(text, 0, word.start())]
    return list(dict.fromkeys(name for name in names if _bare(name) not in known))


@lru_cache(maxsize=16)
def _common(tag: str) -> frozenset[str]:
    """Return the names of months, days and languages (CLDR) that have capital letters in a language."""
    if not is_known(tag):
        return frozenset()
    locale = locale_of(tag)
    forms: list[Mapping[object, str]] = [locale.months["format"]["wide"], locale.days["format"]["wide"]]
    return frozenset(_words_of([*(name for form in forms for name in form.values()), *locale.languages.values()]))


def _bare(word: str) -> str:
    """Return a word in small letters without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(sign))

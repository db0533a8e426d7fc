"""Writes the notes for translators: the citations and numbers to keep, and the names that the atlas uses.

The names of records are the term base: each concept, body and person has its names by language, with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from atlas.authoring.translation_units import Unit
from atlas.content.model import Name, Record
from atlas.core.scripts import HAN
from atlas.i18n.locales import subtag_of
from atlas.lint.number_words import readers
from atlas.lint.numbers import WRITTEN, find_numbers
from atlas.markdown.masks import find_citations, mask

_LINKED: Final = re.compile(r"\[\[([a-z0-9-]+)")
_HAN: Final = re.compile(f"[{HAN}]")
_SHORTEST: Final = 4
"""The minimum length of a name that is searched in texts; half as many for Chinese names."""


class Terms(Struct, frozen=True):
    """The names of records in one language, by those in another, and by the id of the record."""

    by_form: Mapping[str, str]
    by_record: Mapping[str, tuple[str, str]]
    forms: re.Pattern[str] | None

    @classmethod
    def of(cls, records: Iterable[Record], source: str, target: str) -> Terms:
        """Return the names in two languages of the records that have one in both.

        Args:
            records: the records.
            source: the BCP 47 tag of the language of the original.
            target: the BCP 47 tag of the language of the translation.
        """
        by_form: dict[str, str] = {}
        by_record: dict[str, tuple[str, str]] = {}
        for record in records:
            ours, theirs = _names(record, source), _names(record, target)
            if ours and theirs and theirs[0].text not in {name.text for name in ours}:
                by_record[record.id] = ours[0].text, theirs[0].text
                by_form |= {name.text: theirs[0].text for name in ours if _is_long(name.text)}
        longest_first = sorted(by_form, key=len, reverse=True)
        words = "|".join(
            rf"(?<!\w){re.escape(form)}(?!\w)" if form.isascii() else re.escape(form) for form in longest_first
        )
        return cls(by_form, by_record, re.compile(words) if words else None)

    def within(self, markdown: str) -> dict[str, str]:
        """Return the names of the records that a text links or names: each with the one to use."""
        linked = [self.by_record[id] for id in _LINKED.findall(markdown) if id in self.by_record]
        named = [found[0] for found in self.forms.finditer(mask(markdown, keep_foreign=True))] if self.forms else []
        return dict(linked) | {form: self.by_form[form] for form in named}


def _names(record: Record, tag: str) -> list[Name]:
    """Return the present names of a record in a language, the official first."""
    names = [name for name in record.names if subtag_of(name.language) == subtag_of(tag) and not name.end]
    return sorted(names, key=lambda name: ("official", "short", "abbreviation", "former").index(name.kind))


def _is_long(form: str) -> bool:
    return len(form) >= (_SHORTEST // 2 if _HAN.search(form) else _SHORTEST)


def notes(unit: Unit, terms: Terms, source: str, target: str) -> Iterator[str]:
    """Yield the notes for the translator of a unit.

    Args:
        unit: the unit.
        terms: the names of records.
        source: the BCP 47 tag of the language of the original.
        target: the BCP 47 tag of the language of the translation.
    """
    if unit.state == "behind":
        yield "The original has changed since it was translated: compare, correct, and remove the mark fuzzy."
    cited = [f"@{cite.key}" for citation in find_citations(unit.source) for cite in citation.cites]
    if cited:
        yield f"Keep the citations: {', '.join(dict.fromkeys(cited))}"
    found = find_numbers(mask(unit.source), source, readers(source, target))
    numbers = [
        unit.source[each.offset : each.offset + each.length]
        for each in found
        if each.weight == WRITTEN and each.kind == "number"
    ]
    if numbers:
        yield f"Keep the numbers: {', '.join(numbers)}"
    for form, other in terms.within(unit.source).items():
        yield f"Term: {form} = {other}"

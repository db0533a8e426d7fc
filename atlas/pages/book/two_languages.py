"""Joins words of two languages, and leaves out what would stand beside itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Final

from msgspec.structs import replace

from atlas.bibliography.citing.syntax import Cite
from atlas.core.html import Html, escaped
from atlas.i18n.locales import tag_attributes
from atlas.markdown.prose import plain
from atlas.pages.locale_site import NOTHING, LocaleSite
from atlas.pages.print.views import Chapter
from atlas.pages.records.views import FactRow, RelationGroup, RelationRow
from atlas.pages.view_parts import Phrase

_YEAR: Final = re.compile(r"\d{4}[a-z]?")
"""A year in a citation, with the letter that distinguishes it."""
SEPARATOR: Final = " / "
"""What stands between words of two languages."""


def both(sites: Sequence[LocaleSite], phrases: Sequence[Phrase]) -> Phrase:
    """Return words of one or two languages as one phrase, each marked with its language.

    Args:
        sites: the languages; the phrase stands on a page of the first.
        phrases: the words in each, on a page of its own.
    """
    tags = [phrase.lang or site.language.tag for site, phrase in zip(sites, phrases, strict=True)]
    if len({phrase.html for phrase in phrases}) == 1:
        return phrases[0]
    spans = (f"<span{tag_attributes(tag)}>{phrase.html}</span>" for tag, phrase in zip(tags, phrases, strict=True))
    return Phrase(Html(SEPARATOR.join(spans)))


def both_words(words: Iterable[str]) -> str:
    """Return plain words of one or two languages as one text."""
    return SEPARATOR.join(dict.fromkeys(words))


def other_label(sites: Sequence[LocaleSite], key: str, number: int) -> Phrase:
    """Return how the second language cites a work; nothing where the name and the year are those of the first.

    Args:
        sites: the languages of a book, one or two; its list of works is in the order of the first.
        key: the key of the work.
        number: its number in a numeric style, the place of its first citation.
    """
    labels = [_label(site, key, number) for site in sites]
    first, other = labels[0], labels[-1]
    names = re.split("[,，]", first)[0], re.split("[,，]", other)[0]
    is_alike = names[0][:2] == names[1][:2] or names[0] in names[1] or names[1] in names[0]
    if is_alike and _YEAR.findall(first)[-1:] == _YEAR.findall(other)[-1:]:
        return NOTHING
    return Phrase(escaped(other), sites[-1].language.tag)


def _label(site: LocaleSite, key: str, number: int) -> str:
    """Return the citation of a work as plain words without brackets; its number in a numeric style."""
    if site.citer.style.labels == "numeric":
        return str(number)
    pieces = site.citation([Cite(key, "", None, "")], None)
    return unescape(plain("".join(words for _, words in pieces))).strip("()（）[]［］ ")


def without_repeats(row: Chapter, tag: str, first: Chapter, first_tag: str) -> Chapter:
    """Return a chapter without the texts that are in the same language in the chapter beside it.

    A text that is not translated is in its own language in both.

    Args:
        row: the chapter.
        tag: its language.
        first: the chapter of the same record in the first language of the book.
        first_tag: that language.
    """

    def own(phrase: Phrase, beside: Phrase) -> Phrase:
        return NOTHING if (phrase.lang or tag) == (beside.lang or first_tag) else phrase

    def fact(row: FactRow, beside: FactRow) -> FactRow:
        return replace(row, text=own(row.text, beside.text))

    def relation(row: RelationRow, beside: RelationRow) -> RelationRow:
        return replace(row, note=own(row.note, beside.note))

    quotation = row.quotation
    if quotation and first.quotation and not own(quotation.text, first.quotation.text).html:
        quotation = None
    return replace(
        row,
        title=own(row.title, first.title),
        summary=own(row.summary, first.summary),
        lead=own(row.lead, first.lead),
        body=own(row.body, first.body),
        quotation=quotation,
        dimensions=tuple(
            replace(part, facts=tuple(map(fact, part.facts, beside.facts)))
            for part, beside in zip(row.dimensions, first.dimensions, strict=True)
        ),
        relations=tuple(
            replace(group, rows=(relation(group.rows[0], beside.rows[0]),))
            for group, beside in zip(_in_order(row.relations, first.relations), _each(first.relations), strict=True)
        ),
    )


def _each(groups: Iterable[RelationGroup]) -> list[RelationGroup]:
    """Return relations one by one, each with its label."""
    return [replace(group, rows=(row,)) for group in groups for row in group.rows]


def _in_order(groups: Iterable[RelationGroup], first: Iterable[RelationGroup]) -> list[RelationGroup]:
    """Return relations in the order of another language, in which other types of them may have one label."""

    def key(one: RelationGroup) -> tuple[str, str]:
        return one.rows[0].id, one.rows[0].other.id

    order: dict[tuple[str, str], int] = {}
    for number, one in enumerate(_each(first)):
        order.setdefault(key(one), number)
    return sorted(_each(groups), key=lambda one: order[key(one)])

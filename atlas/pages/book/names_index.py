"""Makes the index of names and terms of a book: every name of every record, by letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from atlas.content.model import Record
from atlas.core.html import escaped
from atlas.pages.book.places import find_places
from atlas.pages.book.views import BookIndexed, BookLetter, BookName, BookNamesView
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.view_parts import Anchor, Phrase
from atlas.schema.families import BY_FAMILY

_MOST: Final = 7
"""Number of chapters, besides that of the record itself, that an entry names at most."""


def names_index(locale_site: LocaleSite, ids: Sequence[str], anchor: str) -> BookNamesView:
    """Return the index of the names and titles of some records.

    The title of a record leads to its chapter and to those that name it; its other names lead to its chapter only.

    Args:
        locale_site: the language.
        ids: the records of the book in reading order.
        anchor: its anchor.
    """
    order = {id: number for number, id in enumerate(ids)}
    mentions = locale_site.atlas.mentions[locale_site.language.id]
    names: dict[str, list[BookIndexed]] = {}
    shown: dict[str, Phrase] = {}
    places: dict[str, tuple[Any, str]] = {}
    for id in locale_site.sorted(ids):
        record = locale_site.atlas.records[id]
        for name, text, author_key in _names(locale_site, record):
            title = locale_site.title(record)
            found = find_places(locale_site, mentions.get(id, ()), order, _MOST) if name.html == title.html else ()
            names.setdefault(name.html, []).append(BookIndexed(Anchor(title, f"#{id}"), found))
            shown[name.html] = min(shown.get(name.html, name), name, key=lambda one: one.lang != "")
            places.setdefault(name.html, _place(locale_site, record, text, author_key))
    letters: dict[str, list[BookName]] = {}
    for html in sorted(names, key=lambda html: places[html][0]):
        letters.setdefault(places[html][1], []).append(BookName(shown[html], tuple(dict.fromkeys(names[html]))))
    return BookNamesView(
        locale_site.language.tag,
        anchor,
        tuple(BookLetter(f"{anchor}-{n}", letter, tuple(rows)) for n, (letter, rows) in enumerate(letters.items(), 1)),
    )


def _names(locale_site: LocaleSite, record: Record) -> Iterator[tuple[Phrase, str, str]]:
    """Yield the names and the title of a record, each as markup, as text and with the sort key of its author."""
    for name in record.names:
        yield Phrase(escaped(name.text), locale_site.foreign(name.language)), name.text, name.sort_key
    if record.title or not record.names:
        title = locale_site.title(record)
        yield title, plain_text(title), ""


def _place(locale_site: LocaleSite, record: Record, text: str, author_key: str) -> tuple[Any, str]:
    """Return the sort key of a name, and its letter."""
    language, collator, is_person = locale_site.language, locale_site.collator, BY_FAMILY[record.family].is_person
    key = collator.sort_key(text, language, author_key, is_person=is_person)
    return key, collator.index_letter(text, language, author_key, is_person=is_person)

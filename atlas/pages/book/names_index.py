"""Makes the index of names of a book: every name of every record, by letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from atlas.content.model import Record
from atlas.core.html import escaped
from atlas.pages.book.views import BookLetter, BookName, BookNamesView
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.view_parts import Anchor, Phrase
from atlas.schema.families import BY_FAMILY


def names_index(locale_site: LocaleSite, ids: Iterable[str]) -> BookNamesView:
    """Return the index of the names, or titles, of some records."""
    names: dict[Phrase, list[Anchor]] = {}
    places: dict[Phrase, tuple[Any, str]] = {}
    for id in locale_site.sorted(ids):
        record = locale_site.atlas.records[id]
        for name, text, author_key in _names(locale_site, record):
            names.setdefault(name, []).append(Anchor(locale_site.title(record), f"#{id}"))
            places.setdefault(name, _place(locale_site, record, text, author_key))
    letters: dict[str, list[BookName]] = {}
    for name in sorted(names, key=lambda name: places[name][0]):
        letters.setdefault(places[name][1], []).append(BookName(name, tuple(dict.fromkeys(names[name]))))
    return BookNamesView(
        locale_site.language.tag,
        tuple(BookLetter(f"_names-{n}", letter, tuple(rows)) for n, (letter, rows) in enumerate(letters.items(), 1)),
    )


def _names(locale_site: LocaleSite, record: Record) -> Iterator[tuple[Phrase, str, str]]:
    """Yield the names of a record, each as markup, as text and with the sort key of its author."""
    for name in record.names:
        yield Phrase(escaped(name.text), locale_site.foreign(name.language)), name.text, name.sort_key
    if not record.names:
        title = locale_site.title(record)
        yield title, plain_text(title), ""


def _place(locale_site: LocaleSite, record: Record, text: str, author_key: str) -> tuple[Any, str]:
    """Return the sort key of a name, and its letter."""
    language, collator, is_person = locale_site.language, locale_site.collator, BY_FAMILY[record.family].is_person
    key = collator.sort_key(text, language, author_key, is_person=is_person)
    return key, collator.index_letter(text, language, author_key, is_person=is_person)

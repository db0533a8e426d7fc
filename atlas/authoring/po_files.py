"""Reads and writes gettext files (PO), the format of translation programs, with Babel.

The format is that of the GNU gettext manual, “The Format of PO Files”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, generate_po
from msgspec import Struct

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import Source

_LANGUAGE: Final = re.compile(r"(?m)^Language:[ ]*([\w@-]+)")
FUZZY: Final = "fuzzy"
"""The flag of a translation that is not confirmed."""


class PoEntry(Struct, frozen=True):
    """One unit of a file.

    Attributes:
        fuzzy: whether the translation is not confirmed.
        notes: notes for the translator.
        place: the path and line of the source.
        line: the line of `msgid` in the file.
    """

    context: str
    source: str
    translation: str
    fuzzy: bool = False
    notes: tuple[str, ...] = ()
    place: tuple[str, int] = ("", 0)
    line: int = 0


class PoFile(Struct, frozen=True):
    """A PO file: the language of its header, and its entries in their order."""

    language: str
    entries: tuple[PoEntry, ...]


def written(entries: Iterable[PoEntry], language: str, title: str, day: str) -> str:
    """Return the text of a PO file.

    Args:
        entries: its entries.
        language: the BCP 47 tag of the language of the translations.
        title: the title of the source.
        day: the date of the source, YYYY-MM-DD; with the present date, each export would be another file.
    """
    date = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    catalog = Catalog(
        language.replace("-", "_"),
        project=title,
        version=day,
        header_comment=f"# {title}: {language}",
        creation_date=date,
        revision_date=date,
        fuzzy=False,
    )
    for entry in entries:
        catalog[entry.source] = Message(
            entry.source,
            entry.translation,
            locations=[entry.place],
            flags=[FUZZY] * entry.fuzzy,
            auto_comments=entry.notes,
            context=entry.context,
        )
    return "".join(generate_po(catalog, width=0))


class _Rows(Catalog):
    """A Babel catalog that keeps every message in order, even duplicates."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Message] = []
        self.header = ""

    def __setitem__(self, id: object, message: Message) -> None:
        if id:
            self.rows.append(message)
        else:
            self.header = str(message.string)


def read(source: Source) -> tuple[PoFile | None, tuple[Problem, ...]]:
    """Read a PO file; return None with the reason if it cannot be read at all."""
    catalog = _Rows()
    try:
        PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(source.text.split("\n"))
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        line = error.lineno + 1 if isinstance(error, PoFileError) else 1
        hint = "open it in a program for PO files, such as Poedit, which shows and repairs the place"
        return None, (Problem(Span(source.path, line, 1), Rule.BAD_TRANSLATION_FILE, f"no PO file: {error}", hint),)
    language = _LANGUAGE.search(catalog.header)
    tag = language[1].replace("_", "-") if language else ""
    return PoFile(tag, tuple(map(_entry, catalog.rows))), ()


def _entry(message: Message) -> PoEntry:
    source, translation = _first(message.id), _first(message.string)
    return PoEntry(message.context or "", source, translation, message.fuzzy, line=message.lineno or 0)


def _first(value: object) -> str:
    """Return a text, or the first of its plural forms, because the export writes none."""
    return str(next(iter(value), "")) if isinstance(value, list | tuple) else str(value or "")

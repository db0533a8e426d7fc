"""Files of gettext (PO), as every program for translators reads and writes them, by way of Babel.

The form is that of the GNU gettext manual, “The Format of PO Files”.
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
"""The flag of a translation that nobody has confirmed."""


class PoEntry(Struct, frozen=True):
    """One unit of a file: its context, the source text and its translation.

    fuzzy: not confirmed; notes: for the translator; place: path and line of the source; line: of `msgid` in the file.
    """

    context: str
    source: str
    translation: str
    fuzzy: bool = False
    notes: tuple[str, ...] = ()
    place: tuple[str, int] = ("", 0)
    line: int = 0


class PoFile(Struct, frozen=True):
    """A file that was read: the language that its header names, and its entries in their order."""

    language: str
    entries: tuple[PoEntry, ...]


def written(entries: Iterable[PoEntry], language: str, title: str, day: str) -> str:
    """A PO file.

    Args:
        entries: what it holds.
        language: the language of the translations, a BCP 47 tag.
        title: what the file is of.
        day: YYYY-MM-DD, the day of the state that it was made from; a clock would make each export another file.
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
    """A catalogue that keeps every message in order: one that is there twice too."""

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
    """Read a PO file; None with the reason where it cannot be read at all."""
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
    """A text, or the first of its plural forms: the export writes none."""
    return str(next(iter(value), "")) if isinstance(value, list | tuple) else str(value or "")

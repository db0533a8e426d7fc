"""Declares the data tables: their columns and the meaning of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from msgspec import Struct

from atlas.content.model import Site
from atlas.core.problems import Span
from atlas.pages.data import data_rows
from atlas.pages.data.data_rows import Row, Tabling
from atlas.pages.own_fields import own_fields
from atlas.schema.families import FAMILIES, Family
from atlas.schema.object_types import ListOf, MapOf


class Column(Struct, frozen=True):
    """A column of a table.

    Attributes:
        name: its name in the files.
        word: the key of its meaning among the interface words.
        type: its type in Table Schema (Frictionless), or `list`.
        required: whether no cell is empty.
        each: whether there is one column for each language of the site (`title_en` …).
    """

    name: str
    word: str
    type: str = "string"
    required: bool = False
    each: bool = False

    def names(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Return its names in the files of a site."""
        return tuple(f"{self.name}_{language}" for language in languages) if self.each else (self.name,)


class Table(Struct, frozen=True):
    """A data table.

    Attributes:
        name: its name.
        word: the key of its title among the interface words.
        columns: its columns.
        key: the columns that identify a row.
        ties: the columns that hold ids of records.
        rows: returns its rows, sorted by the key.
    """

    name: str
    word: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    ties: tuple[str, ...]
    rows: Callable[[Tabling], Iterator[Row]]


_ID = Column("id", "column-id", required=True)
_URL = Column("url", "column-url", required=True)
_RECORD = Column("record", "column-record", required=True)
_SOURCES = Column("sources", "column-sources", "list")
_START, _END = Column("start", "column-start"), Column("end", "column-end")
_COMMON = (
    _ID,
    _URL,
    Column("title", "column-title", each=True),
    Column("sides", "column-sides", "list"),
    Column("kind", "column-kind"),
    _START,
    _END,
    Column("places", "column-places", "list"),
    Column("fields", "column-fields", "list"),
    Column("identifiers", "column-identifiers", "list"),
    Column("summary", "column-summary"),
    Column("language", "column-language"),
    Column("published", "column-published", required=True),
    Column("updated", "column-updated", required=True),
)


def _family_table(family: Family) -> Table:
    """Return the table of one family: the columns of every record, and those of its own keys."""
    own = tuple(
        Column(key.name, f"column-{key.name}", "list" if isinstance(key.shape, ListOf | MapOf) else "string")
        for key in family.keys
        if key.column
    )
    rows = partial(data_rows.family_rows, family)
    return Table(family.folder, f"table-{family.folder}", (*_COMMON, *own), ("id",), ("id",), rows)


OWN_FIELDS: Final = "extra"
"""The table of the own fields, which only an atlas with own fields has."""
TABLES: Final = (
    *(_family_table(family) for family in FAMILIES if family.has_table),
    Table(
        "records",
        "table-records",
        (*_COMMON, Column("family", "column-family", required=True)),
        ("id",),
        (),
        data_rows.records,
    ),
    Table(
        "names",
        "table-names",
        (
            _RECORD,
            Column("number", "column-number", "integer", required=True),
            Column("name", "column-name", required=True),
            Column("language", "column-name-language", required=True),
            Column("kind", "column-name-kind", required=True),
            Column("romanised", "column-romanised"),
            _START,
            _END,
            Column("ours", "column-ours", "boolean", required=True),
            _SOURCES,
        ),
        ("record", "number"),
        ("record",),
        data_rows.names,
    ),
    Table(
        "relations",
        "table-relations",
        (
            _ID,
            _URL,
            Column("source", "column-source", required=True),
            Column("target", "column-target", required=True),
            Column("type", "column-relation-type", required=True),
            Column("symmetric", "column-symmetric", "boolean", required=True),
            Column("tie", "column-tie", "boolean", required=True),
            _START,
            _END,
            Column("note", "column-note"),
            Column("language", "column-language"),
            _SOURCES,
        ),
        ("id",),
        ("source", "target"),
        data_rows.relations,
    ),
    Table(
        "facts",
        "table-facts",
        (
            _ID,
            _URL,
            _RECORD,
            Column("dimension", "column-dimension", required=True),
            Column("text", "column-fact", required=True),
            Column("language", "column-language", required=True),
            _SOURCES,
            Column("quotes", "column-quotes", "list"),
            Column("differs", "column-differs", "list"),
        ),
        ("id",),
        ("record",),
        data_rows.facts,
    ),
    Table(
        "answers",
        "table-answers",
        (
            _RECORD,
            Column("question", "column-question", required=True),
            Column("answer", "column-answer", required=True),
            Column("facts", "column-facts", "list"),
        ),
        ("record", "question"),
        ("record",),
        data_rows.answers,
    ),
    Table(
        OWN_FIELDS,
        "table-extra",
        (
            _RECORD,
            Column("field", "column-own-field", required=True),
            Column("value", "column-own-value", "list", required=True),
        ),
        ("record", "field"),
        ("record",),
        data_rows.own_fields_of_records,
    ),
    Table(
        "works",
        "table-works",
        (
            Column("key", "column-key", required=True),
            _URL,
            Column("type", "column-work-type", required=True),
            Column("authors", "column-authors", "list"),
            Column("title", "column-work-title"),
            Column("container", "column-container"),
            Column("date", "column-date"),
            Column("year", "column-year"),
            Column("publisher", "column-publisher"),
            Column("publisher_place", "column-publisher-place"),
            Column("volume", "column-volume"),
            Column("issue", "column-issue"),
            Column("pages", "column-pages"),
            Column("language", "column-work-language"),
            Column("doi", "column-doi"),
            Column("link", "column-link"),
            Column("archived", "column-archived"),
            Column("consulted", "column-consulted"),
        ),
        ("key",),
        (),
        data_rows.works,
    ),
    Table(
        "terms",
        "table-terms",
        (
            Column("set", "column-set", required=True),
            Column("id", "column-term", required=True),
            Column("label", "column-label", required=True, each=True),
        ),
        ("set", "id"),
        (),
        data_rows.terms,
    ),
)
"""The tables in the order of the data page."""


def tables_of(site: Site) -> tuple[Table, ...]:
    """Return the tables that an atlas has."""
    return tuple(table for table in TABLES if table.name != OWN_FIELDS or own_fields(site, "data"))


DATA_WORDS: Final = {
    word: Span("atlas/pages/data/data_tables.py")
    for word in (
        *(word for table in TABLES for word in (table.word, *(column.word for column in table.columns))),
        "data-places",
        "data-network",
    )
}
"""The interface words that describe the data files and their columns, with the place that needs them."""

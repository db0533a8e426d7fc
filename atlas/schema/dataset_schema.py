"""The keys of the table of a dataset: its columns, and rows whose cells name their sources."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct
from yaml.nodes import MappingNode, Node, SequenceNode

from atlas.schema.field_types import ID, Declared, DeclaredId, FieldType, FileContext, Line, OneOf, WithSpan
from atlas.schema.object_types import LABEL, Field, ListOf, MapOf, ObjectType
from atlas.schema.record_schema import QUOTED_SOURCE

COLUMN_TYPES: Final = OneOf(("text", "record", "place", "date", "number", "url"))


class TextOrLabel(Struct, frozen=True):
    """A text that is the same in every language, or a mapping with the text in each."""

    def read(self, node: Node, context: FileContext) -> dict[str, str] | None:
        """Return the texts by language; a text for all languages has the key ""."""
        if isinstance(node, MappingNode):
            return MapOf(DeclaredId("language"), Line()).read(node, context) or None
        text = Line().read(node, context)
        return None if text is None else {"": text}

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word or an object."""
        by_language = MapOf(DeclaredId("language"), Line()).as_schema(declared)
        return {"anyOf": [Line().as_schema(declared), by_language]}

    def in_words(self) -> str:
        """Return the description."""
        return "text, or a mapping from language to text"


class OneOrMore(Struct, frozen=True):
    """One value of a type, or a list of them.

    Attributes:
        shape: the type of the values.
    """

    shape: FieldType

    def read(self, node: Node, context: FileContext) -> tuple[Any, ...]:
        """Return the values that could be read."""
        if isinstance(node, SequenceNode):
            return ListOf(self.shape, least=1).read(node, context)
        value = self.shape.read(node, context)
        return () if value is None else (value,)

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a value or an array."""
        one = self.shape.as_schema(declared)
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}

    def in_words(self) -> str:
        """Return the description."""
        return f"{self.shape.in_words()}, or a list of them"


COLUMN: Final = ObjectType(
    "column",
    (
        Field("id", WithSpan(ID), "its name in the rows and in the data file, for ever", required=True),
        Field("label", LABEL, "its heading", required=True),
        Field("type", COLUMN_TYPES, "what its cells hold; `text` when not given"),
    ),
)
CELL: Final = ObjectType(
    "cell",
    (
        Field(
            "value",
            TextOrLabel(),
            "the value: text (by language where languages differ), the id of a record or place, a date in EDTF, a"
            " number with a full stop for decimals, or an address",
            required=True,
        ),
        Field("sources", ListOf(QUOTED_SOURCE), "the works that give this value"),
    ),
    short="value",
)
ROW: Final = ObjectType(
    "row",
    (
        Field("id", WithSpan(ID), "its name in the table, for ever: it is part of its address", required=True),
        Field(
            "cells",
            MapOf(WithSpan(ID), OneOrMore(CELL)),
            "its values by column; a list where sources disagree, nothing where none is known",
            required=True,
        ),
        Field("sources", ListOf(QUOTED_SOURCE), "the works that support the whole row"),
    ),
)
DATASET: Final = ObjectType(
    "table",
    (
        Field("columns", ListOf(COLUMN, least=1), "its columns, in their order", required=True),
        Field("rows", ListOf(ROW, least=1), "its rows, in their order", required=True),
    ),
)

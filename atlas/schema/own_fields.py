"""The own fields of an atlas: keys under `extra` of a record, each with the type that `site.yaml` declares."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct
from yaml.nodes import MappingNode, Node

from atlas.core.problems import nearest
from atlas.core.rules import Rule
from atlas.schema.field_types import NUMBER, URL, Date, Declared, FieldType, FileContext, Line
from atlas.schema.object_types import ListOf

TYPES: Final[dict[str, FieldType]] = {
    "text": Line(),
    "url": URL,
    "date": Date(),
    "number": NUMBER,
    "list": ListOf(Line()),
}
"""The types of own fields; a field without a type is a text."""
SHOWN: Final = {
    "page": "beside the other details of a record, where search also finds it",
    "table": "as a column of the table of all records",
    "data": "in the data files and in the JSON of the record",
}
"""Where own fields can be shown; everywhere when not given."""


def type_key(name: str) -> str:
    """Return the key of the declarations that lists the own fields of a type."""
    return f"extra:{name}"


class OwnFields(Struct, frozen=True):
    """A mapping from declared own fields to values of their types."""

    def read(self, node: Node, context: FileContext) -> dict[str, tuple[str, ...]]:
        """Return the values of each field as texts."""
        if not isinstance(node, MappingNode):
            hint = "write lines of the form `field: value`"
            context.note(context.span(node), Rule.WRONG_TYPE, "a mapping is wanted here", hint)
            return {}
        values: dict[str, tuple[str, ...]] = {}
        types = _types(context.declared)
        for key, written in node.value:
            if key.value not in types:
                message = f'no own field "{key.value}" is declared'
                hint = nearest(key.value, types, "declare it under `extra:` in content/site.yaml")
                context.note(context.span(key), Rule.UNKNOWN_KEY, message, hint)
                continue
            value = types[key.value].read(written, context)
            texts = value if isinstance(value, tuple) else (value,)
            values[key.value] = tuple(str(text) for text in texts if text not in (None, ""))
        return {id: texts for id, texts in values.items() if texts}

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an object with the declared fields."""
        fields = {id: shape.as_schema(declared) for id, shape in _types(declared).items()}
        return {"type": "object", "properties": fields, "additionalProperties": False}

    def in_words(self) -> str:
        """Return the description."""
        return "mapping from an own field to its value"


def _types(declared: Declared) -> dict[str, FieldType]:
    return {id: shape for name, shape in TYPES.items() for id in declared.get(type_key(name), ())}

"""Types of lists and mappings, made of other types."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.core.problems import Problem, Span, nearest
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.core.yaml_causes import no_space
from atlas.schema.field_types import Declared, DeclaredId, FieldType, FileContext, Line, Located, WithSpan

_FEW = 12
"""How many keys a message names."""
_LIKE = 0.7
"""How near a key must be to be the one that is meant: `orcid` does not mean `archived`."""
_WORDS = {"mapping": "a mapping (key: value)", "list": "a list ([a, b] or lines that begin with -)"}


class ListOf(Struct, frozen=True):
    """A list of values of one type.

    Attributes:
        shape: the type of the values.
        least: the number of values that it must have at least.
    """

    shape: FieldType
    least: int = 0

    def read(self, node: Node, context: FileContext) -> tuple[Any, ...]:
        """Return the values that could be read."""
        if not isinstance(node, SequenceNode):
            context.note(context.span(node), Rule.WRONG_TYPE, "a list is wanted here", f"write {_WORDS['list']}")
            return ()
        if len(node.value) < self.least:
            message = f"this list needs at least {self.least} of {self.shape.in_words()}"
            context.note(
                context.span(node), Rule.MISSING_KEY, message, "complete it, or remove the key if it may be absent"
            )
        values = [self.shape.read(item, context) for item in node.value]
        return tuple(value for value in values if value is not None)

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an array."""
        items = {"type": "array", "items": self.shape.as_schema(declared)}
        return items | ({"minItems": self.least} if self.least else {})

    def in_words(self) -> str:
        """Return the description."""
        return f"list of {self.shape.in_words()}"


class RecordIds(ListOf, frozen=True):
    """A list of ids of records, each with its place.

    Attributes:
        families: the families that the records may belong to; any if empty.
    """

    families: tuple[str, ...] = ()


class MapOf(Struct, frozen=True):
    """A mapping from keys of one type to values of another.

    What is missing or invalid is reported and gets a substitute, so that later stages find a value for every key.

    Attributes:
        key: the type of the keys.
        value: the type of the values.
        whole: whether every declared key is required.
    """

    key: FieldType
    value: FieldType
    whole: bool = False

    def read(self, node: Node, context: FileContext) -> dict[str, Any]:
        """Return the values by key, in the order of the file."""
        if not isinstance(node, MappingNode):
            context.note(context.span(node), Rule.WRONG_TYPE, "a mapping is wanted here", f"write {_WORDS['mapping']}")
            return self.stand_in(context)
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            known = len(context.problems)
            key = self.key.read(key_node, context)
            if key is None and len(context.problems) > known and isinstance(self.key, DeclaredId):
                context.problems[-1] = self._among_the_rest(context.problems[-1], key_node, node, context)
            value = self.value.read(value_node, context)
            if value is None and isinstance(self.key, WithSpan) and isinstance(self.value, ObjectType):
                value = self.value.stand_in(context, context.span(value_node))
            if key is not None and value is not None:
                values[key.value if isinstance(key, Located) else key] = value
        if self.whole and isinstance(self.key, DeclaredId):
            written = {key_node.value for key_node, _ in node.value}
            for missing in sorted(set(context.declared.get(self.key.table, ())) - written):
                message = f"{self.key.in_words().removeprefix('a declared ')} {missing} is missing here"
                context.note(context.span(node), Rule.MISSING_KEY, message, f"add `{missing}: …`")
            values = self.stand_in(context) | values
        return values

    def _among_the_rest(self, problem: Problem, key: Node, node: MappingNode, context: FileContext) -> Problem:
        """Return the problem of an unknown key with a remedy that proposes only keys that are not given yet."""
        assert isinstance(self.key, DeclaredId)
        written = {key_node.value for key_node, _ in node.value}
        left = [id for id in context.declared.get(self.key.table, ()) if id not in written]
        return replace(problem, hint=nearest(key.value, left) if left else "remove it: all that are declared are here")

    def stand_in(self, context: FileContext) -> dict[str, Any]:
        """Return a substitute for a missing mapping, with a value for every required key."""
        if not self.whole or not isinstance(self.key, DeclaredId):
            return {}
        return dict.fromkeys(context.declared.get(self.key.table, ()), "…" if isinstance(self.value, Line) else None)

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an object."""
        names = self.key.as_schema(declared)
        values = self.value.as_schema(declared)
        required = {"required": list(names["enum"])} if self.whole and "enum" in names else {}
        return {"type": "object", "propertyNames": names, "additionalProperties": values} | required

    def in_words(self) -> str:
        """Return the description."""
        return f"mapping from {self.key.in_words()} to {self.value.in_words()}"


LABEL: Final = MapOf(DeclaredId("language"), Line("a label"), whole=True)
"""A text in every language of the site."""


class Field(Struct, frozen=True):
    """One key of a table.

    Attributes:
        name: the key.
        shape: the type of its value.
        meaning: what it means, for the manual.
        required: whether it must be there.
        column: whether it is a column of the data table of its family, where there is one.
        word: the interface word beside it. A key of a record with a text or address as value and such a word is a
            *detail*: it is read, shown, printed and written as JSON without being named anywhere else.
    """

    name: str
    shape: FieldType
    meaning: str
    required: bool = False
    column: bool = False
    word: str = ""


class ObjectType(Struct, frozen=True):
    """A mapping with known keys, read as a dict that has every key, with None or an empty value where one is absent.

    Attributes:
        name: its name for the manual and for messages.
        keys: the keys.
        short: a key whose value may be written alone in place of the whole mapping.
    """

    name: str
    keys: tuple[Field, ...]
    short: str = ""

    def read(self, node: Node, context: FileContext) -> dict[str, Any] | None:
        """Return the values by key, and under `span` the place where the mapping begins."""
        if isinstance(node, ScalarNode) and self.short:
            shape = self._shape(self.short)
            value = shape.read(node, context)
            return None if value is None else self._empty(context) | {self.short: value, "span": context.span(node)}
        if not isinstance(node, MappingNode):
            context.note(
                context.span(node), Rule.WRONG_TYPE, f"the {self.name} must be a mapping", f"write {_WORDS['mapping']}"
            )
            return None
        values: dict[str, Any] = self.stand_in(context, context.span(node))
        by_name = {key.name: key for key in self.keys}
        spans: dict[str, Span] = {}
        for key_node, value_node in node.value:
            key = by_name.get(key_node.value)
            unspaced = no_space(key_node.value, 0) if key is None else None
            if unspaced:
                place = context.span(key_node)
                at = Span(place.path, place.line, place.column + unspaced.column)
                context.note(at, Rule.YAML_SYNTAX, unspaced.message, unspaced.hint)
                continue
            if key is None:
                message = f'"{key_node.value}" is not a key of the {self.name}'
                context.note(context.span(key_node), Rule.UNKNOWN_KEY, message, self._otherwise(key_node.value))
                continue
            values[key.name] = key.shape.read(value_node, context)
            spans[key.name] = context.span(value_node)
        values["spans"] = spans
        written = {_meant(key_node.value) for key_node, _ in node.value}
        misspelt = written - by_name.keys()
        absent = [key.name for key in self.keys if key.required and key.name not in written]
        absent = [name for name in absent if not get_close_matches(name, misspelt, n=1)]  # that one is reported already
        for name in absent:
            rule = Rule.MISSING_ID if name == "id" else Rule.MISSING_KEY
            hint = f"run {command('check --fix')}, which gives it one" if name == "id" else f"add `{name}: …`"
            context.note(context.span(node), rule, f'this {self.name} has no "{name}"', hint)
        return values

    def _otherwise(self, key: str) -> str:
        """Return the remedy for a key that this mapping has not: the key that is meant, if one is near."""
        names = [each.name for each in self.keys]
        known = f"the keys here are {', '.join(names)}" if len(names) <= _FEW else "docs/reference.md lists the keys"
        return nearest(key, names, f"remove it; {known}", nearness=_LIKE)

    def _shape(self, name: str) -> FieldType:
        return next(key.shape for key in self.keys if key.name == name)

    def stand_in(self, context: FileContext, span: Span) -> dict[str, Any]:
        """Return a substitute for a mapping that cannot be read."""
        return self._empty(context) | {"span": span}

    def _empty(self, context: FileContext) -> dict[str, Any]:
        return {key.name: _nothing(key, context) for key in self.keys} | {"spans": {}}

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an object without other properties."""
        properties = {key.name: key.shape.as_schema(declared) | {"description": key.meaning} for key in self.keys}
        required = [key.name for key in self.keys if key.required]
        whole = {"type": "object", "properties": properties, "additionalProperties": False}
        whole |= {"required": required} if required else {}
        return {"anyOf": [self._shape(self.short).as_schema(declared), whole]} if self.short else whole

    def in_words(self) -> str:
        """Return its name."""
        return self.name


def _meant(key: str) -> str:
    """Return the key that an author meant who left out the space after its colon, else the same."""
    return re.split("[:：]", key, maxsplit=1)[0] if no_space(key, 0) else key


def _nothing(key: Field, context: FileContext) -> Any:
    if isinstance(key.shape, ListOf):
        return ()
    if isinstance(key.shape, MapOf):
        return key.shape.stand_in(context) if key.required else {}
    return None

"""Types of values: how each is parsed and written as JSON Schema.

A type parses a YAML node into a value and reports every mistake in it. The same description serves the
checks, the JSON Schema and the reference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct, field
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.core.limits import ID_BYTES
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.unsafe_text import dangerous_part, runs
from atlas.core.yaml_nodes import span_of
from atlas.i18n.edtf import parse_edtf
from atlas.markdown.passages import KEBAB, LANGUAGE_TAG, Passage

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

WORD: Final[dict[str, Any]] = {"type": ["string", "number"]}
"""A word in JSON Schema: editors read digits, such as a year, as a number (YAML 1.2)."""

Declared = Mapping[str, Sequence[str]]
"""The ids that a value may be, by what they name: side, kind, field…"""


class Located(Struct, frozen=True):
    """A value and its place in a file."""

    value: Any
    span: Span


class FileContext(Struct):
    """The state of reading one file.

    Attributes:
        path: the path of the file.
        text: its YAML.
        declared: the ids that the site declares.
        first_line: the line of the file on which the YAML begins.
        problems: the problems so far.
    """

    path: str
    text: str
    declared: Declared
    first_line: int = 1
    problems: list[Problem] = field(default_factory=list)

    def span(self, node: Node) -> Span:
        """Return the place where a node begins."""
        return span_of(node, self.path, self.first_line)

    def note(self, span: Span, rule: Rule, message: str, hint: str = "") -> None:
        """Add a problem."""
        self.problems.append(Problem(span, rule, message, hint))


class FieldType(Protocol):
    """The type of a value."""

    def read(self, node: Node, context: FileContext) -> Any:
        """Return the value of a node, or None, with a problem added, if it is not of this type."""

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return this type as JSON Schema (2020-12)."""

    def in_words(self) -> str:
        """Return the description of this type for the manual."""


def _scalar(node: Node, context: FileContext, wanted: str) -> str | None:
    if not isinstance(node, ScalarNode):
        found = "a mapping" if isinstance(node, MappingNode) else "a list"
        context.note(context.span(node), Rule.WRONG_TYPE, f"{found} is here", f"write {wanted}")
        return None
    if not node.value.strip():
        context.note(context.span(node), Rule.WRONG_TYPE, "nothing is here", f"write {wanted}, or remove the key")
        return None
    return str(node.value)


class Line(Struct, frozen=True):
    """One line of plain text.

    Attributes:
        wanted: its description for the manual and for messages.
        pattern: a regular expression that it must match.
        rule: the rule of a value that does not match.
        most: the number of bytes that it may have; 0 for no limit.
    """

    wanted: str = "text"
    pattern: str = ""
    rule: Rule = Rule.WRONG_TYPE
    most: int = 0

    def read(self, node: Node, context: FileContext) -> str | None:
        """Return the text."""
        value = _scalar(node, context, self.wanted)
        if value is not None and self.most and len(value.encode()) > self.most:
            message = f'"{value[:20]}…" has {len(value.encode())} bytes; {self.most} are the most'
            context.note(context.span(node), Rule.OVER_LIMIT, message, "shorten it")
            return None
        if value is not None and (dangerous_part(value) or (runs(value) and ": " not in value)):
            hint = "remove it: pages run no script, and links lead to https or http"
            context.note(context.span(node), Rule.UNSAFE_HTML, "this could run in the reader's browser", hint)
            return None
        if value is not None and self.pattern and not re.fullmatch(self.pattern, value):
            context.note(context.span(node), self.rule, f'"{value}" is not {self.wanted}', f"write {self.wanted}")
            return None
        return value

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word, with the pattern and the length if there are any."""
        length = {"maxLength": self.most} if self.most else {}
        return WORD | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {}) | length

    def in_words(self) -> str:
        """Return the description."""
        return self.wanted


URL: Final = Line("an address that begins with https:// or http://", r"https?://[^\s<>\"]+", Rule.BAD_ADDRESS)
NUMBER: Final = Line("a number", r"-?\d+(?:\.\d+)?")
ID: Final = Line("an id of lower-case letters, digits and hyphens", KEBAB.pattern, Rule.BAD_ID, ID_BYTES)
TAG: Final = Line("a language tag such as fr, zh or zh-Latn", LANGUAGE_TAG.pattern, Rule.UNKNOWN_LANGUAGE)
KEY: Final = Line("the key of a work in bibliography.bib")
ALIAS: Final = Line(
    "an old address of the atlas such as /actors/old-name/, without language",
    r"(?:/(?!\.)[\w.~-]+)+(?:/|(?<=\.html))",
    Rule.BAD_ALIAS,
)
PATH: Final = Line("a path of ids such as about/method", rf"(?:{KEBAB.pattern}(?:/{KEBAB.pattern})*)?", Rule.BAD_ID)


class Markdown(Struct, frozen=True):
    """Markdown of one paragraph, converted later by atlas.markdown.prose."""

    def read(self, node: Node, context: FileContext) -> Passage | None:
        """Return the text and its place."""
        value = _scalar(node, context, "text")
        if value is None:
            return None
        raw = context.text[node.start_mark.index : node.end_mark.index]
        text = value.strip()
        return Passage(text, context.span(node), "" if raw.startswith(text) else raw)

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word."""
        return WORD

    def in_words(self) -> str:
        """Return the description."""
        return "Markdown of one paragraph"


class Date(Struct, frozen=True):
    """A date in EDTF (ISO 8601-2, levels 0 and 1), or with `day` one day of the calendar."""

    day: bool = False

    def read(self, node: Node, context: FileContext) -> Any:
        """Return the EdtfDate."""
        value = _scalar(node, context, self.in_words())
        if value is None:
            return None
        try:
            if self.day and not _DAY.fullmatch(value):
                raise ValueError(f'"{value}" is not a day such as 2026-11-22')
            return parse_edtf(value)
        except ValueError as error:
            rule = Rule.END_BEFORE_START if "before it starts" in str(error) else Rule.BAD_DATE
            context.note(
                context.span(node), rule, str(error), "write a date such as 1883-07-21, 1883-07, 1883 or 1883~"
            )
            return None

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word; a day has a format that editors know."""
        return WORD | ({"format": "date"} if self.day else {})

    def in_words(self) -> str:
        """Return the description."""
        return "a day such as 2026-11-22" if self.day else "a date in EDTF, such as 1883-07-21, 1883 or 1883~"


class Flag(Struct, frozen=True):
    """True or false."""

    def read(self, node: Node, context: FileContext) -> bool | None:
        """Return whether it is true."""
        value = _scalar(node, context, "true or false")
        if value not in (None, "true", "false"):
            context.note(
                context.span(node), Rule.WRONG_TYPE, f'"{value}" is neither true nor false', "write true or false"
            )
            return None
        return value == "true" if value else None

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of true and false, also in quotation marks."""
        return {"enum": [True, False, "true", "false"]}

    def in_words(self) -> str:
        """Return the description."""
        return "`true` or `false`"


class Coordinates(Struct, frozen=True):
    """Latitude and longitude of a place in degrees (WGS 84)."""

    def read(self, node: Node, context: FileContext) -> tuple[float, float] | None:
        """Return latitude (-90 to 90) and longitude (-180 to 180)."""
        hint = "write [latitude, longitude] in degrees, such as [48.857, 2.352]"
        items = [item.value for item in node.value] if isinstance(node, SequenceNode) else []
        try:
            latitude, longitude = (float(item) for item in items)
        except (TypeError, ValueError):
            context.note(context.span(node), Rule.WRONG_TYPE, "coordinates are two numbers", hint)
            return None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            message = f"no place on earth has the coordinates {items[0]}, {items[1]}"
            context.note(context.span(node), Rule.BAD_COORDINATES, message, hint)
            return None
        return latitude, longitude

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a pair of numbers."""
        bounds = [WORD | {"minimum": -limit, "maximum": limit} for limit in (90, 180)]
        return {"type": "array", "prefixItems": bounds, "minItems": 2, "maxItems": 2}

    def in_words(self) -> str:
        """Return the description."""
        return "`[latitude, longitude]` in degrees"


class OneOf(Struct, frozen=True):
    """One of a few words that the engine knows."""

    words: tuple[str, ...]

    def read(self, node: Node, context: FileContext) -> str | None:
        """Return the word."""
        value = _scalar(node, context, self.in_words())
        if value is not None and value not in self.words:
            message = f'"{value}" is not among {", ".join(self.words)}'
            context.note(context.span(node), Rule.WRONG_TYPE, message, nearest(value, self.words))
            return None
        return value

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an enumeration."""
        return {"enum": list(self.words)}

    def in_words(self) -> str:
        """Return the words."""
        return " or ".join(f"`{word}`" for word in self.words)


class DeclaredId(Struct, frozen=True):
    """An id that content/site.yaml or content/places.yaml declares.

    Attributes:
        table: what it names: side, kind, field…
    """

    table: str

    def read(self, node: Node, context: FileContext) -> Located | None:
        """Return the id and its place."""
        noun = self.table.partition(":")[0]
        value = _scalar(node, context, f"the id of a {noun.replace('-', ' ')}")
        if value is None:
            return None
        ids = context.declared.get(self.table)
        if ids is not None and value not in ids:
            message = f'no {noun.replace("-", " ")} "{value}" is declared'
            context.note(context.span(node), Rule(f"unknown-{noun}"), message, nearest(value, ids))
            return None
        return Located(value, context.span(node))

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an enumeration of the declared ids."""
        return {"enum": list(declared.get(self.table, ()))}

    def in_words(self) -> str:
        """Return the description."""
        return f"a declared {self.table.partition(':')[0].replace('-', ' ')}"


class WithSpan(Struct, frozen=True):
    """A value of another type together with its place."""

    shape: FieldType

    def read(self, node: Node, context: FileContext) -> Located | None:
        """Return the value and its place."""
        value = self.shape.read(node, context)
        return None if value is None else Located(value, context.span(node))

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of the value."""
        return self.shape.as_schema(declared)

    def in_words(self) -> str:
        """Return the description of the value."""
        return self.shape.in_words()

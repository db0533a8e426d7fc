"""The signatures of a record: authors and reviewers."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct
from yaml.nodes import Node

from atlas.bibliography.parsing.person_names import PersonName, read_names
from atlas.core.rules import Rule
from atlas.schema.field_types import Declared, FileContext, Line

_LINE: Final = Line("a name such as Doe, Jo or {The Body}")


class AuthorName(Struct, frozen=True):
    """A person or body, written as in BibTeX: `Doe, Jo`, `Jo Doe`, `陈健`, `{The Body}`."""

    def read(self, node: Node, context: FileContext) -> PersonName | None:
        """Return the name."""
        text = _LINE.read(node, context)
        if text is None:
            return None
        names, mistakes = read_names(text)
        if len(names) == 1 and not names[0].others and not mistakes:
            return names[0]
        what = mistakes[0][2] if mistakes else "this is more than one name" if len(names) > 1 else "this names nobody"
        hint = 'write one name a row: Doe, Jo; a body in braces and quotation marks: "{The Body}"'
        context.note(context.span(node), Rule.BAD_NAME, f'{what}: "{text[:60]}"', hint)
        return None

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of a word."""
        return _LINE.as_schema(declared)

    def in_words(self) -> str:
        """Return the description."""
        return _LINE.in_words()

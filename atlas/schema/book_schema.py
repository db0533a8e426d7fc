"""The schema of a book, content/books/ID.yaml."""

from __future__ import annotations

from typing import Any, Final

from yaml.nodes import Node, SequenceNode

from atlas.core.limits import ID_BYTES
from atlas.core.rules import Rule
from atlas.markdown.passages import KEBAB
from atlas.schema.families import INDEXED
from atlas.schema.field_types import ID, Declared, DeclaredId, FileContext, Line, OneOf, WithSpan
from atlas.schema.object_types import LABEL, Field, ListOf, ObjectType

FORMATS: Final = ("epub", "pdf")
"""The formats of books; the first is made if none is asked for."""
CONTENTS: Final = ("families", "records", "path")
"""The keys that say what is in a book; each book has one of them."""
_PATH: Final = Line(
    "the id of a page, or PAGE#HEADING", rf"{KEBAB.pattern}(?:#{KEBAB.pattern})?", Rule.BAD_ID, 2 * ID_BYTES
)


class TwoLanguages(ListOf, frozen=True):
    """A list of two different languages of the site."""

    def read(self, node: Node, context: FileContext) -> tuple[Any, ...]:
        """Return the languages, or note what is wrong with them."""
        before = len(context.problems)
        values = super().read(node, context)
        if len(context.problems) > before or not isinstance(node, SequenceNode):
            return values
        ids = [one.value for one in values]
        message, place = "", node
        if len(ids) != 2:
            message = f"a book has two languages side by side, not {len(ids)}"
            place = node.value[2] if len(ids) > 2 else node
        elif ids[0] == ids[1]:
            message, place = f'"{ids[1]}" stands here twice', node.value[1]
        if message:
            hint = "write two different languages of the site; for a book in each language use `languages`"
            context.note(context.span(place), Rule.TWO_LANGUAGES, message, hint)
        return values

    def as_schema(self, declared: Declared) -> dict[str, Any]:
        """Return the schema of an array of two."""
        return super().as_schema(declared) | {"minItems": 2, "maxItems": 2, "uniqueItems": True}


BOOK: Final = ObjectType(
    "book",
    (
        Field("title", LABEL, "the title", required=True),
        Field(
            "families",
            ListOf(WithSpan(OneOf(tuple(family.folder for family in INDEXED))), least=1),
            "all records of these families",
        ),
        Field("records", ListOf(WithSpan(ID), least=1), "these records, in this order"),
        Field(
            "path",
            WithSpan(_PATH),
            "a page, and the records that its text links to, in the order of the text; with `#HEADING` those below it",
        ),
        Field(
            "languages",
            ListOf(DeclaredId("language"), least=1),
            "the languages of the book, each with a book of its own; if absent all, or none if there is `parallel`",
        ),
        Field(
            "parallel",
            TwoLanguages(DeclaredId("language")),
            "two languages of one book that has both side by side; the contents and references follow the first",
        ),
        Field("formats", ListOf(OneOf(FORMATS), least=1), "the formats of the book; `epub` if absent"),
    ),
)

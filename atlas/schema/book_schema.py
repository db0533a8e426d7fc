"""The schema of a book, content/books/ID.yaml."""

from __future__ import annotations

from typing import Final

from atlas.core.limits import ID_BYTES
from atlas.core.rules import Rule
from atlas.markdown.passages import KEBAB
from atlas.schema.families import INDEXED
from atlas.schema.field_types import ID, DeclaredId, Line, OneOf, WithSpan
from atlas.schema.object_types import LABEL, Field, ListOf, ObjectType

FORMATS: Final = ("epub", "pdf")
"""The formats of books; the first is made if none is asked for."""
CONTENTS: Final = ("families", "records", "path")
"""The keys that say what is in a book; each book has one of them."""
_PATH: Final = Line(
    "the id of a page, or PAGE#HEADING", rf"{KEBAB.pattern}(?:#{KEBAB.pattern})?", Rule.BAD_ID, 2 * ID_BYTES
)

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
        Field("languages", ListOf(DeclaredId("language"), least=1), "the languages of the book; all if absent"),
        Field("formats", ListOf(OneOf(FORMATS), least=1), "the formats of the book; `epub` if absent"),
    ),
)

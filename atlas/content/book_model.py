"""The data model of the books that an atlas declares."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from atlas.core.problems import Span
from atlas.schema.field_types import Located


class DeclaredBook(Struct, frozen=True):
    """A book of content/books/ID.yaml. One of `families`, `records` and `path` says what is in it.

    Attributes:
        title: its title by language.
        families: the folders of the families in it.
        records: the ids of the records in it.
        path: the page of a reading path, PAGE or PAGE#HEADING.
        languages: its languages; none for all of the site, or for no other book than that of `parallel`.
        parallel: the two languages of its book with both side by side; none if there is no such book.
        formats: its formats; none for the usual one.
        span: the place that says what is in it.
        is_whole: whether all of its file could be read.
    """

    id: str
    title: Mapping[str, str]
    families: tuple[str, ...]
    records: tuple[Located, ...]
    path: str
    languages: tuple[str, ...]
    parallel: tuple[str, ...]
    formats: tuple[str, ...]
    span: Span
    is_whole: bool = True

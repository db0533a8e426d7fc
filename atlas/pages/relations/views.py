"""The view of a list of relations."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from atlas.core.html import Html
from atlas.pages.view_parts import Anchor, PageView, Phrase, ReferenceEntry, labels
from atlas.search.page_text import Passage


class StatedRelation(Struct, frozen=True):
    """One relation of a pair: its dates, what its record says of it, and its sources."""

    period: str
    note: Phrase
    cites_html: Html
    url: str


class RelatedPair(Struct, frozen=True):
    """Two records with their relations of one type; sources that disagree give several."""

    first: Anchor
    second: Anchor
    relations: tuple[StatedRelation, ...]


class RelationListView(PageView, frozen=True):
    """All relations of one type, a row for each pair of records.

    Attributes:
        label: the name of the type.
        columns: the sides of the first and the second records; "" where they have several.
        total: how many pairs there are on all pages of the list.
        undated: how many pairs have no date.
    """

    title: str
    label: str
    columns: tuple[str, str]
    rows: tuple[RelatedPair, ...]
    total: int
    undated: int
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Yield the name of the type."""
        yield from labels(self.label)

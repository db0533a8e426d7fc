"""The view of the table of all records."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.pages.view_parts import Anchor, Card, IntroducedView, ReferenceEntry


class FilterOption(Struct, frozen=True):
    """One choice of a filter.

    Attributes:
        group: the heading above it; "" for none.
        count: how many records match.
    """

    value: str
    label: str
    group: str
    count: int


class Filter(Struct, frozen=True):
    """A filter of the table of all records.

    Attributes:
        id: its name in the query string.
    """

    id: Literal["side", "kind", "field", "century", "scale", "language"]
    options: tuple[FilterOption, ...]


class ExploreRow(Struct, frozen=True):
    """A record in the table of all records, with its values for each filter, separated by spaces."""

    card: Card
    fields: tuple[str, ...]
    counted: int
    known: int
    languages: tuple[str, ...]
    side: str
    kind: str
    field: str
    century: str
    scale: str
    language: str
    extra: tuple[str, ...] = ()


class ExploreView(IntroducedView, frozen=True):
    """The table of all records.

    Attributes:
        scale: the names of the scale and of the answers that it counts; "" where there is none.
        extra: the labels of the columns with own fields.
    """

    filters: tuple[Filter, ...]
    rows: tuple[ExploreRow, ...]
    scale: str
    extra: tuple[str, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

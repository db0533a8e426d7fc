"""The view of the table of all records."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from atlas.pages.view_parts import Anchor, Card, PageIntro, PageView, ReferenceEntry


class FilterOption(Struct, frozen=True):
    """One choice of a filter. group: what it stands under, "" where nothing; count: how many records it leaves."""

    value: str
    label: str
    group: str
    count: int


class Filter(Struct, frozen=True):
    """A filter of the table of all records. id: its name in the address."""

    id: Literal["side", "kind", "field", "century", "scale", "language"]
    options: tuple[FilterOption, ...]


class ExploreRow(Struct, frozen=True):
    """A record in the table of all, and what each filter knows it by (values apart by spaces)."""

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


class ExploreView(PageView, frozen=True):
    """The table of all records. scale: what the scale is called and counts, "" where there is none."""

    intro: PageIntro
    filters: tuple[Filter, ...]
    rows: tuple[ExploreRow, ...]
    scale: str
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

"""The view of the timeline page."""

from __future__ import annotations

from msgspec import Struct

from atlas.graphics.drawing import Bar, Tick
from atlas.pages.view_parts import Anchor, Card, PageView


class DecadeCount(Struct, frozen=True):
    """How many records there were in a decade; level: 0 for none, 1 to 5 by how many that is of the most."""

    count: int
    level: int


class DecadeRow(Struct, frozen=True):
    """A group of records of one family, decade by decade. total: of those with a date."""

    label: str
    family: str
    total: int
    counts: tuple[DecadeCount, ...]


class LifeRow(Struct, frozen=True):
    """A record on the timeline."""

    card: Card
    bar: Bar


class LifeGroup(Struct, frozen=True):
    """The lives of a group of records."""

    id: str
    label: str
    rows: tuple[LifeRow, ...]


class TimelineView(PageView, frozen=True):
    """The timeline by side, kind or field: counts by decade, lives as bars, and what has no date."""

    by: str
    groupings: tuple[Anchor, ...]
    decades: tuple[str, ...]
    tallies: tuple[DecadeRow, ...]
    ticks: tuple[Tick, ...]
    groups: tuple[LifeGroup, ...]
    undated: tuple[Card, ...]
    total: int

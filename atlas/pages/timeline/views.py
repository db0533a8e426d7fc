"""The view of the timeline page."""

from __future__ import annotations

from msgspec import Struct

from atlas.graphics.drawing import Bar, Guide, Tick
from atlas.pages.pictures.views import PictureLinks
from atlas.pages.view_parts import Anchor, Card, PageView


class DecadeCount(Struct, frozen=True):
    """The number of records that existed in a decade.

    Attributes:
        level: 0 for none, else 1 to 5, relative to the largest count.
    """

    count: int
    level: int


class DecadeRow(Struct, frozen=True):
    """The counts by decade for a group of records of one family.

    Attributes:
        total: the number of records with a date.
    """

    label: str
    family: str
    total: int
    counts: tuple[DecadeCount, ...]


class LifeRow(Struct, frozen=True):
    """A record on the timeline."""

    card: Card
    bar: Bar


class LifeGroup(Struct, frozen=True):
    """The life spans of a group of records.

    Attributes:
        total: how many records the group has, on this page and others.
    """

    id: str
    label: str
    rows: tuple[LifeRow, ...]
    total: int


class EventRow(Struct, frozen=True):
    """A dated event with its guide line.

    Attributes:
        date: its date, in words.
        url: the page about it; "" for none.
    """

    date: str
    label: str
    url: str
    guide: Guide


class TimelineView(PageView, frozen=True):
    """The timeline by side, kind or field: counts by decade, life spans as bars, and records without a date."""

    by: str
    groupings: tuple[Anchor, ...]
    decades: tuple[str, ...]
    tallies: tuple[DecadeRow, ...]
    ticks: tuple[Tick, ...]
    events: tuple[EventRow, ...]
    groups: tuple[LifeGroup, ...]
    undated: tuple[Card, ...]
    files: PictureLinks
    total: int

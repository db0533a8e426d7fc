"""The views of the indexes."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, Card, PageView, Phrase


class IndexGroup(Struct, frozen=True):
    """Records that share a side, kind, field or letter. url: the group's own page ("" on that page)."""

    id: str
    label: Phrase
    url: str
    cards: tuple[Card, ...]


class IndexView(PageView, frozen=True):
    """An index: all records of a family, one grouping of them, or one group.

    by: "" for the index of all, else side, kind, field or letter; groupings: the other ways to see the family.
    """

    family: str
    by: str
    title: str
    groupings: tuple[Anchor, ...]
    groups: tuple[IndexGroup, ...]
    total: int

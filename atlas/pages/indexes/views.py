"""The views of the indexes."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, BookFiles, Card, PageView, Phrase


class IndexGroup(Struct, frozen=True):
    """The records that share a side, kind, field or letter.

    Attributes:
        url: the page of the group; "" on that page.
    """

    id: str
    label: Phrase
    url: str
    cards: tuple[Card, ...]


class IndexView(PageView, frozen=True):
    """An index: all records of a family, one grouping of them, or one group.

    Attributes:
        by: the grouping (side, kind, field or letter); "" for the index of all.
        groupings: links to the groupings of the family.
        total: the number of records.
        jumps: links to the groups of an index that has several pages.
        books: the books that readers can download, on the index of all.
    """

    family: str
    by: str
    title: str
    groupings: tuple[Anchor, ...]
    groups: tuple[IndexGroup, ...]
    total: int
    jumps: tuple[Anchor, ...] = ()
    books: tuple[BookFiles, ...] = ()

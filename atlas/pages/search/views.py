"""The view of the search page."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, IntroducedView, ReferenceEntry


class SearchChoice(Struct, frozen=True):
    """A choice of a filter with its label."""

    value: str
    label: str


class SearchView(IntroducedView, frozen=True):
    """The search page.

    Attributes:
        index: the name of the search index.
        lists: links for readers without scripts.
    """

    index: str
    families: tuple[SearchChoice, ...]
    sides: tuple[SearchChoice, ...]
    lists: tuple[Anchor, ...]
    references: tuple[ReferenceEntry, ...]

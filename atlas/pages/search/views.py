"""The view of the search page."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, PageIntro, PageView, ReferenceEntry


class SearchChoice(Struct, frozen=True):
    """A choice of a filter with its label."""

    value: str
    label: str


class SearchView(PageView, frozen=True):
    """The search page.

    Attributes:
        index: the name of the search index.
        lists: links for readers without scripts.
    """

    intro: PageIntro
    index: str
    families: tuple[SearchChoice, ...]
    sides: tuple[SearchChoice, ...]
    lists: tuple[Anchor, ...]
    references: tuple[ReferenceEntry, ...]

"""The search page."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, PageIntro, PageView, ReferenceEntry


class SearchChoice(Struct, frozen=True):
    """A choice of a filter, and what it is called."""

    value: str
    label: str


class SearchView(PageView, frozen=True):
    """The page of the search. index: what the index of the language is called; lists: what leads on without it."""

    intro: PageIntro
    index: str
    families: tuple[SearchChoice, ...]
    sides: tuple[SearchChoice, ...]
    lists: tuple[Anchor, ...]
    references: tuple[ReferenceEntry, ...]

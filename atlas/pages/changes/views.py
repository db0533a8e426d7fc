"""The views of the changes page and its feed."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Card, PageIntro, PageView, Phrase, ReferenceEntry, View


class ReleaseRow(Struct, frozen=True):
    """A release of the atlas, and what is new in it."""

    version: str
    text: str


class ChangeItem(Struct, frozen=True):
    """What changed in a record."""

    card: Card
    text: Phrase


class FamilyCards(Struct, frozen=True):
    """Records of one family."""

    family: str
    cards: tuple[Card, ...]


class ChangeDay(Struct, frozen=True):
    """What happened on a day (day: YYYY-MM-DD; date: in words). families: records first published."""

    date: str
    day: str
    releases: tuple[ReleaseRow, ...]
    changes: tuple[ChangeItem, ...]
    families: tuple[FamilyCards, ...]


class ChangesView(PageView, frozen=True):
    """The releases of the atlas, corrections and first publications, newest first."""

    intro: PageIntro
    days: tuple[ChangeDay, ...]
    references: tuple[ReferenceEntry, ...]


class FeedEntry(Struct, frozen=True):
    """An entry of a feed, its words plain; its instants are those of RFC 3339."""

    id: str
    title: Phrase
    url: str
    published: str
    updated: str
    summary: Phrase


class FeedView(View, frozen=True):
    """An Atom feed. id: its own address; url: the page that it belongs to."""

    lang: str
    id: str
    title: str
    subtitle: str
    updated: str
    url: str
    author: str
    rights: str
    entries: tuple[FeedEntry, ...]

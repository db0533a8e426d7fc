"""The views of the changes page and its feed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from atlas.pages.view_parts import Anchor, Card, IntroducedView, Phrase, ReferenceEntry, View, labels, texts
from atlas.search.page_text import Passage


class RecordGroup(Struct, frozen=True):
    """Records under one heading; those that are there no longer have an address and no link."""

    label: str
    records: tuple[Anchor, ...]


class ReleaseRow(Struct, frozen=True):
    """A release of the atlas with its note, and the records that changed since the release before.

    Attributes:
        edition: the path of its edition; "" if it has no list of addresses.
        groups: the records that are new, that changed, and that are gone; only groups that have any.
    """

    version: str
    text: str
    edition: str = ""
    groups: tuple[RecordGroup, ...] = ()


class ChangeItem(Struct, frozen=True):
    """A change of a record."""

    card: Card
    text: Phrase


class FamilyCards(Struct, frozen=True):
    """Records of one family.

    Attributes:
        total: how many there are, on this page and the next.
    """

    family: str
    cards: tuple[Card, ...]
    total: int


class ChangeDay(Struct, frozen=True):
    """The events of one day.

    Attributes:
        date: the day, in words.
        day: the day as YYYY-MM-DD.
        families: the records first published that day, by family.
    """

    date: str
    day: str
    releases: tuple[ReleaseRow, ...]
    changes: tuple[ChangeItem, ...]
    families: tuple[FamilyCards, ...]


class ChangesView(IntroducedView, frozen=True):
    """The releases of the atlas, corrections and first publications, newest first."""

    days: tuple[ChangeDay, ...]
    references: tuple[ReferenceEntry, ...]

    def passages(self) -> Iterator[Passage]:
        """Yield the introduction, the notes on releases and the changes of records."""
        yield from super().passages()
        for day in self.days:
            for release in day.releases:
                yield from labels(release.version, release.text)
            for change in day.changes:
                yield from texts(change.card.title, change.text)


class FeedEntry(Struct, frozen=True):
    """An entry of a feed, its text without markup.

    Attributes:
        published: the instant of publication (RFC 3339).
        updated: the instant of the last change (RFC 3339).
    """

    id: str
    title: Phrase
    url: str
    published: str
    updated: str
    summary: Phrase


class FeedView(View, frozen=True):
    """An Atom feed.

    Attributes:
        id: the URL of the feed.
        updated: the instant of the last change (RFC 3339).
        url: the URL of the page that the feed belongs to.
    """

    lang: str
    id: str
    title: str
    subtitle: str
    updated: str
    url: str
    author: str
    rights: str
    entries: tuple[FeedEntry, ...]

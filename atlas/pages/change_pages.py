"""What has changed in the atlas, newest first: its releases, corrections, and what was first published, by day."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.content.model import Change, Record, Release
from atlas.content.schema import FAMILIES
from atlas.markup import escaped
from atlas.pages.editions import Edition, address, plain_text
from atlas.pages.heads import absolute
from atlas.pages.openings import opened, opening
from atlas.pages.setting import Setting
from atlas.pages.views.data import ChangeDay, ChangeItem, ChangesView, FamilyCards, FeedEntry, FeedView, ReleaseRow
from atlas.pages.views.parts import NavigationLink, Phrase
from atlas.tongues.moments import read_moment

CHANGES = "/changes/"
FEED_LENGTH = 100
"""How many entries a feed has at most."""


class Day(Struct):
    """What happened on a day: releases, changes of records, and records first published."""

    releases: list[Release] = []
    changes: list[tuple[Record, Change]] = []
    published: list[Record] = []


def days_of(atlas: Atlas) -> dict[str, Day]:
    """The days on which something happened (YYYY-MM-DD), newest first; of each, records by id."""
    days: dict[str, Day] = {}
    for release in atlas.site.releases:
        days.setdefault(str(release.date), Day()).releases.append(release)
    for record in atlas.records.values():
        if record.family != "page":
            days.setdefault(str(record.date), Day()).published.append(record)
        for change in record.changes:
            days.setdefault(str(change.date), Day()).changes.append((record, change))
    return dict(sorted(days.items(), reverse=True))


def change_pages(edition: Edition) -> Iterator[tuple[Setting, ChangesView, str]]:
    """The page of changes in one language; none where the site does without."""
    if "changes" not in edition.atlas.site.views:
        return
    setting = Setting(edition, CHANGES)
    begun = opening(setting, edition.words.say("changes-page"))
    days = tuple(_day(setting, day, events) for day, events in days_of(edition.atlas).items())
    yield setting, ChangesView(opened(setting, begun), begun, days, setting.references()), "changes.html"


def _day(setting: Setting, day: str, events: Day) -> ChangeDay:
    families = ((family.id, [one.id for one in events.published if one.family == family.id]) for family in FAMILIES)
    return ChangeDay(
        date=setting.moment(read_moment(day)),
        day=day,
        releases=tuple(ReleaseRow(one.version, setting.label(one.text)) for one in events.releases),
        changes=tuple(
            ChangeItem(setting.card(record.id), setting.quoted(change.text, record.address))
            for record, change in events.changes
        ),
        families=tuple(FamilyCards(family, setting.cards(ids)) for family, ids in families if ids),
    )


# Feeds.


def feeds(edition: Edition) -> Iterator[tuple[str, FeedView]]:
    """The feeds of one language by their path in it: of all changes, and of new cases."""
    atlas, words = edition.atlas, edition.words
    if "feeds" not in atlas.site.views:
        return
    entries = [entry for day, events in days_of(atlas).items() for entry in _entries(edition, day, events)]
    yield "/feed.xml", _feed(edition, "/feed.xml", edition.label(atlas.site.title), "/", entries)
    cases = sorted(atlas.family("case"), key=lambda record: str(record.date), reverse=True)
    if cases:
        title = words.say("label-value", label=edition.label(atlas.site.title), value=words.say("cases"))
        new = [_published(edition, record, str(record.last_updated)) for record in cases]
        yield "/cases/feed.xml", _feed(edition, "/cases/feed.xml", title, "/cases/", new)


def feed_links(edition: Edition) -> tuple[NavigationLink, ...]:
    """The feeds of a language, as every page names them: their titles, and paths from the root of the language."""
    return tuple(NavigationLink(feed.title, path.lstrip("/")) for path, feed in feeds(edition))


def _feed(edition: Edition, path: str, title: str, home: str, entries: list[FeedEntry]) -> FeedView:
    site, language = edition.atlas.site, edition.language
    shown = tuple(entries[:FEED_LENGTH])
    return FeedView(
        lang=language.tag,
        id=absolute(edition.atlas, language, path),
        title=title,
        subtitle=edition.label(site.description),
        updated=max((entry.updated for entry in shown), default=_instant(str(site.as_of))),
        url=absolute(edition.atlas, language, home),
        author=edition.label(site.author),
        rights=edition.label(site.licence.label) if site.licence else "",
        entries=shown,
    )


def _instant(day: str) -> str:
    """A day as RFC 3339 writes its beginning."""
    return f"{day}T00:00:00Z"


def _url(edition: Edition, record: Record) -> str:
    return absolute(edition.atlas, edition.language, address(record))


def _words(phrase: Phrase) -> Phrase:
    """A phrase without markup, escaped for XML."""
    return Phrase(escaped(plain_text(phrase)), phrase.lang)


def _published(edition: Edition, record: Record, updated: str = "") -> FeedEntry:
    """A record as new. updated: the day of its last change; without it, that of its publication."""
    url, day = _url(edition, record), str(record.date)
    title, summary = _words(edition.title(record)), _words(edition.excerpt(record))
    return FeedEntry(url, title, url, _instant(day), _instant(updated or day), summary)


def _entries(edition: Edition, day: str, events: Day) -> Iterator[FeedEntry]:
    """What happened on a day, as entries: releases, changes, then what is new."""
    instant, say = _instant(day), edition.words.say
    for number, release in enumerate(events.releases, 1):
        url = absolute(edition.atlas, edition.language, CHANGES if "changes" in edition.atlas.site.views else "/")
        title = Phrase(escaped(say("release", version=release.version)))
        words = Phrase(escaped(edition.label(release.text)))
        yield FeedEntry(f"{url}#{day}-{number}", title, url, instant, instant, words)
    for number, (record, change) in enumerate(events.changes, 1):
        language, prose = change.text.version(edition.language.id)
        words = _words(edition.sentence(language, prose.html, prose.slots))
        title = Phrase(escaped(say("changed", title=plain_text(edition.title(record)))))
        url = _url(edition, record)
        yield FeedEntry(f"{url}#{day}-{number}", title, url, instant, instant, words)
    for record in events.published:
        yield _published(edition, record)

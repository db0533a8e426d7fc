"""Makes the changes page (releases, corrections and first publications, newest first) and the feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.content.model import Change, Record, Release
from atlas.core.html import escaped
from atlas.i18n.edtf import parse_edtf
from atlas.pages.changes.views import (
    ChangeDay,
    ChangeItem,
    ChangesView,
    FamilyCards,
    FeedEntry,
    FeedView,
    RecordGroup,
    ReleaseRow,
)
from atlas.pages.context import PageContext
from atlas.pages.head import absolute
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import EDITIONS, LocaleSite, address, plain_text
from atlas.pages.page_intro import intro, intro_head
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, file_spec, list_pages
from atlas.pages.view_parts import Anchor, NavigationLink, Phrase
from atlas.schema.families import BY_FAMILY, FAMILIES, Family

CHANGES = "/changes/"
FEED_LENGTH = 100
"""The maximum number of entries in a feed."""


class ChangedDay(Struct):
    """The events of one day: releases, changes of records, and records first published."""

    releases: list[Release] = []
    changes: list[tuple[Record, Change]] = []
    published: list[Record] = []


def days_of(atlas: Atlas) -> dict[str, ChangedDay]:
    """Return the days with events (YYYY-MM-DD), newest first; the records of each are sorted by id."""
    days: dict[str, ChangedDay] = {}
    for release in atlas.site.releases:
        days.setdefault(str(release.date), ChangedDay()).releases.append(release)
    for record in atlas.records.values():
        if BY_FAMILY[record.family].has_index:
            days.setdefault(str(record.date), ChangedDay()).published.append(record)
        for change in record.changes:
            days.setdefault(str(change.date), ChangedDay()).changes.append((record, change))
    return dict(sorted(days.items(), reverse=True))


def change_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the changes page of one language."""
    total = sum(len(each) for events in days_of(locale_site.atlas).values() for each in _lists(events))
    yield from list_pages(locale_site, Part(CHANGES, total=total), locale_site.words.t("changes-page"), _changes_view)


def day_paths(atlas: Atlas) -> dict[str, str]:
    """Return the path of the changes page on which each day (YYYY-MM-DD) begins, with its anchor."""
    days = days_of(atlas)
    rows = [[one for each in _lists(events) for one in each] for events in days.values()]
    return {day: f"{path}#_{day}" for day, path in zip(days, Part(CHANGES).beginnings(rows), strict=True)}


def _changes_view(context: PageContext) -> ChangesView:
    begun = intro(context, context.locale_site.words.t("changes-page"))
    days = days_of(context.atlas)
    groups = [rows for events in days.values() for rows in _lists(events)]
    shown = iter(context.part.of_groups(groups))
    rows = tuple(_day(context, day, events, shown) for day, events in days.items())
    rows = tuple(row for row in rows if row.releases or row.changes or row.families)
    return ChangesView(intro_head(context, begun), begun, rows, context.references())


def _lists(events: ChangedDay) -> tuple[Sequence[Any], ...]:
    """Return the lists of the events of a day: releases, changes, and the new records of each family by their ids."""
    published = (sorted(one.id for one in events.published if one.family == family.id) for family in FAMILIES)
    return events.releases, events.changes, *published


def _day(context: PageContext, day: str, events: ChangedDay, shown: Iterator[Sequence[Any]]) -> ChangeDay:
    """Return the events of a day on a page, whose lists are the next ones."""
    totals = Counter(one.family for one in events.published)
    releases, changes = next(shown), next(shown)
    families = [(family.id, next(shown)) for family in FAMILIES]
    return ChangeDay(
        date=context.moment(parse_edtf(day)),
        day=day,
        releases=tuple(_release(context, one) for one in releases),
        changes=tuple(
            ChangeItem(context.card(record.id), context.quoted(change.text, record.address))
            for record, change in changes
        ),
        families=tuple(FamilyCards(id, context.cards(ids), totals[id]) for id, ids in families if ids),
    )


def _release(context: PageContext, release: Release) -> ReleaseRow:
    t = context.locale_site.words.t
    found = (
        (t("edition-new", n=len(release.new)), release.new),
        (t("edition-changed", n=len(release.changed)), release.changed),
        (t("edition-gone", n=len(release.gone)), release.gone),
    )
    groups = (RecordGroup(label, tuple(_record(context, one) for one in own)) for label, own in found if own)
    edition = context.url(f"{EDITIONS}#{release.version}") if release.digest else ""
    return ReleaseRow(release.version, context.label(release.text), edition, tuple(groups))


def _record(context: PageContext, address: str) -> Anchor:
    """Return a link to a record, or its address alone if it is there no longer."""
    record = context.atlas.addresses.get(address)
    if record is None:
        return Anchor(Phrase(escaped(address)), "")
    return Anchor(context.locale_site.title(record), context.url(address))


# Feeds.


class Feed(Struct, frozen=True):
    """A feed of one language before its entries are made.

    Attributes:
        path: the path of its file in the language.
        title: its title.
        home: the path of the page that it accompanies.
        entries: yields its entries, the newest first.
    """

    path: str
    title: str
    home: str
    entries: Callable[[], Iterator[FeedEntry]]


def feeds(locale_site: LocaleSite) -> Iterator[Feed]:
    """Yield the feeds of one language: all changes, then the new records of each family."""
    atlas, words = locale_site.atlas, locale_site.words
    if "feeds" not in atlas.site.views:
        return
    name = locale_site.label(atlas.site.title)
    yield Feed("/feed.xml", name, "/", partial(_all_entries, locale_site))
    for family in FAMILIES:
        if family.has_feed and atlas.family(family.id):
            path = f"/{family.folder}/"
            title = words.t("label-value", label=name, value=words.t(family.folder))
            yield Feed(f"{path}feed.xml", title, path, partial(_new_records, locale_site, family))


def _all_entries(locale_site: LocaleSite) -> Iterator[FeedEntry]:
    for day, events in days_of(locale_site.atlas).items():
        yield from _entries(locale_site, day, events)


def _new_records(locale_site: LocaleSite, family: Family) -> Iterator[FeedEntry]:
    records = sorted(locale_site.atlas.family(family.id), key=lambda record: str(record.date), reverse=True)
    return (_published(locale_site, record, str(record.last_updated)) for record in records)


def feed_files(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Return the files of the feeds of one language."""
    return (
        file_spec(locale_site, feed.path, partial(_feed_view, feed=feed), given=(feed.title, feed.home))
        for feed in feeds(locale_site)
    )


def feed_links(locale_site: LocaleSite) -> tuple[NavigationLink, ...]:
    """Return links to the feeds of a language, with paths from its root."""
    return tuple(NavigationLink(feed.title, feed.path.lstrip("/")) for feed in feeds(locale_site))


def _feed_view(context: PageContext, feed: Feed) -> FeedView:
    locale_site = context.locale_site
    site, language = locale_site.atlas.site, locale_site.language
    shown = tuple(islice(feed.entries(), FEED_LENGTH))
    return FeedView(
        lang=language.tag,
        id=absolute(locale_site.atlas, language, feed.path),
        title=feed.title,
        subtitle=locale_site.label(site.description),
        updated=max((entry.updated for entry in shown), default=_instant(str(site.as_of))),
        url=absolute(locale_site.atlas, language, feed.home),
        author=locale_site.label(site.author),
        rights=locale_site.label(site.licence.label) if site.licence else "",
        entries=shown,
    )


def _instant(day: str) -> str:
    """Return the start of a day in RFC 3339 format."""
    return f"{day}T00:00:00Z"


def _url(locale_site: LocaleSite, record: Record) -> str:
    return absolute(locale_site.atlas, locale_site.language, address(record))


def _words(phrase: Phrase) -> Phrase:
    """Return a phrase without markup, escaped for XML."""
    return Phrase(escaped(plain_text(phrase)), phrase.lang)


def _published(locale_site: LocaleSite, record: Record, updated: str = "") -> FeedEntry:
    """Return the entry of a new record.

    Args:
        locale_site: the language.
        record: the record.
        updated: the day of its last change; the day of its publication if empty.
    """
    url, day = _url(locale_site, record), str(record.date)
    title, summary = _words(locale_site.title(record)), _words(locale_site.excerpt(record))
    return FeedEntry(url, title, url, _instant(day), _instant(updated or day), summary)


def _entries(locale_site: LocaleSite, day: str, events: ChangedDay) -> Iterator[FeedEntry]:
    """Yield the entries of a day: releases, then changes, then new records."""
    instant, t = _instant(day), locale_site.words.t
    for number, release in enumerate(events.releases, 1):
        url = absolute(
            locale_site.atlas, locale_site.language, CHANGES if "changes" in locale_site.atlas.site.views else "/"
        )
        title = Phrase(escaped(t("release", version=release.version)))
        words = Phrase(escaped(locale_site.label(release.text)))
        yield FeedEntry(f"{url}#{day}-{number}", title, url, instant, instant, words)
    for number, (record, change) in enumerate(events.changes, 1):
        language, prose = change.text.version(locale_site.language.id)
        words = _words(locale_site.sentence(language, prose.html, prose.slots))
        title = Phrase(escaped(t("changed", title=plain_text(locale_site.title(record)))))
        url = _url(locale_site, record)
        yield FeedEntry(f"{url}#{day}-{number}", title, url, instant, instant, words)
    for record in events.published:
        yield _published(locale_site, record)

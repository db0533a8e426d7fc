"""Makes the timeline: life spans of records, and counts by decade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.graphics.drawing_data import LIVING, DrawingData
from atlas.graphics.timelines import bar, decades, guides
from atlas.i18n.edtf import EdtfDate, EdtfPoint
from atlas.i18n.messages import Catalog
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.indexes.index_pages import grouping_words
from atlas.pages.list_parts import MANY, Part
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_citations import list_tags
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.pictures.links import picture_links
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.timeline.views import DecadeCount, DecadeRow, EventRow, LifeGroup, LifeRow, TimelineView

TIMELINE = "/timeline/"
PATHS = {"side": TIMELINE, "kind": f"{TIMELINE}by-kind/", "field": f"{TIMELINE}by-field/"}
LIVES: Final = 240
"""How many life spans a picture shows that stands alone."""
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class _RecordGroup:
    id: str
    label: str
    ids: tuple[str, ...]


def timeline_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the timeline in its three orders, unless no family with life spans has a record."""
    if any(locale_site.atlas.family(family.id) for family in LIVING):
        for by, path in PATHS.items():
            title = _title(locale_site, by)
            draw = partial(timeline_view, drawings=inputs.drawings, by=by)
            yield from list_pages(locale_site, Part(path, total=_longest(locale_site, by), several=True), title, draw)


def _longest(locale_site: LocaleSite, by: str) -> int:
    """Return how many records the longest list of an order has."""
    records = [record for family in LIVING for record in locale_site.atlas.family(family.id)]
    if len(records) <= MANY:
        return len(records)
    dated = {record.id: record for record in records if record.start or record.end}
    groups = (len(group.ids) for group in _groups(locale_site, by, dated))
    return max(*groups, len(records) - len(dated))


def _title(locale_site: LocaleSite, by: str) -> str:
    words, name = locale_site.words, locale_site.words.t("timeline")
    return name if by == "side" else words.t("label-value", label=name, value=grouping_words(locale_site)[by])


def _chronology(record: Record) -> tuple[object, str]:
    moment = record.start or record.end
    assert moment
    return moment.sort_key, record.id


def timeline_view(context: PageContext, drawings: DrawingData, by: str, most: int | None = None) -> TimelineView:
    """Return the timeline in one of its orders.

    Args:
        context: the page.
        drawings: the time axis.
        by: the order.
        most: how many life spans to show at most, those of the records with most relations; None for all.
    """
    locale_site, words = context.locale_site, context.locale_site.words
    records = {record.id: record for family in LIVING for record in context.atlas.family(family.id)}
    dated = {id: record for id, record in records.items() if record.start or record.end}
    order = locale_site.once(("chronology",), lambda: sorted(dated, key=lambda id: _chronology(dated[id])))
    groups = [group for group in _groups(locale_site, by, {id: dated[id] for id in order}) if group.ids]
    shown = _best_connected(context.atlas, dated, most)
    lives = (_lives(context, drawings, group, shown) for group in groups)
    orders, title = grouping_words(locale_site), _title(locale_site, by)
    crumbs = () if by == "side" else (context.link(words.t("timeline"), TIMELINE),)
    has_table = bool(dated) and not context.is_further
    return TimelineView(
        head=head(context, title, crumbs=crumbs, tags=list_tags(context, title)),
        by=by,
        groupings=tuple(context.link(orders[each], path) for each, path in PATHS.items()),
        decades=tuple(_year(context, year) for year in drawings.axis.decades) if has_table else (),
        tallies=_tallies(words, drawings, groups, dated) if has_table else (),
        ticks=drawings.axis.ticks(lambda year: _year(context, year)),
        events=tuple(_events(context, drawings)),
        groups=tuple(group for group in lives if group.rows),
        undated=context.cards(context.on_page([id for id in records if id not in dated])),
        total=len(dated),
        files=picture_links(context, words.t("lives-title", n=len(dated)), TIMELINE),
    )


def _best_connected(atlas: Atlas, records: Mapping[str, Record], most: int | None) -> Mapping[str, Record]:
    """Return at most so many records, those with most relations; all for None."""
    if most is None or len(records) <= most:
        return records
    ids = sorted(records, key=lambda id: (-len(atlas.ties.get(id, ())), id))
    return {id: records[id] for id in ids[:most]}


def _lives(context: PageContext, drawings: DrawingData, group: _RecordGroup, shown: Mapping[str, Record]) -> LifeGroup:
    today, axis = context.atlas.site.as_of, drawings.axis
    ids = (id for id in context.on_page(group.ids) if id in shown)
    rows = tuple(LifeRow(context.card(id), bar(shown[id], axis, today)) for id in ids)
    return LifeGroup(group.id, group.label, rows, len(group.ids))


def _events(context: PageContext, drawings: DrawingData) -> Iterator[EventRow]:
    """Yield the events that site.yaml declares and the axis holds."""
    events = context.atlas.site.events
    drawn = guides((event.date for event in events), drawings.axis, lambda year: _year(context, year))
    for event, guide in zip(events, drawn, strict=True):
        if guide:
            url = context.url(event.page.value) if event.page else ""
            yield EventRow(context.moment(event.date), context.label(event.label), url, guide)


def _groups(locale_site: LocaleSite, by: str, dated: Mapping[str, Record]) -> Iterator[_RecordGroup]:
    """Yield the groups of an order, as site.yaml declares them; by field, a record may be in several."""
    site, words = locale_site.atlas.site, locale_site.words
    if by == "side":
        for side in site.sides.values():
            own = (id for id, record in dated.items() if record.sides == (side.id,))
            yield _RecordGroup(f"_side-{side.id}", locale_site.label(side.label), tuple(own))
        joint = (id for id, record in dated.items() if len(record.sides) != 1)
        yield _RecordGroup("_joint", words.t("joint"), tuple(joint))
    elif by == "kind":
        for family in LIVING:
            for kind in site.kinds.get(family.id, {}).values():
                own = (id for id, record in dated.items() if (record.family, record.kind) == (family.id, kind.id))
                yield _RecordGroup(f"_{family.id}-{kind.id}", locale_site.label(kind.label), tuple(own))
    else:
        for field, label in site.fields.items():
            own = (id for id, record in dated.items() if field in record.fields)
            yield _RecordGroup(f"_field-{field}", locale_site.label(label), tuple(own))
        none = (id for id, record in dated.items() if not record.fields)
        yield _RecordGroup("_no-field", words.t("no-field"), tuple(none))


def _tallies(
    words: Catalog, drawings: DrawingData, groups: list[_RecordGroup], dated: Mapping[str, Record]
) -> tuple[DecadeRow, ...]:
    """Return the counts of each group and family; the level of a cell is relative to the largest count of all."""
    parts = {
        f"{group.id} {family.id}": tuple(id for id in group.ids if dated[id].family == family.id)
        for group in groups
        for family in LIVING
    }
    counts = decades(dated, parts, drawings.axis, drawings.atlas.site.as_of)
    most = max((count for row in counts.values() for count in row), default=0)
    return tuple(
        DecadeRow(
            group.label,
            words.t(family.folder),
            len(parts[f"{group.id} {family.id}"]),
            tuple(
                DecadeCount(count, -(-count * _LEVELS // most) if most else 0)
                for count in counts[f"{group.id} {family.id}"]
            ),
        )
        for group in groups
        for family in LIVING
        if parts[f"{group.id} {family.id}"]
    )


def _year(context: PageContext, year: int) -> str:
    """Return a year on the axis; before the year 1, in the format of the language."""
    if year > 0:
        return str(year)
    moment = EdtfDate(EdtfPoint(year), EdtfPoint(year))
    return context.period(moment, moment)

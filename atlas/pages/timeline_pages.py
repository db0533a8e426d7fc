"""The timeline: the lives of actors and cases by side, kind and field, and how many there were decade by decade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from atlas.content.model import Record
from atlas.pages.citing_pages import described
from atlas.pages.editions import Edition
from atlas.pages.heads import head
from atlas.pages.index_pages import grouping_words
from atlas.pages.setting import Setting
from atlas.pages.views.pictures import DecadeCount, DecadeRow, LifeGroup, LifeRow, TimelineView
from atlas.pictures.gallery import LIVING, Gallery
from atlas.pictures.lives import bar, decades
from atlas.tongues.moments import Moment, Point

TIMELINE = "/timeline/"
PATHS = {"side": TIMELINE, "kind": f"{TIMELINE}by-kind/", "field": f"{TIMELINE}by-field/"}
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class _Group:
    id: str
    label: str
    ids: tuple[str, ...]


def timeline_views(edition: Edition, gallery: Gallery) -> Iterator[tuple[Setting, TimelineView]]:
    """The timeline in its three orders; nothing where the atlas has neither actors nor cases."""
    records = {record.id: record for family in LIVING for record in edition.atlas.family(family)}
    if not records:
        return
    dated = {id: record for id, record in records.items() if record.start or record.end}
    order = sorted(dated, key=lambda id: _chronology(dated[id]))
    for by, path in PATHS.items():
        groups = [group for group in _groups(edition, by, {id: dated[id] for id in order}) if group.ids]
        setting = Setting(edition, path)
        yield setting, _view(setting, gallery, by, groups, records, dated)


def _chronology(record: Record) -> tuple[object, str]:
    moment = record.start or record.end
    assert moment
    return moment.sort_key, record.id


def _view(
    setting: Setting,
    gallery: Gallery,
    by: str,
    groups: list[_Group],
    records: Mapping[str, Record],
    dated: Mapping[str, Record],
) -> TimelineView:
    edition, words = setting.edition, setting.edition.words
    name = words.say("timeline")
    orders = grouping_words(edition)
    title = name if by == "side" else words.say("label-value", label=name, value=orders[by])
    crumbs = () if by == "side" else (setting.link(name, TIMELINE),)
    return TimelineView(
        head=described(setting, head(setting, title, crumbs=crumbs)),
        by=by,
        groupings=tuple(setting.link(orders[each], path) for each, path in PATHS.items()),
        decades=tuple(_year(setting, year) for year in gallery.axis.decades) if dated else (),
        tallies=_tallies(gallery, groups, dated),
        ticks=gallery.axis.ticks(lambda year: _year(setting, year)),
        groups=tuple(_lives(setting, gallery, group, dated) for group in groups),
        undated=setting.cards(id for id in records if id not in dated),
        total=len(dated),
    )


def _lives(setting: Setting, gallery: Gallery, group: _Group, dated: Mapping[str, Record]) -> LifeGroup:
    today = setting.atlas.site.as_of
    rows = (LifeRow(setting.card(id), bar(dated[id], gallery.axis, today)) for id in group.ids)
    return LifeGroup(group.id, group.label, tuple(rows))


def _groups(edition: Edition, by: str, dated: Mapping[str, Record]) -> Iterator[_Group]:
    """The groups of an order, as site.yaml declares them; each record is in one, or in one for each of its fields."""
    site, words = edition.atlas.site, edition.words
    if by == "side":
        for side in site.sides.values():
            own = (id for id, record in dated.items() if record.sides == (side.id,))
            yield _Group(f"_side-{side.id}", edition.label(side.label), tuple(own))
        joint = (id for id, record in dated.items() if len(record.sides) != 1)
        yield _Group("_joint", words.say("joint"), tuple(joint))
    elif by == "kind":
        for family in LIVING:
            for kind in site.kinds.get(family, {}).values():
                own = (id for id, record in dated.items() if (record.family, record.kind) == (family, kind.id))
                yield _Group(f"_{family}-{kind.id}", edition.label(kind.label), tuple(own))
    else:
        for field, label in site.fields.items():
            own = (id for id, record in dated.items() if field in record.fields)
            yield _Group(f"_field-{field}", edition.label(label), tuple(own))
        none = (id for id, record in dated.items() if not record.fields)
        yield _Group("_no-field", words.say("no-field"), tuple(none))


def _tallies(gallery: Gallery, groups: list[_Group], dated: Mapping[str, Record]) -> tuple[DecadeRow, ...]:
    """The counts of each group and family; the level of a cell is by the largest count of all."""
    parts = {
        f"{group.id} {family}": tuple(id for id in group.ids if dated[id].family == family)
        for group in groups
        for family in LIVING
    }
    counts = decades(dated, parts, gallery.axis, gallery.atlas.site.as_of)
    most = max((count for row in counts.values() for count in row), default=0)
    return tuple(
        DecadeRow(
            group.label,
            family,
            len(parts[f"{group.id} {family}"]),
            tuple(
                DecadeCount(count, -(-count * _LEVELS // most) if most else 0)
                for count in counts[f"{group.id} {family}"]
            ),
        )
        for group in groups
        for family in LIVING
        if parts[f"{group.id} {family}"]
    )


def _year(setting: Setting, year: int) -> str:
    """A year on the axis; before the year 1 as the language writes it."""
    if year > 0:
        return str(year)
    moment = Moment(Point(year), Point(year))
    return setting.period(moment, moment)

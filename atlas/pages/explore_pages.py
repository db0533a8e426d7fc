"""The table of all records, with what a small script filters it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from atlas.content.coverage import reading, works_of
from atlas.content.model import Record, Scale, Site
from atlas.content.schema import FAMILIES
from atlas.pages.citing_pages import page_downloads
from atlas.pages.editions import Edition
from atlas.pages.openings import opened, opening
from atlas.pages.scale_pages import sort_label
from atlas.pages.setting import Setting
from atlas.pages.views.lists import ExploreRow, ExploreView, Filter, Option
from atlas.tongues.languages import show_language, show_number, subtag_of
from atlas.tongues.moments import Moment
from atlas.tongues.words import Words

EXPLORE = "/explore/"
_UNKNOWN = "unknown"
"""The value of what is not known, such as a century."""

Labels = Mapping[str, tuple[str, str]]
"""The choices of a filter: group and label by value."""


def explore_pages(edition: Edition) -> Iterator[tuple[Setting, ExploreView, str]]:
    """The table of all records; none where the site does without."""
    if "explore" not in edition.atlas.site.views:
        return
    setting = Setting(edition, EXPLORE)
    begun = opening(setting, edition.words.say("explore"))
    site = edition.atlas.site
    rows = tuple(
        _row(setting, edition.atlas.records[id])
        for family in FAMILIES
        if family.id != "page"
        for id in edition.sorted(record.id for record in edition.atlas.family(family.id))
    )
    view = ExploreView(
        head=opened(setting, begun),
        opening=begun,
        filters=tuple(_filters(setting, rows)),
        rows=rows,
        scale=_scale(setting, site.scale) if site.scale else "",
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    yield setting, view, "explore.html"


def _scale(setting: Setting, scale: Scale) -> str:
    """What the scale is called, and what it counts."""
    return setting.edition.words.say("label-value", label=setting.label(scale.label), value=sort_label(setting, scale))


def _row(setting: Setting, record: Record) -> ExploreRow:
    site, works = setting.atlas.site, setting.atlas.works
    tags = sorted({subtag_of(works[key].language) for key in works_of(record) if key in works} - {""})
    counted, known = reading(site.scale, record) if site.scale and record.family == "actor" else (0, 0)
    fields = [id for id in site.fields if id in record.fields]
    is_asked = site.scale is not None and record.family == "actor"
    return ExploreRow(
        card=setting.card(record.id),
        fields=tuple(setting.label(site.fields[id]) for id in fields),
        counted=counted,
        known=known,
        languages=tuple(show_language(tag, setting.language) for tag in tags),
        side=" ".join(record.sides),
        kind=f"{record.family} {record.family}.{record.kind}" if record.kind else record.family,
        field=" ".join(fields),
        century=" ".join(centuries(site, record)),
        scale=(str(counted) if known else _UNKNOWN) if is_asked else "",
        language=" ".join(tags),
    )


def centuries(site: Site, record: Record) -> tuple[str, ...]:
    """The centuries that a record may touch, 20 for 1901 to 2000, -2 for 200 to 101 BC; until today without an end."""
    start = _year(record.start, first=True)
    end = _year(record.end, first=False) if record.end else None
    today = _year(site.as_of, first=True)
    first = start if start is not None else end
    if first is None:
        return ()
    last = end if end is not None else today
    numbers = range(_century(first), _century(max(first, first if last is None else last)) + 1)
    return tuple(str(number) for number in numbers if number)


def _century(year: int) -> int:
    """The century of a year; year 0 is 1 BC (ISO 8601)."""
    return (year - 1) // 100 + 1 if year > 0 else -(-year // 100) - 1


def _century_words(words: Words, number: int) -> str:
    if number > 0:
        return words.say("date-century", nth=number)
    return words.say("date-before-christ", date=words.say("date-century", nth=-number))


def _year(moment: Moment | None, *, first: bool) -> int | None:
    day = (moment.earliest if first else moment.latest) if moment else None
    return day[0] if day else None


def _filters(setting: Setting, rows: Sequence[ExploreRow]) -> Iterator[Filter]:
    """The filters that leave a choice."""
    site, words = setting.atlas.site, setting.edition.words
    yield from _filter("side", {id: ("", setting.label(side.label)) for id, side in site.sides.items()}, rows)
    yield from _filter("kind", _kinds(setting), rows)
    yield from _filter("field", {id: ("", setting.label(label)) for id, label in site.fields.items()}, rows)
    known = sorted({int(one) for row in rows for one in row.century.split()})
    yield from _filter("century", {str(one): ("", _century_words(words, one)) for one in known}, rows)
    if site.scale:
        counts: Labels = {
            str(one): ("", show_number(one, setting.language)) for one in range(len(site.scale.questions) + 1)
        }
        yield from _filter("scale", {**counts, _UNKNOWN: ("", words.say("not-known"))}, rows)
    tags = sorted({tag for row in rows for tag in row.language.split()})
    names = {tag: ("", show_language(tag, setting.language)) for tag in tags}
    yield from _filter("language", names, rows)


def _kinds(setting: Setting) -> Labels:
    """Families, and under each its kinds."""
    site, words = setting.atlas.site, setting.edition.words
    found: dict[str, tuple[str, str]] = {}
    for family in FAMILIES:
        if family.id != "page":
            name = words.say(family.folder)
            found[family.id] = (name, name)
            kinds = site.kinds.get(family.id, {}).values()
            found |= {f"{family.id}.{kind.id}": (name, setting.label(kind.label)) for kind in kinds}
    return found


def _filter(id: str, labels: Labels, rows: Sequence[ExploreRow]) -> Iterator[Filter]:
    """A filter with the choices that leave a record; none where there are not two."""
    counts = Counter(value for row in rows for value in getattr(row, id).split())
    options = tuple(
        Option(value, label, group, counts[value]) for value, (group, label) in labels.items() if counts[value]
    )
    if len(options) > 1:
        yield Filter(id, options)  # type: ignore[arg-type]

"""Makes the table of all records, with filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from atlas.content.coverage import scale_score
from atlas.content.model import Record, Site
from atlas.i18n.edtf import EdtfDate
from atlas.i18n.locales import show_language, show_number, subtag_of
from atlas.i18n.messages import Catalog
from atlas.pages.compare.scale_pages import sort_label
from atlas.pages.context import PageContext
from atlas.pages.explore.views import ExploreRow, ExploreView, Filter, FilterOption
from atlas.pages.list_parts import MANY, Part
from atlas.pages.locale_site import LocaleSite
from atlas.pages.own_fields import own_fields, own_text
from atlas.pages.page_citations import page_downloads
from atlas.pages.page_intro import intro, intro_head
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.schema.families import BY_FAMILY, INDEXED

EXPLORE = "/explore/"
_MANY: Final = 4 * MANY
"""How many records a page shows: a filter finds only those of its page, so a page has as many as a browser can show."""
_UNKNOWN = "unknown"
"""The value for something unknown, such as the number of counted answers."""

Labels = Mapping[str, tuple[str, str]]
"""The choices of a filter: group and label by value."""


def explore_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the table of all records."""
    total = sum(len(locale_site.atlas.family(family.id)) for family in INDEXED)
    part = Part(EXPLORE, total=total, many=_MANY)
    yield from list_pages(locale_site, part, locale_site.words.t("explore"), _explore_view)


def _explore_view(context: PageContext) -> ExploreView:
    locale_site = context.locale_site
    begun = intro(context, locale_site.words.t("explore"))
    site = locale_site.atlas.site
    ids = [
        id
        for family in INDEXED
        for id in locale_site.sorted(record.id for record in locale_site.atlas.family(family.id))
    ]
    rows = tuple(_row(context, locale_site.atlas.records[id]) for id in context.on_page(ids))
    return ExploreView(
        head=intro_head(context, begun),
        intro=begun,
        filters=tuple(_filters(context, rows)),
        rows=rows,
        scale=sort_label(context, site.scale) if site.scale else "",
        extra=tuple(context.label(field.label) for field in own_fields(site, "table")),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _row(context: PageContext, record: Record) -> ExploreRow:
    site, works = context.atlas.site, context.atlas.works
    cited = (works[key] for key in context.locale_site.works_of(record) if key in works)
    tags = sorted({subtag_of(work.language) for work in cited} - {""})
    is_scored = site.scale is not None and BY_FAMILY[record.family].has("answers")
    counted, known = scale_score(site.scale, record) if is_scored and site.scale else (0, 0)
    fields = [id for id in site.fields if id in record.fields]
    return ExploreRow(
        card=context.card(record.id),
        fields=tuple(context.label(site.fields[id]) for id in fields),
        counted=counted,
        known=known,
        languages=tuple(show_language(tag, context.language) for tag in tags),
        side=" ".join(record.sides),
        kind=f"{record.family} {record.family}.{record.kind}" if record.kind else record.family,
        field=" ".join(fields),
        century=" ".join(centuries(site, record)),
        scale=(str(counted) if known else _UNKNOWN) if is_scored else "",
        language=" ".join(tags),
        extra=tuple(
            own_text(context, field, record.extra[field.id]) if field.id in record.extra else ""
            for field in own_fields(site, "table")
        ),
    )


def centuries(site: Site, record: Record) -> tuple[str, ...]:
    """Return the centuries of a record: 20 for 1901 to 2000, -2 for 200 to 101 BC; without an end, up to today."""
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
    """Return the century of a year; year 0 is 1 BC (ISO 8601)."""
    return (year - 1) // 100 + 1 if year > 0 else -(-year // 100) - 1


def _century_words(words: Catalog, number: int) -> str:
    if number > 0:
        return words.t("date-century", nth=number)
    return words.t("date-before-christ", date=words.t("date-century", nth=-number))


def _year(moment: EdtfDate | None, *, first: bool) -> int | None:
    day = (moment.earliest if first else moment.latest) if moment else None
    return day[0] if day else None


def _filters(context: PageContext, rows: Sequence[ExploreRow]) -> Iterator[Filter]:
    """Yield the filters with at least two choices."""
    site, words = context.atlas.site, context.locale_site.words
    yield from _filter("side", {id: ("", context.label(side.label)) for id, side in site.sides.items()}, rows)
    yield from _filter("kind", _kinds(context), rows)
    yield from _filter("field", {id: ("", context.label(label)) for id, label in site.fields.items()}, rows)
    known = sorted({int(one) for row in rows for one in row.century.split()})
    yield from _filter("century", {str(one): ("", _century_words(words, one)) for one in known}, rows)
    if site.scale:
        counts: Labels = {
            str(one): ("", show_number(one, context.language)) for one in range(len(site.scale.questions) + 1)
        }
        yield from _filter("scale", {**counts, _UNKNOWN: ("", words.t("not-known"))}, rows)
    tags = sorted({tag for row in rows for tag in row.language.split()})
    names = {tag: ("", show_language(tag, context.language)) for tag in tags}
    yield from _filter("language", names, rows)


def _kinds(context: PageContext) -> Labels:
    """Return the families, and the kinds of each."""
    site, words = context.atlas.site, context.locale_site.words
    found: dict[str, tuple[str, str]] = {}
    for family in INDEXED:
        name = words.t(family.folder)
        found[family.id] = (name, name)
        kinds = site.kinds.get(family.id, {}).values()
        found |= {f"{family.id}.{kind.id}": (name, context.label(kind.label)) for kind in kinds}
    return found


def _filter(id: str, labels: Labels, rows: Sequence[ExploreRow]) -> Iterator[Filter]:
    """Yield a filter with the choices that match a record, unless there are fewer than two."""
    counts = Counter(value for row in rows for value in getattr(row, id).split())
    options = tuple(
        FilterOption(value, label, group, counts[value]) for value, (group, label) in labels.items() if counts[value]
    )
    if len(options) > 1:
        yield Filter(id, options)  # type: ignore[arg-type]

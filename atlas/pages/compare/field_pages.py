"""Makes the page of fields by side: how many records have each field, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from atlas.content.coverage import compared_sides, works_of_facts
from atlas.content.model import Label, Record
from atlas.pages.compare.columns import (
    COMPARE,
    column_of,
    columns,
    crumb,
    has_compared_side,
    joint_actors,
    parted,
    sides,
)
from atlas.pages.compare.views import (
    FieldCell,
    FieldColumn,
    FieldCount,
    FieldRecord,
    FieldRow,
    FieldSection,
    FieldsView,
)
from atlas.pages.context import PageContext
from atlas.pages.list_parts import MANY, Part
from atlas.pages.locale_site import LocaleSite, address
from atlas.pages.page_citations import page_downloads
from atlas.pages.page_intro import NO_WORKS, intro, intro_head, share, works_behind
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.view_parts import WorksBehind
from atlas.schema.families import COMPARED, FAMILIES

FIELDS_PATH = f"{COMPARE}by-field/"
_LEAST: Final = 40
"""How many records of each list a page shows at least."""


def field_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of fields by side, unless the site declares no field or compares no side."""
    if has_compared_side(locale_site) and inputs.atlas.site.fields:
        yield from list_pages(locale_site, _part(locale_site), locale_site.words.t("fields-by-side"), _fields_view)


def _part(locale_site: LocaleSite) -> Part:
    """Return the first page, with the length of its longest list; where one is too long, the lists share the page."""
    atlas = locale_site.atlas
    lists = Counter((field, column_of(atlas.site, one)) for one in atlas.records.values() for field in one.fields)
    total = max(lists.values(), default=0)
    many = MANY if total <= MANY else max(_LEAST, MANY // len(atlas.site.fields))
    return Part(FIELDS_PATH, total=total, many=many, several=True)


def _fields_view(context: PageContext) -> FieldsView:
    begun = intro(context, context.locale_site.words.t("fields-by-side"))
    fields = context.atlas.site.fields
    held = [record for record in context.atlas.records.values() if record.fields]
    return FieldsView(
        head=intro_head(context, begun, crumb(context)),
        intro=begun,
        columns=columns(context),
        rows=() if context.is_further else tuple(_row(context, id, label, held) for id, label in fields.items()),
        sections=tuple(section for id, label in fields.items() for section in _section(context, id, label, held)),
        joint=joint_actors(context),
        works=NO_WORKS if context.is_further else _works(context, held),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _row(context: PageContext, id: str, label: Label, held: Sequence[Record]) -> FieldRow:
    cells = []
    for column in columns(context):
        own = [record for record in held if id in record.fields and column.id in record.sides]
        counts = Counter(record.family for record in own)
        part = share(context, counts.pop(COMPARED.id, 0), column.total)
        others = tuple(FieldCount(family.id, counts[family.id]) for family in reversed(FAMILIES) if counts[family.id])
        cells.append(FieldCell(part, others, context.url(f"#_{id}--{column.id}")))
    return FieldRow(context.label(label), context.url(f"#_field-{id}"), tuple(cells))


def _section(context: PageContext, id: str, label: Label, held: Sequence[Record]) -> Iterator[FieldSection]:
    """Yield the records of a field, unless an earlier page has all of them."""
    single, joint, others = parted(context, (record for record in held if id in record.fields))

    def rows(records: Sequence[Record]) -> tuple[FieldRecord, ...]:
        return tuple(_record(context, record, id) for record in context.on_page(records))

    found = tuple(
        FieldColumn(f"_{id}--{side.id}", context.label(side.label), rows(single[side.id])) for side in sides(context)
    )
    if context.is_further:
        found = tuple(column for column in found if column.records)
    section = FieldSection(id, context.label(label), found, rows(joint), rows(others))
    if found or section.joint or section.others:
        yield section


def _record(context: PageContext, record: Record, field: str) -> FieldRecord:
    facts = tuple(context.url(address(record, link.target)) for link in record.fields[field])
    return FieldRecord(context.card(record.id), facts)


def _works(context: PageContext, held: Sequence[Record]) -> WorksBehind:
    """Return the works cited by the facts that give the records their fields."""
    site = context.atlas.site
    groups = []
    for side in sides(context):
        own = [record for record in held if side.id in compared_sides(site, record)]
        named = [(one, {link.target for links in one.fields.values() for link in links}) for one in own]
        facts = [fact for one, ids in named for fact in one.facts if fact.id in ids]
        groups.append((context.label(side.label), works_of_facts(facts)))
    return works_behind(context, groups)

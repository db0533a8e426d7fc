"""Fields by sides: how many records of each side have a field, and which."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.content.coverage import compared_sides, works_of_facts
from atlas.content.model import Label, Record
from atlas.pages.citing_pages import page_downloads
from atlas.pages.comparing import COMPARE, columns, crumb, joint_actors, parted, sides
from atlas.pages.editions import Edition, address
from atlas.pages.openings import opened, opening, share, works_behind
from atlas.pages.setting import Setting
from atlas.pages.views.comparisons import FieldCell, FieldColumn, FieldRecord, FieldRow, FieldSection, FieldsView
from atlas.pages.views.parts import WorksBehind

FIELDS_PATH = f"{COMPARE}by-field/"


def fields_page(edition: Edition) -> tuple[Setting, FieldsView, str]:
    """The page of fields by sides."""
    setting = Setting(edition, FIELDS_PATH)
    begun = opening(setting, edition.words.say("fields-by-side"))
    fields = edition.atlas.site.fields
    held = [record for record in edition.atlas.records.values() if record.fields]
    view = FieldsView(
        head=opened(setting, begun, crumb(setting)),
        opening=begun,
        columns=columns(setting),
        rows=tuple(_row(setting, id, label, held) for id, label in fields.items()),
        sections=tuple(_section(setting, id, label, held) for id, label in fields.items()),
        joint=joint_actors(setting),
        works=_works(setting, held),
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view, "fields.html"


def _row(setting: Setting, id: str, label: Label, held: Sequence[Record]) -> FieldRow:
    cells = []
    for column in columns(setting):
        own = [record for record in held if id in record.fields and column.id in record.sides]
        count = {family: sum(one.family == family for one in own) for family in ("actor", "case", "instrument")}
        part = share(setting, count["actor"], column.total)
        cells.append(FieldCell(part, count["case"], count["instrument"], setting.url(f"#_{id}--{column.id}")))
    return FieldRow(setting.label(label), setting.url(f"#_field-{id}"), tuple(cells))


def _section(setting: Setting, id: str, label: Label, held: Sequence[Record]) -> FieldSection:
    single, joint, others = parted(setting, (record for record in held if id in record.fields))

    def rows(records: Sequence[Record]) -> tuple[FieldRecord, ...]:
        return tuple(_record(setting, record, id) for record in records)

    found = tuple(
        FieldColumn(f"_{id}--{side.id}", setting.label(side.label), rows(single[side.id])) for side in sides(setting)
    )
    return FieldSection(id, setting.label(label), found, rows(joint), rows(others))


def _record(setting: Setting, record: Record, field: str) -> FieldRecord:
    facts = tuple(setting.url(address(record, link.target)) for link in record.fields[field])
    return FieldRecord(setting.card(record.id), facts)


def _works(setting: Setting, held: Sequence[Record]) -> WorksBehind:
    """The works behind the facts by which records have their fields."""
    site = setting.atlas.site
    groups = []
    for side in sides(setting):
        own = [record for record in held if side.id in compared_sides(site, record)]
        named = [(one, {link.target for links in one.fields.values() for link in links}) for one in own]
        facts = [fact for one, ids in named for fact in one.facts if fact.id in ids]
        groups.append((setting.label(side.label), works_of_facts(facts)))
    return works_behind(setting, groups)

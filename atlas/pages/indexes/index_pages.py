"""Makes the indexes of a family: all records, and groups by side, kind, field and letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from atlas.content.model import Label, Record
from atlas.core.html import escaped
from atlas.pages.book_downloads import books_of_list
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.indexes.views import IndexGroup, IndexView
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_citations import list_tags
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.view_parts import Anchor, Phrase
from atlas.schema.families import INDEXED, Family

GROUPINGS = ("side", "kind", "field", "letter")
JOINT = "joint"
"""The group of the records that belong to more than one side; they are also in the group of each side."""


class Grouped(Struct, frozen=True):
    """A group before it becomes a view: its id, its name, and the ids of its records."""

    id: str
    label: str
    members: tuple[str, ...]


class Index(Struct, frozen=True):
    """What an index lists on all its pages.

    Attributes:
        groups: its groups, each with its records sorted by name.
        total: how many records it has, each counted once.
    """

    groups: tuple[Grouped, ...]
    total: int


class Listed(Struct, frozen=True):
    """What a page of an index lists.

    Attributes:
        groups: the groups on the page, each with those of its records that the page shows, sorted by name.
        total: how many records the whole index has.
        jumps: the label of each group of a long index and where it begins.
    """

    groups: tuple[Grouped, ...]
    total: int
    jumps: tuple[tuple[str, str], ...] = ()


def index_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield every index of every family."""
    for family in INDEXED:
        yield from _family_indexes(locale_site, family)


def _family_indexes(locale_site: LocaleSite, family: Family) -> Iterator[PageSpec]:
    """Yield each index of a family: all, each grouping, each group.

    A family without records has none.
    """
    records = locale_site.atlas.family(family.id)
    if not records:
        return
    groupings = {by: groups for by in GROUPINGS if (groups := grouped(locale_site, family, records, by))}

    home = f"/{family.folder}/"
    order = {id: place for place, id in enumerate(locale_site.sorted(record.id for record in records))}

    def index(path: str, by: str, groups: tuple[Grouped, ...]) -> Iterator[PageSpec]:
        groups = tuple(replace(one, members=tuple(sorted(one.members, key=order.__getitem__))) for one in groups)
        own = Index(groups, len({id for group in groups for id in group.members}))
        part = Part(path, total=sum(len(group.members) for group in groups))
        title = locale_site.words.t(family.folder) if path == home else ""
        draw = partial(_index_view, family=family, by=by, index=own, groupings=tuple(groupings))
        given = partial(_given, by, own, tuple(groupings))
        yield from list_pages(locale_site, part, title, draw, given=given)

    yield from index(home, "", (_whole(records),))
    for by, groups in groupings.items():
        yield from index(f"{home}by-{by}/", by, groups)
        for group in groups if by != "letter" else ():  # letters differ from language to language
            yield from index(f"{home}by-{by}/{group.id}/", by, (group,))


def _given(by: str, index: Index, groupings: tuple[str, ...], part: Part) -> object:
    """Return what a page of an index is drawn from besides the atlas."""
    return by, _listed(part, index), groupings


def _listed(part: Part, index: Index) -> Listed:
    """Return what a page of an index lists."""
    if part.pages == 1:
        return Listed(index.groups, index.total)
    members = [group.members for group in index.groups]
    shown = zip(index.groups, part.of_groups(members), strict=True)
    own = tuple(replace(group, members=tuple(ids)) for group, ids in shown if ids)
    begin = zip(index.groups, part.beginnings(members), strict=True)
    jumps = tuple((group.label, f"{path}#_group-{group.id}") for group, path in begin if group.id)
    return Listed(own, index.total, jumps)


def _whole(records: tuple[Record, ...]) -> Grouped:
    return Grouped("", "", tuple(record.id for record in records))


def grouped(locale_site: LocaleSite, family: Family, records: tuple[Record, ...], by: str) -> tuple[Grouped, ...]:
    """Return the groups of a grouping that have records, in the order of site.yaml.

    Args:
        locale_site: the language.
        family: the family.
        records: its records.
        by: the grouping, one of `GROUPINGS`.
    """
    site, words = locale_site.atlas.site, locale_site.words
    if by == "side":
        labels: Mapping[str, Label] = {id: side.label for id, side in site.sides.items()}
        joint = tuple(record.id for record in records if len(record.sides) > 1)
        groups = _declared(locale_site, records, labels, lambda record: record.sides)
        return (*groups, Grouped(JOINT, words.t("joint"), joint)) if joint else groups
    if by == "kind":
        labels = {id: kind.label for id, kind in site.kinds.get(family.id, {}).items()}
        return _declared(locale_site, records, labels, lambda record: (record.kind,))
    if by == "field":
        return _declared(locale_site, records, site.fields, lambda record: tuple(record.fields))
    return _by_letter(locale_site, family, records)


def _declared(
    locale_site: LocaleSite,
    records: tuple[Record, ...],
    labels: Mapping[str, Label],
    keys: Callable[[Record], tuple[str, ...]],
) -> tuple[Grouped, ...]:
    """Return the groups that site.yaml declares.

    Args:
        locale_site: the language.
        records: the records to group.
        labels: the name of each group by its id.
        keys: returns the ids of the groups that a record belongs to.
    """
    groups = [
        Grouped(id, locale_site.label(label), tuple(record.id for record in records if id in keys(record)))
        for id, label in labels.items()
    ]
    return tuple(group for group in groups if group.members)


def _by_letter(locale_site: LocaleSite, family: Family, records: tuple[Record, ...]) -> tuple[Grouped, ...]:
    letters: dict[str, list[str]] = {}
    for id in locale_site.sorted(record.id for record in records):
        record = locale_site.atlas.records[id]
        text, author_key = locale_site.sort_name(record)
        letter = locale_site.collator.index_letter(text, locale_site.language, author_key, is_person=family.is_person)
        letters.setdefault(letter, []).append(id)
    return tuple(Grouped(_letter_id(letter), letter, tuple(ids)) for letter, ids in letters.items())


def _letter_id(letter: str) -> str:
    return (
        letter.lower()
        if letter.isascii() and letter.isalpha()
        else "other"
        if letter == "#"
        else f"u{ord(letter[0]):04x}"
    )


def _index_view(context: PageContext, family: Family, by: str, index: Index, groupings: tuple[str, ...]) -> IndexView:
    home, listed = f"/{family.folder}/", _listed(context.part, index)
    title, crumbs = _title(context, family, context.part.path, by, listed.groups)
    return IndexView(
        head=head(context, title, crumbs=crumbs, tags=list_tags(context, title)),
        family=family.id,
        by=by,
        title=title,
        groupings=tuple(
            context.link(grouping_words(context.locale_site)[name], f"{home}by-{name}/") for name in groupings
        ),
        groups=tuple(_group(context, home, by, group) for group in listed.groups),
        total=listed.total,
        jumps=tuple(context.link(label, path) for label, path in listed.jumps),
        books=() if by else books_of_list(context, family),
    )


def _title(
    context: PageContext, family: Family, path: str, by: str, groups: tuple[Grouped, ...]
) -> tuple[str, tuple[Anchor, ...]]:
    """Return the title of an index and its breadcrumb."""
    home, words = f"/{family.folder}/", context.locale_site.words
    name = words.t(family.folder)
    if path == home:
        return name, ()
    grouping = grouping_words(context.locale_site)[by]
    crumbs = (context.link(name, home),)
    if path == f"{home}by-{by}/":
        return words.t("label-value", label=name, value=grouping), crumbs
    title = words.t("label-value", label=name, value=groups[0].label)
    return title, (*crumbs, context.link(grouping, f"{home}by-{by}/"))


def grouping_words(locale_site: LocaleSite) -> dict[str, str]:
    """Return the name of each grouping."""
    words = locale_site.words
    return {
        "side": words.t("by-side"),
        "kind": words.t("by-kind"),
        "field": words.t("by-field"),
        "letter": words.t("by-letter"),
    }


def _group(context: PageContext, home: str, by: str, group: Grouped) -> IndexGroup:
    path = f"{home}by-{by}/{group.id}/"
    return IndexGroup(
        group.id,
        Phrase(escaped(group.label)),
        context.url(path) if group.id and by != "letter" and path != context.part.path else "",
        tuple(context.card(id, summary=True) for id in group.members),
    )

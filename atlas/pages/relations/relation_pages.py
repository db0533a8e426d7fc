"""Makes a list of the relations of each type that site.yaml marks `arc`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from atlas.content.linking import Atlas
from atlas.content.model import Record, Relation, RelationType
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import NOTHING, LocaleSite, address
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.relations.views import RelatedPair, RelationListView, StatedRelation

Stated = tuple[Record, Relation]
"""A relation with the record that states it."""


def relation_list_path(type: str) -> str:
    """Return the path of the list of the relations of a type."""
    return f"/relations/{type}/"


def relation_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the list of each type marked `arc` that a record uses."""
    for type in inputs.atlas.site.relation_types.values():
        if type.arc and stated(inputs.atlas, {type.id}):
            title = _title(locale_site, type)
            draw = partial(_relation_list, type=type.id)
            part = Part(relation_list_path(type.id), total=len(_pairs(inputs.atlas, type)))
            yield from list_pages(locale_site, part, title, draw)


def _title(locale_site: LocaleSite, type: RelationType) -> str:
    """Return the title of a list: that of site.yaml, else one made from the name of the type."""
    if type.list:
        return locale_site.label(type.list)
    return locale_site.words.t("relation-list", label=locale_site.label(type.label))


def stated(atlas: Atlas, types: Collection[str]) -> list[Stated]:
    """Return the relations of some types whose other end exists, each with the record that states it."""
    return [
        (record, relation)
        for record in atlas.records.values()
        for relation in record.relations
        if relation.type in types and relation.target in atlas.records
    ]


def _relation_list(context: PageContext, type: str) -> RelationListView:
    kind = context.atlas.site.relation_types[type]
    pairs = _pairs(context.atlas, kind)
    order = {id: place for place, id in enumerate(context.locale_site.sorted(first for first, _ in pairs))}
    ordered = sorted(pairs, key=lambda ends: (order[ends[0]], ends[1]))
    rows = tuple(_row(context, ends, pairs[ends]) for ends in context.on_page(ordered))
    title = _title(context.locale_site, kind)
    return RelationListView(
        head=head(context, title, tags=list_tags(context, title)),
        title=title,
        label=context.label(kind.label),
        columns=(_column(context, [first for first, _ in pairs]), _column(context, [second for _, second in pairs])),
        rows=rows,
        total=len(pairs),
        undated=sum(not any(one.start or one.end for _, one in own) for own in pairs.values()),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _pairs(atlas: Atlas, type: RelationType) -> dict[tuple[str, str], list[Stated]]:
    """Return the relations of a type by their two ends."""
    pairs: dict[tuple[str, str], list[Stated]] = {}
    for record, relation in stated(atlas, {type.id}):
        pairs.setdefault(_ends(atlas, record, relation, type), []).append((record, relation))
    return pairs


def _ends(atlas: Atlas, record: Record, relation: Relation, type: RelationType) -> tuple[str, str]:
    """Return the ids of both ends; those of a symmetric type in the order of their sides."""
    ends = (record.id, relation.target)
    if not type.symmetric:
        return ends
    sides = list(atlas.site.sides)
    first, second = sorted(ends, key=lambda id: ([sides.index(side) for side in atlas.records[id].sides], id))
    return first, second


def _column(context: PageContext, ids: Sequence[str]) -> str:
    """Return the side of some records, where all have the same one only."""
    found = {context.atlas.records[id].sides for id in ids}
    sides = next(iter(found)) if len(found) == 1 else ()
    return context.label(context.atlas.site.sides[sides[0]].label) if len(sides) == 1 else ""


def _row(context: PageContext, ends: tuple[str, str], stated: Sequence[Stated]) -> RelatedPair:
    first, second = map(context.anchor, ends)
    relations = tuple(
        StatedRelation(
            context.period(relation.start, relation.end),
            context.quoted(relation.note, record.address) if relation.note else NOTHING,
            context.cites(relation.sources),
            context.url(address(record, relation.id)),
        )
        for record, relation in stated
    )
    return RelatedPair(first, second, relations)

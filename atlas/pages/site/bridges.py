"""Draws two sides facing each other, with the ties between their actors: the picture of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from atlas.content.linking import Atlas
from atlas.content.model import Record, Relation, RelationType
from atlas.pages.context import PageContext
from atlas.pages.locale_site import plain_text
from atlas.pages.site.views import BridgeForm, BridgeGroup, BridgeLine, Bridges
from atlas.schema.families import COMPARED

MOST = 18
"""How many ties the picture shows at most."""
ROW = 10
"""The height of a row in the units of the drawing."""
WIDTH = 100
"""The width of the drawing of the lines, in the same units."""


class _Bridge(Struct, frozen=True):
    """Two actors of different sides, and the relations between them."""

    first: str
    second: str
    relations: tuple[Relation, ...]


def bridges(context: PageContext, most: int = MOST) -> Bridges | None:
    """Return the two compared sides with the most ties between their actors; None where no tie joins two sides.

    Actors of several sides are left out, because they stand on neither bank.

    Args:
        context: the page.
        most: how many ties to show at most.
    """
    atlas = context.atlas
    by_sides = _by_sides(atlas)
    if not by_sides:
        return None
    sides = max(by_sides, key=lambda both: len(by_sides[both]))
    found = sorted(by_sides[sides], key=lambda one: _weight(atlas, one))
    shown = found[:most]
    groups = sorted(_connected(shown), key=lambda own: _place(context, own))
    words = context.locale_site.words
    first, second = (context.label(atlas.site.sides[side].label) for side in sides)
    title = words.t(
        "bridges-title",
        n=len(shown),
        first=first,
        second=second,
        left=len({one.first for one in shown}),
        right=len({one.second for one in shown}),
    )
    forms = {_form(atlas.site.relation_types, one): one for one in reversed(shown)}
    return Bridges(
        title,
        tuple(
            context.link(label, f"/{COMPARED.folder}/by-side/{side}/")
            for label, side in zip((first, second), sides, strict=True)
        ),
        tuple(_drawn(context, own) for own in groups),
        tuple(BridgeForm(form, _label(context, forms[form])) for form in sorted(forms)),
        len(found) - len(shown),
    )


def has_bridges(atlas: Atlas) -> bool:
    """Return whether a tie joins actors of two compared sides, so that there is a picture."""
    return bool(_by_sides(atlas))


def _by_sides(atlas: Atlas) -> Mapping[tuple[str, str], Sequence[_Bridge]]:
    """Return the ties between actors of one side each, by their two sides in the order of the site."""
    order = [side.id for side in atlas.site.sides.values() if side.compared]
    banks = {one.id: one.sides[0] for one in atlas.compared() if len(one.sides) == 1 and one.sides[0] in order}
    relations: dict[tuple[str, str], list[Relation]] = {}
    for id, side in banks.items():
        for tie in atlas.ties.get(id, ()):
            if order.index(side) < order.index(banks.get(tie.other, side)):
                relations.setdefault((id, tie.other), []).append(tie.relation)
    found: dict[tuple[str, str], list[_Bridge]] = {}
    for (first, second), own in relations.items():
        found.setdefault((banks[first], banks[second]), []).append(_Bridge(first, second, tuple(own)))
    return found


def _weight(atlas: Atlas, bridge: _Bridge) -> tuple[int, str, str]:
    """Return the sort key by which ties are chosen: those that join the most connected actors first."""
    return -len(atlas.ties[bridge.first]) - len(atlas.ties[bridge.second]), bridge.first, bridge.second


def _connected(found: Iterable[_Bridge]) -> list[list[_Bridge]]:
    """Divide ties into groups that share no actor."""
    groups: list[list[_Bridge]] = []
    for bridge in found:
        touching = [
            own for own in groups if any({bridge.first, bridge.second} & {one.first, one.second} for one in own)
        ]
        groups = [own for own in groups if own not in touching] + [[*(one for own in touching for one in own), bridge]]
    return groups


def _place(context: PageContext, own: Sequence[_Bridge]) -> tuple[int, int, str]:
    """Return the sort key of a group: large groups first, then counterparts, then by name."""
    types = context.atlas.site.relation_types
    paired = any(types[relation.type].pairs for one in own for relation in one.relations)
    return -len(own), -int(paired), own[0].first


def _drawn(context: PageContext, own: Sequence[_Bridge]) -> BridgeGroup:
    left = context.locale_site.sorted(one.first for one in own)
    right = context.locale_site.sorted(one.second for one in own)
    if len(left) > 1:  # an actor stands beside the middle of those that it is tied to
        right.sort(key=lambda id: _middle(left.index(one.first) for one in own if one.second == id))
    height = max(len(left), len(right))
    types = context.atlas.site.relation_types
    lines = tuple(
        BridgeLine(
            _level(left.index(one.first), len(left), height),
            _level(right.index(one.second), len(right), height),
            _form(types, one),
        )
        for one in own
    )
    return BridgeGroup(
        tuple(context.card(id) for id in left),
        tuple(context.card(id) for id in right),
        lines,
        WIDTH,
        height * ROW,
        tuple(_sentence(context, relation, one) for one in own for relation in one.relations),
    )


def _middle(places: Iterable[int]) -> float:
    known = tuple(places)
    return sum(known) / len(known)


def _level(place: int, count: int, height: int) -> int:
    """Return the height of the middle of a row, where the shorter column stands beside the middle of the longer."""
    return (height - count + 2 * place + 1) * ROW // 2


def _form(types: Mapping[str, RelationType], bridge: _Bridge) -> Literal["arc", "tie", "untied"]:
    """Return how a line is drawn: as on the map, as a tie, or as a relation that is no tie."""
    own = [types[relation.type] for relation in bridge.relations]
    return "arc" if any(one.arc for one in own) else "tie" if any(one.tie for one in own) else "untied"


def _label(context: PageContext, bridge: _Bridge) -> str:
    """Return the name of the relation that decides the form of a line."""
    types = context.atlas.site.relation_types
    wanted = _form(types, bridge)
    own = [types[relation.type] for relation in bridge.relations]
    fits = {"arc": [one for one in own if one.arc], "tie": [one for one in own if one.tie], "untied": own}[wanted]
    return context.label(fits[0].label)


def _sentence(context: PageContext, relation: Relation, bridge: _Bridge) -> str:
    """Return a relation in words, from the record that states it."""
    records: Mapping[str, Record] = context.atlas.records
    source = bridge.second if relation.target == bridge.first else bridge.first
    first, second = (plain_text(context.locale_site.title(records[id])) for id in (source, relation.target))
    label = context.label(context.atlas.site.relation_types[relation.type].label)
    period = context.period(relation.start, relation.end)
    return f"{first} {label} {second}" + (f" ({period})" if period else "")

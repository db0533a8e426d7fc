"""Draws the small pictures on a record's page: its network and its places."""

from __future__ import annotations

from atlas.content.linking import Tie
from atlas.content.model import Record
from atlas.graphics.drawing import DrawnNetwork, DrawnNode, DrawnTie, MapLine
from atlas.graphics.drawing_data import seat, shape
from atlas.graphics.edges import LEAF_X, NEAR_MOST, NEAR_WIDTH, Leaf, arch, branch, leaf_box, neighbourhood
from atlas.graphics.maps import SMALL, clusters, way, window_on
from atlas.i18n.locales import show_list
from atlas.pages.context import PageContext
from atlas.pages.locale_site import plain_text
from atlas.pages.map.map_pages import LAND, MAP, drawn_map
from atlas.pages.network.network_pages import NETWORK, node_of, shown_shapes
from atlas.pages.records.views import NeighbourhoodView, PlaceMap

_CLOSEST = 5
"""The maximum scale of the small map, relative to the world map."""


def neighbourhood_view(context: PageContext, record: Record) -> NeighbourhoodView | None:
    """Return the drawing of the relations of a record; None where it has none."""
    ties = context.atlas.ties.get(record.id, ())
    others = list(dict.fromkeys(tie.other for tie in ties))
    if not others:
        return None
    known = {id: number for number, id in enumerate(others[:NEAR_MOST])}
    plan = neighbourhood([plain_text(context.locale_site.title(context.atlas.records[id])) for id in known])
    seen = dict.fromkeys(known, 0)
    lines = []
    for tie in ties:
        if tie.other in known:
            lines.append(_line(context, tie, branch(plan, known[tie.other], seen[tie.other])))
            seen[tie.other] += 1
    lines += [
        _line(context, tie, arch(plan, known[id], known[tie.other]))
        for id in known
        for tie in context.atlas.ties.get(id, ())
        if tie.outgoing and tie.other in known
    ]
    x, y = plan.root
    root = DrawnNode(record.id, "", shape(context.atlas.site, record.sides), x, y, 0, 0, 0, 0, (), "", "")
    leaves = (_leaf(context, id, leaf) for id, leaf in zip(known, plan.leaves, strict=True))
    drawing = DrawnNetwork(NEAR_WIDTH, plan.height, (root, *leaves), tuple(lines))
    url = context.url(NETWORK + context.locale_site.network_row(record))
    return NeighbourhoodView(drawing, shown_shapes(context, drawing), len(known), len(others), url)


def _line(context: PageContext, tie: Tie, path: str) -> DrawnTie:
    relation = tie.relation
    one, other = (set(context.atlas.records[id].sides) for id in (tie.source, relation.target))
    is_tie = context.atlas.site.relation_types[relation.type].tie
    across = bool(one and other) and not one & other
    return DrawnTie(f"{tie.source}--{relation.id}", path, across, is_tie, bool(relation.start or relation.end))


def _leaf(context: PageContext, id: str, leaf: Leaf) -> DrawnNode:
    return node_of(context, context.atlas.records[id], (LEAF_X, leaf.y), leaf_box(leaf), leaf.lines)


def place_map(context: PageContext, record: Record) -> PlaceMap | None:
    """Return the places of a record on a small map, with its arcs; None where it has none."""
    known = {place: context.locale_site.spot(place) for place in dict.fromkeys(record.places)}
    spots = {place: spot for place, spot in known.items() if spot}
    places = list(spots)
    if not places:
        return None
    window = window_on(list(spots.values()), SMALL, _CLOSEST)
    marks = clusters(window, spots, dict.fromkeys(places, (record.id,)))
    lines = []
    for tie in context.atlas.ties.get(record.id, ()):
        other = seat(context.atlas.site, context.atlas.records[tie.other])
        if context.atlas.site.relation_types[tie.relation.type].arc and other:
            ends = (context.atlas.site.places[place].coordinates for place in (places[0], other))
            lines.append(MapLine(way(window, *ends), "arc"))
    names = [context.label(context.atlas.site.places[place].label) for place in places]
    shown = show_list(names, context.language)
    drawing = drawn_map(context, window, marks, tuple(line for line in lines if line.path), {})
    return PlaceMap(drawing, shown, context.file_url(f"/{LAND}"), context.url(MAP))

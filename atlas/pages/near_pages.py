"""The small pictures on the page of a record: its neighbourhood, and its places."""

from __future__ import annotations

from atlas.content.linking import Tie
from atlas.content.model import Record
from atlas.pages.editions import plain_text
from atlas.pages.map_pages import LAND, MAP, drawn_map
from atlas.pages.network_pages import NETWORK, node_of, shown_shapes
from atlas.pages.setting import Setting
from atlas.pages.views.records import NeighbourhoodView, PlaceMap
from atlas.pictures.drawing import DrawnNetwork, DrawnNode, DrawnTie, MapLine
from atlas.pictures.gallery import seat, shape
from atlas.pictures.maps import SMALL, clusters, way, window_on
from atlas.pictures.wiring import LEAF_X, NEAR_MOST, NEAR_WIDTH, Leaf, arch, branch, leaf_box, neighbourhood
from atlas.tongues.languages import show_list

_CLOSEST = 5
"""How many times the small map may be larger than the picture of the whole earth."""


def neighbourhood_view(setting: Setting, record: Record) -> NeighbourhoodView | None:
    """The relations of a record as a picture; None where it has none."""
    ties = setting.atlas.ties.get(record.id, ())
    others = list(dict.fromkeys(tie.other for tie in ties))
    if not others:
        return None
    known = {id: number for number, id in enumerate(others[:NEAR_MOST])}
    plan = neighbourhood([plain_text(setting.edition.title(setting.atlas.records[id])) for id in known])
    seen = dict.fromkeys(known, 0)
    lines = []
    for tie in ties:
        if tie.other in known:
            lines.append(_line(setting, tie, branch(plan, known[tie.other], seen[tie.other])))
            seen[tie.other] += 1
    lines += [
        _line(setting, tie, arch(plan, known[id], known[tie.other]))
        for id in known
        for tie in setting.atlas.ties.get(id, ())
        if tie.outgoing and tie.other in known
    ]
    x, y = plan.root
    root = DrawnNode(record.id, "", shape(setting.atlas.site, record.sides), x, y, 0, 0, 0, 0, (), "", "")
    leaves = (_leaf(setting, id, leaf) for id, leaf in zip(known, plan.leaves, strict=True))
    drawing = DrawnNetwork(NEAR_WIDTH, plan.height, (root, *leaves), tuple(lines))
    url = setting.url(f"{NETWORK}#_node-{record.id}" if setting.edition.degree(record) is not None else NETWORK)
    return NeighbourhoodView(drawing, shown_shapes(setting, drawing), len(known), len(others), url)


def _line(setting: Setting, tie: Tie, path: str) -> DrawnTie:
    relation = tie.relation
    one, other = (set(setting.atlas.records[id].sides) for id in (tie.source, relation.target))
    is_tie = setting.atlas.site.relation_types[relation.type].tie
    across = bool(one and other) and not one & other
    return DrawnTie(f"{tie.source}--{relation.id}", path, across, is_tie, bool(relation.start or relation.end))


def _leaf(setting: Setting, id: str, leaf: Leaf) -> DrawnNode:
    return node_of(setting, setting.atlas.records[id], (LEAF_X, leaf.y), leaf_box(leaf), leaf.lines)


def place_map(setting: Setting, record: Record) -> PlaceMap | None:
    """The places of a record on a small map, with its arcs; None where it has none."""
    known = {place: setting.edition.spot(place) for place in dict.fromkeys(record.places)}
    spots = {place: spot for place, spot in known.items() if spot}
    places = list(spots)
    if not places:
        return None
    window = window_on(list(spots.values()), SMALL, _CLOSEST)
    marks = clusters(window, spots, dict.fromkeys(places, (record.id,)))
    lines = []
    for tie in setting.atlas.ties.get(record.id, ()):
        other = seat(setting.atlas.site, setting.atlas.records[tie.other])
        if setting.atlas.site.relation_types[tie.relation.type].arc and other:
            ends = (setting.atlas.site.places[place].coordinates for place in (places[0], other))
            lines.append(MapLine(way(window, *ends), "arc"))
    names = [setting.label(setting.atlas.site.places[place].label) for place in places]
    shown = show_list(names, setting.language)
    drawing = drawn_map(setting, window, marks, tuple(line for line in lines if line.path), {})
    return PlaceMap(drawing, shown, setting.file_url(f"/{LAND}"), setting.url(MAP))

"""Makes the map page: the world, enlarged parts, and lists of places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from atlas.content.linking import Atlas, Tie
from atlas.content.model import Record, Relation
from atlas.graphics.boxes import Box
from atlas.graphics.drawing import JOINT, DrawnMap, HomeMap, HomePanel, MapLine, MapMark
from atlas.graphics.drawing_data import DrawingData, legend, seat, shape
from atlas.graphics.home_regions import WIDTH, height_of
from atlas.graphics.maps import Cluster, Window, clusters, named, way
from atlas.graphics.text_metrics import LEADING, width_of
from atlas.i18n.locales import show_list, show_number
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite
from atlas.pages.map.map_arcs import Arc, arc_lines, arc_row, arcs_of, home_lines, plain_lines
from atlas.pages.map.views import MapPanel, MapView, Member, Membership, PlaceList
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.pictures.links import picture_links
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.relations.relation_pages import stated
from atlas.schema.families import BY_FAMILY, COMPARED

MAP = "/map/"
LAND = "static/land.svg"
"""The path of the picture of the land."""
_NAMES = 8
"""The maximum number of place names in the text of a mark."""


class _Drawn(Struct, frozen=True):
    """The drawings of the first page: the world, the home regions, and the enlarged parts."""

    whole: DrawnMap = DrawnMap(0, 0, 0, 0, 0, 0, ())
    homes: HomeMap = HomeMap(0, 0, (), ())
    panels: tuple[MapPanel, ...] = ()


def map_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the map page, unless nothing has a place."""
    if inputs.drawings.spots:
        title = locale_site.words.t("map")
        part = Part(MAP, total=_longest(locale_site, inputs.drawings), several=True)
        yield from list_pages(locale_site, part, title, partial(map_view, drawings=inputs.drawings))


def _longest(locale_site: LocaleSite, drawings: DrawingData) -> int:
    """Return how many entries the longest list of the page has."""
    atlas, types = locale_site.atlas, locale_site.atlas.site.relation_types.values()
    arcs = len(stated(atlas, {type.id for type in types if type.arc}))
    members = Counter(relation.target for _, relation in stated(atlas, {type.id for type in types if type.membership}))
    unplaced = sum(not seat(atlas.site, record) for record in _placeable(atlas))
    return max(arcs, unplaced, *members.values(), *map(len, drawings.at.values()))


def map_view(context: PageContext, drawings: DrawingData) -> MapView:
    """Return the map page; further pages have the lists only."""
    locale_site = context.locale_site
    memberships = _memberships(context)
    arcs = arcs_of(locale_site)
    drawn = _Drawn() if context.is_further else _drawn(context, drawings, arcs, memberships)
    shapes = {mark.shape for one in (drawn.whole, *(panel.drawing for panel in drawn.panels)) for mark in one.marks}
    rows = tuple(arc_row(context, arc) for arc in context.on_page(arcs))
    unplaced = [record.id for record in _placeable(context.atlas) if not seat(context.atlas.site, record)]
    return MapView(
        head=head(context, locale_site.words.t("map"), tags=list_tags(context, locale_site.words.t("map"))),
        land=context.file_url(f"/{LAND}"),
        drawing=drawn.whole,
        homes=drawn.homes,
        panels=drawn.panels,
        legend=legend(locale_site.atlas.site, shapes, locale_site.language.id, locale_site.words.t("joint-place")),
        places=_places(context, drawings),
        arcs=rows,
        arc_labels=show_list(_labels(context, arcs), context.language),
        memberships=tuple(
            _membership(context, number, network, ties)
            for number, (network, ties) in enumerate(memberships, 1)
            if context.on_page([*ties])
        ),
        unplaced=context.cards(context.on_page(unplaced)),
        files=picture_links(context, locale_site.words.t("map-title", n=_held(drawings), places=len(drawings.at))),
        records=_held(drawings),
        located=len(drawings.at),
        held_arcs=len(arcs),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _drawn(
    context: PageContext, drawings: DrawingData, arcs: Sequence[Arc], memberships: list[tuple[str, dict[str, Tie]]]
) -> _Drawn:
    ringed = {id for _, ties in memberships for id in ties}
    window = drawings.window
    marks = clusters(window, drawings.spots, drawings.at)
    whole = drawn_map(context, window, marks, (), _targets(drawings), ringed)
    lines = (*arc_lines(arcs, window, taken(whole)), *_member_lines(context, window, memberships))
    panels = tuple(
        _panel(context, drawings, number, window, places, arcs, ringed)
        for number, (window, places) in enumerate(drawings.panels, 1)
    )
    return _Drawn(replace(whole, lines=lines), _homes(context, drawings, arcs, ringed), panels)


def _labels(context: PageContext, arcs: Sequence[Arc]) -> tuple[str, ...]:
    """Return the names of the types of arcs."""
    types = context.atlas.site.relation_types
    return tuple(dict.fromkeys(context.label(types[arc.relation.type].label) for arc in arcs))


def _held(drawings: DrawingData) -> int:
    """Return the number of records with a place."""
    return len({id for records in drawings.at.values() for id in records})


def _placeable(atlas: Atlas) -> Sequence[Record]:
    return [record for record in atlas.records.values() if BY_FAMILY[record.family].has("places")]


def _targets(drawings: DrawingData) -> dict[str, str]:
    """Return the URL of the panel that shows each place, for marks of several places."""
    found: dict[str, str] = {}
    for number, (_, places) in enumerate(drawings.panels, 1):
        for place in places:
            found.setdefault(place, f"#_panel-{number}")
    return found


def _panel(
    context: PageContext,
    drawings: DrawingData,
    number: int,
    window: Window,
    places: Sequence[str],
    arcs: Sequence[Arc],
    ringed: set[str],
) -> MapPanel:
    best = max(places, key=lambda id: (len(drawings.at[id]), id))
    name = context.label(context.atlas.site.places[best].label)
    records = {id for place in places for id in drawings.at[place]}
    title = context.locale_site.words.t("around", place=name, n=len(places), records=len(records))
    drawing = _part(context, drawings, window, places, ringed)
    return MapPanel(f"_panel-{number}", title, replace(drawing, lines=tuple(plain_lines(arcs, window))))


def _part(
    context: PageContext, drawings: DrawingData, window: Window, places: Sequence[str], ringed: set[str]
) -> DrawnMap:
    """Return a part of the map with its marks, without lines."""
    spots = {id: drawings.spots[id] for id in places}
    return drawn_map(context, window, clusters(window, spots, {id: drawings.at[id] for id in places}), (), {}, ringed)


def _homes(context: PageContext, drawings: DrawingData, arcs: Sequence[Arc], ringed: set[str]) -> HomeMap:
    """Return the home regions of the sides, with the arcs between their places."""
    sides, regions = context.atlas.site.sides, drawings.homes
    panels = tuple(
        HomePanel(
            context.label(sides[region.side].label) if region.side else "",
            region.top,
            _part(context, drawings, region.window, region.places, ringed),
        )
        for region in regions
    )
    height = height_of(regions)
    boxes = [box._replace(top=box.top + panel.top) for panel in panels for box in taken(panel.drawing)]
    return HomeMap(WIDTH, height, panels, tuple(home_lines(arcs, drawings, boxes, (WIDTH, height))))


def taken(drawing: DrawnMap) -> list[Box]:
    """Return the boxes of the marks and names on a map."""
    marks = [Box(mark.x - mark.r, mark.y - mark.r, 2 * mark.r, 2 * mark.r) for mark in drawing.marks]
    return [*marks, *(label_box(mark) for mark in drawing.marks if mark.label)]


def label_box(mark: MapMark) -> Box:
    """Return the box of the name of a mark."""
    wide = width_of(mark.label)
    left = mark.label_x - {"start": 0, "middle": wide // 2, "end": wide}[mark.anchor]
    return Box(left, mark.label_y - LEADING, wide, LEADING + 5)


def drawn_map(
    context: PageContext,
    window: Window,
    marks: Sequence[Cluster],
    lines: tuple[MapLine, ...],
    targets: Mapping[str, str],
    ringed: set[str] | None = None,
) -> DrawnMap:
    """Return a map section with its marks.

    Args:
        context: the page.
        window: the section of the map.
        marks: the marks.
        lines: the lines.
        targets: the URL for a mark of several places, by place.
        ringed: the ids of the members of networks.
    """
    known = context.atlas.site.places
    names = []
    for mark in marks:
        first = context.label(known[mark.places[0]].label)
        names.append(first if len(mark.places) == 1 else f"{first} +{len(mark.places) - 1}")
    drawn = []
    for mark, naming in zip(marks, named(window, marks, names), strict=True):
        one = f"#_place-{mark.places[0]}"
        drawn.append(
            MapMark(
                places=tuple(mark.places),
                url=one if len(mark.places) == 1 else targets.get(mark.places[0], one),
                shape=_shape(context, mark),
                x=mark.x,
                y=mark.y,
                r=mark.radius,
                count=len(mark.records),
                title=_description(context, mark),
                ringed=bool(ringed and ringed & mark.records),
                label=naming.text if naming else "",
                label_x=naming.x if naming else 0,
                label_y=naming.y if naming else 0,
                anchor=naming.anchor if naming else "start",
            )
        )
    land = window.land
    return DrawnMap(window.width, window.height, land.left, land.top, land.width, land.height, tuple(drawn), lines)


def _shape(context: PageContext, mark: Cluster) -> str:
    """Return the shape of the side with most records there; that of several sides where none has most."""
    found = Counter(sides[0] for id in mark.records if len(sides := context.atlas.records[id].sides) == 1)
    (side, most), (_, next_most) = (*found.most_common(2), ("", 0), ("", 0))[:2]
    return shape(context.atlas.site, (side,)) if most > next_most else JOINT


def _description(context: PageContext, mark: Cluster) -> str:
    """Return the text of a mark: its places and the number of records there."""
    places = context.atlas.site.places
    names = [context.label(places[id].label) for id in mark.places[:_NAMES]]
    shown = show_list(names, context.language) if len(mark.places) <= _NAMES else ", ".join([*names, "…"])
    count = context.locale_site.words.t("record-count", n=len(mark.records))
    return context.locale_site.words.t("label-value", label=shown, value=count)


# Lists.


def _places(context: PageContext, drawings: DrawingData) -> tuple[PlaceList, ...]:
    rows = []
    for id, records in drawings.at.items():
        place = context.atlas.site.places[id]
        label = context.label(place.label)
        cards = context.cards(context.on_page(records))
        if cards:
            row = PlaceList(id, label, _where(context, place.coordinates), cards)
            rows.append(((-len(records), label), row))
    return tuple(row for _, row in sorted(rows, key=lambda row: row[0]))


def _where(context: PageContext, coordinates: tuple[float, float]) -> str:
    """Return coordinates to hundredths of a degree, in the format of the language."""
    latitude, longitude = coordinates
    words, language = context.locale_site.words, context.language
    north = "north" if latitude >= 0 else "south"
    east = "east" if longitude >= 0 else "west"
    one = words.t("coordinate", form=north, degrees=show_number(round(abs(latitude), 2), language))
    return f"{one}, {words.t('coordinate', form=east, degrees=show_number(round(abs(longitude), 2), language))}"


def _memberships(context: PageContext) -> list[tuple[str, dict[str, Tie]]]:
    """Return networks by id, each with its members and their ties, those with most members first."""
    found: dict[str, dict[str, Tie]] = {}
    types = {type.id for type in context.atlas.site.relation_types.values() if type.membership}
    for record, relation in stated(context.atlas, types):
        if record.family == COMPARED.id:
            tie = Tie(relation, record.id, relation.target, True)
            found.setdefault(relation.target, {}).setdefault(record.id, tie)
    return sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))


def _membership(context: PageContext, number: int, network: str, ties: dict[str, Tie]) -> Membership:
    members = tuple(_member(context, id, ties[id].relation) for id in context.on_page(context.locale_site.sorted(ties)))
    return Membership(number, context.anchor(network), members, len(ties))


def _member(context: PageContext, id: str, relation: Relation) -> Member:
    places = context.atlas.site.places
    names = [context.label(places[place].label) for place in context.atlas.records[id].places if place in places]
    return Member(
        record=context.anchor(id),
        places=" · ".join(names),
        period=context.period(relation.start, relation.end),
        cites_html=context.cites(relation.sources),
    )


def _member_lines(context: PageContext, window: Window, rows: list[tuple[str, dict[str, Tie]]]) -> list[MapLine]:
    """Return lines from the seat of each network to those of its members."""
    places = context.atlas.site.places
    lines = []
    for number, (network, ties) in enumerate(rows, 1):
        middle = seat(context.atlas.site, context.atlas.records[network])
        for id in ties:
            own = seat(context.atlas.site, context.atlas.records[id])
            if middle and own and middle != own:
                path = way(window, places[middle].coordinates, places[own].coordinates)
                lines += [MapLine(path, str(number))] if path else []
    return lines

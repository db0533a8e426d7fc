"""Makes the map page: the world, enlarged parts, and lists of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from atlas.content.linking import Tie
from atlas.content.model import Record, Relation
from atlas.graphics.drawing import JOINT, DrawnMap, MapLine, MapMark
from atlas.graphics.drawing_data import DrawingData, legend, seat, shape
from atlas.graphics.maps import Cluster, Window, clusters, named, way
from atlas.i18n.locales import show_list, show_number
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.locale_site import LocaleSite
from atlas.pages.map.views import ArcRow, MapPanel, MapView, Member, Membership, PlaceList
from atlas.pages.network.network_pages import anchor
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, generated_page
from atlas.schema.families import BY_FAMILY, COMPARED

MAP = "/map/"
LAND = "static/land.svg"
"""The path of the picture of the land."""
_NAMES = 8
"""The maximum number of place names in the text of a mark."""


def map_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the map page, unless nothing has a place."""
    if inputs.drawings.spots:
        title = locale_site.words.t("map")
        yield generated_page(locale_site, MAP, title, partial(_map_view, drawings=inputs.drawings))


def _map_view(context: PageContext, drawings: DrawingData) -> MapView:
    locale_site = context.locale_site
    memberships = _memberships(context)
    ringed = {id for row in memberships for id in row[1]}
    window = drawings.window
    lines = (*_arc_lines(context, window), *_member_lines(context, window, memberships))
    targets = _targets(drawings)
    whole = drawn_map(context, window, clusters(window, drawings.spots, drawings.at), lines, targets, ringed)
    panels = tuple(
        _panel(context, drawings, number, window, places, ringed)
        for number, (window, places) in enumerate(drawings.panels, 1)
    )
    shapes = {mark.shape for drawing in (whole, *(panel.drawing for panel in panels)) for mark in drawing.marks}
    unplaced = [record.id for record in _placeable(context) if not seat(context.atlas.site, record)]
    arcs = tuple(_arc_row(context, record, relation) for record, relation in _related(context, "arc"))
    return MapView(
        head=head(context, locale_site.words.t("map"), tags=list_tags(context, locale_site.words.t("map"))),
        land=context.file_url(f"/{LAND}"),
        drawing=whole,
        panels=panels,
        legend=legend(locale_site.atlas.site, shapes, locale_site.language.id, locale_site.words.t("joint-place")),
        places=_places(context, drawings),
        arcs=arcs,
        arc_labels=show_list(tuple(dict.fromkeys(row.label for row in arcs)), context.language),
        memberships=tuple(_membership(context, *row) for row in enumerate(memberships, 1)),
        unplaced=context.cards(unplaced),
        records=len({id for records in drawings.at.values() for id in records}),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _placeable(context: PageContext) -> Sequence[Record]:
    return [record for record in context.atlas.records.values() if BY_FAMILY[record.family].has("places")]


def _targets(drawings: DrawingData) -> dict[str, str]:
    """Return the URL of the panel that shows each place, for marks of several places."""
    found: dict[str, str] = {}
    for number, (_, places) in enumerate(drawings.panels, 1):
        for place in places:
            found.setdefault(place, f"#_panel-{number}")
    return found


def _panel(
    context: PageContext, drawings: DrawingData, number: int, window: Window, places: Sequence[str], ringed: set[str]
) -> MapPanel:
    spots = {id: drawings.spots[id] for id in places}
    marks = clusters(window, spots, {id: drawings.at[id] for id in places})
    best = max(places, key=lambda id: (len(drawings.at[id]), id))
    name = context.label(context.atlas.site.places[best].label)
    drawing = drawn_map(context, window, marks, tuple(_arc_lines(context, window)), {}, ringed)
    return MapPanel(f"_panel-{number}", name, drawing)


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
    """Return the shape of the side of all records there, or that of several sides."""
    shapes = {shape(context.atlas.site, context.atlas.records[id].sides) for id in mark.records}
    return shapes.pop() if len(shapes) == 1 else JOINT


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
        rows.append(PlaceList(id, label, _where(context, place.coordinates), context.cards(records)))
    return tuple(sorted(rows, key=lambda row: (-len(row.cards), row.label)))


def _where(context: PageContext, coordinates: tuple[float, float]) -> str:
    """Return coordinates to hundredths of a degree, in the format of the language."""
    latitude, longitude = coordinates
    words, language = context.locale_site.words, context.language
    north = "north" if latitude >= 0 else "south"
    east = "east" if longitude >= 0 else "west"
    one = words.t("coordinate", form=north, degrees=show_number(round(abs(latitude), 2), language))
    return f"{one}, {words.t('coordinate', form=east, degrees=show_number(round(abs(longitude), 2), language))}"


def _related(context: PageContext, mark: str) -> list[tuple[Record, Relation]]:
    """Return the relations of the types that site.yaml marks `arc` or `membership`, each with its record."""
    types = context.atlas.site.relation_types
    return [
        (record, relation)
        for record in context.atlas.records.values()
        for relation in record.relations
        if getattr(types[relation.type], mark) and relation.target in context.atlas.records
    ]


def _arc_row(context: PageContext, record: Record, relation: Relation) -> ArcRow:
    return ArcRow(
        source=anchor(context, record.id),
        label=context.label(context.atlas.site.relation_types[relation.type].label),
        target=anchor(context, relation.target),
        period=context.period(relation.start, relation.end),
        cites_html=context.cites(relation.sources),
        drawn=bool(
            seat(context.atlas.site, record) and seat(context.atlas.site, context.atlas.records[relation.target])
        ),
    )


def _arc_lines(context: PageContext, window: Window) -> list[MapLine]:
    places = context.atlas.site.places
    lines = []
    for record, relation in _related(context, "arc"):
        ends = [seat(context.atlas.site, each) for each in (record, context.atlas.records[relation.target])]
        if all(ends) and ends[0] != ends[1]:
            path = way(window, places[ends[0]].coordinates, places[ends[1]].coordinates)
            lines += [MapLine(path, "arc")] if path else []
    return lines


def _memberships(context: PageContext) -> list[tuple[str, dict[str, Tie]]]:
    """Return networks by id, each with its members and their ties, those with most members first."""
    found: dict[str, dict[str, Tie]] = {}
    for record, relation in _related(context, "membership"):
        if record.family == COMPARED.id:
            tie = Tie(relation, record.id, relation.target, True)
            found.setdefault(relation.target, {}).setdefault(record.id, tie)
    return sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))


def _membership(context: PageContext, number: int, row: tuple[str, dict[str, Tie]]) -> Membership:
    network, ties = row
    members = tuple(_member(context, id, ties[id].relation) for id in context.locale_site.sorted(ties))
    return Membership(number, anchor(context, network), members)


def _member(context: PageContext, id: str, relation: Relation) -> Member:
    places = context.atlas.site.places
    names = [context.label(places[place].label) for place in context.atlas.records[id].places if place in places]
    return Member(
        record=anchor(context, id),
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

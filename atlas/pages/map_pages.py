"""The page of the map: the earth, parts of it enlarged, and lists of what is where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atlas.content.linking import Tie
from atlas.content.model import Record, Relation
from atlas.pages.citing_pages import described, page_downloads
from atlas.pages.editions import Edition
from atlas.pages.heads import head
from atlas.pages.network_pages import anchor
from atlas.pages.setting import Setting
from atlas.pages.views.pictures import ArcRow, MapPanel, MapView, Member, Membership, PlaceList
from atlas.pictures.drawing import JOINT, DrawnMap, MapLine, Mark
from atlas.pictures.gallery import PLACED, Gallery, legend, seat, shape
from atlas.pictures.maps import Cluster, Window, clusters, named, way
from atlas.tongues.languages import show_list, show_number

MAP = "/map/"
LAND = "static/land.svg"
"""Where the picture of the land stands in the site."""
_NAMES = 8
"""The most names of places that the words of a mark tell."""


def map_view(edition: Edition, gallery: Gallery) -> tuple[Setting, MapView] | None:
    """The page of the map; None where nothing has a place."""
    if not gallery.spots:
        return None
    setting = Setting(edition, MAP)
    memberships = _memberships(setting)
    ringed = {id for row in memberships for id in row[1]}
    window = gallery.window
    lines = (*_arc_lines(setting, window), *_member_lines(setting, window, memberships))
    targets = _targets(gallery)
    whole = drawn_map(setting, window, clusters(window, gallery.spots, gallery.at), lines, targets, ringed)
    panels = tuple(
        _panel(setting, gallery, number, window, places, ringed)
        for number, (window, places) in enumerate(gallery.panels, 1)
    )
    shapes = {mark.shape for drawing in (whole, *(panel.drawing for panel in panels)) for mark in drawing.marks}
    unplaced = [record.id for record in _placeable(setting) if not seat(setting.atlas.site, record)]
    view = MapView(
        head=described(setting, head(setting, edition.words.say("map"))),
        land=setting.file_url(f"/{LAND}"),
        drawing=whole,
        panels=panels,
        legend=legend(edition.atlas.site, shapes, edition.language.id, edition.words.say("joint-place")),
        places=_places(setting, gallery),
        arcs=tuple(_arc_row(setting, record, relation) for record, relation in _related(setting, "arc")),
        memberships=tuple(_membership(setting, *row) for row in enumerate(memberships, 1)),
        unplaced=setting.cards(unplaced),
        records=len({id for records in gallery.at.values() for id in records}),
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view


def _placeable(setting: Setting) -> Sequence[Record]:
    return [record for record in setting.atlas.records.values() if record.family in PLACED]


def _targets(gallery: Gallery) -> dict[str, str]:
    """Where a mark of several places leads: the panel that shows them, by place."""
    found: dict[str, str] = {}
    for number, (_, places) in enumerate(gallery.panels, 1):
        for place in places:
            found.setdefault(place, f"#_panel-{number}")
    return found


def _panel(
    setting: Setting, gallery: Gallery, number: int, window: Window, places: Sequence[str], ringed: set[str]
) -> MapPanel:
    spots = {id: gallery.spots[id] for id in places}
    marks = clusters(window, spots, {id: gallery.at[id] for id in places})
    best = max(places, key=lambda id: (len(gallery.at[id]), id))
    name = setting.label(setting.atlas.site.places[best].label)
    drawing = drawn_map(setting, window, marks, tuple(_arc_lines(setting, window)), {}, ringed)
    return MapPanel(f"_panel-{number}", name, drawing)


def drawn_map(
    setting: Setting,
    window: Window,
    marks: Sequence[Cluster],
    lines: tuple[MapLine, ...],
    targets: Mapping[str, str],
    ringed: set[str] | None = None,
) -> DrawnMap:
    """A window with its marks. targets: where marks of several places lead, by place; ringed: members of networks."""
    known = setting.atlas.site.places
    names = []
    for mark in marks:
        first = setting.label(known[mark.places[0]].label)
        names.append(first if len(mark.places) == 1 else f"{first} +{len(mark.places) - 1}")
    drawn = []
    for mark, naming in zip(marks, named(window, marks, names), strict=True):
        one = f"#_place-{mark.places[0]}"
        drawn.append(
            Mark(
                places=tuple(mark.places),
                url=one if len(mark.places) == 1 else targets.get(mark.places[0], one),
                shape=_shape(setting, mark),
                x=mark.x,
                y=mark.y,
                r=mark.radius,
                count=len(mark.records),
                title=_told(setting, mark),
                ringed=bool(ringed and ringed & mark.records),
                label=naming.text if naming else "",
                label_x=naming.x if naming else 0,
                label_y=naming.y if naming else 0,
                anchor=naming.anchor if naming else "start",
            )
        )
    land = window.land
    return DrawnMap(window.width, window.height, land.left, land.top, land.width, land.height, tuple(drawn), lines)


def _shape(setting: Setting, mark: Cluster) -> str:
    """That of the side of all that is there, or of several."""
    shapes = {shape(setting.atlas.site, setting.atlas.records[id].sides) for id in mark.records}
    return shapes.pop() if len(shapes) == 1 else JOINT


def _told(setting: Setting, mark: Cluster) -> str:
    """A mark in words: its places and how many records are there."""
    places = setting.atlas.site.places
    names = [setting.label(places[id].label) for id in mark.places[:_NAMES]]
    shown = show_list(names, setting.language) if len(mark.places) <= _NAMES else ", ".join([*names, "…"])
    count = setting.edition.words.say("record-count", n=len(mark.records))
    return setting.edition.words.say("label-value", label=shown, value=count)


# Lists.


def _places(setting: Setting, gallery: Gallery) -> tuple[PlaceList, ...]:
    rows = []
    for id, records in gallery.at.items():
        place = setting.atlas.site.places[id]
        label = setting.label(place.label)
        rows.append(PlaceList(id, label, _where(setting, place.coordinates), setting.cards(records)))
    return tuple(sorted(rows, key=lambda row: (-len(row.cards), row.label)))


def _where(setting: Setting, coordinates: tuple[float, float]) -> str:
    """Coordinates to hundredths of a degree, as the language writes them."""
    latitude, longitude = coordinates
    words, language = setting.edition.words, setting.language
    north = "north" if latitude >= 0 else "south"
    east = "east" if longitude >= 0 else "west"
    one = words.say("coordinate", form=north, degrees=show_number(round(abs(latitude), 2), language))
    return f"{one}, {words.say('coordinate', form=east, degrees=show_number(round(abs(longitude), 2), language))}"


def _related(setting: Setting, mark: str) -> list[tuple[Record, Relation]]:
    """The relations of the types that site.yaml marks `arc` or `membership`, with the records they are written in."""
    types = setting.atlas.site.relation_types
    return [
        (record, relation)
        for record in setting.atlas.records.values()
        for relation in record.relations
        if getattr(types[relation.type], mark) and relation.target in setting.atlas.records
    ]


def _arc_row(setting: Setting, record: Record, relation: Relation) -> ArcRow:
    return ArcRow(
        source=anchor(setting, record.id),
        label=setting.label(setting.atlas.site.relation_types[relation.type].label),
        target=anchor(setting, relation.target),
        period=setting.period(relation.start, relation.end),
        cites_html=setting.cites(relation.sources),
        drawn=bool(
            seat(setting.atlas.site, record) and seat(setting.atlas.site, setting.atlas.records[relation.target])
        ),
    )


def _arc_lines(setting: Setting, window: Window) -> list[MapLine]:
    places = setting.atlas.site.places
    lines = []
    for record, relation in _related(setting, "arc"):
        ends = [seat(setting.atlas.site, each) for each in (record, setting.atlas.records[relation.target])]
        if all(ends) and ends[0] != ends[1]:
            path = way(window, places[ends[0]].coordinates, places[ends[1]].coordinates)
            lines += [MapLine(path, "arc")] if path else []
    return lines


def _memberships(setting: Setting) -> list[tuple[str, dict[str, Tie]]]:
    """Networks by id, each with the actors that are its members and their ties, those with most members first."""
    found: dict[str, dict[str, Tie]] = {}
    for record, relation in _related(setting, "membership"):
        if record.family == "actor":
            tie = Tie(relation, record.id, relation.target, True)
            found.setdefault(relation.target, {}).setdefault(record.id, tie)
    return sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))


def _membership(setting: Setting, number: int, row: tuple[str, dict[str, Tie]]) -> Membership:
    network, ties = row
    members = tuple(_member(setting, id, ties[id].relation) for id in setting.edition.sorted(ties))
    return Membership(number, anchor(setting, network), members)


def _member(setting: Setting, id: str, relation: Relation) -> Member:
    places = setting.atlas.site.places
    names = [setting.label(places[place].label) for place in setting.atlas.records[id].places if place in places]
    return Member(
        record=anchor(setting, id),
        places=" · ".join(names),
        period=setting.period(relation.start, relation.end),
        cites_html=setting.cites(relation.sources),
    )


def _member_lines(setting: Setting, window: Window, rows: list[tuple[str, dict[str, Tie]]]) -> list[MapLine]:
    """Lines from the seat of each network to those of its members."""
    places = setting.atlas.site.places
    lines = []
    for number, (network, ties) in enumerate(rows, 1):
        middle = seat(setting.atlas.site, setting.atlas.records[network])
        for id in ties:
            own = seat(setting.atlas.site, setting.atlas.records[id])
            if middle and own and middle != own:
                path = way(window, places[middle].coordinates, places[own].coordinates)
                lines += [MapLine(path, str(number))] if path else []
    return lines

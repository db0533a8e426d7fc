"""Draws and lists the relations that the map shows as arcs from place to place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from atlas.content.model import Record, Relation
from atlas.graphics.boxes import Box
from atlas.graphics.drawing import MapLine
from atlas.graphics.drawing_data import DRAWN, DrawingData, seat
from atlas.graphics.home_regions import numbered, point_in
from atlas.graphics.maps import Window, way, ways
from atlas.pages.context import PageContext
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.map.views import ArcRow
from atlas.pages.relations.relation_pages import stated

_PAGES = Part("")
"""The pages of the table, with paths from the first one."""


class Arc(Struct, frozen=True):
    """A relation between two places.

    Attributes:
        source: the id of the record that states it.
        places: the ids of the two places; none where one is unknown or both are the same.
        ends: the coordinates of the two places.
        number: its number on the map, in the order of time; 0 if it is not drawn.
        title: it in words.
        url: its row in the table, which may be on a further page, from the page of the map; "" if it is not drawn.
    """

    source: str
    relation: Relation
    places: tuple[str, ...]
    ends: tuple[tuple[float, float], ...]
    number: int
    title: str
    url: str


def arcs_of(locale_site: LocaleSite) -> tuple[Arc, ...]:
    """Return the relations that are arcs, the earliest first, those without a date last; made once for all pages."""
    return locale_site.once(("arcs",), lambda: _arcs(locale_site))


def _arcs(locale_site: LocaleSite) -> tuple[Arc, ...]:
    found = []
    number = 0
    atlas = locale_site.atlas
    types = {type.id for type in atlas.site.relation_types.values() if type.arc}
    for place, (record, relation) in enumerate(sorted(stated(atlas, types), key=_order)):
        places = tuple(seat(atlas.site, each) for each in (record, atlas.records[relation.target]))
        drawn = all(places) and places[0] != places[1] and number < DRAWN
        number += drawn
        known = atlas.site.places
        ends = tuple(known[id].coordinates for id in places) if drawn else ()
        title = _in_words(locale_site, record, relation)
        url = f"{_PAGES.path_of(place // _PAGES.many)}#_arc-{number}" if drawn else ""
        found.append(Arc(record.id, relation, places if drawn else (), ends, number if drawn else 0, title, url))
    return tuple(found)


def _order(row: tuple[Record, Relation]) -> tuple[bool, object, str]:
    record, relation = row
    moment = relation.start or relation.end
    return moment is None, moment.sort_key if moment else (), record.id


def _in_words(locale_site: LocaleSite, record: Record, relation: Relation) -> str:
    names = (plain_text(locale_site.title(each)) for each in (record, locale_site.atlas.records[relation.target]))
    period = locale_site.period(relation.start, relation.end)
    return " – ".join(names) + (f" · {period}" if period else "")


def arc_row(context: PageContext, arc: Arc) -> ArcRow:
    """Return an arc as a row of the table."""
    site, relation = context.atlas.site, arc.relation
    seats = [seat(site, context.atlas.records[id]) for id in (arc.source, relation.target)]
    return ArcRow(
        source=context.anchor(arc.source),
        label=context.label(site.relation_types[relation.type].label),
        target=context.anchor(relation.target),
        period=context.period(relation.start, relation.end),
        cites_html=context.cites(relation.sources),
        drawn=all(seats) and (arc.number > 0 or seats[0] == seats[1]),
        number=arc.number,
    )


def plain_lines(arcs: Iterable[Arc], window: Window) -> list[MapLine]:
    """Return the lines of arcs in a section of the map, without numbers."""
    paths = ((arc, way(window, *arc.ends)) for arc in arcs if arc.number)
    return [MapLine(path, "arc", title=arc.title) for arc, path in paths if path]


def arc_lines(arcs: Iterable[Arc], window: Window, taken: Iterable[Box]) -> list[MapLine]:
    """Return the lines of arcs in a section of the map, with their numbers.

    Args:
        arcs: the arcs.
        window: the section.
        taken: the boxes of marks and names, which numbers leave free.
    """
    seen = [(arc, path) for arc in arcs if arc.number and (path := way(window, *arc.ends))]
    longest = [[window.at(spot) for spot in max(ways(*arc.ends), key=len)] for arc, _ in seen]
    places = numbered(longest, taken, (window.width, window.height))
    return [_numbered_line(arc, path, *spot) for (arc, path), spot in zip(seen, places, strict=True)]


def _numbered_line(arc: Arc, path: str, x: int, y: int) -> MapLine:
    return MapLine(path, "arc", arc.number, x, y, arc.title, arc.url)


def home_lines(
    arcs: Iterable[Arc], drawings: DrawingData, taken: Iterable[Box], size: tuple[int, int]
) -> Iterator[MapLine]:
    """Yield straight lines between the places of arcs in the picture of the home regions.

    Args:
        arcs: the arcs.
        drawings: the data of the drawings.
        taken: the boxes of marks and names, which numbers leave free.
        size: the width and height of the picture.
    """
    seen: list[tuple[Arc, Sequence[tuple[int, int]]]] = []
    for arc in arcs:
        points = [point_in(drawings.homes, place, drawings.spots[place]) for place in arc.places]
        ends = [point for point in points if point]
        if len(ends) == 2:
            seen.append((arc, ends))
    places = numbered((ends for _, ends in seen), taken, size)
    for (arc, ((x1, y1), (x2, y2))), (x, y) in zip(seen, places, strict=True):
        yield _numbered_line(arc, f"M{x1} {y1}L{x2} {y2}", x, y)

"""Holds the data of the drawings that all languages share; each part is computed when it is first needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from atlas.content.dependencies import DependencyTracker, tracked_property
from atlas.content.linking import Atlas
from atlas.content.model import Record, Site
from atlas.graphics.drawing import JOINT, LegendEntry, shape_of
from atlas.graphics.equal_earth import WORLD, WORLD_HEIGHT
from atlas.graphics.graphs import Network, network_of
from atlas.graphics.home_regions import Region, home_regions
from atlas.graphics.maps import BESIDE, CLOSEST, Spot, Window, panels, spot_of, ways, window_on
from atlas.graphics.network_layout import SpringLayout, spring_layout
from atlas.graphics.timelines import Axis, axis
from atlas.schema.families import FAMILIES

DRAWN = 400
"""The maximum number of records in the drawing of the network."""
LIVING = tuple(family for family in FAMILIES if family.has_life)
"""The families with life spans on the timeline."""


def shape(site: Site, sides: tuple[str, ...]) -> str:
    """Return the shape of a record of these sides."""
    return shape_of(sides, tuple(site.sides))


def legend(site: Site, shapes: set[str], language: str, joint: str) -> tuple[LegendEntry, ...]:
    """Return the legend of the shapes in a drawing, in the order of the sides.

    Args:
        site: the site.
        shapes: the shapes in the drawing.
        language: the language of the labels.
        joint: the label for several sides.
    """
    rows = [LegendEntry(shape(site, (side.id,)), side.label.get(language, "")) for side in site.sides.values()]
    return tuple(row for row in (*rows, LegendEntry(JOINT, joint)) if row.shape in shapes)


def seat(site: Site, record: Record) -> str:
    """Return the first known place of a record, or ""."""
    return next((place for place in record.places if place in site.places), "")


@dataclass(frozen=True)
class DrawingData:
    """The network, the places and the life spans of an atlas. Each is computed from all records.

    Attributes:
        atlas: the atlas.
        tracker: records what each is computed from, if the atlas is tracked.
    """

    atlas: Atlas
    tracker: DependencyTracker = field(default_factory=DependencyTracker)

    @tracked_property
    def compared(self) -> tuple[str, ...]:
        """Return the ids of the compared sides."""
        return tuple(side.id for side in self.atlas.site.sides.values() if side.compared)

    def degree(self, id: str) -> int | None:
        """Return the number of neighbours of a record in the network; None if it is not in the network."""
        return len(self.network.neighbours[id]) if id in self.network.records else None

    def exceeds(self, number: str) -> bool:
        """Return whether the network has more records than a number."""
        return len(self.network.records) > int(number)

    @tracked_property
    def network(self) -> Network:
        """Return the records and their ties."""
        return network_of(self.atlas)

    @tracked_property
    def spring_layout(self) -> SpringLayout:
        """Return the positions of the drawn records in the spring model."""
        return spring_layout(self.network, self.network.most_connected(DRAWN), self.compared)

    @tracked_property
    def present(self) -> int:
        """Return the present year."""
        return self.atlas.site.as_of.points[0].year

    @tracked_property
    def years(self) -> tuple[int, ...]:
        """Return the fixed years of the network."""
        return self.network.years(self.present)

    @tracked_property
    def spots(self) -> dict[str, Spot]:
        """Return the positions on the world map of the places with records."""
        return {id: spot_of(place.coordinates) for id, place in self.atlas.site.places.items() if id in self.at}

    def spot(self, place: str) -> Spot | None:
        """Return the position of a place on the world map; None if no record is there."""
        return self.spots.get(place)

    @tracked_property
    def at(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the records at each place, by place id."""
        found: dict[str, list[str]] = {}
        for record in self.atlas.records.values():
            for place in dict.fromkeys(record.places):
                if place in self.atlas.site.places:
                    found.setdefault(place, []).append(record.id)
        return {id: tuple(records) for id, records in sorted(found.items())}

    @tracked_property
    def window(self) -> Window:
        """Return the section of the world map with all places and arcs."""
        return window_on([*self.spots.values(), *self._arcs()], (WORLD, WORLD_HEIGHT), CLOSEST, BESIDE)

    def _arcs(self) -> Iterator[Spot]:
        types, known = self.atlas.site.relation_types, self.atlas.site.places
        for record in self.atlas.records.values():
            for relation in record.relations:
                other = self.atlas.records.get(relation.target)
                if (
                    other
                    and types[relation.type].arc
                    and (ends := [seat(self.atlas.site, one) for one in (record, other)])
                    and all(ends)
                ):
                    start, end = (known[place].coordinates for place in ends)
                    yield from (spot for piece in ways(start, end) for spot in piece)

    @tracked_property
    def panels(self) -> list[tuple[Window, tuple[str, ...]]]:
        """Return the enlarged parts of the map, each with its places."""
        return panels(self.spots, {id: len(records) for id, records in self.at.items()})

    @tracked_property
    def homes(self) -> tuple[Region, ...]:
        """Return the home regions of the compared sides: where most actors of one side only have their seats."""
        seats: dict[str, dict[str, int]] = {side: {} for side in self.compared}
        for record in self.atlas.compared():
            place = seat(self.atlas.site, record)
            if place and len(record.sides) == 1 and record.sides[0] in seats:
                own = seats[record.sides[0]]
                own[place] = own.get(place, 0) + 1
        return home_regions(self.spots, seats)

    @tracked_property
    def axis(self) -> Axis:
        """Return the time axis from the first life span to today."""
        lives = (record for family in LIVING for record in self.atlas.family(family.id) if record.start or record.end)
        return axis(lives, self.atlas.site.as_of)

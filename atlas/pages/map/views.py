"""The view of the map page."""

from __future__ import annotations

from msgspec import Struct

from atlas.core.html import Html
from atlas.graphics.drawing import DrawnMap, HomeMap, LegendEntry
from atlas.pages.pictures.views import PictureLinks
from atlas.pages.view_parts import Anchor, Card, PageView, ReferenceEntry


class MapPanel(Struct, frozen=True):
    """An enlarged part of the map.

    Attributes:
        title: what it shows: the name of the place in it with most records, and how many places and records it has.
    """

    id: str
    title: str
    drawing: DrawnMap


class PlaceList(Struct, frozen=True):
    """A place with the records there.

    Attributes:
        where: its coordinates in words.
    """

    id: str
    label: str
    where: str
    cards: tuple[Card, ...]


class ArcRow(Struct, frozen=True):
    """A relation that the map draws as an arc.

    Attributes:
        drawn: whether both ends have a place.
        number: its number on the map; 0 if it is not drawn.
    """

    source: Anchor
    label: str
    target: Anchor
    period: str
    cites_html: Html
    drawn: bool
    number: int = 0


class Member(Struct, frozen=True):
    """A member of a network.

    Attributes:
        places: the names of its places; "" if unknown.
    """

    record: Anchor
    places: str
    period: str
    cites_html: Html


class Membership(Struct, frozen=True):
    """A network with its members.

    Attributes:
        number: the number of its class in the drawing.
    """

    number: int
    network: Anchor
    members: tuple[Member, ...]
    total: int


class MapView(PageView, frozen=True):
    """The map: the world, enlarged parts, and lists of the records with and without a place.

    Attributes:
        arc_labels: the names of the types of relation that are drawn as arcs, as a list in words.
        homes: the picture for narrow screens.
        located: how many places have records.
        held_arcs: how many arcs there are on all pages of the table.
    """

    land: str
    drawing: DrawnMap
    homes: HomeMap
    panels: tuple[MapPanel, ...]
    legend: tuple[LegendEntry, ...]
    places: tuple[PlaceList, ...]
    arcs: tuple[ArcRow, ...]
    memberships: tuple[Membership, ...]
    unplaced: tuple[Card, ...]
    files: PictureLinks
    records: int
    located: int
    held_arcs: int
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()
    arc_labels: str = ""

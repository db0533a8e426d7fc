"""The view of the map page."""

from __future__ import annotations

from msgspec import Struct

from atlas.core.html import Html
from atlas.graphics.drawing import DrawnMap, LegendEntry
from atlas.pages.view_parts import Anchor, Card, PageView, ReferenceEntry


class MapPanel(Struct, frozen=True):
    """A part of the earth, enlarged. name: of the place there where most records are."""

    id: str
    name: str
    drawing: DrawnMap


class PlaceList(Struct, frozen=True):
    """A place and what is there. where: its coordinates in words."""

    id: str
    label: str
    where: str
    cards: tuple[Card, ...]


class ArcRow(Struct, frozen=True):
    """A relation that the map draws as an arc; drawn: both ends have a place."""

    source: Anchor
    label: str
    target: Anchor
    period: str
    cites_html: Html
    drawn: bool


class Member(Struct, frozen=True):
    """A member of a network. places: where it is, "" where that is not known."""

    record: Anchor
    places: str
    period: str
    cites_html: Html


class Membership(Struct, frozen=True):
    """A network and its members. number: that of its class in the drawing."""

    number: int
    network: Anchor
    members: tuple[Member, ...]


class MapView(PageView, frozen=True):
    """The map: the whole earth, parts of it enlarged, and lists of all that is drawn and of what has no place."""

    land: str
    drawing: DrawnMap
    panels: tuple[MapPanel, ...]
    legend: tuple[LegendEntry, ...]
    places: tuple[PlaceList, ...]
    arcs: tuple[ArcRow, ...]
    memberships: tuple[Membership, ...]
    unplaced: tuple[Card, ...]
    records: int
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

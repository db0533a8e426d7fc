"""The pages of the network, the map and the timeline; what is drawn on them stands in `atlas.pictures.drawing`."""

from __future__ import annotations

from msgspec import Struct

from atlas.markup import Html
from atlas.pages.views.parts import Anchor, Card, Entry, Head
from atlas.pictures.drawing import Bar, DrawnMap, DrawnNetwork, Key, Tick


class FigureColumn(Struct, frozen=True):
    """The figures of the network, or of a side of it. dated_share: of its ties, in words; central: the record of the
    highest betweenness, if any has some; across: ties to records of no common side.
    """

    label: str
    records: int
    isolated: int
    ties: int
    dated: int
    dated_share: str
    pairs: int
    density: str
    mean_degree: str
    components: int
    largest: int
    across: int
    central: Anchor | None
    betweenness: str


class YearRow(Struct, frozen=True):
    """The figures of the dated ties of a year. number: that of its class in the drawing."""

    year: int
    number: int
    records: int
    isolated: int
    ties: int
    pairs: int
    density: str
    mean_degree: str
    components: int
    largest: int


class NodeRow(Struct, frozen=True):
    """A record of the network. degree: neighbours; across: ties to records of no common side; component: its number."""

    id: str
    record: Anchor
    sides: str
    degree: int
    across: int
    betweenness: str
    component: int


class TieRow(Struct, frozen=True):
    """A tie in a table. period: "" when undated; held: whether it was there, for each fixed year."""

    id: str
    source: Anchor
    label: str
    target: Anchor
    period: str
    across: bool
    cites_html: Html
    held: tuple[bool, ...]


class NetworkView(Struct, frozen=True):
    """The network of the records. drawn: how many of them the drawing shows; first, last: the years of its slider."""

    head: Head
    drawing: DrawnNetwork
    legend: tuple[Key, ...]
    drawn: int
    total: int
    undated: int
    figures: tuple[FigureColumn, ...]
    years: tuple[YearRow, ...]
    first: int
    last: int
    nodes: tuple[NodeRow, ...]
    ties: tuple[TieRow, ...]
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


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


class MapView(Struct, frozen=True):
    """The map: the whole earth, parts of it enlarged, and lists of all that is drawn and of what has no place."""

    head: Head
    land: str
    drawing: DrawnMap
    panels: tuple[MapPanel, ...]
    legend: tuple[Key, ...]
    places: tuple[PlaceList, ...]
    arcs: tuple[ArcRow, ...]
    memberships: tuple[Membership, ...]
    unplaced: tuple[Card, ...]
    records: int
    references: tuple[Entry, ...]
    downloads: tuple[Anchor, ...] = ()


class DecadeCount(Struct, frozen=True):
    """How many records there were in a decade; level: 0 for none, 1 to 5 by how many that is of the most."""

    count: int
    level: int


class DecadeRow(Struct, frozen=True):
    """A group of records of one family, decade by decade. total: of those with a date."""

    label: str
    family: str
    total: int
    counts: tuple[DecadeCount, ...]


class LifeRow(Struct, frozen=True):
    """A record on the timeline."""

    card: Card
    bar: Bar


class LifeGroup(Struct, frozen=True):
    """The lives of a group of records."""

    id: str
    label: str
    rows: tuple[LifeRow, ...]


class TimelineView(Struct, frozen=True):
    """The timeline by side, kind or field: counts by decade, lives as bars, and what has no date."""

    head: Head
    by: str
    groupings: tuple[Anchor, ...]
    decades: tuple[str, ...]
    tallies: tuple[DecadeRow, ...]
    ticks: tuple[Tick, ...]
    groups: tuple[LifeGroup, ...]
    undated: tuple[Card, ...]
    total: int

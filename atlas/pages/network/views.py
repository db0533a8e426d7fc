"""The view of the network page."""

from __future__ import annotations

from msgspec import Struct

from atlas.core.html import Html
from atlas.graphics.drawing import DrawnNetwork, LegendEntry
from atlas.pages.view_parts import Anchor, PageView, ReferenceEntry


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


class NetworkView(PageView, frozen=True):
    """The network of the records. drawn: how many of them the drawing shows; first, last: the years of its slider."""

    drawing: DrawnNetwork
    legend: tuple[LegendEntry, ...]
    drawn: int
    total: int
    undated: int
    figures: tuple[FigureColumn, ...]
    years: tuple[YearRow, ...]
    first: int
    last: int
    nodes: tuple[NodeRow, ...]
    ties: tuple[TieRow, ...]
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

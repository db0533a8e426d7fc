"""The view of the network page."""

from __future__ import annotations

from msgspec import Struct

from atlas.core.html import Html
from atlas.graphics.drawing import DrawnNetwork, LegendEntry
from atlas.pages.pictures.views import PictureLinks
from atlas.pages.site.views import Bridges
from atlas.pages.view_parts import Anchor, PageView, ReferenceEntry


class FigureColumn(Struct, frozen=True):
    """The measures of the network, or of one side of it.

    Attributes:
        dated_share: the share of its ties that have dates, in words.
        central: the record with the highest betweenness, if any is above 0.
        across: how many ties lead to records of no common side.
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
    """The measures of the dated ties of a year.

    Attributes:
        number: the number of its class in the drawing.
    """

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
    """A record of the network.

    Attributes:
        degree: the number of its neighbours.
        across: how many of its ties lead to records of no common side.
        component: the number of its component.
    """

    id: str
    record: Anchor
    sides: str
    degree: int
    across: int
    betweenness: str
    component: int


class TieRow(Struct, frozen=True):
    """A tie in a table.

    Attributes:
        period: its dates, in words; "" if undated.
        held: for each fixed year, whether the tie existed.
    """

    id: str
    source: Anchor
    label: str
    target: Anchor
    period: str
    across: bool
    cites_html: Html
    held: tuple[bool, ...]


class NetworkView(PageView, frozen=True):
    """The network of the records.

    Attributes:
        bridges: the picture of two sides with the ties between them, or none where no tie joins two sides.
        drawn: how many records the drawing shows.
        first: the first year of the slider.
        last: the last year of the slider.
        held_ties: how many ties there are on all pages of the tables.
    """

    bridges: tuple[Bridges, ...]
    drawing: DrawnNetwork
    legend: tuple[LegendEntry, ...]
    files: PictureLinks
    drawn: int
    total: int
    undated: int
    figures: tuple[FigureColumn, ...]
    years: tuple[YearRow, ...]
    first: int
    last: int
    nodes: tuple[NodeRow, ...]
    ties: tuple[TieRow, ...]
    held_ties: int
    references: tuple[ReferenceEntry, ...]
    downloads: tuple[Anchor, ...] = ()

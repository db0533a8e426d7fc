"""Makes the network page: drawing, measures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from atlas.content.model import Record
from atlas.graphics.boxes import Box
from atlas.graphics.drawing import DrawnNetwork, DrawnNode, DrawnTie, LegendEntry
from atlas.graphics.drawing_data import DrawingData, legend, shape
from atlas.graphics.edges import centre, edge_path, fixed_years
from atlas.graphics.graphs import Edge, NetworkFigures, existed, years_of
from atlas.graphics.network_layout import NodeLabel, lay_out, node_label
from atlas.graphics.text_metrics import LEADING
from atlas.i18n.locales import show_percent, show_share
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite, address, plain_text
from atlas.pages.network.views import FigureColumn, NetworkView, NodeRow, TieRow, YearRow
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.pictures.links import picture_links
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.site.bridges import bridges
from atlas.pages.site.views import Bridges

NETWORK = "/network/"
_BRIDGES = 60
"""The maximum number of ties in the picture of two sides."""


def network_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the network page, unless the atlas has no actor."""
    if inputs.drawings.network.records:
        title = locale_site.words.t("network")
        total = max(len(inputs.drawings.network.records), len(inputs.drawings.network.edges))
        draw = partial(network_view, drawings=inputs.drawings)
        yield from list_pages(locale_site, Part(NETWORK, total=total, several=True), title, draw)


def network_view(context: PageContext, drawings: DrawingData) -> NetworkView:
    """Return the network page; further pages have the tables only."""
    network, title = drawings.network, context.locale_site.words.t("network")
    drawing = DrawnNetwork(0, 0, (), ()) if context.is_further else _drawing(context, drawings)
    drawn_years = drawings.years
    ties = tuple(_tie_row(context, drawn_years, edge) for edge in context.on_page(network.edges))
    years = drawn_years if ties or not context.is_further else ()
    first = min((edge.first for edge in network.edges if edge.first is not None), default=drawings.present)
    return NetworkView(
        head=head(context, title, tags=list_tags(context, title)),
        bridges=_bridges_of(context),
        drawing=drawing,
        legend=shown_shapes(context, drawing),
        files=picture_links(
            context, context.locale_site.words.t("network-title", n=len(drawing.nodes), ties=len(network.edges))
        ),
        drawn=len(drawing.nodes),
        total=len(network.records),
        undated=sum(not edge.is_dated for edge in network.edges),
        figures=_columns(context, drawings),
        years=tuple(_year_row(context, drawings, number, year) for number, year in enumerate(years, 1)),
        first=min(first, drawings.present),
        last=drawings.present,
        nodes=_node_rows(context, drawings),
        ties=ties,
        held_ties=len(network.edges),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _bridges_of(context: PageContext) -> tuple[Bridges, ...]:
    """Return the picture of two sides, if there is one, on the first page."""
    drawn = None if context.is_further else bridges(context, _BRIDGES)
    return (drawn,) if drawn else ()


def shown_shapes(context: PageContext, drawing: DrawnNetwork) -> tuple[LegendEntry, ...]:
    """Return the legend of the shapes in a drawing."""
    shapes = {node.shape for node in drawing.nodes}
    return legend(context.atlas.site, shapes, context.language.id, context.locale_site.words.t("joint"))


# Figures.


def _columns(context: PageContext, drawings: DrawingData) -> tuple[FigureColumn, ...]:
    """Return the measures of the whole network; on the first page also of each compared side, even without records."""
    whole = _column(context, drawings.network.whole, context.locale_site.words.t("whole-network"))
    if context.is_further:
        return (whole,)
    sides = drawings.atlas.site.sides
    own = (_column(context, drawings.network.side(id), context.label(sides[id].label)) for id in drawings.compared)
    return whole, *own


def _column(context: PageContext, figures: NetworkFigures, label: str) -> FigureColumn:
    best = min(figures.betweenness, key=lambda id: (-round(figures.betweenness[id], 9), id), default="")
    score = figures.betweenness.get(best, 0.0)
    return FigureColumn(
        label=label,
        records=figures.records,
        isolated=figures.isolated,
        ties=figures.ties,
        dated=figures.dated,
        dated_share=show_percent(figures.dated / figures.ties, context.language) if figures.ties else "",
        pairs=figures.pairs,
        density=show_share(figures.density, context.language),
        mean_degree=show_share(figures.mean_degree, context.language),
        components=figures.components,
        largest=figures.largest,
        across=figures.across,
        central=context.anchor(best) if score > 0 else None,
        betweenness=show_share(score, context.language),
    )


def _year_row(context: PageContext, drawings: DrawingData, number: int, year: int) -> YearRow:
    figures = context.locale_site.once(("network of a year", year), lambda: drawings.network.at(year))
    return YearRow(
        year=year,
        number=number,
        records=figures.records,
        isolated=figures.isolated,
        ties=figures.ties,
        pairs=figures.pairs,
        density=show_share(figures.density, context.language),
        mean_degree=show_share(figures.mean_degree, context.language),
        components=figures.components,
        largest=figures.largest,
    )


# Tables.


def sides_of(context: PageContext, record: Record) -> str:
    """Return the names of the sides of a record."""
    return " · ".join(context.label(context.atlas.site.sides[side].label) for side in record.sides)


def _node_rows(context: PageContext, drawings: DrawingData) -> tuple[NodeRow, ...]:
    """Return every record, those with most neighbours first."""
    network = drawings.network
    order = context.locale_site.sorted(network.records)
    order.sort(key=lambda id: -len(network.neighbours[id]))
    shown = context.on_page(order)
    if not shown:
        return ()
    scores = network.whole.betweenness
    component = {id: number for number, part in enumerate(network.components, 1) for id in part}
    across = dict.fromkeys(network.records, 0)
    for edge in network.edges:
        across[edge.source] += edge.across
        across[edge.target] += edge.across
    return tuple(
        NodeRow(
            id=id,
            record=context.anchor(id),
            sides=sides_of(context, network.records[id]),
            degree=len(network.neighbours[id]),
            across=across[id],
            betweenness=show_share(scores[id], context.language),
            component=component[id],
        )
        for id in shown
    )


def _tie_row(context: PageContext, years: Sequence[int], edge: Edge) -> TieRow:
    relation = edge.relation
    return TieRow(
        id=edge.id,
        source=context.anchor(edge.source),
        label=context.label(context.atlas.site.relation_types[relation.type].label),
        target=context.anchor(edge.target),
        period=context.period(relation.start, relation.end),
        across=edge.across,
        cites_html=context.cites(relation.sources),
        held=tuple(edge.holds_in(year) for year in years),
    )


# The drawing of the whole.


def _drawing(context: PageContext, drawings: DrawingData) -> DrawnNetwork:
    network, plan = drawings.network, drawings.spring_layout
    drawn = [*(id for part in plan.parts for id, _ in part), *plan.loose]
    labels = {id: node_label(plain_text(context.locale_site.title(network.records[id]))) for id in drawn}
    layout = lay_out(plan, labels)
    nodes = tuple(_node(context, drawings, id, layout.boxes[id], labels[id]) for id in drawn)
    spots = {id: centre(box) for id, box in layout.boxes.items()}
    ties = [
        _line(drawings, edge, edge_path(spots[edge.source], spots[edge.target], number))
        for pair, edges in network.pairs.items()
        if pair[0] in spots and pair[1] in spots
        for number, edge in enumerate(edges)
    ]
    ties += _counterparts(drawings, spots)
    return DrawnNetwork(layout.width, layout.height + LEADING, nodes, tuple(ties), layout.rule)


def _counterparts(drawings: DrawingData, spots: Mapping[str, tuple[int, int]]) -> Iterator[DrawnTie]:
    """Yield lines between counterparts in the same component whose relation does not count as a tie.

    Others would cross the whole drawing.
    """
    types = drawings.atlas.site.relation_types
    part = {id: number for number, ids in enumerate(drawings.network.components) for id in ids}
    for id in spots:
        record = drawings.network.records[id]
        for relation in record.relations:
            kind = types[relation.type]
            if kind.pairs and not kind.tie and part[id] == part.get(relation.target):
                others = drawings.network.pairs.get((min(id, relation.target), max(id, relation.target)), ())
                path = edge_path(spots[id], spots[relation.target], len(others))
                yield DrawnTie(f"{id}--{relation.id}", path, across=False, tie=False, dated=False)


def _node(context: PageContext, drawings: DrawingData, id: str, box: Box, label: NodeLabel) -> DrawnNode:
    record = drawings.network.records[id]
    first, last = years_of(record.start, record.end)
    away = fixed_years(drawings.years, {year: existed(record, year) for year in drawings.years})
    node = node_of(context, record, centre(box), box, label.lines)
    return replace(node, start=_year(first), end=_year(last), away=away)


def node_of(context: PageContext, record: Record, spot: tuple[int, int], box: Box, lines: tuple[str, ...]) -> DrawnNode:
    """Return the node of a record, without its years.

    Args:
        context: the page.
        record: the record.
        spot: the centre of its shape.
        box: the box of its label.
        lines: the lines of its label.
    """
    return DrawnNode(
        record.id,
        context.url(address(record)),
        shape(context.atlas.site, record.sides),
        *spot,
        *box,
        lines=lines,
        lang=context.locale_site.title(record).lang,
        title=_description(context, record),
    )


def _description(context: PageContext, record: Record) -> str:
    """Return the text of a node: its name, its sides, and the number of its neighbours."""
    parts = [plain_text(context.locale_site.title(record)), sides_of(context, record)]
    degree = context.locale_site.degree(record)
    if degree is not None:
        parts.append(context.locale_site.words.t("neighbour-count", n=degree))
    return " · ".join(part for part in parts if part)


def _line(drawings: DrawingData, edge: Edge, path: str) -> DrawnTie:
    away = {year: edge.holds_in(year) or not edge.is_dated for year in drawings.years}
    return DrawnTie(
        id=edge.id,
        path=path,
        across=edge.across,
        tie=True,
        dated=edge.is_dated,
        start=_year(edge.first),
        end=_year(edge.last),
        away=fixed_years(drawings.years, away),
    )


def _year(year: int | None) -> str:
    return "" if year is None else str(year)

"""The page of the network: its drawing, its figures, and tables of all that is in it."""

from __future__ import annotations

from msgspec.structs import replace

from atlas.content.model import Record
from atlas.pages.citing_pages import described, page_downloads
from atlas.pages.editions import Edition, address, plain_text
from atlas.pages.heads import head
from atlas.pages.setting import Setting
from atlas.pages.views.parts import Anchor
from atlas.pages.views.pictures import FigureColumn, NetworkView, NodeRow, TieRow, YearRow
from atlas.pictures.boxes import Box
from atlas.pictures.drawing import DrawnNetwork, DrawnNode, DrawnTie, Key
from atlas.pictures.gallery import Gallery, legend, shape
from atlas.pictures.graphs import Bond, Figures, existed, years_of
from atlas.pictures.layouts import Label, label_of, laid_out
from atlas.pictures.lettering import LEADING
from atlas.pictures.wiring import centre, fixed_years, wire
from atlas.tongues.languages import show_percent, show_share

NETWORK = "/network/"


def network_view(edition: Edition, gallery: Gallery) -> tuple[Setting, NetworkView] | None:
    """The page of the network; None where the atlas has no actor."""
    network = gallery.network
    if not network.records:
        return None
    setting = Setting(edition, NETWORK)
    drawing = _drawing(setting, gallery)
    ties = tuple(_tie_row(setting, gallery, bond) for bond in network.bonds)
    first = min((bond.first for bond in network.bonds if bond.first is not None), default=gallery.present)
    view = NetworkView(
        head=described(setting, head(setting, edition.words.say("network"))),
        drawing=drawing,
        legend=shown_shapes(setting, drawing),
        drawn=len(drawing.nodes),
        total=len(network.records),
        undated=sum(not bond.is_dated for bond in network.bonds),
        figures=_columns(setting, gallery),
        years=tuple(_year_row(setting, gallery, number, year) for number, year in enumerate(gallery.years, 1)),
        first=min(first, gallery.present),
        last=gallery.present,
        nodes=_node_rows(setting, gallery),
        ties=ties,
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view


def shown_shapes(setting: Setting, drawing: DrawnNetwork) -> tuple[Key, ...]:
    """What the shapes of a drawing stand for."""
    shapes = {node.shape for node in drawing.nodes}
    return legend(setting.atlas.site, shapes, setting.language.id, setting.edition.words.say("joint"))


# Figures.


def _columns(setting: Setting, gallery: Gallery) -> tuple[FigureColumn, ...]:
    """The figures of the whole, and of each side that is compared, also of one without records."""
    whole = _column(setting, gallery.network.whole, setting.edition.words.say("whole-network"))
    sides = gallery.atlas.site.sides
    own = (_column(setting, gallery.network.side(id), setting.label(sides[id].label)) for id in gallery.compared)
    return whole, *own


def _column(setting: Setting, figures: Figures, label: str) -> FigureColumn:
    best = min(figures.betweenness, key=lambda id: (-round(figures.betweenness[id], 9), id), default="")
    score = figures.betweenness.get(best, 0.0)
    return FigureColumn(
        label=label,
        records=figures.records,
        isolated=figures.isolated,
        ties=figures.ties,
        dated=figures.dated,
        dated_share=show_percent(figures.dated / figures.ties, setting.language) if figures.ties else "",
        pairs=figures.pairs,
        density=show_share(figures.density, setting.language),
        mean_degree=show_share(figures.mean_degree, setting.language),
        components=figures.components,
        largest=figures.largest,
        across=figures.across,
        central=anchor(setting, best) if score > 0 else None,
        betweenness=show_share(score, setting.language),
    )


def _year_row(setting: Setting, gallery: Gallery, number: int, year: int) -> YearRow:
    figures = gallery.network.at(year)
    return YearRow(
        year=year,
        number=number,
        records=figures.records,
        isolated=figures.isolated,
        ties=figures.ties,
        pairs=figures.pairs,
        density=show_share(figures.density, setting.language),
        mean_degree=show_share(figures.mean_degree, setting.language),
        components=figures.components,
        largest=figures.largest,
    )


# Tables.


def anchor(setting: Setting, id: str) -> Anchor:
    """A link to a record by what it is called."""
    record = setting.atlas.records[id]
    return Anchor(setting.edition.title(record), setting.url(address(record)))


def sides_of(setting: Setting, record: Record) -> str:
    """The sides of a record in words."""
    return " · ".join(setting.label(setting.atlas.site.sides[side].label) for side in record.sides)


def _node_rows(setting: Setting, gallery: Gallery) -> tuple[NodeRow, ...]:
    """Every record, those with most neighbours first."""
    network = gallery.network
    scores = network.whole.betweenness
    component = {id: number for number, part in enumerate(network.components, 1) for id in part}
    across = dict.fromkeys(network.records, 0)
    for bond in network.bonds:
        across[bond.source] += bond.across
        across[bond.target] += bond.across
    order = setting.edition.sorted(network.records)
    order.sort(key=lambda id: -len(network.neighbours[id]))
    return tuple(
        NodeRow(
            id=id,
            record=anchor(setting, id),
            sides=sides_of(setting, network.records[id]),
            degree=len(network.neighbours[id]),
            across=across[id],
            betweenness=show_share(scores[id], setting.language),
            component=component[id],
        )
        for id in order
    )


def _tie_row(setting: Setting, gallery: Gallery, bond: Bond) -> TieRow:
    relation = bond.relation
    return TieRow(
        id=bond.id,
        source=anchor(setting, bond.source),
        label=setting.label(setting.atlas.site.relation_types[relation.type].label),
        target=anchor(setting, bond.target),
        period=setting.period(relation.start, relation.end),
        across=bond.across,
        cites_html=setting.cites(relation.sources),
        held=tuple(bond.holds_in(year) for year in gallery.years),
    )


# The drawing of the whole.


def _drawing(setting: Setting, gallery: Gallery) -> DrawnNetwork:
    network, plan = gallery.network, gallery.sketch
    drawn = [*(id for part in plan.parts for id, _ in part), *plan.loose]
    labels = {id: label_of(plain_text(setting.edition.title(network.records[id]))) for id in drawn}
    layout = laid_out(plan, labels)
    nodes = tuple(_node(setting, gallery, id, layout.boxes[id], labels[id]) for id in drawn)
    spots = {id: centre(box) for id, box in layout.boxes.items()}
    ties = [
        _line(gallery, bond, wire(spots[bond.source], spots[bond.target], number))
        for pair, bonds in network.pairs.items()
        if pair[0] in spots and pair[1] in spots
        for number, bond in enumerate(bonds)
    ]
    return DrawnNetwork(layout.width, layout.height + LEADING, nodes, tuple(ties), layout.rule)


def _node(setting: Setting, gallery: Gallery, id: str, box: Box, label: Label) -> DrawnNode:
    record = gallery.network.records[id]
    first, last = years_of(record.start, record.end)
    away = fixed_years(gallery.years, {year: existed(record, year) for year in gallery.years})
    node = node_of(setting, record, centre(box), box, label.lines)
    return replace(node, start=_year(first), end=_year(last), away=away)


def node_of(setting: Setting, record: Record, spot: tuple[int, int], box: Box, lines: tuple[str, ...]) -> DrawnNode:
    """A record as a node, its years left open. spot: where its shape stands; box and lines: those of its label."""
    return DrawnNode(
        record.id,
        setting.url(address(record)),
        shape(setting.atlas.site, record.sides),
        *spot,
        *box,
        lines=lines,
        lang=setting.edition.title(record).lang,
        title=_told(setting, record),
    )


def _told(setting: Setting, record: Record) -> str:
    """A node in words: its name, its sides, how many neighbours it has."""
    parts = [plain_text(setting.edition.title(record)), sides_of(setting, record)]
    degree = setting.edition.degree(record)
    if degree is not None:
        parts.append(setting.edition.words.say("neighbour-count", n=degree))
    return " · ".join(part for part in parts if part)


def _line(gallery: Gallery, bond: Bond, path: str) -> DrawnTie:
    away = {year: bond.holds_in(year) or not bond.is_dated for year in gallery.years}
    return DrawnTie(
        id=bond.id,
        path=path,
        across=bond.across,
        tie=True,
        dated=bond.is_dated,
        start=_year(bond.first),
        end=_year(bond.last),
        away=fixed_years(gallery.years, away),
    )


def _year(year: int | None) -> str:
    return "" if year is None else str(year)

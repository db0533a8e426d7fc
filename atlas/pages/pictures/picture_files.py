"""Makes the pictures of home page, map, network and timeline as files: SVG, and CSV of what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from atlas.core.problems import Span
from atlas.graphics.drawing import LegendEntry
from atlas.graphics.drawing_data import LIVING
from atlas.graphics.equal_earth import WORLD
from atlas.pages.context import PageContext
from atlas.pages.escaping import csv_line
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.map.map_pages import MAP, map_view
from atlas.pages.network.network_pages import NETWORK, network_view
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.pictures.links import PICTURE, credit_line, picture_part
from atlas.pages.pictures.picture_bodies import bridges_body, timeline_body
from atlas.pages.pictures.picture_layout import picture_file
from atlas.pages.pictures.views import PictureBody, PictureFileView, PictureTableView
from atlas.pages.plan import PageSpec
from atlas.pages.site.bridges import bridges, has_bridges
from atlas.pages.timeline.timeline_pages import LIVES, TIMELINE, timeline_view
from atlas.pages.view_parts import View

LegendRow = tuple[str, str, str]
"""The shape ("" for none), the class of the line, and the meaning."""


def picture_svgs(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the pictures of a language as SVG files."""
    makers = {"/": _home_svg, MAP: _map_svg, NETWORK: _network_svg, TIMELINE: _timeline_svg}
    for path in picture_paths(locale_site, inputs):
        yield _spec(locale_site, path, "svg", partial(makers[path], inputs=inputs))


def picture_tables(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the tables of what the pictures of a language show, as CSV files."""
    makers = {"/": _home_csv, MAP: _map_csv, NETWORK: _network_csv, TIMELINE: _timeline_csv}
    for path in picture_paths(locale_site, inputs):
        yield _spec(locale_site, path, "csv", partial(makers[path], inputs=inputs))


def picture_paths(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[str]:
    """Yield the paths of the pages with a picture, under the same conditions as these pages."""
    views, drawings = inputs.atlas.site.views, inputs.drawings
    if has_bridges(locale_site.atlas):
        yield "/"
    if "map" in views and drawings.spots:
        yield MAP
    if "network" in views and drawings.network.records:
        yield NETWORK
    if "timeline" in views and any(locale_site.atlas.family(family.id) for family in LIVING):
        yield TIMELINE


def _spec(locale_site: LocaleSite, path: str, suffix: str, draw: Callable[[PageContext], View]) -> PageSpec:
    def drawn() -> tuple[PageContext, View]:
        context = PageContext(locale_site, path)
        return context, draw(context)

    folder = locale_site.language.path
    file = f"{folder}{path}{PICTURE}.{suffix}" if folder else f"{path}{PICTURE}.{suffix}"
    return PageSpec(file.lstrip("/"), "", locale_site.language.id, Span(""), "", drawn, tracked=True)


# SVG.


def _shapes(entries: Iterable[LegendEntry]) -> list[LegendRow]:
    return [(entry.shape, "", entry.label) for entry in entries]


def _file(
    context: PageContext, title: str, body: PictureBody, legend: Sequence[LegendRow], notes: Iterable[str] = ()
) -> PictureFileView:
    return picture_file(context.language.tag, title, body, legend, (*notes, credit_line(context, title, context.path)))


def _home_svg(context: PageContext, inputs: PlanInputs) -> PictureFileView:
    drawn = bridges(context)
    assert drawn
    legend = [("", f"bridge-{form.form}", form.label) for form in drawn.forms]
    return _file(context, drawn.title, bridges_body(drawn), legend)


def _map_svg(context: PageContext, inputs: PlanInputs) -> PictureFileView:
    words, view = context.locale_site.words, map_view(context, inputs.drawings)
    drawing = view.drawing
    body = PictureBody(
        drawing.width, drawing.height, map=drawing, land=inputs.land, land_scale=drawing.land_width / WORLD
    )
    legend = _shapes(view.legend)
    legend += [("", "arc", view.arc_labels)] if view.arcs else []
    keys = [f"{line.number} {line.title}" for line in drawing.lines if line.number]
    notes = [words.t("shape-note"), words.t("size-note"), *keys, words.t("map-credit")]
    title = words.t("map-title", n=view.records, places=len(view.places))
    return _file(context, title, body, legend, notes)


def _network_svg(context: PageContext, inputs: PlanInputs) -> PictureFileView:
    words, view = context.locale_site.words, network_view(context, inputs.drawings)
    body = PictureBody(view.drawing.width, view.drawing.height, network=view.drawing)
    legend = _shapes(view.legend)
    legend += [("", "tie", words.t("line-within")), ("", "tie across", words.t("line-across"))]
    legend += [("", "tie undated", words.t("line-undated"))]
    if any(not tie.tie for tie in view.drawing.ties):
        legend.append(("", "tie no-tie", words.t("line-counterpart")))
    title = words.t("network-title", n=view.drawn, ties=len(view.ties))
    return _file(context, title, body, legend, picture_part(context, view.drawn, view.total))


def _timeline_svg(context: PageContext, inputs: PlanInputs) -> PictureFileView:
    words, view = context.locale_site.words, timeline_view(context, inputs.drawings, "side", LIVES)
    events = [f"{row.date}: {row.label}" for row in view.events]
    legend = [("", "certain", words.t("life-certain")), ("", "vague", words.t("life-vague"))]
    drawn = sum(len(group.rows) for group in view.groups)
    notes = [*events, *picture_part(context, drawn, view.total)]
    return _file(context, words.t("lives-title", n=view.total), timeline_body(view), legend, notes)


# CSV.


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> PictureTableView:
    columns, cells = tuple(head), tuple(map(tuple, rows))
    return PictureTableView("".join(map(csv_line, (columns, *cells))), columns, cells)


def _home_csv(context: PageContext, inputs: PlanInputs) -> PictureTableView:
    t, drawn = context.locale_site.words.t, bridges(context)
    assert drawn
    return _table((t("tie"),), ((sentence,) for group in drawn.groups for sentence in group.sentences))


def _map_csv(context: PageContext, inputs: PlanInputs) -> PictureTableView:
    t = context.locale_site.words.t
    view, known = map_view(context, inputs.drawings), context.atlas.site.places
    rows = (
        (
            place.label,
            *map(str, known[place.id].coordinates),
            plain_text(card.title),
            " · ".join(card.sides),
            card.period,
        )
        for place in view.places
        for card in place.cards
    )
    return _table(
        (
            t("place"),
            t("latitude"),
            t("longitude"),
            t("record"),
            t("side"),
            t("dates"),
        ),
        rows,
    )


def _network_csv(context: PageContext, inputs: PlanInputs) -> PictureTableView:
    t = context.locale_site.words.t
    view = network_view(context, inputs.drawings)
    rows = ((plain_text(row.source.label), row.label, plain_text(row.target.label), row.period) for row in view.ties)
    return _table(
        (
            t("record"),
            t("tie"),
            t("record"),
            t("dates"),
        ),
        rows,
    )


def _timeline_csv(context: PageContext, inputs: PlanInputs) -> PictureTableView:
    t = context.locale_site.words.t
    view, records = timeline_view(context, inputs.drawings, "side"), context.atlas.records
    rows = (
        (plain_text(row.card.title), group.label, str(own.start or ""), str(own.end or ""), row.card.period)
        for group in view.groups
        for row in group.rows
        for own in [records[row.card.id]]
    )
    return _table(
        (
            t("record"),
            t("side"),
            t("column-start"),
            t("column-end"),
            t("dates"),
        ),
        rows,
    )

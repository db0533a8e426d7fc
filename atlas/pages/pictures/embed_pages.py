"""Makes the pages that other sites show in a frame: a picture with its title and its credit line, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec.structs import replace

from atlas.core.problems import Span
from atlas.pages.context import PageContext
from atlas.pages.head import absolute
from atlas.pages.locale_site import LocaleSite
from atlas.pages.map.map_pages import MAP, map_view
from atlas.pages.network.network_pages import NETWORK, network_view
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.pictures.embed_views import EmbedView
from atlas.pages.pictures.links import EMBED, picture_part
from atlas.pages.pictures.picture_files import picture_paths
from atlas.pages.plan import PageSpec
from atlas.pages.site.bridges import bridges
from atlas.pages.timeline.timeline_pages import LIVES, TIMELINE, timeline_view


def embed_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield a page for each picture of a language."""
    folder = locale_site.language.path
    for path in picture_paths(locale_site, inputs):
        file = f"{folder}{path}{EMBED}index.html".lstrip("/")
        draw = partial(_drawn, locale_site, inputs, path)
        yield PageSpec(file, "", locale_site.language.id, Span(""), "", draw, tracked=True)


def _drawn(locale_site: LocaleSite, inputs: PlanInputs, path: str) -> tuple[PageContext, EmbedView]:
    context = PageContext(locale_site, f"{path}{EMBED}")
    view = EmbedView(
        lang=context.language.tag,
        title="",
        root=context.file_url("/").removeprefix("./"),
        page=context.url(path),
        canonical=absolute(context.atlas, context.language, path),
    )
    return context, _DRAWINGS[path](context, inputs, view)


def _home(context: PageContext, inputs: PlanInputs, view: EmbedView) -> EmbedView:
    drawn = bridges(context)
    assert drawn
    return replace(view, title=drawn.title, bridges=(drawn,))


def _map(context: PageContext, inputs: PlanInputs, view: EmbedView) -> EmbedView:
    own = map_view(context, inputs.drawings)
    return replace(
        view,
        title=context.locale_site.words.t("map-title", n=own.records, places=len(own.places)),
        legend=own.legend,
        map=own.drawing,
        homes=own.homes,
        land=own.land,
        arc_labels=own.arc_labels,
    )


def _network(context: PageContext, inputs: PlanInputs, view: EmbedView) -> EmbedView:
    own = network_view(context, inputs.drawings)
    title = context.locale_site.words.t("network-title", n=own.drawn, ties=len(own.ties))
    part = picture_part(context, own.drawn, own.total)
    return replace(view, title=title, part=part, legend=own.legend, network=own.drawing)


def _timeline(context: PageContext, inputs: PlanInputs, view: EmbedView) -> EmbedView:
    own = timeline_view(context, inputs.drawings, "side", LIVES)
    title = context.locale_site.words.t("lives-title", n=own.total)
    part = picture_part(context, sum(len(group.rows) for group in own.groups), own.total)
    return replace(view, title=title, part=part, lives=own.groups, ticks=own.ticks, events=own.events)


_DRAWINGS: Final = {"/": _home, MAP: _map, NETWORK: _network, TIMELINE: _timeline}

"""The view of a picture that other sites show in a frame."""

from __future__ import annotations

from atlas.graphics.drawing import DrawnMap, DrawnNetwork, HomeMap, LegendEntry, Tick
from atlas.pages.site.views import Bridges
from atlas.pages.timeline.views import EventRow, LifeGroup
from atlas.pages.view_parts import View


class EmbedView(View, frozen=True):
    """A picture alone on a page, for frames of other sites; neither the search nor the sitemap lists the page.

    Attributes:
        lang: the language tag.
        title: what the picture shows.
        root: the relative path to the root of the site.
        page: the page with the picture.
        canonical: its absolute URL.
        part: a sentence that says how many records are drawn, if not all are; else none.
        bridges: two sides facing each other, or none.
        network: a network, or none.
        map: a map, or none.
        homes: the map for narrow screens.
        land: the picture of the land.
        arc_labels: the names of the arcs of the map; "" for none.
        lives: life spans by group.
    """

    lang: str
    title: str
    root: str
    page: str
    canonical: str
    part: tuple[str, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    bridges: tuple[Bridges, ...] = ()
    network: DrawnNetwork | None = None
    map: DrawnMap | None = None
    homes: HomeMap | None = None
    land: str = ""
    arc_labels: str = ""
    lives: tuple[LifeGroup, ...] = ()
    ticks: tuple[Tick, ...] = ()
    events: tuple[EventRow, ...] = ()

"""The atlas → the pages to publish: each with its path, its template and its view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from atlas.bibliography.formatting.citer import Citer, Style
from atlas.content.dependencies import DependencyTracker, tracked
from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.core.html import escaped
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Asset
from atlas.graphics.drawing_data import DrawingData
from atlas.graphics.equal_earth import land_svg
from atlas.i18n.messages import Catalog
from atlas.pages.changes.change_pages import change_pages, feed_links, feeds
from atlas.pages.compare.compare_pages import compare_pages
from atlas.pages.context import PageContext
from atlas.pages.data.data_files import Data, data_of
from atlas.pages.data.data_pages import data_pages
from atlas.pages.data.data_rows import Tabling
from atlas.pages.explore.explore_pages import explore_pages
from atlas.pages.final_plan import known_paths
from atlas.pages.head import WAYS, frame, share_pictures
from atlas.pages.indexes.index_pages import index_pages
from atlas.pages.locale_site import DEGREE, SPOT, LocaleSite
from atlas.pages.machines.machine_pages import llms_view, robots_view
from atlas.pages.map.map_pages import LAND, map_view
from atlas.pages.network.network_pages import network_view
from atlas.pages.page_titles import Titles
from atlas.pages.plan import Outline, PageSpec
from atlas.pages.print.print_pages import print_pages
from atlas.pages.records.record_json import record_json_files
from atlas.pages.records.record_pages import record_view
from atlas.pages.records.views import RecordView
from atlas.pages.redirects.alias_pages import redirect_file, redirect_view, redirects
from atlas.pages.search.search_pages import search_pages
from atlas.pages.security_policy import host_files, scripts_of
from atlas.pages.site.site_pages import home_view, missing_view
from atlas.pages.sources.source_pages import source_path, source_view, sources_pages
from atlas.pages.timeline.timeline_pages import timeline_views
from atlas.pages.view_parts import Anchor, Frame, Phrase
from atlas.pages.views import View
from atlas.schema.families import BY_FAMILY, FAMILIES, INDEXED

PAGE_TEMPLATES = (
    *(f"{family.id}.html" for family in FAMILIES),
    *("compare.html", "dimension.html", "pair.html", "fields.html", "scale.html", "explore.html"),
    *("home.html", "index.html", "sources.html", "source.html", "print.html", "404.html", "redirect.html"),
    "sitemap.xml",
    *("network.html", "map.html", "timeline.html", "search.html"),
    *("data.html", "changes.html", "feed.xml", "robots.txt", "llms.txt"),
)
"""The templates that pages are rendered with."""


def outline(
    atlas: Atlas,
    words: Mapping[str, Catalog],
    styles: Mapping[str, Style],
    guides: Mapping[str, Style],
    static: tuple[Asset, ...],
    land: str = "",
) -> tuple[Outline, tuple[Problem, ...]]:
    """Every page in every language.

    words and styles: by language; guides: the styles to cite pages in; land: the outline that maps show.
    """
    specs: list[PageSpec] = []
    scripts = scripts_of(static)
    frames: dict[str, Frame] = {}
    works = {work.key: work for work in atlas.cited}
    drawings, tracker = DrawingData(atlas), DependencyTracker()
    tracker.table(DEGREE, drawings.degree)
    tracker.table(SPOT, lambda place: drawings.spots.get(place))
    seen = tracked(atlas, tracker)
    locale_sites: dict[str, LocaleSite] = {}
    for language in atlas.site.languages.values():
        citer = Citer(works, styles[language.id], language.tag)
        locale_sites[language.id] = LocaleSite(
            seen, language, words[language.id], citer, guides, tracker, share_pictures(static)
        )
    tabling = Tabling(atlas, locale_sites)
    data = data_of(tabling) if "data" in atlas.site.views else None
    titles: dict[str, Titles] = {}
    for id, locale_site in locale_sites.items():
        own = list(_pages(locale_site, data, drawings))
        titles[id] = Titles(locale_site, {spec.address: spec for spec in own if spec.address})
        frames[id] = frame(locale_site, titles[id], scripts, feed_links(locale_site))
        specs += own
    specs += _for_machines(locale_sites, data)
    known = known_paths(specs, atlas.site.default_language.id)
    problems = tuple(
        Problem(link.span, Rule.UNKNOWN_PAGE, f'there is no page "{link.target}"', nearest(link.target, known))
        for link in atlas.site.navigation
        if link.target not in known and not _waits(link.target, atlas.site.views)
    )
    copies = [Asset(f"static/{asset.path}", asset.size, asset.data) for asset in static]
    copies += [Asset(f"files/{file.path}", file.size, file.data) for file in atlas.files.values()]
    if "map" in atlas.site.views and drawings.spots:
        copies.append(_asset(LAND, land_svg(land)))
    copies += [*(data.assets() if data else ()), *record_json_files(tabling), *host_files(scripts)]
    moved, found = redirects(atlas, known, [*(spec.path for spec in specs), *(copy.path for copy in copies)])
    specs += [
        PageSpec(row.path_in(locale_site.language), "redirect.html", id, row.span, "", view)
        for id, locale_site in locale_sites.items()
        for row in moved
        for view in [partial(redirect_view, locale_site, row, titles[id])]
    ]
    copies += redirect_file(list(locale_sites.values()), moved)
    return Outline(atlas, tuple(specs), frames, tuple(copies), tuple(locale_sites.values()), tracker), (
        *problems,
        *found,
    )


def _waits(path: str, views: frozenset[str]) -> bool:
    """Whether a path is that of a view which the site wants, and which only has nothing to show yet."""
    return path in WAYS and path.strip("/") in views


def _asset(path: str, text: str) -> Asset:
    data = text.encode()
    return Asset(path, len(data), data)


def _for_machines(locale_sites: Mapping[str, LocaleSite], data: Data | None) -> Iterator[PageSpec]:
    """The feeds of every language, and the files that tell machines their way."""
    first = next(iter(locale_sites.values()))
    for locale_site in locale_sites.values():
        for path, feed in feeds(locale_site):
            yield _plain(locale_site, path, "feed.xml", feed)
    yield _plain(first, "/robots.txt", "robots.txt", robots_view(first))
    yield _plain(first, "/llms.txt", "llms.txt", llms_view(first, data))


def _plain(locale_site: LocaleSite, path: str, template: str, view: View) -> PageSpec:
    """A file that is no page for readers."""
    return PageSpec(
        _file(locale_site, path), template, locale_site.language.id, Span(""), "", partial(_alone, locale_site, view)
    )


def _alone(locale_site: LocaleSite, view: View) -> tuple[PageContext, View]:
    return PageContext(locale_site, "/"), view


def _pages(locale_site: LocaleSite, data: Data | None, drawings: DrawingData) -> Iterator[PageSpec]:
    """Every page of one language but the sitemap."""
    atlas = locale_site.atlas
    yield _page_spec(locale_site, "/", partial(home_view, locale_site, atlas.addresses.get("/")), "home.html")
    made: tuple[tuple[PageContext, View, str], ...] = (
        *compare_pages(locale_site),
        *explore_pages(locale_site),
        *data_pages(locale_site, data),
        *change_pages(locale_site),
        *search_pages(locale_site),
    )
    for context, view, template in made:
        record = atlas.addresses.get(context.path)
        yield _planned(context, view, template, record.span if record else None)
    paths = {"/", *(context.path for context, _, _ in made)}  # the records of these pages are the words on top of them
    for record in atlas.records.values():
        if record.address not in paths:
            page = partial(_record_page, locale_site, record.id)
            yield _page_spec(locale_site, record.address, page, f"{record.family}.html", record.span, tracked=True)
    for family in INDEXED:
        for path, index in index_pages(locale_site, family):
            yield _page_spec(locale_site, path, index, "index.html")
    for path, sources in sources_pages(locale_site):
        yield _page_spec(locale_site, path, sources, "sources.html", tracked=True)
    for work in atlas.cited:
        source = partial(source_view, locale_site, work)
        yield _page_spec(locale_site, source_path(work.key), source, "source.html", work.span, tracked=True)
    if "print" in atlas.site.views:
        for context, bound in print_pages(locale_site):
            yield _planned(context, bound, "print.html")
    yield from _pictures(locale_site, drawings)
    context, missing = missing_view(locale_site)
    path = _file(locale_site, "/404.html")
    yield PageSpec(path, "404.html", locale_site.language.id, Span(""), "", lambda: (context, missing))


def _pictures(locale_site: LocaleSite, drawings: DrawingData) -> Iterator[PageSpec]:
    """The pages that are pictures, as far as the site wants them and there is something to show."""
    views = locale_site.atlas.site.views
    if "network" in views and (network := network_view(locale_site, drawings)):
        yield _planned(*network, "network.html")
    if "map" in views and (found := map_view(locale_site, drawings)):
        yield _planned(*found, "map.html")
    if "timeline" in views:
        for context, timeline in timeline_views(locale_site, drawings):
            yield _planned(context, timeline, "timeline.html")


def _planned(context: PageContext, view: View, template: str, span: Span | None = None) -> PageSpec:
    """A page whose view is drawn already."""
    return _page_spec(context.locale_site, context.path, lambda: (context, view), template, span)


def _page_spec(
    locale_site: LocaleSite,
    path: str,
    draw: Callable[[], tuple[PageContext, View]],
    template: str,
    span: Span | None = None,
    *,
    tracked: bool = False,
) -> PageSpec:
    """A page that has much to draw, or is one of many."""
    return PageSpec(
        _file(locale_site, path + "index.html"),
        template,
        locale_site.language.id,
        span or Span(""),
        path,
        draw,
        tracked,
    )


def _file(locale_site: LocaleSite, path: str) -> str:
    return (f"{locale_site.language.path}{path}" if locale_site.language.path else path).lstrip("/")


def _record_page(locale_site: LocaleSite, id: str) -> tuple[PageContext, RecordView]:
    record = locale_site.atlas.records[id]
    context = PageContext(locale_site, record.address)
    return context, record_view(context, record, _crumbs(context, record))


def _crumbs(context: PageContext, record: Record) -> tuple[Anchor, ...]:
    """The way to a record: its family's index; for a page, the pages whose paths begin its own."""
    family = BY_FAMILY[record.family]
    if family.has_index:
        return (Anchor(Phrase(escaped(context.locale_site.words.t(family.folder))), context.url(f"/{family.folder}/")),)
    parts = record.address.strip("/").split("/")[:-1]
    paths = [f"/{'/'.join(parts[: number + 1])}/" for number in range(len(parts))]
    above = [page for path in paths if (page := context.atlas.addresses.get(path))]
    return tuple(Anchor(context.locale_site.title(page), context.url(page.address)) for page in above)

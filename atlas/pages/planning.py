"""The atlas → the pages to publish: each with its path, its template and its view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from atlas.bibliography.citations import Citer, Style
from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.content.notes import Notes, watched
from atlas.content.schema import BY_FAMILY, FAMILIES
from atlas.markup import escaped
from atlas.pages.alias_pages import redirect_file, redirect_view, redirects
from atlas.pages.change_pages import change_pages, feed_links, feeds
from atlas.pages.compare_pages import compare_pages
from atlas.pages.data_files import Data, data_of
from atlas.pages.data_pages import data_pages
from atlas.pages.data_rows import Tabling
from atlas.pages.data_tables import DATA_WORDS
from atlas.pages.editions import DEGREE, SPOT, Edition
from atlas.pages.explore_pages import explore_pages
from atlas.pages.finishing import known_paths
from atlas.pages.heads import WAYS, frame
from atlas.pages.index_pages import index_pages
from atlas.pages.map_pages import LAND, map_view
from atlas.pages.network_pages import network_view
from atlas.pages.plans import Outline, Sketch
from atlas.pages.policy import host_files, scripts_of
from atlas.pages.print_pages import print_pages
from atlas.pages.record_pages import record_view
from atlas.pages.search_pages import search_pages
from atlas.pages.setting import Setting
from atlas.pages.site_pages import home_view, missing_view
from atlas.pages.source_pages import source_path, source_view, sources_pages
from atlas.pages.timeline_pages import timeline_views
from atlas.pages.titles import Titles
from atlas.pages.twins import llms_view, robots_view, twins_of
from atlas.pages.views import View
from atlas.pages.views.parts import Anchor, Frame, Phrase
from atlas.pages.views.records import RecordView
from atlas.pictures.equal_earth import land_svg
from atlas.pictures.gallery import Gallery
from atlas.problems import Problem, Span, nearest
from atlas.sources import Asset
from atlas.tongues.words import ENGINE, Words

ENGINE_WORDS = dict.fromkeys(
    (
        *DATA_WORDS,
        "changed",
        "changes-page",
        "data",
        "release",
        "back-to-text",
        "compare",
        "explore",
        "fields-by-side",
        "not-known",
        "pair-title",
        "together",
        "permalink",
        "by-author",
        "by-language",
        "by-type",
        "by-year",
        "unknown-language",
        "undated",
        "print",
        "whole-atlas",
        "other-type",
        "type-article",
        "type-press",
        "type-book",
        "type-law",
        "type-thesis",
        "type-report",
        "type-online",
        "bibliography",
        "by-field",
        "by-kind",
        "by-letter",
        "by-side",
        "home",
        "joint",
        "label-value",
        "missing-page",
        "actors",
        "cases",
        "claims",
        "comparisons",
        "concepts",
        "instruments",
        "persons",
        "date-about",
        "date-before-christ",
        "date-century",
        "date-decade",
        "date-first-day",
        "date-range",
        "date-season",
        "date-since",
        "date-since-about",
        "date-uncertain",
        "date-unknown",
        "date-until",
        "date-until-about",
        *(
            "coordinate",
            "joint-place",
            "map",
            "neighbour-count",
            "network",
            "no-field",
            "record-count",
            "search",
            "pages-and-lists",
            "timeline",
            "whole-network",
        ),
    ),
    Span(ENGINE),
)
"""The words of the interface that the engine itself says; a test holds this list to the source."""


PAGE_TEMPLATES = (
    *(f"{family.id}.html" for family in FAMILIES),
    *("compare.html", "dimension.html", "pair.html", "fields.html", "scale.html", "explore.html"),
    *("home.html", "index.html", "sources.html", "source.html", "print.html", "missing.html", "redirect.html"),
    "sitemap.xml",
    *("network.html", "map.html", "timeline.html", "search.html"),
    *("data.html", "changes.html", "feed.xml", "robots.txt", "llms.txt"),
)
"""The templates that pages are rendered with."""


def outline(
    atlas: Atlas,
    words: Mapping[str, Words],
    styles: Mapping[str, Style],
    guides: Mapping[str, Style],
    static: tuple[Asset, ...],
    land: str = "",
) -> tuple[Outline, tuple[Problem, ...]]:
    """Every page in every language.

    words and styles: by language; guides: the styles to cite pages in; land: the outline that maps show.
    """
    sketches: list[Sketch] = []
    scripts = scripts_of(static)
    frames: dict[str, Frame] = {}
    works = {work.key: work for work in atlas.cited}
    gallery, notes = Gallery(atlas), Notes()
    notes.table(DEGREE, gallery.degree)
    notes.table(SPOT, lambda place: gallery.spots.get(place))
    seen = watched(atlas, notes)
    editions: dict[str, Edition] = {}
    for language in atlas.site.languages.values():
        citer = Citer(works, styles[language.id], language.tag)
        editions[language.id] = Edition(seen, language, words[language.id], citer, guides, notes)
    tabling = Tabling(atlas, editions)
    data = data_of(tabling) if "data" in atlas.site.views else None
    titles: dict[str, Titles] = {}
    for id, edition in editions.items():
        own = list(_pages(edition, data, gallery))
        titles[id] = Titles(edition, {sketch.address: sketch for sketch in own if sketch.address})
        frames[id] = frame(edition, titles[id], scripts, feed_links(edition))
        sketches += own
    sketches += _for_machines(editions, data)
    known = known_paths(sketches, atlas.site.default_language.id)
    problems = tuple(
        Problem(link.span, "unknown-page", f'there is no page "{link.target}"', nearest(link.target, known))
        for link in atlas.site.navigation
        if link.target not in known and not _waits(link.target, atlas.site.views)
    )
    copies = [Asset(f"static/{asset.path}", asset.size, asset.data) for asset in static]
    copies += [Asset(f"files/{file.path}", file.size, file.data) for file in atlas.files.values()]
    if "map" in atlas.site.views and gallery.spots:
        copies.append(_asset(LAND, land_svg(land)))
    copies += [*(data.assets() if data else ()), *twins_of(tabling), *host_files(scripts)]
    moved, found = redirects(atlas, known, [*(sketch.path for sketch in sketches), *(copy.path for copy in copies)])
    sketches += [
        Sketch(row.path_in(edition.language), "redirect.html", id, row.span, "", view)
        for id, edition in editions.items()
        for row in moved
        for view in [partial(redirect_view, edition, row, titles[id])]
    ]
    copies += redirect_file(list(editions.values()), moved)
    return Outline(atlas, tuple(sketches), frames, tuple(copies), tuple(editions.values()), notes), (*problems, *found)


def _waits(path: str, views: frozenset[str]) -> bool:
    """Whether a path is that of a view which the site wants, and which only has nothing to show yet."""
    return path in WAYS and path.strip("/") in views


def _asset(path: str, text: str) -> Asset:
    data = text.encode()
    return Asset(path, len(data), data)


def _for_machines(editions: Mapping[str, Edition], data: Data | None) -> Iterator[Sketch]:
    """The feeds of every language, and the files that tell machines their way."""
    first = next(iter(editions.values()))
    for edition in editions.values():
        for path, feed in feeds(edition):
            yield _plain(edition, path, "feed.xml", feed)
    yield _plain(first, "/robots.txt", "robots.txt", robots_view(first))
    yield _plain(first, "/llms.txt", "llms.txt", llms_view(first, data))


def _plain(edition: Edition, path: str, template: str, view: View) -> Sketch:
    """A file that is no page for readers."""
    return Sketch(_file(edition, path), template, edition.language.id, Span(""), "", partial(_alone, edition, view))


def _alone(edition: Edition, view: View) -> tuple[Setting, View]:
    return Setting(edition, "/"), view


def _pages(edition: Edition, data: Data | None, gallery: Gallery) -> Iterator[Sketch]:
    """Every page of one language but the sitemap."""
    atlas = edition.atlas
    yield _sketch(edition, "/", partial(home_view, edition, atlas.addresses.get("/")), "home.html")
    made: tuple[tuple[Setting, View, str], ...] = (
        *compare_pages(edition),
        *explore_pages(edition),
        *data_pages(edition, data),
        *change_pages(edition),
        *search_pages(edition),
    )
    for setting, view, template in made:
        record = atlas.addresses.get(setting.path)
        yield _planned(setting, view, template, record.span if record else None)
    paths = {"/", *(setting.path for setting, _, _ in made)}  # the records of these pages are the words on top of them
    for record in atlas.records.values():
        if record.address not in paths:
            page = partial(_record_page, edition, record.id)
            yield _sketch(edition, record.address, page, f"{record.family}.html", record.span, noted=True)
    for family in FAMILIES:
        if family.id != "page":
            for path, index in index_pages(edition, family):
                yield _sketch(edition, path, index, "index.html")
    for path, sources in sources_pages(edition):
        yield _sketch(edition, path, sources, "sources.html", noted=True)
    for work in atlas.cited:
        source = partial(source_view, edition, work)
        yield _sketch(edition, source_path(work.key), source, "source.html", work.span, noted=True)
    if "print" in atlas.site.views:
        for setting, bound in print_pages(edition):
            yield _planned(setting, bound, "print.html")
    yield from _pictures(edition, gallery)
    setting, missing = missing_view(edition)
    path = _file(edition, "/404.html")
    yield Sketch(path, "missing.html", edition.language.id, Span(""), "", lambda: (setting, missing))


def _pictures(edition: Edition, gallery: Gallery) -> Iterator[Sketch]:
    """The pages that are pictures, as far as the site wants them and there is something to show."""
    views = edition.atlas.site.views
    if "network" in views and (network := network_view(edition, gallery)):
        yield _planned(*network, "network.html")
    if "map" in views and (found := map_view(edition, gallery)):
        yield _planned(*found, "map.html")
    if "timeline" in views:
        for setting, timeline in timeline_views(edition, gallery):
            yield _planned(setting, timeline, "timeline.html")


def _planned(setting: Setting, view: View, template: str, span: Span | None = None) -> Sketch:
    """A page whose view is drawn already."""
    return _sketch(setting.edition, setting.path, lambda: (setting, view), template, span)


def _sketch(
    edition: Edition,
    path: str,
    draw: Callable[[], tuple[Setting, View]],
    template: str,
    span: Span | None = None,
    *,
    noted: bool = False,
) -> Sketch:
    """A page that has much to draw, or is one of many."""
    return Sketch(
        _file(edition, path + "index.html"), template, edition.language.id, span or Span(""), path, draw, noted
    )


def _file(edition: Edition, path: str) -> str:
    return (f"{edition.language.path}{path}" if edition.language.path else path).lstrip("/")


def _record_page(edition: Edition, id: str) -> tuple[Setting, RecordView]:
    record = edition.atlas.records[id]
    setting = Setting(edition, record.address)
    return setting, record_view(setting, record, _crumbs(setting, record))


def _crumbs(setting: Setting, record: Record) -> tuple[Anchor, ...]:
    """The way to a record: its family's index; for a page, the pages whose paths begin its own."""
    family = BY_FAMILY[record.family]
    if family.id != "page":
        return (Anchor(Phrase(escaped(setting.edition.words.say(family.folder))), setting.url(f"/{family.folder}/")),)
    parts = record.address.strip("/").split("/")[:-1]
    paths = [f"/{'/'.join(parts[: number + 1])}/" for number in range(len(parts))]
    above = [page for path in paths if (page := setting.atlas.addresses.get(path))]
    return tuple(Anchor(setting.edition.title(page), setting.url(page.address)) for page in above)

"""The atlas → the pages to publish: each with its path, its template and its view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from atlas.bibliography.citations import Citer, Style
from atlas.bibliography.works import Work
from atlas.content.checking import anchors
from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.content.schema import BY_FAMILY, FAMILIES
from atlas.pages.citing_pages import exported
from atlas.pages.compare_pages import compare_pages
from atlas.pages.editions import Edition
from atlas.pages.explore_pages import explore_pages
from atlas.pages.heads import frame
from atlas.pages.index_pages import index_pages
from atlas.pages.map_pages import LAND, map_view
from atlas.pages.network_pages import network_view
from atlas.pages.print_pages import print_pages
from atlas.pages.record_pages import record_view
from atlas.pages.setting import Setting
from atlas.pages.site_pages import home_view, missing_view, sitemap_view
from atlas.pages.source_pages import SOURCES, source_path, source_view, sources_views
from atlas.pages.timeline_pages import timeline_views
from atlas.pages.views import Anchor, Frame, Phrase, View
from atlas.pictures.equal_earth import land_svg
from atlas.pictures.gallery import Gallery
from atlas.problems import Problem, Span, nearest
from atlas.sources import Asset
from atlas.tongues.words import ENGINE, Words

ENGINE_WORDS = dict.fromkeys(
    (
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
            "timeline",
            "whole-network",
        ),
    ),
    Span(ENGINE),
)
"""The words of the interface that the engine itself says; a test holds this list to the source."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file to render. path: in the output folder; language: whose frame it has; span: what it is made from."""

    path: str
    template: str
    view: View
    language: str
    span: Span


PAGE_TEMPLATES = (
    *(f"{family.id}.html" for family in FAMILIES),
    *("compare.html", "dimension.html", "pair.html", "fields.html", "scale.html", "explore.html"),
    *("home.html", "index.html", "sources.html", "source.html", "print.html", "missing.html", "sitemap.xml"),
    *("network.html", "map.html", "timeline.html"),
)
"""The templates that pages are rendered with."""

Planned = tuple[Setting, Page]
"""A page, and the setting in which it was planned."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the output folder will hold: pages to render, frames by language, files to copy."""

    pages: tuple[Page, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]


def plan(
    atlas: Atlas,
    words: Mapping[str, Words],
    styles: Mapping[str, Style],
    guides: Mapping[str, Style],
    static: tuple[Asset, ...],
    land: str = "",
) -> tuple[Plan, tuple[Problem, ...]]:
    """Plan every page in every language.

    words and styles: by language; guides: the styles to cite pages in; land: the outline that maps show.
    """
    problems: list[Problem] = []
    pages: list[Page] = []
    frames: dict[str, Frame] = {}
    known: dict[str, frozenset[str]] = {}
    exports: list[Asset] = []
    works = {work.key: work for work in atlas.cited_works()}
    gallery = Gallery(atlas)
    for language in atlas.site.languages.values():
        citer = Citer(works, styles[language.id], language.tag)
        edition = Edition(atlas, language, words[language.id], citer, guides, gallery)
        planned = list(_pages(edition))
        labels = {setting.path: page.view.head.title for setting, page in planned if page.template != "missing.html"}  # type: ignore[union-attr]
        known[language.id] = frozenset(labels)
        frames[language.id] = frame(edition, labels)
        pages += [page for _, page in planned]
        if "files" in atlas.site.views:
            exports = exports or _exports(planned, works)
        problems += _dead_paths(planned, known[language.id] | atlas.broken_paths)
    first = atlas.site.default_language.id
    problems += [
        Problem(link.span, "unknown-page", f'there is no page "{link.target}"', nearest(link.target, known[first]))
        for link in atlas.site.navigation
        if link.target not in known[first]
    ]
    pages.append(Page("sitemap.xml", "sitemap.xml", sitemap_view(page.view for page in pages), first, Span("")))
    problems += _same_urls(pages, atlas.files)
    copies = [Asset(f"static/{asset.path}", asset.size, asset.data) for asset in static]
    copies += [Asset(f"files/{file.path}", file.size, file.data) for file in atlas.files.values()]
    if "map" in atlas.site.views and gallery.spots:
        copies.append(_asset(LAND, land_svg(land)))
    return Plan(tuple(pages), frames, (*copies, *exports)), tuple(problems)


def _asset(path: str, text: str) -> Asset:
    data = text.encode()
    return Asset(path, len(data), data)


_NO_FILES = ("source.html", "sources.html")  # they have files of their own


def _exports(planned: list[Planned], works: Mapping[str, Work]) -> list[Asset]:
    """The works as files, beside the pages of the first language: all of them, each alone, those of each page."""
    files = list(exported(f"{SOURCES}bibliography", works.values()))
    for key, work in works.items():
        files += exported(f"{source_path(key)}work", [work])
    for setting, page in planned:
        if setting.cited and page.template not in _NO_FILES and "downloads" in page.view.__struct_fields__:
            files += exported(f"{setting.path}references", [works[key] for key in sorted(setting.cited)])
    return files


def _pages(edition: Edition) -> Iterator[Planned]:
    """Every page of one language but the sitemap."""
    atlas = edition.atlas
    yield _planned(*home_view(edition, atlas.addresses.get("/")), "home.html")
    made = (*compare_pages(edition), *explore_pages(edition))
    for setting, view, template in made:
        record = atlas.addresses.get(setting.path)
        yield _planned(setting, view, template, record.span if record else None)
    paths = {"/", *(setting.path for setting, _, _ in made)}  # the records of these pages are the words on top of them
    for record in atlas.records.values():
        if record.address not in paths:
            yield _record_page(edition, record)
    for family in FAMILIES:
        if family.id != "page":
            for setting, view in index_pages(edition, family):
                yield _planned(setting, view, "index.html")
    for setting, sources in sources_views(edition):
        yield _planned(setting, sources, "sources.html")
    for work in atlas.cited_works():
        yield _planned(*source_view(edition, work), "source.html", work.span)
    if "print" in atlas.site.views:
        for setting, bound in print_pages(edition):
            yield _planned(setting, bound, "print.html")
    yield from _pictures(edition, atlas.site.views)
    setting, missing = missing_view(edition)
    yield setting, Page(_file(edition, "/404.html"), "missing.html", missing, edition.language.id, Span(""))


def _pictures(edition: Edition, views: frozenset[str]) -> Iterator[Planned]:
    """The pages that are pictures, as far as the site wants them and there is something to show."""
    gallery = edition.gallery
    assert gallery
    if "network" in views and (network := network_view(edition, gallery)):
        yield _planned(*network, "network.html")
    if "map" in views and (found := map_view(edition, gallery)):
        yield _planned(*found, "map.html")
    if "timeline" in views:
        for setting, timeline in timeline_views(edition, gallery):
            yield _planned(setting, timeline, "timeline.html")


def _planned(setting: Setting, view: View, template: str, span: Span | None = None) -> Planned:
    path = _file(setting.edition, setting.path + "index.html")
    return setting, Page(path, template, view, setting.language.id, span or Span(""))


def _file(edition: Edition, path: str) -> str:
    return (f"{edition.language.path}{path}" if edition.language.path else path).lstrip("/")


def _record_page(edition: Edition, record: Record) -> Planned:
    setting = Setting(edition, record.address)
    view = record_view(setting, record, _crumbs(setting, record))
    return _planned(setting, view, f"{record.family}.html", record.span)


def _crumbs(setting: Setting, record: Record) -> tuple[Anchor, ...]:
    """The way to a record: its family's index; for a page, the pages whose paths begin its own."""
    family = BY_FAMILY[record.family]
    if family.id != "page":
        return (Anchor(Phrase(escape(setting.edition.words.say(family.folder))), setting.url(f"/{family.folder}/")),)
    parts = record.address.strip("/").split("/")[:-1]
    paths = [f"/{'/'.join(parts[: number + 1])}/" for number in range(len(parts))]
    above = [page for path in paths if (page := setting.atlas.addresses.get(path))]
    return tuple(Anchor(setting.edition.title(page), setting.url(page.address)) for page in above)


def _dead_paths(planned: list[Planned], known: frozenset[str]) -> Iterator[Problem]:
    """Links by path that lead to no page."""
    for setting, _ in planned:
        for slot in setting.linked_paths:
            if slot.target not in known:
                hint = nearest(slot.target, known)
                yield Problem(slot.span, "unknown-page", f'there is no page "{slot.target}"', hint)
            elif slot.fragment and slot.fragment[0] != "_" and slot.target not in setting.atlas.broken_paths:
                record = setting.atlas.addresses.get(slot.target)
                ids = anchors(record) if record else frozenset()
                if slot.fragment not in ids and (record is None or record.id not in setting.atlas.shaky):
                    message = f'nothing has the id "{slot.fragment}" there'
                    yield Problem(slot.span, "unknown-fragment", message, nearest(slot.fragment, ids))


def _same_urls(pages: list[Page], files: Iterable[str]) -> Iterator[Problem]:
    """Pages and files whose addresses are one on a host that does not tell capitals from small letters."""
    places = [(page.path, page.span) for page in pages]
    places += [(f"files/{path}", Span(f"content/files/{path}", 1, 1)) for path in files]
    seen: dict[str, Span] = {}
    told: set[Span] = set()
    for path, span in places:
        folded = path.casefold()
        first = seen.get(folded)
        seen.setdefault(folded, span)
        if first and not {span, first} <= told:
            told |= {span, first}
            here, there = (span, first) if span.path.startswith("content/") else (first, span)
            other = there if there.path else "a page that the atlas makes itself"
            message = f"two pages would have the address /{path.removesuffix('index.html')}"
            hint = f"change the path or the name of this file; the other is {other}"
            yield Problem(here, "same-url", message, hint)

"""Plans the files that depend on all pages (the sitemap, the exports of works), and checks the links between pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from atlas.content.linking import Atlas
from atlas.core.digests import short_digest
from atlas.core.failures import at_work_on
from atlas.core.problems import Problem, Span
from atlas.pages.head import complete_head
from atlas.pages.link_checks import dead_paths, long_names, same_urls
from atlas.pages.page_citations import Exports
from atlas.pages.plan import Outline, Page, PageMetadata, PageSpec, Plan, PlannedFile, PlannedPage
from atlas.pages.search.metadata import searchable_text
from atlas.pages.site.site_pages import sitemap_row, sitemaps
from atlas.pages.sources.source_pages import SOURCES, source_path

_encode = msgspec.msgpack.Encoder().encode
_NO_FILES = ("source.html", "sources.html")  # they have files of their own


def draw_page(spec: PageSpec) -> tuple[Page, PlannedPage]:
    """Draw a page.

    Returns:
        The page, and its entry for the rest of the plan.
    """
    with at_work_on(spec.span.path or spec.path):
        context, view = spec.draw()
        view = complete_head(context, view, spec.span)
    offers = spec.template not in _NO_FILES and "downloads" in view.__struct_fields__
    cited = tuple(sorted(context.cited)) if offers else ()
    page = Page(spec.path, spec.template, view, spec.language, spec.span)
    text = searchable_text(spec.path, view)
    search = short_digest(_encode(text)) if text else b""
    return page, planned_page(spec, PageMetadata(sitemap_row(view), tuple(context.linked_paths), cited, search))


def planned_page(spec: PageSpec, metadata: PageMetadata) -> PlannedPage:
    """Return the entry of a page from its specification and its metadata."""
    return PlannedPage(spec.path, spec.language, spec.span, spec.address, metadata)


def complete_plan(outline: Outline, pages: Sequence[PlannedPage]) -> tuple[Plan, tuple[Problem, ...]]:
    """Plan the sitemap and the exports of works, and check the links of all pages.

    Args:
        outline: the outline of the plan.
        pages: the entries of all pages.

    Returns:
        A plan in which the sitemap is the only page, in one file or in several, and the problems.
    """
    atlas = outline.atlas
    first = atlas.site.default_language.id
    rows = tuple(own.metadata.row for own in pages if own.metadata.row)
    sitemap = [
        Page(path, template, view, first, Span("")) for path, template, view in sitemaps(rows, atlas.site.base_url)
    ]
    problems = page_problems(outline, pages, *sitemap)
    exports = _exports(outline.locale_sites[0].atlas, [own for own in pages if own.language == first])
    return Plan(tuple(sitemap), outline.frames, (*outline.files, *exports)), problems


def page_problems(outline: Outline, pages: Sequence[PlannedPage], *more: Page) -> tuple[Problem, ...]:
    """Return the problems of the links and addresses of pages.

    Args:
        outline: the outline of the plan.
        pages: the entries of the pages.
        more: other files of the plan, whose addresses no page may have.
    """
    atlas = outline.atlas
    known = {id: known_paths(outline.specs, id) | atlas.broken_paths for id in atlas.site.languages}
    problems = [problem for own in pages for problem in dead_paths(atlas, own.metadata.links, known[own.language])]
    problems += long_names((own.path, own.span) for own in pages)
    problems += same_urls(
        [*((own.path, own.span) for own in pages), *((one.path, one.span) for one in more)], atlas.files
    )
    return tuple(problems)


def problems_of_pages(outline: Outline, sources: Collection[str]) -> tuple[int, tuple[Problem, ...]]:
    """Draw only the pages that are made of some files.

    Args:
        outline: the outline of the plan.
        sources: the paths of the files.

    Returns:
        The number of these pages; and the problems of their links, and of the addresses of all pages.
    """
    empty = PageMetadata(None, (), (), b"")
    wanted = [spec.span.path in sources for spec in outline.specs]
    pages = [
        draw_page(spec)[1] if is_wanted else planned_page(spec, empty)
        for spec, is_wanted in zip(outline.specs, wanted, strict=True)
    ]
    return sum(wanted), page_problems(outline, pages)


def known_paths(specs: Iterable[PageSpec], language: str) -> frozenset[str]:
    """Return the paths that links by path may name in a language."""
    return frozenset(spec.address for spec in specs if spec.language == language and spec.address)


def _exports(atlas: Atlas, pages: Iterable[PlannedPage]) -> list[PlannedFile]:
    """Return the exports of works: of all works, of each work, and of each page of the first language.

    Args:
        atlas: the atlas, tracked.
        pages: the pages.
    """
    if "files" not in atlas.site.views:
        return []
    exports, keys = Exports(atlas.works, tracked=True), tuple(work.key for work in atlas.cited)
    files = list(exports.files(f"{SOURCES}bibliography", keys))
    for key in keys:
        files += exports.files(f"{source_path(key)}work", (key,))
    for own in pages:
        if own.metadata.cited:
            files += exports.files(f"{own.address}references", own.metadata.cited)
    return files

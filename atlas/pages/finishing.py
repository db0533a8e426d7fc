"""What can be planned only when all pages are drawn: the sitemap, the files of works, and dead links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from atlas.content.linking import Atlas
from atlas.failures import at_work_on
from atlas.pages.addressing import dead_paths, long_names, same_urls
from atlas.pages.citing_pages import exported
from atlas.pages.contacts import with_contacts
from atlas.pages.plans import Drawn, Outline, Page, Plan, Sketch, Told
from atlas.pages.search_pages import findable
from atlas.pages.site_pages import sitemap_row
from atlas.pages.source_pages import SOURCES, source_path
from atlas.pages.views.data import SitemapView
from atlas.problems import Problem, Span
from atlas.sources import Asset

_NO_FILES = ("source.html", "sources.html")  # they have files of their own


def draw(sketch: Sketch) -> tuple[Page, Drawn]:
    """The page of a sketch, and what the atlas must know of it."""
    with at_work_on(sketch.span.path or sketch.path):
        setting, view = sketch.draw()
        view = findable(setting, view)
    offers = sketch.template not in _NO_FILES and "downloads" in view.__struct_fields__
    cited = tuple(sorted(setting.cited)) if offers else ()
    page = Page(sketch.path, sketch.template, with_contacts(setting, view, sketch.span), sketch.language, sketch.span)
    return page, drawn(sketch, Told(sitemap_row(view), tuple(setting.linked_paths), cited))


def drawn(sketch: Sketch, told: Told) -> Drawn:
    """The page of a sketch, of which it is known what it tells."""
    return Drawn(sketch.path, sketch.language, sketch.span, sketch.address, told)


def finish(outline: Outline, pages: Sequence[Drawn]) -> tuple[Plan, tuple[Problem, ...]]:
    """What can be planned only when all pages are drawn: the sitemap, the files of works; and what is wrong with links.

    The plan has the sitemap alone for its pages.
    """
    atlas = outline.atlas
    first = atlas.site.default_language.id
    view = SitemapView(tuple(own.told.row for own in pages if own.told.row))
    sitemap = Page("sitemap.xml", "sitemap.xml", view, first, Span(""))
    known = {id: known_paths(outline.sketches, id) | atlas.broken_paths for id in atlas.site.languages}
    problems = [problem for own in pages for problem in dead_paths(atlas, own.told.links, known[own.language])]
    problems += long_names((own.path, own.span) for own in pages)
    problems += same_urls([*((own.path, own.span) for own in pages), (sitemap.path, sitemap.span)], atlas.files)
    exports = _exports(atlas, [own for own in pages if own.language == first])
    return Plan((sitemap,), outline.frames, (*outline.copies, *exports)), tuple(problems)


def known_paths(sketches: Iterable[Sketch], language: str) -> frozenset[str]:
    """The addresses that links by path may name in a language."""
    return frozenset(sketch.address for sketch in sketches if sketch.language == language and sketch.address)


def _exports(atlas: Atlas, pages: Iterable[Drawn]) -> list[Asset]:
    """The works as files, beside the pages of the first language: all of them, each alone, those of each page."""
    if "files" not in atlas.site.views:
        return []
    works = {work.key: work for work in atlas.cited}
    files = list(exported(f"{SOURCES}bibliography", works.values()))
    for key, work in works.items():
        files += exported(f"{source_path(key)}work", [work])
    for own in pages:
        if own.told.cited:
            files += exported(f"{own.address}references", [works[key] for key in own.told.cited])
    return files

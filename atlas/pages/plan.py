"""Defines the parts of a plan: pages, page specifications and page metadata."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from atlas.content.dependencies import Dependencies, DependencyTracker
from atlas.content.linking import Atlas
from atlas.core.problems import Span
from atlas.core.sources import Asset
from atlas.markdown.slots import Slot
from atlas.pages.context import PageContext
from atlas.pages.locale_site import LocaleSite
from atlas.pages.site.views import SitemapRow
from atlas.pages.view_parts import Frame, View


class Page(Struct, frozen=True):
    """One file to render.

    Attributes:
        path: its path in the output folder.
        language: the language of its frame.
        span: its source.
    """

    path: str
    template: str
    view: View
    language: str
    span: Span


class PageSpec(Struct, frozen=True):
    """A page whose view is drawn on demand, in any worker process.

    Attributes:
        path: its path in the output folder.
        template: its template; "" until it is planned, if its kind has only one.
        language: the language of its frame.
        span: its source.
        address: its path in its language for links by path; "" for a file without such a path.
        draw: returns its context and its view.
        tracked: whether drawing reads nothing but a tracked atlas, so that its dependencies are known.
    """

    path: str
    template: str
    language: str
    span: Span
    address: str
    draw: Callable[[], tuple[PageContext, View]]
    tracked: bool = False


def page_spec(
    locale_site: LocaleSite,
    path: str,
    draw: Callable[[], tuple[PageContext, View]],
    span: Span | None = None,
    *,
    template: str = "",
    tracked: bool = False,
) -> PageSpec:
    """Return the specification of a page for readers.

    Args:
        locale_site: its language.
        path: its path in the language, which ends in /.
        draw: returns its context and its view.
        span: its source.
        template: its template, if its kind has several.
        tracked: whether drawing reads nothing but the atlas of `locale_site`.
    """
    file = _file(locale_site, f"{path}index.html")
    return PageSpec(file, template, locale_site.language.id, span or Span(""), path, draw, tracked)


def drawn_page(context: PageContext, view: View) -> PageSpec:
    """Return the specification of a page whose view is drawn already; its source is the record at its path, if any."""
    record = context.atlas.addresses.get(context.path)
    return page_spec(context.locale_site, context.path, lambda: (context, view), record.span if record else None)


def file_spec(locale_site: LocaleSite, path: str, view: View, context: PageContext | None = None) -> PageSpec:
    """Return the specification of a file that no link by path can name."""
    drawn = context or PageContext(locale_site, "/")
    file = _file(locale_site, path)
    return PageSpec(file, "", locale_site.language.id, Span(""), "", lambda: (drawn, view))


def _file(locale_site: LocaleSite, path: str) -> str:
    return (f"{locale_site.language.path}{path}" if locale_site.language.path else path).lstrip("/")


class PageMetadata(Struct, frozen=True, array_like=True):
    """The data of a page that the rest of the plan needs.

    Attributes:
        row: its row in the sitemap.
        links: its links by path.
        cited: the works that it cites and offers as files.
    """

    row: SitemapRow | None
    links: tuple[Slot, ...]
    cited: tuple[str, ...]


class CachedPage(Struct, frozen=True, array_like=True):
    """A page that need not be drawn as long as its dependencies are unchanged."""

    dependencies: Dependencies
    metadata: PageMetadata


class PlannedPage(Struct, frozen=True):
    """A page of the plan without its view, whether it was drawn or taken from the cache."""

    path: str
    language: str
    span: Span
    address: str
    metadata: PageMetadata


class Plan(Struct, frozen=True):
    """Everything that the output folder will hold.

    Attributes:
        pages: the pages to render.
        frames: the frame of each language.
        copies: the files to copy.
    """

    pages: tuple[Page, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]


class Outline(Struct, frozen=True):
    """A plan whose views are not drawn yet.

    Attributes:
        locale_sites: the languages, for drawing.
        tracker: records the parts of the atlas that a page uses.
    """

    atlas: Atlas
    specs: tuple[PageSpec, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]
    locale_sites: tuple[LocaleSite, ...]
    tracker: DependencyTracker

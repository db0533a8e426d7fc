"""The parts of a plan: pages, page specifications and page metadata."""

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
    """One file to render. path: in the output folder; language: whose frame it has; span: what it is made from."""

    path: str
    template: str
    view: View
    language: str
    span: Span


class PageSpec(Struct, frozen=True):
    """A page that is known by its place: its view is drawn when it is wanted, in whichever process wants it.

    address: its path in its language, as links by path name it; "" where none can. tracked: whether the atlas alone is
    looked at when it is drawn, by an edition that takes notes; not so where others drew for it before. template: ""
    until it is planned, where its kind has only one.
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
    """A page for readers whose view is drawn when it is wanted.

    Args:
        locale_site: the language that it belongs to.
        path: its address in the language, which ends in /.
        draw: draws it.
        span: what it is made from.
        template: its template, where its kind has several.
        tracked: whether it looks at nothing but the atlas of `locale_site` while it is drawn.
    """
    file = _file(locale_site, f"{path}index.html")
    return PageSpec(file, template, locale_site.language.id, span or Span(""), path, draw, tracked)


def drawn_page(context: PageContext, view: View) -> PageSpec:
    """A page whose view is drawn already, made from the record whose words stand on top of it, if there is one."""
    record = context.atlas.addresses.get(context.path)
    return page_spec(context.locale_site, context.path, lambda: (context, view), record.span if record else None)


def file_spec(locale_site: LocaleSite, path: str, view: View, context: PageContext | None = None) -> PageSpec:
    """A file that no link by path can name."""
    drawn = context or PageContext(locale_site, "/")
    file = _file(locale_site, path)
    return PageSpec(file, "", locale_site.language.id, Span(""), "", lambda: (drawn, view))


def _file(locale_site: LocaleSite, path: str) -> str:
    return (f"{locale_site.language.path}{path}" if locale_site.language.path else path).lstrip("/")


class PageMetadata(Struct, frozen=True, array_like=True):
    """What the atlas as a whole must know of a page, which only its view tells.

    row: its row in the sitemap; links: the links by path that stand on it; cited: the works that it cites, where they
    are handed out beside it.
    """

    row: SitemapRow | None
    links: tuple[Slot, ...]
    cited: tuple[str, ...]


class CachedPage(Struct, frozen=True, array_like=True):
    """What is known of a page without drawing it, as long as its grounds stand."""

    dependencies: Dependencies
    metadata: PageMetadata


class PlannedPage(Struct, frozen=True):
    """A page that is drawn, or known as if it were: its place, and what it tells."""

    path: str
    language: str
    span: Span
    address: str
    metadata: PageMetadata


class Plan(Struct, frozen=True):
    """Everything that the output folder will hold: pages to render, frames by language, files to copy."""

    pages: tuple[Page, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]


class Outline(Struct, frozen=True):
    """A plan whose views are not yet drawn. locale_sites: who draws them; tracker: of what is looked at when they
    do.
    """

    atlas: Atlas
    specs: tuple[PageSpec, ...]
    frames: Mapping[str, Frame]
    copies: tuple[Asset, ...]
    locale_sites: tuple[LocaleSite, ...]
    tracker: DependencyTracker

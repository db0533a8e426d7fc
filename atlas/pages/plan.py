"""Defines the parts of a plan: pages, page specifications and page metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec
from msgspec import Struct

from atlas.content.dependencies import Dependencies, Dependency, DependencyTracker
from atlas.content.files import File
from atlas.content.linking import Atlas
from atlas.core.digests import short_digest
from atlas.core.failures import at_work_on
from atlas.core.problems import Span
from atlas.core.sources import Asset
from atlas.graphics.drawing_data import DrawingData
from atlas.markdown.slots import Slot
from atlas.pages.context import PageContext
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite, plain_text
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
        title: the title that its view will have; "" if only drawing shows it.
        tracked: whether drawing reads nothing but a tracked atlas, so that its dependencies are known.
        given: what it is drawn from besides, in a form that msgpack can encode.
        settings: the settings that were read to plan it, with which it may be drawn.
    """

    path: str
    template: str
    language: str
    span: Span
    address: str
    draw: Callable[[], tuple[PageContext, View]]
    title: str = ""
    tracked: bool = False
    given: object = None
    settings: frozenset[Dependency] = frozenset()


class PlannedFile(Struct, frozen=True):
    """A file without a template, whose content is made on demand.

    Attributes:
        path: its path in the output folder.
        make: returns its content.
        tracked: whether that reads nothing but a tracked atlas and interface words, so that its dependencies are known.
        given: what it is made from besides, in a form that msgpack can encode.
    """

    path: str
    make: Callable[[], bytes]
    tracked: bool = False
    given: object = None

    def content(self) -> bytes:
        """Return its content; a failure of the engine names the file."""
        with at_work_on(self.path):
            return self.make()


def copied_file(prefix: str, file: Asset | File) -> PlannedFile:
    """Return a file that is published unchanged, with a prefix to its path."""
    return PlannedFile(prefix + file.path, lambda: file.data)


def page_spec(
    locale_site: LocaleSite,
    path: str,
    draw: Callable[[], tuple[PageContext, View]],
    span: Span | None = None,
    *,
    title: str = "",
    template: str = "",
    tracked: bool = False,
    given: object = None,
) -> PageSpec:
    """Return the specification of a page for readers.

    Args:
        locale_site: its language.
        path: its path in the language, which ends in /.
        draw: returns its context and its view.
        span: its source.
        title: the title that its view will have, if it is known.
        template: its template, if its kind has several.
        tracked: whether drawing reads nothing but the atlas of `locale_site`.
        given: what else it is drawn from; None for nothing.
    """
    file = _file(locale_site, f"{path}index.html")
    return PageSpec(file, template, locale_site.language.id, span or Span(""), path, draw, title, tracked, given)


def generated_page(
    locale_site: LocaleSite, path: str, title: str, draw: Callable[[PageContext], View], *, tracked: bool = True
) -> PageSpec:
    """Return the specification of a page that a record at its path may introduce; that record is then its source.

    Args:
        locale_site: its language.
        path: its path in the language, which ends in /.
        title: the title without such a record; "" if only drawing shows it.
        draw: returns its view.
        tracked: whether drawing reads nothing but the atlas of `locale_site`.
    """
    record = locale_site.atlas.addresses.get(path)
    if record:
        title = plain_text(locale_site.title(record))

    def drawn() -> tuple[PageContext, View]:
        context = PageContext(locale_site, path)
        return context, draw(context)

    return page_spec(locale_site, path, drawn, record.span if record else None, title=title, tracked=tracked)


def list_pages(
    locale_site: LocaleSite,
    part: Part,
    title: str,
    draw: Callable[[PageContext], View],
    *,
    span: Span | None = None,
    given: Callable[[Part], object] | None = None,
) -> Iterator[PageSpec]:
    """Yield the page of a list; where the list is too long for it, further pages too.

    Args:
        locale_site: their language.
        part: the first page, with the number of entries.
        title: the title without a record that introduces the page.
        draw: returns the view of a page, whose context says which entries it shows.
        span: their source; that of the record that introduces the page if None.
        given: returns what a page is drawn from besides the atlas of `locale_site` and its place in the list.
    """
    record = locale_site.atlas.addresses.get(part.path)
    if record:
        title = plain_text(locale_site.title(record))
    for own in part.all():
        first, path = own.number == 0, own.path_of(own.number)
        more = given(own) if given else None
        yield page_spec(
            locale_site,
            path,
            partial(_drawn, locale_site, path, own, draw),
            span or (record.span if record and first else None),
            title=title if first else "",
            tracked=True,
            given=(own, more) if own.pages > 1 else more,
        )


def _drawn(
    locale_site: LocaleSite, path: str, part: Part, draw: Callable[[PageContext], View]
) -> tuple[PageContext, View]:
    context = PageContext(locale_site, path, part=part)
    return context, draw(context)


def file_spec(
    locale_site: LocaleSite,
    path: str,
    draw: Callable[[PageContext], View],
    *,
    absolute: bool = False,
    given: object = None,
) -> PageSpec:
    """Return the specification of a file that no link by path can name.

    Args:
        locale_site: its language.
        path: its path in the language.
        draw: returns its view, from nothing but the atlas of `locale_site`.
        absolute: whether its links are paths of the host.
        given: what else it is drawn from; None for nothing.
    """

    def drawn() -> tuple[PageContext, View]:
        context = PageContext(locale_site, "/", absolute=absolute)
        return context, draw(context)

    language = locale_site.language.id
    return PageSpec(_file(locale_site, path), "", language, Span(""), "", drawn, tracked=True, given=given)


def _file(locale_site: LocaleSite, path: str) -> str:
    return (f"{locale_site.language.path}{path}" if locale_site.language.path else path).lstrip("/")


class PageMetadata(Struct, frozen=True, array_like=True):
    """The data of a page that the rest of the plan needs.

    Attributes:
        row: its row in the sitemap.
        links: its links by path.
        cited: the works that it cites and offers as files.
        search: the digest of what the search finds it by; b"" if it does not find it.
    """

    row: SitemapRow | None
    links: tuple[Slot, ...]
    cited: tuple[str, ...]
    search: bytes = b""


def digest_of_given(spec: PageSpec | PlannedFile) -> bytes:
    """Return the digest of what a page or file is made from besides the atlas."""
    return short_digest(msgspec.msgpack.encode(spec.given))


class CachedPage(Struct, frozen=True, array_like=True):
    """A page that need not be drawn as long as its dependencies, and what it was given, are unchanged.

    Attributes:
        parts: the digest of its kept parts; "" if it has none.
    """

    dependencies: Dependencies
    given: bytes
    metadata: PageMetadata
    parts: str = ""


class CachedFile(Struct, frozen=True, array_like=True):
    """A file that need not be made as long as its dependencies, and what it was given, are unchanged."""

    dependencies: Dependencies
    given: bytes


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
        files: the files without a template.
    """

    pages: tuple[Page, ...]
    frames: Mapping[str, Frame]
    files: tuple[PlannedFile, ...]


class Outline(Struct, frozen=True):
    """A plan whose views are not drawn yet.

    Attributes:
        files: the files without a template that need no drawn page.
        locale_sites: the languages, for drawing.
        tracker: records the parts of the atlas that a page uses.
        drawings: the data of the drawings, on which pages depend.
    """

    atlas: Atlas
    specs: tuple[PageSpec, ...]
    frames: Mapping[str, Frame]
    files: tuple[PlannedFile, ...]
    locale_sites: tuple[LocaleSite, ...]
    tracker: DependencyTracker
    drawings: DrawingData

"""Makes the home page, 404.html and the sitemap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from atlas.core.html import Html, escaped
from atlas.pages.book_downloads import books_of_home
from atlas.pages.context import PageContext
from atlas.pages.data.data_files import DATA, PACKAGE
from atlas.pages.head import absolute, head
from atlas.pages.locale_site import NOTHING, LocaleSite
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.pictures.links import picture_links
from atlas.pages.plan import PageSpec, file_spec, page_spec
from atlas.pages.signposts import signposts
from atlas.pages.site.bridges import bridges
from atlas.pages.site.views import (
    FamilyCount,
    HomeItem,
    HomeSection,
    HomeView,
    MissingView,
    SideCount,
    SitemapIndexView,
    SitemapRow,
    SitemapView,
)
from atlas.pages.view_parts import Notice, PageView, Phrase, Signpost, View
from atlas.schema.families import COMPARED, INDEXED

SITEMAP_ROWS: Final = 50_000
"""How many pages a sitemap may list (sitemaps.org)."""
_SECTION: Final = re.compile(r"(?=<h2\b)")
_ITEM: Final = re.compile(r"(?=<h3\b)")
_HEADING: Final = re.compile(r"<h2\b.*?</h2>", re.DOTALL)


def home_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the home page."""
    title = locale_site.label(inputs.atlas.site.title)
    yield page_spec(locale_site, "/", partial(home_view, locale_site), title=title, tracked=True)


def home_view(locale_site: LocaleSite) -> tuple[PageContext, HomeView]:
    """Return the home page: the text of the page `home`, if there is one, a picture, and the numbers of the atlas."""
    context = PageContext(locale_site, "/")
    atlas = locale_site.atlas
    record = atlas.addresses.get("/")
    title, updated = atlas.site.title[locale_site.language.id], str(record.last_updated) if record else ""
    summary = context.phrase(record.summary) if record and record.summary else NOTHING
    sections = _sections(context.phrase(record.body)) if record else ()
    drawn = bridges(context)
    latest = locale_site.edition()
    view = HomeView(
        head=head(
            context,
            title,
            updated=updated,
            tags=list_tags(
                context, title, "WebSite", str(atlas.site.as_of), {"version": latest.version if latest else ""}
            ),
            signposts=_signposts(context),
        ),
        lede=summary if summary.html else Phrase(escaped(context.label(atlas.site.description))),
        notice=context.notice(record) if record else Notice(),
        bridges=(drawn,) if drawn else (),
        files=picture_links(context, drawn.title if drawn else title),
        sections=sections,
        tallies=_tallies(context),
        sides=_sides(context),
        references=context.references(),
        downloads=page_downloads(context),
        books=books_of_home(context),
    )
    return context, view


def _signposts(context: PageContext) -> tuple[Signpost, ...]:
    """Return the typed links of the whole atlas."""
    site = context.atlas.site
    package = ((context.file_url(f"/{DATA}{PACKAGE}"), "application/json"),) if "data" in site.views else ()
    authors = (context.label(site.author),)
    url = absolute(context.atlas, context.language, "/")
    return tuple(signposts(site, url, ("AboutPage", "WebSite"), authors=authors, described=package))


def _sections(body: Phrase) -> tuple[HomeSection, ...]:
    """Divide a text at its headings."""
    sections = []
    for part in _SECTION.split(body.html):
        intro, *items = _ITEM.split(part)
        found = _HEADING.match(intro)
        heading = found[0] if found else ""
        rest = intro.removeprefix(heading)
        if part.strip():
            made = tuple(HomeItem(Html(item.strip())) for item in items)
            sections.append(HomeSection(Html(heading), Html(rest.strip()), made, body.lang))
    return tuple(sections)


def _tallies(context: PageContext) -> tuple[FamilyCount, ...]:
    """Return the number of records of each family, then of the works."""
    atlas = context.atlas
    rows = [
        FamilyCount(family.id, len(atlas.family(family.id)), context.url(f"/{family.folder}/")) for family in INDEXED
    ]
    works = FamilyCount("work", len(atlas.cited), context.url("/sources/"))
    return tuple(row for row in (*rows, works) if row.count)


def _sides(context: PageContext) -> tuple[SideCount, ...]:
    """Return the number of actors of each side only, and of those of several sides."""
    atlas = context.atlas
    found = Counter(actor.sides[0] if len(actor.sides) == 1 else "joint" for actor in atlas.compared())
    labels = {side.id: context.label(side.label) for side in atlas.site.sides.values()}
    labels["joint"] = context.locale_site.words.t("joint")
    lists = f"/{COMPARED.folder}/by-side/"
    return tuple(
        SideCount(id, label, found[id], context.url(f"{lists}{id}/")) for id, label in labels.items() if found[id]
    )


def missing_files(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield 404.html of a language. Hosts serve it at any depth, so its links are paths of the host."""
    yield file_spec(locale_site, "/404.html", _missing_view, absolute=True)


def _missing_view(context: PageContext) -> MissingView:
    return MissingView(head(context, context.locale_site.words.t("missing-page")))


def sitemap_row(view: View) -> SitemapRow | None:
    """Return the row of a page in sitemap.xml with its other languages.

    None if it has no address of its own, or only shows the text of another language.
    """
    if not isinstance(view, PageView):
        return None
    current = next(alternate for alternate in view.head.alternates if alternate.current)
    if not current.translated:
        return None
    return SitemapRow(current.absolute, view.head.updated, view.head.alternates, view.head.x_default)


def sitemaps(rows: Sequence[SitemapRow], base_url: str, many: int = SITEMAP_ROWS) -> Iterator[tuple[str, str, View]]:
    """Yield the path, template and view of sitemap.xml, and of the files that it names if it is too long.

    Args:
        rows: the pages.
        base_url: where the site is published.
        many: how many pages a file may list.
    """
    if len(rows) <= many:
        yield "sitemap.xml", "sitemap.xml", SitemapView(tuple(rows))
        return
    parts = [tuple(rows[at : at + many]) for at in range(0, len(rows), many)]
    names = [f"sitemap-{number}.xml" for number, _ in enumerate(parts, 1)]
    yield "sitemap.xml", "sitemap-index.xml", SitemapIndexView(tuple(f"{base_url}{name}" for name in names))
    for name, part in zip(names, parts, strict=True):
        yield name, "sitemap.xml", SitemapView(part)

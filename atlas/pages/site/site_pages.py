"""Makes the home page, 404.html and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from atlas.content.model import Record
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.locale_site import NOTHING, LocaleSite
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, file_spec, page_spec
from atlas.pages.site.views import FamilyCount, HomeList, HomeView, MissingView, SideCount, SitemapRow
from atlas.pages.view_parts import Card, Notice, PageView, View
from atlas.schema.families import ASKED, INDEXED


def home_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the home page."""
    title, draw = (
        locale_site.label(inputs.atlas.site.title),
        partial(home_view, locale_site, inputs.atlas.addresses.get("/")),
    )
    yield page_spec(locale_site, "/", draw, title=title)


def home_view(locale_site: LocaleSite, record: Record | None) -> tuple[PageContext, HomeView]:
    """Return the home page: the text of the page `home`, if there is one, and an overview of the atlas."""
    context = PageContext(locale_site, "/")
    atlas = locale_site.atlas
    body = context.phrase(record.body) if record else NOTHING
    tallies = tuple(
        FamilyCount(family.id, len(atlas.family(family.id)), context.url(f"/{family.folder}/"))
        for family in INDEXED
        if atlas.family(family.id)
    )
    title, updated = atlas.site.title[locale_site.language.id], str(record.last_updated) if record else ""
    view = HomeView(
        head=head(context, title, updated=updated, tags=list_tags(context, title, "WebSite")),
        body=body,
        notice=context.notice(record) if record else Notice(),
        tallies=(*tallies, FamilyCount("work", len(atlas.cited), context.url("/sources/"))),
        sides=_sides(context),
        fronts=_fronts(context),
        references=context.references(),
        downloads=page_downloads(context),
    )
    return context, view


def _fronts(context: PageContext) -> tuple[HomeList, ...]:
    """Return the families on the home page: those with summaries, then those with names only."""
    lists = []
    for manner in ("summaries", "names"):
        for family in INDEXED:
            records = context.atlas.family(family.id)
            if family.on_home == manner and records:
                ids = [record.id for record in records]
                cards = tuple(context.card(id, summary=True) for id in ids)
                shown = _own_first(cards if manner == "summaries" else context.cards(ids))
                lists.append(HomeList(family.folder, context.locale_site.words.t(family.folder), shown))
    return tuple(lists)


def _own_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Sort records in the language of the page before those in another."""
    return tuple(sorted(cards, key=lambda card: bool(card.language)))


def _sides(context: PageContext) -> tuple[SideCount, ...]:
    atlas = context.atlas
    actors = atlas.asked()
    lists = f"/{ASKED.folder}/by-side/"
    rows = [
        SideCount(
            side.id,
            context.label(side.label),
            sum(side.id in actor.sides for actor in actors),
            context.url(f"{lists}{side.id}/"),
        )
        for side in atlas.site.sides.values()
    ]
    joint = sum(len(actor.sides) > 1 for actor in actors)
    if joint:
        rows.append(SideCount("joint", context.locale_site.words.t("joint"), joint, context.url(f"{lists}joint/")))
    return tuple(row for row in rows if row.count)


def missing_files(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield 404.html of a language. Hosts serve it at any depth, so its links are paths of the host."""
    yield file_spec(locale_site, "/404.html", _missing_view, absolute=True)


def _missing_view(context: PageContext) -> MissingView:
    return MissingView(head(context, context.locale_site.words.t("missing-page")))


def sitemap_row(view: View) -> SitemapRow | None:
    """Return the row of a page in sitemap.xml with its other languages; None if it has no address of its own."""
    if not isinstance(view, PageView):
        return None
    current = next(alternate for alternate in view.head.alternates if alternate.current)
    return SitemapRow(current.absolute, view.head.updated, view.head.alternates, view.head.x_default)

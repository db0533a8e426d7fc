"""The pages that stand for no record: the home page, 404.html and the sitemap."""

from __future__ import annotations

from atlas.content.model import Record
from atlas.content.schema import FAMILIES
from atlas.pages.citing_pages import described, page_downloads
from atlas.pages.editions import NOTHING, Edition
from atlas.pages.heads import head
from atlas.pages.setting import Setting
from atlas.pages.views import View
from atlas.pages.views.data import FeedView, LlmsView, RobotsView, SitemapRow, SitemapView
from atlas.pages.views.lists import HomeView, MissingView, RedirectView, SideTally, Tally
from atlas.pages.views.parts import Notice


def home_view(edition: Edition, record: Record | None) -> tuple[Setting, HomeView]:
    """The home page: the words of the page `home`, if there is one, and what the atlas holds."""
    setting = Setting(edition, "/")
    atlas = edition.atlas
    body = setting.phrase(record.body) if record else NOTHING
    tallies = tuple(
        Tally(family.id, len(atlas.family(family.id)), setting.url(f"/{family.folder}/"))
        for family in FAMILIES
        if family.id != "page" and atlas.family(family.id)
    )
    top = head(setting, atlas.site.title[edition.language.id], updated=str(record.last_updated) if record else "")
    view = HomeView(
        head=described(setting, top, "WebSite"),
        body=body,
        notice=setting.notice(record) if record else Notice(),
        tallies=(*tallies, Tally("work", len(atlas.cited), setting.url("/sources/"))),
        sides=_sides(setting),
        cases=tuple(setting.card(record.id, summary=True) for record in atlas.family("case")),
        actors=setting.cards(record.id for record in atlas.family("actor")),
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view


def _sides(setting: Setting) -> tuple[SideTally, ...]:
    atlas = setting.atlas
    actors = atlas.family("actor")
    rows = [
        SideTally(
            side.id,
            setting.label(side.label),
            sum(side.id in actor.sides for actor in actors),
            setting.url(f"/actors/by-side/{side.id}/"),
        )
        for side in atlas.site.sides.values()
    ]
    joint = sum(len(actor.sides) > 1 for actor in actors)
    if joint:
        rows.append(
            SideTally("joint", setting.edition.words.say("joint"), joint, setting.url("/actors/by-side/joint/"))
        )
    return tuple(row for row in rows if row.count)


def missing_view(edition: Edition) -> tuple[Setting, MissingView]:
    """404.html of a language: hosts serve it at any depth, so its links are paths of the host."""
    setting = Setting(edition, "/", absolute=True)
    return setting, MissingView(head(setting, edition.words.say("missing-page")))


def sitemap_row(view: View) -> SitemapRow | None:
    """The row of a page in sitemap.xml, with its twins; None where it has no address of its own."""
    if isinstance(view, MissingView | RedirectView | SitemapView | FeedView | RobotsView | LlmsView):
        return None
    current = next(twin for twin in view.head.twins if twin.current)
    return SitemapRow(current.absolute, view.head.updated, view.head.twins, view.head.x_default)

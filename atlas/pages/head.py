"""What every page says about itself: title, addresses in all languages, metadata. Only this module makes a Head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from msgspec.structs import replace

from atlas.content.linking import Atlas
from atlas.content.looks_model import MenuLink
from atlas.core.html import Html, escaped
from atlas.core.problems import Span
from atlas.core.sources import Asset
from atlas.i18n.locales import Language, locale_name, show_number
from atlas.pages.contacts import contacts
from atlas.pages.context import PageContext
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import EDITIONS, LocaleSite
from atlas.pages.looks_sheet import sheets_of
from atlas.pages.search.metadata import search_metadata
from atlas.pages.security_policy import Scripts, policy_of_pages
from atlas.pages.share_images import NAME, share_image
from atlas.pages.view_parts import (
    Alternate,
    Anchor,
    Frame,
    Head,
    Meta,
    NavigationGroup,
    NavigationLink,
    PageView,
    Phrase,
    Signpost,
    View,
)

Tags = tuple[tuple[Meta, ...], Html]
"""Metadata of a page: meta elements, and JSON-LD."""
NO_TAGS: Tags = ((), Html(""))

WORKER: Final = "sw.js"
"""The service worker. It is at the root of the site, because it answers only for what is below it."""
_SHARED: Final = "og/"
SHARE_PICTURES: Final = f"static/{_SHARED}"
"""The folder with the pictures for social networks."""


def frame(
    locale_site: LocaleSite,
    labels: Mapping[str, str],
    scripts: Scripts,
    feeds: tuple[NavigationLink, ...] = (),
    foot: Iterable[str] = (),
) -> Frame:
    """Return the data that all pages of a language share.

    Args:
        locale_site: the language.
        labels: the title of each page by its path.
        scripts: the digests of the scripts.
        feeds: links to the feeds.
        foot: the paths of the pages with a link at the foot of every page.

    Paths without a page are left out.
    """
    site, language = locale_site.atlas.site, locale_site.language.id
    groups = tuple(
        NavigationGroup(group.label[language], _menu(labels, group.pages, language)) for group in site.menu_groups
    )
    grouped = {link.target for group in site.menu_groups for link in group.pages}
    beside = [link for link in site.navigation if grouped and link.target not in grouped]
    return Frame(
        locale_site.language.tag,
        site.title[language],
        site.description[language],
        site.author[language],
        locale_site.period(site.as_of, site.as_of),
        _menu(labels, site.navigation, language),
        site.licence.label[language] if site.licence else "",
        site.licence.url if site.licence else "",
        groups=tuple(group for group in groups if group.pages),
        beside=_menu(labels, beside, language),
        foot=_links(labels, foot),
        policy=policy_of_pages(scripts, worker=site.service_worker is not None, offline=site.offline),
        scripts=scripts,
        feeds=feeds,
        search="search/" if "search" in site.views else "",
        footer=_menu(labels, site.looks.footer, language),
        sheets=sheets_of(site.looks),
        logo=f"files/{site.looks.logo.value}" if site.looks.logo else "",
        worker=WORKER if site.service_worker and not site.offline else "",
        offline=site.offline,
        contact=site.contact,
        edition=_edition(locale_site, labels),
    )


def _edition(locale_site: LocaleSite, labels: Mapping[str, str]) -> NavigationLink | None:
    """Return a link to the latest edition, if there is one."""
    latest = locale_site.edition()
    if latest is None or EDITIONS not in labels:
        return None
    date = locale_site.period(latest.date, latest.date)
    label = locale_site.words.t("latest-edition", version=latest.version, date=date)
    return NavigationLink(label, EDITIONS.lstrip("/") + f"#{latest.version}")


def _menu(labels: Mapping[str, str], links: Iterable[MenuLink], language: str) -> tuple[NavigationLink, ...]:
    """Return entries of the menu or the foot; pages that do not exist are left out."""
    return tuple(
        NavigationLink(link.label[language], "", link.target, not link.target)
        if link.label
        else NavigationLink(labels[link.target], link.target.lstrip("/"))
        for link in links
        if link.label or link.target in labels
    )


def _links(labels: Mapping[str, str], paths: Iterable[str]) -> tuple[NavigationLink, ...]:
    return tuple(NavigationLink(labels[path], path.lstrip("/")) for path in paths if path in labels)


def head(
    context: PageContext,
    title: str,
    *,
    crumbs: Iterable[Anchor] = (),
    description: str = "",
    updated: str = "",
    original: Language | None = None,
    tags: Tags = NO_TAGS,
    data: str = "",
    has_alternates: bool = True,
    signposts: tuple[Signpost, ...] = (),
) -> Head:
    """Return the head of a page.

    Args:
        context: the page.
        title: its title as plain text.
        crumbs: the links from the home page to its parent.
        description: its description; that of the site if empty.
        updated: the day of its last change, YYYY-MM-DD, or "".
        original: the language of the page that this one falls back to, if it does.
        tags: its metadata, as `atlas.pages.page_citations` makes it.
        data: the address of its JSON file, or "".
        has_alternates: whether the page exists in other languages.
        signposts: its typed links for machines.
    """
    site, part = context.atlas.site, context.part
    if part.number:
        crumbs = (*crumbs, Anchor(Phrase(escaped(title)), context.url(part.path)))
        title = context.locale_site.words.t("label-value", label=title, value=_numbers(context, part.number))
    record = context.atlas.addresses.get(context.path) if "share" in site.views else None
    image = share_image(context.locale_site, record) if record else None
    common = f"{site.base_url}{SHARE_PICTURES}{_picture_of(context)}.png" if "share" in site.views else ""
    home = (
        () if context.path == "/" else (Anchor(Phrase(escaped(context.locale_site.words.t("home"))), context.url("/")),)
    )
    return Head(
        lang=context.language.tag,
        path=context.path,
        title=title,
        description=description or site.description[context.language.id],
        base=context.url("/").removeprefix("./"),
        root=context.file_url("/").removeprefix("./"),
        canonical=absolute(context.atlas, original or context.language, context.path),
        x_default=absolute(context.atlas, _first_language(context, original is not None), context.path),
        alternates=tuple(each for each in alternates(context, original is not None) if has_alternates or each.current),
        crumbs=(*home, *crumbs),
        updated=updated,
        meta=tags[0],
        jsonld_html=tags[1],
        data=data,
        section=_section(context),
        picture=absolute(context.atlas, context.language, f"{context.path}{NAME}") if image else common,
        picture_words=" – ".join(text for text in (image.kicker, image.title, image.site) if text) if image else "",
        **_parts(context, part),
        form="article" if context.path != "/" and context.path in context.atlas.addresses else "website",
        signposts=signposts,
    )


def _parts(context: PageContext, part: Part) -> dict[str, Any]:
    """Return which page of a list it is, with links to the others; nothing where it has one page."""
    if part.pages == 1:
        return {}
    links = tuple(context.link(_numbers(context, number), part.path_of(number)) for number in part.linked())
    following = part.number + 1 < part.pages
    first, last = part.numbers(part.number)
    t, numbers = context.locale_site.words.t, {"first": first, "last": last, "total": part.total}
    return {
        "part": t("lists-part", **numbers) if part.several else t("list-part", **numbers),
        "parts": links,
        "previous": context.url(part.path_of(part.number - 1)) if part.number else "",
        "following": context.url(part.path_of(part.number + 1)) if following else "",
    }


def _numbers(context: PageContext, number: int) -> str:
    """Return the name of a page of a list: its entries, such as 241–480."""
    return "–".join(show_number(one, context.language) for one in context.part.numbers(number))


def _section(context: PageContext) -> str:
    """Return the page of the menu that a page belongs to: the one with the longest path above it; "" for none."""
    above = [link.target for link in context.atlas.site.navigation if context.path.startswith(link.target)]
    return max(above, key=len, default="").lstrip("/")


def complete_head(context: PageContext, view: View, span: Span) -> View:
    """Return a drawn page with what only its view shows: what search finds it by, and where errors are reported.

    Args:
        context: the page.
        view: what it shows; files that are not pages stay as they are.
        span: the file that the page is made from.
    """
    if not isinstance(view, PageView):
        return view
    return replace(view, head=replace(view.head, found=search_metadata(context, view), **contacts(context, view, span)))


def share_pictures(static: Iterable[Asset]) -> frozenset[str]:
    """Return the folders whose pages have their own picture for social networks."""
    return frozenset(PurePosixPath(asset.path).stem for asset in static if asset.path.startswith(_SHARED))


def _picture_of(context: PageContext) -> str:
    """Return the name of the picture of a page for social networks: that of its folder, else `atlas`."""
    folder = context.path.split("/")[1]
    return folder if folder in context.locale_site.pictures else "atlas"


def absolute(atlas: Atlas, language: Language, path: str) -> str:
    """Return the absolute URL of a page."""
    return atlas.site.base_url + (f"{language.path}{path}" if language.path else path.lstrip("/"))


def _is_translated(context: PageContext, language: Language) -> bool:
    """Return whether the record at the path of the page has a text in a language."""
    record = context.atlas.addresses.get(context.path)
    return record is None or record.shown_in(language.id) == language.id


def _first_language(context: PageContext, is_record: bool) -> Language:
    """Return the first language that the page is translated into."""
    languages = context.atlas.site.languages.values()
    own = (language for language in languages if not is_record or _is_translated(context, language))
    return next(own, context.atlas.site.default_language)


def alternates(context: PageContext, is_record: bool = False) -> tuple[Alternate, ...]:
    """Return links to the page in every language of the site, in their order.

    Args:
        context: the page.
        is_record: whether it shows the text of a record, which may not be translated into each language.
    """
    return tuple(
        Alternate(
            language.tag,
            language.name,
            context.url(context.path, language),
            absolute(context.atlas, language, context.path),
            language.id == context.language.id,
            locale_name(language.tag),
            not is_record or _is_translated(context, language),
        )
        for language in context.atlas.site.languages.values()
    )

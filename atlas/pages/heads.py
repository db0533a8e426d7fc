"""What every page says of itself: its title, its addresses in all languages, and the way to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from atlas.content.linking import Atlas
from atlas.markup import escaped
from atlas.pages.editions import Edition
from atlas.pages.policy import Scripts, policy_of_pages
from atlas.pages.setting import Setting
from atlas.pages.views.parts import Anchor, Frame, Head, NavigationLink, Phrase, Twin
from atlas.tongues.languages import Language, locale_name

WAYS = ("/compare/", "/network/", "/map/", "/timeline/", "/explore/")
"""The pages that show the whole atlas at a glance, to which the home page leads where the atlas has them."""
FOOT = ("/print/", "/data/", "/changes/")
"""The pages that every page leads to at its end, where the atlas has them."""

PICTURES = ("actors", "cases", "changes", "claims", "compare", "comparisons", "concepts", "data", "explore",
            "instruments", "map", "network", "persons", "print", "search", "sources", "timeline")  # fmt: skip
"""The kinds of pages, by the folder they stand in, that have a picture of their own where they are shared."""


def frame(
    edition: Edition, labels: Mapping[str, str], scripts: Scripts, feeds: tuple[NavigationLink, ...] = ()
) -> Frame:
    """What all pages of one language share. labels: the title of each page by its path."""
    site, language = edition.atlas.site, edition.language.id
    navigation = [
        NavigationLink(labels[link.target], link.target.lstrip("/"))
        for link in site.navigation
        if link.target in labels
    ]
    return Frame(
        edition.language.tag,
        site.title[language],
        site.description[language],
        site.author[language],
        edition.period(site.as_of, site.as_of),
        tuple(navigation),
        site.licence.label[language] if site.licence else "",
        site.licence.url if site.licence else "",
        ways=_links(labels, WAYS),
        foot=_links(labels, FOOT),
        policy=policy_of_pages(scripts),
        scripts=scripts,
        feeds=feeds,
        search="search/" if "search" in site.views else "",
    )


def _links(labels: Mapping[str, str], paths: Iterable[str]) -> tuple[NavigationLink, ...]:
    return tuple(NavigationLink(labels[path], path.lstrip("/")) for path in paths if path in labels)


def head(
    setting: Setting,
    title: str,
    *,
    crumbs: Iterable[Anchor] = (),
    description: str = "",
    updated: str = "",
    original: Language | None = None,
) -> Head:
    """The head of a page. original: the language of the page that this one falls back to, if it does."""
    site = setting.atlas.site
    home = (
        () if setting.path == "/" else (Anchor(Phrase(escaped(setting.edition.words.say("home"))), setting.url("/")),)
    )
    return Head(
        lang=setting.language.tag,
        path=setting.path,
        title=title,
        description=description or site.description[setting.language.id],
        base=setting.url("/").removeprefix("./"),
        root=setting.file_url("/").removeprefix("./"),
        canonical=absolute(setting.atlas, original or setting.language, setting.path),
        x_default=absolute(setting.atlas, site.default_language, setting.path),
        twins=twins(setting),
        crumbs=(*home, *crumbs),
        updated=updated,
        picture=f"{site.base_url}static/og/{picture_of(setting.path)}.png" if "share" in site.views else "",
        form="article" if setting.path != "/" and setting.path in setting.atlas.addresses else "website",
    )


def picture_of(path: str) -> str:
    """What the picture is called that stands for a page where it is shared; `atlas` for those of no kind."""
    folder = path.split("/")[1]
    return folder if folder in PICTURES else "atlas"


def absolute(atlas: Atlas, language: Language, path: str) -> str:
    """The address of a page on the web."""
    return atlas.site.base_url + (f"{language.path}{path}" if language.path else path.lstrip("/"))


def twins(setting: Setting) -> tuple[Twin, ...]:
    """The page in every language of the site, in their order."""
    return tuple(
        Twin(
            language.tag,
            language.name,
            setting.url(setting.path, language),
            absolute(setting.atlas, language, setting.path),
            language.id == setting.language.id,
            locale_name(language.tag),
        )
        for language in setting.atlas.site.languages.values()
    )

"""The parts that many views share: text, links, cards, heads and introductions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from atlas.core.html import Html


class Phrase(Struct, frozen=True):
    """Words with their language tag; lang is "" when it is that of the page."""

    html: Html
    lang: str = ""


class Anchor(Struct, frozen=True):
    """A link: its words and where it leads."""

    label: Phrase
    url: str


class Card(Struct, frozen=True):
    """A record as its neighbours show it.

    summary: for lists, else empty; language: what the reader calls the language that its text is in, when that is
    another than the page's.
    """

    id: str
    family: str
    url: str
    title: Phrase
    sides: tuple[str, ...]
    kind: str
    period: str
    summary: Phrase
    draft: bool = False
    language: str = ""


class Alternate(Struct, frozen=True):
    """The same page in a language of the site. absolute: its canonical address; locale: for OpenGraph (`fr_FR`)."""

    tag: str
    name: str
    url: str
    absolute: str
    current: bool
    locale: str = ""


class Meta(Struct, frozen=True):
    """A tag of the head for machines that read pages: its name and content."""

    name: str
    content: str


class CiteRow(Struct, frozen=True):
    """How to cite a page in one style."""

    style_html: Html
    html: Html


class SearchMetadata(Struct, frozen=True):
    """What a page says so that a search finds it: what it is about ("work", a family, else "page"), and its sides.

    names: all names of what it is about, as written and as typed; places: the names of where that is.
    """

    family: str
    sides: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Head(Struct, frozen=True):
    """What every page says of itself.

    base: the way from the page to the root of its language ("" or "../…"); root: to the root of the site.
    canonical: the absolute address of this page, or of the original where the page is only its fallback.
    crumbs: the way from the home page to the parent of this page. updated: the day of the last
    change, YYYY-MM-DD or "". picture: the absolute address of what stands for it where it is shared, "" where nothing
    does; form: what OpenGraph calls it; data: the way to the same as JSON, "" where there is none; found: what a search
    finds it by, where it is to be found. edit_url, report_url: where its file is edited and a mistake in it reported,
    "" where nobody says; address: its own absolute address then, part of report_url.
    """

    lang: str
    path: str
    title: str
    description: str
    base: str
    root: str
    canonical: str
    x_default: str
    alternates: tuple[Alternate, ...]
    crumbs: tuple[Anchor, ...]
    updated: str = ""
    meta: tuple[Meta, ...] = ()
    jsonld_html: Html = Html("")
    picture: str = ""
    form: Literal["website", "article"] = "website"
    data: str = ""
    found: SearchMetadata | None = None
    address: str = ""
    edit_url: str = ""
    report_url: str = ""


class View(Struct, frozen=True):
    """What a file of the site shows, and nothing else: all that its template knows besides the frame of its language.

    Every name that ends in `html` holds markup that is safe to print; everything else is plain text, to be escaped.
    Addresses are relative to the page.
    """


class PageView(View, frozen=True):
    """A page for readers that has an address of its own: it stands in the sitemap, and a search finds it."""

    head: Head


class NavigationLink(Struct, frozen=True):
    """A page that every page leads to. path: relative to the root of the language."""

    label: str
    path: str


class Frame(Struct, frozen=True):
    """What all pages of one language share. as_of: the day that stands for today, in words.

    ways: the pages that show the whole atlas; foot: those that every page leads to at its end; policy: what browsers
    may load with the page and run in it (a content security policy); feeds: what is new, by title; search: the page of
    the search, from the root of the language; "" where there is none. scripts: the attribute `integrity` of each script
    of `static/` by its name, without which the policy lets none of them run.
    """

    lang: str
    site_title: str
    site_description: str
    author: str
    as_of: str
    navigation: tuple[NavigationLink, ...]
    licence: str
    licence_url: str
    ways: tuple[NavigationLink, ...] = ()
    foot: tuple[NavigationLink, ...] = ()
    policy: str = ""
    feeds: tuple[NavigationLink, ...] = ()
    search: str = ""
    scripts: Mapping[str, str] = {}


class MentionRow(Struct, frozen=True):
    """A sentence of another page that leads here. anchor_url: the place in that page; place: what stands there."""

    card: Card
    anchor_url: str
    sentence: Phrase
    locator_html: Html = Html("")


class ReferenceEntry(Struct, frozen=True):
    """A work in a list of references. url: its own page; number: in a numeric style that by which the page cites it.

    archived: where a copy of it is kept, or "".
    """

    key: str
    html: Html
    url: str
    number: str = ""
    archived: str = ""


class Notice(Struct, frozen=True):
    """What a reader must know of the words of a page.

    language: what the reader calls the language that they are in, when it is another. For a translation: whether it
    lacks parts, whether its original has changed since, with links to the sections concerned; who has reviewed it, and
    whether nobody has. draft: the record is not to be published yet. parallel: the way to its page with all languages.
    """

    language: str = ""
    partial: bool = False
    behind: bool = False
    sections: tuple[Anchor, ...] = ()
    unreviewed: bool = False
    reviewer: str = ""
    reviewed: str = ""
    draft: bool = False
    parallel: str = ""


class PageIntro(Struct, frozen=True):
    """How a page begins that the atlas makes itself: its title, and the words that authors have put on top of it."""

    title: Phrase
    summary: Phrase
    body: Phrase
    notice: Notice


class Share(Struct, frozen=True):
    """How many there are of how many; in hundredths, rounded, and these in words."""

    count: int
    of: int
    percent: int
    words: str


class ShareRow(Struct, frozen=True):
    """A language or a voice, and its share of the works in each column."""

    label: str
    cells: tuple[Share, ...]


class WorksBehind(Struct, frozen=True):
    """The works that statements rest on, by the language they are in, and by voice where the bibliography tells it.

    columns: whose statements; totals: how many works are behind each.
    """

    columns: tuple[str, ...]
    totals: tuple[int, ...]
    languages: tuple[ShareRow, ...]
    voices: tuple[ShareRow, ...]

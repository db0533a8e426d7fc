"""The parts that many views share: text, links, cards, heads and introductions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from atlas.core.html import Html, escaped
from atlas.search.page_text import Passage


class Phrase(Struct, frozen=True):
    """Text with its language tag.

    Attributes:
        html: the text as safe HTML.
        lang: the language tag; "" when it is that of the page.
    """

    html: Html
    lang: str = ""


class Anchor(Struct, frozen=True):
    """A link: its text and its URL."""

    label: Phrase
    url: str


class BookFile(Struct, frozen=True):
    """A book to download: its format, size and date in words, and its URL."""

    label: str
    url: str


class BookFiles(Struct, frozen=True):
    """The files of a book in the language of the page; `title` is "" for that of the whole atlas on the home page."""

    title: str
    files: tuple[BookFile, ...]


class Card(Struct, frozen=True):
    """A short entry for a record, as lists and other pages show it.

    Attributes:
        summary: the summary, for lists; else empty.
        draft: whether the record is a draft.
        language: the name of the language of the record's text, if it is not that of the page.
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
    """The same page in one language of the site.

    Attributes:
        absolute: the canonical URL.
        current: whether this is the language of the page.
        translated: whether the text of the page is in that language; else the page shows the original.
        locale: the locale for OpenGraph (`fr_FR`).
    """

    tag: str
    name: str
    url: str
    absolute: str
    current: bool
    locale: str = ""
    translated: bool = True


class Meta(Struct, frozen=True):
    """A `<meta>` tag of the head: name and content."""

    name: str
    content: str


class CiteRow(Struct, frozen=True):
    """How to cite a page in one style."""

    style_html: Html
    html: Html


class EditionNote(Struct, frozen=True):
    """What a page says of the latest edition.

    Attributes:
        text: whether the page is as in that edition.
        address: the address of the page that names the edition; "" if the page is not as in that edition.
        url: the same, from the page itself.
    """

    text: str
    address: str = ""
    url: str = ""


class Signpost(Struct, frozen=True):
    """A typed link for machines in the head of a page: relation, address, and the media type of what is there."""

    rel: str
    href: str
    type: str = ""


class SearchMetadata(Struct, frozen=True):
    """The metadata by which the search finds a page.

    Attributes:
        family: the subject of the page: "work", a family, else "page".
        sides: the sides of the subject.
        names: all names of the subject, as written and as typed.
        places: the names of its places.
    """

    family: str
    sides: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Head(Struct, frozen=True):
    """The metadata of a page for its head and header.

    Attributes:
        base: the relative path to the root of the language ("" or "../…").
        root: the relative path to the root of the site.
        canonical: the absolute URL of the page, or of the original where this page only shows the original.
        x_default: the absolute URL of the page in the first language.
        crumbs: the breadcrumb, from the home page to the parent page.
        updated: the day of the last change, YYYY-MM-DD or "".
        section: the page of the menu that it belongs to, relative to the root of the language; "" for none.
        picture: the absolute URL of the picture for social networks; "" for none.
        picture_words: the words in that picture; "" if it has none.
        form: the type for OpenGraph.
        data: the relative path of the same data as JSON; "" for none.
        found: the metadata for the search; nothing where the search does not list the page.
        address: the absolute URL of the page, set where the site declares a URL for edits or reports, or a contact.
        edit_url: where to edit the file of the page; "" where the site declares no such URL.
        report_url: where to report an error on the page; "" where the site declares no such URL.
        signposts: typed links for machines.
        part: which entries of the list the page shows, where one page is not enough for it; else "".
        parts: links to pages of that list; none where one page is enough.
        previous: the URL of the page of the list before this one; "" for the first.
        following: the URL of the page of the list after this one; "" for the last.
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
    section: str = ""
    picture: str = ""
    picture_words: str = ""
    form: Literal["website", "article"] = "website"
    data: str = ""
    found: SearchMetadata | None = None
    address: str = ""
    edit_url: str = ""
    report_url: str = ""
    signposts: tuple[Signpost, ...] = ()
    part: str = ""
    parts: tuple[Anchor, ...] = ()
    previous: str = ""
    following: str = ""


class View(Struct, frozen=True):
    """The variables of a template, besides the frame of its language.

    Names that end in `html` hold safe markup; everything else is plain text, to be escaped. URLs are relative to
    the page.
    """


class PageView(View, frozen=True):
    """The view of a page for readers that has its own address: it is in the sitemap and the search index.

    A view declares what the search finds its page by. Lists, interface words, references and how to cite the page are
    not part of that: other pages hold what they name, and every page has the rest.
    """

    head: Head

    def heading(self) -> Phrase:
        """Return the title of the page."""
        return Phrase(escaped(self.head.title))

    def passages(self) -> Iterator[Passage]:
        """Yield the texts that the search finds the page by, in reading order."""
        yield from ()


def texts(*phrases: Phrase, anchor: str = "") -> Iterator[Passage]:
    """Yield phrases that are not empty as passages for the search."""
    for phrase in phrases:
        if phrase.html:
            yield Passage(phrase.html, anchor, phrase.lang)


def labels(*words: str) -> Iterator[Passage]:
    """Yield plain words that are not empty as one passage for the search."""
    html = " · ".join(escaped(word) for word in words if word)
    if html:
        yield Passage(html)


class NavigationLink(Struct, frozen=True):
    """A link that all pages show.

    Attributes:
        path: the path relative to the root of the language; "" for a link to another site.
        url: the address of another site.
        is_words: whether it is words without a link.
    """

    label: str
    path: str
    url: str = ""
    is_words: bool = False


class NavigationGroup(Struct, frozen=True):
    """A group of the menu, with the pages that exist; its name leads to the first."""

    label: str
    pages: tuple[NavigationLink, ...]


class Frame(Struct, frozen=True):
    """The data that all pages of a language share.

    Attributes:
        as_of: the date of the content, in words.
        navigation: links to all pages of the menu.
        groups: the groups of the menu; none where it is a plain list.
        beside: where there are groups, the pages of the menu that are in none.
        foot: links at the foot of every page.
        policy: the content security policy.
        feeds: the feeds, by title.
        search: the path of the search page from the root of the language; "" for none.
        footer: further rows at the foot of every page, as `looks` of site.yaml names them.
        sheets: the stylesheets in `static/` that follow that of the engine.
        logo: the path of the logo from the root of the site; "" for none.
        worker: the path of the service worker from the root of the site; "" for none.
        offline: whether the pages are to work from a disk.
        contact: the e-mail address of the editors; "" for none.
        edition: a link to the latest edition, if there is one.
        scripts: the `integrity` attribute of each script of `static/` by its name; the policy blocks those without it.
    """

    lang: str
    site_title: str
    site_description: str
    author: str
    as_of: str
    navigation: tuple[NavigationLink, ...]
    licence: str
    licence_url: str
    groups: tuple[NavigationGroup, ...] = ()
    beside: tuple[NavigationLink, ...] = ()
    foot: tuple[NavigationLink, ...] = ()
    policy: str = ""
    feeds: tuple[NavigationLink, ...] = ()
    search: str = ""
    scripts: Mapping[str, str] = {}
    footer: tuple[NavigationLink, ...] = ()
    sheets: tuple[str, ...] = ()
    logo: str = ""
    worker: str = ""
    offline: bool = False
    contact: str = ""
    edition: NavigationLink | None = None


class MentionRow(Struct, frozen=True):
    """A place of another page that links to this one.

    Attributes:
        anchor_url: the URL of the place in the other page.
        sentence: its sentence, on the page of a work; empty for a row of a table.
        locator_html: the locator of the citation, where the sentence cites a work.
    """

    card: Card
    anchor_url: str
    sentence: Phrase = Phrase(Html(""))
    locator_html: Html = Html("")


class ReferenceEntry(Struct, frozen=True):
    """A work in a list of references.

    Attributes:
        url: the page of the work.
        number: the number of the work on this page, in a numeric style.
        archived: the URL of an archived copy; "" for none.
        language: the name of its language, in the references of a page.
        consulted: how it was consulted, one of `biblatex.CONSULTED`, in the references of a page.
        citations: the ids of the places where the page cites it.
    """

    key: str
    html: Html
    url: str
    number: str = ""
    archived: str = ""
    language: str = ""
    consulted: str = ""
    citations: tuple[str, ...] = ()


class Notice(Struct, frozen=True):
    """What readers should know about the text of a page: its language and its state.

    Attributes:
        language: the name of the language of the text, if it is not that of the page.
        partial: whether the translation lacks parts.
        behind: whether the original has changed since it was translated.
        sections: links to the sections that are behind.
        unreviewed: whether nobody has reviewed the translation.
        reviewer: the name of the reviewer.
        reviewed: the date of the review, in words.
        draft: whether the record is a draft.
        parallel: the URL of the page with all languages of the record; "" for none.
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
    """The title of a generated page and the text that authors have written for its top."""

    title: Phrase
    summary: Phrase
    body: Phrase
    notice: Notice


class IntroducedView(PageView, frozen=True):
    """The view of a generated page that begins with what authors have written for its top."""

    intro: PageIntro

    def heading(self) -> Phrase:
        """Return the title of the introduction."""
        return self.intro.title

    def passages(self) -> Iterator[Passage]:
        """Yield the introduction."""
        yield from texts(self.intro.summary, self.intro.body)


class Share(Struct, frozen=True):
    """A count out of a total.

    Attributes:
        count: the count.
        of: the total.
        percent: the rounded percentage.
        words: the percentage in words.
    """

    count: int
    of: int
    percent: int
    words: str


class ShareRow(Struct, frozen=True):
    """A language or a voice, with its share of the works in each column."""

    label: str
    cells: tuple[Share, ...]


class WorksBehind(Struct, frozen=True):
    """The works that statements cite, by language and by voice.

    Attributes:
        columns: the groups of statements.
        totals: how many works each group cites.
        voices: the shares of the voices, as the bibliography gives them.
    """

    columns: tuple[str, ...]
    totals: tuple[int, ...]
    languages: tuple[ShareRow, ...]
    voices: tuple[ShareRow, ...]

"""The bibliography, and the page of each work with the statements that rest on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from atlas.bibliography.works import Work
from atlas.markup import Html, escaped
from atlas.pages.citing_pages import described, describing, downloads
from atlas.pages.editions import NOTHING, Edition, address
from atlas.pages.heads import head
from atlas.pages.setting import Setting
from atlas.pages.views.lists import EntryGroup, SourcesView, SourceView
from atlas.pages.views.parts import MentionRow, Phrase
from atlas.tongues.languages import show_language
from atlas.tongues.sorting import index_letter

SOURCES = "/sources/"
_ORDERS = {
    "": SOURCES,
    "language": f"{SOURCES}by-language/",
    "type": f"{SOURCES}by-type/",
    "year": f"{SOURCES}by-year/",
}


def source_path(key: str) -> str:
    """Where the page of a work stands in a language."""
    return f"{SOURCES}{key}/"


def sources_pages(edition: Edition) -> Iterator[tuple[str, Callable[[], tuple[Setting, SourcesView]]]]:
    """The bibliography in each of its orders, by its path; each is drawn when it is wanted."""
    for by, path in _ORDERS.items():
        yield path, partial(_sources_view, edition, by, path)


def _sources_view(edition: Edition, by: str, path: str) -> tuple[Setting, SourcesView]:
    """Every work that something cites, under letters of authors, languages, types or years."""
    works = {work.key: work for work in edition.atlas.cited}
    types, order_words = _type_words(edition), _order_words(edition)
    setting = Setting(edition, path)
    groups: dict[tuple[str, str], list[str]] = {}
    for key in edition.citer.sort(list(works)):
        groups.setdefault(_group(edition, works[key], by, types), []).append(key)
    rows = tuple(
        EntryGroup(f"_group-{number}", label, tuple(setting.entry(key) for key in own))
        for number, ((_, label), own) in enumerate(sorted(groups.items(), reverse=by == "year"))
    )
    title = edition.words.say("bibliography")
    crumbs = (setting.link(title, SOURCES),) if by else ()
    name = edition.words.say("label-value", label=title, value=order_words[by]) if by else title
    orders = tuple(setting.link(words, _ORDERS[id]) for id, words in order_words.items())
    files = downloads(setting, f"{SOURCES}bibliography")
    top = described(setting, head(setting, name, crumbs=crumbs))
    return setting, SourcesView(top, by, orders, rows, files, len(works))


def _order_words(edition: Edition) -> dict[str, str]:
    """What the orders of the bibliography are called."""
    words = edition.words
    return {
        "": words.say("by-author"),
        "language": words.say("by-language"),
        "type": words.say("by-type"),
        "year": words.say("by-year"),
    }


def _group(edition: Edition, work: Work, by: str, types: Mapping[str, str]) -> tuple[str, str]:
    """The group of a work in an order of the bibliography: what it is sorted by, and its words. types: in words."""
    if by == "language":
        name = (
            show_language(work.language, edition.language) if work.language else edition.words.say("unknown-language")
        )
        return (name if work.language else "\uffff"), name
    if by == "type":
        name = types.get(work.type, edition.words.say("other-type"))
        return name, name
    if by == "year":
        return (work.year or ""), work.year or edition.words.say("undated")
    letter = _letter(edition, work)
    return letter, letter


def _type_words(edition: Edition) -> dict[str, str]:
    """What the types of works are called; types that are few stand together under another."""
    say = edition.words.say
    article, book, official = say("type-article"), say("type-book"), say("type-law")
    return {
        "article": article,
        "paper": article,
        "newspaper": say("type-press"),
        "magazine": say("type-press"),
        "book": book,
        "chapter": book,
        "proceedings": book,
        "thesis": say("type-thesis"),
        "report": say("type-report"),
        "online": say("type-online"),
        "legislation": official,
        "treaty": official,
        "jurisdiction": official,
    }


def _letter(edition: Edition, work: Work) -> str:
    """The letter of a work: that of whom its reference begins with."""
    names = work.authors
    first = (names[0].literal or names[0].family) if names else work.title
    return index_letter(first.strip("[]"), edition.language, is_person=bool(names))


def source_view(edition: Edition, work: Work) -> tuple[Setting, SourceView]:
    """The page of one work."""
    setting = Setting(edition, source_path(work.key))
    abstract = work.text("abstract")
    base = head(setting, work.title, crumbs=(setting.link(edition.words.say("bibliography"), SOURCES),))
    view = SourceView(
        head=describing(setting, base, work),
        key=work.key,
        title=Phrase(escaped(work.title), setting.foreign(work.language) if work.language else ""),
        reference_html=edition.reference(work.key),
        language=show_language(work.language, edition.language) if work.language else "",
        consulted=work.consulted or edition.atlas.site.consulted,
        doi=work.text("doi"),
        url=work.fields.get("url", "") or ("" if "doi" in work.fields else work.url),
        archived=work.text("archiveurl"),
        abstract=Phrase(escaped(abstract), setting.foreign(work.language)) if abstract else NOTHING,
        downloads=downloads(setting, f"{source_path(work.key)}work"),
        cited_by=_cited_by(setting, work.key),
    )
    return setting, view


def _cited_by(setting: Setting, key: str) -> tuple[MentionRow, ...]:
    """Every statement that rests on a work, by record; the same statement once."""
    rows: dict[MentionRow, None] = {}
    for mention in setting.atlas.cited_by[setting.language.id].get(key, ()):
        record = setting.atlas.records[mention.record]
        sentence = setting.mentioned(mention)
        locator = setting.edition.citer.locator(mention.locator) if mention.locator else Html("")
        row = MentionRow(setting.card(record.id), setting.url(address(record, mention.anchor)), sentence, locator)
        rows.setdefault(row)
    return tuple(rows)

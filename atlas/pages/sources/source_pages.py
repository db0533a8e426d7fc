"""Makes the bibliography, and the page of each work with the facts that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import Final

from atlas.bibliography.formatting.typesetting import encoded
from atlas.bibliography.parsing.works import Work
from atlas.core.html import Html, escaped
from atlas.core.problems import Span
from atlas.i18n.locales import show_language
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.locale_site import NOTHING, LocaleSite, address
from atlas.pages.page_citations import downloads, list_tags, work_tags
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, page_spec
from atlas.pages.sources.views import EntryGroup, SourcesView, SourceView
from atlas.pages.view_parts import Anchor, MentionRow, Phrase

SOURCES = "/sources/"
WORK_WORDS = {"work-count": Span("atlas/pages/sources/source_pages.py")}
"""The interface word for a number of works, which is looked up like those of families, with the place that needs it."""
_MANY: Final = 240
"""How many works a page of the bibliography lists."""
_ORDERS = {
    "": SOURCES,
    "language": f"{SOURCES}by-language/",
    "type": f"{SOURCES}by-type/",
    "year": f"{SOURCES}by-year/",
}


def source_path(key: str) -> str:
    """Return the path of the page of a work."""
    return f"{SOURCES}{key}/"


def sources_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the bibliography in each of its orders, in pages that a phone can show."""
    for by in _ORDERS:
        for part in range(max(1, ceil(len(inputs.atlas.cited) / _MANY))):
            title = "" if by or part else locale_site.words.t("bibliography")
            draw = partial(_sources_view, locale_site, by, part)
            yield page_spec(locale_site, _part_path(by, part), draw, title=title, tracked=True)


def _part_path(by: str, part: int) -> str:
    """Return the path of a page of an order; the first has that of the order."""
    return f"{SOURCES}by-{by or 'author'}/{part + 1}/" if part else _ORDERS[by]


def source_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of every cited work."""
    for work in inputs.atlas.cited:
        draw = partial(source_view, locale_site, work.key)
        yield page_spec(locale_site, source_path(work.key), draw, work.span, tracked=True)


def _sources_view(locale_site: LocaleSite, by: str, part: int) -> tuple[PageContext, SourcesView]:
    """Return a page of the list of all cited works by letter of the author, language, type or year."""
    works = {work.key: locale_site.atlas.works[work.key] for work in locale_site.atlas.cited}
    types, order_words = _type_words(locale_site), _order_words(locale_site)
    context = PageContext(locale_site, _part_path(by, part))
    groups: dict[tuple[str, str], list[str]] = {}
    for key in locale_site.sorted_works(works):
        groups.setdefault(_group(locale_site, works[key], by, types), []).append(key)
    ordered = [(label, own) for (_, label), own in sorted(groups.items(), reverse=by == "year")]
    title = locale_site.words.t("bibliography")
    crumbs = (context.link(title, SOURCES),) if by or part else ()
    name = locale_site.words.t("label-value", label=title, value=order_words[by]) if by or part else title
    top = head(context, name, crumbs=crumbs, tags=list_tags(context, name))
    return context, SourcesView(
        head=top,
        by=by,
        groupings=tuple(context.link(words, _ORDERS[id]) for id, words in order_words.items()),
        groups=tuple(_groups_of_part(context, ordered, part)),
        downloads=downloads(context, f"{SOURCES}bibliography"),
        total=len(works),
        jumps=tuple(_jumps(context, by, ordered)),
        parts=tuple(_parts(context, by, len(works))),
    )


def _groups_of_part(
    context: PageContext, ordered: Sequence[tuple[str, Sequence[str]]], part: int
) -> Iterator[EntryGroup]:
    """Yield the groups on one page of an order; a long group goes on on the next page."""
    begin, end, at = part * _MANY, (part + 1) * _MANY, 0
    for number, (label, keys) in enumerate(ordered):
        own = keys[max(0, begin - at) : max(0, end - at)]
        at += len(keys)
        if own:
            yield EntryGroup(f"_group-{number}", label, tuple(context.entry(key) for key in own))


def _jumps(context: PageContext, by: str, ordered: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Anchor]:
    """Yield a link to the beginning of each group."""
    at = 0
    for number, (label, keys) in enumerate(ordered):
        yield context.link(label, f"{_part_path(by, at // _MANY)}#_group-{number}")
        at += len(keys)


def _parts(context: PageContext, by: str, total: int) -> Iterator[Anchor]:
    """Yield a link to each page of an order, named by its works: 1–240."""
    if total > _MANY:
        for part in range(ceil(total / _MANY)):
            first, last = part * _MANY + 1, min(total, (part + 1) * _MANY)
            yield context.link(f"{first}–{last}", _part_path(by, part))


def _order_words(locale_site: LocaleSite) -> dict[str, str]:
    """Return the name of each order of the bibliography."""
    words = locale_site.words
    return {
        "": words.t("by-author"),
        "language": words.t("by-language"),
        "type": words.t("by-type"),
        "year": words.t("by-year"),
    }


def _group(locale_site: LocaleSite, work: Work, by: str, types: Mapping[str, str]) -> tuple[str, str]:
    """Return the sort key and the label of the group of a work.

    Args:
        locale_site: the language.
        work: the work.
        by: the order of the bibliography.
        types: the name of each type of work.
    """
    if by == "language":
        name = (
            show_language(work.language, locale_site.language)
            if work.language
            else locale_site.words.t("unknown-language")
        )
        return (name if work.language else "\uffff"), name
    if by == "type":
        name = types.get(work.type, locale_site.words.t("other-type"))
        return name, name
    if by == "year":
        return (work.year or ""), work.year or locale_site.words.t("undated")
    letter = _letter(locale_site, work)
    return letter, letter


def _type_words(locale_site: LocaleSite) -> dict[str, str]:
    """Return the name of each type of work; some types share a name."""
    t = locale_site.words.t
    article, book, official = t("type-article"), t("type-book"), t("type-law")
    return {
        "article": article,
        "paper": article,
        "newspaper": t("type-press"),
        "magazine": t("type-press"),
        "book": book,
        "chapter": book,
        "proceedings": book,
        "thesis": t("type-thesis"),
        "report": t("type-report"),
        "online": t("type-online"),
        "legislation": official,
        "treaty": official,
        "jurisdiction": official,
    }


def _letter(locale_site: LocaleSite, work: Work) -> str:
    """Return the index letter of a work, from the start of its reference."""
    names = work.authors
    first = (names[0].literal or names[0].family) if names else work.title
    return locale_site.collator.index_letter(first.strip("[]"), locale_site.language, is_person=bool(names))


def source_view(locale_site: LocaleSite, key: str) -> tuple[PageContext, SourceView]:
    """Return the page of one work."""
    work = locale_site.atlas.works[key]
    context = PageContext(locale_site, source_path(work.key))
    abstract = work.text("abstract")
    crumbs = (context.link(locale_site.words.t("bibliography"), SOURCES),)
    view = SourceView(
        head=head(context, work.title, crumbs=crumbs, tags=work_tags(context, work)),
        key=work.key,
        title=Phrase(escaped(work.title), context.foreign(work.language) if work.language else ""),
        reference_html=locale_site.reference(work.key),
        language=show_language(work.language, locale_site.language) if work.language else "",
        consulted=work.consulted or locale_site.atlas.site.consulted,
        doi=work.text("doi"),
        doi_url=encoded(work.url) if "doi" in work.fields else "",
        url=work.fields.get("url", "") or ("" if "doi" in work.fields else work.url),
        archived=work.text("archiveurl"),
        abstract=Phrase(escaped(abstract), context.foreign(work.language)) if abstract else NOTHING,
        downloads=downloads(context, f"{source_path(work.key)}work"),
        cited_by=_cited_by(context, work.key),
    )
    return context, view


def _cited_by(context: PageContext, key: str) -> tuple[MentionRow, ...]:
    """Return every statement that cites a work, by record; the same statement once."""
    rows: dict[MentionRow, None] = {}
    for mention in context.atlas.cited_by[context.language.id].get(key, ()):
        record = context.atlas.records[mention.record]
        sentence = context.mentioned(mention)
        locator = context.locale_site.citer.locator(mention.locator) if mention.locator else Html("")
        row = MentionRow(context.card(record.id), context.url(address(record, mention.anchor)), sentence, locator)
        rows.setdefault(row)
    return tuple(rows)

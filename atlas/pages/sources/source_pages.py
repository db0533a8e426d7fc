"""Makes the bibliography, and the page of each work with the facts that cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from atlas.bibliography.formatting.typesetting import encoded
from atlas.bibliography.parsing.works import Work
from atlas.core.html import Html, escaped
from atlas.core.problems import Span
from atlas.i18n.locales import show_language
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import NOTHING, LocaleSite, address
from atlas.pages.page_citations import downloads, list_tags, work_tags
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.sources.views import EntryGroup, SourcesView, SourceView
from atlas.pages.view_parts import Anchor, MentionRow, Phrase

SOURCES = "/sources/"
WORK_WORDS = {"work-count": Span("atlas/pages/sources/source_pages.py")}
"""The interface word for a number of works, which is looked up like those of families, with the place that needs it."""
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
    for by, path in _ORDERS.items():
        part = Part(path, total=len(inputs.atlas.cited), stem=f"{SOURCES}by-{by or 'author'}/")
        title = "" if by else locale_site.words.t("bibliography")
        yield from list_pages(locale_site, part, title, partial(_sources_view, by=by))


def source_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of every cited work."""
    for work in inputs.atlas.cited:
        part = Part(source_path(work.key), total=inputs.citations[work.key])
        yield from list_pages(locale_site, part, "", partial(source_view, key=work.key), span=work.span)


def _sources_view(context: PageContext, by: str) -> SourcesView:
    """Return a page of the list of all cited works by letter of the author, language, type or year."""
    locale_site = context.locale_site
    ordered, order_words = _groups(locale_site, by), _order_words(locale_site)
    title = locale_site.words.t("bibliography")
    crumbs = (context.link(title, SOURCES),) if by else ()
    name = locale_site.words.t("label-value", label=title, value=order_words[by]) if by else title
    part = context.part
    top = head(context, name, crumbs=crumbs, tags=list_tags(context, name))
    return SourcesView(
        head=top,
        by=by,
        groupings=tuple(context.link(words, _ORDERS[id]) for id, words in order_words.items()),
        groups=tuple(_groups_of_part(context, ordered, part.of_groups([keys for _, keys in ordered]))),
        downloads=downloads(context, f"{SOURCES}bibliography"),
        total=sum(len(keys) for _, keys in ordered),
        jumps=tuple(_jumps(context, ordered, part.beginnings([keys for _, keys in ordered]))),
    )


def _groups(locale_site: LocaleSite, by: str) -> list[tuple[str, list[str]]]:
    """Return the groups of all cited works in an order, each with its label; all pages of the list share them."""

    def make() -> list[tuple[str, list[str]]]:
        works = {work.key: locale_site.atlas.works[work.key] for work in locale_site.atlas.cited}
        types, groups = _type_words(locale_site), dict[tuple[str, str], list[str]]()
        for key in locale_site.sorted_works(works):
            groups.setdefault(_group(locale_site, works[key], by, types), []).append(key)
        return [(label, own) for (_, label), own in sorted(groups.items(), reverse=by == "year")]

    return locale_site.once(("groups of works", by), make)


def _groups_of_part(
    context: PageContext, ordered: Sequence[tuple[str, Sequence[str]]], shown: Sequence[Sequence[str]]
) -> Iterator[EntryGroup]:
    """Yield the groups on one page of an order; a long group goes on on the next page."""
    for number, ((label, _), own) in enumerate(zip(ordered, shown, strict=True)):
        if own:
            yield EntryGroup(f"_group-{number}", label, tuple(context.entry(key) for key in own))


def _jumps(
    context: PageContext, ordered: Sequence[tuple[str, Sequence[str]]], paths: Iterable[str]
) -> Iterator[Anchor]:
    """Yield a link to the beginning of each group."""
    for number, ((label, _), path) in enumerate(zip(ordered, paths, strict=True)):
        yield context.link(label, f"{path}#_group-{number}")


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
    """Return the index letter of a work, from the text that it is listed under."""
    text, is_person = locale_site.citer.listed_under(work.key)
    return locale_site.collator.index_letter(text.strip("[]"), locale_site.language, is_person=is_person)


def source_view(context: PageContext, key: str) -> SourceView:
    """Return the page of one work."""
    locale_site = context.locale_site
    work = locale_site.atlas.works[key]
    abstract = work.text("abstract")
    crumbs = (context.link(locale_site.words.t("bibliography"), SOURCES),)
    return SourceView(
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


def _cited_by(context: PageContext, key: str) -> tuple[MentionRow, ...]:
    """Return every statement that cites a work, by record; the same statement once."""
    rows: dict[MentionRow, None] = {}
    for mention in context.on_page(context.atlas.cited_by[context.language.id].get(key, ())):
        record = context.atlas.records[mention.record]
        sentence = context.mentioned(mention)
        locator = context.locale_site.citer.locator(mention.locator) if mention.locator else Html("")
        row = MentionRow(context.card(record.id), context.url(address(record, mention.anchor)), sentence, locator)
        rows.setdefault(row)
    return tuple(rows)

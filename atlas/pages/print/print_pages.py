"""Makes the print pages: the records of each family, all works, and the whole atlas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from atlas.content.books import WHOLE
from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.core.digests import short_digest
from atlas.core.html import Html
from atlas.markdown.slots import Slot
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_citations import list_tags
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages, page_spec
from atlas.pages.print.views import Chapter, PrintView
from atlas.pages.records.datasets import dataset_table
from atlas.pages.records.record_pages import (
    details,
    dimension_sections,
    kicker,
    name_row,
    quotation_view,
    record_cards,
    relation_groups,
)
from atlas.pages.view_parts import Phrase
from atlas.schema.families import BY_FAMILY, FAMILIES, INDEXED

PRINT = "/print/"
_HEADING = re.compile(r"<(/?)h([2-5])\b")


def print_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the list of print pages, then each of them."""
    titles = book_titles(locale_site)
    title = locale_site.words.t("print")
    yield page_spec(locale_site, PRINT, partial(_list, locale_site), title=title, tracked=True)
    for name, title in titles.items():
        total = len(book_records(inputs.atlas, name)) or len(inputs.atlas.cited)
        draw = partial(_book, name=name, title=title)
        yield from list_pages(locale_site, Part(f"{PRINT}{name}/", total=total), title, draw)


def book_titles(locale_site: LocaleSite) -> dict[str, str]:
    """Return the title of each book by its name."""
    atlas, words = locale_site.atlas, locale_site.words
    families = {family.folder: words.t(family.folder) for family in INDEXED if atlas.family(family.id)}
    works = {"sources": words.t("bibliography")} if atlas.cited else {}
    return {WHOLE: words.t("whole-atlas"), **families, **works}


def book_records(atlas: Atlas, name: str) -> tuple[Record, ...]:
    """Return the records of a book: those of its family, or the home page and those of all families."""
    records = tuple(one for family in INDEXED if name in (WHOLE, family.folder) for one in atlas.family(family.id))
    home = atlas.addresses.get("/") if name == WHOLE else None
    return (home, *records) if home else records


def book_anchors(atlas: Atlas, ids: Iterable[str]) -> dict[str, str]:
    """Return the anchor of each record of a book by its path; links to the home page stay links."""
    anchors = {atlas.records[id].address: id for id in ids}
    anchors.pop("/", None)
    return anchors


def _list(locale_site: LocaleSite) -> tuple[PageContext, PrintView]:
    """Draw the list of print pages."""
    context, title = PageContext(locale_site, PRINT), locale_site.words.t("print")
    links = tuple(context.link(words, f"{PRINT}{name}/") for name, words in book_titles(locale_site).items())
    return context, PrintView(head(context, title, tags=list_tags(context, title)), title, links, (), ())


def _book(context: PageContext, name: str, title: str) -> PrintView:
    """Draw a page with several records, by family and in the order of the language, and with the works they cite."""
    locale_site = context.locale_site
    records = book_records(locale_site.atlas, name)
    families = sorted(FAMILIES, key=lambda family: family.has_index)  # pages first
    ids = [id for one in families for id in locale_site.sorted(row.id for row in records if row.family == one.id)]
    shown = context.on_page(ids)
    context.book = anchors = book_anchors(locale_site.atlas, shown)
    crumbs = (context.link(locale_site.words.t("print"), PRINT),)
    book = short_digest(msgspec.msgpack.encode(anchors)).hex()
    chapters = tuple(_kept_chapter(context.in_chapter(id), book) for id in shown)
    if not ids:
        context.cited.update(dict.fromkeys(context.on_page(_works(locale_site))))
    return PrintView(
        head=head(context, title, crumbs=crumbs, tags=list_tags(context, title)),
        title=title,
        books=(),
        chapters=chapters,
        references=context.references(),
    )


def _works(locale_site: LocaleSite) -> list[str]:
    """Return all works, in the order in which they are listed."""
    cited = [work.key for work in locale_site.atlas.cited]
    return cited if locale_site.citer.style.labels == "numeric" else locale_site.sorted_works(cited)


class _Made(Struct, array_like=True):
    """A chapter with what it adds to its page."""

    chapter: Chapter
    cited: tuple[str, ...]
    links: tuple[Slot, ...]


def _kept_chapter(context: PageContext, book: str) -> Chapter:
    """Return a chapter, which is made again only if its record changed.

    In a numeric style its citations have the numbers of the page, so it depends on the chapters before it.
    """
    record = context.atlas.records[context.chapter]
    if context.locale_site.citer.style.labels == "numeric":
        return chapter(context, record)

    def make() -> _Made:
        own = replace(context, cited={}, linked_paths=[])
        return _Made(chapter(own, record), tuple(own.cited), tuple(own.linked_paths))

    made = context.locale_site.tracker.part(f"{record.id} {book}", _Made, make)
    context.cited.update(dict.fromkeys(made.cited))
    context.linked_paths.extend(made.links)
    return made.chapter


def chapter(context: PageContext, record: Record, *, deeper: bool = True) -> Chapter:
    """Return the chapter of a record.

    Its parts are built in reading order, because numeric styles number the works in the order of citation.

    Args:
        context: the page, in the chapter.
        record: the record.
        deeper: whether the headings of its body are one level below those on its own page.
    """
    site = context.atlas.site
    kinds = site.kinds.get(record.family, {})
    return Chapter(
        id=record.id,
        kicker=kicker(context, record),
        title=context.locale_site.title(record),
        summary=context.phrase(record.summary),
        names=tuple(name_row(context, name) for name in record.names),
        facets=tuple(
            word
            for word in (
                *(context.label(site.sides[side].label) for side in record.sides),
                context.label(kinds[record.kind].label) if record.kind in kinds else "",
                context.period(record.start, record.end),
                *(context.label(site.places[place].label) for place in record.places if place in site.places),
            )
            if word
        ),
        details=details(context, record),
        quotation=quotation_view(context, record.quotation),
        lead=context.phrase(record.lead),
        dataset=dataset_table(context, record),
        body=_deepened(context.phrase(record.body)) if deeper else context.phrase(record.body),
        dimensions=tuple(row for row in dimension_sections(context, record) if row.facts)
        if BY_FAMILY[record.family].has("facts")
        else (),
        relations=relation_groups(context, record),
        actors=record_cards(context, record, "actors"),
        supports=record_cards(context, record, "supports"),
        complicates=record_cards(context, record, "complicates"),
    )


def _deepened(body: Phrase) -> Phrase:
    return Phrase(Html(_HEADING.sub(_deeper, body.html)), body.lang)


def _deeper(found: re.Match[str]) -> str:
    """Return a heading of a chapter, one level below that on its own page."""
    return f"<{found[1]}h{int(found[2]) + 1}"

"""Pages to print: the records of a family, all works, and the whole atlas, each bound as one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from atlas.content.model import Record
from atlas.content.schema import FAMILIES
from atlas.markup import Html
from atlas.pages.citing_pages import described
from atlas.pages.editions import Edition
from atlas.pages.heads import head
from atlas.pages.record_pages import dimension_sections, name_row, quotation_view, record_cards, relation_groups
from atlas.pages.setting import Setting
from atlas.pages.views.parts import Phrase
from atlas.pages.views.records import Chapter, PrintView

PRINT = "/print/"
_WHOLE = "atlas"
_HEADING = re.compile(r"<(/?)h([2-5])\b")


def print_pages(edition: Edition) -> Iterator[tuple[Setting, PrintView]]:
    """The list of what can be printed, and each of its books."""
    atlas, words = edition.atlas, edition.words
    books = {family.folder: atlas.family(family.id) for family in FAMILIES if family.id != "page"}
    books = {name: records for name, records in books.items() if records}
    titles = {_WHOLE: words.say("whole-atlas"), **{name: words.say(name) for name in books}}
    if atlas.cited:
        titles["sources"] = words.say("bibliography")
    setting = Setting(edition, PRINT)
    links = tuple(setting.link(title, f"{PRINT}{name}/") for name, title in titles.items())
    yield setting, PrintView(described(setting, head(setting, words.say("print"))), words.say("print"), links, (), ())
    whole = (*(record for record in atlas.family("page") if record.address == "/"), *_all(books.values()))
    for name, title in titles.items():
        yield _book(edition, name, title, whole if name == _WHOLE else books.get(name, ()))


def _all(books: Iterable[tuple[Record, ...]]) -> tuple[Record, ...]:
    return tuple(record for records in books for record in records)


def _book(edition: Edition, name: str, title: str, records: tuple[Record, ...]) -> tuple[Setting, PrintView]:
    """Records bound in one page, family by family in the order of the language, and after them the works they cite."""
    bound = {family.id: edition.sorted(one.id for one in records if one.family == family.id) for family in FAMILIES}
    ids = [id for family in ("page", *bound) for id in bound.pop(family, ())]
    anchors = {edition.atlas.records[id].address: id for id in ids}
    anchors.pop("/", None)  # the way home leads home
    setting = Setting(edition, f"{PRINT}{name}/", book=anchors)
    crumbs = (setting.link(edition.words.say("print"), PRINT),)
    chapters = tuple(_chapter(setting.in_chapter(id), edition.atlas.records[id]) for id in ids)
    if not ids:
        setting.cited.update(dict.fromkeys(work.key for work in edition.atlas.cited))
    view = PrintView(
        head=described(setting, head(setting, title, crumbs=crumbs)),
        title=title,
        books=(),
        chapters=chapters,
        references=setting.references(),
    )
    return setting, view


def _chapter(setting: Setting, record: Record) -> Chapter:
    """A record in the order in which its chapter is read: numeric styles count works as the reader meets them."""
    site = setting.atlas.site
    kinds = site.kinds.get(record.family, {})
    return Chapter(
        id=record.id,
        family=record.family,
        title=setting.edition.title(record),
        summary=setting.phrase(record.summary),
        names=tuple(name_row(setting, name) for name in record.names),
        facets=tuple(
            word
            for word in (
                *(setting.label(site.sides[side].label) for side in record.sides),
                setting.label(kinds[record.kind].label) if record.kind in kinds else "",
                setting.period(record.start, record.end),
                *(setting.label(site.places[place].label) for place in record.places if place in site.places),
            )
            if word
        ),
        website=record.website,
        archived=record.archived,
        quotation=quotation_view(setting, record.quotation),
        body=_deepened(setting.phrase(record.body)),
        dimensions=tuple(row for row in dimension_sections(setting, record) if row.facts)
        if record.family in ("actor", "instrument", "person")
        else (),
        relations=relation_groups(setting, record),
        actors=record_cards(setting, record, "actors"),
        supports=record_cards(setting, record, "supports"),
        complicates=record_cards(setting, record, "complicates"),
    )


def _deepened(body: Phrase) -> Phrase:
    return Phrase(Html(_HEADING.sub(_deeper, body.html)), body.lang)


def _deeper(found: re.Match[str]) -> str:
    """A heading of a chapter, one level below where it stands on a page of its own."""
    return f"<{found[1]}h{int(found[2]) + 1}"

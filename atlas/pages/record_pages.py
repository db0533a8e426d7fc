"""The page of a record: what it shows of the record, of its neighbours and of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from atlas.content import schema
from atlas.content.coverage import why_blank
from atlas.content.linking import Tie
from atlas.content.model import Label, Link, Name, Quotation, Record
from atlas.markup import escaped
from atlas.pages.citing_pages import cite_rows, json_ld, meta_tags, page_downloads, page_work
from atlas.pages.comparing import dimension_path
from atlas.pages.editions import address, plain_text
from atlas.pages.facts import fact_rows
from atlas.pages.heads import head
from atlas.pages.linked_data import ARTICLES, about
from atlas.pages.near_pages import neighbourhood_view, place_map
from atlas.pages.pair_pages import pair_anchors
from atlas.pages.scale_pages import scale_section
from atlas.pages.setting import Setting
from atlas.pages.twins import TWIN
from atlas.pages.views.parts import Anchor, Card, Entry, Head, MentionRow, Phrase
from atlas.pages.views.records import (
    ChangeRow,
    DimensionSection,
    HeadingRow,
    NameRow,
    PlaceRow,
    QuotationView,
    RecordView,
    RelationGroup,
    RelationRow,
    Subject,
)
from atlas.tongues.languages import show_language


def record_view(setting: Setting, record: Record, crumbs: Iterable[Anchor]) -> RecordView:
    """Everything that the page of a record shows, in its order: numeric styles count works as the reader meets them."""
    atlas, site = setting.atlas, setting.atlas.site
    kinds = site.kinds.get(record.family, {})
    title = setting.edition.title(record)
    view: dict[str, Any] = {
        "id": record.id,
        "family": record.family,
        "title": title,
        "summary": setting.phrase(record.summary),
        "notice": setting.notice(record),
        "names": tuple(name_row(setting, name) for name in record.names),
        "sides": tuple(_group_link(setting, record, "side", side, site.sides[side].label) for side in record.sides),
        "kind": _group_link(setting, record, "kind", record.kind, kinds[record.kind].label)
        if record.kind in kinds
        else None,
        "period": setting.period(record.start, record.end),
        "places": tuple(_place_row(setting, place) for place in record.places if place in site.places),
        "website": record.website,
        "archived": record.archived,
        "quotation": quotation_view(setting, record.quotation),
        "body": setting.phrase(record.body),
        "contents": _contents(setting, record),
        "dimensions": dimension_sections(setting, record) if record.family in ("actor", "instrument", "person") else (),
        "scale": scale_section(setting, record) if record.family == "actor" else None,
        "fields": _subjects(setting, record, record.fields, site.fields, "field"),
        "contributions": _subjects(setting, record, record.contributions, site.contributions, ""),
        "relations": relation_groups(setting, record),
        "neighbourhood": neighbourhood_view(setting, record) if "network" in site.views else None,
        "map": place_map(setting, record) if "map" in site.views else None,
        "actors": record_cards(setting, record, "actors"),
        "compared": record_cards(setting, record, "records"),
        "supports": record_cards(setting, record, "supports"),
        "complicates": record_cards(setting, record, "complicates"),
        "cases": setting.cards(atlas.listed.get(("actors", record.id), ())),
        "claims": setting.cards(
            id for key in ("supports", "complicates") for id in atlas.listed.get((key, record.id), ())
        ),
        "comparisons": setting.cards(atlas.listed.get(("records", record.id), ())),
        "pairs": pair_anchors(setting, record),
        "mentions": mentions(setting, record.id),
        "authors": tuple(name.text for name in record.authors) or (setting.label(site.author),),
        "published": setting.moment(record.date),
        "updated": setting.moment(record.updated),
        "changes": tuple(
            ChangeRow(setting.moment(change.date), str(change.date), setting.phrase(change.text))
            for change in reversed(record.changes)
        ),
        **_neighbours(setting, record),
        "references": _references(setting, record),
        "downloads": page_downloads(setting),
    }
    base = _head(setting, record, title, crumbs)
    language = setting.edition.tag(record.shown_in(setting.language.id))
    work = page_work(setting, base.title, base.canonical, str(record.date), record, language)
    organisation = setting.label(site.author)
    kind = "ScholarlyArticle" if record.family in ARTICLES else "WebPage"
    whole = replace(
        base,
        meta=meta_tags(work),
        jsonld_html=json_ld(
            work, str(record.last_updated), organisation, setting.label(site.title), kind, about(setting, record)
        ),
        data=setting.file_url(f"{record.address}{TWIN}") if "twins" in site.views and record.family != "page" else "",
    )
    return RecordView(head=whole, cite=cite_rows(setting, work, setting.edition.styles), **view)


def _neighbours(setting: Setting, record: Record) -> dict[str, Anchor | None]:
    """The records before and after it in the list of its family; pages stand in no list."""
    if record.family == "page":
        return {}
    links = (
        Anchor(setting.edition.title(one), setting.url(address(one))) if one else None
        for one in setting.edition.neighbours(record)
    )
    return dict(zip(("previous", "following"), links, strict=True))


def _references(setting: Setting, record: Record) -> tuple[Entry, ...]:
    """What the rest of the page has cited, then what is listed without being cited."""
    listed = (link.target for link in record.nocite)
    setting.cited.update(dict.fromkeys(key for key in listed if key in setting.atlas.works))
    return setting.references()


def _head(setting: Setting, record: Record, title: Phrase, crumbs: Iterable[Anchor]) -> Head:
    return head(
        setting,
        plain_text(title),
        crumbs=crumbs,
        description=plain_text(setting.edition.excerpt(record)),
        updated=str(record.last_updated),
        original=setting.atlas.site.languages[record.shown_in(setting.language.id)],
    )


def mentions(setting: Setting, id: str) -> tuple[MentionRow, ...]:
    """The sentences of other pages that name a record."""
    found = setting.atlas.mentions[setting.language.id].get(id, ())
    return tuple(
        MentionRow(
            setting.card(mention.record),
            setting.url(address(setting.atlas.records[mention.record], mention.anchor)),
            setting.mentioned(mention),
        )
        for mention in found
    )


def name_row(setting: Setting, name: Name) -> NameRow:
    """A name with its language, dates and sources."""
    return NameRow(
        text=Phrase(escaped(name.text), setting.foreign(name.language)),
        language=show_language(setting.edition.tag(name.language), setting.language),
        kind=name.kind,
        romanised=name.romanised,
        period=setting.period(name.start, name.end),
        ours=name.ours,
        cites_html=setting.cites(name.sources),
    )


def _group_link(setting: Setting, record: Record, by: str, id: str, label: Label) -> Anchor:
    folder = schema.BY_FAMILY[record.family].folder
    return setting.link(label, f"/{folder}/by-{by}/{id}/")


def _place_row(setting: Setting, id: str) -> PlaceRow:
    place = setting.atlas.site.places[id]
    return PlaceRow(setting.label(place.label), *place.coordinates)


def _contents(setting: Setting, record: Record) -> tuple[HeadingRow, ...]:
    if not record.body:
        return ()
    language, prose = record.body.version(setting.language.id)
    return tuple(
        HeadingRow(heading.level, heading.id, setting.edition.sentence(language, heading.html, prose.slots).html)
        for heading in prose.headings
    )


def dimension_sections(setting: Setting, record: Record) -> tuple[DimensionSection, ...]:
    """The dimensions that a record answers; for actors also those that it leaves open, and why."""
    site = setting.atlas.site
    sections = []
    for dimension in site.dimensions.values():
        facts = fact_rows(setting, record, dimension.id)
        blank = "" if facts else why_blank(site, record, dimension.id)
        if facts or record.family == "actor":
            label, question = setting.label(dimension.label), setting.label(dimension.question)
            url = setting.url(dimension_path(dimension.id)) if "compare" in site.views else ""
            sections.append(DimensionSection(dimension.id, label, question, facts, blank, url))
    return tuple(sections)


def _subjects(
    setting: Setting, record: Record, subjects: Mapping[str, tuple[Link, ...]], labels: Mapping[str, Label], by: str
) -> tuple[Subject, ...]:
    folder = schema.BY_FAMILY[record.family].folder
    return tuple(
        Subject(
            setting.label(labels[id]),
            setting.url(f"/{folder}/by-{by}/{id}/") if by else "",
            tuple(link.target for link in subjects[id]),
        )
        for id in labels
        if id in subjects
    )


def relation_groups(setting: Setting, record: Record) -> tuple[RelationGroup, ...]:
    """The relations of a record, under the words for each type and direction."""
    groups: dict[str, list[RelationRow]] = {}
    for tie in setting.atlas.ties.get(record.id, ()):
        groups.setdefault(_tie_label(setting, tie), []).append(_relation_row(setting, tie))
    return tuple(RelationGroup(label, tuple(rows)) for label, rows in groups.items())


def _tie_label(setting: Setting, tie: Tie) -> str:
    kind = setting.atlas.site.relation_types[tie.relation.type]
    return setting.label(kind.label if tie.outgoing or kind.symmetric else kind.inverse)


def _relation_row(setting: Setting, tie: Tie) -> RelationRow:
    relation = tie.relation
    return RelationRow(
        id=relation.id if tie.outgoing else "",
        url=setting.url(address(setting.atlas.records[tie.source], relation.id)),
        other=setting.card(tie.other),
        period=setting.period(relation.start, relation.end),
        note=setting.phrase(relation.note),
        cites_html=setting.cites(relation.sources),
    )


def quotation_view(setting: Setting, quotation: Quotation | None) -> QuotationView | None:
    """An author's own words with their source."""
    if quotation is None:
        return None
    words = Phrase(escaped(quotation.text), setting.foreign(quotation.language))
    return QuotationView(words, setting.cites((quotation.source,)))


def record_cards(setting: Setting, record: Record, key: str) -> tuple[Card, ...]:
    """The records that a record lists under a key."""
    ids = (link.target for link in record.links.get(key, ()))
    return setting.cards(id for id in ids if id in setting.atlas.records)

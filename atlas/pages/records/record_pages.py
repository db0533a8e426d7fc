"""Makes the page of a record: its content, related records and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from atlas.content.coverage import missing_reason
from atlas.content.edition_states import EditionState
from atlas.content.linking import Tie
from atlas.content.model import Label, Link, Name, Quotation, Record
from atlas.core.html import escaped
from atlas.i18n.locales import show_language
from atlas.pages.compare.columns import dimension_path
from atlas.pages.compare.pair_pages import pair_anchors
from atlas.pages.compare.scale_pages import scale_section
from atlas.pages.context import PageContext
from atlas.pages.head import absolute, head
from atlas.pages.list_parts import WHOLE
from atlas.pages.locale_site import LocaleSite, address, plain_text
from atlas.pages.own_fields import own_text, own_values
from atlas.pages.page_citations import cite_rows, json_ld, meta_tags, page_downloads, page_work
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, page_spec
from atlas.pages.records.datasets import dataset_table, rows_part
from atlas.pages.records.facts import body_parts, fact_rows
from atlas.pages.records.linked_data import about
from atlas.pages.records.record_json import RECORD_JSON
from atlas.pages.records.record_pictures import neighbourhood_view, place_map
from atlas.pages.records.views import (
    ChangeRow,
    Detail,
    DimensionSection,
    HeadingRow,
    NameRow,
    PlaceRow,
    QuotationView,
    RecordList,
    RecordView,
    RelationGroup,
    RelationRow,
    SignerRow,
    Subject,
)
from atlas.pages.relations.relation_pages import relation_list_path
from atlas.pages.signposts import signposts
from atlas.pages.view_parts import Anchor, Card, EditionNote, MentionRow, Phrase, ReferenceEntry
from atlas.schema.families import BY_FAMILY, FAMILIES
from atlas.schema.field_types import URL
from atlas.schema.identifiers import IDENTIFIERS, identifier_url


def record_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of every record."""
    for record in inputs.atlas.records.values():
        page = partial(_record_page, locale_site, record.id)
        template = f"{record.family}.html"
        yield page_spec(locale_site, record.address, page, record.span, template=template, tracked=True)


def _record_page(locale_site: LocaleSite, id: str) -> tuple[PageContext, RecordView]:
    record = locale_site.atlas.records[id]
    part = rows_part(record, record.dataset) if record.dataset else WHOLE
    context = PageContext(locale_site, record.address, part=part)
    return context, record_view(context, record, _crumbs(context, record))


def _crumbs(context: PageContext, record: Record) -> tuple[Anchor, ...]:
    """Return the breadcrumb of a record: the index of its family; for a page, the pages above it in its path."""
    family = BY_FAMILY[record.family]
    if family.has_index:
        return (context.link(context.locale_site.words.t(family.folder), f"/{family.folder}/"),)
    parts = record.address.strip("/").split("/")[:-1]
    paths = [f"/{'/'.join(parts[: number + 1])}/" for number in range(len(parts))]
    above = [page for path in paths if (page := context.atlas.addresses.get(path))]
    return tuple(Anchor(context.locale_site.title(page), context.url(page.address)) for page in above)


def record_view(context: PageContext, record: Record, crumbs: Iterable[Anchor]) -> RecordView:
    """Return the view of a record.

    Its parts are built in reading order, because numeric styles number the works in the order of citation.
    """
    site, family = context.atlas.site, BY_FAMILY[record.family]
    kinds = site.kinds.get(record.family, {})
    title = context.locale_site.title(record)
    view: dict[str, Any] = {
        "id": record.id,
        "kicker": kicker(context, record),
        "title": title,
        "summary": context.phrase(record.summary),
        "lead": context.phrase(record.lead),
        "notice": context.notice(record),
        "names": tuple(name_row(context, name) for name in record.names),
        "sides": tuple(_group_link(context, record, "side", side, site.sides[side].label) for side in record.sides),
        "kind": _group_link(context, record, "kind", record.kind, kinds[record.kind].label)
        if record.kind in kinds
        else None,
        "period": context.period(record.start, record.end),
        "places": tuple(_place_row(context, place) for place in record.places if place in site.places),
        "identifiers": _register_links(record.identifiers),
        "details": details(context, record),
        "quotation": quotation_view(context, record.quotation),
        "body": (body := context.phrase(record.body)),
        "body_parts": body_parts(context, record, body.html),
        "contents": _contents(context, record),
        "dataset": dataset_table(context, record),
        "dimensions": dimension_sections(context, record) if family.has("facts") else (),
        "scale": scale_section(context, record) if family.has("answers") else None,
        "fields": _subjects(context, record, record.fields, site.fields, "field"),
        "contributions": _subjects(context, record, record.contributions, site.contributions, ""),
        "relations": relation_groups(context, record),
        "neighbourhood": neighbourhood_view(context, record) if "network" in site.views else None,
        "map": place_map(context, record) if "map" in site.views else None,
        "actors": record_cards(context, record, "actors"),
        "compared": record_cards(context, record, "records"),
        "lists": _lists(context, record),
        "pairs": pair_anchors(context, record),
        "mentions": mentions(context, record.id),
        "authors": _signers(context, record),
        "published": context.moment(record.date),
        "updated": context.moment(record.updated),
        "changes": tuple(
            ChangeRow(context.moment(change.date), str(change.date), context.phrase(change.text))
            for change in reversed(record.changes)
        ),
        **_neighbours(context, record),
        "references": _references(context, record),
        "downloads": page_downloads(context),
    }
    shown = site.languages[record.shown_in(context.language.id)]
    language, canonical = context.locale_site.tag(shown.id), absolute(context.atlas, shown, context.path)
    state = context.locale_site.edition_state(record)
    latest = context.locale_site.edition()
    version = latest.version if latest and state[0] == "same" else ""
    work = page_work(context, plain_text(title), canonical, str(record.date), record, language, version)
    kind = family.schema_org if family.schema_org in ("ScholarlyArticle", "Dataset") else "WebPage"
    item_type = {"ScholarlyArticle": "encyclopediaArticle", "Dataset": "dataset"}.get(kind, "webpage")
    linked = json_ld(context, work, str(record.last_updated), kind, about(context, record))
    data = context.file_url(f"{record.address}{RECORD_JSON}") if "json" in site.views and family.has_index else ""
    own_head = head(
        context,
        plain_text(title),
        crumbs=crumbs,
        description=plain_text(context.locale_site.excerpt(record)),
        updated=str(record.last_updated),
        original=shown,
        tags=(meta_tags(work, item_type), linked),
        data=data,
        signposts=tuple(
            signposts(
                site,
                canonical,
                ("AboutPage", kind),
                authors=[name.text for name in record.authors],
                described=((data, "application/json"),) if data else (),
                items=((dataset.csv, "text/csv"),) if (dataset := view["dataset"]) else (),
                collection=absolute(context.atlas, context.language, "/") if record.address != "/" else "",
            )
        ),
    )
    cite = cite_rows(context, work, context.locale_site.styles)
    return RecordView(head=own_head, cite=cite, edition=_edition_note(context, state), **view)


def _edition_note(context: PageContext, state: EditionState) -> EditionNote | None:
    """Return what the page says of the latest edition, and the address that names it."""
    latest, t = context.locale_site.edition(), context.locale_site.words.t
    kind, since = state
    if latest is None or kind == "none":
        return None
    own = {"version": latest.version, "date": context.moment(latest.date)}
    if kind == "new":
        return EditionNote(t("page-not-in-edition", **own))
    if kind == "changed":
        return EditionNote(t("page-changed-since", **own))
    text = t("page-as-in", **own) if since == latest.version else t("page-unchanged", first=since, **own)
    query = f"?edition={quote(latest.version)}"
    return EditionNote(text, absolute(context.atlas, context.language, context.path) + query, query)


def details(context: PageContext, record: Record) -> tuple[Detail, ...]:
    """Return the details of a record with their labels, in the order of the keys of its family, then its own fields."""
    declared = tuple(
        Detail(key.name, context.locale_site.words.t(key.word), text, text if key.shape is URL else "")
        for key in BY_FAMILY[record.family].details
        if (text := record.details.get(key.name))
    )
    own = (
        Detail(
            field.id,
            context.label(field.label),
            own_text(context, field, values),
            values[0] if field.type == "url" else "",
            context.foreign(record.original) if field.type in ("text", "list") else "",
        )
        for field, values in own_values(context.atlas.site, record, "page")
    )
    return (*declared, *own)


def _register_links(identifiers: Mapping[str, str]) -> tuple[Anchor, ...]:
    """Return links to public registers."""
    return tuple(
        Anchor(Phrase(escaped(f"{IDENTIFIERS[key].name}: {value}")), identifier_url(key, value))
        for key, value in identifiers.items()
    )


def _signers(context: PageContext, record: Record) -> tuple[SignerRow, ...]:
    """Return the authors of a record, else that of the atlas."""
    site = context.atlas.site
    names = tuple(name.text for name in record.authors) or (context.label(site.author),)
    return tuple(SignerRow(name, _register_links(site.identifiers_of(name))) for name in names)


def kicker(context: PageContext, record: Record) -> str:
    """Return the label above the title: the name of the family; "" for pages."""
    family = BY_FAMILY[record.family]
    return context.locale_site.words.t(family.id) if family.has_index else ""


def _lists(context: PageContext, record: Record) -> tuple[RecordList, ...]:
    """Return the records that support or complicate a record, and those that list it, by family."""
    listed, words = context.atlas.listed, context.locale_site.words
    lists = [
        RecordList("supports", words.t("supporting"), record_cards(context, record, "supports")),
        RecordList("complicates", words.t("complicating"), record_cards(context, record, "complicates")),
    ]
    for family in FAMILIES:
        if family.lists:
            ids = [id for key in family.lists for id in listed.get((key.name, record.id), ())]
            lists.append(RecordList(family.folder, words.t(family.related_word), context.cards(ids)))
    return tuple(row for row in lists if row.cards)


def _neighbours(context: PageContext, record: Record) -> dict[str, Anchor | None]:
    """Return the records before and after it in the list of its family; none for pages, which are in no list."""
    if not BY_FAMILY[record.family].has_index:
        return {}
    links = (context.anchor(one.id) if one else None for one in context.locale_site.neighbours(record))
    return dict(zip(("previous", "following"), links, strict=True))


def _references(context: PageContext, record: Record) -> tuple[ReferenceEntry, ...]:
    """Return the works that the page cites so far, then those that it lists without citing them."""
    listed = (link.target for link in record.nocite)
    context.cited.update(dict.fromkeys(key for key in listed if key in context.atlas.works))
    return context.references()


def mentions(context: PageContext, id: str) -> tuple[MentionRow, ...]:
    """Return the places of other pages that link to a record; a place once."""
    found = context.atlas.mentions[context.language.id].get(id, ())
    rows = (
        MentionRow(
            context.card(mention.record),
            context.url(address(context.atlas.records[mention.record], mention.anchor)),
        )
        for mention in found
    )
    return tuple(dict.fromkeys(rows))


def name_row(context: PageContext, name: Name) -> NameRow:
    """Return a name with its language, dates and sources."""
    return NameRow(
        text=Phrase(escaped(name.text), context.foreign(name.language)),
        language=show_language(context.locale_site.tag(name.language), context.language),
        kind=name.kind,
        romanised=name.romanised,
        period=_name_period(context, name),
        ours=name.ours,
        cites_html=context.cites(name.sources),
    )


def _name_period(context: PageContext, name: Name) -> str:
    """Return when a name was in use; a former name without an end is not in use since its beginning."""
    if name.kind == "former" and name.start and not name.end:
        return context.locale_site.beginning(name.start)
    return context.period(name.start, name.end)


def _group_link(context: PageContext, record: Record, by: str, id: str, label: Label) -> Anchor:
    folder = BY_FAMILY[record.family].folder
    return context.link(label, f"/{folder}/by-{by}/{id}/")


def _place_row(context: PageContext, id: str) -> PlaceRow:
    place = context.atlas.site.places[id]
    return PlaceRow(context.label(place.label), *place.coordinates)


def _contents(context: PageContext, record: Record) -> tuple[HeadingRow, ...]:
    if not record.body:
        return ()
    language, prose = record.body.version(context.language.id)
    return tuple(
        HeadingRow(heading.level, heading.id, context.locale_site.sentence(language, heading.html, prose.slots).html)
        for heading in prose.headings
    )


def dimension_sections(context: PageContext, record: Record) -> tuple[DimensionSection, ...]:
    """Return the dimensions with facts; for the compared family, also those without, each with the reason."""
    site = context.atlas.site
    sections = []
    for dimension in site.dimensions.values():
        facts = fact_rows(context, record, dimension.id)
        blank = "" if facts else missing_reason(site, record, dimension.id)
        if facts or BY_FAMILY[record.family].is_compared:
            label, question = context.label(dimension.label), context.label(dimension.question)
            url = context.url(dimension_path(dimension.id)) if "compare" in site.views else ""
            sections.append(DimensionSection(dimension.id, label, question, facts, blank, url))
    return tuple(sections)


def _subjects(
    context: PageContext, record: Record, subjects: Mapping[str, tuple[Link, ...]], labels: Mapping[str, Label], by: str
) -> tuple[Subject, ...]:
    folder = BY_FAMILY[record.family].folder
    return tuple(
        Subject(
            context.label(labels[id]),
            context.url(f"/{folder}/by-{by}/{id}/") if by else "",
            tuple(link.target for link in subjects[id]),
        )
        for id in labels
        if id in subjects
    )


def relation_groups(context: PageContext, record: Record) -> tuple[RelationGroup, ...]:
    """Return the relations of a record by type and direction."""
    groups: dict[tuple[str, str], list[RelationRow]] = {}
    for tie in context.atlas.ties.get(record.id, ()):
        key = (_tie_label(context, tie), _list_url(context, tie.relation.type))
        groups.setdefault(key, []).append(_relation_row(context, tie))
    return tuple(RelationGroup(label, tuple(rows), url) for (label, url), rows in groups.items())


def _list_url(context: PageContext, type: str) -> str:
    """Return the list of all relations of a type; "" for types without such a list, and in print."""
    kind = context.atlas.site.relation_types[type]
    return context.url(relation_list_path(type)) if kind.arc and not context.chapter else ""


def _tie_label(context: PageContext, tie: Tie) -> str:
    kind = context.atlas.site.relation_types[tie.relation.type]
    return context.label(kind.label if tie.outgoing or kind.symmetric else kind.inverse)


def _relation_row(context: PageContext, tie: Tie) -> RelationRow:
    relation = tie.relation
    return RelationRow(
        id=relation.id if tie.outgoing else "",
        url=context.url(address(context.atlas.records[tie.source], relation.id)),
        other=context.card(tie.other),
        period=context.period(relation.start, relation.end),
        note=context.phrase(relation.note),
        cites_html=context.cites(relation.sources),
    )


def quotation_view(context: PageContext, quotation: Quotation | None) -> QuotationView | None:
    """Return a quotation with its source; None for none."""
    if quotation is None:
        return None
    words = Phrase(escaped(quotation.text), context.foreign(quotation.language))
    return QuotationView(words, context.cites((quotation.source,)))


def record_cards(context: PageContext, record: Record, key: str) -> tuple[Card, ...]:
    """Return the records that a record lists under a key."""
    ids = (link.target for link in record.links.get(key, ()))
    return context.cards(id for id in ids if id in context.atlas.records)

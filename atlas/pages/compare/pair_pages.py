"""Makes one page for each pair of counterparts, dimension by dimension."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from functools import partial
from html import escape

from atlas.content.coverage import Pair, missing_reason, pairs, pairs_of, works_of_facts
from atlas.content.model import Dimension, Label, Record, Relation, Site
from atlas.core.html import Html, escaped
from atlas.core.private_use import PAIR
from atlas.pages.compare.columns import (
    answering_facts,
    answers_to,
    crumb,
    dimension_path,
    has_compared_side,
    statement_groups,
)
from atlas.pages.compare.scale_pages import scale_section
from atlas.pages.compare.views import (
    FieldEvidence,
    PairAnswer,
    PairCell,
    PairField,
    PairRow,
    PairTie,
    PairView,
    ProfileCell,
    ProfileRow,
)
from atlas.pages.context import PageContext
from atlas.pages.locale_site import NOTHING, LocaleSite, address, plain_text
from atlas.pages.page_citations import page_downloads
from atlas.pages.page_intro import intro, intro_head, share, works_behind
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, generated_page
from atlas.pages.records.facts import with_cites
from atlas.pages.records.views import ScaleSection
from atlas.pages.view_parts import Anchor, Card, Phrase
from atlas.schema.families import BY_FAMILY, FAMILIES

"""Placeholders for both titles while the text around them becomes HTML: no text holds these characters."""


def pair_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of every pair."""
    if has_compared_side(locale_site):
        for pair in pairs(locale_site.atlas):
            draw = partial(_pair_view, first=pair.first.id, second=pair.second.id)
            yield generated_page(locale_site, pair.path, "", draw)


def pair_anchors(context: PageContext, record: Record) -> tuple[Anchor, ...]:
    """Return links to the pairs of a record, named by its counterpart; none where the site has no comparisons."""
    if "compare" not in context.atlas.site.views:
        return ()
    own = pairs_of(context.atlas, record)
    others = [pair.second if pair.first.id == record.id else pair.first for pair in own]
    return tuple(
        Anchor(context.locale_site.title(other), context.url(pair.path))
        for pair, other in zip(own, others, strict=True)
    )


def shared_dimensions(site: Site, pair: Pair) -> int:
    """Count the dimensions under which both records have a fact."""
    return sum(
        not missing_reason(site, pair.first, dimension) and not missing_reason(site, pair.second, dimension)
        for dimension in site.dimensions
    )


def _pair_view(context: PageContext, first: str, second: str) -> PairView:
    own = pairs_of(context.atlas, context.atlas.records[max(first, second)])
    pair = next(one for one in own if {one.first.id, one.second.id} == {first, second})
    site, records = context.atlas.site, (pair.first, pair.second)
    titles = [context.locale_site.title(record) for record in records]
    profile = tuple(_profile_row(context, records, id, label) for id, label in site.profile.items())
    known = sum(bool(cell.statements) for row in profile for cell in row.cells)
    one_title, other_title = (f'<span lang="{one.lang}">{one.html}</span>' if one.lang else one.html for one in titles)
    words = escape(context.locale_site.words.t("pair-title", first=PAIR.begin, second=PAIR.end), quote=False)
    begun = intro(context, Phrase(Html(words.replace(PAIR.begin, one_title).replace(PAIR.end, other_title))))
    return PairView(
        head=intro_head(context, begun, crumb(context)),
        intro=begun,
        records=tuple(context.card(record.id, summary=True) for record in records),
        profile=profile,
        answered=share(context, known, len(records) * len(profile)),
        ties=tuple(_tie(context, pair, relation) for relation in pair.relations),
        comparisons=_comparisons(context, pair),
        shared=share(context, shared_dimensions(site, pair), len(site.dimensions)),
        rows=tuple(_row(context, records, dimension) for dimension in site.dimensions.values()),
        scale=_scale(context, records),
        answers=_answers(context, records),
        fields=_fields(context, records),
        works=works_behind(
            context,
            [(plain_text(title), works_of_facts(one.facts)) for title, one in zip(titles, records, strict=True)],
        ),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _profile_row(context: PageContext, records: Collection[Record], question: str, label: Label) -> ProfileRow:
    cells = []
    pair = frozenset(record.id for record in records)
    for record in records:
        found = answers_to(context, record, question)
        cells.append(ProfileCell(found, () if found else _nearest(context, record, question, pair)))
    return ProfileRow(context.label(label), tuple(cells))


def _nearest(context: PageContext, record: Record, question: str, pair: Set[str]) -> tuple[Anchor, ...]:
    """Return a link to the nearest record that answers a question: one that lists the record, else one tied to it.

    The two records of the pair, whose answers the table shows, are none.
    """
    atlas, locale_site = context.atlas, context.locale_site
    keys = dict.fromkeys(key.name for family in FAMILIES for key in family.lists)
    listing = locale_site.sorted(id for key in keys for id in atlas.listed.get((key, record.id), ()))
    tied = locale_site.sorted(tie.other for tie in atlas.ties.get(record.id, ()))
    for id in (*listing, *tied):
        near = atlas.records[id]
        found = answering_facts(near, question) if id not in pair else ()
        if found:
            return (context.anchor(id, found[0].id),)
    return ()


def _tie(context: PageContext, pair: Pair, relation: Relation) -> PairTie:
    kind = context.atlas.site.relation_types[relation.type]
    note = context.quoted(relation.note, "/") if relation.note else NOTHING
    period = context.period(relation.start, relation.end)
    words = note if note.html else Phrase(escaped(context.label(kind.label)))
    source = pair.second if relation.target == pair.first.id else pair.first
    text = Phrase(with_cites(words.html, context.cites(relation.sources)), words.lang)
    return PairTie(text, period, context.url(address(source, relation.id)))


def _comparisons(context: PageContext, pair: Pair) -> tuple[Card, ...]:
    """Return the records that compare both."""
    listed = context.atlas.listed
    both = set(listed.get(("records", pair.first.id), ())) & set(listed.get(("records", pair.second.id), ()))
    return tuple(context.card(id, summary=True) for id in context.locale_site.sorted(both))


def _row(context: PageContext, records: Iterable[Record], dimension: Dimension) -> PairRow:
    site = context.atlas.site
    cells = tuple(
        PairCell(
            context.locale_site.title(record),
            statement_groups(context, record, dimension.id),
            missing_reason(site, record, dimension.id),
        )
        for record in records
    )
    label, question = context.label(dimension.label), context.label(dimension.question)
    return PairRow(dimension.id, label, question, context.url(dimension_path(dimension.id)), cells)


def _scale(context: PageContext, records: Iterable[Record]) -> tuple[ScaleSection, ...]:
    """Return the scale answers of both records, where both should answer."""
    found = tuple(scale_section(context, record) for record in records if BY_FAMILY[record.family].has("answers"))
    whole = tuple(section for section in found if section)
    return whole if len(whole) == 2 else ()


def _answers(context: PageContext, records: Iterable[Record]) -> tuple[PairAnswer, ...]:
    sections = _scale(context, records)
    if not sections:
        return ()
    rows = zip(*(section.rows for section in sections), strict=True)
    return tuple(PairAnswer(cells[0].question, cells) for cells in rows)


def _fields(context: PageContext, records: Iterable[Record]) -> tuple[PairField, ...]:
    both = tuple(records)
    return tuple(
        PairField(context.label(label), tuple(_grounds(context, record, id) for record in both))
        for id, label in context.atlas.site.fields.items()
        if any(id in record.fields for record in both)
    )


def _grounds(context: PageContext, record: Record, field: str) -> FieldEvidence:
    links = record.fields.get(field, ())
    return FieldEvidence(field in record.fields, tuple(context.url(address(record, link.target)) for link in links))

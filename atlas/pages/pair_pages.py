"""One page for each pair of counterparts: the dimensions as rows, the two records side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from atlas.content.coverage import Pair, pairs, pairs_of, why_blank, works_of_facts
from atlas.content.model import Dimension, Record, Relation, Site
from atlas.markup import Html, escaped
from atlas.pages.citing_pages import page_downloads
from atlas.pages.comparing import crumb, dimension_path, statement_groups
from atlas.pages.editions import NOTHING, Edition, address, plain_text
from atlas.pages.facts import with_cites
from atlas.pages.openings import opened, opening, share, works_behind
from atlas.pages.scale_pages import scale_section
from atlas.pages.setting import Setting
from atlas.pages.views.comparisons import Grounds, PairAnswer, PairCell, PairField, PairRow, PairTie, PairView
from atlas.pages.views.parts import Anchor, Card, Phrase
from atlas.pages.views.records import ScaleSection

_FIRST, _SECOND = "\ue000", "\ue001"
"""What stands for the titles of both while the words around them become HTML: no text holds these characters."""


def pair_pages(edition: Edition) -> Iterator[tuple[Setting, PairView, str]]:
    """The page of every pair."""
    for pair in pairs(edition.atlas):
        setting = Setting(edition, pair.path)
        yield setting, _pair_view(setting, pair), "pair.html"


def pair_anchors(setting: Setting, record: Record) -> tuple[Anchor, ...]:
    """The pairs of a record, under the name of the other; none where the site does without comparisons."""
    if "compare" not in setting.atlas.site.views:
        return ()
    own = pairs_of(setting.atlas, record)
    others = [pair.second if pair.first.id == record.id else pair.first for pair in own]
    return tuple(
        Anchor(setting.edition.title(other), setting.url(pair.path)) for pair, other in zip(own, others, strict=True)
    )


def shared_dimensions(site: Site, pair: Pair) -> int:
    """On how many dimensions both records have a fact."""
    return sum(
        not why_blank(site, pair.first, dimension) and not why_blank(site, pair.second, dimension)
        for dimension in site.dimensions
    )


def _pair_view(setting: Setting, pair: Pair) -> PairView:
    site, records = setting.atlas.site, (pair.first, pair.second)
    titles = [setting.edition.title(record) for record in records]
    first, second = (f'<span lang="{one.lang}">{one.html}</span>' if one.lang else one.html for one in titles)
    words = escape(setting.edition.words.say("pair-title", first=_FIRST, second=_SECOND), quote=False)
    begun = opening(setting, Phrase(Html(words.replace(_FIRST, first).replace(_SECOND, second))))
    return PairView(
        head=opened(setting, begun, crumb(setting)),
        opening=begun,
        records=tuple(setting.card(record.id, summary=True) for record in records),
        ties=tuple(_tie(setting, pair, relation) for relation in pair.relations),
        comparisons=_comparisons(setting, pair),
        shared=share(setting, shared_dimensions(site, pair), len(site.dimensions)),
        rows=tuple(_row(setting, records, dimension) for dimension in site.dimensions.values()),
        scale=_scale(setting, records),
        answers=_answers(setting, records),
        fields=_fields(setting, records),
        works=works_behind(
            setting,
            [(plain_text(title), works_of_facts(one.facts)) for title, one in zip(titles, records, strict=True)],
        ),
        references=setting.references(),
        downloads=page_downloads(setting),
    )


def _tie(setting: Setting, pair: Pair, relation: Relation) -> PairTie:
    kind = setting.atlas.site.relation_types[relation.type]
    note = setting.quoted(relation.note, "/") if relation.note else NOTHING
    period = setting.period(relation.start, relation.end)
    words = note if note.html else Phrase(escaped(setting.label(kind.label)))
    source = pair.second if relation.target == pair.first.id else pair.first
    text = Phrase(with_cites(words.html, setting.cites(relation.sources)), words.lang)
    return PairTie(text, period, setting.url(address(source, relation.id)))


def _comparisons(setting: Setting, pair: Pair) -> tuple[Card, ...]:
    """What authors have written that compares both."""
    listed = setting.atlas.listed
    both = set(listed.get(("records", pair.first.id), ())) & set(listed.get(("records", pair.second.id), ()))
    return tuple(setting.card(id, summary=True) for id in setting.edition.sorted(both))


def _row(setting: Setting, records: Iterable[Record], dimension: Dimension) -> PairRow:
    site = setting.atlas.site
    cells = tuple(
        PairCell(
            setting.edition.title(record),
            statement_groups(setting, record, dimension.id),
            why_blank(site, record, dimension.id),
        )
        for record in records
    )
    label, question = setting.label(dimension.label), setting.label(dimension.question)
    return PairRow(dimension.id, label, question, setting.url(dimension_path(dimension.id)), cells)


def _scale(setting: Setting, records: Iterable[Record]) -> tuple[ScaleSection, ...]:
    """The answers of both, where both are asked."""
    found = tuple(scale_section(setting, record) for record in records if record.family == "actor")
    whole = tuple(section for section in found if section)
    return whole if len(whole) == 2 else ()


def _answers(setting: Setting, records: Iterable[Record]) -> tuple[PairAnswer, ...]:
    sections = _scale(setting, records)
    if not sections:
        return ()
    rows = zip(*(section.rows for section in sections), strict=True)
    return tuple(PairAnswer(cells[0].question, cells) for cells in rows)


def _fields(setting: Setting, records: Iterable[Record]) -> tuple[PairField, ...]:
    both = tuple(records)
    return tuple(
        PairField(setting.label(label), tuple(_grounds(setting, record, id) for record in both))
        for id, label in setting.atlas.site.fields.items()
        if any(id in record.fields for record in both)
    )


def _grounds(setting: Setting, record: Record, field: str) -> Grounds:
    links = record.fields.get(field, ())
    return Grounds(field in record.fields, tuple(setting.url(address(record, link.target)) for link in links))

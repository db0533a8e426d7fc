"""Makes the comparison index (sides × dimensions) and one page for each dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from atlas.content.coverage import MissingReason, Pair, compared_sides, missing_reason, pairs, works_of_facts
from atlas.content.linking import Atlas
from atlas.content.model import Dimension, Fact, Record
from atlas.pages.compare.columns import (
    COMPARE,
    JOINT,
    column_of,
    columns,
    contrast,
    crumb,
    dimension_path,
    documented,
    has_compared_side,
    joint_actors,
    listed,
    matrix_cells,
    parted,
    sides,
)
from atlas.pages.compare.field_pages import FIELDS_PATH
from atlas.pages.compare.pair_pages import shared_dimensions
from atlas.pages.compare.scale_pages import SCALE_PATH
from atlas.pages.compare.views import (
    BlankGroup,
    CompareView,
    Contrast,
    DimensionView,
    Documented,
    FamilySection,
    MatrixRow,
    PairLink,
    SideColumn,
    SideGroup,
)
from atlas.pages.context import PageContext
from atlas.pages.list_parts import MANY, Part
from atlas.pages.locale_site import LocaleSite
from atlas.pages.page_citations import page_downloads
from atlas.pages.page_intro import NO_WORKS, intro, intro_head, share, works_behind
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, list_pages
from atlas.pages.view_parts import Anchor, WorksBehind
from atlas.schema.families import BY_FAMILY, FAMILIES, Family

_REASONS: tuple[MissingReason, ...] = ("not-found", "not-researched", "not-applicable")


def compare_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the index at /compare/, unless the site compares no side."""
    if has_compared_side(locale_site):
        part = Part(COMPARE, total=_longest_list(locale_site), several=True)
        yield from list_pages(locale_site, part, locale_site.words.t("compare"), _compare_view)


def _longest_list(locale_site: LocaleSite) -> int:
    """Return how many entries the longest list of the index has."""
    atlas = locale_site.atlas
    found = pairs(atlas)
    paired = {record.id for pair in found for record in (pair.first, pair.second)}
    alone = Counter(column_of(atlas.site, one) for one in atlas.compared() if one.id not in paired)
    return max(len(found), len(_comparisons(atlas)), *alone.values())


def _compare_view(context: PageContext) -> CompareView:
    atlas, words = context.atlas, context.locale_site.words
    begun = intro(context, words.t("compare"))
    found = pairs(atlas)
    actors = atlas.compared()
    dimensions = () if context.is_further else tuple(atlas.site.dimensions.values())
    return CompareView(
        head=intro_head(context, begun),
        intro=begun,
        contrasts=tuple(
            Contrast(
                context.label(row.label), context.label(row.question), context.url(dimension_path(row.id)), statement
            )
            for row in dimensions
            for statement in contrast(context, row)
        ),
        actors=len(actors),
        columns=() if context.is_further else columns(context),
        rows=tuple(
            MatrixRow(context.label(row.label), context.url(dimension_path(row.id)), matrix_cells(context, row.id))
            for row in dimensions
        ),
        joint=joint_actors(context),
        charts=() if context.is_further else _charts(context),
        pairs=tuple(_pair_link(context, pair) for pair in context.on_page(_sorted(context.locale_site, found))),
        comparisons=tuple(context.card(id, summary=True) for id in context.on_page(_comparisons(atlas))),
        unpaired=_unpaired(context, found),
        works=NO_WORKS if context.is_further else _works(context, [(actor, actor.facts) for actor in actors]),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _comparisons(atlas: Atlas) -> list[str]:
    """Return the ids of the records that compare others."""
    return [one.id for family in FAMILIES if family.has("records") for one in atlas.family(family.id)]


def _sorted(locale_site: LocaleSite, found: Sequence[Pair]) -> list[Pair]:
    """Sort pairs by the name of their first record."""
    order = {id: place for place, id in enumerate(locale_site.sorted(pair.first.id for pair in found))}
    return sorted(found, key=lambda pair: order[pair.first.id])


def _charts(context: PageContext) -> tuple[Anchor, ...]:
    """Return links to the comparisons that are neither a dimension nor a pair."""
    site, words = context.atlas.site, context.locale_site.words
    charts = [context.link(words.t("fields-by-side"), FIELDS_PATH)] if site.fields else []
    return (*charts, context.link(site.scale.label, SCALE_PATH)) if site.scale else tuple(charts)


def _pair_link(context: PageContext, pair: Pair) -> PairLink:
    both = shared_dimensions(context.atlas.site, pair)
    first, second = (context.locale_site.title(record) for record in (pair.first, pair.second))
    return PairLink(first, second, context.url(pair.path), share(context, both, len(context.atlas.site.dimensions)))


def _unpaired(context: PageContext, found: Sequence[Pair]) -> tuple[SideGroup, ...]:
    """Return the actors without a counterpart by side, then those of several sides; those of no side are left out."""
    paired = {record.id for pair in found for record in (pair.first, pair.second)}
    single, joint, _ = parted(context, (one for one in context.atlas.compared() if one.id not in paired))
    rows = [(side.id, context.label(side.label), single[side.id]) for side in sides(context)]
    if joint:
        rows.append((JOINT, context.locale_site.words.t("joint"), joint))
    shown = ((id, label, context.on_page(own)) for id, label, own in rows)
    return tuple(
        SideGroup(id, label, tuple(context.card(one.id) for one in own))
        for id, label, own in shown
        if own or not context.is_further
    )


def _works(context: PageContext, stated: Sequence[tuple[Record, Sequence[Fact]]]) -> WorksBehind:
    """Return the works cited by the facts of some records, by side; a record of several sides counts in each."""
    site = context.atlas.site
    groups = [
        (
            context.label(side.label),
            works_of_facts(fact for one, facts in stated if side.id in compared_sides(site, one) for fact in facts),
        )
        for side in sides(context)
    ]
    return works_behind(context, groups)


def dimension_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of each dimension."""
    if has_compared_side(locale_site):
        for dimension in inputs.atlas.site.dimensions.values():
            title = locale_site.label(dimension.label)
            part = Part(dimension_path(dimension.id), total=_longest_section(locale_site, dimension.id), several=True)
            yield from list_pages(locale_site, part, title, partial(_dimension_view, dimension=dimension))


def _longest_section(locale_site: LocaleSite, dimension: str) -> int:
    """Return how many records the longest list of the page of a dimension has."""
    atlas = locale_site.atlas
    if len(atlas.records) <= MANY:
        return len(atlas.records)
    lists = Counter(
        (one.family, column_of(atlas.site, one))
        if any(fact.dimension == dimension for fact in one.facts)
        else (missing_reason(atlas.site, one, dimension),)
        for one in atlas.records.values()
    )
    return max(count for key, count in lists.items() if len(key) > 1 or key[0] in _REASONS)


def _dimension_view(context: PageContext, dimension: Dimension) -> DimensionView:
    atlas = context.atlas
    context.lead_to_works()
    begun = intro(context, context.label(dimension.label))
    stated = [(one, [fact for fact in one.facts if fact.dimension == dimension.id]) for one in atlas.records.values()]
    stated = [(one, facts) for one, facts in stated if facts]
    families = tuple(_family_section(context, family, dimension.id, stated) for family in FAMILIES)
    return DimensionView(
        head=intro_head(context, begun, crumb(context)),
        intro=begun,
        question=context.label(dimension.question),
        contrast=contrast(context, dimension),
        actors=len(atlas.compared()),
        siblings=tuple(context.link(row.label, dimension_path(row.id)) for row in atlas.site.dimensions.values()),
        columns=columns(context),
        cells=() if context.is_further else matrix_cells(context, dimension.id),
        families=tuple(section for section in families if section),
        blanks=_blanks(context, dimension.id),
        works=NO_WORKS if context.is_further else _works(context, stated),
        references=context.references(),
        downloads=page_downloads(context),
    )


def _family_section(
    context: PageContext, family: Family, dimension: str, stated: Sequence[tuple[Record, Sequence[Fact]]]
) -> FamilySection | None:
    """Return the facts of a family; None where it has none and is not compared.

    Only the compared family shows its facts: the page would be too long for a phone with all of them.
    """
    single, joint, others = parted(context, (one for one, _ in stated if one.family == family.id))

    def rows(records: Sequence[Record]) -> tuple[Documented, ...]:
        show = documented if family.is_compared else listed
        return tuple(show(context, record, dimension) for record in context.on_page(records))

    found = tuple(SideColumn(side.id, context.label(side.label), rows(single[side.id])) for side in sides(context))
    if context.is_further:
        found = tuple(column for column in found if column.records)
    label = context.locale_site.words.t(family.plural_word)
    section = FamilySection(family.id, label, found, rows(joint), rows(others), family.is_compared)
    is_empty = not (any(column.records for column in found) or section.joint or section.others)
    return None if is_empty and (context.is_further or not family.is_compared) else section


def _blanks(context: PageContext, dimension: str) -> tuple[BlankGroup, ...]:
    """Return the records without a fact under a dimension, by reason; those that need not have one are left out."""
    atlas = context.atlas
    reasons = {
        id: missing_reason(atlas.site, one, dimension)
        for id, one in atlas.records.items()
        if BY_FAMILY[one.family].dimensions != "none"
    }
    groups = [
        BlankGroup(reason, context.cards(context.on_page([id for id, why in reasons.items() if why == reason])))
        for reason in _REASONS
    ]
    return tuple(group for group in groups if group.cards)

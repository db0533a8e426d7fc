"""The pages at /compare/: the matrix of sides and dimensions, and one page a dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas.content.coverage import Blank, Pair, compared_sides, pairs, why_blank, works_of_facts
from atlas.content.model import Dimension, Fact, Record
from atlas.content.schema import FAMILIES
from atlas.pages.citing_pages import page_downloads
from atlas.pages.comparing import (
    COMPARE,
    columns,
    crumb,
    dimension_path,
    documented,
    joint_actors,
    matrix_cells,
    parted,
    sides,
)
from atlas.pages.editions import Edition
from atlas.pages.field_pages import FIELDS_PATH, fields_page
from atlas.pages.openings import opened, opening, share, works_behind
from atlas.pages.pair_pages import pair_pages, shared_dimensions
from atlas.pages.scale_pages import SCALE_PATH, scale_page
from atlas.pages.setting import Setting
from atlas.pages.views import View
from atlas.pages.views.comparisons import (
    BlankGroup,
    CompareView,
    DimensionView,
    Documented,
    FamilySection,
    MatrixRow,
    PairLink,
    SideColumn,
    SideGroup,
)
from atlas.pages.views.parts import Anchor, WorksBehind

_ASKED = ("actor", "instrument", "person", "case", "concept")
"""The families whose records are listed where they state nothing."""
_REASONS: tuple[Blank, ...] = ("not-found", "not-researched", "not-applicable", "not-stated")

Made = tuple[Setting, View, str]
"""A page that the atlas makes itself: its setting, its view and its template."""


def compare_pages(edition: Edition) -> Iterator[Made]:
    """Every page at /compare/; none where the site does without, or has no side to compare."""
    site = edition.atlas.site
    if "compare" not in site.views or not any(side.compared for side in site.sides.values()):
        return
    yield _index_page(edition)
    for dimension in site.dimensions.values():
        yield _dimension_page(edition, dimension)
    yield from pair_pages(edition)
    if site.fields:
        yield fields_page(edition)
    if site.scale:
        yield scale_page(edition)


def _index_page(edition: Edition) -> Made:
    setting = Setting(edition, COMPARE)
    atlas, words = edition.atlas, edition.words
    begun = opening(setting, words.say("compare"))
    found = pairs(atlas)
    actors = atlas.family("actor")
    view = CompareView(
        head=opened(setting, begun),
        opening=begun,
        columns=columns(setting),
        rows=tuple(
            MatrixRow(setting.label(row.label), setting.url(dimension_path(row.id)), matrix_cells(setting, row.id))
            for row in atlas.site.dimensions.values()
        ),
        joint=joint_actors(setting),
        charts=_charts(setting),
        pairs=tuple(_pair_link(setting, pair) for pair in _sorted(edition, found)),
        comparisons=tuple(setting.card(record.id, summary=True) for record in atlas.family("comparison")),
        unpaired=_unpaired(setting, found),
        works=_works(setting, [(actor, actor.facts) for actor in actors]),
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view, "compare.html"


def _sorted(edition: Edition, found: Sequence[Pair]) -> list[Pair]:
    """The pairs in the order of what their first records are called."""
    order = {id: place for place, id in enumerate(edition.sorted(pair.first.id for pair in found))}
    return sorted(found, key=lambda pair: order[pair.first.id])


def _charts(setting: Setting) -> tuple[Anchor, ...]:
    """The comparisons that are neither a dimension nor a pair."""
    site, words = setting.atlas.site, setting.edition.words
    charts = [setting.link(words.say("fields-by-side"), FIELDS_PATH)] if site.fields else []
    return (*charts, setting.link(site.scale.label, SCALE_PATH)) if site.scale else tuple(charts)


def _pair_link(setting: Setting, pair: Pair) -> PairLink:
    both = shared_dimensions(setting.atlas.site, pair)
    first, second = (setting.edition.title(record) for record in (pair.first, pair.second))
    return PairLink(first, second, setting.url(pair.path), share(setting, both, len(setting.atlas.site.dimensions)))


def _unpaired(setting: Setting, found: Sequence[Pair]) -> tuple[SideGroup, ...]:
    """The actors without a counterpart, by side; joint bodies apart, those of no compared side not at all."""
    paired = {record.id for pair in found for record in (pair.first, pair.second)}
    single, joint, _ = parted(setting, (one for one in setting.atlas.family("actor") if one.id not in paired))
    rows = [(side.id, setting.label(side.label), single[side.id]) for side in sides(setting)]
    if joint:
        rows.append(("_joint", setting.edition.words.say("joint"), joint))
    return tuple(SideGroup(id, label, tuple(setting.card(one.id) for one in own)) for id, label, own in rows)


def _works(setting: Setting, stated: Sequence[tuple[Record, Sequence[Fact]]]) -> WorksBehind:
    """The works behind the facts of some records, by side; those of joint bodies count in each of their sides."""
    site = setting.atlas.site
    groups = [
        (
            setting.label(side.label),
            works_of_facts(fact for one, facts in stated if side.id in compared_sides(site, one) for fact in facts),
        )
        for side in sides(setting)
    ]
    return works_behind(setting, groups)


def _dimension_page(edition: Edition, dimension: Dimension) -> Made:
    setting = Setting(edition, dimension_path(dimension.id))
    atlas = edition.atlas
    begun = opening(setting, setting.label(dimension.label))
    stated = [(one, [fact for fact in one.facts if fact.dimension == dimension.id]) for one in atlas.records.values()]
    stated = [(one, facts) for one, facts in stated if facts]
    families = tuple(_family_section(setting, family.id, dimension.id, stated) for family in FAMILIES)
    view = DimensionView(
        head=opened(setting, begun, crumb(setting)),
        opening=begun,
        question=setting.label(dimension.question),
        siblings=tuple(setting.link(row.label, dimension_path(row.id)) for row in atlas.site.dimensions.values()),
        columns=columns(setting),
        cells=matrix_cells(setting, dimension.id),
        families=tuple(section for section in families if section.family),
        blanks=_blanks(setting, dimension.id),
        works=_works(setting, stated),
        references=setting.references(),
        downloads=page_downloads(setting),
    )
    return setting, view, "dimension.html"


def _family_section(
    setting: Setting, family: str, dimension: str, stated: Sequence[tuple[Record, Sequence[Fact]]]
) -> FamilySection:
    """What a family states; a section without a family where it states nothing, but for actors, who are asked."""
    single, joint, others = parted(setting, (one for one, _ in stated if one.family == family))

    def rows(records: Sequence[Record]) -> tuple[Documented, ...]:
        return tuple(documented(setting, record, dimension) for record in records)

    found = tuple(SideColumn(side.id, setting.label(side.label), rows(single[side.id])) for side in sides(setting))
    section = FamilySection(family, found, rows(joint), rows(others))
    empty = not (any(column.records for column in found) or joint or others)
    return FamilySection("", (), (), ()) if empty and family != "actor" else section


def _blanks(setting: Setting, dimension: str) -> tuple[BlankGroup, ...]:
    """The records that state nothing under a dimension, by why."""
    atlas = setting.atlas
    reasons = {id: why_blank(atlas.site, one, dimension) for id, one in atlas.records.items() if one.family in _ASKED}
    groups = [
        BlankGroup(reason, setting.cards(id for id, why in reasons.items() if why == reason)) for reason in _REASONS
    ]
    return tuple(group for group in groups if group.cards)

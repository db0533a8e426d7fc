"""Shared parts of comparison pages: sides as columns, statements of a record, cells of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from atlas.content.coverage import compared_sides, count_answers, disagreeing_facts
from atlas.content.model import Fact, Record, Side
from atlas.core.html import Html
from atlas.lint.translation_status import translation_status
from atlas.pages.compare.views import Documented, MatrixCell, MatrixColumn, Statement, StatementGroup
from atlas.pages.context import PageContext
from atlas.pages.locale_site import LocaleSite, address
from atlas.pages.page_intro import share
from atlas.pages.records.facts import with_cites
from atlas.pages.view_parts import Anchor, Phrase
from atlas.schema.families import ASKED

COMPARE = "/compare/"


def dimension_path(id: str) -> str:
    """Where everything is stated that answers a dimension."""
    return f"{COMPARE}{id}/"


def crumb(context: PageContext) -> tuple[Anchor, ...]:
    """The way to a page below /compare/."""
    above = context.atlas.addresses.get(COMPARE)
    if above:
        return (Anchor(context.locale_site.title(above), context.url(COMPARE)),)
    return (context.link(context.locale_site.words.t("compare"), COMPARE),)


def sides(context: PageContext) -> tuple[Side, ...]:
    """The sides that are compared, in their order."""
    return tuple(side for side in context.atlas.site.sides.values() if side.compared)


def has_compared_side(locale_site: LocaleSite) -> bool:
    """Whether there is anything to compare."""
    return any(side.compared for side in locale_site.atlas.site.sides.values())


def columns(context: PageContext) -> tuple[MatrixColumn, ...]:
    """The compared sides with the number of their actors."""
    actors = context.atlas.asked()
    return tuple(
        MatrixColumn(side.id, context.label(side.label), sum(side.id in actor.sides for actor in actors))
        for side in sides(context)
    )


def joint_actors(context: PageContext) -> int:
    """How many actors belong to more than one of the compared sides."""
    return sum(len(compared_sides(context.atlas.site, actor)) > 1 for actor in context.atlas.asked())


def matrix_cells(context: PageContext, dimension: str) -> tuple[MatrixCell, ...]:
    """What the actors of each side document under a dimension; each leads to their answers."""
    site = context.atlas.site
    cells = []
    for side in sides(context):
        found = count_answers(site, (one for one in context.atlas.asked() if side.id in one.sides), dimension)
        url = context.url(f"{dimension_path(dimension)}#_{ASKED.id}-{side.id}")
        part = share(context, found.answered, found.asked)
        cells.append(MatrixCell(part, found.spared, found.not_found, found.not_researched, url))
    return tuple(cells)


def parted(
    context: PageContext, records: Iterable[Record]
) -> tuple[Mapping[str, list[Record]], list[Record], list[Record]]:
    """Records by the one compared side that they belong to; those of several; those of none. Each in its order."""
    single: dict[str, list[Record]] = {side.id: [] for side in sides(context)}
    joint: list[Record] = []
    others: list[Record] = []
    known = {record.id: record for record in records}
    for id in context.locale_site.sorted(known):
        own = compared_sides(context.atlas.site, known[id])
        place = others if not own else joint if len(own) > 1 else single[own[0]]
        place.append(known[id])
    return single, joint, others


def documented(context: PageContext, record: Record, dimension: str) -> Documented:
    """A record with what it states under a dimension."""
    return Documented(context.card(record.id), statement_groups(context, record, dimension))


def statement_groups(context: PageContext, record: Record, dimension: str) -> tuple[StatementGroup, ...]:
    """What a record states under a dimension, in its order; statements that disagree stand together, at the first."""
    facts = {fact.id: fact for fact in record.facts if fact.dimension == dimension}
    differs = disagreeing_facts(record)
    behind = translation_status(record, context.language.id).behind
    groups: list[StatementGroup] = []
    left = dict(facts)
    while left:
        together = _together(next(iter(left)), differs, left)
        own = [left.pop(id) for id in facts if id in together]
        elsewhere = {fact.id: [id for id in differs.get(fact.id, ()) if id not in facts] for fact in own}
        statements = tuple(_statement(context, record, fact, behind, elsewhere[fact.id]) for fact in own)
        groups.append(StatementGroup(statements, len(own) > 1 or any(elsewhere.values())))
    return tuple(groups)


def _together(first: str, differs: Mapping[str, Sequence[str]], left: Mapping[str, Fact]) -> set[str]:
    """The facts that disagree with a fact, or with one that does."""
    found, open_ones = {first}, [first]
    while open_ones:
        new = [id for id in differs.get(open_ones.pop(), ()) if id in left and id not in found]
        found.update(new)
        open_ones += new
    return found


def _statement(
    context: PageContext, record: Record, fact: Fact, behind: Sequence[str], others: Sequence[str]
) -> Statement:
    phrase = context.quoted(fact.text, record.address)
    cites = Html("") if fact.in_body else context.cites(fact.sources)
    return Statement(
        context.url(address(record, fact.id)),
        Phrase(with_cites(phrase.html, cites), phrase.lang),
        f"facts/{fact.id}" in behind,
        tuple(context.url(address(record, id)) for id in others),
    )

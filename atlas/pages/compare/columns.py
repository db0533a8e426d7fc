"""Builds the shared parts of comparison pages: the columns of sides, the facts of a record, the cells of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from atlas.content.coverage import compared_sides, count_answers, disagreeing_facts
from atlas.content.model import Dimension, Fact, Record, Side, Site
from atlas.core.html import Html
from atlas.pages.compare.views import Documented, MatrixCell, MatrixColumn, Statement, StatementGroup
from atlas.pages.context import PageContext
from atlas.pages.locale_site import LocaleSite, address
from atlas.pages.page_intro import share
from atlas.pages.records.facts import with_cites
from atlas.pages.view_parts import Anchor, Phrase
from atlas.schema.families import COMPARED

COMPARE = "/compare/"
_MANY_FACTS = 5
"""From this many facts on, only the first are shown."""
_SHOWN_FACTS = 3
JOINT = "_joint"
"""The column of the records of several compared sides."""


def dimension_path(id: str) -> str:
    """Return the path of the page of a dimension."""
    return f"{COMPARE}{id}/"


def crumb(context: PageContext) -> tuple[Anchor, ...]:
    """Return the breadcrumb of a page below /compare/."""
    above = context.atlas.addresses.get(COMPARE)
    if above:
        return (Anchor(context.locale_site.title(above), context.url(COMPARE)),)
    return (context.link(context.locale_site.words.t("compare"), COMPARE),)


def sides(context: PageContext) -> tuple[Side, ...]:
    """Return the compared sides in their order."""
    return tuple(side for side in context.atlas.site.sides.values() if side.compared)


def has_compared_side(locale_site: LocaleSite) -> bool:
    """Return whether the site compares any side."""
    return any(side.compared for side in locale_site.atlas.site.sides.values())


def columns(context: PageContext) -> tuple[MatrixColumn, ...]:
    """Return the compared sides with the number of their actors."""
    actors = context.atlas.compared()
    return tuple(
        MatrixColumn(side.id, context.label(side.label), sum(side.id in actor.sides for actor in actors))
        for side in sides(context)
    )


def joint_actors(context: PageContext) -> int:
    """Count the actors that belong to more than one of the compared sides."""
    return sum(len(compared_sides(context.atlas.site, actor)) > 1 for actor in context.atlas.compared())


def matrix_cells(context: PageContext, dimension: str) -> tuple[MatrixCell, ...]:
    """Return the answers under a dimension by side, each with a link to the list of answers."""
    site = context.atlas.site
    cells = []
    for side in sides(context):
        found = count_answers(site, (one for one in context.atlas.compared() if side.id in one.sides), dimension)
        url = context.url(f"{dimension_path(dimension)}#_{COMPARED.id}-{side.id}")
        part = share(context, found.answered, found.expected)
        cells.append(MatrixCell(part, found.spared, found.not_found, found.not_researched, url))
    return tuple(cells)


def column_of(site: Site, record: Record) -> str:
    """Return the column of a record: its compared side, `JOINT` if it has several, "" if it has none."""
    own = compared_sides(site, record)
    return JOINT if len(own) > 1 else next(iter(own), "")


def parted(
    context: PageContext, records: Iterable[Record]
) -> tuple[Mapping[str, list[Record]], list[Record], list[Record]]:
    """Divide records by compared side, each group in its order.

    Returns:
        The records of one compared side by its id, those of several, and those of none.
    """
    columns: dict[str, list[Record]] = {id: [] for id in (*(side.id for side in sides(context)), JOINT, "")}
    known = {record.id: record for record in records}
    for id in context.locale_site.sorted(known):
        columns[column_of(context.atlas.site, known[id])].append(known[id])
    joint, others = columns.pop(JOINT), columns.pop("")
    return columns, joint, others


def documented(context: PageContext, record: Record, dimension: str) -> Documented:
    """Return a record with its facts under a dimension; of a record with many, the first ones and the way to all."""
    card, groups = context.card(record.id), statement_groups(context, record, dimension)
    if len(groups) < _MANY_FACTS:
        return Documented(card, groups)
    more = sum(len(group.statements) for group in groups[_SHOWN_FACTS:])
    return Documented(card, groups[:_SHOWN_FACTS], more, context.url(address(record, f"_dimension-{dimension}")))


def listed(context: PageContext, record: Record, dimension: str) -> Documented:
    """Return a record without its facts; its link leads to the first of them under a dimension."""
    first = next(fact for fact in record.facts if fact.dimension == dimension)
    return Documented(replace(context.card(record.id), url=context.url(address(record, first.id))), ())


def statement_groups(context: PageContext, record: Record, dimension: str) -> tuple[StatementGroup, ...]:
    """Return the facts of a record under a dimension in their order, with those that disagree grouped at the first."""
    facts = {fact.id: fact for fact in record.facts if fact.dimension == dimension}
    differs = disagreeing_facts(record)
    behind = context.locale_site.status(record).behind
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
    """Return the facts that disagree with a fact, directly or through others."""
    found, open_ones = {first}, [first]
    while open_ones:
        new = [id for id in differs.get(open_ones.pop(), ()) if id in left and id not in found]
        found.update(new)
        open_ones += new
    return found


def contrast(context: PageContext, dimension: Dimension) -> tuple[Statement, ...]:
    """Return the statement that says how the sides differ under a dimension, where the site names one."""
    if dimension.contrast is None:
        return ()
    id, _, wanted = dimension.contrast.target.partition("#")
    record = context.atlas.records.get(id)
    if record is None:  # an error, which linking or reading reports
        return ()
    behind = context.locale_site.status(record).behind
    return tuple(_statement(context, record, fact, behind, ()) for fact in record.facts if fact.id == wanted)


def answers_to(context: PageContext, record: Record, question: str) -> tuple[Statement, ...]:
    """Return the facts of a record that answer a question of the profile, as statements."""
    behind = context.locale_site.status(record).behind
    return tuple(_statement(context, record, fact, behind, ()) for fact in answering_facts(record, question))


def answering_facts(record: Record, question: str) -> tuple[Fact, ...]:
    """Return the facts of a record that answer a question of the profile."""
    ids = {link.target for link in record.profile.get(question, ())}
    return tuple(fact for fact in record.facts if question in fact.answers or fact.id in ids)


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

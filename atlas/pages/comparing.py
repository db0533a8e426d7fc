"""Parts of the pages that compare: the sides as columns, what a record states, cells of a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from atlas.content.coverage import compared_sides, differing, tally
from atlas.content.model import Fact, Record, Side
from atlas.content.parity import standing
from atlas.markup import Html
from atlas.pages.editions import address
from atlas.pages.facts import with_cites
from atlas.pages.openings import share
from atlas.pages.setting import Setting
from atlas.pages.views.comparisons import Documented, MatrixCell, MatrixColumn, Statement, StatementGroup
from atlas.pages.views.parts import Anchor, Phrase

COMPARE = "/compare/"


def dimension_path(id: str) -> str:
    """Where everything is stated that answers a dimension."""
    return f"{COMPARE}{id}/"


def crumb(setting: Setting) -> tuple[Anchor, ...]:
    """The way to a page below /compare/."""
    above = setting.atlas.addresses.get(COMPARE)
    if above:
        return (Anchor(setting.edition.title(above), setting.url(COMPARE)),)
    return (setting.link(setting.edition.words.say("compare"), COMPARE),)


def sides(setting: Setting) -> tuple[Side, ...]:
    """The sides that are compared, in their order."""
    return tuple(side for side in setting.atlas.site.sides.values() if side.compared)


def columns(setting: Setting) -> tuple[MatrixColumn, ...]:
    """The compared sides with the number of their actors."""
    actors = setting.atlas.family("actor")
    return tuple(
        MatrixColumn(side.id, setting.label(side.label), sum(side.id in actor.sides for actor in actors))
        for side in sides(setting)
    )


def joint_actors(setting: Setting) -> int:
    """How many actors belong to more than one of the compared sides."""
    return sum(len(compared_sides(setting.atlas.site, actor)) > 1 for actor in setting.atlas.family("actor"))


def matrix_cells(setting: Setting, dimension: str) -> tuple[MatrixCell, ...]:
    """What the actors of each side document under a dimension; each leads to their answers."""
    site = setting.atlas.site
    cells = []
    for side in sides(setting):
        found = tally(site, (one for one in setting.atlas.family("actor") if side.id in one.sides), dimension)
        url = setting.url(f"{dimension_path(dimension)}#_actor-{side.id}")
        part = share(setting, found.answered, found.asked)
        cells.append(MatrixCell(part, found.spared, found.not_found, found.not_researched, url))
    return tuple(cells)


def parted(
    setting: Setting, records: Iterable[Record]
) -> tuple[Mapping[str, list[Record]], list[Record], list[Record]]:
    """Records by the one compared side that they belong to; those of several; those of none. Each in its order."""
    single: dict[str, list[Record]] = {side.id: [] for side in sides(setting)}
    joint: list[Record] = []
    others: list[Record] = []
    known = {record.id: record for record in records}
    for id in setting.edition.sorted(known):
        own = compared_sides(setting.atlas.site, known[id])
        place = others if not own else joint if len(own) > 1 else single[own[0]]
        place.append(known[id])
    return single, joint, others


def documented(setting: Setting, record: Record, dimension: str) -> Documented:
    """A record with what it states under a dimension."""
    return Documented(setting.card(record.id), statement_groups(setting, record, dimension))


def statement_groups(setting: Setting, record: Record, dimension: str) -> tuple[StatementGroup, ...]:
    """What a record states under a dimension, in its order; statements that disagree stand together, at the first."""
    facts = {fact.id: fact for fact in record.facts if fact.dimension == dimension}
    differs = differing(record)
    behind = standing(record, setting.language.id).behind
    groups: list[StatementGroup] = []
    left = dict(facts)
    while left:
        together = _together(next(iter(left)), differs, left)
        own = [left.pop(id) for id in facts if id in together]
        elsewhere = {fact.id: [id for id in differs.get(fact.id, ()) if id not in facts] for fact in own}
        statements = tuple(_statement(setting, record, fact, behind, elsewhere[fact.id]) for fact in own)
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


def _statement(setting: Setting, record: Record, fact: Fact, behind: Sequence[str], others: Sequence[str]) -> Statement:
    phrase = setting.quoted(fact.text, record.address)
    cites = Html("") if fact.in_body else setting.cites(fact.sources)
    return Statement(
        setting.url(address(record, fact.id)),
        Phrase(with_cites(phrase.html, cites), phrase.lang),
        f"facts/{fact.id}" in behind,
        tuple(setting.url(address(record, id)) for id in others),
    )

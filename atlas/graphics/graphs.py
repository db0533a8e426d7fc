"""Computes the network of an atlas: records, ties and measures of network analysis.

A tie is a relation whose type counts as one. Direction is ignored, and two records with several ties are
one pair. Density is 2m / n(n − 1) for m pairs among n records; mean degree 2m / n; betweenness is Freeman's
(1977), divided by (n − 1)(n − 2) / 2 (Brandes 2001, computed by rustworkx).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import rustworkx
from rustworkx import PyGraph

from atlas.content.linking import Atlas
from atlas.content.model import Record, Relation
from atlas.i18n.edtf import EdtfDate
from atlas.schema.families import COMPARED

NOT_PARALLEL = 10**9
"""The number of nodes from which rustworkx uses threads. It is never reached, so sums always run in the same order."""
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
FIXED_YEARS = 5


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two records.

    Attributes:
        id: the ids of its record and relation.
        source: the id of the record in which it is written.
        target: the id of the other record.
        relation: the relation.
        first: the first possible year; None if open.
        last: the last possible year; None if open.
        across: whether its ends share no side.
    """

    id: str
    source: str
    target: str
    relation: Relation
    first: int | None
    last: int | None
    across: bool

    @property
    def is_dated(self) -> bool:
        """Return whether it has a start or an end."""
        return self.first is not None or self.last is not None

    def holds_in(self, year: int) -> bool:
        """Return whether it is dated and may exist in a year."""
        return self.is_dated and (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """The measures of a part of the network.

    Attributes:
        records: the number of records.
        isolated: how many of them have no tie in this part.
        ties: the number of ties.
        dated: how many ties have a date.
        pairs: the number of pairs with at least one tie.
        density: 2m / n(n − 1).
        mean_degree: 2m / n.
        components: the number of connected components.
        largest: the number of records in the largest component.
        across: how many ties lead to records of no common side, inside or outside this part.
        betweenness: the betweenness of each record.
    """

    records: int
    isolated: int
    ties: int
    dated: int
    pairs: int
    density: float
    mean_degree: float
    components: int
    largest: int
    across: int
    betweenness: Mapping[str, float]


@dataclass(frozen=True)
class Network:
    """The records by id, and the ties among them in the order of their records."""

    records: Mapping[str, Record]
    edges: tuple[Edge, ...]

    @cached_property
    def pairs(self) -> dict[tuple[str, str], tuple[Edge, ...]]:
        """Return the ties by pair, the two ids in alphabetical order."""
        found: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in self.edges:
            found[min(edge.source, edge.target), max(edge.source, edge.target)].append(edge)
        return {pair: tuple(edges) for pair, edges in sorted(found.items())}

    @cached_property
    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """Return the neighbours of each record."""
        found: dict[str, list[str]] = {id: [] for id in self.records}
        for one, other in self.pairs:
            found[one].append(other)
            found[other].append(one)
        return {id: tuple(others) for id, others in found.items()}

    @cached_property
    def components(self) -> tuple[tuple[str, ...], ...]:
        """Return the connected components, the largest first; a record without ties is one."""
        ids = list(self.records)
        found = rustworkx.connected_components(_graph(ids, self.pairs))
        parts = [tuple(ids[number] for number in sorted(part)) for part in found]
        return tuple(sorted(parts, key=lambda part: (-len(part), part)))

    def most_connected(self, limit: int) -> tuple[str, ...]:
        """Return the records with most neighbours, at most `limit`, then by id."""
        return tuple(sorted(self.records, key=lambda id: (-len(self.neighbours[id]), id))[:limit])

    def figures(self, ids: Iterable[str], edges: Iterable[Edge], *, central: bool = True) -> NetworkFigures:
        """Return the measures of some records and the ties among them.

        Args:
            ids: the ids of the records.
            edges: the ties; those with only one end among the records count in `across`.
            central: whether to compute betweenness.
        """
        inside = list(ids)
        known = set(inside)
        near = list(edges)
        own = [edge for edge in near if edge.source in known and edge.target in known]
        pairs = {(min(edge.source, edge.target), max(edge.source, edge.target)) for edge in own}
        graph = _graph(inside, sorted(pairs))
        parts = rustworkx.connected_components(graph)
        count, pair_count = len(inside), len(pairs)
        scores = rustworkx.betweenness_centrality(graph, True, False, NOT_PARALLEL) if central and count else {}
        return NetworkFigures(
            records=count,
            isolated=sum(len(part) == 1 for part in parts),
            ties=len(own),
            dated=sum(edge.is_dated for edge in own),
            pairs=pair_count,
            density=2 * pair_count / (count * (count - 1)) if count > 1 else 0.0,
            mean_degree=2 * pair_count / count if count else 0.0,
            components=len(parts),
            largest=max(map(len, parts), default=0),
            across=sum(edge.across for edge in near if edge.source in known or edge.target in known),
            betweenness={inside[number]: score for number, score in scores.items()},
        )

    @cached_property
    def whole(self) -> NetworkFigures:
        """Return the measures of the whole network."""
        return self.figures(self.records, self.edges)

    def side(self, side: str) -> NetworkFigures:
        """Return the measures of the records of a side, including those of several sides."""
        return self.figures((id for id, record in self.records.items() if side in record.sides), self.edges)

    def at(self, year: int) -> NetworkFigures:
        """Return the measures of the dated ties of a year, for their ends and the records that may exist in it."""
        edges = [edge for edge in self.edges if edge.holds_in(year)]
        ends = {id for edge in edges for id in (edge.source, edge.target)}
        present = [id for id, record in self.records.items() if id in ends or existed(record, year)]
        return self.figures(present, edges, central=False)

    def years(self, today: int) -> tuple[int, ...]:
        """Return at most five years to show: round ones after the first dated tie, and the present one."""
        first = min((edge.first for edge in self.edges if edge.first is not None), default=None)
        if first is None or first > today:
            return ()
        for step in _STEPS:
            years = range((first // step + 1) * step, today, step)
            if len(years) < FIXED_YEARS:
                return (*years, today)
        return (today,)


def _graph(ids: list[str], pairs: Iterable[tuple[str, str]]) -> PyGraph[str, None]:
    """Return the records and pairs as a graph of rustworkx; nodes are numbered in the order of the ids."""
    numbers = {id: number for number, id in enumerate(ids)}
    graph: PyGraph[str, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(ids)
    graph.add_edges_from([(numbers[one], numbers[other], None) for one, other in pairs])
    return graph


def network_of(atlas: Atlas) -> Network:
    """Return the network of an atlas: all records that are compared, and other records with ties."""
    edges = tuple(_edges(atlas))
    tied = {id for edge in edges for id in (edge.source, edge.target)}
    records = {id: record for id, record in atlas.records.items() if record.family == COMPARED.id or id in tied}
    return Network(records, edges)


def _edges(atlas: Atlas) -> Iterable[Edge]:
    types = atlas.site.relation_types
    for record in atlas.records.values():
        for relation in record.relations:
            if relation.target in atlas.records and types[relation.type].tie:
                first, last = years_of(relation.start, relation.end)
                other = atlas.records[relation.target]
                across = bool(record.sides and other.sides) and not set(record.sides) & set(other.sides)
                yield Edge(f"{record.id}--{relation.id}", record.id, other.id, relation, first, last, across)


def years_of(start: EdtfDate | None, end: EdtfDate | None) -> tuple[int | None, int | None]:
    """Return the first and last possible year of a period; None if open or unknown."""
    first = start.earliest[0] if start and start.earliest else None
    return first, end.latest[0] if end and end.latest else None


def existed(record: Record, year: int) -> bool:
    """Return whether a record may exist in a year; one without dates always may."""
    first, last = years_of(record.start, record.end)
    return (first is None or first <= year) and (last is None or year <= last)

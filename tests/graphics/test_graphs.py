"""The figures of the network are those of a second library, and say what is and is not counted."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_atlases import SITE, Made, actor, made

from atlas.graphics.graphs import Network, NetworkFigures, network_of

LETTERS = "abcdefghij"
TYPES = SITE.replace(
    "  partner-of:", "  likeness-of: {label: {en: like, fr: comme, zh: 似}, symmetric: true, tie: false}\n  partner-of:"
)


def relation(number: int, target: str, rest: str = "", type: str = "partner-of") -> str:
    return f"  - {{id: r{number}, type: {type}, to: {target}{rest}, sources: [lamp1901]}}\n"


def network(
    ties: dict[str, list[str]], sides: dict[str, str] | None = None, rest: dict[str, str] | None = None
) -> Network:
    """A network of actors by what follows each: targets with further keys, as in `b, start: 1901`."""
    files = {}
    for id, targets in ties.items():
        rows = "".join(relation(number, target) for number, target in enumerate(targets))
        keys = (rest or {}).get(id, "") + (f"relations:\n{rows}" if rows else "")
        files[f"content/actors/{id}.yaml"] = actor(id.upper(), keys, sides=(sides or {}).get(id, "north"))
    return network_of(found(made(files, site=TYPES)).atlas)


def found(atlas: Made) -> Made:
    assert [problem for problem in atlas.problems if problem.severity == "error"] == []
    return atlas


def oracle(figures: NetworkFigures, graph: networkx.Graph) -> None:
    """Compare all figures with those of networkx."""
    assert figures.records == graph.number_of_nodes()
    assert figures.pairs == graph.number_of_edges()
    assert figures.isolated == networkx.number_of_isolates(graph)
    assert figures.density == pytest.approx(networkx.density(graph))
    parts = list(networkx.connected_components(graph))
    assert (figures.components, figures.largest) == (len(parts), max(map(len, parts), default=0))
    if graph.number_of_nodes():
        assert figures.mean_degree == pytest.approx(sum(dict(graph.degree).values()) / graph.number_of_nodes())
    assert figures.betweenness == pytest.approx(networkx.betweenness_centrality(graph))


@given(st.sets(st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).filter(lambda pair: pair[0] < pair[1])))
def test_figures_are_those_of_networkx(pairs: set[tuple[str, str]]) -> None:
    ties = {id: [other for one, other in sorted(pairs) if one == id] for id in LETTERS}
    own = network(ties, dict.fromkeys("fghij", "south"))
    graph = networkx.Graph()
    graph.add_nodes_from(LETTERS)
    graph.add_edges_from(pairs)
    oracle(own.whole, graph)
    oracle(own.side("north"), graph.subgraph("abcde"))
    oracle(own.side("south"), graph.subgraph("fghij"))
    across = [pair for pair in pairs if (pair[0] in "abcde") != (pair[1] in "abcde")]
    assert own.whole.across == own.side("north").across == own.side("south").across == len(across)
    assert sorted(map(sorted, own.components)) == sorted(map(sorted, networkx.connected_components(graph)))


def test_joint_bodies_count_in_each_side_and_lead_to_none_but_their_own() -> None:
    own = network({"a": ["b"], "b": [], "c": ["b"]}, {"b": "north, south", "c": "south"})
    assert (own.side("north").records, own.side("south").records, own.whole.across) == (2, 2, 0)


def test_a_side_without_actors_has_figures_all_the_same() -> None:
    figures = network({"a": []}).side("south")
    assert (figures.records, figures.density, figures.mean_degree, figures.components) == (0, 0.0, 0.0, 0)


def test_what_is_no_tie_does_not_count_and_several_ties_are_one_pair() -> None:
    rows = relation(1, "b") + relation(2, "b", type="funded-by") + relation(3, "c", type="likeness-of")
    files = {"content/actors/a.yaml": actor("A", f"relations:\n{rows}")}
    files |= {f"content/actors/{id}.yaml": actor(id.upper()) for id in "bc"}
    own = network_of(found(made(files, site=TYPES)).atlas)
    assert (own.whole.ties, own.whole.pairs, own.whole.isolated, list(own.records)) == (2, 1, 1, ["a", "b", "c"])


def test_the_state_of_a_year_holds_the_ties_whose_dates_may_include_it() -> None:
    rows = relation(1, "b", ", start: 1901, end: 1903") + relation(2, "c", ", start: 190X") + relation(3, "d")
    files = {"content/actors/a.yaml": actor("A", f"start: 1899\nrelations:\n{rows}")}
    files |= {f"content/actors/{id}.yaml": actor(id.upper(), "start: 1950\n" if id == "d" else "") for id in "bcd"}
    own = network_of(found(made(files)).atlas)
    assert [own.at(year).ties for year in (1899, 1900, 1901, 1903, 1904, 2020)] == [0, 1, 2, 2, 1, 1]
    assert [own.at(year).records for year in (1890, 1899, 1960)] == [2, 3, 4]
    assert (own.whole.ties, own.whole.dated) == (3, 2)


@pytest.mark.parametrize(
    ("first", "today", "years"),
    [
        (1886, 2026, (1900, 1950, 2000, 2026)),
        (2019, 2026, (2020, 2022, 2024, 2026)),
        (2026, 2026, (2026,)),
        (1, 2026, (500, 1000, 1500, 2000, 2026)),
    ],
)
def test_at_most_five_round_years_are_fixed(first: int, today: int, years: tuple[int, ...]) -> None:
    rows = relation(1, "b", f", start: '{first:04d}'")
    files = {"content/actors/a.yaml": actor("A", f"relations:\n{rows}"), "content/actors/b.yaml": actor("B")}
    assert network_of(found(made(files)).atlas).years(today) == years

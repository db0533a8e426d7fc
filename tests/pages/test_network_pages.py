"""The pages that are pictures: each table has the rows of its picture, and nothing is lost whatever the records."""

from __future__ import annotations

import subprocess
import sys
from typing import TypeVar

import pytest
from site_copies import REPOSITORY, copy_site, edit
from small_atlases import SITE, Made, actor, case, made
from small_pages import drawn, planned, rendered

from atlas.pages.map.views import MapView
from atlas.pages.network.views import NetworkView
from atlas.pages.pictures.embed_views import EmbedView
from atlas.pages.plan import Page
from atlas.pages.records.views import RecordView
from atlas.pages.timeline.views import TimelineView

SIDES = SITE.replace(
    "partner-of: {label: {en: partner of",
    "twin-of: {label: {en: twin of, fr: jumelée à, zh: 结对}, symmetric: true, arc: true}\n"
    "  member-of: {label: {en: in, fr: dans, zh: 属}, inverse: {en: has, fr: a, zh: 有}, membership: true}\n"
    "  likeness-of: {label: {en: like, fr: comme, zh: 似}, symmetric: true, tie: false}\n"
    "  partner-of: {label: {en: partner of",
)
PLACES = """\
pier: {label: {en: Pier, fr: Jetée, zh: 码头}, coordinates: [48.9, 2.35]}
line: {label: {en: Line, fr: Ligne, zh: 界线}, coordinates: [-16.8, 180]}
top: {label: {en: Top, fr: Sommet, zh: 顶}, coordinates: [90, 0]}
"""
View = TypeVar("View", NetworkView, MapView, TimelineView, EmbedView)


def atlas(files: dict[str, str], site: str = SIDES) -> Made:
    """An atlas of some actors by id, and other files by path."""
    named = {path if "/" in path else f"content/actors/{path}.yaml": text for path, text in files.items()}
    found = made({"content/places.yaml": PLACES, **named}, site=site)
    assert [problem for problem in found.problems if problem.severity == "error"] == []
    return found


def tie(number: int, type: str, target: str, rest: str = "") -> str:
    return f"  - {{id: r{number}, type: {type}, to: {target}{rest}, sources: [lamp1901]}}\n"


@pytest.fixture(scope="module")
def small() -> Made:
    """Four actors and a case, of which some have neither ties nor date nor place."""
    return atlas(
        {
            "lamps": actor(
                "Lamps",
                "start: 1901\nplaces: [pier]\nrelations:\n"
                + tie(1, "twin-of", "kites", ", start: 1950")
                + tie(2, "partner-of", "kites")
                + tie(3, "likeness-of", "bridges")
                + tie(4, "member-of", "league", ", start: 1960, end: 1970"),
            ),
            "kites": actor("Kites", "start: 193X\nplaces: [line]\n", sides="south"),
            "league": actor("League", "places: [top]\n", sides="beyond"),
            "bridges": actor("Bridges", sides="south"),
            "content/cases/gift.md": case("A gift.", "start: 2001\nplaces: [pier, line]\n"),
        }
    )


def view(made: Made, path: str, sort: type[View]) -> View:
    found = drawn(made, f"{path}/index.html").view
    assert isinstance(found, sort)
    return found


def record(made: Made, path: str) -> RecordView:
    found = drawn(made, f"{path}/index.html").view
    assert isinstance(found, RecordView)
    return found


def paths(pages: tuple[Page, ...]) -> set[str]:
    return {page.path for page in pages}


def test_the_tables_of_the_network_have_the_rows_of_its_drawing(small: Made) -> None:
    network = view(small, "network", NetworkView)
    assert sorted(row.id for row in network.nodes) == sorted(node.id for node in network.drawing.nodes)
    assert sorted(row.id for row in network.ties) == sorted(line.id for line in network.drawing.ties)
    assert [row.id for row in network.ties] == ["lamps--r1", "lamps--r2", "lamps--r4"]
    assert {"bridges"} < {row.id for row in network.nodes if row.degree == 0} | {"bridges", "lamps"}


def test_figures_are_beside_n_the_isolated_and_the_share_of_dated_ties(small: Made) -> None:
    whole, north, south = view(small, "network", NetworkView).figures
    assert (whole.records, whole.isolated, whole.ties, whole.dated, whole.dated_share) == (4, 1, 3, 2, "67%")
    assert (north.label, north.records, south.label, south.records) == ("North", 1, "South", 2)
    assert (whole.across, north.across, south.across) == (3, 3, 2)


def test_ties_of_one_pair_are_drawn_apart(small: Made) -> None:
    lines = view(small, "network", NetworkView).drawing.ties
    assert len({line.path for line in lines}) == len(lines)


def test_fixed_years_show_what_was_there_and_what_is_undated(small: Made) -> None:
    network = view(small, "network", NetworkView)
    years = [row.year for row in network.years]
    assert (years[-1], len(years) <= 5) == (2027, True)
    held = {row.id: row.held for row in network.ties}
    assert held["lamps--r1"] == tuple(year >= 1950 for year in years)
    assert held["lamps--r4"] == tuple(1960 <= year <= 1970 for year in years)
    assert held["lamps--r2"] == (False,) * len(years)
    drawn = {line.id: line for line in network.drawing.ties}
    assert (drawn["lamps--r2"].dated, drawn["lamps--r2"].away) == (False, "")
    assert drawn["lamps--r4"].away.split() == [
        f"n{number}" for number, year in enumerate(years, 1) if not 1960 <= year <= 1970
    ]
    assert network.undated == 1


def test_a_neighbourhood_shows_every_relation_of_the_list(small: Made) -> None:
    lamps = record(small, "actors/lamps")
    assert lamps.neighbourhood
    listed = [row for group in lamps.relations for row in group.rows]
    assert {node.id for node in lamps.neighbourhood.drawing.nodes} == {"lamps", *(row.other.id for row in listed)}
    assert len(lamps.neighbourhood.drawing.ties) == len(listed)
    assert [line.tie for line in lamps.neighbourhood.drawing.ties].count(False) == 1


def test_the_places_of_the_list_are_those_of_the_marks(small: Made) -> None:
    earth = view(small, "map", MapView)
    marked = [place for mark in earth.drawing.marks for place in mark.places]
    assert sorted(marked) == sorted(place.id for place in earth.places) == ["line", "pier", "top"]
    assert {card.id for card in earth.unplaced} == {"bridges"}
    assert [(row.label, row.drawn) for row in earth.arcs] == [("twin of", True)]
    assert [
        (row.network.label.html, [member.record.label.html for member in row.members]) for row in earth.memberships
    ] == [("League", ["Lamps"])]
    assert {line.group for line in earth.drawing.lines} == {"arc", "1"}


def test_the_bars_of_the_timeline_are_its_rows_and_what_has_no_date_is_listed(small: Made) -> None:
    for path in ("timeline", "timeline/by-kind", "timeline/by-field"):
        line = view(small, path, TimelineView)
        assert {row.card.id for group in line.groups for row in group.rows} == {"lamps", "kites", "gift"}
        assert {card.id for card in line.undated} == {"bridges", "league"}
        assert all(row.bar.spans or row.bar.point >= 0 for group in line.groups for row in group.rows)
        assert all(len(row.counts) == len(line.decades) for row in line.tallies)


def test_every_picture_is_in_every_language_and_repeats_to_the_byte(small: Made) -> None:
    first, problems = rendered(small)
    assert problems == ()
    own = {path for path in first if path.split("/")[-2:-1] in (["network"], ["map"], ["timeline"])}
    assert {
        f"{language}{name}/{file}"
        for language in ("", "fr/", "zh/")
        for name in ("network", "map", "timeline")
        for file in ("index.html", "picture.svg", "picture.csv")
    } == own
    again, _ = rendered(small)
    assert {path: again[path] for path in own} == {path: first[path] for path in own}


def test_nothing_is_drawn_of_an_atlas_without_records_to_draw() -> None:
    site = SIDES.replace("navigation: [/actors/]", "navigation: []")
    page = "---\nlang: en\ndate: 2026-11-22\ntitle: About\n---\n\nAbout.\n"
    pages = planned(atlas({"content/pages/about.md": page}, site))[0].pages
    assert not {"network/index.html", "map/index.html", "timeline/index.html"} & paths(pages)


def test_a_side_without_actors_is_shown_with_its_zeros() -> None:
    network = view(atlas({"lamps": actor("Lamps")}), "network", NetworkView)
    assert [(column.label, column.records) for column in network.figures] == [
        ("Whole network", 1),
        ("North", 1),
        ("South", 0),
    ]
    assert network.years == ()


def test_five_hundred_actors_in_one_city_are_one_mark_and_one_row() -> None:
    found = atlas({f"a{number}": actor(f"Society {number}", "places: [pier]\n") for number in range(500)})
    earth = view(found, "map", MapView)
    assert [(mark.count, mark.places) for mark in earth.drawing.marks] == [(500, ("pier",))]
    assert [len(place.cards) for place in earth.places] == [240]
    further = view(found, "map/page/2", MapView)
    assert [len(place.cards) for place in further.places] == [240]
    assert (further.drawing.marks, further.homes.panels, further.panels, further.legend) == ((), (), (), ())
    parts = [view(found, path, NetworkView) for path in ("network", "network/page/2", "network/page/3")]
    assert [(part.drawn, part.total, len(part.nodes)) for part in parts] == [
        (400, 500, 240),
        (0, 500, 240),
        (0, 500, 20),
    ]
    assert {row.id for part in parts for row in part.nodes} == {f"a{number}" for number in range(500)}


def test_of_many_records_the_most_connected_are_drawn() -> None:
    rows = "".join(tie(number, "partner-of", f"a{number}") for number in range(1, 450))
    found = atlas(
        {
            f"a{number}": actor(f"Society {number}", "start: 1901\n" + (f"relations:\n{rows}" if number == 0 else ""))
            for number in range(450)
        }
    )
    network = view(found, "network", NetworkView)
    assert (network.drawn, network.total) == (400, 450)
    further = view(found, "network/page/2", NetworkView)
    assert {row.id for row in network.ties + further.ties} == {f"a0--r{number}" for number in range(1, 450)}
    assert (further.drawing.nodes, further.bridges, len(further.figures), further.legend) == ((), (), 1, ())
    assert "a0" in {node.id for node in network.drawing.nodes}
    framed, lives = (view(found, f"{path}/embed", EmbedView) for path in ("network", "timeline"))
    assert framed.part == ("The picture shows the 400 best connected of 450 records; its page has all.",)
    assert lives.part == ("The picture shows the 240 best connected of 450 records; its page has all.",)
    [group] = lives.lives
    assert (len(group.rows), group.rows[0].card.id, group.total) == (240, "a0", 450)
    assert len(network.drawing.ties) == 399
    lamps = record(found, "actors/a0")
    assert lamps.neighbourhood
    assert (lamps.neighbourhood.drawn, lamps.neighbourhood.total) == (40, 449)


@pytest.mark.parametrize("name", ["Ligue " * 33, "联合渡船会" * 40, "Мост" * 50, "x" * 200])
def test_a_name_of_two_hundred_characters_is_shown_whole(name: str) -> None:
    name = name.strip()
    found = atlas(
        {"lamps": actor(name, "places: [pier]\nrelations:\n" + tie(1, "partner-of", "kites")), "kites": actor(name)}
    )
    network = view(found, "network", NetworkView)
    assert all(node.title.startswith(name) for node in network.drawing.nodes)
    assert [row.record.label.html for row in network.nodes] == [name, name]


def test_an_atlas_may_do_without_pictures(tmp_path: object) -> None:
    from pathlib import Path

    root = copy_site("three", Path(str(tmp_path)))
    declared = (root / "content/site.yaml").read_text(encoding="utf-8")
    navigation = next(line for line in declared.splitlines() if line.startswith("navigation:"))
    edit(root, "content/site.yaml", navigation, "navigation: [/actors/]\nviews: []")
    code = (
        "import sys; from atlas.cli.main import main; "
        f"code = main(['build', '--root', {str(root)!r}, '-o', {str(root / 'out')!r}, '-q']); "
        "print(code)"
    )
    reported = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert reported.stdout.split() == ["0"]
    made_files = {path.relative_to(root / "out").as_posix() for path in (root / "out").rglob("*.*")}
    assert not [path for path in made_files if path.startswith(("network/", "map/", "timeline/", "static/land"))]
    text = (root / "out/actors/phares-du-nord/index.html").read_text(encoding="utf-8")
    assert "<svg" not in text
    assert "pictures.css" not in text

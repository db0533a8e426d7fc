"""The list of the relations of a type marked `arc`."""

from __future__ import annotations

from small_atlases import BRIDGES, LAMPS, SITE, Made, actor, made
from small_pages import planned, rendered

from atlas.pages.relations.views import RelationListView

TWIN = (
    "  twin-of: {label: {en: is twinned with, fr: jumelée avec, zh: 结对于}, symmetric: true, arc: true%s}\nnavigation:"
)
LIST = ", list: {en: Twins, fr: Jumelages, zh: 结对}"
SOUTH = "relations:\n  - {id: pier, type: twin-of, to: lamps, start: 1904, sources: [bridge1904]}\n"
NORTH = "relations:\n  - {id: twin, type: twin-of, to: bridges, start: 1901, note: 'So [@tide1910].', sources: [lamp1901]}\n"


def atlas(title: str = LIST) -> Made:
    """Two records that both state their relation, with different years."""
    files = {LAMPS: actor("Lamps", NORTH), BRIDGES: actor("Bridges", SOUTH, sides="south", kind="club")}
    result = made(files, site=SITE.replace("navigation:", TWIN % title))
    assert result.problems == ()
    return result


def test_a_pair_is_one_row_in_the_order_of_the_sides_with_what_each_source_says() -> None:
    view = next(one.view for one in planned(atlas())[0].pages if one.path == "relations/twin-of/index.html")
    assert isinstance(view, RelationListView)
    assert (view.title, view.columns, view.undated) == ("Twins", ("North", "South"), 0)
    [row] = view.rows
    assert (row.first.url, row.second.url) == ("../../actors/lamps/", "../../actors/bridges/")
    assert [(one.period, one.url) for one in row.relations] == [
        ("since 1904", "../../actors/bridges/#pier"),
        ("since 1901", "../../actors/lamps/#twin"),
    ]
    assert {entry.key for entry in view.references} == {"bridge1904", "lamp1901", "tide1910"}


def test_a_record_leads_to_the_list_and_a_type_without_a_title_has_one_made_from_its_label() -> None:
    pages, problems = rendered(atlas(""))
    assert problems == ()
    assert '<h3><a href="../../relations/twin-of/">is twinned with</a></h3>' in pages["actors/lamps/index.html"]
    assert "<h1>Relations: “is twinned with”</h1>" in pages["relations/twin-of/index.html"]
    assert "<h1>Relations\u00a0: «\u00a0jumelée avec\u00a0»</h1>" in pages["fr/relations/twin-of/index.html"]

"""Planning names the pages and files of a site; each is made when it is wanted."""

from __future__ import annotations

import pytest
from counting import calls
from site_copies import SITES

from atlas.build.options import ReadOptions, silent
from atlas.build.stages import Checked, Known, SitePlan, check, link, plan
from atlas.content.linking import Atlas
from atlas.content.parse_cache import ParseCache
from atlas.core.sources import read_input
from atlas.pages.final_plan import complete_plan, draw_page
from atlas.pages.page_titles import Titles
from atlas.pages.view_parts import PageView


@pytest.fixture(scope="module")
def linked() -> tuple[Checked, Atlas]:
    """A site of three languages with all views on, linked."""
    checked, _ = check(read_input(SITES / "three"), ReadOptions(), Known({}, ParseCache(common="")), silent)
    assert checked
    return checked, link(checked, Known({}, ParseCache()))[0]


@pytest.fixture
def planned(linked: tuple[Checked, Atlas]) -> SitePlan:
    """Its plan."""
    made, problems = plan(*linked, Known({}, ParseCache()))
    assert made
    assert problems == ()
    return made


def draw_all(planned: SitePlan) -> None:
    """Make everything but HTML."""
    complete_plan(planned.outline, [draw_page(spec)[1] for spec in planned.outline.specs])


def test_planning_leaves_nearly_all_work_to_drawing(linked: tuple[Checked, Atlas]) -> None:
    made: list[SitePlan | None] = []
    plan(*linked, Known({}, ParseCache()))  # what a process does once is not counted
    planning = calls(lambda: made.append(plan(*linked, Known({}, ParseCache()))[0]))
    [planned] = made
    assert planned
    drawing = calls(lambda: draw_all(planned))
    assert drawing > 8 * planning


def test_a_page_is_called_by_others_what_it_is_called_itself(planned: SitePlan) -> None:
    known: dict[str, str] = {}
    own: dict[str, str] = {}
    for locale_site in planned.outline.locale_sites:
        specs = {one.address: one for one in planned.outline.specs if one.language == locale_site.language.id}
        titles = Titles(locale_site, specs)
        for path, spec in specs.items():
            view = draw_page(spec)[0].view
            if path and isinstance(view, PageView):
                known[spec.path], own[spec.path] = titles[path], view.head.title
    assert known.keys() >= {"compare/index.html", "network/index.html", "sources/index.html", "print/atlas/index.html"}
    assert known == own


def test_every_data_file_that_is_named_is_made_and_no_other(planned: SitePlan) -> None:
    plan, _ = complete_plan(planned.outline, [])
    made = {file.path for file in plan.files if file.path.startswith("data/")}
    assert len(made) > 5
    assert made == {file.path for file in planned.outline.files if file.path.startswith("data/")}
    [package] = [file.content().decode() for file in plan.files if file.path == "data/datapackage.json"]
    assert all(f'"{path.removeprefix("data/")}"' in package for path in made if path != "data/datapackage.json")

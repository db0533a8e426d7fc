"""The home page: its picture from the ties, its sections from the text, and numbers that add up."""

from __future__ import annotations

import pytest
from small_atlases import BRIDGES, LAMPS, SITE, Made, actor, made, page
from small_pages import planned, rendered

from atlas.pages.site.bridges import MOST
from atlas.pages.site.views import Bridges, HomeView

TYPES = SITE.replace(
    "navigation:",
    "  rival-of: {label: {en: rival of, fr: rivale de, zh: 对手}, symmetric: true, tie: false, pairs: true}\n"
    "  twin-of: {label: {en: twin of, fr: jumelle de, zh: 双子}, symmetric: true, arc: true}\nnavigation:",
)
HOME = "content/pages/home.md"


def tie(type: str, to: str, more: str = "") -> str:
    """A relation of an actor."""
    return f"relations:\n  - {{id: tie, type: {type}, to: {to}{more}}}\n"


def home(files: dict[str, str], site: str = TYPES) -> HomeView:
    """The home page in English."""
    result: Made = made(files, site=site)
    assert result.problems == ()
    view = next(one.view for one in planned(result)[0].pages if one.path == "index.html")
    assert isinstance(view, HomeView)
    return view


def picture(files: dict[str, str]) -> Bridges:
    """The picture of the home page."""
    [drawn] = home(files).bridges
    return drawn


@pytest.mark.parametrize(
    ("type", "form"), [("partner-of", "tie"), ("rival-of", "untied"), ("twin-of", "arc"), ("funded-by", "tie")]
)
def test_a_tie_between_two_sides_is_drawn_whichever_end_states_it(type: str, form: str) -> None:
    south = actor("Bridges", tie(type, "lamps", ", start: 1904"), sides="south")
    drawn = picture({LAMPS: actor("Lamps"), BRIDGES: south})
    [group] = drawn.groups
    assert ([card.id for card in group.left], [card.id for card in group.right]) == (["lamps"], ["bridges"])
    assert [(line.left, line.right, line.form) for line in group.lines] == [(5, 5, form)]
    [sentence] = group.sentences
    assert sentence.startswith("Bridges ")
    assert sentence.endswith("Lamps (since 1904)")
    assert [row.form for row in drawn.forms] == [form]
    assert "North" in drawn.title


@pytest.mark.parametrize("side", ["north", "beyond", "north, south"])
def test_ties_within_a_side_to_those_not_compared_and_to_joint_actors_join_no_two_sides(side: str) -> None:
    files = {LAMPS: actor("Lamps"), BRIDGES: actor("Bridges", tie("partner-of", "lamps"), sides=side)}
    assert home(files).bridges == ()


def test_an_actor_is_beside_the_middle_of_those_it_is_tied_to() -> None:
    files = {LAMPS: actor("Lamps")}
    files |= {
        f"content/actors/{id}.yaml": actor(id, tie("partner-of", "lamps"), sides="south") for id in ("a", "b", "c")
    }
    drawn = picture(files)
    [group] = drawn.groups
    assert [(line.left, line.right) for line in group.lines] == [(15, 5), (15, 15), (15, 25)]
    assert group.height == 30
    assert drawn.title == "3 ties between actors: North (1) and South (3)"


def test_the_picture_shows_so_many_ties_at_most_and_says_how_many_there_are_besides() -> None:
    files = {LAMPS: actor("Lamps")}
    names = [f"s{number:02}" for number in range(MOST + 3)]
    files |= {f"content/actors/{id}.yaml": actor(id, tie("partner-of", "lamps"), sides="south") for id in names}
    drawn = picture(files)
    assert sum(len(group.lines) for group in drawn.groups) == MOST
    assert drawn.hidden == 3


def test_the_numbers_of_actors_by_side_add_up_to_all() -> None:
    files = {
        LAMPS: actor("Lamps"),
        BRIDGES: actor("Bridges", sides="north, south"),
        "content/actors/far.yaml": actor("Far", sides="beyond"),
    }
    view = home(files)
    assert {row.id: row.count for row in view.sides} == {"north": 1, "joint": 1, "beyond": 1}
    assert sum(row.count for row in view.sides) == next(row.count for row in view.tallies if row.family == "actor")


def test_headings_divide_the_text_into_sections_with_items_side_by_side() -> None:
    text = "Before.\n\n## One {#one}\n\nIntro.\n\n### First {#first}\n\nA.\n\n### Second {#second}\n\nB.\n\n## Two {#two}\n\nC."
    view = home({LAMPS: actor("Lamps"), HOME: page(text)})
    before, one, two = view.sections
    assert (before.heading_html, before.intro_html) == ("", "<p>Before.</p>")
    assert one.heading_html.startswith('<h2 id="one">')
    assert one.intro_html == "<p>Intro.</p>"
    assert [item.html.partition(">")[0] for item in one.items] == ['<h3 id="first"', '<h3 id="second"']
    assert two.items == ()


def test_without_a_text_the_home_page_shows_the_description_of_the_site() -> None:
    view = home({LAMPS: actor("Lamps")})
    assert (view.lede.html, view.sections) == ("An invented atlas.", ())


def test_the_home_page_holds_no_list_of_all_records() -> None:
    files, problems = rendered(made({LAMPS: actor("Lamps")}, site=TYPES))
    assert problems == ()
    assert "actors/lamps/" not in files["index.html"]

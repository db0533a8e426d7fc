"""Nothing that is drawn touches anything else, and no name is lost, whatever the names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from touching import touching

from atlas.graphics.boxes import Box, settled, shelved
from atlas.graphics.edges import LEAF_X, NEAR_WIDTH, leaf_box, neighbourhood
from atlas.graphics.graphs import Network
from atlas.graphics.network_layout import LABEL_WIDTH, SpringLayout, lay_out, node_label, spring_layout
from atlas.graphics.text_metrics import ELLIPSIS, pieces, width_of, wrapped

BOXES = st.builds(Box, *(st.integers(-300, 300) for _ in range(2)), *(st.integers(1, 200) for _ in range(2)))
SCRIPTS = (
    "The Society of Lamps and Bridges ",
    "Société des œuvres d’outre-mer ",
    "东水园艺社（北谷）、",
    "Ж",
    "ا",
    "🙂",
)
NAMES = st.one_of(
    st.text(min_size=1, max_size=200),
    st.builds(lambda text, times: (text * times)[:200], st.sampled_from(SCRIPTS), st.integers(1, 200)),
)


@given(st.lists(BOXES, max_size=40))
def test_boxes_settle_where_none_touches_another_and_keep_their_sizes(wishes: list[Box]) -> None:
    found = settled(wishes)
    assert touching(found) == []
    assert [(box.width, box.height) for box in found] == [(box.width, box.height) for box in wishes]
    assert found[:1] == wishes[:1]


def test_four_hundred_boxes_that_wish_for_one_place_find_room() -> None:
    assert touching(settled([Box(0, 0, 140, 60)] * 400)) == []


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 200)), max_size=40), st.integers(100, 1000))
def test_boxes_on_shelves_do_not_touch(sizes: list[tuple[int, int]], width: int) -> None:
    places, height = shelved(sizes, width, 5)
    boxes = [Box(*place, *size) for place, size in zip(places, sizes, strict=True)]
    assert touching(boxes) == []
    assert all(box.bottom <= height for box in boxes)
    assert all(box.right <= width or box.left == 0 for box in boxes)


@given(NAMES, st.integers(40, 200), st.integers(1, 4))
def test_lines_fit_and_hold_the_whole_name_or_say_that_it_goes_on(name: str, width: int, most: int) -> None:
    lines = wrapped(name, width, most)
    assert len(lines) <= most
    assert all(width_of(line) <= width for line in lines)
    joined = "".join("".join(lines).split())
    whole = "".join(name.split())
    assert joined == whole or (joined.endswith(ELLIPSIS) and whole.startswith(joined.removesuffix(ELLIPSIS)))


def test_chinese_breaks_anywhere_but_before_a_closing_mark() -> None:
    lines = wrapped("东水园艺社（北谷）、南谷桥社，与联合渡船会", 66, 9)
    assert len(lines) > 3
    assert not any(line[0] in "）、，" or line[-1] == "（" for line in lines)


def test_a_short_name_is_not_broken() -> None:
    assert wrapped("Alliance", LABEL_WIDTH) == ("Alliance",)
    assert wrapped("", LABEL_WIDTH) == ()


def test_a_line_breaks_between_words_and_characters_but_not_before_marks_that_close() -> None:
    assert pieces("Quoi ? « Le pont » (neuf)") == ["Quoi ? ", "« Le ", "pont » ", "(neuf)"]
    assert pieces("sous-main »Haus«") == ["sous-", "main ", "»Haus«"]
    assert pieces("东水（北谷），桥") == ["东", "水", "（北", "谷），", "桥"]
    assert wrapped("Lamps, arches, bridges", width_of("Lamps, arches,…"), 1) == ("Lamps, arches…",)


@settings(max_examples=30)
@given(st.lists(NAMES, min_size=1, max_size=30), st.data())
def test_labels_of_a_network_never_touch(names: list[str], data: st.DataObject) -> None:
    ids = [str(number) for number in range(len(names))]
    coordinate = st.floats(-1, 1)
    spots = [(id, (data.draw(coordinate), data.draw(coordinate))) for id in ids]
    half = len(ids) // 2
    plan = SpringLayout((tuple(spots[:half]),) if half else (), tuple(ids[half:]))
    layout = lay_out(plan, {id: node_label(name) for id, name in zip(ids, names, strict=True)})
    boxes = list(layout.boxes.values())
    assert set(layout.boxes) == set(ids)
    assert touching(boxes) == []
    assert all(box.within(layout.width, layout.height) for box in boxes)


@given(st.lists(NAMES, min_size=1, max_size=40))
def test_labels_of_a_neighbourhood_never_touch_and_stay_inside(names: list[str]) -> None:
    plan = neighbourhood(names)
    boxes = [leaf_box(leaf) for leaf in plan.leaves]
    assert len(boxes) == len(names)
    assert touching(boxes) == []
    assert all(box.within(NEAR_WIDTH, plan.height) and box.left < LEAF_X for box in boxes)


def test_an_empty_network_has_an_empty_sketch() -> None:
    assert spring_layout(Network({}, ()), (), ()) == SpringLayout((), ())


def test_a_middle_dot_is_as_wide_as_a_han_character_beside_one() -> None:
    assert width_of("艾达·奎隆") == width_of("艾达奎奎隆")
    assert width_of("Ada·Quillon") < width_of("AdamQuillon")

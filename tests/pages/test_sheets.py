"""The pages of a book joined for typesetting: levels of headings, places of ids and notes, columns, pictures."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from atlas.pages.book.sheets import SetPicture, Sheet, adapted, joined
from atlas.pages.book.xhtml import to_xhtml

PICTURE = SetPicture("p1.svg", 820, 400, ("b",))


def book(*pages: tuple[str, str]) -> Element:
    """The document of pages, each with the name of its file and the HTML of its body."""
    sheets = [
        Sheet(file, to_xhtml(f"<html lang='en'><body>{body}</body></html>").text(lambda name, value: value))
        for file, body in pages
    ]
    return ElementTree.fromstring(joined(sheets, {"_picture-1.svg": PICTURE}))


def test_records_are_one_level_below_their_part_and_no_level_is_left_out() -> None:
    made = book(("home", "<h1>a</h1>"), ("_part-cases", "<h1>b</h1>"), ("x", "<h1>c</h1><h4>d</h4><h2>e</h2>"))
    assert [one.get("level") for one in made.iter() if one.tag[0] == "h"] == ["1", "1", "2", "3", "3"]


def test_an_id_is_on_the_heading_and_on_nothing_to_which_no_link_leads() -> None:
    made = book(("x", '<article id="x"><p>k</p><h1 id="y">a</h1><p id="z">b</p></article><a href="#x">c</a>'))
    assert [(one.tag, one.get("id")) for one in made.iter() if one.get("id")] == [("h1", "y")]
    assert [one.get("href") for one in made.iter("a")] == ["#y"]


def test_the_id_of_a_row_is_in_its_first_cell() -> None:
    made = book(("x", '<table><tr id="r"><td>a</td></tr></table><a href="#r">c</a>'))
    assert [(one.tag, one.get("id")) for one in made.iter() if one.get("id")] == [("td", "r")]


def test_a_note_is_in_the_place_of_its_first_mark() -> None:
    html = (
        '<p>a<sup><a class="footnote-ref" href="#n">1</a></sup>b<sup><a class="footnote-ref" href="#n">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="n"><p>c <a class="footnote-backref" href="#r">↩</a></p></li></ol></div>'
    )
    [paragraph, *rest] = book(("x", html)).iter("page").__next__()
    first, second = paragraph.findall("footnote")
    assert "".join(first.itertext()).strip() == "c"
    assert (first.tail, second.get("of")) == ("b", first.get("id"))
    assert rest == []


def test_pages_are_together_by_their_columns() -> None:
    wide = "<table><tr>" + "<td>a</td>" * 5 + "</tr></table>"
    made = book(
        ("_cover", "<p>a</p>"),
        ("_part-cases", "<h1>b</h1>"),
        ("x", "<h1>c</h1>"),
        ("_part-data", "<h1>d</h1>"),
        ("y", "<h1>e</h1>"),
        ("z", wide),
        ("_names", "<h1>f</h1>"),
    )
    assert [(run.get("columns"), len(run)) for run in made] == [("1", 1), ("2", 2), ("1", 3), ("3", 1)]


def test_the_pages_of_an_entry_begin_with_that_of_its_record() -> None:
    entry = '<a epub:type="index-locator" href="#x">a</a> <span class="places"><a href="#y">b</a></span>'
    alone = '<a epub:type="index-locator" href="#y">c</a>'
    made = book(("x", "<h1>d</h1>"), ("_names", f"<ul><li>{entry}</li><li>{alone}</li></ul>"))
    [places] = made.iter("span")
    assert [(link.get("href"), link.get("class")) for link in places] == [("#x", "own"), ("#y", None)]
    assert [link.get("page") for item in made.iter("li") for link in item.findall("a")] == [None, "page"]


def test_a_picture_has_its_file_its_size_and_the_texts_below_it() -> None:
    page = ("_pictures", '<figure><img src="_picture-1.svg" alt="a"></figure>')
    [figure] = book(page).iter("figure")
    picture, caption = figure
    assert (picture.get("width"), picture.get("height"), caption.text) == ("820", "400", "b")
    assert picture.get("src") == "p1.svg"


@pytest.mark.parametrize(
    ("svg", "kept", "below"),
    [
        ("<text>林 Šavrič</text>", "", ("林 Šavrič",)),
        ("<text>Šavrič</text>", "<text>Šavrič</text>", ()),
        ("<text>林 été</text>", "<text>林 été</text>", ()),
        (
            '<use class="shape side-1" transform="scale(6)"/>',
            '<use class="shape side-1" transform="scale(6)" style="stroke-width:0.250px"/>',
            (),
        ),
    ],
)
def test_a_picture_is_drawn_as_browsers_draw_it(svg: str, kept: str, below: tuple[str, ...]) -> None:
    assert (adapted(svg).svg, adapted(svg).texts) == (kept, below)

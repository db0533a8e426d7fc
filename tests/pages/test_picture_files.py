"""Pictures as files: each needs no other file, names its source, and has a table of what it shows."""

from __future__ import annotations

import csv
import re
from html import escape
from xml.etree import ElementTree

import pytest
from built_sites import Sites
from small_atlases import LAMPS, actor, made
from small_pages import STYLES, engine, guides, style, words

from atlas.pages.book.book_pictures import book_pictures
from atlas.pages.pictures.picture_layout import MARGIN, picture_file
from atlas.pages.pictures.views import PictureBody, PictureTableView
from atlas.pages.planner import outline

PAGES = ("", "map/", "network/", "timeline/")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "en/", "zh/"])
def test_a_picture_needs_no_other_file_and_names_its_source(built: Sites, language: str, page: str) -> None:
    site = built("three")
    text = (site.out / language / page / "picture.svg").read_text(encoding="utf-8")
    picture = ElementTree.fromstring(text)
    assert [one.tag for one in picture.iter() if one.tag in (f"{SVG}a", f"{SVG}image", f"{SVG}script")] == []
    assert all(found.startswith("#") for found in re.findall(r'(?:href|src)="([^"]*)"', text))
    assert "url(" not in text
    assert "var(" not in text
    lines = [one.text or "" for one in picture.iter(f"{SVG}text") if one.get("class") == "quiet"]
    address = f"https://vallees.example/atlas/{language}{page}"
    assert address in "".join(lines)
    assert picture.findtext(f"{SVG}title")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_offers_its_picture_with_credit_and_code(built: Sites, page: str) -> None:
    site = built("three")
    text = (site.out / "en" / page / "index.html").read_text(encoding="utf-8")
    assert 'href="picture.svg" download' in text
    assert 'href="picture.csv" download' in text
    address = f"https://vallees.example/atlas/en/{page}"
    assert f"· {address}</p>" in text
    codes = text.replace("&#34;", '"')
    assert escape(f'<a href="{address}"><img src="{address}picture.svg" alt="', quote=False) in codes
    assert escape(f'<iframe src="{address}embed/" title="', quote=False) in codes


@pytest.mark.parametrize("page", ["map/", "network/"])
@pytest.mark.parametrize("language", ["", "en/", "zh/"])
def test_a_picture_in_a_frame_has_the_legend_of_its_page(built: Sites, language: str, page: str) -> None:
    folder = built("three").out / language / page
    texts = [(folder / path).read_text(encoding="utf-8") for path in ("index.html", "embed/index.html")]
    own, [framed] = (re.findall(r'(?s)<ul class="legend">.*?</ul>', text) for text in texts)
    assert framed in own


def test_a_table_has_what_its_picture_shows(built: Sites) -> None:
    folder = built("three").out / "en"
    rows = {page: list(csv.reader((folder / page / "picture.csv").read_text("utf-8").splitlines())) for page in PAGES}
    assert rows["map/"][0] == ["Place", "Latitude", "Longitude", "Record", "Side", "Dates"]
    assert ["Low Ferry", "44.125", "-30.0"] in [row[:3] for row in rows["map/"]]
    assert rows["timeline/"][0] == ["Record", "Side", "Beginning", "End", "Dates"]
    assert all(len(row) == len(table[0]) for table in rows.values() for row in table)
    assert all(len(table) > 2 for table in rows.values())


def test_the_table_of_a_book_has_names_as_they_are_and_the_csv_file_keeps_them_from_being_formulas() -> None:
    small = made({LAMPS: actor("=Lamps", "start: 1901\n")})
    styles = {id: style(STYLES[id]) for id in small.site.languages}
    plan, _ = outline(small.atlas, words(small), styles, guides(), engine().static)
    [row] = [row for drawn in book_pictures(plan.specs, "en", "_picture") for row in drawn.picture.rows]
    assert row[0] == "=Lamps"
    [table] = [spec.draw()[1] for spec in plan.specs if spec.path == "timeline/picture.csv"]
    assert isinstance(table, PictureTableView)
    assert '"\'=Lamps",' in table.text


def test_titles_legends_and_notes_stay_inside_the_picture() -> None:
    body = PictureBody(300, 100)
    legend = [("side-1", "", "a long meaning of a shape"), ("", "tie", "a line"), ("joint", "", "several")]
    drawn = picture_file("en", "A title that is longer than one line of the picture", body, legend, ["note " * 30])
    assert drawn.width == 300 + 2 * MARGIN
    assert [text.form for text in drawn.texts].count("title") == 2
    assert all(MARGIN <= sample.x <= drawn.width - MARGIN for sample in drawn.samples)
    assert all(text.y < drawn.height for text in drawn.texts)
    assert len({(sample.x, sample.y) for sample in drawn.samples}) == 3

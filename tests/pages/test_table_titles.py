"""Every table of a page has a title that says what it shows and how many."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from built_sites import Sites

PAGES = {
    "data": ["tables with", "columns and what they mean"],
    "network": ["Measures of", "years of a network of", "records of the network"],
    "map": ["places and the"],
    "compare/origin": ["whether its answer has a source|how many answers have a source"],
}
NUMBER = re.compile(r"\d")


def titles(text: str) -> list[str]:
    """The title of each table: its caption, and the heading or title before it."""
    found = []
    for part in re.split(r"<table\b", text)[1:]:
        caption = re.match(r"[^>]*>\s*<caption>(.*?)</caption>", part, re.DOTALL)
        found.append(re.sub(r"<[^>]+>", "", caption[1]) if caption else "")
    before = re.split(r"<table\b", text)[:-1]
    near = [
        re.findall(r'<p class="table-title">(.*?)</p>|<h[23][^>]*>(.*?)</h[23]>|id="_shown"[^>]*>(.*?)<', own)[-1:]
        for own in before
    ]
    return [own + "".join(near[at][0] if near[at] else ()) for at, own in enumerate(found)]


@pytest.mark.parametrize("language", ["", "en/", "zh/"])
@pytest.mark.parametrize(
    "page",
    ["data", "network", "map", "timeline", "timeline/by-kind", "compare", "compare/origin", "explore",
     "actors/phares-du-nord"],
)  # fmt: skip
def test_every_table_has_a_title_with_its_number(built: Sites, language: str, page: str) -> None:
    path = built("three").out / language / page / "index.html"
    found = titles(path.read_text(encoding="utf-8"))
    assert [title for title in found if not NUMBER.search(title)] == []


@pytest.mark.parametrize("page", PAGES)
def test_titles_say_what_a_table_shows(built: Sites, page: str) -> None:
    text = (built("three").out / "en" / page / "index.html").read_text(encoding="utf-8")
    for words in PAGES[page]:
        assert re.search(rf"\d[^<]*(?:{words})|(?:{words})[^<]*\d", text), words


def test_no_page_of_a_sample_site_is_too_long(built: Sites) -> None:
    out: Path = built("three").out
    long = [path for path in out.rglob("*.html") if "print" not in path.parts and path.stat().st_size > 120_000]
    assert long == []


def test_an_enlarged_part_of_the_map_says_how_many_places_and_records_it_has(built: Sites) -> None:
    page = (built("three").out / "en/map/index.html").read_text(encoding="utf-8")
    rows = dict(re.findall(r'<tr id="_place-([^"]+)">(.*?)</tr>', page, re.DOTALL))
    far = "date-line-pier"  # on the other side of the world
    near = {link for place, row in rows.items() if place != far for link in re.findall(r'<li><a href="([^"]+)"', row)}
    assert f"<h3>Around Low Ferry: {len(rows) - 1} places and the {len(near)} records there</h3>" in page

"""Spreadsheets compute no cell of the data, and every XML file is well formed, whatever authors write."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_atlases import LAMPS, Made, actor, made
from small_pages import engine, planned, words

from atlas.pages.escaping import csv_line, xml_text
from atlas.pages.rendering.renderer import Renderer

ANY = st.text(st.characters(codec="utf-8"), max_size=40)
SIGNS = "=+-@\t\r\n＝＋－＠"
XML = (".xml", ".svg", ".graphml", ".gexf")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_that_would_be_computed_begins_with_an_apostrophe(sign: str) -> None:
    line = csv_line([f'{sign}cmd|"/c calc"!A1', "plain"])
    assert line.startswith(f"\"'{sign}cmd")
    assert next(csv.reader([line])) == [f'\'{sign}cmd|"/c calc"!A1', "plain"] or sign in "\r\n"


@pytest.mark.parametrize("number", ["-1", "+2.5", "-33.861", "1904", "-0044"])
def test_numbers_stay_numbers(number: str) -> None:
    assert csv_line([number]) == f"{number}\n"


@given(st.lists(ANY, min_size=1, max_size=4))
def test_what_is_written_as_cells_is_read_as_these_cells(cells: list[str]) -> None:
    cells = ["first", *(cell.replace("\r", "").replace("\n", "").replace("\0", "") for cell in cells)]
    read = next(csv.reader([csv_line(cells)]))
    assert [cell for cell in read if cell[:1] and cell[0] in SIGNS and not cell.lstrip("+-")[:1].isdecimal()] == []
    assert [cell if cell in cells else cell.removeprefix("'") for cell in read] == cells


@given(ANY)
@example("\x00\x0b\x0e\ufffe\uffff]]>&<\"'")
def test_every_text_is_well_formed_in_xml(text: str) -> None:
    root = ET.fromstring(f'<a b="{xml_text(text)}">{xml_text(text)}</a>')
    kept = "".join(sign for sign in text if (sign >= " " and sign not in "\ufffe\uffff") or sign in "\t\n\r")
    assert (root.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")


@cache
def renderer() -> Renderer:
    """The engine's templates."""
    return Renderer(engine().templates)


def xml_files(own: Made) -> Iterator[tuple[str, bytes]]:
    """The XML files of an atlas."""
    plan, _ = planned(own)
    yield from ((file.path, file.content()) for file in plan.files if file.path.endswith(XML))
    for page in plan.pages:
        if page.path.endswith(XML):
            data = renderer().rendered(page, plan.frames[page.language], words(own)[page.language])
            assert isinstance(data, bytes), data
            yield page.path, data


@settings(max_examples=8)
@given(ANY.filter(str.strip), ANY.filter(str.strip))
@example("a \x00\x0b\x0e\ufffe name ]]>&<\"'", "&nbsp; &#11; <![CDATA[ *a* `<b>`")
def test_every_xml_file_of_an_atlas_is_well_formed(name: str, summary: str) -> None:
    rest = f"summary: {json.dumps(summary)}\nwebsite: https://lamps.example/?a=1&b='2'\nplaces: []\n"
    files = dict(xml_files(made({LAMPS: actor(json.dumps(name), rest)})))
    assert {"feed.xml", "sitemap.xml", "data/network.graphml", "data/network.gexf"} <= files.keys()
    for path, data in files.items():
        assert ET.fromstring(data) is not None, path

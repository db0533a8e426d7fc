"""One list that mixes Latin, Chinese, Japanese, Cyrillic, Greek, Arabic, Hebrew and Korean, on pages in each language."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from reference_lists import HERE, style, works

from atlas.bibliography.formatting.citer import Citer

BIBTEX = (HERE / "seven.bib").read_text("utf-8")
NO_ITALICS = ("zh", "ja", "ko", "ar", "he")


def lists() -> list[tuple[str, str, list[str]]]:
    """The lists of seven.txt: style, language of the page, its lines."""
    blocks = (HERE / "seven.txt").read_text("utf-8").split("\n== ")[1:]
    rows = [block.strip().splitlines() for block in blocks]
    return [(*row[0].split(), row[1:]) for row in rows]  # type: ignore[misc]


@pytest.mark.parametrize(("name", "language", "lines"), lists())
def test_is_in_its_order_with_languages_directions_and_italics(name: str, language: str, lines: list[str]) -> None:
    citer = Citer(works(BIBTEX), style(name), language)
    assert [f"{key}: {citer.reference(key)}" for key in citer.sort(citer.works)] == lines


@pytest.mark.parametrize(("name", "language", "lines"), lists())
def test_has_no_italics_where_a_script_has_none_and_a_direction_where_one_runs_left(
    name: str, language: str, lines: list[str]
) -> None:
    for key, references in groupby(lines, key=lambda line: line[:2]):
        (reference,) = references
        if key in NO_ITALICS:
            assert "<i" not in reference
        directions = set(re.findall(r'lang="(\w+)" dir="rtl"', reference))
        assert directions == ({key} if key in ("ar", "he") else set())

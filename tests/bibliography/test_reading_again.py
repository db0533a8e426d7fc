"""A bibliography that is read again after an edit gives what it gives when it is read for the first time."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from site_copies import REPOSITORY

from atlas.bibliography.parsing.works import read_works
from atlas.core.memo import Memo

TEXTS = [
    REPOSITORY.joinpath("bibliography.bib").read_text(encoding="utf-8")[:20_000],
    *(
        path.read_text(encoding="utf-8")[:8_000]
        for path in sorted(Path(__file__).parents[1].glob("bibliographies/*.bib"))
    ),
    "@string{p = {Press}}\n@book{one, title = {One}, publisher = p}\n@inbook{two, crossref = {one}, title = {Two}}\n"
    "% note\n@book{one, title = {Again}}\n@comment{rest}\n@xdata{all, year = 1900}\n@misc{three, xdata = {all},\n"
    "@online = {x}, note = {a\n@b c}}\n",
]
SHORT = 1_000
"""Characters of a text that can be read some hundred times in a second."""
PIECES = [
    "",
    "x",
    "\n",
    "{",
    "}",
    "@",
    "\n@",
    '"',
    ",",
    "% no\n",
    "\u200e",
    "@string{p = {Other}}\n",
    "@book{one, title={New}}\n",
]


def edited(text: str, chance: Random) -> str:
    """Return a text with a few characters replaced."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + chance.choice(PIECES) + text[start + chance.choice((0, 0, 1, 3, 40)) :]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_any_edit_gives_what_a_first_reading_gives(text: str) -> None:
    memo, chance = Memo(), Random(1)
    for number in range(30 if len(text) > SHORT else 600):
        now = edited(text, chance) if number % 3 else text
        assert read_works(now, "b.bib", ("press",), memo) == read_works(now, "b.bib", ("press",))
        text = now if number % 10 == 9 and len(text) > SHORT else text


def test_text_after_a_surplus_brace_is_reported_as_in_a_first_reading() -> None:
    text = "@misc{one, note = }{all},\n@online = {x}, note = {a\n@b c}}\n"
    assert read_works(text, "b.bib", (), Memo()) == read_works(text, "b.bib")

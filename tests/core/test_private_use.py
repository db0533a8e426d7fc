"""Private-use characters: each has one meaning, and none of them can come from an input."""

from __future__ import annotations

import re

from engine_source import modules

from atlas.core import private_use
from atlas.core.characters import BAD
from atlas.core.private_use import LATEX_MARKS, MarkPair


def values() -> list[str]:
    """Every character that the module defines."""
    rows = [value for name, value in vars(private_use).items() if name.isupper() and name != "LATEX_MARKS"]
    assert all(len(row) == 1 for row in rows if isinstance(row, str))
    return [char for row in rows for char in row]


def test_each_has_one_meaning() -> None:
    assert len(values()) > 10
    assert len(set(values())) == len(values())


def test_no_input_holds_one() -> None:
    assert all(BAD.fullmatch(char) for char in values())


def test_the_class_of_latex_marks_is_all_of_them() -> None:
    marks = [value for value in vars(private_use).values() if isinstance(value, MarkPair)]
    found = {char for mark in marks for char in mark if re.fullmatch(f"[{LATEX_MARKS}]", char)}
    pairs = (private_use.PROTECTED, private_use.ITALIC, private_use.RAISED, private_use.LOWERED, private_use.QUOTED)
    assert found == {char for pair in pairs for char in pair}


def test_no_other_module_writes_one() -> None:
    allowed = {"atlas.core.private_use", "atlas.core.characters", "atlas.core.unsafe_text", "atlas.pages.escaping"}
    texts = {name: path.read_text(encoding="utf-8") for name, path in modules().items()}
    assert {name for name, text in texts.items() if re.search(r"\\ue[0-9a-f]{3}|[\ue000-\uf8ff]", text)} <= allowed

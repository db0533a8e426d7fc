"""Blanks that are left are reported at their places; TODO in code is the word itself."""

from __future__ import annotations

import pytest

from atlas.core.sources import Source
from atlas.lint.placeholders import find_placeholders


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("---\ntitle: TODO\n---\n\nA TODO here.\n", [(2, 8), (5, 3)]),
        ("---\ntitle: A `TODO`\n---\n\n`a TODO` and TODO.\n", [(2, 11), (5, 14)]),
        ("---\ntitle: A\n---\n\n```\nTODO\n```\n", []),
        ("---\ntitle: A\n---\n\n`` a TODO ``\n", []),
    ],
)
def test_blanks_are_found_outside_code(text: str, places: list[tuple[int, int]]) -> None:
    found = find_placeholders([Source("content/pages/a.md", text)])
    assert [(each.span.line, each.span.column) for each in found] == places

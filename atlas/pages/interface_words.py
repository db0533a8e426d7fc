"""Finds the interface words that the engine uses, where they are used or declared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from atlas.core.problems import Span
from atlas.core.sources import read_modules
from atlas.i18n.dates import DATE_WORDS
from atlas.pages.data.data_tables import DATA_WORDS
from atlas.pages.sources.source_pages import WORK_WORDS
from atlas.schema.families import FAMILY_WORDS

_USE: Final = re.compile(r"""\bt\(\s*["']([a-z0-9-]+)["']""")

DECLARED: Final[Mapping[str, Span]] = {**FAMILY_WORDS, **WORK_WORDS, **DATA_WORDS, **DATE_WORDS}
"""The words whose keys are composed or looked up, each with the place that declares it."""


def used_words(texts: Mapping[str, str]) -> dict[str, Span]:
    """Return the keys of the words that templates or modules use, each with the first place of use.

    Args:
        texts: the text of each file, by its path.
    """
    places: dict[str, Span] = {}
    for path, text in texts.items():
        for found in _USE.finditer(text):
            places.setdefault(found[1], Span(path, text.count("\n", 0, found.start()) + 1, 1))
    return places


@cache
def engine_words() -> dict[str, Span]:
    """Return the keys of all words that the engine itself uses. Its modules are read once."""
    return {**used_words(read_modules()), **DECLARED}

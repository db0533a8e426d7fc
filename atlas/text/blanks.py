"""Blanks that an author has still to fill in, as `new` leaves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from atlas.problems import Problem, Span
from atlas.sources import Source

BLANK: Final = "TODO"
"""What stands where something is to be written."""

_LEFT: Final = re.compile(rf"\b{BLANK}\b")
_RECORDS: Final = (".yaml", ".md")


def blanks(sources: Iterable[Source]) -> Iterator[Problem]:
    """Every blank that is left in a file of content/."""
    for source in sources:
        if source.path.startswith("content/") and source.path.endswith(_RECORDS) and BLANK in source.text:
            for number, line in enumerate(source.text.split("\n"), 1):
                for found in _LEFT.finditer(line):
                    hint = f"write what belongs here in place of {BLANK}, or remove the key if it may be absent"
                    span = Span(source.path, number, found.start() + 1)
                    yield Problem(span, "blank-left", "this is not filled in yet", hint)


def without_echoes(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without those that only say that a blank is no value: others in the lines of a blank."""
    rows = list(problems)
    lines = {(row.span.path, row.span.line) for row in rows if row.rule == "blank-left"}
    return [row for row in rows if row.rule == "blank-left" or (row.span.path, row.span.line) not in lines]

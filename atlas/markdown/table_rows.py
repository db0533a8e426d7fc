"""Finds the headers of Markdown tables, and rows that have more cells than their header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_RULE: Final = re.compile(r"(?=[^\n]*\|)\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?")
_RULE_LINE: Final = re.compile(r"^[ \t>|:]*-[-:| \t]*$", re.MULTILINE)
_EDGE: Final = " \t>"
_ESCAPED: Final = "\\|"


def columns_of(header: str, divider: str) -> int:
    """How many columns a table has that begins with these two lines; 0 when none does."""
    header, divider = header.strip(_EDGE), divider.strip(_EDGE)
    if "|" not in header or not _RULE.fullmatch(divider):
        return 0
    columns = _cells(header)
    return columns if columns == _cells(divider) else 0


def bordered(row: str) -> str:
    """A row with a bar at both ends, as GitHub reads it: there each row may have them or not."""
    row = row.strip().removeprefix("|")
    return f"|{row[:-1] if row.endswith('|') and not row.endswith(_ESCAPED) else row}|"


def long_rows(text: str, hidden: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Where the rows begin that have more cells than their header; a bar in a hidden stretch divides no cells."""
    if not _RULE_LINE.search(text):
        return
    masked = list(text)
    for start, end in hidden:
        masked[start:end] = [character if character == "\n" else "x" for character in text[start:end]]
    position = columns = 0
    header = ""
    for line in "".join(masked).split("\n"):
        row = line.strip(_EDGE)
        if not row:
            columns = 0
        elif columns and _cells(row) > columns:
            yield position
        elif not columns:
            columns = columns_of(header, row)
        header = row
        position += len(line) + 1


def _cells(row: str) -> int:
    """How many cells a row has."""
    return bordered(row).count("|") - 1

"""Finds rows of Markdown tables that have more cells than the header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_RULE: Final = re.compile(r"(?=[^\n]*\|)\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?")
_RULE_LINE: Final = re.compile(r"^[ \t>|:]*-[-:| \t]*$", re.MULTILINE)
_EDGE: Final = " \t>"


def long_rows(text: str, hidden: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Where the rows begin that have more cells than their header; a bar in a hidden stretch divides no cells."""
    if not _RULE_LINE.search(text):
        return
    masked = list(text)
    for start, end in hidden:
        masked[start:end] = [character if character == "\n" else "x" for character in text[start:end]]
    position = columns = 0
    header, bordered = "", False
    for line in "".join(masked).split("\n"):
        row = line.strip(_EDGE)
        if not row:
            columns = 0
        elif columns and _cells(row, bordered) > columns:
            yield position
        elif not columns and _RULE.fullmatch(row) and "|" in header:
            bordered = header.startswith("|") or header.endswith("|")
            columns = _cells(header, bordered) if _cells(row, bordered) == _cells(header, bordered) else 0
        header = row
        position += len(line) + 1


def _cells(row: str, bordered: bool) -> int:
    """How many cells Python-Markdown sees in a row."""
    if bordered:
        row = row.removeprefix("|").removesuffix("|")
    return row.count("|") + 1

"""Rows of Markdown tables that are longer than their header: what is too much would not be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_RULE: Final = re.compile(
    r"^(?P<head>[^\n]*\|[^\n]*)\n(?P<rule>[ \t>]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*)$", re.MULTILINE
)
_EDGE: Final = " \t>"


def long_rows(text: str, hidden: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Where the rows begin that have more cells than their header; a bar in a hidden stretch divides no cells."""
    if not _RULE.search(text):
        return
    masked = list(text)
    for start, end in hidden:
        masked[start:end] = [character if character == "\n" else "x" for character in text[start:end]]
    plain = "".join(masked)
    for found in _RULE.finditer(plain):
        header = found["head"].strip(_EDGE)
        bordered = header.startswith("|") or header.endswith("|")
        columns = _cells(header, bordered)
        if _cells(found["rule"].strip(_EDGE), bordered) == columns:
            yield from _longer(plain, found.end() + 1, columns, bordered)


def _longer(text: str, start: int, columns: int, bordered: bool) -> Iterator[int]:
    """The rows from there to the next empty line that have more cells."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end].strip(_EDGE)
        if not row:
            return
        if _cells(row, bordered) > columns:
            yield start
        start = end + 1


def _cells(row: str, bordered: bool) -> int:
    """How many cells Python-Markdown sees in a row."""
    if bordered:
        row = row.removeprefix("|").removesuffix("|")
    return row.count("|") + 1

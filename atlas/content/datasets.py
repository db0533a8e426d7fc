"""Builds the table of a dataset, and checks that each value fits its column and has a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from atlas.content.model import Dataset, DatasetCell, DatasetColumn, DatasetRow, Reference
from atlas.content.unique_ids import repeated_ids
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.i18n.edtf import parse_edtf
from atlas.schema.field_types import ID, NUMBER, URL

References = Callable[[tuple[dict[str, Any], ...]], tuple[Reference, ...]]
"""Makes references of the rows under `sources`."""

_LINES: Final = {
    "number": (NUMBER, "write digits, with a full stop before decimals"),
    "url": (URL, f"write {URL.wanted}"),
    "record": (ID, "write the id of a record"),
    "place": (ID, "write the id of a place"),
}
"""The form of the values of a type, and the remedy where they do not have it."""


def build_dataset(table: Mapping[str, Any] | None, references: References, problems: list[Problem]) -> Dataset | None:
    """Build the table of a dataset.

    Args:
        table: the values under `table`, as the schema reads them.
        references: makes references of sources.
        problems: the list to which problems are added.

    Returns:
        The table with all that could be read; None for none.
    """
    if table is None:
        return None
    written = [column for column in table["columns"] if column["id"]]
    problems += repeated_ids(((column["id"].value, column["id"].span) for column in written), "table")
    columns = tuple(DatasetColumn(one["id"].value, one["label"], one["type"] or "text") for one in written)
    rows = [row for row in table["rows"] if row["id"]]
    problems += repeated_ids(((row["id"].value, row["id"].span) for row in rows), "table")
    return Dataset(columns, tuple(_row(row, columns, references, problems) for row in rows))


def _row(
    row: Mapping[str, Any], columns: tuple[DatasetColumn, ...], references: References, problems: list[Problem]
) -> DatasetRow:
    types = {column.id: column.type for column in columns}
    span: Span = row["id"].span
    cells = {}
    for id, values in row["cells"].items():
        if id not in types:
            place = values[0]["span"] if values else span
            message = f'the table has no column "{id}"'
            problems.append(Problem(place, Rule.UNKNOWN_KEY, message, nearest(id, types)))
            continue
        cells[id] = tuple(_cell(value, references) for value in values if value["value"])
        problems += [problem for cell in cells[id] if (problem := _misfit(cell, types[id]))]
    sources = references(row["sources"])
    if not sources and not any(cell.sources for values in cells.values() for cell in values):
        hint = "add `sources: […]` to the row, or to the cells that a work gives"
        problems.append(Problem(span, Rule.MISSING_KEY, "no work is named for this row", hint))
    return DatasetRow(row["id"].value, span, cells, sources)


def _cell(value: Mapping[str, Any], references: References) -> DatasetCell:
    return DatasetCell(value["value"], references(value["sources"]), value["spans"].get("value", value["span"]))


def _misfit(cell: DatasetCell, type: str) -> Problem | None:
    """Return the problem of a value that is not of the type of its column."""
    text = cell.text("")
    if type == "text":
        return None
    if set(cell.texts) != {""}:
        hint = "write one value, or make the column one of text"
        return Problem(cell.span, Rule.WRONG_TYPE, f"a {type} is the same in every language", hint)
    if type == "date":
        try:
            parse_edtf(text)
        except ValueError as error:
            return Problem(cell.span, Rule.BAD_DATE, str(error), "write a date such as 1983-07, 1983 or 1983~")
        return None
    line, hint = _LINES[type]
    if re.fullmatch(line.pattern, text):
        return None
    return Problem(cell.span, line.rule, f'"{text}" is not {line.wanted}', hint)

"""Reads CSV, TSV and XLSX files as a header and rows of texts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from msgspec import Struct

from atlas.core.limits import IMPORT_ROWS
from atlas.core.problems import has_errors
from atlas.core.rules import Rule
from atlas.core.sources import archive_problem, as_file
from atlas.importing.results import Import

_FORMULA = ("=",)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""A line with its end. No other sign ends a row, such as U+2028 in a cell."""
_UNREADABLE = "this XLSX file cannot be read: {}"
_SAVE_AGAIN = "save it again, or as CSV in UTF-8"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class ImportTable(Struct):
    """A table.

    Attributes:
        header: the names of its columns.
        rows: the number of each row in the file, and its cells by column.
    """

    header: list[str]
    rows: list[tuple[int, dict[str, str]]]


def read_table(name: str, data: bytes, result: Import, *, encoding: str = "", sheet: str = "") -> ImportTable | None:
    """Read a table; what is wrong is added to the result.

    Args:
        name: the name of the file.
        data: its content.
        result: the import.
        encoding: the encoding of a text file, if it is not UTF-8.
        sheet: the name of a sheet of XLSX; the first if empty.
    """
    is_text = not name.lower().endswith(".xlsx")
    lines = _text_rows(name, data, result, encoding) if is_text else _sheet_rows(name, data, result, sheet)
    if lines is None:
        return None
    return _table(name, lines, result)


def decoded(name: str, data: bytes, result: Import, encoding: str = "") -> str | None:
    """Return a text file as text, or None with the problem of its encoding."""
    known = encoding or next((codec for mark, codec in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(known)
    except LookupError:
        result.refuse(name, f'there is no encoding "{encoding}"', "write one such as cp1252, gb18030 or utf-16")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "save it as UTF-8, or name its encoding: --encoding cp1252 (Western Windows), gb18030 (simplified Han)"
        result.refuse(name, f"byte 0x{data[error.start]:02X} is not {known.upper()}", hint, line, Rule.BAD_UTF8)
    return None


def _text_rows(name: str, data: bytes, result: Import, encoding: str) -> Iterator[tuple[int, list[str]]] | None:
    text = decoded(name, data, result, encoding)
    if text is None:
        return None
    if "\0" in text:
        result.refuse(name, "this is not a text: it holds the character U+0000", "save the table as CSV in UTF-8")
        return None
    first = text.partition("\n")[0]
    between = "\t" if name.lower().endswith(".tsv") else max(",;\t", key=first.count)
    return _numbered(csv.reader(_LINE.findall(text), delimiter=between, strict=True))


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    for row in reader:
        yield reader.line_num, row


def _sheet_rows(name: str, data: bytes, result: Import, sheet: str) -> Iterator[tuple[int, list[str]]] | None:
    try:
        openpyxl = import_module("openpyxl")
    except ImportError:
        hint = 'install it (pip install "openpyxl>=3.1"), or save the table as CSV in UTF-8'
        result.refuse(name, "XLSX files need the package openpyxl, which is not installed", hint)
        return None
    if wrong := archive_problem(name, data):
        result.problems.append(wrong)
        return None
    try:
        book = openpyxl.load_workbook(as_file(data), read_only=True, data_only=False)
    except Exception as error:  # openpyxl raises many kinds for files that are not whole
        result.refuse(name, _UNREADABLE.format(error), _SAVE_AGAIN)
        return None
    if sheet and sheet not in book.sheetnames:
        result.refuse(name, f'there is no sheet "{sheet}"', f"choose one of {', '.join(book.sheetnames)}")
        return None
    page = book[sheet] if sheet else book.worksheets[0]
    for other in book.sheetnames:
        if other != page.title:
            result.lose(f"sheet {other}", "only one sheet is imported; name another with --sheet")
    return _shown_rows(name, page, result)


def _shown_rows(name: str, page: Any, result: Import) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a sheet; it is parsed row by row, so that a mistake in it is found only here."""
    number = 0
    try:
        for number, row in enumerate(page.iter_rows(values_only=True), 1):
            yield number, [_shown(value) for value in row]
    except Exception as error:  # openpyxl raises many kinds for files that are not whole
        result.refuse(name, _UNREADABLE.format(error), _SAVE_AGAIN, number + 1)


def _shown(value: Any) -> str:
    """Return the value of a cell as text: a date without a time as YYYY-MM-DD, 3.0 as 3."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")


def _table(name: str, lines: Iterator[tuple[int, list[str]]], result: Import) -> ImportTable | None:
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] = []
    ragged: list[int] = []
    try:
        for number, cells in lines:
            while cells and not cells[-1].strip():
                cells.pop()
            if not header:
                header = [cell.strip() for cell in cells]
            elif cells:
                ragged += [number] if len(cells) > len(header) else []
                rows.append((number, {column: _cell(cell) for column, cell in zip(header, cells, strict=False)}))
            if len(rows) > IMPORT_ROWS:
                message = f"this table has more than {IMPORT_ROWS:,} rows"
                result.refuse(name, message, "divide it, and import the parts", number, Rule.OVER_LIMIT)
                return None
    except csv.Error as error:
        result.refuse(name, f"this table cannot be read: {error}", "see that every quotation mark is closed")
        return None
    is_whole = not has_errors(result.problems) and _is_whole(name, header, rows, ragged, result)
    return ImportTable(header, rows) if is_whole else None


def _cell(text: str) -> str:
    return " ".join(text.split())


def _is_whole(name: str, header: Sequence[str], rows: Sequence[object], ragged: Sequence[int], result: Import) -> bool:
    """Return whether a table can be imported; report why not."""
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if not rows:
        result.refuse(name, "this table has no rows below its header", "see that the first row names the columns")
    elif "" in header:
        place = header.index("") + 1
        result.refuse(name, f"column {place} has no name", "name each column in the first row", 1)
    elif twice:
        result.refuse(name, f"two columns have the name {twice[0]}", "give each column a name of its own", 1)
    elif ragged:
        more = f", as have {len(ragged) - 1} others" if len(ragged) > 1 else ""
        message = f"this row has more cells than the header{more}"
        result.refuse(name, message, "put cells that hold a comma in quotation marks", ragged[0])
    return not has_errors(result.problems)


def is_formula(cell: str) -> bool:
    """Return whether a cell is a formula, whose value only a spreadsheet knows."""
    return cell.startswith(_FORMULA)

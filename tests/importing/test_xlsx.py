"""XLSX files: read by openpyxl where it is installed, and one line where it is not or the file is bad."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from typing import Any

import pytest

from atlas.core.limits import IMPORT_BYTES
from atlas.core.sources import archive_problem
from atlas.importing.results import Import
from atlas.importing.tables import read_table


def test_without_openpyxl_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = Import()
    assert read_table("a.xlsx", b"", result) is None
    [problem] = result.problems
    assert "openpyxl" in problem.message
    assert "pip install" in problem.hint


def test_an_archive_that_unpacks_to_too_much_or_is_not_whole_is_refused() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as part:
        for _ in range(IMPORT_BYTES // 10_000_000 + 1):
            part.write(bytes(10_000_000))
    found = archive_problem("a.xlsx", bomb.getvalue())
    assert found
    assert found.rule == "over-limit"
    assert len(bomb.getvalue()) < 1_000_000
    broken = archive_problem("a.xlsx", b"PK no archive")
    assert broken
    assert broken.rule == "bad-import"


def test_a_sheet_with_a_bad_row_is_refused_in_one_line() -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["title", "n"])
    book.active.append(["A", 3.0])
    data, spoilt = BytesIO(), BytesIO()
    book.save(data)
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<v>3</v>", b"<v>x</v>") if name.endswith("sheet1.xml") else part)
    result = Import()
    assert read_table("a.xlsx", spoilt.getvalue(), result) is None
    [problem] = result.problems
    assert (problem.rule, problem.span.line) == ("bad-import", 2)


def test_a_sheet_is_a_table_and_other_sheets_are_lost() -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["title", "n"])
    book.active.append(["A", 3.0])
    book.create_sheet("Other")
    data = BytesIO()
    book.save(data)
    result = Import()
    table = read_table("a.xlsx", data.getvalue(), result)
    assert table
    assert table.rows == [(2, {"title": "A", "n": "3"})]
    assert [place for place, _ in result.losses] == ["sheet Other"]

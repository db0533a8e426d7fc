"""The views of the data page."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, CiteRow, PageIntro, PageView, ReferenceEntry


class DataDownload(Struct, frozen=True):
    """A file of the data: its name, where it is, and its size in words."""

    name: str
    url: str
    size: str


class DataColumn(Struct, frozen=True):
    """A column of a table, or its columns by language, and what it means. several: a cell may hold several values."""

    name: str
    meaning: str
    several: bool


class DataTable(Struct, frozen=True):
    """A table of the data with its files; without rows and columns where it is none, such as the network."""

    id: str
    title: str
    rows: int
    files: tuple[DataDownload, ...]
    columns: tuple[DataColumn, ...]


class DataView(PageView, frozen=True):
    """The data of the atlas. version: a day and a digest; package: what describes all files; works: as references."""

    intro: PageIntro
    version: str
    package: DataDownload
    tables: tuple[DataTable, ...]
    others: tuple[DataTable, ...]
    works: tuple[Anchor, ...]
    cite: tuple[CiteRow, ...]
    references: tuple[ReferenceEntry, ...]

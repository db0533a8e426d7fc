"""The views of the data page."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from atlas.pages.view_parts import Anchor, CiteRow, IntroducedView, ReferenceEntry, labels
from atlas.search.page_text import Passage


class DataDownload(Struct, frozen=True):
    """A data file: its name, its URL, and its size in words."""

    name: str
    url: str
    size: str


class DataColumn(Struct, frozen=True):
    """A column of a table with its meaning.

    Attributes:
        name: its name, or its names by language.
        several: whether a cell may hold several values.
    """

    name: str
    meaning: str
    several: bool


class DataTable(Struct, frozen=True):
    """A data table with its files; a network or list of places has no columns.

    Attributes:
        rows: the number of rows; 0 for a file that is not a table.
    """

    id: str
    title: str
    rows: int
    files: tuple[DataDownload, ...]
    columns: tuple[DataColumn, ...]


class DataView(IntroducedView, frozen=True):
    """The data of the atlas.

    Attributes:
        version: a day and a digest.
        package: the file that describes all others.
        others: the files that are not tables.
        works: the exports of all works.
    """

    version: str
    package: DataDownload
    tables: tuple[DataTable, ...]
    others: tuple[DataTable, ...]
    works: tuple[Anchor, ...]
    cite: tuple[CiteRow, ...]
    references: tuple[ReferenceEntry, ...]

    def passages(self) -> Iterator[Passage]:
        """Yield the introduction, and the columns of the tables with their meanings."""
        yield from super().passages()
        for table in self.tables:
            yield from labels(table.title)
            for column in table.columns:
                yield from labels(column.name, column.meaning)

"""Shows the table of a dataset on its page and, if it is long, on further ones, and writes its CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from atlas.content.model import Dataset, DatasetCell, DatasetRow, Record, Reference
from atlas.core.html import escaped
from atlas.i18n.dates import show_date
from atlas.i18n.edtf import parse_edtf
from atlas.i18n.locales import show_exact
from atlas.pages.context import PageContext
from atlas.pages.data.data_files import BETWEEN
from atlas.pages.data.data_rows import Tabling, quote_rows, source_rows
from atlas.pages.escaping import csv_line
from atlas.pages.head import head
from atlas.pages.list_parts import Part
from atlas.pages.locale_site import LocaleSite, address, plain_text
from atlas.pages.page_citations import list_tags, page_downloads
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, PlannedFile, list_pages
from atlas.pages.records.facts import quotation_rows
from atlas.pages.records.views import DatasetRowsView, DatasetTable, ShownRow, ShownValue
from atlas.pages.view_parts import Phrase
from atlas.schema.families import BY_FAMILY


def dataset_table(context: PageContext, record: Record) -> DatasetTable | None:
    """Return the table of a dataset; None for other records."""
    dataset = record.dataset
    if dataset is None:
        return None
    part = rows_part(record, dataset) if context.chapter else context.part
    return DatasetTable(
        columns=tuple(context.label(column.label) for column in dataset.columns),
        types=tuple(column.type for column in dataset.columns),
        rows=tuple(_shown_row(context, dataset, row) for row in part.of(dataset.rows)),
        total=len(dataset.rows),
        sourced=any(row.sources for row in dataset.rows),
        csv=context.file_url(f"/{_csv_path(record)}"),
        more=context.url(part.path_of(1)) if context.chapter and part.pages > 1 else "",
    )


def rows_part(record: Record, dataset: Dataset) -> Part:
    """Return the first page of a dataset, with the number of rows."""
    return Part(record.address, total=len(dataset.rows))


# Pages.


def dataset_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the further pages of each dataset that has more rows than its own page shows."""
    for record in inputs.atlas.records.values():
        if record.dataset:
            draw = partial(_rows_view, id=record.id)
            pages = list_pages(locale_site, rows_part(record, record.dataset), "", draw, span=record.span)
            yield from islice(pages, 1, None)


def _rows_view(context: PageContext, id: str) -> DatasetRowsView:
    record = context.atlas.records[id]
    title, family = context.locale_site.title(record), BY_FAMILY[record.family]
    table = dataset_table(context, record)
    assert table
    return DatasetRowsView(
        head=head(
            context,
            plain_text(title),
            crumbs=(context.link(context.locale_site.words.t(family.folder), f"/{family.folder}/"),),
            description=plain_text(context.locale_site.excerpt(record)),
            updated=str(record.last_updated),
            tags=list_tags(context, plain_text(title)),
        ),
        title=title,
        dataset=table,
        references=context.references(),
        downloads=page_downloads(context),
    )


# Cells.


def _shown_row(context: PageContext, dataset: Dataset, row: DatasetRow) -> ShownRow:
    cells = tuple(
        tuple(_shown_value(context, column.type, cell) for cell in row.cells.get(column.id, ()))
        for column in dataset.columns
    )
    return ShownRow(row.id, cells, context.cites(row.sources), quotation_rows(context, row.references()))


def _shown_value(context: PageContext, type: str, cell: DatasetCell) -> ShownValue:
    text, cites = cell.text(context.language.id), context.cites(cell.sources)
    if type == "record" and text in context.atlas.records:
        title = context.locale_site.title(context.atlas.records[text])
        return ShownValue(title, context.url(address(context.atlas.records[text])), cites)
    if type == "place" and text in context.atlas.site.places:
        text = context.label(context.atlas.site.places[text].label)
    if type == "date":
        text = show_date(parse_edtf(text), context.locale_site.words)
    if type == "number":
        text = show_exact(text, context.language)
    if type == "url":
        return ShownValue(Phrase(escaped(text.partition("://")[2].rstrip("/"))), text, cites)
    return ShownValue(_words(context, cell, text), "", cites)


def _words(context: PageContext, cell: DatasetCell, text: str) -> Phrase:
    """Return a text with the tag of its language where that is not the language of the page."""
    own = context.language.id
    used = own if "" in cell.texts or own in cell.texts else next(iter(cell.texts), own)
    return Phrase(context.locale_site.marked(escaped(text), used), context.foreign(used))


# Files.


def dataset_files(tabling: Tabling) -> Iterator[PlannedFile]:
    """Yield the table of each dataset as a CSV file, beside its page."""
    for record in tabling.records():
        if record.dataset:
            yield PlannedFile(_csv_path(record), partial(_csv, tabling, record), tracked=True)


def _csv_path(record: Record) -> str:
    return f"{record.address}{record.id}.csv".lstrip("/")


def _csv(tabling: Tabling, record: Record) -> bytes:
    """Return the rows with one column for each language of a text, and after each column the keys of its works."""
    dataset = record.dataset
    assert dataset
    names = {column.id: _names(tabling, dataset, column.id) for column in dataset.columns}
    head, lines = ["id"], []
    for id, own in names.items():
        head += [*own, f"{id}_sources"]
    for row in dataset.rows:
        line = [row.id]
        for id, own in names.items():
            cells = row.cells.get(id, ())
            for language in own.values():
                line.append(BETWEEN.join(filter(None, (_text(cell, language) for cell in cells))))
            line.append(_keys(one for cell in cells for one in cell.sources))
        lines.append([*line, _keys(row.sources)])
    return "".join(map(csv_line, [[*head, "sources"], *lines])).encode()


def _text(cell: DatasetCell, language: str) -> str:
    """Return a value in exactly one language; empty if it has none there."""
    return cell.texts.get(language, cell.texts.get("", ""))


def _names(tabling: Tabling, dataset: Dataset, column: str) -> dict[str, str]:
    """Return the languages of a column in the CSV file by name; one name if no text differs by language."""
    cells = (cell for row in dataset.rows for cell in row.cells.get(column, ()))
    if all("" in cell.texts for cell in cells):
        return {column: ""}
    return {f"{column}_{language}": language for language in tabling.languages}


def _keys(references: Iterable[Reference]) -> str:
    return BETWEEN.join(", ".join(row.values()) for row in source_rows(references))


def dataset_json(tabling: Tabling, dataset: Dataset | None) -> dict[str, Any]:
    """Return the table of a dataset for the JSON of its record; empty for none."""
    if dataset is None:
        return {}
    columns = [{"id": one.id, "label": dict(one.label), "type": one.type} for one in dataset.columns]
    return {"columns": columns, "rows": [_row_json(tabling, row) for row in dataset.rows]}


def _row_json(tabling: Tabling, row: DatasetRow) -> dict[str, Any]:
    cells = {id: [_cell_json(tabling, cell) for cell in cells] for id, cells in row.cells.items()}
    return {"id": row.id, "cells": cells, **_sources_json(tabling, row.sources)}


def _cell_json(tabling: Tabling, cell: DatasetCell) -> dict[str, Any]:
    value = cell.texts[""] if "" in cell.texts else dict(cell.texts)
    return {"value": value, **_sources_json(tabling, cell.sources)}


def _sources_json(tabling: Tabling, references: tuple[Reference, ...]) -> dict[str, Any]:
    quotes = quote_rows(tabling, references)
    sources = source_rows(references)
    return {**({"sources": sources} if sources else {}), **({"quotes": quotes} if quotes else {})}

"""Makes the data page: files, columns, licence, version and citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from atlas.i18n.locales import show_size
from atlas.pages.context import PageContext
from atlas.pages.data.data_files import DATA, PACKAGE, Data, DataFile
from atlas.pages.data.data_tables import TABLES, Table, tables_of
from atlas.pages.data.views import DataColumn, DataDownload, DataTable, DataView
from atlas.pages.head import absolute
from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.page_citations import cite_rows, downloads, json_ld, meta_tags, page_work
from atlas.pages.page_intro import intro, intro_head
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.plan import PageSpec, generated_page


def data_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the data page in one language."""
    if inputs.data:
        title = locale_site.words.t("data")
        draw = partial(_data_view, made=inputs.data)
        spec = generated_page(locale_site, f"/{DATA}", title, draw)
        # The files have words of the first language in them, and the page has their sizes.
        yield replace(spec, given={key: one.forms for key, one in inputs.words.entries.items()})


def _data_view(context: PageContext, made: Callable[[], Data]) -> DataView:
    data, locale_site = made(), context.locale_site
    begun = intro(context, locale_site.words.t("data"))
    site = locale_site.atlas.site
    work = page_work(
        context,
        plain_text(begun.title),
        absolute(locale_site.atlas, locale_site.language, context.path),
        str(site.as_of),
    )
    work = replace(work, type="dataset", entry_type="dataset", fields={**work.fields, "version": data.version})
    linked = json_ld(context, work, str(site.as_of), "Dataset", _dataset(context, data))
    return DataView(
        head=intro_head(context, begun, updated=str(site.as_of), tags=(meta_tags(work), linked)),
        intro=begun,
        version=data.version,
        package=_download(context, PACKAGE, data.package),
        tables=tuple(_table(context, data, table) for table in tables_of(site)),
        others=tuple(_other(context, data, title) for title in _titles(data)),
        works=downloads(context, "/sources/bibliography"),
        cite=cite_rows(context, work, locale_site.styles),
        references=context.references(),
    )


def _dataset(context: PageContext, data: Data) -> dict[str, object]:
    """Return the further properties of a schema.org Dataset."""
    site = context.atlas.site
    files = [
        {"@type": "DataDownload", "contentUrl": f"{site.base_url}{DATA}{file.name}", "encodingFormat": file.mediatype}
        for file in data.files
    ]
    return {
        "description": context.label(site.description),
        "version": data.version,
        "license": site.licence.url if site.licence else "",
        "isAccessibleForFree": True,
        "distribution": files,
    }


def _titles(data: Data) -> tuple[str, ...]:
    """Return the title keys of the files that hold no table."""
    tables = {table.word for table in TABLES}
    return tuple(dict.fromkeys(file.title for file in data.files if file.title not in tables))


def _table(context: PageContext, data: Data, table: Table) -> DataTable:
    t = context.locale_site.words.t
    columns = tuple(
        DataColumn(", ".join(column.names(context.atlas.site.languages)), t(column.word), column.type == "list")
        for column in table.columns
    )
    files = [file for file in data.files if file.title == table.word]
    links = tuple(_download(context, file.name, file.data) for file in files)
    return DataTable(table.name, t(table.word), data.rows[table.name], links, columns)


def _other(context: PageContext, data: Data, title: str) -> DataTable:
    files: list[DataFile] = [file for file in data.files if file.title == title]
    links = tuple(_download(context, file.name, file.data) for file in files)
    return DataTable(files[0].name.partition(".")[0], context.locale_site.words.t(title), 0, links, ())


def _download(context: PageContext, name: str, data: bytes) -> DataDownload:
    return DataDownload(name, context.file_url(f"/{DATA}{name}"), show_size(len(data), context.language))

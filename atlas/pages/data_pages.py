"""The page of the data: its files, what each column means, its licence and version, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from atlas.pages.citing_pages import cite_rows, downloads, json_ld, meta_tags, page_work
from atlas.pages.data_files import DATA, Data, DataFile
from atlas.pages.data_tables import TABLES, Table
from atlas.pages.editions import Edition
from atlas.pages.openings import opened, opening
from atlas.pages.setting import Setting
from atlas.pages.views.data import DataColumn, DataDownload, DataTable, DataView
from atlas.tongues.languages import show_size


def data_pages(edition: Edition, data: Data | None) -> Iterator[tuple[Setting, DataView, str]]:
    """The page of the data in one language; none where the site does without."""
    if data is None:
        return
    setting = Setting(edition, f"/{DATA}")
    begun = opening(setting, edition.words.say("data"))
    base = opened(setting, begun)
    site = edition.atlas.site
    work = page_work(setting, base.title, base.canonical, str(site.as_of))
    work = replace(work, type="dataset", entry_type="dataset", fields={**work.fields, "version": data.version})
    linked = json_ld(
        work, str(site.as_of), setting.label(site.author), setting.label(site.title), "Dataset", _dataset(setting, data)
    )
    view = DataView(
        head=replace(base, updated=str(site.as_of), meta=meta_tags(work), jsonld_html=linked),
        opening=begun,
        version=data.version,
        package=_download(setting, "datapackage.json", data.package),
        tables=tuple(_table(setting, data, table) for table in TABLES),
        others=tuple(_other(setting, data, title) for title in _titles(data)),
        works=downloads(setting, "/sources/bibliography"),
        cite=cite_rows(setting, work, edition.styles),
        references=setting.references(),
    )
    yield setting, view, "data.html"


def _dataset(setting: Setting, data: Data) -> dict[str, object]:
    """What schema.org's Dataset has besides."""
    site = setting.atlas.site
    files = [
        {"@type": "DataDownload", "contentUrl": f"{site.base_url}{DATA}{file.name}", "encodingFormat": file.mediatype}
        for file in data.files
    ]
    return {
        "description": setting.label(site.description),
        "version": data.version,
        "license": site.licence.url if site.licence else "",
        "isAccessibleForFree": True,
        "distribution": files,
    }


def _titles(data: Data) -> tuple[str, ...]:
    """What the files are that hold no table."""
    tables = {table.word for table in TABLES}
    return tuple(dict.fromkeys(file.title for file in data.files if file.title not in tables))


def _table(setting: Setting, data: Data, table: Table) -> DataTable:
    say = setting.edition.words.say
    columns = tuple(
        DataColumn(", ".join(column.names(setting.atlas.site.languages)), say(column.word), column.type == "list")
        for column in table.columns
    )
    files = [file for file in data.files if file.title == table.word]
    links = tuple(_download(setting, file.name, file.data) for file in files)
    return DataTable(table.name, say(table.word), data.rows[table.name], links, columns)


def _other(setting: Setting, data: Data, title: str) -> DataTable:
    files: list[DataFile] = [file for file in data.files if file.title == title]
    links = tuple(_download(setting, file.name, file.data) for file in files)
    return DataTable(files[0].name.partition(".")[0], setting.edition.words.say(title), 0, links, ())


def _download(setting: Setting, name: str, data: bytes) -> DataDownload:
    return DataDownload(name, setting.file_url(f"/{DATA}{name}"), show_size(len(data), setting.language))

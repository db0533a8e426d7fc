"""Imports one file into an atlas: chooses the reader by its name and content, and writes what it makes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from atlas.content.model import Site
from atlas.content.record_files import group_files
from atlas.content.site_config import PLACES_PATH, SITE_PATH, read_site
from atlas.core.output import write_files
from atlas.core.problems import Problem, Span, has_errors
from atlas.core.rules import Rule
from atlas.core.sources import Source, read_file, read_import, read_input
from atlas.importing.csl import import_works
from atlas.importing.places import with_places
from atlas.importing.records import declare_fields, import_records, read_mapping
from atlas.importing.results import Import, report_path, report_text
from atlas.importing.tables import decoded, read_table
from atlas.importing.texts import import_text, markdown_of
from atlas.importing.zotero import is_zotero_json, works_of_json, works_of_rdf

BIBLIOGRAPHY = "bibliography.bib"
TABLES = (".csv", ".tsv", ".xlsx")
TEXTS = (".md", ".markdown", ".qmd", ".rmd")
FORMATS = (*TABLES, ".json", ".rdf", *TEXTS, ".docx")


class ImportOptions(Struct, frozen=True):
    """How to import a file.

    Attributes:
        family: the family of the records that it becomes.
        mapping: a file that maps columns to keys, or "".
        sheet: the sheet of an XLSX file; the first if empty.
        encoding: the encoding of a text file, if it is not UTF-8.
        replace: whether works that are in the bibliography already are replaced.
    """

    family: str = ""
    mapping: str = ""
    sheet: str = ""
    encoding: str = ""
    replace: bool = False


class Target(Struct, frozen=True):
    """The atlas that is imported into."""

    site: Site
    sources: dict[str, Source]
    ids: tuple[str, ...]


def import_file(root: Path, path: Path, options: ImportOptions) -> Import:
    """Import a file, and write what it becomes, with a report of what was lost; nothing if it has a mistake.

    Args:
        root: the folder of the atlas.
        path: the file.
        options: how to import it.
    """
    result = Import()
    data, problems = read_import(path)
    target, found = _target(root)
    result.problems += [*problems, *found]
    if data is None or target is None:
        return result
    _read(path, data, options, target, result)
    if not has_errors(result.problems):
        _write(root, path, result)
    return result


def _target(root: Path) -> tuple[Target | None, list[Problem]]:
    files, problems = read_input(root)
    sources = {source.path: source for source in files.sources}
    site, declared, found = read_site(sources)
    wrong = [problem for problem in (*problems, *found) if problem.severity == "error"]
    if site is None:
        return None, wrong
    groups, _ = group_files(sources, declared)
    return Target(site, sources, tuple(group.id for group in groups)), []


def _read(path: Path, data: bytes, options: ImportOptions, target: Target, result: Import) -> None:
    name, suffix = path.as_posix(), path.suffix.lower()
    if suffix in TABLES:
        _read_table(name, data, options, target, result)
    elif suffix in (".json", ".rdf"):
        text = decoded(name, data, result, options.encoding)
        if text is not None:
            bibliography = target.sources.get(BIBLIOGRAPHY)
            _read_works(name, text, bibliography.text if bibliography else "", options, result)
    elif suffix in (*TEXTS, ".docx"):
        is_text = suffix != ".docx"
        text = decoded(name, data, result, options.encoding) if is_text else markdown_of(name, data, result)
        if text is not None:
            _read_text(path, text.replace("\r\n", "\n"), options, target, result)
    else:
        hint = f"name a file with one of the endings {', '.join(FORMATS)}"
        result.problems.append(Problem(Span(name), Rule.BAD_IMPORT, f"no import reads {suffix or path.name}", hint))


def _read_table(name: str, data: bytes, options: ImportOptions, target: Target, result: Import) -> None:
    family, columns = options.family, {}
    if options.mapping:
        source, problems = read_file(Path(options.mapping))
        result.problems += problems
        mapping = read_mapping(source, result) if source else None
        if mapping is None:
            return
        family, columns = family or mapping.family, dict(mapping.columns)
    table = read_table(name, data, result, encoding=options.encoding, sheet=options.sheet)
    if table is None:
        return
    fields, places = import_records(name, table, family or "case", columns, target.site, target.ids, result)
    text, left = declare_fields(target.sources[SITE_PATH].text, fields, target.site)
    if text != target.sources[SITE_PATH].text:
        result.files[SITE_PATH] = text
        result.lose("site.yaml", f"own fields were declared: give {', '.join(fields)} labels in each language")
    if places:
        _declare_places(places, target.sources.get(PLACES_PATH), result)
    if left:
        message = f"own fields are not declared: {', '.join(left)}"
        hint = "declare them under `extra:` in content/site.yaml, which was written in a form that cannot be extended"
        result.refuse(SITE_PATH, message, hint)


def _declare_places(places: Mapping[str, str], source: Source | None, result: Import) -> None:
    text = with_places(source.text if source else "", places)
    if text is None:
        hint = "declare them there, which was written in a form that cannot be extended"
        result.refuse(PLACES_PATH, f"places are not declared: {', '.join(places)}", hint)
        return
    result.files[PLACES_PATH] = text
    result.lose("places.yaml", f"places were declared: give {', '.join(places)} labels in each language")


def _read_works(name: str, text: str, bibliography: str, options: ImportOptions, result: Import) -> None:
    items = works_of_rdf(name, text, result) if name.lower().endswith(".rdf") else _items(name, text, result)
    if items is not None:
        written = import_works(name, items, bibliography, result, replace=options.replace)
        if written != bibliography:
            result.files[BIBLIOGRAPHY] = written


def _read_text(path: Path, text: str, options: ImportOptions, target: Target, result: Import) -> None:
    source = target.sources.get(BIBLIOGRAPHY)
    before = source.text if source else ""
    written = import_text(path, text, options.family or "case", target.site, target.ids, before, result)
    if written != before:
        result.files[BIBLIOGRAPHY] = written


def _items(name: str, text: str, result: Import) -> Sequence[dict[str, Any]] | None:
    """Return the works of a JSON file in the form of CSL."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        message = f"this JSON file cannot be read: {getattr(error, 'msg', 'it is nested too deeply')}"
        result.refuse(name, message, "export it again", line)
        return None
    if is_zotero_json(value):
        return works_of_json(value, result)
    rows = value.get("items") if isinstance(value, dict) else value
    if isinstance(rows, list) and rows and all(isinstance(row, dict) and "type" in row for row in rows):
        return rows
    hint = "export from Zotero as CSL JSON, Better CSL JSON or BetterBibTeX JSON"
    result.refuse(name, "this JSON file is not a list of works", hint)
    return None


def _write(root: Path, path: Path, result: Import) -> None:
    """Write all files of an import, or none."""
    files = {name: text.encode() for name, text in result.files.items()}
    for name, source in result.copies.items():
        data, problems = read_import(path.parent / source)
        result.problems += problems
        files[name] = data or b""
        if (root / name).exists():
            result.refuse(name, "this file is there already", "move it away, or give the picture another name")
    report = report_path(path.as_posix())
    files[report] = report_text(path.as_posix(), result.losses).encode()
    if has_errors(result.problems):
        return
    try:
        write_files({root / name: data for name, data in files.items()})
    except OSError as error:
        hint = "see that the files can be written; nothing was changed"
        name = Path(error.filename or report).name
        result.refuse(name, str(error.strerror), hint, rule=Rule.CANNOT_WRITE)

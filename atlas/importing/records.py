"""Makes records from the rows of a table, by a mapping of its columns to keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Final

from msgspec import Struct

from atlas.authoring.scaffolds import record_text
from atlas.authoring.slugs import slug
from atlas.content.model import Site
from atlas.core.problems import Problem, Span, has_errors, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.importing.dates import as_edtf, is_date
from atlas.importing.places import Places, read_degrees
from atlas.importing.results import Import
from atlas.importing.tables import ImportTable, is_formula
from atlas.schema.families import BY_FAMILY, IMPORTED, Family
from atlas.schema.field_types import FileContext, Line, OneOf
from atlas.schema.object_types import Field, MapOf, ObjectType

LEFT_OUT: Final = "-"
"""The key of a column that is not imported."""
KEYS: Final = (
    "id", "title", "summary", "start", "end", "sides", "kind", "website", "place", "latitude", "longitude",
)  # fmt: skip
"""The keys that a column can become; `extra.NAME` makes an own field."""
DEFAULT_COLUMNS: Final = {
    # CollectionBuilder: https://collectionbuilder.github.io/cb-docs/docs/metadata/
    "objectid": "id",
    "title": "title",
    "description": "summary",
    "date": "start",
    "location": "place",
    "latitude": "latitude",
    "longitude": "longitude",
    # Wax: https://minicomp.github.io/wiki/wax/preparing-your-collection-data/metadata/
    "pid": "id",
    "label": "title",
    "_date": "start",
    # tables of an atlas, and what people write
    "id": "id",
    "name": "title",
    "summary": "summary",
    "start": "start",
    "end": "end",
    "sides": "sides",
    "side": "sides",
    "kind": "kind",
    "website": "website",
}
"""The keys of columns without a mapping; every other column becomes an own field."""
MAPPING: Final = ObjectType(
    "mapping",
    (
        Field("family", OneOf(tuple(family.id for family in IMPORTED)), "the kind of record that each row becomes"),
        Field(
            "columns",
            MapOf(Line("the name of a column"), Line("a key")),
            f"the key of each column: {', '.join(KEYS)}, `extra.NAME` (an own field), or `{LEFT_OUT}` (left out)",
        ),
    ),
)
_PLACED: Final = ("place", "latitude", "longitude")
_OWN: Final = "extra."
"""What the key of an own field begins with."""
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_SIGNS: Final = re.compile(r"[\\`*_\[\]<>@{}#|~^$]")
_YEAR: Final = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_SEVERAL: Final = re.compile(r"[;|,、]")


class ColumnMapping(Struct, frozen=True):
    """The family of the records, and the key of each column."""

    family: str
    columns: Mapping[str, str]


def read_mapping(source: Source, result: Import) -> ColumnMapping | None:
    """Read a mapping file; its mistakes are added to the result."""
    node, problems = read_yaml(source)
    if node is not None:
        context = FileContext(source.path, source.text, {})
        values = MAPPING.read(node, context)
        problems = (*problems, *context.problems)
        wrong = [key for key in values["columns"].values() if not _is_key(key)] if values else []
        problems = (*problems, *(_no_key(source.path, key) for key in wrong))
    result.problems += problems
    if has_errors(problems) or node is None or not values:
        return None
    return ColumnMapping(values["family"] or "", dict(values["columns"]))


def _no_key(path: str, key: str) -> Problem:
    hint = nearest(key, (*KEYS, "extra.NAME", LEFT_OUT))
    return Problem(Span(path), Rule.UNKNOWN_KEY, f'no column can become "{key}"', hint)


def _is_key(key: str) -> bool:
    return key in (*KEYS, LEFT_OUT) or bool(re.fullmatch(r"extra\.[a-z0-9]+(-[a-z0-9]+)*", key))


def import_records(
    name: str,
    table: ImportTable,
    family: str,
    mapping: Mapping[str, str],
    site: Site,
    taken: Sequence[str],
    result: Import,
) -> tuple[dict[str, str], Mapping[str, str]]:
    """Make a record of each row.

    Args:
        name: the name of the file.
        table: the table.
        family: the family of the records.
        mapping: the key of a column by its name; columns that are not in it have their usual key.
        site: the atlas.
        taken: ids of records that are there already.
        result: the import, to which files and losses are added.

    Returns:
        The own fields that the records use, each with the name of its column, and the lines of new places by their
        ids.
    """
    own = BY_FAMILY[family]
    keys = _keys(table.header, mapping)
    unknown = [column for column in mapping if column not in table.header]
    for column in unknown:
        message = f'the mapping names the column "{column}", which is not in the table'
        result.refuse(name, message, nearest(column, table.header))
    if unknown or not any(key in ("title", "id") for key in keys.values()):
        if not unknown:
            hint = f"map one of {', '.join(table.header[:8])} to title in a file for --map"
            message = "no column of this table is the title of its records"
            result.refuse(name, message, hint)
        return {}, {}
    ids, places = set(taken), Places(site)
    own_fields: dict[str, str] = {}
    for column, key in keys.items():
        if key.startswith(_OWN):
            own_fields.setdefault(key.removeprefix(_OWN), column)
    for number, row in table.rows:
        made = _Row(number, row, keys, own, site, result)
        made.write(ids, places)
        for field, column in made.unplaced.items():
            own_fields.setdefault(field, column)
    return own_fields, places.new


def _keys(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each column; columns whose names give the same own field get numbers."""
    keys: dict[str, str] = {}
    taken = {key.removeprefix(_OWN) for key in mapping.values() if key.startswith(_OWN)}
    for column in header:
        key = mapping.get(column) or DEFAULT_COLUMNS.get(column.strip().lower())
        if not key:
            field = slug(column, taken, otherwise="field")
            taken.add(field)
            key = f"{_OWN}{field}"
        keys[column] = key
    return keys


class _Row:
    """One row that becomes a record."""

    def __init__(
        self, number: int, row: Mapping[str, str], keys: Mapping[str, str], family: Family, site: Site, result: Import
    ) -> None:
        self.number, self.family, self.site, self.result = number, family, site, result
        self.values: dict[str, str] = {}
        self.extra: dict[str, str] = {}
        self.columns: dict[str, str] = {}
        self.unplaced: dict[str, str] = {}
        for column, key in keys.items():
            cell = row.get(column, "")
            if not cell or key == LEFT_OUT:
                continue
            target, name = (self.extra, key.removeprefix(_OWN)) if key.startswith(_OWN) else (self.values, key)
            if is_formula(cell):
                self.lose(f"the formula in “{column}” was not computed, and left out: {cell[:60]}")
            elif name in target:
                self.lose(f"“{column}” is a second {key}, and was left out: {cell[:60]}")
            else:
                target[name] = cell
                self.columns[name] = column

    def lose(self, what: str) -> None:
        self.result.lose(f"row {self.number}", what)

    def write(self, ids: set[str], places: Places) -> None:
        """Add the file of the record to the import."""
        title = self.values.get("title") or self.values.get("id", "")
        if not title:
            self.lose("it has no title and no id, so no record was made")
            return
        id = slug(self.values.get("id") or title, ids)
        ids.add(id)
        keys = {"title": json.dumps(self.text(title), ensure_ascii=False), "name": self.plain(title)}
        if "summary" in self.values:
            keys["summary"] = json.dumps(f"{self.text(self.values['summary'])} [@TODO]", ensure_ascii=False)
        keys |= dict(self._checked())
        if place := self._place(self.plain(title), places):
            keys["places"] = f"[{place}]"
        if self.extra:
            rows = (f"{name}: {json.dumps(self.plain(text), ensure_ascii=False)}" for name, text in self.extra.items())
            keys["extra"] = "{" + ", ".join(rows) + "}"
        path = f"content/{self.family.folder}/{id}.{self.family.form}"
        self.result.files[path] = record_text(self.family, self.site, keys)
        self.result.made += 1

    def _checked(self) -> Iterator[tuple[str, str]]:
        """Yield the keys whose values have a form, as YAML; a value that has not is noted as lost."""
        for key in ("start", "end"):
            if value := self.values.get(key):
                yield from self._date(key, value)
        if (kind := self.values.get("kind")) and (id := self._declared(kind, "kind")):
            yield "kind", id
        sides = [self._declared(side.strip(), "side") for side in _SEVERAL.split(self.values.get("sides", "")) if side]
        if any(sides):
            yield "sides", f"[{', '.join(dict.fromkeys(side for side in sides if side))}]"
        website = self.values.get("website", "")
        if re.fullmatch(r"https?://[^\s<>\"]+", website) and self.family.has("website"):
            yield "website", json.dumps(website)
        elif website:
            self.lose(f"the website “{website}” was left out: it is not an address, or the record takes none")

    def _place(self, title: str, places: Places) -> str:
        """Return the id of the place of the record; without one its columns become own fields."""
        given: dict[str, str] = {key: self.values[key] for key in _PLACED if key in self.values}
        if not given:
            return ""
        name = self.plain(given.get("place", ""))
        latitude = read_degrees(given.get("latitude", ""), 90)
        longitude = read_degrees(given.get("longitude", ""), 180)
        if not self.family.has("places"):
            why = f"a {self.family.id} has no places"
        elif latitude is not None and longitude is not None:
            return places.at(name or title, latitude, longitude)
        elif not ({"latitude", "longitude"} & given.keys()) and (id := places.declared(name)):
            return id
        else:
            why = "a place has a latitude and a longitude in degrees, such as 48.857 and 2.352"
        for key, text in given.items():
            field = slug(self.columns[key], self.extra, "field")
            self.unplaced[field], self.extra[field] = self.columns[key], text
        shown = ", ".join(f"{self.columns[key]} “{text[:60]}”" for key, text in given.items())
        self.lose(f"{shown} became own fields: {why}")
        return ""

    def _date(self, key: str, value: str) -> Iterator[tuple[str, str]]:
        if not self.family.has(key):
            self.lose(f"the {key} “{value}” was left out: a {self.family.id} has none")
        elif is_date(value):
            yield key, json.dumps(value)
        elif date := as_edtf(value):
            self.lose(f"the {key} “{value}” was read as {date}")
            yield key, json.dumps(date)
        elif year := _YEAR.search(value):
            self.lose(f"of the {key} “{value}” only the year {year[1]} was kept")
            yield key, json.dumps(year[1])
        else:
            self.lose(f"the {key} “{value}” is not a date, and was left out")

    def _declared(self, text: str, what: str) -> str:
        """Return the id of a kind or side that the site declares under this id or label, or ""."""
        kinds = {id: kind.label for id, kind in self.site.kinds.get(self.family.id, {}).items()}
        known = kinds if what == "kind" else {id: side.label for id, side in self.site.sides.items()}
        for id, label in known.items():
            if text.casefold() in (id, *(name.casefold() for name in label.values())):
                return id
        self.lose(f"the {what} “{text}” is not declared in site.yaml, and was left blank")
        return ""

    def plain(self, text: str) -> str:
        """Return a cell without HTML."""
        if _TAG.search(text):
            self.lose(f"HTML was removed from “{text[:60]}”")
        return unescape(_TAG.sub("", text))

    def text(self, cell: str) -> str:
        """Return a cell as Markdown of one paragraph, in which no sign has a meaning."""
        return _SIGNS.sub(r"\\\g<0>", self.plain(cell))


def declare_fields(text: str, fields: Mapping[str, str], site: Site) -> tuple[str, tuple[str, ...]]:
    """Declare own fields in the text of site.yaml.

    Args:
        text: content/site.yaml.
        fields: the names of the fields, each with its label.
        site: the atlas.

    Returns:
        The text, and the fields that could not be declared there.
    """
    new = {id: label for id, label in fields.items() if id not in site.extra}
    rows = "".join(f"  {id}: {{label: {_label(label, site)}}}\n" for id, label in new.items())
    if not new:
        return text, ()
    block = re.search(r"(?m)^extra:[ \t]*(?:#.*)?\n", text)
    if block:
        return text[: block.end()] + rows + text[block.end() :], ()
    if site.extra:
        return text, tuple(new)
    return f"{text.rstrip()}\nextra:  # own fields, from an import\n{rows}", ()


def _label(text: str, site: Site) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "{" + ", ".join(f"{language}: {quoted}" for language in site.languages) + "}"

"""Writes the data files: CSV, JSON, GeoJSON, GraphML and GEXF.

A `datapackage.json` describes them (Data Package 1, specs.frictionlessdata.io). Each line holds one row, place,
node or tie, sorted by id, so that one edit changes few lines. Private fields and comments are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

import msgspec
from msgspec import Struct

from atlas.content.model import Record, Site
from atlas.core.digests import digest
from atlas.pages.data.data_rows import Row, Tabling
from atlas.pages.data.data_tables import Table, tables_of
from atlas.pages.escaping import csv_line, xml_text
from atlas.pages.plan import PlannedFile
from atlas.schema.families import COMPARED

DATA: Final = "data/"
"""The folder of the files."""

PACKAGE: Final = "datapackage.json"
"""The name of the description of the files."""
_PLACES, _GRAPHML, _GEXF = "places.geojson", "network.graphml", "network.gexf"

BETWEEN: Final = "; "
"""The separator of several values in a cell of a CSV file."""

_json: Final = msgspec.json.encode


def data_names(site: Site) -> tuple[str, ...]:
    """Return the names of the files of an atlas, without their description."""
    tables = (f"{table.name}.{format}" for table in tables_of(site) for format in ("csv", "json"))
    return (*tables, _PLACES, _GRAPHML, _GEXF)


class DataFile(Struct, frozen=True):
    """A data file.

    Attributes:
        name: its file name.
        title: the key of its title among the interface words.
        mediatype: its media type.
        data: its content.
        table: its table, if it holds one.
    """

    name: str
    title: str
    mediatype: str
    data: bytes
    table: Table | None = None

    @property
    def format(self) -> str:
        """Return its format, which is the suffix of its name."""
        return self.name.rpartition(".")[2]


class Data(Struct, frozen=True):
    """All data files.

    Attributes:
        files: the files.
        version: the version of their content.
        rows: the number of rows by table.
        package: the content of datapackage.json.
    """

    files: tuple[DataFile, ...]
    version: str
    rows: Mapping[str, int]
    package: bytes

    def content(self, name: str) -> bytes:
        """Return the content of a file."""
        return self.package if name == PACKAGE else next(file.data for file in self.files if file.name == name)


def data_files(site: Site, data: Callable[[], Data]) -> Iterator[PlannedFile]:
    """Yield the data files, which are made when the first of them is needed."""
    names = sorted((*data_names(site), PACKAGE))
    return (PlannedFile(DATA + name, partial(_content, data, name), tracked=True) for name in names)


def _content(data: Callable[[], Data], name: str) -> bytes:
    return data().content(name)


def data_of(tabling: Tabling) -> Data:
    """Return the data files of an atlas; their version is the date of its content and a digest of all files."""
    files: list[DataFile] = []
    rows: dict[str, int] = {}
    for table in tables_of(tabling.atlas.site):
        own = list(table.rows(tabling))
        names = [name for column in table.columns for name in column.names(tabling.languages)]
        rows[table.name] = len(own)
        files.append(DataFile(f"{table.name}.csv", table.word, "text/csv", _csv(names, own), table))
        files.append(DataFile(f"{table.name}.json", table.word, "application/json", _json_rows(names, own)))
    nodes, ties = _network(tabling)
    files += [
        DataFile(_PLACES, "data-places", "application/geo+json", _geojson(tabling)),
        DataFile(_GRAPHML, "data-network", "application/graphml+xml", _graphml(nodes, ties)),
        DataFile(_GEXF, "data-network", "application/gexf+xml", _gexf(tabling, nodes, ties)),
    ]
    state = digest("".join(f"{file.name} {digest(file.data)}\n" for file in files).encode())
    version = f"{tabling.atlas.site.as_of}+{state[:8]}"
    return Data(tuple(files), version, rows, _package(tabling, files, version))


# Tables.


def _csv(names: list[str], rows: Iterable[Row]) -> bytes:
    lines = [names, *([_cell(row[name]) for name in names] for row in rows)]
    return "".join(map(csv_line, lines)).encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return BETWEEN.join(_item(one) for one in value) if isinstance(value, list) else str(value)


def _item(value: str | Mapping[str, str]) -> str:
    """Return one of several values; a source as in a citation: `key, p. 3`."""
    return value if isinstance(value, str) else ", ".join(value.values())


def _json_rows(names: list[str], rows: Iterable[Row]) -> bytes:
    lines = [_json({name: row[name] for name in names}) for row in rows]
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


# Places, as in RFC 7946: longitude before latitude.


def _geojson(tabling: Tabling) -> bytes:
    held: dict[str, list[str]] = {}
    for record in tabling.records():
        for place in record.places:
            held.setdefault(place, []).append(record.id)
    features = [
        {
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": [place.coordinates[1], place.coordinates[0]]},
            "properties": {**tabling.each("label", place.label), "records": held.get(place.id, [])},
        }
        for place in sorted(tabling.atlas.site.places.values(), key=lambda place: place.id)
    ]
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(map(_json, features)) + b"\n]}\n"


# The network: actors, and other records with ties.

_Rows = tuple[tuple[str, Mapping[str, str]], ...]
"""The nodes of a network: id and attributes."""


def _network(tabling: Tabling) -> tuple[_Rows, tuple[tuple[str, str, str, Mapping[str, str]], ...]]:
    """Return the nodes, and the ties with their source and target."""
    types = tabling.atlas.site.relation_types
    tied = {id: [tie for tie in ties if types[tie.relation.type].tie] for id, ties in tabling.atlas.ties.items()}
    shown = [record for record in tabling.records() if record.family == COMPARED.id or tied.get(record.id)]
    ties = []
    for record in shown:
        for tie in sorted(tied.get(record.id, ()), key=lambda tie: tie.relation.id):
            one = tie.relation
            if tie.outgoing:
                values = {
                    "type": one.type,
                    "symmetric": _cell(types[one.type].symmetric),
                    "since": str(one.start or ""),
                    "until": str(one.end or ""),
                    "url": tabling.url(record, one.id),
                }
                ties.append((f"{record.id}/{one.id}", record.id, one.target, values))
    return tuple((record.id, _node(tabling, record)) for record in shown), tuple(ties)


def _node(tabling: Tabling, record: Record) -> Mapping[str, str]:
    return {
        "label": tabling.title(record, tabling.languages[0]),
        **{f"title_{language}": tabling.title(record, language) for language in tabling.languages},
        "family": record.family,
        "kind": record.kind,
        "sides": BETWEEN.join(record.sides),
        "url": tabling.url(record),
    }


def _names(rows: Iterable[Mapping[str, str]]) -> list[str]:
    return list(next(iter(rows), {}))


def _graphml(nodes: _Rows, ties: Iterable[tuple[str, str, str, Mapping[str, str]]]) -> bytes:
    """Return the network in GraphML 1.0. Every tie has a direction; `symmetric` marks those where it has no meaning."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for what, names in (("node", _names(values for _, values in nodes)), ("edge", _names(row[3] for row in ties))):
        lines += [f'<key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="string"/>' for name in names]
    lines.append('<graph id="network" edgedefault="directed">')
    lines += [f'<node id="{xml_text(id)}">{_graphml_data("node", values)}</node>' for id, values in nodes]
    lines += [
        f'<edge id="{xml_text(id)}" source="{source}" target="{target}">{_graphml_data("edge", values)}</edge>'
        for id, source, target, values in ties
    ]
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def _graphml_data(what: str, values: Mapping[str, str]) -> str:
    return "".join(f'<data key="{what}-{name}">{xml_text(value)}</data>' for name, value in values.items())


def _gexf(tabling: Tabling, nodes: _Rows, ties: Iterable[tuple[str, str, str, Mapping[str, str]]]) -> bytes:
    """Return the network in GEXF 1.2, as Gephi and networkx read it."""
    site = tabling.atlas.site
    first = site.default_language.id
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">',
        f'<meta lastmodifieddate="{site.as_of}"><creator>{xml_text(site.author[first])}</creator>'
        f"<description>{xml_text(site.title[first])}</description></meta>",
        '<graph defaultedgetype="directed" mode="static">',
        *_gexf_attributes("node", _names(values for _, values in nodes)),
        *_gexf_attributes("edge", _names(row[3] for row in ties)),
        "<nodes>",
        *(f'<node id="{id}" label="{xml_text(values["label"])}">{_gexf_values(values)}</node>' for id, values in nodes),
        "</nodes>",
        "<edges>",
        *(
            f'<edge id="{xml_text(id)}" source="{source}" target="{target}" label="{xml_text(values["type"])}">'
            f"{_gexf_values(values)}</edge>"
            for id, source, target, values in ties
        ),
        "</edges>",
        "</graph>",
        "</gexf>",
        "",
    ]
    return "\n".join(lines).encode()


def _gexf_attributes(what: str, names: Iterable[str]) -> Iterator[str]:
    rows = "".join(f'<attribute id="{name}" title="{name}" type="string"/>' for name in names if name != "label")
    yield f'<attributes class="{what}">{rows}</attributes>'


def _gexf_values(values: Mapping[str, str]) -> str:
    rows = (f'<attvalue for="{name}" value="{xml_text(value)}"/>' for name, value in values.items() if name != "label")
    return f"<attvalues>{''.join(rows)}</attvalues>"


# The description of all files.


def _package(tabling: Tabling, files: Iterable[DataFile], version: str) -> bytes:
    site, first = tabling.atlas.site, tabling.atlas.site.default_language.id
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", site.base_url.partition("://")[2].lower()).strip("-"),
        "title": site.title[first],
        "description": site.description[first],
        "homepage": site.base_url,
        "version": version,
        "created": f"{site.as_of}T00:00:00Z",
        "contributors": [{"title": site.author[first], "role": "author"}],
    }
    if site.licence:
        package["licenses"] = [{"path": site.licence.url, "title": site.licence.label[first]}]
    package["resources"] = [_resource(tabling, file) for file in files]
    return msgspec.json.format(_json(package), indent=1) + b"\n"


def _resource(tabling: Tabling, file: DataFile) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "profile": "tabular-data-resource" if file.table else "data-resource",
        "name": re.sub(r"\.(?!csv$)|\.csv$", lambda dot: "" if dot[0] == ".csv" else "-", file.name),
        "path": file.name,
        "title": tabling.locale_sites[tabling.languages[0]].words.t(file.title),
        "format": file.format,
        "mediatype": file.mediatype,
        "encoding": "utf-8",
        "bytes": len(file.data),
        "hash": f"sha256:{digest(file.data)}",
    }
    return resource | ({"schema": _schema(tabling, file.table)} if file.table else {})


def _schema(tabling: Tabling, table: Table) -> dict[str, Any]:
    words = tabling.locale_sites[tabling.languages[0]].words
    fields = [
        {
            "name": name,
            "type": "string" if column.type == "list" else column.type,
            "description": words.t(column.word),
            **({"constraints": {"required": True}} if column.required else {}),
        }
        for column in table.columns
        for name in column.names(tabling.languages)
    ]
    ties = [{"fields": name, "reference": {"resource": "records", "fields": "id"}} for name in table.ties]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""], "primaryKey": list(table.key)}
    return schema | ({"foreignKeys": ties} if ties else {})

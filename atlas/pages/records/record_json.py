"""Writes the JSON file of each record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import msgspec

from atlas.content.model import Fact, Label, Record, Relation, Text
from atlas.pages.data.data_rows import Tabling, quote_rows, source_rows
from atlas.pages.head import absolute
from atlas.pages.locale_site import address
from atlas.pages.own_fields import own_values
from atlas.pages.plan import PlannedFile
from atlas.pages.records.datasets import dataset_json
from atlas.schema.identifiers import identifier_url

RECORD_JSON: Final = "index.json"
"""The name of the file, in the folder of the record's page in the first language."""


def record_json_files(tabling: Tabling) -> Iterator[PlannedFile]:
    """Yield each record but pages as JSON, with its text in all languages and without private fields."""
    if "json" in tabling.atlas.site.views:
        for record in tabling.records():
            path = f"{record.address}{RECORD_JSON}".lstrip("/")
            yield PlannedFile(path, partial(_encoded, tabling, record), tracked=True)


def _encoded(tabling: Tabling, record: Record) -> bytes:
    return msgspec.json.format(msgspec.json.encode(_record_json(tabling, record)), indent=1) + b"\n"


def _record_json(tabling: Tabling, record: Record) -> dict[str, Any]:
    site = tabling.atlas.site
    row = {
        "id": record.id,
        "family": record.family,
        "url": tabling.url(record),
        "atlas": site.base_url,
        "licence": site.licence.url if site.licence else "",
        "original": tabling.locale_sites[record.original].language.tag,
        "languages": {language: _in_language(tabling, record, language) for language in tabling.languages},
        "names": [_filled(_name(tabling, name)) for name in record.names],
        "sides": list(record.sides),
        "kind": record.kind,
        "start": str(record.start or ""),
        "end": str(record.end or ""),
        "places": [_place(tabling, place) for place in record.places if place in site.places],
        **record.details,
        "extra": {
            field.id: list(values) if field.type == "list" else values[0]
            for field, values in own_values(site, record, "data")
        },
        "identifiers": {key: identifier_url(key, value) for key, value in record.identifiers.items()},
        "fields": {id: [link.target for link in links] for id, links in record.fields.items()},
        "contributions": {id: [link.target for link in links] for id, links in record.contributions.items()},
        "profile": {id: [link.target for link in links] for id, links in record.profile.items()},
        "quotation": _quotation(record),
        "table": dataset_json(tabling, record.dataset),
        "facts": [_filled(_fact(tabling, record, fact)) for fact in record.facts],
        "unanswered": dict(record.unanswered),
        "answers": {
            id: {"answer": answer.sort, "facts": [link.target for link in answer.facts]}
            for id, answer in record.answers.items()
        },
        "relations": [_filled(_relation(tabling, record, relation)) for relation in record.relations],
        **{key: [link.target for link in links] for key, links in record.links.items()},
        "authors": [name.text for name in record.authors],
        "authors_identifiers": {
            name.text: {key: identifier_url(key, value) for key, value in own.items()}
            for name in record.authors
            if (own := site.identifiers_of(name.text))
        },
        "published": str(record.date),
        "updated": str(record.last_updated),
        "changes": [{"date": str(one.date), "text": _texts(tabling, one.text)} for one in record.changes],
    }
    return _filled(row)


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without empty values."""
    return {key: value for key, value in row.items() if value not in ("", [], {}, None)}


def _in_language(tabling: Tabling, record: Record, language: str) -> dict[str, str]:
    """Return the title of a record in a language, and its summary and lead if they are in that language."""
    own = tabling.locale_sites[language].language
    texts = {"summary": record.summary, "lead": record.lead}
    return _filled(
        {
            "tag": own.tag,
            "url": absolute(tabling.atlas, own, address(record)),
            "title": tabling.title(record, language),
            **{key: tabling.words(text, language) for key, text in texts.items() if text and language in text.versions},
        }
    )


def _texts(tabling: Tabling, text: Text | None) -> dict[str, str]:
    """Return a text in each of its languages, without markup and citations."""
    return {language: tabling.words(text, language) for language in text.versions} if text else {}


def _name(tabling: Tabling, name: Any) -> dict[str, Any]:
    return {
        "text": name.text,
        "language": tabling.locale_sites[tabling.languages[0]].tag(name.language),
        "kind": name.kind,
        "romanised": name.romanised,
        "start": str(name.start or ""),
        "end": str(name.end or ""),
        "ours": name.ours or None,
        "sources": source_rows(name.sources),
    }


def _place(tabling: Tabling, id: str) -> dict[str, Any]:
    place = tabling.atlas.site.places[id]
    label: Label = place.label
    return {"id": id, "label": dict(label), "latitude": place.coordinates[0], "longitude": place.coordinates[1]}


def _quotation(record: Record) -> dict[str, Any]:
    quotation = record.quotation
    if quotation is None:
        return {}
    return {"text": quotation.text, "language": quotation.language, "sources": source_rows([quotation.source])}


def _fact(tabling: Tabling, record: Record, fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "url": tabling.url(record, fact.id),
        "dimension": fact.dimension,
        "original": tabling.language(fact.text),
        "text": _texts(tabling, fact.text),
        "sources": source_rows(fact.sources),
        "quotes": quote_rows(tabling, fact.sources),
        "differs": [link.target for link in fact.differs],
        "answers": list(fact.answers),
    }


def _relation(tabling: Tabling, record: Record, relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "url": tabling.url(record, relation.id),
        "type": relation.type,
        "to": relation.target,
        "start": str(relation.start or ""),
        "end": str(relation.end or ""),
        "note": _texts(tabling, relation.note),
        "sources": source_rows(relation.sources),
    }

"""Makes the rows of the data tables: records, names, relations, facts, answers, works and terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, Final

from msgspec import Struct

from atlas.bibliography.parsing.works import Work
from atlas.content.linking import Atlas
from atlas.content.model import Label, Link, Record, Reference, Text
from atlas.markdown.prose import plain
from atlas.pages.head import absolute
from atlas.pages.locale_site import LocaleSite, address, plain_text
from atlas.pages.own_fields import own_fields, own_values
from atlas.schema.families import BY_FAMILY, Family
from atlas.schema.identifiers import identifier_url
from atlas.schema.object_types import Field, ListOf, MapOf, RecordIds

Row = Mapping[str, Any]
"""A row by column: texts, numbers, booleans, lists of texts, and lists of mappings (sources)."""

_NOTE: Final = re.compile(r"<sup\b.*?</sup>")
"""The mark of a footnote."""


class Tabling(Struct, frozen=True):
    """The inputs of the tables.

    Attributes:
        atlas: the atlas.
        locale_sites: the languages by id.
    """

    atlas: Atlas
    locale_sites: Mapping[str, LocaleSite]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the ids of the languages of the site."""
        return tuple(self.atlas.site.languages)

    def records(self) -> Iterator[Record]:
        """Return the records of the tables: all but pages, by id."""
        return (record for record in self.atlas.records.values() if BY_FAMILY[record.family].has_index)

    def url(self, record: Record, fragment: str = "") -> str:
        """Return the permanent URL of a record, or of a part of it, in its original language."""
        return absolute(self.atlas, self.atlas.site.languages[record.original], address(record, fragment))

    def words(self, text: Text | None, language: str = "") -> str:
        """Return a text in a language (else the original), without markup and citations."""
        if text is None:
            return ""
        used, prose = text.version(language or text.original)
        phrase = self.locale_sites[used].sentence(used, _NOTE.sub("", prose.html), prose.slots)
        return " ".join(unescape(plain(phrase.html)).split())

    def language(self, text: Text | None) -> str:
        """Return the tag of the original language of a text; "" for none."""
        return self.atlas.site.languages[text.original].tag if text else ""

    def each(self, name: str, label: Label) -> dict[str, str]:
        """Return a declared label as columns, one for each language."""
        return {f"{name}_{language}": label.get(language, "") for language in self.languages}

    def title(self, record: Record, language: str) -> str:
        """Return the title of a record in a language."""
        return plain_text(self.locale_sites[language].title(record))


def source_rows(references: Iterable[Reference]) -> list[dict[str, str]]:
    """Return the works that support a statement, each with its locator if there is one."""
    rows = []
    for reference in references:
        place = reference.locator
        words = f"{_ABBREVIATED.get(place.kind, place.kind)} {place.value}" if place else ""
        rows.append({"work": reference.work} | ({"locator": words + reference.suffix} if words else {}))
    return rows


def quote_rows(tabling: Tabling, references: Iterable[Reference]) -> list[dict[str, str]]:
    """Return the own words of works that stand beside a statement, each with its work, place and language."""
    works = tabling.atlas.works
    quoted = [each for each in references if each.quote and each.work in works]
    return [
        {**row, "quote": each.quote, "language": each.language or works[each.work].language}
        for each, row in zip(quoted, source_rows(quoted), strict=True)
    ]


_ABBREVIATED: Final = {"page": "p.", "chapter": "ch.", "section": "§", "paragraph": "para."}
"""Locators as authors write them; for the others, the CSL name is used."""


def _ids(links: Iterable[Link]) -> list[str]:
    return [link.target for link in links]


def _common(tabling: Tabling, record: Record) -> dict[str, Any]:
    """Return the columns that every table of records has."""
    return {
        "id": record.id,
        "url": tabling.url(record),
        **{f"title_{language}": tabling.title(record, language) for language in tabling.languages},
        "sides": list(record.sides),
        "kind": record.kind,
        "start": str(record.start or ""),
        "end": str(record.end or ""),
        "places": list(record.places),
        "fields": list(record.fields),
        "identifiers": [identifier_url(key, value) for key, value in record.identifiers.items()],
        "summary": tabling.words(record.summary),
        "language": tabling.language(record.summary),
        "published": str(record.date),
        "updated": str(record.last_updated),
    }


def records(tabling: Tabling) -> Iterator[Row]:
    """Return all records but pages."""
    return ({**_common(tabling, record), "family": record.family} for record in tabling.records())


def family_rows(family: Family, tabling: Tabling) -> Iterator[Row]:
    """Yield the records of one family, with the columns of its table."""
    for record in tabling.atlas.family(family.id):
        yield {**_common(tabling, record), **{key.name: _cell(record, key) for key in family.keys if key.column}}


def _cell(record: Record, key: Field) -> Any:
    """Return the value of a key: the ids that it lists, or its text."""
    if isinstance(key.shape, RecordIds):
        return _ids(record.links.get(key.name, ()))
    if key.word:
        return record.details.get(key.name, "")
    value = getattr(record, key.name)
    return list(value) if isinstance(key.shape, ListOf | MapOf) else value


def names(tabling: Tabling) -> Iterator[Row]:
    """Yield the names of records, as attested."""
    for record in tabling.records():
        for number, name in enumerate(record.names, 1):
            yield {
                "record": record.id,
                "number": number,
                "name": name.text,
                "language": tabling.locale_sites[record.original].tag(name.language),
                "kind": name.kind,
                "romanised": name.romanised,
                "start": str(name.start or ""),
                "end": str(name.end or ""),
                "ours": name.ours,
                "sources": source_rows(name.sources),
            }


def relations(tabling: Tabling) -> Iterator[Row]:
    """Yield the relations as written, by record and id."""
    types = tabling.atlas.site.relation_types
    for record in tabling.records():
        for one in sorted(record.relations, key=lambda relation: relation.id):
            yield {
                "id": f"{record.id}/{one.id}",
                "url": tabling.url(record, one.id),
                "source": record.id,
                "target": one.target,
                "type": one.type,
                "symmetric": types[one.type].symmetric,
                "tie": types[one.type].tie,
                "start": str(one.start or ""),
                "end": str(one.end or ""),
                "note": tabling.words(one.note),
                "language": tabling.language(one.note),
                "sources": source_rows(one.sources),
            }


def facts(tabling: Tabling) -> Iterator[Row]:
    """Yield the facts by record and id, in their original language."""
    for record in tabling.records():
        for fact in sorted(record.facts, key=lambda fact: fact.id):
            yield {
                "id": f"{record.id}/{fact.id}",
                "url": tabling.url(record, fact.id),
                "record": record.id,
                "dimension": fact.dimension,
                "text": tabling.words(fact.text),
                "language": tabling.language(fact.text),
                "sources": source_rows(fact.sources),
                "quotes": quote_rows(tabling, fact.sources),
                "differs": [f"{record.id}/{id}" for id in _ids(fact.differs)],
            }


def answers(tabling: Tabling) -> Iterator[Row]:
    """Yield the answers of actors to the questions of the scale."""
    for record in tabling.records():
        for question, answer in sorted(record.answers.items()):
            facts = [f"{record.id}/{id}" for id in _ids(answer.facts)]
            yield {"record": record.id, "question": question, "answer": answer.sort, "facts": facts}


def own_fields_of_records(tabling: Tabling) -> Iterator[Row]:
    """Yield the own fields of records."""
    for record in tabling.records():
        for field, values in sorted(own_values(tabling.atlas.site, record, "data"), key=lambda row: row[0].id):
            yield {"record": record.id, "field": field.id, "value": list(values)}


def works(tabling: Tabling) -> Iterator[Row]:
    """Yield the cited works with their public fields."""
    first = tabling.atlas.site.default_language
    for key in [work.key for work in tabling.atlas.cited]:
        url = absolute(tabling.atlas, first, f"/sources/{key}/")
        yield {"key": key, "url": url, **_work(tabling.atlas.works[key])}


def _work(work: Work) -> Row:
    """Return the public fields of a work, without those that begin with `x-`."""
    container = work.text("journaltitle") or work.text("booktitle")
    return {
        "type": work.type,
        "authors": [name.text for name in work.authors if not name.others],
        "title": work.title,
        "container": container,
        "date": work.date,
        "year": work.year,
        "publisher": work.text("publisher") or work.text("institution") or work.text("organization"),
        "publisher_place": work.text("location"),
        "volume": work.text("volume"),
        "issue": work.text("number") or work.text("issue"),
        "pages": work.text("pages"),
        "language": work.language,
        "doi": work.text("doi"),
        "link": work.url,
        "archived": work.text("archiveurl"),
        "consulted": work.consulted,
    }


def terms(tabling: Tabling) -> Iterator[Row]:
    """Yield the declared terms of the site by the ids that the other tables use."""
    site = tabling.atlas.site
    sets: dict[str, Mapping[str, Label]] = {
        "side": {id: side.label for id, side in site.sides.items()},
        "dimension": {id: dimension.label for id, dimension in site.dimensions.items()},
        "field": site.fields,
        "contribution": site.contributions,
        **{f"{family}-kind": {id: kind.label for id, kind in kinds.items()} for family, kinds in site.kinds.items()},
        "relation-type": {id: one.label for id, one in site.relation_types.items()},
        "place": {id: place.label for id, place in site.places.items()},
    }
    if own := own_fields(site, "data"):
        sets["extra"] = {field.id: field.label for field in own}
    if site.scale:
        sets |= {"question": site.scale.questions, "answer": site.scale.answers}
    for name, labels in sets.items():
        for id, label in labels.items():
            yield {"set": name, "id": id, **tabling.each("label", label)}

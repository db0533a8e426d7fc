"""Reads Zotero's own JSON (its API, BetterBibTeX JSON) and its RDF as works in the form of CSL.

Types and fields: Zotero's schema, https://api.zotero.org/schema, and its map to CSL there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree

from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.importing.results import Import

_TYPES: Final = {
    "artwork": "graphic", "audioRecording": "song", "bill": "bill", "blogPost": "post-weblog", "book": "book",
    "bookSection": "chapter", "case": "legal_case", "computerProgram": "software",
    "conferencePaper": "paper-conference", "dataset": "dataset", "dictionaryEntry": "entry-dictionary",
    "document": "document", "email": "personal_communication", "encyclopediaArticle": "entry-encyclopedia",
    "film": "motion_picture", "forumPost": "post", "hearing": "hearing", "interview": "interview",
    "journalArticle": "article-journal", "letter": "personal_communication", "magazineArticle": "article-magazine",
    "manuscript": "manuscript", "map": "map", "newspaperArticle": "article-newspaper", "patent": "patent",
    "podcast": "song", "preprint": "article", "presentation": "speech", "radioBroadcast": "broadcast",
    "report": "report", "standard": "standard", "statute": "legislation", "thesis": "thesis",
    "tvBroadcast": "broadcast", "videoRecording": "motion_picture", "webpage": "webpage",
}  # fmt: skip
_FIELDS: Final = {
    "title": "title", "nameOfAct": "title", "caseName": "title", "subject": "title", "shortTitle": "title-short",
    "abstractNote": "abstract", "publicationTitle": "container-title", "bookTitle": "container-title",
    "proceedingsTitle": "container-title", "encyclopediaTitle": "container-title",
    "dictionaryTitle": "container-title", "websiteTitle": "container-title", "blogTitle": "container-title",
    "forumTitle": "container-title", "programTitle": "container-title", "series": "collection-title",
    "seriesTitle": "collection-title", "publisher": "publisher", "university": "publisher",
    "institution": "publisher", "studio": "publisher", "network": "publisher", "place": "publisher-place",
    "volume": "volume", "issue": "issue", "pages": "page", "edition": "edition", "language": "language",
    "DOI": "DOI", "ISBN": "ISBN", "ISSN": "ISSN", "url": "URL", "numPages": "number-of-pages",
    "numberOfVolumes": "number-of-volumes", "reportNumber": "number", "number": "number", "thesisType": "genre",
    "reportType": "genre", "manuscriptType": "genre", "conferenceName": "event-title", "archive": "archive",
    "extra": "note", "versionNumber": "version", "citationKey": "citation-key",
}  # fmt: skip
_DATES: Final = {"date": "issued", "accessDate": "accessed", "dateEnacted": "issued", "dateDecided": "issued"}
_PEOPLE: Final = {
    "author": "author", "editor": "editor", "translator": "translator", "director": "director",
    "composer": "composer", "bookAuthor": "container-author", "seriesEditor": "collection-editor",
    "artist": "author", "performer": "author", "presenter": "author", "programmer": "author", "inventor": "author",
    "interviewee": "author", "cartographer": "author", "podcaster": "author", "contributor": "contributor",
}  # fmt: skip
_NO_WORKS: Final = frozenset({"attachment", "note", "annotation"})
_QUIET: Final = frozenset({"itemType", "creators", "key", "version", "dateAdded", "dateModified", "libraryCatalog",
                           "itemID", "itemKey", "libraryID", "uri", "select", "relations", "citekey"})  # fmt: skip
_CITATION_KEY: Final = re.compile(r"(?m)^\s*Citation Key:\s*(\S+)\s*$\n?", re.IGNORECASE)
_NAMESPACES: Final = {
    "z": "http://www.zotero.org/namespaces/export#",
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "vcard": "http://nwalsh.com/rdf/vCard#",
}
_RDF_PEOPLE: Final = {"bib:authors": "author", "bib:editors": "editor", "z:translators": "translator",
                      "z:seriesEditors": "collection-editor", "z:directors": "director",
                      "z:composers": "composer", "bib:contributors": "contributor"}  # fmt: skip
_RDF_FIELDS: Final = {"dc:title": "title", "dcterms:abstract": "abstract", "bib:pages": "page",
                      "z:language": "language",
                      "z:shortTitle": "title-short", "prism:volume": "volume", "prism:number": "issue",
                      "prism:edition": "edition", "z:type": "genre", "dc:description": "note",
                      "z:numPages": "number-of-pages", "z:citationKey": "citation-key"}  # fmt: skip


def is_zotero_json(value: object) -> bool:
    """Return whether a JSON value is Zotero's own form, not CSL."""
    rows = value.get("items") if isinstance(value, dict) else value
    return isinstance(rows, list) and any(
        isinstance(row, dict) and ("itemType" in row or "itemType" in (row.get("data") or ())) for row in rows
    )


def works_of_json(value: Any, result: Import) -> list[dict[str, Any]]:
    """Return the works of Zotero's own JSON."""
    rows = value["items"] if isinstance(value, dict) else value
    found = [row.get("data", row) for row in rows if isinstance(row, dict)]
    for item in found:
        _lose_other(str(item.get("itemType")), str(item.get("title") or item.get("note") or ""), result)
    return [_work(item, result) for item in found if item.get("itemType") not in _NO_WORKS]


def _lose_other(kind: str, title: str, result: Import) -> None:
    """Note an item that is no work: a file, a note or an annotation."""
    if kind in _NO_WORKS:
        result.lose(f"{kind} {title[:60]}".strip(), "only works are imported")


def _work(item: Mapping[str, Any], result: Import) -> dict[str, Any]:
    kind = str(item.get("itemType", ""))
    work: dict[str, Any] = {"id": item.get("citationKey") or item.get("citekey") or item.get("key", "")}
    work["type"] = _TYPES.get(kind, kind)
    for name, value in item.items():
        if name in _FIELDS and value not in (None, ""):
            work.setdefault(_FIELDS[name], value)
        elif name in _DATES and value:
            work[_DATES[name]] = {"raw": str(value)[:10] if name == "accessDate" else str(value)}
        elif name not in _QUIET and value not in (None, "", [], {}):
            result.lose(f"work {work['id']}", f"{name} was left out: {str(value)[:60]}")
    for number, creator in enumerate(item.get("creators") or ()):
        role = _PEOPLE.get(str(creator.get("creatorType")), f"creator {number + 1}")
        work.setdefault(role, []).append(
            _person(creator.get("lastName"), creator.get("firstName"), creator.get("name"))
        )
    return _with_key(work)


def _with_key(work: dict[str, Any]) -> dict[str, Any]:
    """Take the citation key that Better BibTeX keeps in the field “Extra” from the note."""
    note = str(work.get("note", ""))
    if key := _CITATION_KEY.search(note):
        work["citation-key"] = key[1]
        work["note"] = _CITATION_KEY.sub("", note).strip()
    return {name: value for name, value in work.items() if value not in ("", None)}


def _person(family: object, given: object, name: object = "") -> dict[str, str]:
    if name or not given:
        return {"literal": str(name or family or "")}
    return {"family": str(family or ""), "given": str(given)}


def works_of_rdf(name: str, text: str, result: Import) -> list[dict[str, Any]] | None:
    """Return the works of Zotero's RDF, or None with the problem of the file."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = "this RDF file declares a document type, which no export of Zotero does"
        result.refuse(name, message, "export it again as Zotero RDF")
        return None
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except ElementTree.ParseError as error:
        message, line = f"this XML file cannot be read: {error.msg}", error.position[0]
        result.refuse(name, message, "export it again as Zotero RDF", line)
        return None
    about = {node.get(_tag("rdf:about")): node for node in root}
    works = [_rdf_work(node, about, result) for node in root if node.find("z:itemType", _NAMESPACES) is not None]
    for work in works:
        _lose_other(work["type"], str(work.get("title") or ""), result)
    found = [work for work in works if work["type"] not in _NO_WORKS]
    if not found:
        result.problems.append(
            Problem(Span(name), Rule.BAD_IMPORT, "this RDF file holds no works", "export as Zotero RDF")
        )
        return None
    return found


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _rdf_work(node: ElementTree.Element, about: Mapping[Any, ElementTree.Element], result: Import) -> dict[str, Any]:
    kind = (node.findtext("z:itemType", "", _NAMESPACES) or "").strip()
    work: dict[str, Any] = {"id": "", "type": _TYPES.get(kind, kind)}
    for child in node:
        name = next((f"{prefix}:{child.tag[len(space) + 2 :]}" for prefix, space in _NAMESPACES.items()
                     if child.tag.startswith(f"{{{space}}}")), child.tag)  # fmt: skip
        if name in _RDF_FIELDS and (text := _words(child)):
            work.setdefault(_RDF_FIELDS[name], text)
        elif name in _RDF_PEOPLE:
            work[_RDF_PEOPLE[name]] = list(_rdf_people(child))
        elif name == "dc:date":
            work["issued"] = {"raw": _words(child)}
        elif name == "dcterms:dateSubmitted":
            work["accessed"] = {"raw": _words(child)[:10]}
        elif name == "dc:identifier":
            _identifier(child, work)
        elif name == "dc:publisher":
            work["publisher"] = child.findtext(".//foaf:name", "", _NAMESPACES)
            work["publisher-place"] = child.findtext(".//vcard:locality", "", _NAMESPACES)
        elif name == "dcterms:isPartOf":
            _container(child, about, work)
        elif name not in ("z:itemType", "z:libraryCatalog") and _words(child):
            result.lose(
                f"work {work.get('title', '')}", f"{name.rpartition('}')[2]} was left out: {_words(child)[:60]}"
            )
    return _with_key(work)


def _words(node: ElementTree.Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _rdf_people(node: ElementTree.Element) -> Iterator[dict[str, str]]:
    for person in node.iter(_tag("foaf:Person")):
        yield _person(
            person.findtext("foaf:surname", "", _NAMESPACES), person.findtext("foaf:givenName", "", _NAMESPACES)
        )


def _identifier(node: ElementTree.Element, work: dict[str, Any]) -> None:
    text = _words(node)
    for kind in ("DOI", "ISBN", "ISSN"):
        if text.startswith(f"{kind} "):
            work[kind] = text.removeprefix(f"{kind} ")
    if node.find(".//dcterms:URI", _NAMESPACES) is not None:
        work["URL"] = text


def _container(node: ElementTree.Element, about: Mapping[Any, ElementTree.Element], work: dict[str, Any]) -> None:
    """Add the journal, book or series that a work is part of."""
    whole = node[0] if len(node) else about.get(node.get(_tag("rdf:resource")))
    if whole is None:
        return
    is_series = whole.tag == _tag("bib:Series")
    work["collection-title" if is_series else "container-title"] = whole.findtext("dc:title", "", _NAMESPACES)
    for name, field in (("prism:volume", "volume"), ("prism:number", "issue")):
        if text := whole.findtext(name, "", _NAMESPACES):
            work.setdefault(field, text)
    for child in whole.findall("dc:identifier", _NAMESPACES):
        _identifier(child, work)

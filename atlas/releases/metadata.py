"""Writes what archives and catalogues read of a release: CITATION.cff, codemeta.json and .zenodo.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from atlas.bibliography.exports import inverted_name
from atlas.bibliography.parsing.person_names import PersonName, with_particle
from atlas.content.linking import Atlas
from atlas.schema.identifiers import identifier_url

CITATION, CODEMETA, ZENODO = "CITATION.cff", "codemeta.json", ".zenodo.json"
_CREATIVE_COMMONS: Final = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(?P<terms>by(?:-nc)?(?:-nd|-sa)?)|publicdomain/zero)/(?P<number>\d\.\d)"
)
_SPDX: Final = re.compile(r"https?://(?:spdx|(?:www\.)?opensource)\.org/licenses/(?P<id>[\w.-]+?)(?:\.html)?/?$")
_OPEN_SOURCE: Final = re.compile(r"https?://(?:www\.)?opensource\.org/licenses?/(?P<name>[\w-]+)/?$")
_IDS: Final = {
    "0bsd": "0BSD",
    "agpl-v3": "AGPL-3.0-only",
    "apache-2-0": "Apache-2.0",
    "artistic-2-0": "Artistic-2.0",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "epl-2-0": "EPL-2.0",
    "gpl-2-0": "GPL-2.0-only",
    "gpl-3-0": "GPL-3.0-only",
    "isc-license-txt": "ISC",
    "lgpl-2-1": "LGPL-2.1-only",
    "lgpl-3-0": "LGPL-3.0-only",
    "mit": "MIT",
    "mit-0": "MIT-0",
    "mpl-2-0": "MPL-2.0",
    "unlicense": "Unlicense",
    "zlib": "Zlib",
}
"""The ids of licences by the last part of their addresses at opensource.org/license/."""
_TOP: Final = re.compile(r"(?m)^(?=[a-z][\w-]*:)")


class Described(Struct, frozen=True):
    """What is described: an edition of an atlas.

    Attributes:
        version: its version.
        date: its day.
        first: the day of the first edition.
        language: the id of the language of the description.
    """

    atlas: Atlas
    version: str
    date: str
    first: str
    language: str

    def label(self, label: Mapping[str, str]) -> str:
        """Return a label in the language of the description."""
        return label.get(self.language, "")

    @property
    def licence(self) -> str:
        """The id of the licence in the list of SPDX; "" if its address shows none."""
        licence = self.atlas.site.licence
        return spdx_id(licence.url) if licence else ""

    @property
    def authors(self) -> tuple[PersonName, ...]:
        """The corporate author, then those who sign records, by name."""
        body = self.label(self.atlas.site.author)
        signed = {name.text: name for record in self.atlas.records.values() for name in record.authors}
        own = signed.pop(body, PersonName(literal=body))
        return (own, *(signed[text] for text in sorted(signed)))


def spdx_id(url: str) -> str:
    """Return the id in the list of SPDX of the licence at an address; "" if the address shows none."""
    if found := _CREATIVE_COMMONS.match(url):
        return f"CC-{found['terms'].upper()}-{found['number']}" if found["terms"] else f"CC0-{found['number']}"
    named = _OPEN_SOURCE.match(url)
    if named and named["name"] in _IDS:
        return _IDS[named["name"]]
    known = _SPDX.match(url)
    return known["id"] if known and not known["id"].endswith(".php") else ""


def metadata_files(described: Described, present: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files by name. What editors have added to the present ones stays: keys that are not written here.

    Args:
        described: the edition.
        present: the text of each file that is there already.
    """
    return {
        CITATION: _citation(described, present.get(CITATION, "")).encode(),
        CODEMETA: _json(_codemeta(described), present.get(CODEMETA, "")),
        ZENODO: _json(_zenodo(described), present.get(ZENODO, "")),
    }


# CITATION.cff, https://github.com/citation-file-format/citation-file-format, version 1.2.0.


def _citation(own: Described, present: str) -> str:
    site = own.atlas.site
    lines = {
        "cff-version": ["cff-version: 1.2.0"],
        "message": ['message: "To cite this atlas, name its edition as here."'],
        "type": ["type: dataset"],
        "title": [f"title: {_quoted(own.label(site.title))}"],
        "abstract": [f"abstract: {_quoted(own.label(site.description))}"],
        "authors": ["authors:", *_indented(_cff_author(own, name) for name in own.authors)],
        "version": [f"version: {_quoted(own.version)}"],
        "date-released": [f'date-released: "{own.date}"'],
        "url": [f"url: {_quoted(site.base_url)}"],
        **_cff_licence(own),
    }
    ours = {*lines, "license", "license-url"}
    added = [block.rstrip("\n") for block in _TOP.split(present) if block and _key(block) not in ours]
    return "\n".join([*(line for block in lines.values() for line in block), *added]) + "\n"


def _key(block: str) -> str:
    return block.partition(":")[0]


def _cff_licence(own: Described) -> dict[str, list[str]]:
    if own.licence:
        return {"license": [f"license: {own.licence}"]}
    licence = own.atlas.site.licence
    return {"license-url": [f"license-url: {_quoted(licence.url)}"]} if licence else {}


def _cff_author(own: Described, name: PersonName) -> list[str]:
    """Return an author as the lines of an entry."""
    if name.family:
        keys = {"family-names": name.family, "given-names": name.given, "name-particle": name.prefix,
                "name-suffix": name.suffix}  # fmt: skip
    else:
        keys = {"name": name.text}
    found = own.atlas.site.identifiers_of(name.text)
    if "orcid" in found:
        keys["orcid"] = identifier_url("orcid", found["orcid"])
    elif "ror" in found and not name.family:
        keys["website"] = identifier_url("ror", found["ror"])
    return [f"{key}: {_quoted(value)}" for key, value in _filled(keys).items()]


def _indented(entries: Iterable[list[str]]) -> Iterator[str]:
    for entry in entries:
        yield f"  - {entry[0]}"
        yield from (f"    {line}" for line in entry[1:])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# codemeta.json, https://codemeta.github.io/terms/, version 3.0.


def _codemeta(own: Described) -> dict[str, Any]:
    site = own.atlas.site
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "SoftwareSourceCode",
        "name": own.label(site.title),
        "description": own.label(site.description),
        "version": own.version,
        "dateCreated": own.first,
        "datePublished": own.date,
        "dateModified": own.date,
        "url": site.base_url,
        "license": f"https://spdx.org/licenses/{own.licence}" if own.licence else site.licence and site.licence.url,
        "author": [_agent(own, name) for name in own.authors],
    }


def _agent(own: Described, name: PersonName) -> dict[str, Any]:
    """Return an author as a person or an organisation."""
    found = [identifier_url(key, value) for key, value in own.atlas.site.identifiers_of(name.text).items()]
    named = {"id": found[0]} if found else {}
    if name.family:
        family = with_particle(name.prefix, name.family)
        parts = {"givenName": name.given, "familyName": family, "honorificSuffix": name.suffix}
        return {"type": "Person", **named, **_filled(parts)}
    return {"type": "Person" if name.is_person else "Organization", **named, "name": name.text}


# .zenodo.json, https://developers.zenodo.org/#representation.


def _zenodo(own: Described) -> dict[str, Any]:
    site = own.atlas.site
    tags = [language.tag for language in site.languages.values()]
    return {
        "title": own.label(site.title),
        "description": own.label(site.description),
        "upload_type": "dataset",
        "version": own.version,
        "publication_date": own.date,
        "creators": [_creator(own, name) for name in own.authors],
        "access_right": "open",
        "license": own.licence.lower(),
        "related_identifiers": [
            {"identifier": site.base_url, "relation": "isVariantFormOf", "resource_type": "dataset"}
        ],
        "notes": f"Languages: {', '.join(tags)}.",
    }


def _creator(own: Described, name: PersonName) -> dict[str, str]:
    found = own.atlas.site.identifiers_of(name.text)
    return {"name": inverted_name(name), **({"orcid": found["orcid"]} if "orcid" in found else {})}


def _json(row: Mapping[str, Any], present: str) -> bytes:
    """Return a row as JSON, with the keys of the present file that it does not have."""
    try:
        before = json.loads(present) if present else {}
    except ValueError:
        before = {}
    kept = {key: value for key, value in before.items() if key not in row} if isinstance(before, dict) else {}
    return (json.dumps(_filled(row) | kept, ensure_ascii=False, indent=2) + "\n").encode()


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a row that have a value."""
    return {key: value for key, value in row.items() if value}

"""Turns works in CSL-JSON into entries of the bibliography.

CSL-JSON 1.0.2 (citation-style-language.org); fields and types of BibLaTeX as its manual gives them in § 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any, Final

from atlas.authoring.slugs import slug
from atlas.bibliography.parsing.bibtex import read_entries
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.importing.results import Import

TYPES: Final = {
    "article": "article", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "bill": "legislation", "book": "book", "broadcast": "video", "chapter": "incollection", "dataset": "dataset",
    "document": "misc", "entry": "inreference", "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference", "event": "misc", "figure": "image", "graphic": "image",
    "interview": "misc", "legal_case": "jurisdiction", "legislation": "legislation", "manuscript": "unpublished",
    "map": "misc", "motion_picture": "movie", "musical_score": "music", "pamphlet": "booklet",
    "paper-conference": "inproceedings", "patent": "patent", "periodical": "periodical",
    "personal_communication": "letter", "post": "online", "post-weblog": "online", "report": "report",
    "review": "article", "review-book": "article", "software": "software", "song": "audio", "speech": "misc",
    "standard": "standard", "thesis": "thesis", "treaty": "legislation", "webpage": "online",
}  # fmt: skip
"""The type of an entry by that of CSL."""
_SUBTYPES: Final = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_FIELDS: Final = {
    "title": "title", "title-short": "shorttitle", "shortTitle": "shorttitle", "publisher": "publisher",
    "publisher-place": "location", "volume": "volume", "edition": "edition", "page": "pages", "DOI": "doi",
    "URL": "url", "ISBN": "isbn", "ISSN": "issn", "abstract": "abstract", "note": "note", "genre": "type",
    "collection-title": "series", "number-of-volumes": "volumes", "number-of-pages": "pagetotal", "language": "langid",
    "event-title": "eventtitle", "event": "eventtitle", "event-place": "venue", "archive": "library",
    "number": "number", "issue": "number", "chapter-number": "chapter", "version": "version",
}  # fmt: skip
_PEOPLE: Final = {
    "author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor",
    "director": "director", "composer": "composer", "compiler": "compiler",
}  # fmt: skip
_DATES: Final = {"issued": "date", "accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_QUIET: Final = frozenset({"id", "type", "citation-key", "citation-label", "source", "container-title"})
"""Variables that need no report: they are used otherwise, or say only where the data are from."""
_MARKUP: Final = {"i": r"\emph{%s}", "b": r"\textbf{%s}", "sup": r"\textsuperscript{%s}", "sub": r"\textsubscript{%s}"}
_TAG: Final = re.compile(r"<(i|b|sup|sub)>([^<]*)</\1>")
_OTHER_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_SPECIAL: Final = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED: Final = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_KEY: Final = re.compile(r"[^\s{}(),=\"#%'~\\/]+")


def import_works(
    name: str, items: Sequence[Mapping[str, Any]], bibliography: str, result: Import, *, replace: bool = False
) -> str:
    """Return the bibliography with the works added.

    Args:
        name: the name of the imported file.
        items: the works in the form of CSL.
        bibliography: the text of bibliography.bib.
        result: the import, to which losses are added.
        replace: whether works whose key is there already are replaced.
    """
    entries, _, _ = read_entries(bibliography, "bibliography.bib")
    known = {entry.key: entry for entry in entries}
    taken = dict.fromkeys(known)
    new: list[str] = []
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        place = f"work {number}"
        if not isinstance(item.get("title", ""), str):
            result.problems.append(
                Problem(Span(name), Rule.BAD_IMPORT, f"the title of {place} is not a text", "export again")
            )
            continue
        key = _key(item, [key for key in taken if key in seen])
        seen.add(key)
        text = _entry(key, item, f"{place} ({key})", result)
        if key not in known:
            new.append(text)
        elif not replace:
            result.lose(f"{place} ({key})", "this key is in bibliography.bib, which stays; --replace replaces it")
            continue
        else:
            bibliography = bibliography.replace(known[key].raw, text.strip(), 1)
        taken[key] = None
        result.made += 1
    return f"{bibliography.rstrip()}\n\n{''.join(new)}".lstrip("\n") if new else bibliography


def _key(item: Mapping[str, Any], used: Sequence[str]) -> str:
    """Return the key of a work: that of the program, else the first author, the year and a word of the title."""
    for own in (item.get("citation-key"), item.get("id")):
        key = str(own or "").rpartition("/")[2]
        if _KEY.fullmatch(key) and not key.isdigit() and key not in used:
            return key
    people = item.get("author") or item.get("editor") or [{}]
    first = people[0] if isinstance(people, list) and isinstance(people[0], dict) else {}
    name = slug(str(first.get("family") or first.get("literal") or "anon"), otherwise="anon").replace("-", "")
    year = _date(item.get("issued"))[:4]
    word = next((word for word in slug(str(item.get("title", ""))).split("-") if len(word) > 3), "")
    base = f"{name}{year}{word}"
    return base if base not in used else f"{base}{sum(key.startswith(base) for key in used) + 1}"


def _entry(key: str, item: Mapping[str, Any], place: str, result: Import) -> str:
    kind = str(item.get("type", ""))
    type = TYPES.get(kind, "misc")
    if kind not in TYPES:
        result.lose(place, f"the type “{kind}” is not known, and became misc")
    fields = dict(_fields(type, kind, item, place, result))
    if not fields.get("title"):
        fields["title"] = "TODO"
        result.lose(place, "it has no title: fill in TODO")
    if "langid" not in fields:
        result.lose(place, "it states no language: without langid its title is cited as it is written")
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{type}{{{key},\n{rows}}}\n\n"


def _fields(type: str, kind: str, item: Mapping[str, Any], place: str, result: Import) -> Iterator[tuple[str, str]]:
    if kind in _SUBTYPES:
        yield "entrysubtype", _SUBTYPES[kind]
    if container := item.get("container-title"):
        yield ("journaltitle" if type in ("article", "periodical") else "booktitle"), _text(container, place, result)
    given: set[str] = set()
    for name, value in item.items():
        field = _field(name, type)
        if name in _PEOPLE and isinstance(value, list):
            yield _PEOPLE[name], " and ".join(_person(one) for one in value if isinstance(one, dict))
        elif name in _DATES:
            date = _date(value)
            if date:
                yield _DATES[name], date
            elif value:
                result.lose(place, f"{name} is not a date, and was left out: {str(value)[:60]}")
        elif field and isinstance(value, str | int | float) and field not in given:
            given.add(field)
            yield field, _value(field, value, place, result)
        elif name not in _QUIET and value not in (None, "", [], {}):
            result.lose(place, f"{name} was left out: {_shown(value)[:60]}")


def _field(name: str, type: str) -> str:
    field = _FIELDS.get(name, "")
    if field == "publisher" and type in ("thesis", "report"):
        return "institution"
    return field


def _value(field: str, value: str | float, place: str, result: Import) -> str:
    text = str(value)
    if field in ("url", "doi"):
        return re.sub(r"^https?://(?:dx\.)?doi\.org/", "", text) if field == "doi" else text.replace("{", "%7B")
    if field == "pages":
        return re.sub(r"(?<=\w)\s*[-–—]\s*(?=\w)", "--", text)
    return _text(text, place, result)


def _text(value: object, place: str, result: Import) -> str:
    """Return a text as LaTeX; of the HTML of CSL, italics, bold, raised and lowered text are kept."""
    marked: list[str] = []

    def keep(match: re.Match[str]) -> str:
        marked.append(_MARKUP[match[1]] % _latex(unescape(match[2])))
        return f"\0{len(marked) - 1}\0"

    text = _TAG.sub(keep, " ".join(str(value).split()))
    if _OTHER_TAG.search(text):
        result.lose(place, f"HTML was removed from “{text[:60]}”")
        text = _OTHER_TAG.sub("", text)
    return re.sub(r"\0(\d+)\0", lambda match: marked[int(match[1])], _latex(unescape(text)))


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], f"\\{match[0]}"), text)


def _person(person: Mapping[str, Any]) -> str:
    """Return a name as BibTeX writes it; the name of a body in braces."""
    if literal := person.get("literal") or person.get("name"):
        return f"{{{_latex(str(literal))}}}"
    particle = person.get("non-dropping-particle") or person.get("dropping-particle") or ""
    family = " ".join(str(part) for part in (particle, person.get("family", "")) if part)
    parts = (family, str(person.get("suffix") or ""), str(person.get("given") or ""))
    return _latex(", ".join(part for part in parts if part))


def _shown(value: object) -> str:
    """Return a value for the report: persons by their names."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return "; ".join(_person(one) or str(one) for one in value)
    return str(value)


def _date(value: object) -> str:
    """Return a date of CSL as EDTF, or ""."""
    if not isinstance(value, Mapping):
        return value if isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d){0,2}", value) else ""
    points = value.get("date-parts")
    if isinstance(points, list) and points and all(isinstance(point, list) and point for point in points):
        shown = [_point(point) for point in points[:2]]
        if all(shown):
            return "/".join(shown) + ("~" if value.get("circa") and len(shown) == 1 else "")
    raw = str(value.get("raw") or value.get("literal") or "")
    year = re.search(r"(?<!\d)(\d{4})(?!\d)", raw)
    return raw if re.fullmatch(r"\d{4}(-\d\d){0,2}", raw) else year[1] if year else ""


def _point(parts: Sequence[object]) -> str:
    numbers = [int(str(part)) for part in parts if re.fullmatch(r"-?\d+", str(part)) and int(str(part))]
    if not numbers:
        return ""
    year = f"{'-' * (numbers[0] < 0)}{abs(numbers[0]):04d}"
    return "-".join((year, *(f"{number:02d}" for number in numbers[1:3])))

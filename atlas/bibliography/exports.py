"""Exports works as BibTeX, RIS and CSL-JSON. Private fields (`x-…`) are left out.

Values for which a format has no field are kept: RIS stores them as notes (`N1`), CSL-JSON as `custom`.
Formats: biblatex manual §2; RIS as Reference Manager and Zotero write it; CSL-JSON 1.0.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

import msgspec

from atlas.bibliography.parsing.latex import plain
from atlas.bibliography.parsing.person_names import PersonName, with_particle
from atlas.bibliography.parsing.works import Work
from atlas.core.private_use import ITALIC, LOWERED, PROTECTED, QUOTED, RAISED
from atlas.i18n.edtf import EdtfPoint, parse_edtf

_WHOLES: Final = frozenset({"crossref", "xdata"})


def to_bibtex(works: Iterable[Work]) -> str:
    """Convert works to BibTeX with BibLaTeX's field names, values as written, and inherited fields written out."""
    return "\n".join(bibtex_entry(work) for work in works)


def bibtex_entry(work: Work) -> str:
    """Convert one work to an entry of BibTeX."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in work.raw.items() if name not in _WHOLES)
    return f"@{work.entry_type}{{{work.key},\n{fields}}}\n"


_RIS_TYPES: Final = {
    "article": "JOUR",
    "newspaper": "NEWS",
    "magazine": "MGZN",
    "periodical": "SER",
    "book": "BOOK",
    "chapter": "CHAP",
    "proceedings": "CONF",
    "paper": "CPAPER",
    "thesis": "THES",
    "report": "RPRT",
    "online": "ELEC",
    "legislation": "STAT",
    "treaty": "STAT",
    "jurisdiction": "CASE",
    "film": "VIDEO",
    "audio": "SOUND",
    "archival": "MANSCPT",
    "artwork": "ART",
    "dataset": "DATA",
    "software": "COMP",
    "patent": "PAT",
    "standard": "STAND",
    "unpublished": "UNPB",
    "map": "MAP",
    "preprint": "UNPB",
}
_RIS_PEOPLE: Final = {"author": "AU", "editor": "A2", "translator": "A4", "director": "A3", "compiler": "A2"}
_RIS_FIELDS: Final = {
    "journaltitle": "JO",
    "booktitle": "T2",
    "series": "T3",
    "volume": "VL",
    "number": "IS",
    "issue": "IS",
    "edition": "ET",
    "version": "ET",
    "publisher": "PB",
    "institution": "PB",
    "location": "CY",
    "isbn": "SN",
    "issn": "SN",
    "doi": "DO",
    "url": "UR",
    "archiveurl": "L4",
    "abstract": "AB",
    "shorttitle": "ST",
    "library": "DP",
    "shelfmark": "CN",
    "type": "M3",
    "titleaddon": "TT",
}
_IN_OTHER_TAGS: Final = frozenset(
    {"title", "subtitle", "pages", "keywords", "year", "month", "day", "langid", "language"}
)


def to_ris(works: Iterable[Work]) -> str:
    """Convert works to RIS, with its line ends."""
    return "".join(ris_entry(work) for work in works)


def ris_entry(work: Work) -> str:
    """Convert one work to an entry of RIS."""
    return "".join(f"{line}\r\n" for line in (*map(_one_line, _ris_lines(work)), "ER  - ", ""))


def _ris_lines(work: Work) -> Iterator[str]:
    yield f"TY  - {_RIS_TYPES.get(work.type, 'GEN')}"
    yield f"ID  - {work.key}"
    for role, names in work.people.items():
        for name in names:
            tag = "" if name.others else _RIS_PEOPLE.get(role)
            yield f"{tag}  - {inverted_name(name)}" if tag else f"N1  - {role}: {inverted_name(name)}"
            if name.own:
                yield f"N1  - {role}: {name.own}"
    yield f"TI  - {work.title}"
    yield from _ris_dates(work)
    yield from _ris_pages(work.text("pages"))
    if work.language:
        yield f"LA  - {work.language}"
    yield from (f"KW  - {word}" for word in keywords(work))
    if "url" not in work.fields and work.eprint_url:
        yield f"UR  - {work.eprint_url}"
    for field, value in work.fields.items():
        if field in _RIS_FIELDS:
            yield f"{_RIS_FIELDS[field]}  - {plain(value)}"
        elif field not in _IN_OTHER_TAGS:
            yield f"N1  - {field}: {plain(value)}"


def _one_line(line: str) -> str:
    """Return a line of RIS without line breaks in it."""
    return " ".join(line.split()) if "\n" in line or "\r" in line else line


def keywords(work: Work) -> list[str]:
    """Return the keywords of a work, which are separated by commas or semicolons."""
    return [word for part in re.split("[,;]", work.text("keywords")) if (word := " ".join(part.split()))]


def inverted_name(name: PersonName) -> str:
    """Return a name with the family name first, as RIS and archives write it: van Gogh, Vincent."""
    if name.others:
        return "et al."
    family = with_particle(name.prefix, name.family)
    return name.literal or ", ".join(part for part in (family, name.given, name.suffix) if part)


def _ris_dates(work: Work) -> Iterator[str]:
    for name, date in work.dates.items():
        if name == "date":
            yield f"PY  - {work.year}"
            parts = date.split("-") if date[:4].isdecimal() and "/" not in date else []
            yield f"DA  - {'/'.join((*parts, '', '', '')[:3])}/" if len(parts) > 1 else f"DA  - {date}"
        else:
            yield f"{'Y2' if name == 'urldate' else 'N1'}  - {'' if name == 'urldate' else f'{name}: '}{date}"


def _ris_pages(pages: str) -> Iterator[str]:
    first, _, last = pages.replace("–", "-").partition("-")
    if first:
        yield f"SP  - {first.strip()}"
    if last:
        yield f"EP  - {last.strip('- ')}"


_CSL_TYPES: Final = {
    "article": "article-journal",
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "proceedings": "book",
    "paper": "paper-conference",
    "online": "webpage",
    "treaty": "treaty",
    "jurisdiction": "legal_case",
    "film": "motion_picture",
    "audio": "song",
    "archival": "manuscript",
    "artwork": "graphic",
    "unpublished": "manuscript",
    "misc": "document",
    "preprint": "article",
}
_CSL_FIELDS: Final = {
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "series": "collection-title",
    "volume": "volume",
    "edition": "edition",
    "version": "version",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "isbn": "ISBN",
    "issn": "ISSN",
    "doi": "DOI",
    "url": "URL",
    "abstract": "abstract",
    "shorttitle": "title-short",
    "library": "archive",
    "shelfmark": "archive_location",
    "type": "genre",
    "note": "note",
    "pages": "page",
    "keywords": "keyword",
    "eventtitle": "event-title",
    "pubstate": "status",
}
_CSL_PEOPLE: Final = {role: role for role in ("author", "editor", "translator", "director", "compiler", "composer")} | {
    "bookauthor": "container-author"
}
_CSL_DATES: Final = {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_PLAIN_DATE: Final = re.compile(r"[\d/-]+~?")
"""A date of which CSL's own form says all."""
_CSL_MARKS: Final = {
    ord(PROTECTED.begin): '<span class="nocase">',
    ord(PROTECTED.end): "</span>",
    ord(ITALIC.begin): "<i>",
    ord(ITALIC.end): "</i>",
    ord(RAISED.begin): "<sup>",
    ord(RAISED.end): "</sup>",
    ord(LOWERED.begin): "<sub>",
    ord(LOWERED.end): "</sub>",
    ord(QUOTED.begin): "“",
    ord(QUOTED.end): "”",
}

_SUBTITLES: Final = {"journaltitle": "journalsubtitle", "booktitle": "booksubtitle"}

Json = Mapping[str, "Json | list[Json] | list[list[int]] | str | bool | int"]


def to_csl(works: Iterable[Work]) -> str:
    """Convert works to a CSL-JSON array, in Unicode."""
    return csl_array(map(csl_item, works))


def csl_array(items: Iterable[str]) -> str:
    """Join items of CSL-JSON to an array."""
    rows = ",\n ".join(items)
    return f"[\n {rows}\n]\n" if rows else "[]\n"


def csl_item(work: Work) -> str:
    """Convert one work to an item of a CSL-JSON array, in Unicode and with the indent of an item."""
    text = msgspec.json.format(msgspec.json.encode(_csl(work)), indent=1).decode()
    return text.replace("\n", "\n ")  # no line feed in a string of JSON is a line feed in its text


def _csl(work: Work) -> Json:
    item: dict[str, Json | list[Json] | list[list[int]] | str | bool | int] = {
        "id": work.key,
        "type": _CSL_TYPES.get(work.type, work.type),
        "title": _csl_text(": ".join(work.fields[name] for name in ("title", "subtitle") if name in work.fields)),
    }
    rest: dict[str, Json | list[Json] | list[list[int]] | str | bool | int] = {}
    for role, names in work.people.items():
        known = [_csl_name(name) for name in names if not name.others]
        (item if role in _CSL_PEOPLE else rest)[_CSL_PEOPLE.get(role, role)] = known
        if len(known) < len(names):
            rest[f"{role}+others"] = "et al."
    own = {name: work.raw[name] for name in work.raw if name.endswith("+an")}
    rest.update(own)
    for name, date in work.dates.items():
        item[_CSL_DATES[name]] = _csl_date(date)
        if not _PLAIN_DATE.fullmatch(date):
            rest[name] = date
    if work.language:
        item["language"] = work.language
    for name, value in work.fields.items():
        variable = _csl_variable(work, name)
        if variable and variable not in item:
            subtitle = work.fields.get(_SUBTITLES.get(name, ""), "")
            item[variable] = _csl_text(f"{value}: {subtitle}" if subtitle else value)
        elif name not in ("title", "subtitle", "year", "month", "day", "langid", "language"):
            rest[name] = _csl_text(value)
    if "url" not in work.fields and work.eprint_url:
        item["URL"] = work.eprint_url
    if "keyword" in item:
        item["keyword"] = ", ".join(keywords(work))
    if rest:
        item["custom"] = rest
    return item


def _csl_variable(work: Work, name: str) -> str:
    if name in ("number", "issue"):
        return "issue" if work.type in ("article", "magazine", "newspaper") else "number"
    return _CSL_FIELDS.get(name, "")


def _csl_text(value: str) -> str:
    """Convert decoded text to the HTML subset of CSL-JSON."""
    if value.isascii() and not set(value) & set("<>&"):
        return value
    return escape(value, quote=False).replace("&amp;", "&").translate(_CSL_MARKS)


def _csl_name(name: PersonName) -> Json:
    if name.literal:
        return {"literal": name.literal}
    parts = {"family": name.family, "given": name.given, "dropping-particle": name.prefix, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}


def _csl_date(date: str) -> Json:
    """Convert a date to the years, months and days of CSL; a less precise date is given in EDTF."""
    moment = parse_edtf(date)
    points = moment.points
    in_seasons = [point for point in points if point.precision == "season"]
    if any(point.masked for point in points) or len(points) <= moment.is_interval or (in_seasons and len(points) > 1):
        return {"literal": date}
    season = {"season": (in_seasons[0].month or 0) - 20} if in_seasons else {}
    circa = {"circa": True} if moment.is_approximate or moment.is_uncertain else {}
    return {"date-parts": [_csl_parts(point) for point in points], **season, **circa}


def _csl_parts(point: EdtfPoint) -> list[int]:
    within = (point.month, point.day) if point.precision in ("month", "day") else ()
    return [point.year, *(part for part in within if part)]

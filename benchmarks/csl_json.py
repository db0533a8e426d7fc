"""Reads CSL-JSON strictly, by the rules of its schema 1.0.2: what the schema does not allow is an error.

The schema is csl-data.json of https://github.com/citation-style-language/schema; the rules are stated here anew.
Markup in text is what citeproc-js reads (its manual, "HTML-like formatting tags").
"""

from __future__ import annotations

import json
import re
from typing import Any

Item = dict[str, Any]

TYPES = frozenset(
    [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "bill",
        "book",
        "broadcast",
        "chapter",
        "classic",
        "collection",
        "dataset",
        "document",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
        "event",
        "figure",
        "graphic",
        "hearing",
        "interview",
        "legal_case",
        "legislation",
        "manuscript",
        "map",
        "motion_picture",
        "musical_score",
        "pamphlet",
        "paper-conference",
        "patent",
        "performance",
        "periodical",
        "personal_communication",
        "post",
        "post-weblog",
        "regulation",
        "report",
        "review",
        "review-book",
        "software",
        "song",
        "speech",
        "standard",
        "thesis",
        "treaty",
        "webpage",
    ]
)
NAMES = frozenset(
    [
        "author",
        "chair",
        "collection-editor",
        "compiler",
        "composer",
        "container-author",
        "contributor",
        "curator",
        "director",
        "editor",
        "editorial-director",
        "executive-producer",
        "guest",
        "host",
        "interviewer",
        "illustrator",
        "narrator",
        "organizer",
        "original-author",
        "performer",
        "producer",
        "recipient",
        "reviewed-author",
        "script-writer",
        "series-creator",
        "translator",
    ]
)
DATES = frozenset(["accessed", "available-date", "event-date", "issued", "original-date", "submitted"])
TEXTS = frozenset(
    [
        "citation-key",
        "language",
        "journalAbbreviation",
        "shortTitle",
        "abstract",
        "annote",
        "archive",
        "archive_collection",
        "archive_location",
        "archive-place",
        "authority",
        "call-number",
        "citation-label",
        "collection-title",
        "container-title",
        "container-title-short",
        "dimensions",
        "division",
        "DOI",
        "event",
        "event-title",
        "event-place",
        "genre",
        "ISBN",
        "ISSN",
        "jurisdiction",
        "keyword",
        "medium",
        "note",
        "original-publisher",
        "original-publisher-place",
        "original-title",
        "part-title",
        "PMCID",
        "PMID",
        "publisher",
        "publisher-place",
        "references",
        "reviewed-genre",
        "reviewed-title",
        "scale",
        "section",
        "source",
        "status",
        "title",
        "title-short",
        "URL",
        "version",
        "volume-title",
        "volume-title-short",
        "year-suffix",
    ]
)
NUMBERS = frozenset(
    [
        "chapter-number",
        "citation-number",
        "collection-number",
        "edition",
        "first-reference-note-number",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "page",
        "page-first",
        "part",
        "printing",
        "supplement",
        "volume",
    ]
)
NAME_PARTS = frozenset(["family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"])
NAME_SWITCHES = frozenset(["comma-suffix", "static-ordering", "parse-names"])
_TAG = re.compile(r"<(/?)([^<> ]+)[^<>]*>")
_TAGS = frozenset(("i", "b", "sup", "sub", "span", "sc"))


class NotCsl(ValueError):
    """What the schema does not allow, and where it stands."""


def read_csl(text: str) -> list[Item]:
    """The items of a CSL-JSON file, by their schema; raises NotCsl at the first fault."""
    items = json.loads(text)
    _hold(isinstance(items, list), "the file", "is an array")
    ids = [item.get("id") for item in items]
    _hold(len(set(ids)) == len(ids), "ids", "are unique")
    for item in items:
        _check_item(item)
    return list(items)


def _hold(good: bool, where: str, rule: str) -> None:
    if not good:
        raise NotCsl(f"{where} {rule}")


def _check_item(item: Item) -> None:
    key = item.get("id")
    _hold(isinstance(key, str | int) and key != "", f"{key!r}", "has an id")
    _hold(item.get("type") in TYPES, f"{key}: type {item.get('type')!r}", "is one of CSL")
    for name, value in item.items():
        where = f"{key}: {name}"
        if name in NAMES:
            _hold(isinstance(value, list), where, "is an array of names")
            for one in value:
                _check_name(one, where)
        elif name in DATES:
            _check_date(value, where)
        elif name in TEXTS:
            _check_text(value, where)
        elif name in NUMBERS:
            _hold(isinstance(value, int | str), where, "is a text or a number")
        elif name == "categories":
            _hold(isinstance(value, list) and all(isinstance(one, str) for one in value), where, "is an array of texts")
        elif name == "custom":
            _hold(isinstance(value, dict), where, "is an object")
        else:
            _hold(name in ("id", "type"), where, "is no variable of CSL")


def _check_name(name: object, where: str) -> None:
    if not isinstance(name, dict):
        raise NotCsl(f"{where}: a name is an object")
    for part, value in name.items():
        _hold(part in NAME_PARTS | NAME_SWITCHES, f"{where}: {part}", "is a part of a name")
        _hold(part in NAME_SWITCHES or isinstance(value, str), f"{where}: {part}", "is a text")
    _hold(bool(name.get("family") or name.get("given") or name.get("literal")), where, "has a name")


def _check_date(date: object, where: str) -> None:
    if not isinstance(date, dict):
        raise NotCsl(f"{where}: a date is an object")
    _hold(
        date.keys() <= {"date-parts", "season", "circa", "literal", "raw"}, f"{where}: {sorted(date)}", "are of a date"
    )
    parts = date.get("date-parts", [])
    _hold(isinstance(parts, list) and len(parts) <= 2, where, "has two ends at most")
    for end in parts:
        _hold(isinstance(end, list) and 1 <= len(end) <= 3, where, "has a year, month and day")
        _hold(all(str(part).lstrip("-").isdecimal() for part in end), where, "has numbers")
        _hold(all(1 <= int(part) <= most for part, most in zip(end[1:], (12, 31), strict=False)), where, "is a day")
    _hold(all(isinstance(date.get(name, ""), str) for name in ("literal", "raw")), where, "has texts")
    _hold("season" not in date or str(date["season"]) in "1234", where, "has a season from 1 to 4")
    _hold(bool(parts or date.get("literal") or date.get("raw")), where, "is not empty")


def _check_text(value: object, where: str) -> None:
    if not isinstance(value, str):
        raise NotCsl(f"{where} is a text")
    opened: list[str] = []
    for found in _TAG.finditer(value):
        if found[2] not in _TAGS:
            continue
        if not found[1]:
            opened.append(found[2])
            continue
        _hold(bool(opened) and opened.pop() == found[2], where, "closes its marks in order")
    _hold(not opened, where, "closes its marks")

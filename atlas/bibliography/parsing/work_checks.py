"""Checks parsed works: addresses, dangerous markup, invisible characters, duplicates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from atlas.bibliography.parsing.biblatex import CONSULTED
from atlas.bibliography.parsing.entries import BibEntry, SourcePositions
from atlas.bibliography.parsing.latex import decode, plain
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.unsafe_text import dangerous_part

_BAD_KEY = re.compile(r"[^\w.:+/&$~'!()-]|(?:^|/)\.{0,2}(?:/|$)|^by-")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+|10/[a-z0-9]{2,}")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_SCHEME = re.compile(r"^\s*(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESSES = ("url", "archiveurl")
_SCHEMES = frozenset({"http", "https", "ftp"})
_DANGEROUS_SCHEMES = frozenset({"javascript", "vbscript", "data"})

_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile(rf"[<\uff1c\ufe64]|textless|&[^\s;]{{1,40}};|\]\s*\(|{_BIDI.pattern}")
_DISTINCTIVE = ("title", "author", "date", "year", "url", "pages")
_NOT_SHOWN = frozenset({"file", "timestamp", "groups", "owner"})


class Comparable(Protocol):
    """The parts of a work that are compared with others."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def span(self) -> Span:
        """Its place in the file."""

    @property
    def raw(self) -> Mapping[str, str]:
        """Its fields as written."""


def check_key(entry: BibEntry, places: SourcePositions) -> Iterator[Problem]:
    """Check that a key can be part of an address and cannot leave its folder."""
    if _BAD_KEY.search(entry.key):
        hint = "a key has letters, digits and _ - . : + / ' ( ) only, and does not begin with by-"
        yield Problem(places.key(entry), Rule.BAD_KEY, f'"{entry.key}" cannot be a key', hint)


def check_addresses(entry: BibEntry, fields: dict[str, str], places: SourcePositions) -> Iterator[Problem]:
    """Shorten the DOI to its bare form, and report and remove invalid DOIs and addresses.

    Args:
        entry: the entry.
        fields: its decoded fields, which are changed.
        places: the positions in the file.
    """
    if "doi" in fields:
        doi = fields["doi"] = _DOI_PREFIX.sub("", fields["doi"])
        if not _DOI.fullmatch(doi):
            del fields["doi"]
            hint = "a DOI is 10.NNNN/…, as in 10.1000/182; another address is a url"
            rule = Rule.OTHER_IDENTIFIER if doi.startswith("CNKI:") else Rule.BAD_DOI  # exports of CNKI have no other
            yield Problem(places.value(entry, "doi"), rule, f'"{doi}" is not a DOI', hint)
    for name in _ADDRESSES:
        found = _SCHEME.match(fields.get(name, "http:"))
        scheme = found["scheme"].lower() if found else ""
        if scheme in _SCHEMES:
            continue
        address = fields.pop(name)
        rule = Rule.UNSAFE_HTML if scheme in _DANGEROUS_SCHEMES else Rule.BAD_URL
        hint = "an address begins with https:// or http://"
        yield Problem(places.value(entry, name), rule, f'"{address[:60]}" is not the address of a page', hint)


def check_consulted(entry: BibEntry, fields: dict[str, str], places: SourcePositions) -> Iterator[Problem]:
    """Report and remove a value of `consulted` that is not one of the known words.

    Args:
        entry: the entry.
        fields: its decoded fields, which are changed.
        places: the positions in the file.
    """
    if "consulted" in fields:
        value = fields["consulted"] = fields["consulted"].lower()
        if value not in CONSULTED:
            del fields["consulted"]
            hint = nearest(value, CONSULTED, f"write one of: {', '.join(CONSULTED)}")
            yield Problem(
                places.value(entry, "consulted"), Rule.BAD_CONSULTED, f'"{value}" is not a way to consult a work', hint
            )


def check_voice(
    entry: BibEntry, private: Mapping[str, str], voices: Collection[str], places: SourcePositions
) -> Iterator[Problem]:
    """Check that the voice of a work is one that the site declares, if it declares any.

    Args:
        entry: the entry.
        private: its private fields.
        voices: the declared voices.
        places: the positions in the file.
    """
    voice = private.get("x-voice", "").strip()
    if voice and voices and voice not in voices:
        hint = nearest(voice, voices, f"write one of: {', '.join(voices)}, or declare it in content/site.yaml")
        yield Problem(places.value(entry, "x-voice"), Rule.UNKNOWN_VOICE, f'no voice "{voice}" is declared', hint)


def check_marks(entry: BibEntry, places: SourcePositions) -> Iterator[Problem]:
    """Report HTML and invisible right-to-left marks in the fields of an entry.

    Args:
        entry: the entry.
        places: the positions in the file.
    """
    if _SUSPECT.search(entry.raw):
        for name in entry.fields:
            if name not in _NOT_SHOWN and not name.startswith("x-"):
                yield from _marks_in(entry, name, places)


def _marks_in(entry: BibEntry, name: str, places: SourcePositions) -> Iterator[Problem]:
    """Report what is wrong with a field; text that could run is tested as readers see it, after LaTeX."""
    value = entry.fields[name]
    decoded = plain(decode(value))
    if part := "" if name in _ADDRESSES else dangerous_part(value) or dangerous_part(decoded):
        hint = "take it out: a bibliography holds text and web addresses only"
        message = f'the field "{name}" holds "{part[:40]}"'
        yield Problem(places.value(entry, name, part), Rule.UNSAFE_HTML, message, hint)
    elif tag := _TAG.search(value):
        hint = r"HTML is shown as text; write \emph{…}, \textsuperscript{…} or the character itself"
        message = f'the field "{name}" holds the tag "{tag[0]}"'
        yield Problem(places.value(entry, name, tag[0]), Rule.HTML_IN_FIELD, message, hint)
    if mark := _BIDI.search(value):
        message = f'the field "{name}" holds the invisible mark U+{ord(mark[0]):04X}, which is left out'
        hint = "delete it: the page sets the direction of foreign text itself"
        yield Problem(places.value(entry, name, mark[0]), Rule.BIDI_MARK, message, hint)


def has_bidi(text: str) -> bool:
    """Return whether a text contains invisible marks of direction."""
    return bool(_BIDI.search(text))


def without_bidi(text: str) -> str:
    """Return a text without invisible marks of direction."""
    return _BIDI.sub("", text)


def check_alike(works: Iterable[Comparable]) -> Iterator[Problem]:
    """Report works that differ only by their key."""
    near: dict[tuple[str, ...], list[Comparable]] = {}
    for work in works:
        alike = near.setdefault(tuple(work.raw.get(name, "") for name in _DISTINCTIVE), [])
        same = next((other for other in alike if other.raw == work.raw), None)
        if same is None:
            alike.append(work)
        else:
            message = f'"{work.key}" differs from "{same.key}" in line {same.span.line} only by its key'
            yield Problem(work.span, Rule.SIMILAR_WORKS, message, "cite one of them, and delete the other")

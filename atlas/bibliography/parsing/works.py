"""Reads a bibliography: BibTeX or BibLaTeX text → works.

`bibtex` parses the syntax; `biblatex` knows the types, fields and languages. This module resolves
inheritance (`crossref`, `xdata`), decodes LaTeX, parses names and dates, and reports each mistake as one
Problem with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache, partial

from msgspec import Struct, field
from msgspec.structs import force_setattr, replace

from atlas.bibliography.parsing import biblatex
from atlas.bibliography.parsing.bibtex import read_entries
from atlas.bibliography.parsing.entries import BibEntry, SourcePositions
from atlas.bibliography.parsing.inheritance import Inheritance
from atlas.bibliography.parsing.latex import decode, plain, verbatim
from atlas.bibliography.parsing.person_names import (
    HEADS,
    PersonName,
    han_names,
    is_han,
    read_names,
    with_own_forms,
    with_prefix,
)
from atlas.bibliography.parsing.work_checks import (
    check_addresses,
    check_alike,
    check_consulted,
    check_key,
    check_marks,
    check_voice,
    has_bidi,
)
from atlas.bibliography.parsing.work_dates import (
    EDTF_HINT,
    DateMistake,
    edtf_date,
    state_to_come,
    year_as_written,
    year_date,
)
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.problems import NOWHERE, Problem, Span, nearest
from atlas.core.rules import Rule


class Work(Struct, frozen=True):
    """One work of the bibliography.

    Attributes:
        key: its key.
        type: one of the values of `biblatex.TYPES`.
        fields: decoded text by BibLaTeX's field names, with the marks of `latex` in titles.
        people: names by role (`author`, `editor`, `translator`…).
        dates: EDTF by field (`date`, `origdate`, `urldate`, `eventdate`).
        language: a BCP 47 tag; "" if unknown.
        span: its place in the file.
        raw: every field as written, with inherited ones, for exports.
        private: the fields whose names begin with `x-`, which are never shown.
        entry_type: the type as written.
        head_role: the role of the people at the head of its reference, or "".
        url_span: the place of the field that its address is from.
    """

    key: str
    type: str
    fields: Mapping[str, str]
    people: Mapping[str, tuple[PersonName, ...]]
    dates: Mapping[str, str]
    language: str
    span: Span
    raw: Mapping[str, str]
    private: Mapping[str, str]
    entry_type: str
    head_role: str = ""
    url_span: Span = NOWHERE

    def __post_init__(self) -> None:
        roles = HEADS[:1] if self.is_part else HEADS
        force_setattr(self, "head_role", next((role for role in roles if role in self.people), ""))

    def text(self, name: str) -> str:
        """Return a field without marks, or ""."""
        return plain(self.fields.get(name, ""))

    @property
    def title(self) -> str:
        """The title with its subtitle, as plain text."""
        subtitle = self.text("subtitle")
        return f"{self.text('title')}: {subtitle}" if subtitle else self.text("title")

    @property
    def date(self) -> str:
        """The date of publication in EDTF, or ""."""
        return self.dates.get("date", "")

    @property
    def year(self) -> str:
        """The year of publication without marks of uncertainty: `2004`, `188X`, or ""."""
        found = _YEAR.match(self.date.lstrip("/."))
        return found[0] if found else ""

    @property
    def authors(self) -> tuple[PersonName, ...]:
        """The people at the head of its reference: the authors, else editors, directors or translators."""
        return self.people[self.head_role] if self.head_role else ()

    @property
    def consulted(self) -> str:
        """How it was consulted, one of `biblatex.CONSULTED`, or "" if its entry does not say."""
        return self.fields.get("consulted", "")

    @property
    def voice(self) -> str:
        """The id of its voice as declared in content/site.yaml (private field `x-voice`), or ""."""
        return self.private.get("x-voice", "").strip()

    @property
    def is_part(self) -> bool:
        """Whether it is a part of a book, whose editors are not its own."""
        return self.type in ("chapter", "paper")

    @property
    def url(self) -> str:
        """The address of the work: its DOI as a link, else its `url`, else that of its `eprint`, else ""."""
        doi = self.fields.get("doi")
        return f"https://doi.org/{doi}" if doi else self.fields.get("url", "") or self.eprint_url

    @property
    def eprint_url(self) -> str:
        """The address that its `eprint` gives, or ""."""
        eprint = self.fields.get("eprint", "")
        address = biblatex.EPRINTS.get(self.fields.get("eprinttype", "arxiv").lower(), "")
        return address + eprint if eprint and address else ""


def read_works(
    text: str, path: str, voices: Collection[str] = (), memo: Memo = NO_MEMO
) -> tuple[tuple[Work, ...], tuple[Problem, ...]]:
    """Read the works of a bibliography; entries that cannot be parsed are left out.

    Args:
        text: the text of the file.
        path: its path, for messages.
        voices: the ids that `x-voice` may name; any if empty.
        memo: the results of the last reading in the same process.

    Returns:
        The works in the order of the file, and the problems.
    """
    entries, places, syntax = read_entries(text, path, memo)
    by_key = {entry.key: entry for entry in entries}
    wholes = Inheritance(by_key, places, has_bidi(text))
    reader = _WorkReader(by_key, places, wholes, tuple(voices))
    work = partial(reader.kept_work, memo) if memo.keeps else reader.work
    works = tuple(work(entry) for entry in entries if reader.is_work(entry))
    reader.problems.extend(wholes.problems)
    reader.problems.extend(check_alike(works))
    return works, grouped((*syntax, *reader.problems))


_YEAR = re.compile(r"Y?-?[0-9X]{4,}")


class _WorkReader(Struct):
    """A reader of the entries of one file."""

    entries: Mapping[str, BibEntry]
    places: SourcePositions
    wholes: Inheritance
    voices: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)

    def report(self, span: Span, rule: Rule, message: str, hint: str = "") -> None:
        self.problems.append(Problem(span, rule, message, hint))

    def is_work(self, entry: BibEntry) -> bool:
        """Return whether an entry is a work: not one that cannot be parsed, that only others inherit from, or a set."""
        if entry.type not in ("xdata", "set"):
            return not entry.broken
        self.problems.extend(check_marks(entry, self.places))
        if entry.type == "set":
            hint = "cite its members together: [@one; @other]"
            self.report(self.places.at(entry.start + 1), Rule.UNKNOWN_TYPE, f'"{entry.key}" is a set, no work', hint)
        return False

    def kept_work(self, memo: Memo, entry: BibEntry) -> Work:
        """Return a work, from the last reading if its entry, what it inherits and its place are the same."""
        wholes = self.wholes
        resolved = wholes.resolved(entry) if wholes.inherits(entry) else None
        place = self.places.at(entry.start)
        inputs = entry.type, entry.raw, entry.fields, resolved, wholes.has_marks, place, self.voices
        work, problems = memo.get(("work", entry.key), inputs, lambda: self.separately(entry))
        self.problems += problems
        return work

    def separately(self, entry: BibEntry) -> tuple[Work, list[Problem]]:
        """Return a work, and the problems of its own entry alone."""
        own = replace(self, problems=[])
        return own.work(entry), own.problems

    def work(self, entry: BibEntry) -> Work:
        self.problems.extend(check_key(entry, self.places))
        self.problems.extend(check_marks(entry, self.places))
        kind = self.kind(entry)
        raw, private = self.raw_fields(entry)
        fields: dict[str, str] = {}
        people: dict[str, tuple[PersonName, ...]] = {}
        dates: dict[str, str] = {}
        for name, value in raw.items():
            holds = biblatex.FIELDS.get(name)
            if holds == "text":
                fields[name] = self.decoded(entry, name, value)
            elif holds == "names":
                self.read_people(entry, name, value, people)
            elif holds == "verbatim":
                fields[name] = verbatim(value)
            elif holds == "date":
                self.read_date(entry, name, value, dates)
            elif holds == "key":
                fields[name] = value.strip()
            elif holds is None:
                self.read_other(entry, name)
        move_roles(raw, people)
        if "year" in fields:
            fields["year"] = plain(fields["year"])
        if fields.get("year"):
            self.read_year(entry, fields, dates)
        fields = {name: value for name, value in fields.items() if value}
        url = fields.get("url", "")
        if url and url in fields.get("howpublished", ""):  # as Better BibTeX exports a web page
            del fields["howpublished"]
        if "eventdate" in dates and not {"date", "year", "pubstate"} & {*dates, *fields}:
            dates["date"] = dates["eventdate"]  # biblatex's label date: date, year, eventdate
        if "title" not in fields and "titleaddon" in fields:
            fields["title"] = f"[{fields.pop('titleaddon').strip('[]')}]"  # a description replaces a missing title
        if "title" not in fields:
            self.report(self.places.key(entry), Rule.MISSING_TITLE, f'"{entry.key}" has no title', "write title = {…}")
        if "doi" in fields or "url" in fields or "archiveurl" in fields:
            self.problems.extend(check_addresses(entry, fields, self.places))
        if "consulted" in fields:
            self.problems.extend(check_consulted(entry, fields, self.places))
        if "x-voice" in private:
            self.problems.extend(check_voice(entry, private, self.voices, self.places))
        language = self.language(entry, raw, fields)
        span = self.places.at(entry.start)
        linked = next((name for name in ("doi", "url", "eprint") if name in fields and name in entry.fields), "")
        url_span = self.places.value(entry, linked) if linked else span
        return Work(entry.key, kind, fields, people, dates, language, span, raw, private, entry.type, url_span=url_span)

    def kind(self, entry: BibEntry) -> str:
        """Return the type of work, by the entry's type and its `entrysubtype`."""
        kind = biblatex.TYPES.get(entry.type)
        if kind is None:
            hint = _type_hint(entry.type)
            span = self.places.at(entry.start + 1)
            self.report(span, Rule.UNKNOWN_TYPE, f'no type of entry "{entry.type}": read as misc', hint)
            kind = "misc"
        subtype = entry.fields.get("entrysubtype")
        return biblatex.SUBTYPES.get(subtype.strip().lower(), kind) if subtype else kind

    def raw_fields(self, entry: BibEntry) -> tuple[dict[str, str], dict[str, str]]:
        """Return the entry's fields by BibLaTeX's names, with inherited ones, and its private fields."""
        private = {name: value for name, value in entry.fields.items() if name.startswith("x-")}
        return self.wholes.resolved(entry), private

    def decoded(self, entry: BibEntry, name: str, value: str) -> str:
        unknown: list[str] = []
        text = decode(value, unknown)
        for command in unknown:
            span = self.places.value(entry, name, "\\" + command)
            hint = "write the character itself"
            self.report(span, Rule.UNKNOWN_LATEX, f'no LaTeX command "\\{command}": it is left out', hint)
        return text

    def read_people(self, entry: BibEntry, name: str, value: str, people: dict[str, tuple[PersonName, ...]]) -> None:
        if "\\" in value:
            self.decoded(entry, name, value)  # only for its unknown commands
        joined = value if value.isascii() else self.without_commas(entry, name, value)
        names, mistakes = read_names(joined)
        for offset, part, mistake in mistakes:
            span = self.places.value(entry, name, part, value[:offset])
            hint = "write {Last, First and Last, First}; a body in braces of its own: {{The Body}}"
            self.report(span, Rule.BAD_NAME, f'{mistake}: "{_short(part)}"' if part else mistake, hint)
        own = entry.fields.get(f"{name}+an")
        if _USES_PREFIX.search(entry.fields.get("options", "")):
            names = tuple(with_prefix(name) for name in names)
        if names:
            people[name] = with_own_forms(names, own) if own else names

    def without_commas(self, entry: BibEntry, name: str, value: str) -> str:
        """Return a list of names with `and` for the commas that join Chinese ones; Japanese family names are longer."""
        fields = entry.fields
        if fields.get("langid", fields.get("language", "")).strip("{} ").lower().startswith(("ja", "jp", "ko")):
            return value
        if _KANA.search(fields.get("title", "")):
            return value
        parts = _AND.split(value)
        for part in parts:
            names = han_names(part)
            if len(names) > 1:
                hint = f"write {' and '.join(names)}"
                message = f'Chinese names are joined by commas: "{_short(part.strip())}"'
                self.report(self.places.value(entry, name, part.strip()), Rule.JOINED_NAMES, message, hint)
        return " and ".join(" and ".join(han_names(part)) or part for part in parts)

    def read_date(self, entry: BibEntry, name: str, value: str, dates: dict[str, str]) -> None:
        if not value.strip():
            return
        try:
            dates[name] = edtf_date(value.strip("{} \n"))
        except ValueError as error:
            self.report(self.places.value(entry, name), Rule.BAD_DATE, str(error), EDTF_HINT)

    def read_year(self, entry: BibEntry, fields: dict[str, str], dates: dict[str, str]) -> None:
        """Read BibTeX's year, month and day if there is no date; if there is one, they must agree."""
        year = fields["year"]
        written = year_as_written(year)
        state = state_to_come(year)
        if written and written[:4] in dates.get("date", written):
            fields["yearaswritten"] = year
        if "date" in dates:
            if year.isdecimal() and year not in dates["date"]:
                message = f"the year {year} and the date {dates['date']} differ: the date counts"
                self.report(self.places.value(entry, "year"), Rule.DATES_DIFFER, message, "remove one of them")
        elif state:
            fields.setdefault("pubstate", state)
        elif written:
            dates["date"] = str(edtf_date(written))
        elif "date" not in entry.fields:
            self.read_parts(entry, fields, dates)

    def read_parts(self, entry: BibEntry, fields: dict[str, str], dates: dict[str, str]) -> None:
        try:
            month, day = (plain(fields.get(name, "")) for name in ("month", "day"))
            dates["date"] = year_date(fields["year"], month, day)
        except DateMistake as mistake:
            hint = "an undated work has no year; a work to come has pubstate = {forthcoming}"
            self.report(self.places.value(entry, mistake.name), Rule.BAD_DATE, str(mistake), hint)

    def read_other(self, entry: BibEntry, name: str) -> None:
        """Report a field that is not known."""
        if biblatex.kind_of(name) is None and name in entry.fields:
            hint = _field_hint(name)
            span = self.places.name(entry, name)
            self.report(span, Rule.UNKNOWN_BIB_FIELD, f'no field "{name}": it is kept, and shown nowhere', hint)

    def language(self, entry: BibEntry, raw: Mapping[str, str], fields: Mapping[str, str]) -> str:
        name = "langid" if "langid" in raw else "language"
        value = raw.get(name, "").split(" and ")[0].strip()
        if not value:
            return "zh" if is_han(fields.get("title", "")) and not _KANA.search(fields["title"]) else ""
        tag = self.languages.get(value)
        if tag is None:
            tag = self.languages[value] = biblatex.language_tag(value)
        if not tag and is_han(fields.get("title", "")) and not _KANA.search(fields["title"]):
            tag = "zh"  # as the title says
        elif not tag:
            written = next((own for own in entry.fields if biblatex.ALIASES.get(own, own) == name), name)
            hint = biblatex.language_hint(value)
            rule = Rule.UNKNOWN_LANGUAGE if name == "langid" else Rule.UNREAD_LANGUAGE
            span = self.places.value(entry, written)
            self.report(span, rule, f'no language "{value}"', hint)
        return tag


@lru_cache(maxsize=512)
def _field_hint(name: str) -> str:
    """Return the remedy for an unknown field; a file repeats the fields of the program that wrote it."""
    return nearest(name, [*biblatex.FIELDS, *biblatex.ALIASES]) + "; a field of your own begins with x-"


@lru_cache(maxsize=128)
def _type_hint(name: str) -> str:
    """Return the remedy for an unknown type of entry."""
    return nearest(name, biblatex.TYPES)


def move_roles(raw: Mapping[str, str], people: dict[str, tuple[PersonName, ...]]) -> None:
    """Give the people in an editor field the role that `editortype` names: director, compiler, composer, translator."""
    for field_name in ("editor", "editora", "editorb", "editorc"):
        role = biblatex.ROLES.get(raw.get(f"{field_name}type", "").strip("{} ").lower(), "")
        if role and field_name in people:
            names = people.pop(field_name)
            people[role] = (*people.get(role, ()), *names)


_MOST_ALIKE = 50


def grouped(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Replace warnings with one cause that occur more than fifty times by the first, with their number."""
    causes = Counter((problem.rule, problem.message) for problem in problems if problem.severity == "warning")
    many = {cause for cause, count in causes.items() if count > _MOST_ALIKE}
    out: list[Problem] = []
    for problem in problems:
        cause = (problem.rule, problem.message)
        if problem.severity != "warning" or cause not in many:
            out.append(problem)
        elif causes[cause]:
            out.append(replace(problem, message=f"{problem.message} ({causes[cause]} times in this file)"))
            causes[cause] = 0
    return tuple(out)


_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_USES_PREFIX = re.compile(r"\buseprefix\b(?!\s*=\s*false)")
_KANA = re.compile("[\u3040-\u30ff]")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"

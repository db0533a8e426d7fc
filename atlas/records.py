"""The files of content/ → Records: front matter, YAML, Markdown and translations joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from atlas import schema
from atlas.citing import read_locator
from atlas.folders import Group, grouped
from atlas.forking import shared
from atlas.matter import Page, read_page
from atlas.model import (
    Change,
    Fact,
    Link,
    Name,
    Quotation,
    Record,
    Reference,
    Relation,
    Signature,
    Text,
    Translation,
)
from atlas.problems import Problem, Span, has_errors, nearest
from atlas.prose import Marked, Prose, convert
from atlas.shapes import At, Declared, Passage
from atlas.sources import Source


@dataclass(frozen=True, slots=True)
class Content:
    """The records by id, and what is not to be reported again where others point at it.

    broken: ids whose files could not be read, and broken_paths the addresses that they may have; shaky: ids whose
    files have mistakes.
    """

    records: Mapping[str, Record]
    broken: frozenset[str]
    shaky: frozenset[str] = frozenset()
    broken_paths: frozenset[str] = frozenset()


def read_records(
    sources: Mapping[str, Source], declared: Declared, unreadable: Iterable[str] = ()
) -> tuple[Content, tuple[Problem, ...]]:
    """Read every record and its translations. unreadable: paths of files that could not even be decoded."""
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    broken = {PurePosixPath(path).name.partition(".")[0]: PurePosixPath(path).parent.name for path in unreadable}
    shaky: set[str] = set()
    originals: dict[str, str] = {}
    groups, stray = grouped(sources, declared)
    problems += [problem for problem in stray if PurePosixPath(problem.span.path).name.partition(".")[0] not in broken]
    readable: list[Group] = []
    for group in groups:
        first = originals.setdefault(group.id, group.path)
        if first != group.path:
            hint = f"rename one of the two files; the other is {first}"
            problems.append(Problem(Span(group.path, 1, 1), "duplicate-id", f'the id "{group.id}" is taken', hint))
            continue
        readable.append(group)
    read = shared(lambda group: _read_record(group, sources, declared), readable)
    for group, (record, found) in zip(readable, read, strict=True):
        problems += found
        if any(problem.severity == "error" and problem.span.path == group.path for problem in found):
            shaky.add(group.id)
        if record:
            records[record.id] = record
        else:
            broken[group.id] = group.family.folder
    paths = frozenset(f"/{id}/" if folder == "pages" else f"/{folder}/{id}/" for id, folder in broken.items())
    return Content(records, frozenset(broken), frozenset(shaky), paths), tuple(problems)


def _read_record(
    group: Group, sources: Mapping[str, Source], declared: Declared
) -> tuple[Record | None, list[Problem]]:
    page = read_page(sources[group.path], group.family, group.family.table, declared)
    problems = page.problems
    translated: dict[str, Page] = {}
    for language, path in group.translations:
        translation = read_page(sources[path], group.family, schema.translation_table(group.family), declared)
        problems += translation.problems
        if translation.values is not None:
            translated[language] = translation
    if page.values is None or page.values["lang"] is None or page.values["date"] is None:
        return None, problems
    record = _Builder(group, page, translated, problems).record()
    # Without a name or a title there is nothing to call it by: what is wrong has been told.
    return (record if record.names or record.title else None), problems


class _Builder:
    """Joins an original and its translations into one Record."""

    def __init__(self, group: Group, page: Page, translated: Mapping[str, Page], problems: list[Problem]) -> None:
        self.group, self.page, self.translated, self.problems = group, page, translated, problems
        assert page.values is not None
        self.values = page.values
        self.original: str = page.values["lang"].value

    def record(self) -> Record:
        """The record, with what could be read of it."""
        get = self.values.get
        self._check_language_of_files()
        self._check_dates()
        facts = (
            *(self._fact(row) for row in get("facts") or () if _whole(row, "id", "dimension", "text")),
            *self._marked(),
        )
        relations = self._relations()
        written = [row["id"] for row in self.values.get("relations") or () if row and row["id"]]
        self._check_unique([*((fact.id, fact.span) for fact in facts), *((at.value, at.span) for at in written)])
        self._check_unanswered({fact.dimension for fact in facts})
        record = Record(
            id=self.group.id,
            family=self.group.family.id,
            path=self.group.path,
            original=self.original,
            date=self.values["date"],
            sides=tuple(dict.fromkeys(at.value for at in get("sides") or ())),
            kind=self.values["kind"].value if get("kind") else "",
            names=tuple(self._name(row) for row in get("names") or () if _whole(row, "lang", "text")),
            title=self._text("title"),
            summary=self._text("summary"),
            body=self._body(),
            facts=facts,
            relations=relations,
            start=get("start"),
            end=get("end"),
            places=tuple(dict.fromkeys(at.value for at in get("places") or ())),
            website=get("website") or "",
            fields=_by_id(get("fields")),
            contributions=_by_id(get("contributions")),
            unanswered={id: at.value for id, at in (get("unanswered") or {}).items()},
            links={
                key: _links(self.values[key]) for key in ("actors", "supports", "complicates", "records") if get(key)
            },
            quotation=self._quotation(),
            address=self._address(),
            updated=get("updated"),
            dated=self.values["spans"]["updated" if get("updated") else "date"],
            changes=self._changes(),
            authors=get("authors") or (),
            nocite=_links(get("nocite") or ()),
            translations={language: self._translation(page) for language, page in self._others()},
        )
        if not has_errors(self.page.problems):
            self._check_translations(record)
        return record

    # Texts and their translations.

    def _text(self, key: str) -> Text | None:
        return self._joined(self.values.get(key), {id: page.values.get(key) for id, page in self._others()})

    def _translation(self, page: Page) -> Translation:
        """What the file of a translation says of itself."""
        values = page.values or {}
        signed = values.get("reviewed")
        signature = Signature(signed["by"], signed["date"]) if signed and _whole(signed, "by", "date") else None
        return Translation(page.source.path, values.get("of") or {}, signature)

    def _row_text(self, table: str, id: str, passage: Passage | None) -> Text | None:
        others = {}
        for language, page in self._others():
            texts = {str(key): text for key, text in (page.values.get(table) or {}).items()}
            others[language] = texts.get(id)
        return self._joined(passage, others)

    def _others(self) -> list[tuple[str, Any]]:
        return [(language, page) for language, page in self.translated.items() if page.values is not None]

    def _joined(self, passage: Passage | None, others: Mapping[str, Passage | None]) -> Text | None:
        if passage is None:
            return None
        versions = {self.original: self._prose(passage)}
        versions |= {language: self._prose(other) for language, other in others.items() if other}
        return Text(self.original, versions)

    def _prose(self, passage: Passage) -> Prose:
        prose, problems = convert(passage, block=False)
        self.problems += problems
        return prose

    def _body(self) -> Text | None:
        if self.page.body is None:
            return None
        versions = {self.original: self.page.body}
        versions |= {
            language: page.body for language, page in self._others() if page.body and page.body.passage.text.strip()
        }
        return Text(self.original, versions)

    # Rows.

    def _fact(self, row: dict[str, Any]) -> Fact:
        text = self._row_text("facts", row["id"].value, row["text"])
        assert text is not None
        return Fact(row["id"].value, row["dimension"].value, text, self._references(row["sources"]), row["id"].span)

    def _marked(self) -> tuple[Fact, ...]:
        """The facts that stand in the body, with the same paragraph of each translation."""
        if self.page.body is None:
            return ()
        by_language = {self.original: self.page.body}
        by_language |= {language: page.body for language, page in self._others() if page.body}
        facts = []
        for mark in self.page.body.marked:
            if mark.dimension and mark.id:
                text = Text(self.original, dict(_paragraphs(by_language, mark.id)))
                facts.append(Fact(mark.id, mark.dimension, text, self._cited(mark), mark.span, in_body=True))
        return tuple(facts)

    def _cited(self, mark: Marked) -> tuple[Reference, ...]:
        assert self.page.body is not None
        cites = [row for _, slot in self.page.body.used(mark.html) for row in slot.cites]
        if not cites:
            hint = "end the sentence with [@key, p. 3], or mark the paragraph {.reading}"
            self.problems.append(Problem(mark.span, "missing-key", "this fact names no source", hint))
        return tuple(Reference(cite.key, cite.locator, span, cite.suffix) for cite, span in cites)

    def _relations(self) -> tuple[Relation, ...]:
        rows = [row for row in self.values.get("relations") or () if _whole(row, "id", "type", "to")]
        return tuple(
            Relation(
                row["id"].value,
                row["type"].value,
                row["to"].value,
                row["to"].span,
                row["start"],
                row["end"],
                self._row_text("relations", row["id"].value, row["note"]),
                self._references(row["sources"]),
            )
            for row in rows
            if self._in_order(row)
        )

    def _name(self, row: Mapping[str, Any]) -> Name:
        return Name(
            row["lang"],
            row["text"],
            row["kind"] or "official",
            row["romanised"] or "",
            row["sort_key"] or "",
            row["start"],
            row["end"],
            bool(row["ours"]),
            self._references(row["sources"]),
        )

    def _references(self, rows: tuple[dict[str, Any], ...]) -> tuple[Reference, ...]:
        return tuple(self._reference(row) for row in rows if row["work"])

    def _reference(self, row: Mapping[str, Any]) -> Reference:
        locator, rest = read_locator(row["locator"]) if row["locator"] else (None, "")
        if row["locator"] and locator is None:
            hint = "write a locator such as p. 3, pp. 3–5, § 4, ch. 2 or 页 12"
            message = f'"{row["locator"]}" is no place in a work'
            self.problems.append(Problem(row["spans"]["locator"], "bad-locator", message, hint))
        return Reference(row["work"].value, locator, row["work"].span, rest)

    def _changes(self) -> tuple[Change, ...]:
        changes = []
        for row in self.values["changes"]:
            if _whole(row, "date", "text"):
                text = self._row_text("changes", str(row["date"]), row["text"])
                assert text is not None
                changes.append(Change(row["date"], text))
        return tuple(sorted(changes, key=lambda change: str(change.date)))

    def _quotation(self) -> Quotation | None:
        row = self.values.get("quotation")
        if not row or not _whole(row, "text", "lang", "work", "locator"):
            return None
        return Quotation(row["text"], row["lang"], self._reference(row))

    def _address(self) -> str:
        if self.group.family.id != "page":
            return f"/{self.group.family.folder}/{self.group.id}/"
        path = self.values.get("path") or self.group.id
        return "/" if path == "home" else f"/{path}/"

    # Checks of the record alone.

    def _check_language_of_files(self) -> None:
        for language, page in self.translated.items():
            if language == self.original:
                hint = f"the record is written in {language}: its own file holds these texts"
                message = "this translates a record into its own language"
                self.problems.append(Problem(Span(page.source.path, 1, 1), "unknown-language", message, hint))

    def _check_unanswered(self, answered: set[str]) -> None:
        for dimension, at in (self.values.get("unanswered") or {}).items():
            if dimension in answered:
                message = f'"{dimension}" has a fact and is listed as unanswered'
                hint = "remove it from unanswered"
                self.problems.append(Problem(at.span, "needless-unanswered", message, hint, "warning"))

    def _check_dates(self) -> None:
        for row in (self.values, *(self.values.get("names") or ())):
            self._in_order(row)
        updated = self.values["updated"]
        if has_errors(self.page.problems):  # perhaps the very line that is wanted could not be read
            return
        if updated and str(updated) not in {str(row["date"]) for row in self.values["changes"] if row}:
            span = self.values["spans"]["updated"]
            hint = f"add to changes: - {{date: {updated}, text: …}}"
            self.problems.append(Problem(span, "updated-without-change", "nothing says what changed on that day", hint))

    def _in_order(self, row: Mapping[str, Any]) -> bool:
        """Whether a row ends after it begins; for certain only: what is vague may overlap."""
        start, end = row.get("start"), row.get("end")
        if not (start and end and start.earliest and end.latest) or start.earliest <= end.latest:
            return True
        message = f"it ends ({end}) before it begins ({start})"
        self.problems.append(Problem(row["spans"]["end"], "end-before-start", message, "correct one of the two dates"))
        return False

    def _check_unique(self, ids: list[tuple[str, Span]]) -> None:
        seen: dict[str, Span] = {}
        for id, span in ids:
            if id in seen:
                message = f'the id "{id}" is given twice in this record'
                hint = f"change this one; the other stands on line {seen[id].line}"
                self.problems.append(Problem(span, "duplicate-id", message, hint))
            seen[id] = span

    def _check_translations(self, record: Record) -> None:
        """Texts that translate nothing."""
        texts = record.texts()
        known = {
            "facts": [fact.id for fact in record.facts if not fact.in_body],
            "relations": [relation.id for relation in record.relations if relation.note],
            "changes": [str(change.date) for change in record.changes],
        }
        for page in self.translated.values():
            values = page.values or {}
            for key, ids in known.items():
                for id, passage in (values.get(key) or {}).items():
                    if f"{key}/{id}" not in texts:
                        message = f'this translates "{id}", which is not among the {key} of {record.path}'
                        self.problems.append(Problem(passage.span, "unknown-text", message, nearest(str(id), ids)))
            self._check_anchors(page)

    def _check_anchors(self, page: Page) -> None:
        """Marks of a translated body that the original does not have, and the other way round."""
        if page.body is None or self.page.body is None or not page.body.passage.text.strip():
            return
        dimensions = {mark.id: mark.dimension for mark in self.page.body.marked}
        for mark in page.body.marked:
            if mark.id and mark.id not in dimensions:
                message = f'the original has no paragraph "{mark.id}"'
                self.problems.append(Problem(mark.span, "unknown-text", message, nearest(mark.id, dimensions)))
            elif mark.dimension:
                hint = f"write {{#{mark.id}}}: the original says the dimension"
                self.problems.append(Problem(mark.span, "unknown-key", "a translation gives no dimension", hint))
        extra = {heading.id for heading in page.body.headings} - self.page.body.anchors
        for slot in page.body.slots:
            if slot.kind == "attributes" and slot.target in extra:
                message = f'the original has no heading "{slot.target}"'
                hint = nearest(slot.target, self.page.body.anchors)
                self.problems.append(Problem(slot.span, "unknown-text", message, hint))
        for missing in sorted(self.page.body.anchors - page.body.anchors - {""}):
            message = f'nothing here has the id "{missing}" of the original'
            hint = f"end the heading or paragraph that translates it with {{#{missing}}}"
            self.problems.append(Problem(Span(page.source.path, 1, 1), "missing-text", message, hint))


def _whole(row: Mapping[str, Any] | None, *keys: str) -> bool:
    return row is not None and all(row[key] is not None for key in keys)


def _links(ats: tuple[At, ...]) -> tuple[Link, ...]:
    return tuple(Link(at.value, at.span) for at in ats)


def _by_id(rows: Mapping[str, tuple[At, ...]] | None) -> dict[str, tuple[Link, ...]]:
    return {id: _links(ats) for id, ats in (rows or {}).items()}


def _paragraphs(bodies: Mapping[str, Prose], id: str) -> list[tuple[str, Prose]]:
    """The paragraph of that id in each language, as a text of its own that shares the slots of its body."""
    found = []
    for language, body in bodies.items():
        for mark in body.marked:
            if mark.id == id:
                found.append((language, Prose(body.passage, mark.html, body.slots, (), ())))
    return found

"""Builds a Record from an original and its translations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.bibliography.citing.syntax import read_locator
from atlas.content.datasets import build_dataset
from atlas.content.front_matter import ParsedFile
from atlas.content.model import (
    Answer,
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
from atlas.content.quotes import QuoteRow, with_quotes
from atlas.content.record_files import RecordFiles
from atlas.content.translation_checks import check_translations
from atlas.content.unique_ids import repeated_ids
from atlas.core.problems import Problem, Span, has_errors, nearest
from atlas.core.rules import Rule
from atlas.markdown.passages import Passage
from atlas.markdown.prose import MarkedBlock, Prose, convert
from atlas.schema.field_types import Located
from atlas.schema.identifiers import IDENTIFIERS


class RecordBuilder:
    """Combines an original and its translations into one Record.

    Args:
        group: the files of the record.
        page: the parsed original.
        translated: the parsed translations, by language.
        problems: the list to which problems are added.
    """

    def __init__(
        self, group: RecordFiles, page: ParsedFile, translated: Mapping[str, ParsedFile], problems: list[Problem]
    ) -> None:
        self.group, self.page, self.translated, self.problems = group, page, translated, problems
        assert page.values is not None
        self.values = page.values
        self.at = Span(group.path, 1, 1)
        self.original: str = page.values["lang"].value

    def record(self) -> Record:
        """Return the record, with everything that could be read."""
        get = self.values.get
        self._check_dates()
        facts = (
            *(self._fact(row) for row in get("facts") or () if _whole(row, "id", "dimension", "text")),
            *self._marked(),
        )
        relations = self._relations()
        written = [row["id"] for row in self.values.get("relations") or () if row and row["id"]]
        ids = [*((fact.id, fact.span) for fact in facts), *((at.value, at.span) for at in written)]
        self.problems += repeated_ids(ids, "record")
        self._check_unanswered({fact.dimension for fact in facts})
        spans = self.values["spans"]
        record = Record(
            id=self.group.id,
            family=self.group.family.id,
            path=self.group.path,
            original=self.original,
            date=self.values["date"],
            sides=tuple(dict.fromkeys(at.value for at in get("sides") or ())),
            kind=self.values["kind"].value if get("kind") else "",
            names=self._names(),
            title=self._title(),
            summary=self._text("summary"),
            lead=self._text("lead"),
            body=self._body(),
            facts=facts,
            relations=relations,
            start=get("start"),
            end=get("end"),
            places=tuple(dict.fromkeys(at.value for at in get("places") or ())),
            details={key.name: text for key in self.group.family.details if (text := get(key.name))},
            extra=get("extra") or {},
            detail_spans={name: spans[name] for name in self._linking() if name in spans},
            identifiers={key: value for key in IDENTIFIERS if (value := get(key))},
            fields=_by_id(get("fields")),
            contributions=_by_id(get("contributions")),
            profile=_by_id(get("profile")),
            unanswered={id: at.value for id, at in (get("unanswered") or {}).items()},
            answers={
                id: Answer(row["answer"].value, _links(row["facts"]))
                for id, row in (get("answers") or {}).items()
                if _whole(row, "answer")
            },
            links={key.name: _links(rows) for key in self.group.family.lists if (rows := get(key.name))},
            quotation=self._quotation(),
            dataset=build_dataset(get("table"), self._references, self.problems),
            address=self._address(),
            updated=get("updated"),
            dated=self.values["spans"].get("updated" if get("updated") else "date", self.at),
            changes=self._changes(),
            authors=get("authors") or (),
            nocite=_links(get("nocite") or ()),
            draft=bool(get("draft")),
            aliases=_links(get("aliases") or ()),
            translations={language: self._translation(page) for language, page in self._others()},
        )
        if not has_errors(self.page.problems):
            self.problems += check_translations(record, self.page, self.translated)
        return record

    def _linking(self) -> tuple[str, ...]:
        """Return the keys whose values may be addresses of other sites."""
        return (*(key.name for key in self.group.family.details), "extra")

    # Texts and their translations.

    def _text(self, key: str) -> Text | None:
        return self._joined(self.values.get(key), {id: page.values.get(key) for id, page in self._others()})

    def _translation(self, page: ParsedFile) -> Translation:
        """Return the digests and the signature that the file of a translation gives."""
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
        """Return the translations that can be read, without one into the language of the original (an error)."""
        rows = self.translated.items()
        return [(language, page) for language, page in rows if page.values is not None and language != self.original]

    def _joined(self, passage: Passage | None, others: Mapping[str, Passage | None]) -> Text | None:
        if passage is None:
            return None
        versions = {self.original: self._prose(passage)}
        versions |= {language: self._prose(other) for language, other in others.items() if other}
        return Text(self.original, versions)

    def _prose(self, passage: Passage) -> Prose:
        prose, problems = convert(passage, block=False)
        self.problems += problems
        return prose.with_places()

    def _body(self) -> Text | None:
        if self.page.body is None:
            return None
        versions = {self.original: self.page.body.with_places()}
        versions |= {
            language: page.body.with_places()
            for language, page in self._others()
            if page.body and page.body.passage.text.strip()
        }
        return Text(self.original, versions)

    # Rows.

    def _fact(self, row: dict[str, Any]) -> Fact:
        text = self._row_text("facts", row["id"].value, row["text"])
        assert text is not None
        id, sources, differs = row["id"], self._references(row["sources"]), _links(row["differs"])
        return Fact(
            id.value,
            row["dimension"].value,
            text,
            sources,
            id.span,
            differs=differs,
            answers=tuple(at.value for at in row["answers"]),
        )

    def _marked(self) -> tuple[Fact, ...]:
        """Return the facts that are paragraphs of the body, with the same paragraph of each translation."""
        if self.page.body is None:
            return ()
        by_language = {self.original: self.page.body}
        by_language |= {language: page.body for language, page in self._others() if page.body}
        evidence = self._evidence()
        facts = []
        for mark in self.page.body.marked:
            if mark.dimension and mark.id:
                text = Text(self.original, dict(_paragraphs(by_language, mark.id)))
                cited = with_quotes(self._cited(mark), evidence.pop(mark.id, ()), self.problems)
                facts.append(Fact(mark.id, mark.dimension, text, cited, mark.span, in_body=True))
        for id, rows in evidence.items():
            hint = nearest(id, [fact.id for fact in facts])
            self.problems += [
                Problem(at, Rule.UNKNOWN_FACT, f'no paragraph is the fact "{id}"', hint) for at, _ in rows
            ]
        return tuple(facts)

    def _evidence(self) -> dict[str, list[QuoteRow]]:
        """Return the rows of `evidence` by paragraph, each with the place of its id."""
        rows: dict[str, list[QuoteRow]] = {}
        for row in self.values.get("evidence") or ():
            if row and _whole(row, "fact", "work", "quote"):
                rows.setdefault(row["fact"].value, []).append((row["fact"].span, self._reference(row)))
        return rows

    def _cited(self, mark: MarkedBlock) -> tuple[Reference, ...]:
        assert self.page.body is not None
        cites = [row for _, slot in self.page.body.used(mark.html) for row in slot.cites]
        if not cites:
            hint = "end the sentence with [@key, p. 3], or mark the paragraph {.reading}"
            self.problems.append(Problem(mark.span, Rule.MISSING_KEY, "this fact names no source", hint))
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

    def _names(self) -> tuple[Name, ...]:
        """Return the names; of a record whose names cannot be read, its id, so that the preview can show it."""
        names = tuple(self._name(row) for row in self.values.get("names") or () if _whole(row, "lang", "text"))
        if names or not self.group.family.has("names"):
            return names
        return (Name(self.original, self.group.id, "official"),)

    def _title(self) -> Text | None:
        """Return the title; of a record whose title cannot be read, its id, so that the preview can show it."""
        title = self._text("title")
        if title is None and not self.group.family.has("names"):
            title = Text(self.original, {self.original: self._prose(Passage(self.group.id, self.at))})
        return title

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
            message = f'"{row["locator"]}" is not a locator'
            self.problems.append(Problem(row["spans"]["locator"], Rule.BAD_LOCATOR, message, hint))
        quote = row.get("quote") or ""
        language = (row["lang"] or "") if quote else ""
        return Reference(row["work"].value, locator, row["work"].span, rest, quote, language)

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
        path = self.group.family.path(self.values.get("path") or self.group.id)
        return "/" if path == "/home/" else path

    # Checks of the record alone.

    def _check_unanswered(self, answered: set[str]) -> None:
        for dimension, at in (self.values.get("unanswered") or {}).items():
            if dimension in answered:
                message = f'"{dimension}" has a fact and is listed as unanswered'
                hint = "remove it from unanswered"
                self.problems.append(Problem(at.span, Rule.NEEDLESS_UNANSWERED, message, hint))

    def _check_dates(self) -> None:
        for row in (self.values, *(self.values.get("names") or ())):
            self._in_order(row)
        updated = self.values["updated"]
        if has_errors(self.page.problems):  # the missing line may be the one that could not be read
            return
        if updated and str(updated) not in {str(row["date"]) for row in self.values["changes"] if row}:
            span = self.values["spans"]["updated"]
            hint = f"add to changes: - {{date: {updated}, text: …}}"
            self.problems.append(
                Problem(span, Rule.UPDATED_WITHOUT_CHANGE, "nothing says what changed on that day", hint)
            )

    def _in_order(self, row: Mapping[str, Any]) -> bool:
        """Return whether a row does not certainly end before it begins; vague dates may overlap."""
        start, end = row.get("start"), row.get("end")
        if not (start and end and start.earliest and end.latest) or start.earliest <= end.latest:
            return True
        message = f"it ends ({end}) before it begins ({start})"
        self.problems.append(
            Problem(row["spans"]["end"], Rule.END_BEFORE_START, message, "correct one of the two dates")
        )
        return False


def _whole(row: Mapping[str, Any] | None, *keys: str) -> bool:
    return row is not None and all(row[key] is not None for key in keys)


def _links(ats: tuple[Located, ...]) -> tuple[Link, ...]:
    return tuple(Link(at.value, at.span) for at in ats)


def _by_id(rows: Mapping[str, tuple[Located, ...]] | None) -> dict[str, tuple[Link, ...]]:
    return {id: _links(ats) for id, ats in (rows or {}).items()}


def _paragraphs(bodies: Mapping[str, Prose], id: str) -> list[tuple[str, Prose]]:
    """Return the paragraph with that id in each language, as a text of its own that shares the slots of its body."""
    found = []
    for language, body in bodies.items():
        for mark in body.marked:
            if mark.id == id:
                found.append((language, Prose(body.passage, mark.html, body.slots, (), ())))
    return found

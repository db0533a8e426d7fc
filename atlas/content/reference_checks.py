"""Checks that every reference in the records has a target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from atlas.bibliography.parsing.works import Work
from atlas.content.model import Dataset, DatasetRow, Record, Reference, Relation, Site, Text
from atlas.content.uploads import kind_of
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.markdown.prose import Prose
from atlas.markdown.slots import Slot
from atlas.schema.families import BY_FAMILY
from atlas.schema.object_types import RecordIds


class Checker:
    """Checks references against everything that exists, and collects the problems.

    Args:
        site: the settings.
        records: the records by id.
        broken: ids of records whose files could not be read.
        shaky: ids of records whose files have errors.
        works: the bibliography, by key.
        files: the paths of all files in content/files/.
        bibliography: the text of the .bib file.
    """

    def __init__(
        self,
        site: Site,
        records: Mapping[str, Record],
        broken: frozenset[str],
        shaky: frozenset[str],
        works: Mapping[str, Work],
        files: Set[str],
        bibliography: str,
    ) -> None:
        self.site, self.records, self.broken, self.works, self.files = site, records, broken, works, files
        self.shaky = shaky
        self.bibliography = bibliography
        self.problems: list[Problem] = []
        self.pairs: dict[tuple[str, str, str], list[Relation]] = {}

    def check(self, record: Record) -> None:
        """Check every reference of one record."""
        for key in BY_FAMILY[record.family].lists:
            assert isinstance(key.shape, RecordIds)
            for written in record.links.get(key.name, ()):
                self._check_record(written.target, written.span, key.shape.families, record)
        for relation in record.relations:
            self._check_relation(record, relation)
        if record.dataset:
            self._check_dataset(record, record.dataset)
        for row in sourced_passages(record):
            self._check_work(row.reference.work, row.reference.span)
        for text in record.texts().values():
            for prose in text.versions.values():
                self._check_prose(record, prose)
        if record.id not in self.shaky:
            self._check_facts(record)
        self._check_dates(record)

    def _check_dataset(self, record: Record, dataset: Dataset) -> None:
        for cell in dataset.cells("record"):
            self._check_record(cell.text(""), cell.span, (), record)
        for cell in dataset.cells("place"):
            if (id := cell.text("")) not in self.site.places:
                self._note(cell.span, Rule.UNKNOWN_PLACE, f'no place "{id}" is declared', nearest(id, self.site.places))

    def check_contrasts(self) -> None:
        """Report each contrast of a dimension in site.yaml that is no statement of a record."""
        for dimension in self.site.dimensions.values():
            if dimension.contrast is None:
                continue
            id, _, fact = dimension.contrast.target.partition("#")
            self._check_named(id, fact, dimension.contrast.span)

    def _check_named(self, id: str, fact: str, span: Span) -> None:
        record = self.records.get(id)
        if id in self.broken or id in self.shaky:
            return
        if record is None:
            self._note(span, Rule.UNKNOWN_RECORD, f'no record "{id}"', nearest(id, self.records))
        elif fact not in (known := {one.id for one in record.facts}):
            self._note(span, Rule.UNKNOWN_FRAGMENT, f'"{id}" has no statement "{fact}"', nearest(fact, known))

    def check_signers(self) -> None:
        """Report each signer that site.yaml registers and that signs nothing."""
        names = {name.text for record in self.records.values() for name in record.authors}
        names |= set(self.site.author.values())
        for signer in self.site.signers:
            if signer.name.text not in names:
                message = f'nothing is signed by "{signer.name.text}"'
                self._note(signer.span, Rule.UNKNOWN_SIGNER, message, nearest(signer.name.text, names))

    def _note(self, span: Span, rule: Rule, message: str, hint: str) -> None:
        self.problems.append(Problem(span, rule, message, hint))

    def _check_record(self, id: str, span: Span, families: tuple[str, ...], record: Record) -> None:
        if id in self.broken:
            return
        found = self.records.get(id)
        if found is None:
            self._note(
                span,
                Rule.UNKNOWN_RECORD,
                f'no record "{id}"',
                nearest(id, self._of(families), "write its file in content/, or name the thing in plain words"),
            )
        elif families and found.family not in families:
            self._note(span, Rule.UNKNOWN_RECORD, f'"{id}" is a {found.family}', f"name one of: {', '.join(families)}")
        elif id == record.id and families:
            self._note(span, Rule.SELF_RELATION, "a record cannot take part in itself", "remove this line")

    def _of(self, families: tuple[str, ...]) -> list[str]:
        """Return the ids of the records of some families; of all if none is named."""
        return [id for id, record in self.records.items() if not families or record.family in families]

    def _check_relation(self, record: Record, relation: Relation) -> None:
        if relation.target == record.id:
            self._note(
                relation.span, Rule.SELF_RELATION, "a record has no relation to itself", "remove it, or name the other"
            )
            return
        self._check_record(relation.target, relation.span, (), record)
        ends = (record.id, relation.target)
        symmetric = self.site.relation_types[relation.type].symmetric
        pair = (relation.type, *(sorted(ends) if symmetric else ends))
        key = (pair[0], pair[1], pair[2])
        for first in self.pairs.setdefault(key, []):
            # The same relation may have begun again later: two start dates make two relations.
            if not (first.start and relation.start) or first.start == relation.start:
                hint = f"remove one of the two; the other is in {first.span}"
                message = f"this relation to {relation.target} is given twice"
                self._note(relation.span, Rule.REPEATED_RELATION, message, hint)
                break
        self.pairs[key].append(relation)

    def _check_work(self, key: str, span: Span) -> None:
        if key not in self.works and not _stands_in(key, self.bibliography):
            self._note(
                span,
                Rule.UNKNOWN_WORK,
                f'no work "{key}" in bibliography.bib',
                nearest(key, self.works, "add the work to bibliography.bib, or correct the key"),
            )

    def _check_prose(self, record: Record, prose: Prose) -> None:
        for slot in prose.slots:
            if slot.kind == "record":
                self._check_record(slot.target, slot.span, (), record)
                target = self.records.get(slot.target)
                if slot.fragment and target and target.id not in self.shaky:
                    self._check_fragment(slot, anchors(target))
            elif slot.kind == "path" and not slot.target:
                self._check_fragment(slot, anchors(record))
            elif slot.kind in ("file", "picture") and slot.target and slot.target not in self.files:
                self._note(
                    slot.span,
                    Rule.UNKNOWN_FILE,
                    f'no file "content/files/{slot.target}"',
                    nearest(slot.target, self.files, f"put the file into content/files/ as {slot.target}"),
                )
            elif slot.kind == "picture" and slot.target and not kind_of(slot.target):
                hint = f"write [words](/files/{slot.target}), a link to the file"
                self._note(slot.span, Rule.BAD_ADDRESS, f'"{slot.target}" is not a picture or a recording', hint)
            for cite, span in slot.cites:
                self._check_work(cite.key, span)

    def _check_fragment(self, slot: Slot, known: frozenset[str]) -> None:
        if slot.fragment not in known:
            message = f'nothing has the id "{slot.fragment}" there'
            self._note(slot.span, Rule.UNKNOWN_FRAGMENT, message, nearest(slot.fragment, known))

    def _check_facts(self, record: Record) -> None:
        ids = [fact.id for fact in record.facts]
        named = [
            link
            for table in (record.fields, record.contributions, record.profile)
            for links in table.values()
            for link in links
        ]
        named += [link for answer in record.answers.values() for link in answer.facts]
        named += [link for fact in record.facts for link in fact.differs]
        for written in named:
            if written.target not in ids:
                message = f'the record has no fact "{written.target}"'
                self._note(written.span, Rule.UNKNOWN_FACT, message, nearest(written.target, ids))
        for fact in record.facts:
            for link in fact.differs:
                if link.target == fact.id:
                    self._note(
                        link.span, Rule.SELF_RELATION, "a fact does not differ from itself", "name the other fact"
                    )

    def _check_dates(self, record: Record) -> None:
        today = self.site.as_of.earliest
        latest = record.last_updated.earliest
        if today and latest and latest > today:
            message = f"{record.last_updated} lies after {self.site.as_of}, the date used as today"
            hint = "correct the date, or as_of in content/site.yaml"
            self.problems.append(Problem(record.dated, Rule.FUTURE_DATE, message, hint))


def _stands_in(key: str, bibliography: str) -> bool:
    """Return whether the file has an entry with that key, even one that failed to parse and is already reported."""
    return bool(re.search(r"@\s*\w+\s*[{(]\s*" + re.escape(key) + r"\s*[,}\n]", bibliography))


class SourcedPassage(NamedTuple):
    """Words of a record that cite a work outside its prose.

    Attributes:
        anchor: the id of their place on the page.
        reference: the work.
        text: the words, if they are a text in several languages.
        fixed: otherwise their language tag and the words, such as a name.
        row: the row of a dataset, if the words are its values.
    """

    anchor: str
    reference: Reference
    text: Text | None = None
    fixed: tuple[str, str] = ("", "")
    row: DatasetRow | None = None


def sourced_passages(record: Record) -> Iterator[SourcedPassage]:
    """Yield every work that a record names outside its texts, with the words that it supports."""
    for name in record.names:
        yield from (SourcedPassage("_data", source, fixed=(name.language, name.text)) for source in name.sources)
    for fact in record.facts:
        if not fact.in_body:
            yield from (SourcedPassage(fact.id, source, fact.text) for source in fact.sources)
    for relation in record.relations:
        yield from (SourcedPassage(relation.id, source, relation.note) for source in relation.sources)
    if record.quotation:
        quoted = (record.quotation.language, record.quotation.text)
        yield SourcedPassage("", record.quotation.source, fixed=quoted)
    for row in record.dataset.rows if record.dataset else ():
        yield from (SourcedPassage(row.id, source, row=row) for source in row.references())
    for listed in record.nocite:
        yield SourcedPassage("_references", Reference(listed.target, None, listed.span))


def anchors(record: Record) -> frozenset[str]:
    """Return every id that a link into the page of a record may name."""
    own = {fact.id for fact in record.facts} | {relation.id for relation in record.relations}
    own |= {row.id for row in record.dataset.rows} if record.dataset else set()
    body = record.body.versions[record.body.original].anchors if record.body else frozenset()
    return frozenset(own | body) - {""}

"""Resolves every reference between records and works, and collects backlinks.

Relations get their inverses, records the sentences that mention them, and works the statements that cite them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import partial
from html import escape
from typing import NamedTuple

from msgspec import Struct

from atlas.bibliography.citing.syntax import Locator
from atlas.bibliography.parsing.works import Work
from atlas.content.editions import Edition
from atlas.content.files import File
from atlas.content.model import Dataset, DatasetRow, Record, Relation, Site
from atlas.content.records import Content
from atlas.content.reference_checks import Checker, SourcedPassage, sourced_passages
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.markdown.prose import Prose, plain, sentence_with
from atlas.markdown.slots import CLOSE, OPEN, Slot
from atlas.schema.families import COMPARED


class Tie(NamedTuple):
    """A relation seen from one of its ends.

    Attributes:
        relation: the relation.
        source: the id of the record that states it.
        other: the id of the record at the other end.
        outgoing: whether this end states it.
    """

    relation: Relation
    source: str
    other: str
    outgoing: bool


class Mention(Struct, frozen=True):
    """A sentence that names a record or cites a work.

    Attributes:
        record: the id of the record that holds the sentence.
        anchor: the id of its place on the page of that record.
        language: the language of the sentence.
        sentence: escaped text with slots.
        slots: the slots of the sentence.
        locator: the cited place in the work, as written.
    """

    record: str
    anchor: str
    language: str
    sentence: str
    slots: tuple[Slot, ...]
    locator: Locator | None = None


Mentions = Mapping[str, tuple[Mention, ...]]
"""Mentions by the id or key that they name."""


class Atlas(Struct, frozen=True):
    """All data that pages are made from.

    Attributes:
        site: the settings.
        records: records by id.
        addresses: records by the path of their page.
        works: the bibliography, by key.
        files: pictures and downloads, by path.
        ties: relations by record, seen from it.
        listed: ids of the records that list a record, by key (actors, supports…) and record.
        mentions: sentences that name a record, by language, then by record.
        cited_by: statements that cite a work, by language, then by key of the work.
        cited: the works that something cites, sorted by key.
        shaky: ids of records whose files have errors, so that something missing from them may be in the file.
        broken_paths: paths of the pages of records that cannot be read at all.
        rows: for each record, the digest of all that it was read from.
        editions: the editions that were released, the oldest first.
    """

    site: Site
    records: Mapping[str, Record]
    addresses: Mapping[str, Record]
    works: Mapping[str, Work]
    files: Mapping[str, File]
    ties: Mapping[str, tuple[Tie, ...]]
    listed: Mapping[tuple[str, str], tuple[str, ...]]
    mentions: Mapping[str, Mentions]
    cited_by: Mapping[str, Mentions]
    cited: tuple[Work, ...]
    shaky: frozenset[str] = frozenset()
    broken_paths: frozenset[str] = frozenset()
    rows: Mapping[str, str] = {}
    editions: tuple[Edition, ...] = ()

    def family(self, name: str) -> tuple[Record, ...]:
        """Return the records of a family, by id."""
        return tuple(record for record in self.records.values() if record.family == name)

    def compared(self) -> tuple[Record, ...]:
        """Return the records of the family whose dimensions are compared, by id."""
        return self.family(COMPARED.id)


def link(
    site: Site,
    content: Content,
    works: Mapping[str, Work],
    files: Mapping[str, File],
    known_files: Set[str],
    bibliography: str,
    memo: Memo = NO_MEMO,
) -> tuple[Atlas, tuple[Problem, ...]]:
    """Resolve every id, key and fragment, and report those without a target.

    Args:
        site: the settings.
        content: the records.
        works: the bibliography, by key.
        files: the pictures and downloads, by path.
        known_files: paths of all files in content/files/, also of those whose description has an error.
        bibliography: the text of the .bib file, to find the entries that failed to parse.
        memo: the results of the last reading in the same process.
    """
    records = {id: content.records[id] for id in sorted(content.records)}
    checker = Checker(site, records, content.broken, content.shaky, works, known_files, bibliography)
    for record in records.values():
        checker.check(record)
    checker.check_signers()
    checker.check_contrasts()
    mentions: _ByLanguage = {language: defaultdict(list) for language in site.languages}
    cited_by: _ByLanguage = {language: defaultdict(list) for language in site.languages}
    for id, record in records.items():
        inputs = (record, tuple(site.languages), site.places if record.dataset else None)
        own = memo.get(("references", id), inputs, partial(_references, site, record))
        for found, rows in ((mentions, own.mentions), (cited_by, own.citations)):
            for language, named in rows.items():
                for name, mention in named:
                    found[language][name].append(mention)
    keys = {key for named in cited_by.values() for key in named}
    atlas = Atlas(
        site,
        records,
        {record.address: record for record in reversed(records.values())},
        works,
        files,
        _ties(site, records),
        _listed(records),
        _sorted(mentions),
        _sorted(cited_by),
        tuple(works[key] for key in sorted(keys) if key in works),
        content.shaky,
        content.broken_paths,
        content.rows,
    )
    return atlas, tuple(checker.problems)


def _ties(site: Site, records: Mapping[str, Record]) -> dict[str, tuple[Tie, ...]]:
    ties: dict[str, list[Tie]] = defaultdict(list)
    for record in records.values():
        for relation in record.relations:
            if relation.target not in records:
                continue
            ties[record.id].append(Tie(relation, record.id, relation.target, True))
            ties[relation.target].append(Tie(relation, record.id, record.id, False))
    order = list(site.relation_types)
    return {
        id: tuple(sorted(own, key=lambda tie: (order.index(tie.relation.type), not tie.outgoing, tie.other)))
        for id, own in sorted(ties.items())
    }


def _listed(records: Mapping[str, Record]) -> dict[tuple[str, str], tuple[str, ...]]:
    listed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records.values():
        for key, links in record.links.items():
            for target in dict.fromkeys(link.target for link in links):
                listed[key, target].append(record.id)
    return {key: tuple(ids) for key, ids in sorted(listed.items())}


_Named = tuple[tuple[str, Mention], ...]
_ByLanguage = dict[str, defaultdict[str, list[Mention]]]


class _References(NamedTuple):
    """The mentions that a record makes, each with what it names, by language.

    Attributes:
        mentions: sentences that name another record; a cell of a table has no sentence.
        citations: statements that cite a work.
    """

    mentions: Mapping[str, _Named]
    citations: Mapping[str, _Named]


def _references(site: Site, record: Record) -> _References:
    texts = record.texts()
    passages = list(sourced_passages(record))
    mentions: dict[str, _Named] = {}
    citations: dict[str, _Named] = {}
    for language in site.languages:
        naming: dict[tuple[object, ...], tuple[str, Mention]] = {}
        citing: dict[tuple[object, ...], tuple[str, Mention]] = {}
        lines = _rows_as_text(site, record.dataset, language) if record.dataset else {}
        for row in passages:
            shown = (language, *lines[row.anchor]) if row.row else _shown(row, language)
            _add(citing, row.reference.work, Mention(record.id, row.anchor, *shown, row.reference.locator))
        for name, text in texts.items():
            used, prose = text.version(language)
            for number, slot in prose.pointing():
                if slot.kind == "record" and slot.target != record.id:
                    mention = _mention(record, name, used, prose, number)
                    if mention.sentence:
                        _add(naming, slot.target, mention)
                for cite, _ in slot.cites:
                    _add(citing, cite.key, _mention(record, name, used, prose, number, cite.locator))
        mentions[language], citations[language] = tuple(naming.values()), tuple(citing.values())
    return _References(mentions, citations)


def _add(found: dict[tuple[object, ...], tuple[str, Mention]], name: str, mention: Mention) -> None:
    """Add a mention, unless the same is there; slots are compared by identity, since many mentions share them."""
    identity = name, mention.anchor, mention.language, mention.sentence, mention.locator, id(mention.slots)
    found.setdefault(identity, (name, mention))


def _sorted(found: _ByLanguage) -> dict[str, dict[str, tuple[Mention, ...]]]:
    return {
        language: {name: tuple(mentions) for name, mentions in sorted(named.items())}
        for language, named in found.items()
    }


def _shown(row: SourcedPassage, language: str) -> tuple[str, str, tuple[Slot, ...]]:
    """Return the language, the escaped text and the slots of a passage that cites a work, not a row of a dataset."""
    if row.text is None:
        used, words = row.fixed
        return used or language, escape(words, quote=False), ()
    used, prose = row.text.version(language)
    return used, plain(prose.html), prose.slots


def _rows_as_text(site: Site, dataset: Dataset, language: str) -> dict[str, tuple[str, tuple[Slot, ...]]]:
    """Return each row of a dataset as text by its id: once, because mentions with the same slots are one."""
    return {row.id: _row_as_text(site, dataset, row, language) for row in dataset.rows}


def _row_as_text(site: Site, dataset: Dataset, row: DatasetRow, language: str) -> tuple[str, tuple[Slot, ...]]:
    """Return the values of a row of a dataset as escaped text, with a slot for each record that it names."""
    words: list[str] = []
    slots: list[Slot] = []
    for column in dataset.columns:
        for cell in row.cells.get(column.id, ()):
            text = cell.text(language)
            if column.type == "record":
                words.append(f"{OPEN}{len(slots)}{CLOSE}")
                slots.append(Slot("record", cell.span, text))
            else:
                place = site.places.get(text) if column.type == "place" else None
                words.append(escape(place.label.get(language, text) if place else text, quote=False))
    return " · ".join(words), tuple(slots)


def _mention(
    record: Record, text: str, language: str, prose: Prose, slot: int, locator: Locator | None = None
) -> Mention:
    table, _, id = text.partition("/")
    anchor = prose.anchor_of(slot) if text == "body" else id if table in ("facts", "relations") else ""
    return Mention(record.id, anchor, language, sentence_with(prose, slot), prose.slots, locator)


def uncited(atlas: Atlas) -> Iterator[Problem]:
    """Yield a note for each work that nothing cites: authors see it, readers do not."""
    cited = {work.key for work in atlas.cited}
    for work in atlas.works.values():
        if work.key not in cited:
            hint = "cite it, list it under nocite, or remove it"
            yield Problem(work.span, Rule.UNCITED_WORK, f'nothing cites "{work.key}"', hint)

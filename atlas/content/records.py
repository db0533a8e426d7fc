"""Reads the files of content/ into records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from atlas.content.front_matter import ParsedFile, parse_file
from atlas.content.model import Record, Text
from atlas.content.parse_cache import ParseCache
from atlas.content.record_builder import RecordBuilder
from atlas.content.record_files import RecordFiles, group_files
from atlas.content.translation_checks import with_ids_of_original
from atlas.core.failures import at_work_on
from atlas.core.parallel import map_in_processes
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.i18n.edtf import parse_edtf
from atlas.markdown.link_targets import BRACKETED, OUTSIDE
from atlas.markdown.passages import Passage
from atlas.markdown.prose import Prose
from atlas.schema.families import BY_FOLDER, translation_table
from atlas.schema.field_types import Declared, Located


class Content(Struct, frozen=True):
    """The records of an atlas, and what later stages must not report again.

    Attributes:
        records: the records by id.
        broken: ids of records whose files could not be read.
        shaky: ids of records whose files have errors.
        broken_paths: the paths that the pages of broken records may have.
        remarks: the results of the checks of single records (`study`).
        rows: for each record, the digest of all that it was read from; empty if the bytes of the files are not known.
    """

    records: Mapping[str, Record]
    broken: frozenset[str]
    shaky: frozenset[str] = frozenset()
    broken_paths: frozenset[str] = frozenset()
    remarks: tuple[Problem, ...] = ()
    rows: Mapping[str, str] = {}


class RecordResult(Struct, frozen=True, array_like=True):
    """The result of reading one record.

    Attributes:
        record: the record, or None if it cannot be read.
        problems: what is wrong with its files.
        remarks: the results of the checks of this record (`study`).
    """

    record: Record | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()


def read_records(
    sources: Mapping[str, Source],
    declared: Declared,
    unreadable: Iterable[str] = (),
    study: Callable[[RecordResult], Iterable[Problem]] | None = None,
    parse_cache: ParseCache | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> tuple[Content, tuple[Problem, ...]]:
    """Read every record and its translations.

    Args:
        sources: the text files by path.
        declared: the ids that the site declares.
        unreadable: paths of files that could not be decoded.
        study: checks each record by itself; its problems go to `Content.remarks`.
        parse_cache: the entries of earlier builds, and the place for new ones.
        tick: called from time to time with the number of records read and their total.
    """
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    broken = {PurePosixPath(path).name.partition(".")[0]: PurePosixPath(path).parent.name for path in unreadable}
    shaky: set[str] = set()
    originals: dict[str, str] = {}
    groups, stray = group_files(sources, declared)
    problems += [problem for problem in stray if PurePosixPath(problem.span.path).name.partition(".")[0] not in broken]
    readable: list[RecordFiles] = []
    for group in groups:
        first = originals.setdefault(group.id, group.path)
        if first != group.path:
            hint = f"rename one of the two files; the other is {first}"
            problems.append(Problem(Span(group.path, 1, 1), Rule.DUPLICATE_ID, f'the id "{group.id}" is taken', hint))
            continue
        readable.append(group)
    remarks: list[Problem] = []
    parse_cache = parse_cache or ParseCache()
    keys = {group.id: parse_cache.key(group.path, *(path for _, path in group.translations)) for group in readable}
    for group, row in zip(readable, _rows(readable, keys, sources, declared, study, parse_cache, tick), strict=True):
        problems += row.problems
        remarks += row.remarks
        if any(problem.severity == "error" and problem.span.path == group.path for problem in row.problems):
            shaky.add(group.id)
        if row.record:
            records[row.record.id] = row.record
        else:
            broken[group.id] = group.family.folder
    families = {id: BY_FOLDER[folder] for id, folder in broken.items() if folder in BY_FOLDER}
    paths = {family.path(id) for id, family in families.items()}
    paths |= {f"/{family.folder}/" for family in families.values() if family.has_index}
    rows = keys if parse_cache.digests else {}
    return Content(records, frozenset(broken), frozenset(shaky), frozenset(paths), tuple(remarks), rows), tuple(
        problems
    )


def _rows(
    groups: list[RecordFiles],
    keys: Mapping[str, str],
    sources: Mapping[str, Source],
    declared: Declared,
    study: Callable[[RecordResult], Iterable[Problem]] | None,
    parse_cache: ParseCache,
    tick: Callable[[int, int], None] | None,
) -> Iterator[RecordResult]:
    """Yield the result for each record, parsed again where the cache has none.

    Args:
        groups: the files of the records.
        keys: the keys of the cache entries, by id of the record.
        sources: the text files by path.
        declared: the ids that the site declares.
        study: checks each record by itself.
        parse_cache: the cache.
        tick: called from time to time with the number of records read and their total.
    """
    found = {group.path: parse_cache.find(group.path, keys[group.id]) for group in groups}

    def read(group: RecordFiles) -> bytes:
        with at_work_on(group.path):
            record, problems = _read_record(group, sources, declared)
            row = RecordResult(record, tuple(problems))
            if study:
                row = RecordResult(record and _lean(record), row.problems, tuple(study(row)))
            return _ENCODER.encode(row)

    unread = [group for group in groups if found[group.path] is None]
    ticked = (lambda done: tick(done, len(unread))) if tick else None
    for group, data in zip(unread, map_in_processes(read, unread, ticked, _FEW), strict=True):
        found[group.path] = data
        parse_cache.keep(group.path, keys[group.id], data)
    decode = msgspec.msgpack.Decoder(RecordResult).decode
    return (parse_cache.value(group.path, keys[group.id], found[group.path] or b"", decode) for group in groups)


def _lean(record: Record) -> Record:
    """Return a record without the sources of its texts, if these are no longer needed.

    Records with translations keep them, to compare the versions, and so do texts with external links or words in single
    brackets, to report their place.
    """
    if record.translations:
        return record
    return replace(
        record,
        title=_without_passage(record.title),
        summary=_without_passage(record.summary),
        lead=_without_passage(record.lead),
        body=_without_passage(record.body),
        facts=tuple(replace(fact, text=_without_passage(fact.text)) for fact in record.facts),
        relations=tuple(replace(relation, note=_without_passage(relation.note)) for relation in record.relations),
        changes=tuple(replace(change, text=_without_passage(change.text)) for change in record.changes),
    )


def _without_passage(text: Text | None) -> Text | None:
    if text is None or any(_is_checked_later(prose) for prose in text.versions.values()):
        return text
    versions = text.versions.items()
    return Text(text.original, {id: replace(prose, passage=Passage("", prose.passage.span)) for id, prose in versions})


def _is_checked_later(prose: Prose) -> bool:
    return bool(OUTSIDE.search(prose.html) or BRACKETED.search(prose.passage.text))


_FEW = 20
"""How many records to parse for each process justify a second one: with its translations, one takes some 20 ms."""
_SOME_DAY = parse_edtf("2000-01-01")
"""The date of a record that gives none; no build publishes it."""
_ENCODER = msgspec.msgpack.Encoder()


def _read_record(
    group: RecordFiles, sources: Mapping[str, Source], declared: Declared
) -> tuple[Record | None, list[Problem]]:
    page = parse_file(sources[group.path], group.family, group.family.table, declared)
    problems = page.problems
    translated: dict[str, ParsedFile] = {}
    for language, path in group.translations:
        translation = parse_file(sources[path], group.family, translation_table(group.family), declared)
        translation.problems = with_ids_of_original(translation, page)
        problems += translation.problems
        if translation.values is not None:
            translated[language] = translation
    languages = declared.get("language", ())
    if page.values is None or not (page.values["lang"] or languages):
        return None, problems
    # What a record must have and this one lacks has been reported; with a substitute the preview can show the rest.
    language = next((id for id in languages if id not in translated), languages[0]) if languages else ""
    page.values["lang"] = page.values["lang"] or Located(language, Span(group.path, 1, 1))
    page.values["date"] = page.values["date"] or _SOME_DAY
    return RecordBuilder(group, page, translated, problems).record(), problems

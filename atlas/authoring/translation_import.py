"""Imports a translator's file: checks it unit by unit, and writes the files of the translations."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from atlas.authoring import po_files
from atlas.authoring.po_files import PoEntry, PoFile
from atlas.authoring.translation_units import Unit, Versions, is_body
from atlas.authoring.translation_writer import body_with, file_with
from atlas.authoring.translations import CheckedFiles, concerning, read_atlas
from atlas.authoring.unit_checks import check_unit
from atlas.content.model import Record, Site
from atlas.content.records import read_records
from atlas.core.output import write_text
from atlas.core.problems import Problem, Span, has_errors, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source, read_file
from atlas.i18n.locales import Language, subtag_of
from atlas.lint.translation_status import with_digests
from atlas.schema.families import BY_FAMILY


class Import(Struct, frozen=True):
    """The results of an import: the files written, the counts of units, and the problems.

    Attributes:
        fuzzy: the number of units that are not confirmed.
        empty: the number of units without a translation.
    """

    files: int = 0
    units: int = 0
    fuzzy: int = 0
    empty: int = 0
    problems: tuple[Problem, ...] = ()


class _Taken(Struct, frozen=True):
    """A unit with the entry that translates it."""

    unit: Unit
    entry: PoEntry


def take_back(root: Path, path: Path) -> Import:
    """Import a PO file into the translations; if it has an error, nothing is written."""
    source, problems = read_file(path)
    if source is None or has_errors(problems):
        return Import(problems=problems)
    file, problems = po_files.read(source)
    atlas = read_atlas(root)
    if file is None or atlas.site is None:
        return Import(problems=(*problems, *atlas.problems))
    named = {entry.context.partition("/")[0] for entry in file.entries}
    own = concerning(atlas.problems, [record for id, record in atlas.records.items() if id in named])
    if has_errors(own):
        return Import(problems=(*problems, *own))
    language = _language(file, atlas.site)
    if language is None:
        hint = f'write "Language: CODE\\n" in its header, with {nearest(file.language, atlas.site.languages)}'
        message = f'the header names the language "{file.language}", which the atlas has not'
        return Import(problems=(Problem(Span(source.path, 1, 1), Rule.BAD_TRANSLATION_FILE, message, hint),))
    taken, found = _taken(file, source.path, atlas, language)
    texts, more = _files(taken, source.path, atlas, language)
    found += more
    fuzzy = sum(entry.fuzzy and bool(entry.translation) for entry in file.entries)
    empty = sum(not entry.translation for entry in file.entries)
    if has_errors(found):
        return Import(0, 0, fuzzy, empty, tuple(found))
    for name, text in texts.items():
        write_text(root / name, text)
    return Import(len(texts), len(taken), fuzzy, empty, tuple(found))


def _language(file: PoFile, site: Site) -> Language | None:
    """Return the language of the site for a header: `fr_FR` is `fr` if no closer one exists."""
    tags = {language.tag.lower(): language for language in site.languages.values()}
    tags |= {language.id.lower(): language for language in site.languages.values()}
    subtags = Counter(subtag_of(language.tag) for language in site.languages.values())
    near = [each for each in site.languages.values() if subtag_of(each.tag) == subtag_of(file.language)]
    return tags.get(file.language.lower()) or (near[0] if near and subtags[subtag_of(near[0].tag)] == 1 else None)


# Entries.


def _taken(file: PoFile, path: str, atlas: CheckedFiles, language: Language) -> tuple[list[_Taken], list[Problem]]:
    """Return the entries to import, and the problems of the entries."""
    assert atlas.site
    known = {
        context: unit
        for record in atlas.records.values()
        if record.original != language.id
        for context, unit in Versions.of(record, language.id).by_context().items()
    }
    taken: dict[str, _Taken] = {}
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for entry in file.entries:
        unit, found = known.get(entry.context), Span(path, entry.line, 1)
        if unit is None:
            problems.append(_unknown(entry, found, known))
        elif entry.context in lines:
            hint = f"keep one of the two; the other is on line {lines[entry.context]}"
            problems.append(Problem(found, Rule.DUPLICATE_ID, f"{entry.context} is given again", hint))
        elif entry.translation and not entry.fuzzy:
            original = atlas.site.languages[atlas.records[unit.record].original]
            own = list(_checked(entry, unit, found, original.tag, language.tag, atlas.records))
            problems += own
            if not own:
                taken[entry.context] = _Taken(unit, entry)
        lines.setdefault(entry.context, entry.line)
    return list(taken.values()), problems


def _unknown(entry: PoEntry, span: Span, known: Mapping[str, Unit]) -> Problem:
    if not entry.context:
        hint = "leave msgctxt as the export wrote it; export again where it is lost"
        return Problem(span, Rule.UNKNOWN_TEXT, "this unit has no msgctxt, which names its record and text", hint)
    hint = nearest(entry.context, known, "export again: the record or text has been removed or renamed", nearness=0.8)
    return Problem(span, Rule.UNKNOWN_TEXT, f'the atlas has no text "{entry.context}" to translate', hint)


def _checked(
    entry: PoEntry, unit: Unit, span: Span, original: str, own: str, records: Mapping[str, Record]
) -> Iterator[Problem]:
    if _plain(entry.source) != _plain(unit.source):
        hint = "this unit is left out: export again, and carry its translation over"
        yield Problem(span, Rule.UNIT_OUTDATED, f"{unit.context}: the original has changed since the export", hint)
    elif entry.translation != unit.translation:
        yield from check_unit(replace(unit, translation=entry.translation), span, original, own, records)


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))


# Files.


def _files(
    taken: Iterable[_Taken], path: str, atlas: CheckedFiles, language: Language
) -> tuple[dict[str, str], list[Problem]]:
    """Return the new text of each file that changes, by path."""
    by_record: dict[str, list[_Taken]] = {}
    for each in taken:
        by_record.setdefault(each.unit.record, []).append(each)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for id, own in by_record.items():
        record = atlas.records[id]
        is_yaml = BY_FAMILY[record.family].form == "yaml"
        name = _path(record, language.id)
        source = atlas.sources.get(name) or Source(name, "")
        changed, renewed, found = _changed(record, own, path, language.id, source, is_yaml)
        problems += found
        is_as_read = name in atlas.sources and changed == source.text  # and it has no errors: see take_back
        after, found = (record, []) if is_as_read else _read_again(record, replace(source, text=changed), atlas)
        problems += [
            Problem(Span(path, own[0].entry.line, 1), problem.rule, f"{id}: {problem.message}", problem.hint)
            for problem in found
        ]
        if after:
            changed = with_digests(changed, after, language.id, is_yaml, renewed)
            if changed != source.text:
                texts[name] = source.mark + changed.replace("\n", source.newline)
    return texts, problems


def _path(record: Record, language: str) -> str:
    stem, _, form = record.path.rpartition(".")
    return f"{stem}.{language}.{form}"


def _changed(
    record: Record, taken: list[_Taken], path: str, language: str, source: Source, is_yaml: bool
) -> tuple[str, set[str], list[Problem]]:
    """Return the file of a translation with the imported texts, and the names of the texts fully translated."""
    versions = Versions.of(record, language)
    words = {each.unit.key: each.entry.translation for each in taken}
    texts = {each.unit.key: each.entry.translation for each in taken if not is_body(each.unit.part)}
    new = {name: text for name, text in texts.items() if name not in versions.own or versions.own[name].words != text}
    bodies = [each for each in taken if is_body(each.unit.part)]
    body = body_with(versions, words) if bodies else None
    problems: list[Problem] = []
    renewed = set(texts)
    if bodies and body is None:
        left = [
            unit for unit in versions.units() if is_body(unit.part) and unit.key not in words and not unit.translation
        ]
        message = f"{record.id}: {len(left)} paragraphs of the body are not translated, so that none of it is taken"
        hint = f"translate the rest, from {left[0].context} on, and import the file again"
        problems.append(Problem(Span(path, bodies[0].entry.line, 1), Rule.UNFINISHED_BODY, message, hint))
    elif body is not None:
        renewed |= {part for part in versions.original if is_body(part) and _is_whole(versions, part, words)}
    before = record.body.versions[language].passage.text if record.body and language in record.body.versions else None
    body = None if body == before else body
    if not new and body is None:
        return source.text, renewed, problems
    return file_with(source, new, body, is_yaml=is_yaml), renewed, problems


def _is_whole(versions: Versions, part: str, words: Mapping[str, str]) -> bool:
    """Return whether the import contains all units of a section."""
    return part in words or {unit.key for unit in versions.blocks(part)} <= words.keys()


def _read_again(record: Record, changed: Source, atlas: CheckedFiles) -> tuple[Record | None, list[Problem]]:
    """Return the record with its new translation, and the errors that it would have."""
    paths = [record.path, *(file.path for file in record.translations.values())]
    sources = {path: atlas.sources[path] for path in paths} | {changed.path: changed}
    content, problems = read_records(sources, atlas.declared)
    return content.records.get(record.id), [problem for problem in problems if problem.severity == "error"]

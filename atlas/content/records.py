"""The files of content/ → Records: front matter, YAML, Markdown and translations joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from atlas.content import schema
from atlas.content.folders import Group, grouped
from atlas.content.joining import Joining
from atlas.content.matter import Page, read_page
from atlas.content.model import (
    Record,
)
from atlas.content.shapes import Declared
from atlas.forking import shared
from atlas.problems import Problem, Span
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
    record = Joining(group, page, translated, problems).record()
    # Without a name or a title there is nothing to call it by: what is wrong has been told.
    return (record if record.names or record.title else None), problems

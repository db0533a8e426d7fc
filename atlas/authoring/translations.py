"""Reports the status of translations (missing, behind, not reviewed, up to date) and accepts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from atlas.content.model import Record, Site
from atlas.content.records import read_records
from atlas.content.site_config import SITE_PATH, read_site
from atlas.core.output import write_text
from atlas.core.problems import Problem, Span, has_errors, in_order, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source, read_input
from atlas.lint.translation_status import TranslationStatus, translation_statuses, with_digests
from atlas.schema.families import BY_FAMILY
from atlas.schema.field_types import Declared

_COLUMNS = ("record", "language", "missing", "behind", "reviewed")
_PROGRESS = ("language", "kind", "records", "complete", "texts missing", "texts behind", "reviewed")


class Overview(Struct, frozen=True):
    """The status of the translations of an atlas: two tables as lines of Markdown, and the problems of the files.

    Attributes:
        progress: the table by language and kind of record.
        rows: the table of the records that lack something.
        records: the number of those records.
        data: the rows of both tables by their columns, for programs.
    """

    progress: tuple[str, ...]
    rows: tuple[str, ...]
    records: int
    problems: tuple[Problem, ...]
    data: Mapping[str, tuple[Mapping[str, str], ...]] = {}


class CheckedFiles(Struct, frozen=True):
    """The files of an atlas and its records, for the commands for translators.

    Attributes:
        site: the site; None if it has errors.
        sources: the files by path.
        declared: the declarations of site.yaml.
    """

    sources: Mapping[str, Source]
    site: Site | None
    declared: Declared
    records: Mapping[str, Record]
    problems: tuple[Problem, ...]


def read_atlas(root: Path) -> CheckedFiles:
    """Read the records of an atlas with their translations."""
    files, problems = read_input(root)
    return checked_files({source.path: source for source in files.sources}, problems)


def checked_files(sources: Mapping[str, Source], unread: Iterable[Problem] = ()) -> CheckedFiles:
    """Read the records of some files.

    Args:
        sources: the files by path.
        unread: the problems of reading them.
    """
    site, declared, found = read_site(sources)
    content, more = read_records(sources, declared)
    return CheckedFiles(sources, site, declared, content.records, in_order((*unread, *found, *more)))


def concerning(problems: Iterable[Problem], records: Iterable[Record]) -> tuple[Problem, ...]:
    """Return the problems of `site.yaml` and of the files of some records: mistakes of others stop no command."""
    paths = {SITE_PATH}
    for record in records:
        paths |= {record.path, *(each.path for each in record.translations.values())}
    return tuple(problem for problem in problems if problem.span.path in paths)


def overview(root: Path, *, unsigned: bool = False) -> Overview:
    """Return the status of the translations, by language and kind, and record by record.

    Args:
        root: the folder of the atlas.
        unsigned: whether to list records that lack only the signature of an editor.
    """
    atlas = read_atlas(root)
    if atlas.site is None:
        return Overview((), (), 0, atlas.problems)
    statuses = list(translation_statuses(atlas.records.values(), atlas.site.languages))
    rows = [_row(each) for each in statuses if not _is_current(each) or (unsigned and not each.reviewed)]
    progress = list(_progress(statuses, atlas.records))
    data = {
        "progress": tuple(dict(zip(_PROGRESS, row, strict=True)) for row in progress),
        "translations": tuple(dict(zip(_COLUMNS, row, strict=True)) for row in rows),
    }
    table = _markdown(_COLUMNS, rows) if rows else ()
    return Overview(_markdown(_PROGRESS, progress), table, len(rows), atlas.problems, data)


def _progress(statuses: Sequence[TranslationStatus], records: Mapping[str, Record]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each language and kind, in the order of the languages and of the kinds."""
    groups: dict[tuple[str, str], list[TranslationStatus]] = {}
    for status in statuses:
        groups.setdefault((status.language, records[status.record].family), []).append(status)
    for (language, family), own in groups.items():
        numbers = (
            len(own),
            sum(_is_current(each) for each in own),
            sum(len(each.missing) for each in own),
            sum(len(each.behind) for each in own),
            sum(bool(each.reviewed) for each in own),
        )
        yield language, BY_FAMILY[family].folder, *map(str, numbers)


def _markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    lines = (columns, tuple("---" for _ in columns), *rows)
    return tuple("| " + " | ".join(row) + " |" for row in lines)


def _unknown(records: Mapping[str, Record], wanted: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Yield problems for records and translations that the command line names and that do not exist."""
    for id, language in wanted:
        if id not in records:
            yield Problem(Span("content"), Rule.UNKNOWN_RECORD, f'no record "{id}"', nearest(id, records))
        elif language and language not in records[id].translations:
            hint = nearest(language, records[id].translations)
            yield Problem(Span("content"), Rule.UNKNOWN_LANGUAGE, f'no translation "{id}.{language}"', hint)


def _is_current(status: TranslationStatus) -> bool:
    return not status.missing and not status.behind


def _row(status: TranslationStatus) -> tuple[str, ...]:
    missing = "everything" if not status.path else ", ".join(status.missing)
    signed = f"{status.reviewed.name}, {status.reviewed.date}" if status.reviewed else "no"
    return status.record, status.language, missing or "–", ", ".join(status.behind) or "–", signed


def accept(root: Path, ids: Sequence[str]) -> tuple[int, tuple[Problem, ...]]:
    """Write the digests of the originals into the translations of some records (`ID`, or `ID.LANG` for one of them).

    Returns:
        How many files were changed, and the problems; if there is an error, nothing is written.
    """
    atlas = read_atlas(root)
    records = atlas.records
    wanted = [(id.partition(".")[0], id.partition(".")[2]) for id in ids]
    problems = concerning(atlas.problems, [records[id] for id, _ in wanted if id in records])
    problems += tuple(_unknown(records, wanted))
    if atlas.site is None or has_errors(problems):
        return 0, problems
    texts: dict[str, str] = {}
    for id, only in wanted:
        for language, file in records[id].translations.items():
            if only in ("", language):
                source = atlas.sources[file.path]
                text = with_digests(source.text, records[id], language, file.path.endswith(".yaml"))
                if text != source.text:
                    texts[file.path] = source.mark + text.replace("\n", source.newline)
    for path, text in texts.items():
        write_text(root / path, text)
    return len(texts), problems

"""The status of translations: missing, behind, not reviewed, up to date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from atlas.content.model import Record, Site
from atlas.content.records import read_records
from atlas.content.site_config import read_site
from atlas.core.output import write_text
from atlas.core.problems import Problem, Span, has_errors, in_order, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source, read_input
from atlas.lint.translation_status import TranslationStatus, translation_statuses, with_digests

_COLUMNS = ("record", "language", "missing", "behind", "reviewed")


def _read(root: Path) -> tuple[dict[str, Source], Site | None, Mapping[str, Record], tuple[Problem, ...]]:
    files, problems = read_input(root)
    sources = {source.path: source for source in files.sources}
    site, declared, found = read_site(sources)
    content, more = read_records(sources, declared)
    return sources, site, content.records, in_order((*problems, *found, *more))


def table(root: Path) -> tuple[list[str], tuple[Problem, ...]]:
    """A table of the translations that lack something, as lines of Markdown, and the mistakes in the files."""
    _, site, records, problems = _read(root)
    if site is None:
        return [], problems
    rows = [
        _row(status) for status in translation_statuses(records.values(), site.languages) if not _is_complete(status)
    ]
    lines = [_COLUMNS, tuple("---" for _ in _COLUMNS), *rows]
    return ["| " + " | ".join(row) + " |" for row in lines], problems


def _unknown(records: Mapping[str, Record], wanted: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Records and translations that were named on the command line and are not there."""
    for id, language in wanted:
        if id not in records:
            yield Problem(Span("content"), Rule.UNKNOWN_RECORD, f'no record "{id}"', nearest(id, records))
        elif language and language not in records[id].translations:
            hint = nearest(language, records[id].translations)
            yield Problem(Span("content"), Rule.UNKNOWN_LANGUAGE, f'no translation "{id}.{language}"', hint)


def _is_complete(status: TranslationStatus) -> bool:
    return bool(not status.missing and not status.behind and status.reviewed)


def _row(status: TranslationStatus) -> tuple[str, ...]:
    missing = "everything" if not status.path else ", ".join(status.missing)
    signed = f"{status.reviewed.name}, {status.reviewed.date}" if status.reviewed else "no"
    return status.record, status.language, missing or "–", ", ".join(status.behind) or "–", signed


def accept(root: Path, ids: Sequence[str]) -> tuple[int, tuple[Problem, ...]]:
    """Write into the translations of some records (`ID`, or `ID.LANG` for one of them) the digests of the originals.

    How many files were changed, and what is wrong; with a mistake nothing is written.
    """
    sources, _, records, problems = _read(root)
    wanted = [(id.partition(".")[0], id.partition(".")[2]) for id in ids]
    problems += tuple(_unknown(records, wanted))
    if has_errors(problems):
        return 0, problems
    texts: dict[str, str] = {}
    for id, only in wanted:
        for language, file in records[id].translations.items():
            if only in ("", language):
                source = sources[file.path]
                text = with_digests(source.text, records[id], language, file.path.endswith(".yaml"))
                if text != source.text:
                    texts[file.path] = source.mark + text.replace("\n", source.newline)
    for path, text in texts.items():
        write_text(root / path, text)
    return len(texts), problems

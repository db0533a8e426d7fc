"""Renames a record: its id and files, every link to it, its translations, and an alias for its old address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from atlas.authoring.translations import CheckedFiles, checked_files, read_atlas
from atlas.content.books import places_of, read_books
from atlas.content.model import Record
from atlas.content.record_files import RecordFiles, group_files
from atlas.core.limits import ID_BYTES
from atlas.core.output import write_files
from atlas.core.problems import Problem, Span, has_errors, nearest
from atlas.core.rules import Rule
from atlas.core.sources import TEXT_SUFFIXES, Source
from atlas.lint.translation_status import translation_status, with_digests
from atlas.markdown.passages import KEBAB
from atlas.schema.families import BY_FAMILY

_HOME = "home"


class Renaming(Struct, frozen=True):
    """The result of a renaming.

    Attributes:
        files: the paths that were written, those of the record under their new names.
        problems: why nothing was written, or nothing.
    """

    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def rename(root: Path, old: str, new: str) -> Renaming:
    """Give a record another id, in all files of the atlas or, if there is any problem, in none.

    Args:
        root: the folder of the atlas.
        old: the id of the record.
        new: its new id.
    """
    atlas = read_atlas(root)
    groups = {group.id: group for group in group_files(atlas.sources, atlas.declared)[0]}
    problem = _refused(old, new, atlas, groups)
    if problem:
        return Renaming(problems=(problem,))
    texts = _renamed(atlas, groups[old], new)
    after = checked_files({path: Source(path, text) for path, text in texts.items()})
    left = tuple(_left(after, old, new))
    if left:
        return Renaming(problems=left)
    texts |= _redated(atlas, after, old, new)
    changed = {
        path: text for path, text in texts.items() if path not in atlas.sources or text != atlas.sources[path].text
    }
    moved = [path for _, path in (("", groups[old].path), *groups[old].translations)]
    return _written(root, atlas.sources, changed, {path: _moved(path, old, new) for path in moved})


def _refused(old: str, new: str, atlas: CheckedFiles, groups: Mapping[str, RecordFiles]) -> Problem | None:
    """Return why a record cannot be renamed, or None."""
    where = Span("content")
    if old not in groups:
        return Problem(where, Rule.UNKNOWN_RECORD, f'no record "{old}"', nearest(old, groups))
    if old == _HOME:
        return Problem(Span(groups[old].path), Rule.BAD_ID, "the home page keeps its id", "change its title instead")
    if not KEBAB.fullmatch(new) or new.startswith("by-") or len(new.encode()) > ID_BYTES:
        hint = "choose lower-case letters, digits and hyphens, and another beginning than by-"
        return Problem(where, Rule.BAD_ID, f'"{new}" cannot be the id of a record', hint)
    if new in groups:
        hint = "choose another id, or rename that record first"
        return Problem(Span(groups[new].path), Rule.DUPLICATE_ID, f'the id "{new}" is taken', hint)
    if atlas.site is None or old not in atlas.records:
        return next(each for each in atlas.problems if has_errors([each]))
    address = _address(atlas.records[old], new)
    for record in atlas.records.values():
        if record.id != old and address in (record.address, *(link.target for link in record.aliases)):
            hint = "choose another id, or remove that alias"
            return Problem(Span(record.path), Rule.TAKEN_ALIAS, f"this record has the address {address}", hint)
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    hint = "correct that first, so that no link is missed"
    errors = (each for each in atlas.problems if has_errors([each]))
    unread = next((each for each in errors if _is_unread(each.span.path, atlas)), None)
    if unread:
        message = f'this file cannot be read, and may name "{old}": {unread.message}'
        return Problem(unread.span, unread.rule, message, hint)
    faulty = {each.span.path for each in atlas.problems if each.rule in (Rule.YAML_SYNTAX, Rule.YAML_ALIAS)}
    for path in sorted(faulty):
        if word.search(atlas.sources[path].text):
            return Problem(Span(path), Rule.YAML_SYNTAX, f'this file names "{old}" and cannot be read as a whole', hint)
    return None


def _is_unread(path: str, atlas: CheckedFiles) -> bool:
    """Return whether a path is that of a text in content/ that could not be read at all."""
    return path.startswith("content/") and Path(path).suffix in TEXT_SUFFIXES and path not in atlas.sources


def _moved(path: str, old: str, new: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/{new}{name.removeprefix(old)}"


def _renamed(atlas: CheckedFiles, group: RecordFiles, new: str) -> dict[str, str]:
    """Return the text of every file after the renaming, the files of the record under their new paths."""
    old, record = group.id, atlas.records[group.id]
    places: dict[str, list[Span]] = {}
    for span in _named(atlas, old):
        places.setdefault(span.path, []).append(span)
    own = {group.path, *(path for _, path in group.translations)}
    texts = {}
    for path, source in atlas.sources.items():
        text = source.text
        if path.startswith("content/") and old in text:
            text = _relinked(_replaced(text, places.get(path, ()), old, new), record, old, new)
        if path == group.path and not record.draft:
            text = _with_alias(text, record, new)
        texts[_moved(path, old, new) if path in own else path] = text
    return texts


def _named(atlas: CheckedFiles, id: str) -> Iterator[Span]:
    """Yield the places of the keys that name a record by its id."""
    for dimension in atlas.site.dimensions.values() if atlas.site else ():
        if dimension.contrast and dimension.contrast.target.partition("#")[0] == id:
            yield dimension.contrast.span
    yield from places_of(read_books(atlas.sources, atlas.declared)[0], id)
    for record in atlas.records.values():
        for links in record.links.values():
            yield from (link.span for link in links if link.target == id)
        yield from (relation.span for relation in record.relations if relation.target == id)
        if record.dataset:
            yield from (cell.span for cell in record.dataset.cells("record") if cell.text("") == id)


def _replaced(text: str, places: Iterable[Span], old: str, new: str) -> str:
    """Return a text with an id replaced at some places: in the rest of the line, or in a block below `>` or `|`."""
    written = re.compile(rf"((?:[^\n]*?|[>|][^\n]*\n\s*)(?<![\w-])){re.escape(old)}(?![\w-])")
    lines = text.split("\n")
    for span in sorted(set(places), reverse=True):
        offset = sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1
        if found := written.match(text, offset):
            text = text[:offset] + found[1] + new + text[found.end() :]
    return text


def _relinked(text: str, record: Record, old: str, new: str) -> str:
    """Return a text whose links to a record, by id or by address, name it by its new id."""
    text = re.sub(rf"\[\[(\s*){re.escape(old)}(?=\s*(?:\]\]|[#|\\]))", rf"[[\g<1>{new}", text)
    before, after = record.address, _address(record, new)
    return re.sub(rf"(?<![\w/.-]){re.escape(before)}(?=[\s#)\]}}\"',:]|$)", after, text) if before != after else text


def _address(record: Record, new: str) -> str:
    """Return the address under a new id: the same if the record gives its own path."""
    family = BY_FAMILY[record.family]
    return family.path(new) if record.address == family.path(record.id) else record.address


def _with_alias(text: str, record: Record, new: str) -> str:
    """Return the text of a record with its old address among its aliases, and not its new one."""
    address = _address(record, new)
    if address == record.address:
        return text
    kept = [link.target for link in record.aliases if link.target not in (address, record.address)]
    line = f"aliases: [{', '.join([*kept, record.address])}]"
    lines = text.split("\n")
    first = next((number for number, each in enumerate(lines) if each.startswith("aliases:")), None)
    if first is None:
        date = next((number for number, each in enumerate(lines) if each.startswith("date:")), 0)
        return "\n".join([*lines[: date + 1], line, *lines[date + 1 :]])
    last = first + 1
    while last < len(lines) and re.match(r"\s+\S|- |\]", lines[last]):
        last += 1
    return "\n".join([*lines[:first], line, *lines[last:]])


def _left(after: CheckedFiles, old: str, new: str) -> Iterator[Problem]:
    """Yield what a renaming would leave wrong: a record that cannot be read any more, or a link to the old id."""
    if new not in after.records:
        yield next(each for each in after.problems if has_errors([each]))
    spans = [*_named(after, old)]
    for record in after.records.values():
        for text in record.texts().values():
            for prose in text.versions.values():
                spans += [slot.span for slot in prose.slots if slot.kind == "record" and slot.target == old]
    for span in spans:
        yield Problem(
            span, Rule.UNKNOWN_RECORD, f'this link to "{old}" could not be changed', "change it by hand first"
        )


def _redated(before: CheckedFiles, after: CheckedFiles, old: str, new: str) -> dict[str, str]:
    """Return the files of translations that only the new id has made outdated, with the digests of the originals."""
    texts = {}
    for id, record in before.records.items():
        now = after.records[new if id == old else id]
        for language in record.translations:
            outdated = set(translation_status(now, language).behind) - set(translation_status(record, language).behind)
            path = now.translations[language].path
            if outdated:
                texts[path] = with_digests(after.sources[path].text, now, language, path.endswith(".yaml"), outdated)
    return texts


def _written(root: Path, sources: Mapping[str, Source], texts: Mapping[str, str], moved: Mapping[str, str]) -> Renaming:
    """Write all files, or none."""
    origins = {new: old for old, new in moved.items()}
    files = {}
    for path, text in texts.items():
        source = sources[origins.get(path, path)]
        files[root / path] = (source.mark + text.replace("\n", source.newline)).encode()
    try:
        write_files(files, [root / path for path in moved])
    except OSError as error:
        hint = "see that the files can be written; nothing was changed"
        where = Path(error.filename or root).name
        return Renaming(problems=(Problem(Span(where), Rule.CANNOT_WRITE, str(error.strerror), hint),))
    return Renaming(tuple(sorted({*texts, *moved.values()})))

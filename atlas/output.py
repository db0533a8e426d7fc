"""The only writer: files into the output folder, whole or not at all, and nothing of others' touched.

The folder carries the list of what we made (`.atlas-files`: a digest and a path a line, sorted). It
is written before the first page as the union of old and new, and again at the end, so that a
build that was killed leaves no page of ours a stranger.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from msgspec import Struct, field

from atlas.problems import Problem, Span
from atlas.sources import OUTPUT_LIST, digest
from atlas.stats import Stat, is_settled, stat_of

LEDGER = OUTPUT_LIST
SILENT = frozenset({LEDGER, ".gitkeep", ".gitignore", "CNAME"})
"""Files that may stand in an output folder without a word."""

_TEMPORARY = ".atlas-tmp-"
_NOTED = 10


class Seen(Struct, frozen=True, array_like=True):
    """A file as it was when its bytes were hashed or written: its stat, and its digest."""

    stat: Stat
    digest: str


class Standing:
    """What stands in an output folder: the digest of each file, from its bytes, or from its stat where that proves it.

    seen: the files as an earlier build saw them. since: when that build began, in nanoseconds; 0: no stat is believed.
    """

    def __init__(self, out: Path, seen: Mapping[str, Seen] | None = None, since: int = 0) -> None:
        self.out = out
        self.folder = str(out)
        self.before, self.since = seen or {}, since
        self.now: dict[str, Seen] = {}

    def digest(self, path: str) -> str:
        """The digest of a file; "" where there is none that can be read."""
        if path not in self.now:
            self.now[path] = self._look(path)
        return self.now[path].digest

    def _look(self, path: str) -> Seen:
        try:
            stat = stat_of(os.path.join(self.folder, path))
            known = self.before.get(path)
            if known and known.stat == stat and is_settled(stat, self.since):
                return known
            return Seen(stat, digest((self.out / path).read_bytes()))
        except OSError:
            return Seen((0, 0, 0, 0, 0), "")

    def read(self, path: str) -> bytes:
        """The bytes of a file that stands there. Raises OSError."""
        return (self.out / path).read_bytes()

    def is_file(self, path: str) -> bool:
        """Whether what was looked at is a file itself, and no link to one."""
        return path in self.now and S_ISREG(self.now[path].stat[0])

    def wrote(self, path: str, value: str) -> None:
        """Remember a file that has just been written."""
        self.now[path] = Seen(stat_of(os.path.join(self.folder, path)), value)

    def paths(self) -> tuple[str, ...]:
        """The files in the folder, ours and those of others. Raises OSError."""
        return tuple(path for path, _ in _present(self.out))


class Written(Struct):
    """What a writing did: how many files it wrote, kept as they were, and removed; and the files as they stand now."""

    written: int = 0
    kept: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Seen] = field(default_factory=dict)


def write_site(
    out: Path,
    shown: str,
    files: Mapping[str, bytes],
    *,
    kept: Mapping[str, str] | None = None,
    standing: Standing | None = None,
    force: bool = False,
) -> Written:
    """Make the folder `out` hold these files and those that are kept.

    shown: how messages call the folder; kept: the digests of files that stand there as they are to be, by path;
    standing: what is known of the folder; force: write also what is there.
    """
    result = Written()
    standing = standing or Standing(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        before = _read_ledger(out)
        present = dict(_present(out))
    except OSError as error:
        result.problems.append(_failure(shown, "", error))
        return result
    digests = {path: digest(data) for path, data in files.items()} | dict(kept or {})
    on_disk = {path: standing.digest(path) for path in present if path in digests or path in before}
    result.problems += _occupied(out, shown, digests, before, present, on_disk)
    if result.problems:
        return result
    result.problems += _strangers(shown, present, before, digests)
    result.problems += _edited(shown, before, on_disk, digests)
    try:
        _write_ledger(
            out, {path: before.get(path, set()) | {digests.get(path, "")} - {""} for path in {*before, *digests}}
        )
        for path in _in_the_way(before.keys() - digests.keys(), digests):
            result.removed += _remove(out, path)
        for path in sorted(digests):
            if path not in files or (on_disk.get(path) == digests[path] and not force):
                result.kept += 1
            else:
                _write_file(out / path, files[path])
                standing.wrote(path, digests[path])
                result.written += 1
        for path in sorted(before.keys() - digests.keys()):
            result.removed += _remove(out, path)
        _write_ledger(out, {path: {value} for path, value in digests.items()})
        result.files = {path: standing.now[path] for path in digests}
    except OSError as error:
        result.problems.append(_failure(shown, getattr(error, "filename", None) or "", error))
    return result


def clean_site(out: Path, shown: str) -> Written:
    """Remove from the folder what we made, and nothing else."""
    result = Written()
    try:
        for path in sorted(_read_ledger(out)):
            result.removed += _remove(out, path)
        (out / LEDGER).unlink(missing_ok=True)
    except OSError as error:
        result.problems.append(_failure(shown, "", error))
    return result


def write_text(path: Path, text: str) -> None:
    """Replace one text file of the atlas as a whole."""
    _write_file(path, text.encode())


def _read_ledger(out: Path) -> dict[str, set[str]]:
    """The digests that each file of ours may have; several where a build was interrupted."""
    ledger: dict[str, set[str]] = {}
    try:
        text = (out / LEDGER).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return ledger
    for line in text.split("\n"):
        value, _, path = line.partition("  ")
        if len(value) == 64 and _is_inside(path):
            ledger.setdefault(path, set()).add(value)
    return ledger


def _write_ledger(out: Path, digests: Mapping[str, set[str]]) -> None:
    lines = [f"{value}  {path}\n" for path in sorted(digests) for value in sorted(digests[path])]
    data = "".join(lines).encode()
    if not (out / LEDGER).exists() or (out / LEDGER).read_bytes() != data:
        _write_file(out / LEDGER, data)


def _is_inside(path: str) -> bool:
    return bool(path) and path != "." and not path.startswith("/") and ".." not in path.split("/")


def _present(out: Path) -> Iterator[tuple[str, bool]]:
    """The files in the folder, and whether each is a link; hidden folders are others' business, our leftovers go."""
    waiting = [""]
    while waiting:
        within = waiting.pop()
        folders: list[str] = []
        rows: list[os.DirEntry[str]] = []
        with suppress(OSError), os.scandir(out / within) as found:  # a folder that nobody may read is not ours
            rows = sorted(found, key=lambda entry: entry.name)
        for entry in rows:
            path = within + entry.name
            if entry.name.startswith(_TEMPORARY):
                Path(entry.path).unlink(missing_ok=True)
            elif entry.is_dir(follow_symlinks=False):
                folders += [] if entry.name.startswith(".") else [path + "/"]
            else:
                yield path, entry.is_symlink()
        waiting += reversed(folders)


def _occupied(
    out: Path,
    shown: str,
    digests: Mapping[str, str],
    before: Mapping[str, set[str]],
    present: Mapping[str, bool],
    on_disk: Mapping[str, str],
) -> Iterator[Problem]:
    """Files of others that stand where a page of ours must go."""
    folders = {parent for path in digests for parent in _above(path)}
    for path in sorted(present):
        foreign = path in digests and path not in before and on_disk[path] != digests[path]
        if foreign or (path in folders and path not in before) or (path in digests and present[path]):
            hint = "move it away, or name another folder with --output"
            message = "the build did not make this, and needs its place"
            yield Problem(Span(f"{shown}/{path}"), "foreign-file", message, hint)
    for path in sorted(digests):
        if path not in present and os.path.isdir(out / path) and not _is_ours(path, before, present):
            hint = "move the folder away, or name another with --output"
            yield Problem(Span(f"{shown}/{path}"), "foreign-file", "a folder stands where a page must go", hint)


def _is_ours(folder: str, before: Mapping[str, set[str]], present: Mapping[str, bool]) -> bool:
    """Whether a folder holds files of ours and nothing else, so that it goes when they go."""
    inside = [path for path in present if path.startswith(f"{folder}/")]
    return bool(inside) and all(path in before for path in inside)


def _in_the_way(obsolete: Set[str], digests: Mapping[str, str]) -> list[str]:
    """Files of ours where a folder must go, and those in a folder where a file must go."""
    if not obsolete:
        return []
    folders = {parent for path in digests for parent in _above(path)}
    return [path for path in sorted(obsolete) if path in folders or any(parent in digests for parent in _above(path))]


def _above(path: str) -> Iterator[str]:
    """The folders that a file stands in, the nearest first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)


def _strangers(
    shown: str, present: Mapping[str, bool], before: Mapping[str, set[str]], digests: Mapping[str, str]
) -> Iterator[Problem]:
    strangers = [
        path for path in sorted(present)
        if path not in before and path not in digests and path.rpartition("/")[2] not in SILENT
    ]  # fmt: skip
    for path in strangers[:_NOTED]:
        message = "the build did not make this file and leaves it"
        yield Problem(Span(f"{shown}/{path}"), "foreign-file", message, "remove it if it is not wanted", "note")
    if len(strangers) > _NOTED:
        message = f"{len(strangers) - _NOTED} more files that the build did not make are left"
        yield Problem(Span(shown), "foreign-file", message, "remove them if they are not wanted", "note")


def _edited(
    shown: str, before: Mapping[str, set[str]], on_disk: Mapping[str, str], digests: Mapping[str, str]
) -> Iterator[Problem]:
    for path in sorted(before):
        found = on_disk.get(path)
        if found and found not in before[path] and found != digests.get(path):
            message = f"somebody edited this page; it is {'replaced' if path in digests else 'removed'}"
            hint = "make such changes in content/ or templates/"
            yield Problem(Span(f"{shown}/{path}"), "edited-page", message, hint, "note")


def _write_file(path: Path, data: bytes) -> None:
    temporary = path.parent / f"{_TEMPORARY}{path.name}"
    try:
        try:
            temporary.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _remove(out: Path, path: str) -> bool:
    """Remove a file and the folders that it leaves empty; whether there was one."""
    file = out / path
    if file.parent.resolve() != out.resolve() / PurePosixPath(path).parent:
        return False
    if file.is_dir() and not file.is_symlink():  # others have put a folder there
        return False
    try:
        file.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    for parent in PurePosixPath(path).parents:
        if parent.as_posix() == ".":
            break
        with suppress(OSError):
            (out / parent).rmdir()
    return True


def _failure(shown: str, path: str, error: OSError) -> Problem:
    hint = "free some space, or see that you may write there, or name another folder with --output"
    name = f" ({Path(path).name})" if path else ""
    return Problem(Span(shown), "cannot-write", f"{error.strerror or error}{name}", hint)

"""Writes files into the output folder, all or nothing, and leaves other files alone.

All new files are first written under temporary names and renamed when all are complete: if the disk is full,
the old site remains. The manifest (`atlas.core.output_state`) is written before the first rename, as the
union of old and new, and again at the end, so that the next build recognises every file of a killed build.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from msgspec import Struct, field

from atlas.core.digests import digest
from atlas.core.output_state import (
    FILE_MODE,
    FOLDER_MODE,
    MANIFEST,
    TEMPORARY,
    OutputState,
    SeenFile,
    above,
    as_manifest,
    ours_of,
    present_in,
)
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule

SILENT = frozenset({MANIFEST, ".gitkeep", ".gitignore", "CNAME"})
"""Files that may be in an output folder without a note."""

_NOTED = 10


class WriteResult(Struct):
    """The result of writing or cleaning an output folder.

    Attributes:
        written: number of files written.
        kept: number of files left unchanged.
        removed: number of files removed.
        problems: what went wrong, and notes on files of others.
        files: the files as they are now, by path.
        others: the paths of all other files in the folder.
    """

    written: int = 0
    kept: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, SeenFile] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def write_site(
    out: Path,
    shown: str,
    files: Mapping[str, bytes],
    *,
    kept: Mapping[str, str] | None = None,
    output_state: OutputState | None = None,
    force: bool = False,
) -> WriteResult:
    """Make the output folder hold exactly the given files and the kept ones, next to the files of others.

    If not all files can be written, the folder stays as it was.

    Args:
        out: the output folder.
        shown: the name of the folder in messages.
        files: the bytes of each file, by path.
        kept: the digests of files that are already as they should be, by path.
        output_state: what is known of the folder; read from it if not given.
        force: write also the files that are unchanged.
    """
    result = WriteResult()
    output_state = output_state or OutputState(out)
    digests = {path: digest(data) for path, data in files.items()} | dict(kept or {})
    try:
        # Kept files are on the disk already, so their paths are not too long.
        result.problems += _too_long(out, shown, files)
        if result.problems:
            return result
        _make_folder(out)
        present = dict(present_in(out))
        before = ours_of(out, output_state, digests, present)
    except OSError as error:
        result.problems.append(_failure(shown, "", error))
        return result
    on_disk = {path: output_state.digest(path) for path in present if path in digests or path in before}
    result.problems += _occupied(out, shown, digests, before, present, on_disk)
    if result.problems:
        return result
    result.problems += _foreign_files(shown, present, before, digests)
    result.problems += _edited(shown, before, on_disk, digests)
    wanted = [path for path in sorted(digests) if path in files and (force or on_disk.get(path) != digests[path])]
    made: set[str] = set()
    try:
        staged = _staged(out, wanted, files, made)
    except OSError as error:
        result.problems.append(_failure(shown, getattr(error, "filename", None) or "", error))
        return result
    try:
        union = {path: before.get(path, set()) | {digests.get(path, "")} - {""} for path in {*before, *digests}}
        _write_manifest(out, union)
        for path in _in_the_way(before.keys() - digests.keys(), digests):
            made.clear()
            result.removed += _remove(out, path)
        for path in wanted:
            _make_parents(out, path, made)
            os.replace(staged[path], os.path.join(out, path))
            output_state.wrote(path, digests[path])
            result.written += 1
        for path in digests.keys() - staged.keys():
            output_state.open_to_all(path)
            result.kept += 1
        for path in sorted(before.keys() - digests.keys()):
            result.removed += _remove(out, path)
        _write_manifest(out, {path: {value} for path, value in digests.items()})
        result.files = {path: output_state.now[path] for path in digests}
        left = (path for path in present if path not in digests and os.path.lexists(os.path.join(out, path)))
        result.others = (*left, *(() if MANIFEST in present else (MANIFEST,)))
    except OSError as error:
        done = f"{result.written} of {len(wanted)} new files are in place, and the next build finishes it"
        result.problems.append(_failure(shown, getattr(error, "filename", None) or "", error, done))
    finally:
        _discard(staged.values())
    return result


def _staged(out: Path, paths: Iterable[str], files: Mapping[str, bytes], present: set[str]) -> dict[str, str]:
    """Write files next to their final places under temporary names, and return these by path.

    Args:
        out: the output folder.
        paths: the paths of the files.
        files: the bytes of each file, by path.
        present: receives the folders that are there now.

    Raises:
        OSError: if one cannot be written; then all are removed.
    """
    staged: dict[str, str] = {}
    made: list[Path] = []
    try:
        for number, path in enumerate(paths):
            folder = path.rpartition("/")[0]
            if folder not in present:
                made += _make_folders(out, path)
                while not os.path.isdir(out / folder):  # a file of ours is in its place, and is removed later
                    folder = folder.rpartition("/")[0]
                present.add(folder)
            staged[path] = os.path.join(out, folder, f"{TEMPORARY}{number}")
            _write_bytes(staged[path], files[path])
    except BaseException:
        _discard(staged.values())
        for folder_made in reversed(made):
            with suppress(OSError):
                folder_made.rmdir()
        raise
    return staged


def _make_parents(out: Path, path: str, present: set[str]) -> None:
    """Make the folders that a file is in, unless they are known to be there."""
    folder = path.rpartition("/")[0]
    if folder not in present:
        _make_folder(out / folder)
        present.add(folder)


def _discard(paths: Iterable[str]) -> None:
    """Remove temporary files that were not put in place."""
    for path in paths:
        with suppress(OSError):
            os.unlink(path)


def _too_long(out: Path, shown: str, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each path that is too long for this file system."""
    folder = next(each for each in (out, *out.absolute().parents) if each.is_dir())
    limits = [os.pathconf(folder, name) for name in ("PC_NAME_MAX", "PC_PATH_MAX")] if hasattr(os, "pathconf") else []
    name, whole = limits or (255, 259)
    before = len(os.fsencode(out.absolute())) + len(TEMPORARY) + 8
    for path in sorted(paths):
        if max(len(os.fsencode(part)) for part in path.split("/")) > name or before + len(os.fsencode(path)) > whole:
            hint = "shorten the id, key or alias that it is made of"
            yield Problem(Span(f"{shown}/{path}"), Rule.LONG_NAME, "this path is too long for the file system", hint)


def clean_site(out: Path, shown: str) -> WriteResult:
    """Remove from the folder the files that a build made, and no others.

    Args:
        out: the output folder.
        shown: the name of the folder in messages.
    """
    result = WriteResult()
    try:
        for path in sorted(ours_of(out, OutputState(out), {}, dict(present_in(out)))):
            result.removed += _remove(out, path)
        (out / MANIFEST).unlink(missing_ok=True)
    except OSError as error:
        result.problems.append(_failure(shown, "", error))
    return result


def write_text(path: Path, text: str) -> None:
    """Replace one text file as a whole."""
    _write_file(path, text.encode())


def write_files(files: Mapping[Path, bytes], gone: Iterable[Path] = ()) -> None:
    """Replace some files and remove others; if that fails, all are as they were.

    Args:
        files: the bytes by path.
        gone: the files to remove.

    Raises:
        OSError: a file cannot be written or removed.
    """
    removed = [*gone]
    before = {path: path.read_bytes() if path.is_file() else None for path in (*files, *removed)}
    done: list[Path] = []
    try:
        for path, data in files.items():
            _write_file(path, data)
            done.append(path)
        for path in removed:
            path.unlink()
            done.append(path)
    except OSError:
        for path in done:
            old = before[path]
            if old is None:
                path.unlink()
            else:
                _write_file(path, old)
        raise


@contextmanager
def temporary_folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a folder with some files to a library that reads only from the disk, and remove it afterwards.

    Args:
        files: the bytes by path in the folder.
    """
    with TemporaryDirectory() as name:
        write_files({Path(name) / path: data for path, data in files.items()})
        yield Path(name)


def _write_manifest(out: Path, digests: Mapping[str, set[str]]) -> None:
    data = as_manifest(digests)
    if not (out / MANIFEST).exists() or (out / MANIFEST).read_bytes() != data:
        _write_file(out / MANIFEST, data)


def _occupied(
    out: Path,
    shown: str,
    digests: Mapping[str, str],
    before: Mapping[str, set[str]],
    present: Mapping[str, bool],
    on_disk: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield a problem for each file of others in the place of a page."""
    folders = {parent for path in digests for parent in above(path)}
    for path in sorted(present):
        foreign = path in digests and path not in before and on_disk[path] != digests[path]
        if foreign or (path in folders and path not in before) or (path in digests and present[path]):
            hint = "move it away, or name another folder with --output"
            message = "the build did not make this, and needs its place"
            yield Problem(Span(f"{shown}/{path}"), Rule.OCCUPIED_PATH, message, hint)
    for path in sorted(digests):
        if path not in present and os.path.isdir(out / path) and not _is_ours(path, before, present):
            hint = "move the folder away, or name another with --output"
            yield Problem(Span(f"{shown}/{path}"), Rule.OCCUPIED_PATH, "a folder is in the place of a page", hint)


def _is_ours(folder: str, before: Mapping[str, set[str]], present: Mapping[str, bool]) -> bool:
    """Return whether a folder holds only files that the build made, so that it can be removed with them."""
    inside = [path for path in present if path.startswith(f"{folder}/")]
    return bool(inside) and all(path in before for path in inside)


def _in_the_way(obsolete: Set[str], digests: Mapping[str, str]) -> list[str]:
    """Return files of ours where a folder must be, and those in a folder where a file must be."""
    if not obsolete:
        return []
    folders = {parent for path in digests for parent in above(path)}
    return [path for path in sorted(obsolete) if path in folders or any(parent in digests for parent in above(path))]


def _foreign_files(
    shown: str, present: Mapping[str, bool], before: Mapping[str, set[str]], digests: Mapping[str, str]
) -> Iterator[Problem]:
    strangers = [
        path for path in sorted(present)
        if path not in before and path not in digests and path.rpartition("/")[2] not in SILENT
    ]  # fmt: skip
    for path in strangers[:_NOTED]:
        message = "the build did not make this file and leaves it"
        yield Problem(Span(f"{shown}/{path}"), Rule.UNMANAGED_FILE, message, "remove it if it is not wanted")
    if len(strangers) > _NOTED:
        message = f"{len(strangers) - _NOTED} more files that the build did not make are left"
        yield Problem(Span(shown), Rule.UNMANAGED_FILE, message, "remove them if they are not wanted")


def _edited(
    shown: str, before: Mapping[str, set[str]], on_disk: Mapping[str, str], digests: Mapping[str, str]
) -> Iterator[Problem]:
    for path in sorted(before):
        found = on_disk.get(path)
        if found and found not in before[path] and found != digests.get(path):
            message = f"somebody edited this page; it is {'replaced' if path in digests else 'removed'}"
            hint = "make such changes in content/ or templates/"
            yield Problem(Span(f"{shown}/{path}"), Rule.EDITED_PAGE, message, hint)


def _write_file(path: Path, data: bytes) -> None:
    """Replace a file as a whole, and make the folders that it is in."""
    temporary = os.path.join(path.parent, f"{TEMPORARY}file")
    _make_folder(path.parent)
    try:
        _write_bytes(temporary, data)
        os.replace(temporary, path)
    except OSError:
        _discard([temporary])
        raise


def _write_bytes(path: str, data: bytes) -> None:
    """Write a file that everybody may read, regardless of the umask."""
    with open(path, "wb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
    os.chmod(path, FILE_MODE)


def _make_folders(out: Path, path: str) -> Iterator[Path]:
    """Make the folders that a file is in, except where a file is in the way, and yield the new ones."""
    for parent in reversed(list(above(path))):
        folder = out / parent
        if not os.path.lexists(folder):
            folder.mkdir()
            yield folder
            folder.chmod(FOLDER_MODE)
        elif not folder.is_dir():
            break


def _make_folder(folder: Path) -> None:
    """Make a folder and its parents, which everybody may read, regardless of the umask."""
    if not folder.is_dir():
        if folder.parent != folder:
            _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(FOLDER_MODE)


def _remove(out: Path, path: str) -> bool:
    """Remove a file and the folders that it leaves empty, and return whether there was one."""
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


def _failure(shown: str, path: str, error: OSError, done: str = "nothing was changed") -> Problem:
    hint = "free some space, or see that you may write there, or name another folder with --output"
    name = f" ({Path(path).name})" if path else ""
    return Problem(Span(shown), Rule.CANNOT_WRITE, f"{error.strerror or error}{name}: {done}", hint)

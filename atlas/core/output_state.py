"""Reads the state of an output folder: which files exist and which belong to the atlas.

The folder holds the manifest `.atlas-files`: a digest and a path on each line, sorted, then the digest of
these lines. An incomplete manifest is ignored: the atlas then recognises its files by the state of the
last build and by the metadata in the pages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from stat import S_IMODE, S_ISREG
from urllib.parse import unquote

from msgspec import Struct

from atlas.core.digests import digest
from atlas.core.file_stats import Stat, is_settled, stat_of
from atlas.core.former_build import OUTPUT_LIST

MANIFEST = OUTPUT_LIST
TEMPORARY = ".atlas-tmp-"
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""The modes that a web server needs to read files, regardless of the umask of the builder."""


class SeenFile(Struct, frozen=True, array_like=True):
    """A file as it was when its bytes were hashed or written.

    Attributes:
        stat: its stat.
        digest: the digest of its bytes.
    """

    stat: Stat
    digest: str


class OutputState:
    """The files of an output folder, with the digest of each: from its bytes, or from its stat where that proves it.

    Args:
        seen: the files as an earlier build saw them.
        since: when that build began, in nanoseconds; with 0 no stat is trusted.
    """

    def __init__(self, out: Path, seen: Mapping[str, SeenFile] | None = None, since: int = 0) -> None:
        self.out = out
        self.folder = str(out)
        self.before, self.since = seen or {}, since
        self.now: dict[str, SeenFile] = {}

    def digest(self, path: str) -> str:
        """Return the digest of a file, or "" if it cannot be read."""
        if path not in self.now:
            self.now[path] = self._look(path)
        return self.now[path].digest

    def _look(self, path: str) -> SeenFile:
        try:
            stat = stat_of(os.path.join(self.folder, path))
            known = self.before.get(path)
            if known and known.stat == stat and is_settled(stat, self.since):
                return known
            return SeenFile(stat, digest((self.out / path).read_bytes()))
        except OSError:
            return SeenFile((0, 0, 0, 0, 0), "")

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            OSError: if it cannot be read.
        """
        return (self.out / path).read_bytes()

    def is_file(self, path: str) -> bool:
        """Return whether a path whose digest was read is a regular file and not a link."""
        return path in self.now and S_ISREG(self.now[path].stat[0])

    def wrote(self, path: str, value: str) -> None:
        """Record a file that has just been written.

        Args:
            path: its path.
            value: its digest.
        """
        self.now[path] = SeenFile(stat_of(os.path.join(self.folder, path)), value)

    def open_to_all(self, path: str) -> None:
        """Let everybody read a file of ours and its folder.

        Raises:
            OSError: if the file cannot be looked at or changed.
        """
        self.digest(path)
        if S_IMODE(self.now[path].stat[0]) != FILE_MODE:
            with suppress(PermissionError):  # a file of another user, or a disk without modes
                os.chmod(os.path.join(self.folder, path), FILE_MODE)
                os.chmod(os.path.dirname(os.path.join(self.folder, path)), FOLDER_MODE)
            self.wrote(path, self.now[path].digest)

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files in the folder, those of others too.

        Raises:
            OSError: if the folder cannot be read.
        """
        return tuple(path for path, _ in present_in(self.out))


def is_listed(out: Path, digests: Mapping[str, str]) -> bool:
    """Return whether the manifest is complete and names exactly these files."""
    try:
        return (out / MANIFEST).read_bytes() == as_manifest({path: {value} for path, value in digests.items()})
    except OSError:
        return False


def ours_of(
    out: Path, standing: OutputState, digests: Mapping[str, str], present: Mapping[str, bool]
) -> dict[str, set[str]]:
    """Return the files that belong to the atlas, with the digests that each may have.

    There are several digests where a build was interrupted. A file that is not in the manifest belongs to the atlas if
    an earlier build recorded it as it is, or if its metadata say that it is a page in its own place (such as a restored
    copy). If the manifest is lost and the home page is ours, every file in the place of a file of ours belongs to the
    atlas.

    Args:
        out: the output folder.
        standing: the state of the folder.
        digests: the digests of the files that are to be written, by path.
        present: the paths in the folder, and whether each is a link.

    Raises:
        OSError: if the folder cannot be read.
    """
    listed = _read_manifest(out)
    ours = dict(listed or {})
    rest = [path for path, is_link in present.items() if path not in ours and not is_link and path != MANIFEST]
    for path in rest:
        known = standing.before.get(path)
        if (known and standing.digest(path) == known.digest) or _is_page(out, path):
            ours[path] = {known.digest} if known else set()
    lost = "index.html" in ours and "index.html" not in (listed or ())
    for path in rest:
        if path not in ours and ((lost and path in digests) or _belongs(path, ours, present)):
            ours[path] = set()
    return ours


_MAIN = b'id="_main"'
_CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]*)"')
_REFRESH = b'<meta http-equiv="refresh" content="0; url='
_BESIDE = re.compile(r"(?:(?:index|references|work)\.(?:bib|json|ris)|feed\.xml|index\.html)(?:\.gz|\.br)?")
"""Files in the folder of a page that belong to it."""
_INDEX = re.compile(r"search/index/(?:[\w-]+/)?[\w-]+\.json(?:\.gz|\.br)?")


def _is_page(out: Path, path: str) -> bool:
    """Return whether a file is a page of an atlas in its own place, by its metadata."""
    if not path.endswith(".html"):
        return False
    try:
        data = (out / path).read_bytes()
    except OSError:
        return False
    found = _CANONICAL.search(data)
    if not found or _MAIN not in data:
        return False
    address = unquote(unescape(found[1].decode("utf-8", "replace")))
    return _REFRESH in data or address.endswith("/" + path.removesuffix("index.html"))


def _belongs(path: str, ours: Mapping[str, set[str]], present: Mapping[str, bool]) -> bool:
    """Return whether a file belongs to a page of ours in the same folder, or to the search index."""
    folder, _, name = path.rpartition("/")
    page = f"{folder}/index.html".lstrip("/")
    if _INDEX.fullmatch(path):
        return "search/index.html" in ours
    return bool(_BESIDE.fullmatch(name)) and page in ours and page in present


def _read_manifest(out: Path) -> dict[str, set[str]] | None:
    """Return the digests that each file in the manifest may have, or None if the manifest is missing or incomplete.

    Raises:
        OSError: if it is there but cannot be read.
    """
    try:
        data = (out / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    lines, _, last = data.rstrip(b"\n").rpartition(b"\n")
    lines += b"\n" if lines else b""
    if data != lines + _end(lines) or last != _end(lines).rstrip(b"\n"):
        return None
    ledger: dict[str, set[str]] = {}
    for line in lines.decode("utf-8", "replace").split("\n"):
        value, _, path = line.partition("  ")
        if len(value) == 64 and _is_inside(path):
            ledger.setdefault(path, set()).add(value)
    return ledger


def _end(lines: bytes) -> bytes:
    """Return the last line of the manifest: the digest of the lines before it."""
    return f"{digest(lines)}  {MANIFEST}\n".encode()


def as_manifest(digests: Mapping[str, set[str]]) -> bytes:
    """Return the text of a manifest of these files, with the digests that each may have."""
    lines = "".join(f"{value}  {path}\n" for path in sorted(digests) for value in sorted(digests[path])).encode()
    return lines + _end(lines)


def _is_inside(path: str) -> bool:
    return bool(path) and path != "." and not path.startswith("/") and ".." not in path.split("/")


def present_in(out: Path) -> Iterator[tuple[str, bool]]:
    """Yield the path of each file in the folder, and whether it is a link.

    Hidden folders are skipped. Temporary files left by a build are removed.
    """
    waiting = [""]
    while waiting:
        within = waiting.pop()
        folders: list[str] = []
        rows: list[os.DirEntry[str]] = []
        with suppress(OSError), os.scandir(out / within) as found:  # an unreadable folder is not ours
            rows = sorted(found, key=lambda entry: entry.name)
        for entry in rows:
            path = within + entry.name
            if entry.name.startswith(TEMPORARY):
                Path(entry.path).unlink(missing_ok=True)
            elif entry.is_dir(follow_symlinks=False):
                folders += [] if entry.name.startswith(".") else [path + "/"]
            else:
                yield path, entry.is_symlink()
        waiting += reversed(folders)


def above(path: str) -> Iterator[str]:
    """Yield the folders that a file is in, the nearest first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)

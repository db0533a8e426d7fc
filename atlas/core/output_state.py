"""Reads the state of an output folder: which files exist and which belong to the atlas.

The folder holds the manifest `.atlas-files`: a digest and a path on each line, sorted, then the digest of
these lines. An incomplete manifest is ignored: the atlas then recognises its files by the state of the
last build and by what the pages say about themselves.
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
"""What a web server needs to read files, also where the one who builds shares none with others (umask)."""


class SeenFile(Struct, frozen=True, array_like=True):
    """A file as it was when its bytes were hashed or written: its stat, and its digest."""

    stat: Stat
    digest: str


class OutputState:
    """What stands in an output folder: the digest of each file, from its bytes, or from its stat where that proves it.

    seen: the files as an earlier build saw them. since: when that build began, in nanoseconds; 0: no stat is believed.
    """

    def __init__(self, out: Path, seen: Mapping[str, SeenFile] | None = None, since: int = 0) -> None:
        self.out = out
        self.folder = str(out)
        self.before, self.since = seen or {}, since
        self.now: dict[str, SeenFile] = {}

    def digest(self, path: str) -> str:
        """The digest of a file; "" where there is none that can be read."""
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
        """The bytes of a file that stands there. Raises OSError."""
        return (self.out / path).read_bytes()

    def is_file(self, path: str) -> bool:
        """Whether what was looked at is a file itself, and no link to one."""
        return path in self.now and S_ISREG(self.now[path].stat[0])

    def wrote(self, path: str, value: str) -> None:
        """Remember a file that has just been written."""
        self.now[path] = SeenFile(stat_of(os.path.join(self.folder, path)), value)

    def open_to_all(self, path: str) -> None:
        """Let everybody read a file of ours, and look into the folder that it stands in. Raises OSError."""
        self.digest(path)
        if S_IMODE(self.now[path].stat[0]) != FILE_MODE:
            with suppress(PermissionError):  # somebody else's file, or a disk that knows no modes
                os.chmod(os.path.join(self.folder, path), FILE_MODE)
                os.chmod(os.path.dirname(os.path.join(self.folder, path)), FOLDER_MODE)
            self.wrote(path, self.now[path].digest)

    def paths(self) -> tuple[str, ...]:
        """The files in the folder, ours and those of others. Raises OSError."""
        return tuple(path for path, _ in present_in(self.out))


def is_listed(out: Path, digests: Mapping[str, str]) -> bool:
    """Whether the list of what is ours is whole and names these files."""
    try:
        return (out / MANIFEST).read_bytes() == as_manifest({path: {value} for path, value in digests.items()})
    except OSError:
        return False


def ours_of(
    out: Path, standing: OutputState, digests: Mapping[str, str], present: Mapping[str, bool]
) -> dict[str, set[str]]:
    """The files that are ours, with the digests that each may have; several where a build was interrupted.

    What the list does not name is ours where it stands as an earlier build remembers it, and where it is a page of ours
    by what it says, as is a copy that somebody put back. Where the list is lost and the home page is ours, whatever
    stands in the place of a file of ours is. Raises OSError.
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
"""Files that stand beside a page and belong to it."""
_INDEX = re.compile(r"search/index/(?:[\w-]+/)?[\w-]+\.json(?:\.gz|\.br)?")


def _is_page(out: Path, path: str) -> bool:
    """Whether a file is a page of an atlas that stands in its own place, by what it says of itself."""
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
    """Whether a file belongs to a page of ours that stands beside it, or to the index of a search."""
    folder, _, name = path.rpartition("/")
    page = f"{folder}/index.html".lstrip("/")
    if _INDEX.fullmatch(path):
        return "search/index.html" in ours
    return bool(_BESIDE.fullmatch(name)) and page in ours and page in present


def _read_manifest(out: Path) -> dict[str, set[str]] | None:
    """The list: the digests that each file of ours may have. None where there is none that is whole. Raises OSError."""
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
    """The last line of the list: the digest of those before it."""
    return f"{digest(lines)}  {MANIFEST}\n".encode()


def as_manifest(digests: Mapping[str, set[str]]) -> bytes:
    """The list of some files, with the digests that each may have."""
    lines = "".join(f"{value}  {path}\n" for path in sorted(digests) for value in sorted(digests[path])).encode()
    return lines + _end(lines)


def _is_inside(path: str) -> bool:
    return bool(path) and path != "." and not path.startswith("/") and ".." not in path.split("/")


def present_in(out: Path) -> Iterator[tuple[str, bool]]:
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
            if entry.name.startswith(TEMPORARY):
                Path(entry.path).unlink(missing_ok=True)
            elif entry.is_dir(follow_symlinks=False):
                folders += [] if entry.name.startswith(".") else [path + "/"]
            else:
                yield path, entry.is_symlink()
        waiting += reversed(folders)


def above(path: str) -> Iterator[str]:
    """The folders that a file stands in, the nearest first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)

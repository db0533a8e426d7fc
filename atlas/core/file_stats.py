"""Detects changed files by their status, and decides when that can be trusted.

Equal status proves that a file is unchanged only under git's rule for racy files: a file changed within
two seconds before the status was read may have changed again within one tick of the clock, so its status
proves nothing. A different status proves nothing either: the caller reads the bytes. Nothing heavy is
imported here, so that a build with nothing to do stays short.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256

Stat = tuple[int, int, int, int, int]
"""Mode, size, times of the last change of the bytes and of the file in nanoseconds, and inode."""

RACY = 2_000_000_000
"""Nanoseconds for which a file that was touched may be touched again without a trace."""


def is_ignored(name: str) -> bool:
    """Whether a file is no input whatever it holds: hidden files and editors' leftovers."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp"))


def stat_of(path: str) -> Stat:
    """The stat of a file itself, not of what it links to. Raises OSError."""
    return _as_stat(os.lstat(path))


def _as_stat(found: os.stat_result) -> Stat:
    return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_settled(stat: Stat, since: int) -> bool:
    """Whether an equal stat will prove that nothing happened. since: when the look began that is to be trusted."""
    return max(stat[2], stat[3]) + RACY < since


class TreeSnapshot:
    """One look at some files: every name with its stat, as one digest, and the latest time among them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.latest = 0
        self._within: set[tuple[int, int]] = set()

    @property
    def digest(self) -> str:
        """SHA-256 of all names and stats."""
        return sha256("\n".join(self.lines).encode("utf-8", "surrogateescape")).hexdigest()

    def is_settled(self, since: int) -> bool:
        """Whether an equal digest will prove that nothing happened to any of the files."""
        return self.latest + RACY < since

    def file(self, path: str) -> None:
        """Look at one file, which may be absent."""
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            self.lines.append(f"{path}\0absent")
        else:
            self._add(path, found)

    def folder(self, path: str, *, hidden: bool = False) -> None:
        """Look at all files below a folder, which may be absent, through links too.

        hidden: hidden files count, as they do in an output folder; hidden folders never do. Raises OSError.
        """
        try:
            found = os.stat(path)
        except FileNotFoundError:
            self.lines.append(f"{path}\0absent")
            return
        place = (found.st_dev, found.st_ino)
        if place in self._within:  # a link that leads back up
            return
        self._within.add(place)
        self.lines.append(f"{path}\0{found.st_mode}")
        with os.scandir(path) as entries:
            rows = sorted(entries, key=lambda entry: entry.name)
        for entry in rows:
            is_folder = entry.is_dir()
            if not _counts(entry.name, is_folder, hidden):
                continue
            if not is_folder or entry.is_symlink():
                self._add(entry.path, entry.stat(follow_symlinks=False))
            if is_folder:
                self.folder(entry.path, hidden=hidden)
        self._within.discard(place)

    def _add(self, path: str, found: os.stat_result) -> None:
        self.lines.append("\0".join(map(str, (path, *_as_stat(found)))))
        self.latest = max(self.latest, found.st_mtime_ns, found.st_ctime_ns)
        if (found.st_mode & 0o170000) == 0o120000:
            try:
                self._add(f"{path}\0", os.stat(path))
            except OSError:
                self.lines.append(f"{path}\0dangling")


def _counts(name: str, is_folder: bool, hidden: bool) -> bool:
    if hidden:
        return not (is_folder and name.startswith("."))
    return not is_ignored(name) and name != "__pycache__"


def libraries() -> list[str]:
    """The interpreter and the packages installed beside it, by name and version, from the names of their folders."""
    names = [
        name
        for place in sys.path
        if place.endswith(("site-packages", "dist-packages")) and os.path.isdir(place)
        for name in os.listdir(place)
        if name.endswith((".dist-info", ".egg-info", ".egg-link", ".pth"))
    ]
    return [sys.version, *sorted(names)]

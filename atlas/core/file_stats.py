"""Detects changed files by their stat, and decides when that can be trusted.

An equal stat proves that a file is unchanged only under git's rule for racy files: a file changed within
two seconds before its stat was read may have changed again within one tick of the clock, so its stat
proves nothing. A different stat proves nothing either: the caller then reads the bytes. Only light modules
are imported here, so that a build with nothing to do is fast.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256

Stat = tuple[int, int, int, int, int]
"""Mode, size, modification time and change time in nanoseconds, and inode."""

_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"})
_LEFT_BY_EDITORS = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".rej")
SYSTEM_FONTS = tuple(
    f"/usr/share/fonts/{folder}/{name}"
    for folders, names in (
        (("truetype/dejavu", "dejavu-serif-fonts", "TTF"), ("DejaVuSerif-Bold.ttf",)),
        (("truetype/dejavu", "dejavu-sans-fonts", "TTF"), ("DejaVuSans.ttf",)),
        (
            ("opentype/noto", "google-noto-serif-cjk-fonts", "google-noto-sans-cjk-fonts", "noto-cjk"),
            ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc"),
        ),
    )
    for folder in folders
    for name in names
)
"""Where Debian, Fedora and Arch install the fonts with which share images are drawn."""
RACY = 2_000_000_000
"""Nanoseconds during which a file that was changed may change again without a new time."""


def is_ignored(name: str) -> bool:
    """Return whether a file is never input, judged by its name: hidden files, and what editors and systems leave."""
    folded = name.lower()
    return folded in _LEFT_BY_SYSTEMS or folded.startswith((".", "#", "~$")) or folded.endswith(_LEFT_BY_EDITORS)


def stat_of(path: str) -> Stat:
    """Return the stat of a file, without following a link.

    Raises:
        OSError: if the file cannot be looked at.
    """
    return _as_stat(os.lstat(path))


def _as_stat(found: os.stat_result) -> Stat:
    return found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def settled_stat(path: str, since: int) -> Stat | None:
    """Return the stat of a file, through links, if an equal one will prove that its bytes are the same.

    Args:
        path: the file.
        since: when the reading of the files began, in nanoseconds.
    """
    try:
        found = _as_stat(os.stat(path))
    except OSError:
        return None
    return found if is_settled(found, since) else None


def is_settled(stat: Stat, since: int) -> bool:
    """Return whether an equal stat will prove that a file is unchanged.

    Args:
        stat: the stat of the file.
        since: when the reading of the files began, in nanoseconds.
    """
    return max(stat[2], stat[3]) + RACY < since


class TreeSnapshot:
    """The names and stats of some files at one time.

    Attributes:
        lines: one line for each file or folder, with its path and stat.
        latest: the latest time of change among them, in nanoseconds.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.latest = 0
        self._within: set[tuple[int, int]] = set()

    @property
    def digest(self) -> str:
        """SHA-256 of all names and stats."""
        return sha256("\n".join(self.lines).encode("utf-8", "surrogateescape")).hexdigest()

    def is_settled(self, since: int) -> bool:
        """Return whether an equal digest will prove that no file has changed.

        Args:
            since: when the reading of the files began, in nanoseconds.
        """
        return self.latest + RACY < since

    def file(self, path: str) -> None:
        """Add one file, which may be absent."""
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            self.lines.append(f"{path}\0absent")
        else:
            self._add(path, found)

    def folder(self, path: str, *, hidden: bool = False) -> None:
        """Add all files below a folder, which may be absent; links are followed.

        Args:
            path: the folder.
            hidden: whether to add hidden files, as in an output folder; hidden folders are never added.

        Raises:
            OSError: if a file or folder cannot be looked at.
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
    """Return the version of Python, and the installed packages with their versions, read from their folder names."""
    names = [
        name
        for place in sys.path
        if place.endswith(("site-packages", "dist-packages")) and os.path.isdir(place)
        for name in os.listdir(place)
        if name.endswith((".dist-info", ".egg-info", ".egg-link", ".pth"))
    ]
    return [sys.version, *sorted(names)]

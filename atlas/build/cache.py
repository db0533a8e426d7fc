"""Reads and writes the cache of one output folder, `.cache/NAME/`. The only module that does so.

The cache may be deleted at any time. A file counts only if it is complete, has the current format, and
belongs to this user alone; otherwise it is ignored. If nothing can be written, the build works without it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from stat import S_ISREG
from typing import Any

fcntl: Any = import_module("fcntl") if find_spec("fcntl") else None
"""The module for POSIX locks; None on systems without them, such as Windows."""

FORMAT = b"atlas-cache-1"
"""The version of the file format. It changes when the meaning of the files changes."""

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags to follow no symbolic link and not to wait for a pipe."""


class Busy(Exception):
    """Another process builds into the same folder. The argument is its process id, or "" if unknown."""


class Cache:
    """The cache of one output folder.

    Attributes:
        folder: the folder of the cache.
        started: when this build began, by the clock of the disk, in nanoseconds.
    """

    def __init__(self, root: str, out: str) -> None:
        target = os.path.realpath(out)
        name = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in os.path.basename(target))
        self.folder = os.path.join(root, ".cache", f"{name or 'site'}-{sha256(os.fsencode(target)).hexdigest()[:12]}")
        self.started = 0
        self._lock = -1

    # Files.

    def read(self, name: str) -> bytes | None:
        """Return the content of a file of the cache, or None if it is missing or invalid."""
        try:
            handle = os.open(os.path.join(self.folder, name), os.O_RDONLY | _PLAIN)
            try:
                found = os.fstat(handle)
                if not (S_ISREG(found.st_mode) and _is_own(found) and _is_own(os.lstat(self.folder))):
                    return None
                with os.fdopen(handle, "rb", closefd=False) as file:
                    data = file.read()
            finally:
                os.close(handle)
        except OSError:
            return None
        head, _, body = data.partition(b"\n")
        return body if head == _head(body) else None

    def write(self, name: str, body: bytes) -> bool:
        """Replace a file of the cache atomically.

        Returns:
            Whether it was written.
        """
        path = os.path.join(self.folder, name)
        temporary = f"{path}.tmp-{os.getpid()}"
        try:
            with open(temporary, "wb") as file:
                file.write(_head(body) + b"\n")
                file.write(body)
            os.chmod(temporary, 0o600)
            os.replace(temporary, path)
        except OSError:
            with suppress(OSError):
                os.unlink(temporary)
            return False
        return True

    def forget(self, name: str) -> None:
        """Remove a file of the cache."""
        with suppress(OSError):
            os.unlink(os.path.join(self.folder, name))

    # One build at a time.

    def begin(self) -> bool:
        """Begin a build and lock the folder until the build ends.

        Returns:
            False if nothing can be written, so that the build has no cache.

        Raises:
            Busy: another build has the lock.
        """
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            if not _is_own(os.lstat(self.folder)):
                return False
            self._lock = os.open(os.path.join(self.folder, "lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return False
        self._take()
        try:
            self.started = self._touch()
        except OSError:  # the disk is full, for example
            return False
        return True

    def is_steady(self) -> bool:
        """Return whether the clock of the disk has not gone back since the build began."""
        try:
            return self._touch() >= self.started
        except OSError:
            return False

    def _touch(self) -> int:
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, str(os.getpid()).encode(), 0)
        return os.fstat(self._lock).st_mtime_ns

    def _take(self) -> None:
        if fcntl is None:  # no locking on this platform
            return
        try:
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # forked children do not inherit it
        except (BlockingIOError, PermissionError) as error:
            number = os.read(self._lock, 20).decode("ascii", "replace")
            self.end()
            raise Busy(number) from error
        except OSError:  # a file system without locks
            return

    def end(self) -> None:
        """Release the lock."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _head(body: bytes) -> bytes:
    return FORMAT + b" " + sha256(body).hexdigest().encode()


def _is_own(found: os.stat_result) -> bool:
    """Return whether a file or folder belongs to this user and no other user may write it."""
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return mine and not found.st_mode & 0o022

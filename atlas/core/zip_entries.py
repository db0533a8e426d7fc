"""Describes the files in ZIP files, so that the same files give the same bytes on every machine."""

from __future__ import annotations

from typing import Final
from zipfile import ZIP_DEFLATED, ZipInfo

EARLIEST: Final = (1980, 1, 1)
"""The earliest day that a ZIP file can hold."""
_MODE: Final = 0o100644 << 16
_UNIX: Final = 3


def zip_entry(name: str, day: tuple[int, int, int] = EARLIEST, method: int = ZIP_DEFLATED) -> ZipInfo:
    """Return the entry of a file.

    Args:
        name: its path in the ZIP file.
        day: the day that it gets; one before `EARLIEST` becomes that.
        method: how it is compressed.
    """
    entry = ZipInfo(name, (*max(day, EARLIEST), 0, 0, 0))
    entry.compress_type = method
    entry.external_attr = _MODE
    entry.create_system = _UNIX
    return entry

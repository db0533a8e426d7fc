"""Packs the sources and the site of a release as a ZIP file: the same files and date give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from atlas.core.sources import as_file

_MODE: Final = 0o100644 << 16
_FIRST_YEAR: Final = 1980
"""The earliest year that a ZIP file can hold."""


def pack(folder: str, date: str, files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file: names sorted, all of one date and one mode.

    Args:
        folder: the folder that all files are in.
        date: the day that all files get, YYYY-MM-DD.
        files: the bytes of each file by its path.
    """
    year, month, day = map(int, date.split("-"))
    moment = (year, month, day, 0, 0, 0) if year >= _FIRST_YEAR else (_FIRST_YEAR, 1, 1, 0, 0, 0)
    packed = as_file(b"")
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = ZipInfo(f"{folder}/{path}", moment)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _MODE
            entry.create_system = 3
            archive.writestr(entry, files[path])
    return packed.getvalue()

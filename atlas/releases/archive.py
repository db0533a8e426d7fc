"""Packs the sources and the site of a release as a ZIP file: the same files and date give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from atlas.core.sources import as_file
from atlas.core.zip_entries import zip_entry


def pack(folder: str, date: str, files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file: names sorted, all of one date and one mode.

    Args:
        folder: the folder that all files are in.
        date: the day that all files get, YYYY-MM-DD.
        files: the bytes of each file by its path.
    """
    year, month, day = map(int, date.split("-"))
    packed = as_file(b"")
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            archive.writestr(zip_entry(f"{folder}/{path}", (year, month, day)), files[path])
    return packed.getvalue()

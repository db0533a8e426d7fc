"""Packs the files of a book as EPUB 3.3: the same files give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from atlas.core.sources import as_file

FOLDER: Final = "EPUB/"
PACKAGE: Final = "package.opf"
_TYPE: Final = b"application/epub+zip"
_CONTAINER: Final = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{FOLDER}{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file can hold."""
_MODE: Final = 0o100644 << 16


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the EPUB file that holds some files.

    Args:
        files: the bytes of each file by its name, with the package document.
    """
    packed = as_file(b"")
    with ZipFile(packed, "w") as archive:
        archive.writestr(_entry("mimetype", ZIP_STORED), _TYPE)
        archive.writestr(_entry("META-INF/container.xml"), _CONTAINER)
        for name, data in files.items():
            archive.writestr(_entry(FOLDER + name), data)
    return packed.getvalue()


def _entry(name: str, method: int = ZIP_DEFLATED) -> ZipInfo:
    """Return the entry of a file, which depends on nothing but its name."""
    entry = ZipInfo(name, _DATE)
    entry.compress_type = method
    entry.external_attr = _MODE
    entry.create_system = 3
    return entry

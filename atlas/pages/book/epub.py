"""Packs the files of a book as EPUB 3.3: the same files give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from zipfile import ZIP_STORED, ZipFile

from atlas.core.sources import as_file
from atlas.core.zip_entries import zip_entry

FOLDER: Final = "EPUB/"
PACKAGE: Final = "package.opf"
_TYPE: Final = b"application/epub+zip"
_CONTAINER: Final = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{FOLDER}{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the EPUB file that holds some files.

    Args:
        files: the bytes of each file by its name, with the package document.
    """
    packed = as_file(b"")
    with ZipFile(packed, "w") as archive:
        archive.writestr(zip_entry("mimetype", method=ZIP_STORED), _TYPE)
        archive.writestr(zip_entry("META-INF/container.xml"), _CONTAINER)
        for name, data in files.items():
            archive.writestr(zip_entry(FOLDER + name), data)
    return packed.getvalue()

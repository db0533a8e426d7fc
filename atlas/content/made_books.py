"""Recognises books that `book` made among the files of an atlas, and reads their dates."""

from __future__ import annotations

import re
from typing import Final
from zipfile import BadZipFile, ZipFile

from atlas.core.sources import as_file
from atlas.i18n.edtf import parse_edtf
from atlas.schema.book_schema import FORMATS

FOLDER: Final = "books/"
"""The folder in content/files/ whose books pages offer."""
LANGUAGE_SEPARATOR: Final = "_"
"""What stands between the languages in the name of a book that has two of them side by side; no id has it."""
_NAME: Final = re.compile(rf"{FOLDER}[a-z0-9-]+(?:{LANGUAGE_SEPARATOR}[a-z0-9-]+)?\.(?:{'|'.join(FORMATS)})")
_PACKAGE: Final = "EPUB/package.opf"
_MOST: Final = 10_000_000
"""Bytes that the description of a book may have."""
_DATE: Final = {
    "epub": re.compile(rb"<dc:date>([\d-]+)</dc:date>"),
    "pdf": re.compile(rb"/CreationDate ?\(D:(\d{4})(\d\d)(\d\d)"),
}


def is_made_book(path: str) -> bool:
    """Return whether a file of content/files/ has the name and place of a book that `book` made."""
    return bool(_NAME.fullmatch(path))


def date_of_book(path: str, data: bytes) -> str:
    """Return the date that is written in a book; "" if there is none.

    Args:
        path: the path of the file.
        data: its bytes.
    """
    suffix = path.rpartition(".")[2]
    found = _DATE[suffix].search(_description(data) if suffix == "epub" else data)
    date = "-".join(part.decode() for part in found.groups()) if found else ""
    try:
        return str(parse_edtf(date)) if date else ""
    except ValueError:
        return ""


def _description(data: bytes) -> bytes:
    """Return the description in an EPUB file that `book` made; b"" for any other."""
    try:
        with ZipFile(as_file(data)) as archive:
            small = archive.getinfo(_PACKAGE).file_size < _MOST
            return archive.read(_PACKAGE) if small else b""
    except (BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, RuntimeError, OSError):
        return b""

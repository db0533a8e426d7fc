"""Escapes text for CSV cells and XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

_QUOTED: Final = re.compile('[",\r\n]')
_COMPUTED: Final = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?")
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def csv_line(cells: Iterable[str]) -> str:
    """Return a line of a CSV file (RFC 4180), but with a line feed at its end."""
    return ",".join(map(_csv_cell, cells)) + "\n"


def _csv_cell(text: str) -> str:
    """Return a cell; one that begins like a formula gets a ' in front (OWASP, “CSV Injection”)."""
    if _COMPUTED.match(text) and not _NUMBER.fullmatch(text):
        return f'''"'{text.replace('"', '""')}"'''
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def xml_text(text: str) -> str:
    """Return a text escaped for an XML element or attribute."""
    return escape(with_xml_characters(text))


def with_xml_characters(text: str) -> str:
    """Return a text without the characters that XML 1.0 does not allow."""
    return _NO_XML.sub("", text)

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
    """A line of a CSV file as RFC 4180 has it, but with a line feed."""
    return ",".join(map(_csv_cell, cells)) + "\n"


def _csv_cell(text: str) -> str:
    """A cell that no spreadsheet computes: one that begins like a formula begins with ' (OWASP, “CSV Injection”)."""
    if _COMPUTED.match(text) and not _NUMBER.fullmatch(text):
        return f'''"'{text.replace('"', '""')}"'''
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def xml_text(text: str) -> str:
    """A text as XML, in an element or an attribute."""
    return escape(with_xml_characters(text))


def with_xml_characters(text: str) -> str:
    """A text without the characters that no XML 1.0 file may hold."""
    return _NO_XML.sub("", text)

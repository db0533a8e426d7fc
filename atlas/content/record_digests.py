"""Digests of what the pages of a record show, by which editions are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from atlas.content.model import Record
from atlas.core.digests import short_digest
from atlas.core.problems import Span
from atlas.i18n.edtf import EdtfDate
from atlas.markdown.prose import Prose

_UNSHOWN: Final = frozenset({"path", "dated", "translations", "detail_spans", "draft", "aliases"})
"""The fields of a record that say where it is stored and how it is worked on."""
_encode: Final = msgspec.json.Encoder(order="deterministic").encode


def record_digest(record: Record) -> str:
    """Return a digest of the texts and data of a record in all languages.

    It does not depend on the places of texts in files, nor on fields that are empty: a new key of the engine changes
    no digest. Cited works are not part of it.
    """
    shown = [name for name in Record.__struct_fields__ if name not in _UNSHOWN]
    row = {name: value for name in shown if not _is_empty(value := _plain(getattr(record, name)))}
    return short_digest(_encode(row)).hex()


def _plain(value: object) -> object:
    """Return a value as JSON can hold it, without places in files and without empty fields."""
    if isinstance(value, Span):
        return None
    if isinstance(value, EdtfDate):
        return str(value)
    if isinstance(value, Prose):
        return [value.html, [_plain(slot) for _, slot in value.used()]]
    if isinstance(value, Struct):
        rows = ((name, _plain(getattr(value, name))) for name in value.__struct_fields__)
        return {name: row for name, row in rows if not _is_empty(row)}
    if isinstance(value, Mapping):
        return {str(key): _plain(row) for key, row in value.items()}
    if isinstance(value, tuple | list | frozenset):
        rows_of = [_plain(row) for row in value if not isinstance(row, Span)]
        return sorted(rows_of, key=_encode) if isinstance(value, frozenset) else rows_of
    return value


def _is_empty(value: object) -> bool:
    """Return whether a value says nothing; 0 says something, though it equals False."""
    return value is None or value is False or value in ("", [], {})

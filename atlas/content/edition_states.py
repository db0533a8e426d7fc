"""Compares records with the latest edition: which are as they were then, and since when."""

from __future__ import annotations

from typing import Literal

from atlas.content.linking import Atlas
from atlas.content.record_digests import record_digest
from atlas.core.digests import digest

EditionState = tuple[Literal["none", "new", "changed", "same"], str]
"""What a record is beside the latest edition: there is none, it is not in it, it differs, or it is the same; then the
version of the first edition since which it has been the same.
"""
NO_EDITION: EditionState = ("none", "")


def edition_state(atlas: Atlas, id: str) -> EditionState:
    """Return what a record is beside the latest edition."""
    record = atlas.records.get(id)
    if record is None or not atlas.editions:
        return NO_EDITION
    if record.address not in atlas.editions[-1].records:
        return "new", ""
    now, since = record_digest(record), ""
    for edition in reversed(atlas.editions):
        if edition.records.get(record.address) != now:
            break
        since = edition.version
    return ("same", since) if since else ("changed", "")


def state_origin(atlas: Atlas, id: str) -> tuple[str, str]:
    """Return what the state of a record is computed from: its files, and the lists of all editions."""
    row = atlas.rows.get(id, "")
    lists = "".join(edition.release.digest for edition in atlas.editions)
    return f"edition of {id}", digest(f"{row} {lists}".encode()) if row else ""

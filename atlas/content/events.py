"""Reads the dated events that site.yaml declares for the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from atlas.i18n.edtf import EdtfDate
from atlas.schema.field_types import Located


class Event(Struct, frozen=True):
    """A dated event that the timeline marks.

    Attributes:
        label: what happened, in every language.
        page: the path of the page about it.
    """

    date: EdtfDate
    label: Mapping[str, str]
    page: Located | None = None


def read_events(row: Mapping[str, Any] | None) -> tuple[Event, ...]:
    """Return the events of the key `timeline`, the earliest first; those without date or label are left out."""
    found = [
        Event(event["date"], event["label"], event["page"])
        for event in (row["events"] if row else ())
        if event["date"] and event["label"]
    ]
    return tuple(sorted(found, key=lambda event: event.date.sort_key))

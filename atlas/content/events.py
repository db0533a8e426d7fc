"""Reads the dated events that site.yaml declares for the timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from atlas.core.problems import NOWHERE, Span
from atlas.i18n.edtf import EdtfDate


class Event(Struct, frozen=True):
    """A dated event that the timeline marks.

    Attributes:
        label: what happened, in every language.
        page: the path of the page that tells of it; "" for none.
        span: the place of the path in site.yaml.
    """

    date: EdtfDate
    label: Mapping[str, str]
    page: str = ""
    span: Span = NOWHERE


def read_events(row: Mapping[str, Any] | None) -> tuple[Event, ...]:
    """Return the events of the key `timeline`, the earliest first; those without date or label are left out."""
    found = [
        Event(event["date"], event["label"], *((event["page"].value, event["page"].span) if event["page"] else ()))
        for event in (row["events"] if row else ())
        if event and event["date"] and event["label"]
    ]
    return tuple(sorted(found, key=lambda event: event.date.sort_key))

"""Computes the date parts of a reference that the templates of a style can name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from atlas.bibliography.formatting.typesetting import show_date, show_year, to_html
from atlas.bibliography.parsing.latex import plain

if TYPE_CHECKING:
    from atlas.bibliography.formatting.reference_context import ReferenceContext

_SEASON = re.compile(r"\d{4}-2[1-4]")


def _year(reference: ReferenceContext) -> str:
    work, sheet = reference.work, reference.sheet
    if work.date:
        return _shown_year(reference) + reference.suffix
    accessed = work.dates.get("urldate", "")[:4]
    if accessed and sheet.estimates and "pubstate" not in work.fields:
        return f"[{accessed}]{reference.suffix}"
    word = _to_come(reference) or sheet.words["no-date"]
    return f"{word}-{reference.suffix}" if reference.suffix else word


def _shown_year(reference: ReferenceContext) -> str:
    """Return the year as written if EDTF cannot say it (1865（清同治四年）), else in the form of the style."""
    written = plain(reference.work.fields.get("yearaswritten", ""))
    if written and (reference.sheet.years_as_written or not written.startswith("c")):
        return to_html(written.replace("-", reference.sheet.words["interval"]), reference.sheet)
    return show_year(reference.work.date, reference.sheet)


def _to_come(reference: ReferenceContext) -> str:
    """Return the state of a work without a date: in press, forthcoming."""
    state = plain(reference.work.fields.get("pubstate", "")).replace(" ", "").lower()
    words = reference.sheet.words
    if not state or state == "prepublished" or reference.work.date:
        return ""
    return words.get(f"state-{state}") or words["forthcoming"]


def _online_first(reference: ReferenceContext) -> str:
    """Return the date of an article that has no volume, issue or pages yet."""
    fields = reference.work.fields
    placed = any(name in fields for name in ("volume", "number", "issue", "pages", "eid"))
    return "" if placed or len(reference.work.date) != 10 else reference.part("iso-date")


def _dated(reference: ReferenceContext) -> str:
    return _year(reference) if reference.work.date else ""


def _date(pattern: str, name: str = "date") -> Callable[[ReferenceContext], str]:
    return lambda reference: show_date(reference.work.dates.get(name, ""), reference.sheet, pattern)


def _accessed_undated(reference: ReferenceContext) -> str:
    return "" if reference.work.date else reference.part("accessed")


def _partial_date(reference: ReferenceContext) -> str:
    """Return the date if it is more precise than a year."""
    return reference.part("date") if len(reference.work.date) > 4 else ""


def _partial_day(reference: ReferenceContext) -> str:
    """Return the date if it is a month or a day, not a range of years."""
    return "" if "/" in reference.work.date else _partial_date(reference)


def _original_year(reference: ReferenceContext) -> str:
    return show_year(reference.work.dates.get("origdate", ""), reference.sheet)


def _kept_date(reference: ReferenceContext) -> str:
    """Return the date of a document in an archive, as its entry writes it if that says more."""
    return _shown_year(reference) if "yearaswritten" in reference.work.fields else reference.part("iso-date")


def _issue_day(reference: ReferenceContext) -> str:
    """Return the date of an issue without a volume or number, or of an entry in a reference work on the web."""
    work = reference.work
    numbered = any(name in work.fields for name in ("volume", "number", "issue"))
    dated = not numbered if work.type == "article" else work.entry_type == "inreference" and bool(work.url)
    return reference.part("monthday") if dated else ""


def _season(reference: ReferenceContext) -> str:
    """Return the season of an issue: Winter."""
    return reference.part("monthday") if _SEASON.fullmatch(reference.work.date) else ""


def _issue_month(reference: ReferenceContext) -> str:
    """Return the month or day of an issue without a volume or number, if it is not a season."""
    return "" if _season(reference) else _issue_day(reference)


def _event_day(reference: ReferenceContext) -> str:
    """Return the days of an event whose papers are not in a book."""
    fields = reference.work.fields
    return reference.part("monthday") if "eventtitle" in fields and "booktitle" not in fields else ""


DATE_PARTS: Final[Mapping[str, Callable[[ReferenceContext], str]]] = {
    "year": _year,
    "dated": _dated,
    "to-come": _to_come,
    "online-first": _online_first,
    "kept-date": _kept_date,
    "date": _date("day"),
    "iso-date": _date("iso"),
    "monthday": _date("monthday"),
    "partial-date": _partial_date,
    "partial-day": _partial_day,
    "issue-day": _issue_day,
    "season": _season,
    "issue-month": _issue_month,
    "event-day": _event_day,
    "accessed": _date("day", "urldate"),
    "iso-accessed": _date("iso", "urldate"),
    "accessed-undated": _accessed_undated,
    "original-year": _original_year,
}
"""The parts of a reference that are dates, by name."""

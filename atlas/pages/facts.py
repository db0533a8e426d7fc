"""Statements as pages show them: their words with citations, what differs from them, and why there is none."""

from __future__ import annotations

from atlas.content.coverage import differing
from atlas.content.model import Fact, Record
from atlas.content.parity import standing
from atlas.markup import Html
from atlas.pages.setting import Setting
from atlas.pages.views.parts import Phrase
from atlas.pages.views.records import FactRow


def fact_rows(setting: Setting, record: Record, dimension: str) -> tuple[FactRow, ...]:
    """The statements of a record under a dimension."""
    behind = standing(record, setting.language.id).behind
    differs = differing(record)
    return tuple(
        fact_row(setting, fact, f"facts/{fact.id}" in behind, differs.get(fact.id, ()))
        for fact in record.facts
        if fact.dimension == dimension
    )


def fact_row(setting: Setting, fact: Fact, behind: bool, differs: tuple[str, ...] = ()) -> FactRow:
    """A statement with the works it rests on. behind: the original has changed since it was translated."""
    phrase = setting.phrase(fact.text)
    cites = Html("") if fact.in_body else setting.cites(fact.sources)
    return FactRow(fact.id, Phrase(with_cites(phrase.html, cites), phrase.lang), behind, differs)


def with_cites(html: Html, cites: Html) -> Html:
    """A sentence with its citation before the full stop; Chinese leaves no space before it."""
    if not cites:
        return html
    if html.endswith("。"):
        return Html(f"{html[:-1]}{cites}。")
    return Html(f"{html[:-1]} {cites}." if html.endswith(".") and not html.endswith("..") else f"{html} {cites}")

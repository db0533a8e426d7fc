"""Builds the facts of a page: text with citations, values that disagree."""

from __future__ import annotations

from atlas.content.coverage import disagreeing_facts
from atlas.content.model import Fact, Record
from atlas.core.html import Html
from atlas.lint.translation_status import translation_status
from atlas.pages.context import PageContext
from atlas.pages.records.views import FactRow
from atlas.pages.view_parts import Phrase


def fact_rows(context: PageContext, record: Record, dimension: str) -> tuple[FactRow, ...]:
    """Return the facts of a record under a dimension."""
    behind = translation_status(record, context.language.id).behind
    differs = disagreeing_facts(record)
    return tuple(
        fact_row(context, fact, f"facts/{fact.id}" in behind, differs.get(fact.id, ()))
        for fact in record.facts
        if fact.dimension == dimension
    )


def fact_row(context: PageContext, fact: Fact, behind: bool, differs: tuple[str, ...] = ()) -> FactRow:
    """Return a fact with its citations.

    Args:
        context: the page.
        fact: the fact.
        behind: whether the original has changed since it was translated.
        differs: the ids of the facts that disagree with it.
    """
    phrase = context.phrase(fact.text)
    cites = Html("") if fact.in_body else context.cites(fact.sources)
    return FactRow(fact.id, Phrase(with_cites(phrase.html, cites), phrase.lang), behind, differs)


def with_cites(html: Html, cites: Html) -> Html:
    """Put a citation before the full stop of a sentence; Chinese has no space before it."""
    if not cites:
        return html
    if html.endswith("。"):
        return Html(f"{html[:-1]}{cites}。")
    return Html(f"{html[:-1]} {cites}." if html.endswith(".") and not html.endswith("..") else f"{html} {cites}")

"""Builds the facts of a page: text with citations, the own words of the works, values that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from atlas.content.coverage import disagreeing_facts
from atlas.content.model import Fact, Record, Reference
from atlas.core.html import Html, escaped
from atlas.pages.context import PageContext
from atlas.pages.records.views import BodyPart, FactRow, QuotationView
from atlas.pages.view_parts import Phrase

_END_OF_BLOCK: Final = r'<(?P<name>\w+) id="{}"[^>]*>(?:(?!<(?P=name)\b).)*?</(?P=name)>'
"""A block with an id, up to its end."""


def fact_rows(context: PageContext, record: Record, dimension: str) -> tuple[FactRow, ...]:
    """Return the facts of a record under a dimension."""
    behind = context.locale_site.status(record).behind
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
    return FactRow(
        fact.id,
        Phrase(with_cites(phrase.html, cites), phrase.lang),
        behind,
        differs,
        quotation_rows(context, fact.sources),
    )


def quotation_rows(context: PageContext, sources: Iterable[Reference]) -> tuple[QuotationView, ...]:
    """Return the own words of works, each in its language and with its citation."""
    site = context.locale_site
    quoted = ((source, context.atlas.works.get(source.work)) for source in sources if source.quote)
    return tuple(
        QuotationView(
            Phrase(escaped(source.quote), site.tag(source.language or work.language)), context.cites((source,))
        )
        for source, work in quoted
        if work
    )


def body_parts(context: PageContext, record: Record, body: Html) -> tuple[BodyPart, ...]:
    """Divide a body after each paragraph whose works are quoted; none are.

    Args:
        context: the page.
        record: the record.
        body: its body as it is shown.
    """
    parts: list[BodyPart] = []
    rest: str = body
    for fact in record.facts:
        quotes = quotation_rows(context, fact.sources) if fact.in_body else ()
        found = re.search(_END_OF_BLOCK.format(re.escape(fact.id)), rest, re.DOTALL) if quotes else None
        if found and found["name"] == "p":
            parts.append(BodyPart(Html(rest[: found.end()]), quotes))
            rest = rest[found.end() :]
        elif found:  # a list item: the words stand inside it
            end = found.end() - len(found["name"]) - 3
            parts.append(BodyPart(Html(rest[:end]), quotes))
            rest = rest[end:]
    return (*parts, BodyPart(Html(rest), ())) if parts else ()


def with_cites(html: Html, cites: Html) -> Html:
    """Put a citation before the full stop of a sentence; Chinese has no space before it."""
    if not cites:
        return html
    if html.endswith("。"):
        return Html(f"{html[:-1]}{cites}。")
    return Html(f"{html[:-1]} {cites}." if html.endswith(".") and not html.endswith("..") else f"{html} {cites}")

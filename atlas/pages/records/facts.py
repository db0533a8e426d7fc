"""Builds the facts of a page: text with citations, the own words of the works, values that disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from typing import Final

from atlas.content.coverage import disagreeing_facts
from atlas.content.model import Fact, Record, Reference
from atlas.core.html import Html, escaped
from atlas.pages.context import PageContext
from atlas.pages.records.views import BodyPart, FactRow, QuotationView
from atlas.pages.view_parts import Phrase

_BLOCK: Final = r'<(?P<name>\w+) id="{}"[^>]*>'
"""The beginning of a block with an id."""


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
    ends: list[tuple[int, tuple[QuotationView, ...]]] = []
    for fact in record.facts:
        quotes = quotation_rows(context, fact.sources) if fact.in_body else ()
        found = re.search(_BLOCK.format(re.escape(fact.id)), body) if quotes else None
        if found:
            ends.append((_end_of_words(body, found["name"], found.end()), quotes))
    ends.sort(key=itemgetter(0))  # a translation may have its paragraphs in another order than the original
    starts = [0, *(end for end, _ in ends)]
    parts = [BodyPart(Html(body[start:end]), quotes) for start, (end, quotes) in zip(starts, ends, strict=False)]
    return (*parts, BodyPart(Html(body[starts[-1] :]), ())) if parts else ()


def _end_of_words(html: str, name: str, start: int) -> int:
    """Return where quotations stand: after a paragraph; in an item at its end, or before the first list in it."""
    found = re.compile(f"</{name}>|<[uo]l\\b" if name == "li" else f"</{name}>").search(html, start)
    if found is None:
        return len(html)
    return found.end() if name == "p" else found.start()


def with_cites(html: Html, cites: Html) -> Html:
    """Put a citation before the full stop of a sentence; Chinese has no space before it."""
    if not cites:
        return html
    if html.endswith("。"):
        return Html(f"{html[:-1]}{cites}。")
    return Html(f"{html[:-1]} {cites}." if html.endswith(".") and not html.endswith("..") else f"{html} {cites}")

"""Puts the own words of works beside the citations of a paragraph, and counts the facts that have such words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from atlas.content.model import Record, Reference
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule

QuoteRow = tuple[Span, Reference]
"""A row of `evidence`: the place where it names its paragraph, and the work with its words."""


def with_quotes(cited: Sequence[Reference], rows: Iterable[QuoteRow], problems: list[Problem]) -> tuple[Reference, ...]:
    """Return the citations of a paragraph, each with the words that `evidence` gives of its work.

    A second quote of one citation becomes a reference of its own.

    Args:
        cited: the works that the paragraph cites.
        rows: the rows of `evidence` for this paragraph.
        problems: the list to which quotes of works that it does not cite are added.
    """
    found = list(cited)
    for _, quoted in rows:
        own = [number for number, each in enumerate(found) if each.work == quoted.work]
        exact = [number for number in own if quoted.locator in (None, found[number].locator)]
        free = next((number for number in exact or own if not found[number].quote), None)
        if not own:
            message = f"the paragraph does not cite {quoted.work}"
            hint = "cite the work there, or correct the key or the paragraph"
            problems.append(Problem(quoted.span, Rule.UNCITED_QUOTE, message, hint))
        elif free is None or (quoted.locator and not exact):
            found.append(quoted)
        else:
            found[free] = replace(found[free], quote=quoted.quote, language=quoted.language, span=quoted.span)
    return tuple(found)


def count_quoted(records: Iterable[Record]) -> tuple[int, int]:
    """Return the number of facts with the own words of a work, and the number of facts without."""
    quoted = [any(source.quote for source in fact.sources) for record in records for fact in record.facts]
    return sum(quoted), len(quoted) - sum(quoted)

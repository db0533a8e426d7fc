"""Checks that statements have sources, quotations have locators, and questions have an answer or a reason.

All of these are warnings: the record is published as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from atlas.content.model import Record, Site
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.scripts import HAN
from atlas.markdown.blocks import read_blocks
from atlas.markdown.prose import Prose
from atlas.markdown.slots import Slot, place
from atlas.schema.families import BY_FAMILY

_SILENT: Final = frozenset(
    ("heading", "table", "picture", "note", "definition", "description", "rule", "comment", "fence")
)
"""Blocks without statements of their own."""
_LEADS: Final = (":", "：")
"""The end of a paragraph that introduces the next block."""
_QUOTED: Final = re.compile(r"“([^”]+)”|«([^»]+)»|「([^」]+)」")
_HAN: Final = re.compile(f"[{HAN}]")
_WORDS: Final = 6
_SIGNS: Final = 10
"""The number of words, or of Chinese characters, from which text in quotation marks is a quotation and not a term."""


def check_evidence(records: Iterable[Record], site: Site) -> Iterator[Problem]:
    """Yield statements of records without source or locator, and dimensions without an answer or a reason.

    Only originals are checked.
    """
    for record in records:
        yield from _unanswered(record, site)
        yield from _quoted_in_facts(record)
        yield from _uncited_lead(record)
        if record.body and BY_FAMILY[record.family].argues:
            yield from _unsourced(record.body.versions[record.original])


def _unanswered(record: Record, site: Site) -> Iterator[Problem]:
    """Yield the dimensions that a record should answer, and neither answers nor lists as unanswered."""
    if not BY_FAMILY[record.family].is_compared:
        return
    kind = site.kinds.get(record.family, {}).get(record.kind)
    spared = kind.not_applicable if kind else frozenset()
    answered = {fact.dimension for fact in record.facts} | record.unanswered.keys() | spared
    missing = [id for id in site.dimensions if id not in answered]
    if missing:
        message = f"no fact about {', '.join(missing)}"
        hint = f"add a fact, or: unanswered: {{{missing[0]}: not-researched}} (or not-found, after a search)"
        yield Problem(record.dated, Rule.UNANSWERED_DIMENSION, message, hint)


def _quoted_in_facts(record: Record) -> Iterator[Problem]:
    """Yield facts outside the body that quote without a locator."""
    for fact in record.facts:
        passage = fact.text.versions[fact.text.original].passage
        if not fact.in_body and _quotes(passage.text) and not any(source.locator for source in fact.sources):
            yield _unplaced(place(passage, _quotes(passage.text)[0]))


def _uncited_lead(record: Record) -> Iterator[Problem]:
    """Yield a problem if a lead cites nothing, or quotes without a locator."""
    if record.lead:
        prose = record.lead.versions[record.original]
        cites = [cite for slot in prose.slots for cite, _ in slot.cites]
        quotes = _quotes(prose.passage.text)
        if not cites:
            hint = "cite the works of the facts that it sums up: [@key, p. 3]"
            yield Problem(place(prose.passage, 0), Rule.UNCITED_PARAGRAPH, "this lead names no source", hint)
        elif quotes and not any(cite.locator for cite in cites):
            yield _unplaced(place(prose.passage, quotes[0]))


def _unsourced(body: Prose) -> Iterator[Problem]:
    """Yield paragraphs without a citation or the mark of the atlas's own reading, and quotations without a locator."""
    text = body.passage.text
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    slots: dict[int, list[Slot]] = defaultdict(list)
    for slot in body.slots:
        slots[slot.span.line - body.passage.span.line].append(slot)
    for block in read_blocks(text):
        if block.kind in _SILENT:
            continue
        lines = range(bisect_right(starts, block.start) - 1, bisect_right(starts, block.end))
        own = [slot for line in lines for slot in slots.get(line, ())]
        cites = [cite for slot in own for cite, _ in slot.cites]
        words = text[block.start : block.end]
        here = place(body.passage, block.end - len(words.lstrip()))
        if (block.kind == "quotation" or _quotes(words)) and not any(cite.locator for cite in cites):
            yield _unplaced(here)
        elif not cites and not any(slot.reading for slot in own) and not text.endswith(_LEADS, block.words, block.stop):
            message = "this paragraph names no source"
            hint = "end it with [@key, p. 3], or mark it {.reading} if it is the atlas's own reading"
            yield Problem(here, Rule.UNCITED_PARAGRAPH, message, hint)


def _quotes(text: str) -> list[int]:
    """Return the offsets of quotations that are longer than a term."""
    found = ((each.start(), each[1] or each[2] or each[3]) for each in _QUOTED.finditer(text))
    return [start for start, words in found if len(words.split()) >= _WORDS or len(_HAN.findall(words)) >= _SIGNS]


def _unplaced(span: Span) -> Problem:
    message = "this quotation has no locator"
    hint = "add a locator such as p. 3, § 4 or para. 2 to its source, or put it in other words"
    return Problem(span, Rule.UNPLACED_QUOTATION, message, hint)

"""Checks every text for the typography of its language, and every translation against its original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from atlas.content.model import Record
from atlas.core.parallel import map_in_processes
from atlas.core.problems import Problem
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.i18n.locales import Language
from atlas.lint.agreement import find_disagreements
from atlas.lint.quotation_marks import Flaw
from atlas.lint.typography import find_flaws
from atlas.markdown.passages import Passage
from atlas.markdown.slots import place


class TextFlaw(Struct, frozen=True):
    """A flaw, with the passage that it is in."""

    flaw: Flaw
    passage: Passage


def find_text_flaws(record: Record, languages: Mapping[str, Language]) -> Iterator[TextFlaw]:
    """Yield the flaws of a record's texts in all languages."""
    for text in record.texts().values():
        for id, prose in text.versions.items():
            for flaw in find_flaws(prose.passage.text, languages[id].tag):
                yield TextFlaw(flaw, prose.passage)


def proofread(records: Iterable[Record], languages: Mapping[str, Language]) -> list[Problem]:
    """Return the typographic flaws of all texts, and the differences between language versions."""
    found = map_in_processes(lambda record: list(_proofread(record, languages)), list(records))
    return [problem for own in found for problem in own]


def _proofread(record: Record, languages: Mapping[str, Language]) -> Iterator[Problem]:
    for found in find_text_flaws(record, languages):
        hint = f"run {command('check --fix')}" if found.flaw.replacement is not None else "fix it by hand"
        span = place(found.passage, found.flaw.offset)
        yield Problem(span, found.flaw.rule, found.flaw.message, hint)
    yield from _disagreements(record, languages)


def _disagreements(record: Record, languages: Mapping[str, Language]) -> Iterator[Problem]:
    tag = languages[record.original].tag
    for text in record.texts().values():
        original = text.versions[record.original].passage
        for id, prose in text.versions.items():
            if id == record.original:
                continue
            for each in find_disagreements(original.text, prose.passage.text, tag, languages[id].tag):
                here = place(prose.passage, each.translation.offset)
                there = place(original, each.original.offset)
                rule = Rule(f"{each.kind}-differs")
                yield Problem(here, rule, each.message, f"see the original at {there}")


def fixed_text(text: str, found: Iterable[TextFlaw]) -> str:
    """Return the text of a file with its flaws fixed, where the file has the same characters as the passage."""
    starts = [0, 0, *(place.end() for place in re.finditer("\n", text))]
    edits = []
    for each in found:
        if each.flaw.replacement is None:
            continue
        span = place(each.passage, each.flaw.offset)
        offset = starts[span.line] + span.column - 1
        flawed = each.passage.text[each.flaw.offset : each.flaw.offset + each.flaw.length]
        written = flawed.replace("'", "''") if each.passage.raw[:1] == "'" else flawed
        if text.startswith(written, offset):
            edits.append((offset, len(written), each.flaw.replacement))
    for offset, length, replacement in sorted(set(edits), reverse=True):
        text = text[:offset] + replacement + text[offset + length :]
    return text

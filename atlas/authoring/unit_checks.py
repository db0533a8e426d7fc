"""Checks that a translated unit keeps the links, notes, citations and numbers of its original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from atlas.authoring.translation_units import Unit
from atlas.content.model import Record
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.lint.agreement import find_disagreements
from atlas.markdown.passages import Passage
from atlas.markdown.prose import Prose, convert

_HREF: Final = re.compile(r'href="(?!#fnref)([^"]*)"')
_CALL: Final = re.compile(r"\[\^([^\]\[\n]+)\](?!:)")
_LINKS: Final = {
    "record": "the link [[{}]]",
    "path": "the link to {}",
    "file": "the link to {}",
    "picture": "picture {}",
    "math": "the formula {}",
    "figure": "the reference @{}",
}

_REMEDIES: Final = {
    "citation": "write the citation as the original has it",
    "number": "write the number that the original has",
}


def check_unit(unit: Unit, span: Span, original: str, own: str, records: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield the problems of a translated unit.

    Args:
        unit: the unit with its new translation.
        span: its place in the translator's file.
        original: the BCP 47 tag of the language of the original.
        own: the BCP 47 tag of the language of the translation.
        records: the records of the atlas, which links may name.
    """
    ours, theirs = _prose(unit.source, span, unit.is_block), _prose(unit.translation, span, unit.is_block)
    known = Counter(problem.rule for problem in ours[1])
    for problem in theirs[1]:
        known[problem.rule] -= 1
        if known[problem.rule] < 0:
            yield Problem(span, problem.rule, f"{unit.context}: {problem.message}", problem.hint)
    yield from _check_links(unit, span, ours[0], theirs[0], records)
    for each in find_disagreements(unit.source, unit.translation, original, own):
        hint = f"{_REMEDIES[each.kind]}; what is right as it is, mark fuzzy and write into the file of the translation"
        yield Problem(span, Rule.UNIT_DIFFERS, f"{unit.context}: {each.message}", hint)


def _prose(markdown: str, span: Span, is_block: bool) -> tuple[Prose, list[Problem]]:
    """Convert a unit. Problems of footnotes are left out, because the notes may be elsewhere in the body."""
    prose, problems = convert(Passage(markdown, span), block=is_block)
    return prose, [problem for problem in problems if problem.rule != Rule.UNKNOWN_FOOTNOTE]


def _check_links(
    unit: Unit, span: Span, ours: Prose, theirs: Prose, records: Mapping[str, Record]
) -> Iterator[Problem]:
    """Yield problems for links, pictures and notes that are lost, and for links to unknown records."""
    first, second = _links(ours, unit.source), _links(theirs, unit.translation)
    for link in first - second:
        hint = "write it as the original has it; the words after | are yours"
        yield Problem(span, Rule.UNIT_DIFFERS, f"{unit.context}: {link} of the original is not here", hint)
    for _, slot in theirs.used():
        if slot.kind == "record" and slot.target not in records:
            message = f'{unit.context}: no record "{slot.target}"'
            yield Problem(span, Rule.UNKNOWN_RECORD, message, nearest(slot.target, records))


def _links(prose: Prose, markdown: str) -> Counter[str]:
    """Return the links, pictures and footnote marks in a text, as messages name them."""
    found: Counter[str] = Counter()
    for _, slot in prose.used():
        if slot.kind in _LINKS:
            target = f"{slot.target}#{slot.fragment}" if slot.fragment else slot.target
            found[_LINKS[slot.kind].format(target)] += 1
    found.update(f"the link to {address}" for address in _HREF.findall(prose.html) if not address.startswith("#fn"))
    found.update(f"the note [^{label}]" for label in _CALL.findall(markdown))
    return found

"""Analyses templates without rendering: their names, interface text and errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from atlas.core.digests import digest
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.pages.interface_words import used_words
from atlas.pages.registry import PAGE_TEMPLATES


class Facts(Struct, frozen=True, array_like=True):
    """The analysis of one template.

    Attributes:
        digest: the digest of its text.
        named: the templates that it names, each with its line.
        open: whether it may name others by an expression.
        fault: the line and message of its syntax error, or None.
    """

    digest: str
    named: tuple[tuple[str, int], ...] = ()
    open: bool = False
    fault: tuple[int, str] | None = None


def is_template(name: str) -> bool:
    """Return whether a file of templates/ is a template, not a message catalog."""
    return not name.startswith("words/")


def is_known(text: str, facts: Facts | None) -> bool:
    """Return whether an analysis is that of a template with this text."""
    return facts is not None and facts.digest == digest(text.encode())


def closure(name: str, facts: Mapping[str, Facts]) -> tuple[str, ...]:
    """Return a template and all that it names, directly or through others, sorted by name."""
    found: set[str] = set()
    wanted = [name]
    while wanted:
        each = wanted.pop()
        if each in found or each not in facts:
            continue
        found.add(each)
        wanted += facts if facts[each].open else (other for other, _ in facts[each].named)
    return tuple(sorted(found))


def check_templates(facts: Mapping[str, Facts]) -> Iterator[Problem]:
    """Yield the syntax errors of the templates, and those that are missing."""
    for name in PAGE_TEMPLATES:
        if name not in facts:
            yield missing_template(name, Span(f"templates/{name}"), facts)
    for name, own in facts.items():
        path = f"templates/{name}"
        if own.fault:
            yield Problem(Span(path, own.fault[0], 1), Rule.TEMPLATE_ERROR, own.fault[1], "fix this line")
        for wanted, line in own.named:
            if wanted not in facts:
                yield missing_template(wanted, Span(path, line, 1), facts)


def missing_template(name: str, span: Span, facts: Mapping[str, Facts]) -> Problem:
    """Return the problem of a template that is named and does not exist."""
    hint = nearest(name, facts, "write it, or take the engine's own")
    return Problem(span, Rule.MISSING_TEMPLATE, f'there is no template "{name}"', hint)


def messages_used(templates: Mapping[str, str]) -> dict[str, Span]:
    """Return the keys of the words that templates use, each with a place of use."""
    return used_words({f"templates/{name}": text for name, text in templates.items() if is_template(name)})

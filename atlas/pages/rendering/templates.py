"""Analyses templates without rendering: names, interface text, mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from atlas.core.digests import digest
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.pages.interface_words import words_said
from atlas.pages.registry import PAGE_TEMPLATES


class Facts(Struct, frozen=True, array_like=True):
    """What is known of one template.

    digest: of its text; named: the templates that it names, each with its line; open: it may name others, by an
    expression; fault: the line and the message of what is wrong with its syntax, or None.
    """

    digest: str
    named: tuple[tuple[str, int], ...] = ()
    open: bool = False
    fault: tuple[int, str] | None = None


def is_template(name: str) -> bool:
    """Whether a file of templates/ is a template, and not a catalogue of words."""
    return not name.startswith("words/")


def is_known(text: str, facts: Facts | None) -> bool:
    """Whether facts are those of a template with this text."""
    return facts is not None and facts.digest == digest(text.encode())


def closure(name: str, facts: Mapping[str, Facts]) -> tuple[str, ...]:
    """A template and all that it names, and all that those name, in the order of their names."""
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
    """What is wrong with the syntax of the templates, and which are not there."""
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
    """A template that is named and not there."""
    hint = nearest(name, facts, "write it, or take the engine's own")
    return Problem(span, Rule.MISSING_TEMPLATE, f'there is no template "{name}"', hint)


def messages_used(templates: Mapping[str, str]) -> dict[str, Span]:
    """The keys of the words that templates say, each with a place where one does."""
    return words_said({f"templates/{name}": text for name, text in templates.items() if is_template(name)})

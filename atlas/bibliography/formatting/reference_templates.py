"""Parses the templates of references: text with slots.

    {title quoted}          a part of the reference; `italic` and `quoted` format it as a title, `^` gives it a capital,
                            `headline` the capitals of an English headline where the style has them
    {pages/eid}             the first that has a value
    {'volume' volume}       a value in a pattern of words.yaml; {'in'} the word alone
    < ({issue})>            an optional piece
    …¦                      nothing follows: the end of a reference without its full stop

A template yields nothing if a slot directly in it has no value. An optional piece without a value is left out alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from msgspec import Struct


class TemplateSlot(Struct, frozen=True):
    """A slot of a template.

    Attributes:
        names: the parts of the reference, of which the first with a value is used.
        pattern: a word with `{n}` for the value, or a word alone.
        form: `italic` or `quoted` for a title.
        capital: whether it begins with a capital.
        headline: whether it has the capitals of an English headline.
    """

    names: tuple[str, ...]
    pattern: str = ""
    form: str = ""
    capital: bool = False
    headline: bool = False


class TemplatePart(Struct, frozen=True):
    """An optional piece of a template, left out if one of its slots has no value."""

    template: Template


Template = tuple[str | TemplateSlot | TemplatePart, ...]


def with_signs(text: str, signs: Mapping[str, str]) -> str:
    """Replace the punctuation that the language writes differently."""
    for sign, own in signs.items():
        text = text.replace(sign, own)
    return text


_TOKEN = re.compile(r"\{(?P<slot>[^{}]*)\}|(?P<open><)|(?P<close>>)")


def read_template(text: str, signs: Mapping[str, str]) -> Template:
    """Parse a template.

    Args:
        text: the template.
        signs: the punctuation that the language writes differently.

    Raises:
        ValueError: if it is malformed, with what is wrong.
    """
    levels: list[list[str | TemplateSlot | TemplatePart]] = [[]]
    position = 0
    for found in _TOKEN.finditer(text):
        literal = text[position : found.start()]
        position = found.end()
        if literal:
            levels[-1].append(escape(with_signs(literal, signs), quote=False))
        if found["open"]:
            levels.append([])
        elif found["close"]:
            if len(levels) == 1:
                raise ValueError(f'a ">" too many in the template "{text}"')
            piece = TemplatePart(tuple(levels.pop()))
            levels[-1].append(piece)
        else:
            levels[-1].append(_slot(found["slot"], text))
    if re.search(r"[{}]", _TOKEN.sub("", text)):
        raise ValueError(f'a slot is not closed in the template "{text}"')
    if len(levels) > 1:
        raise ValueError(f'a "<" is not closed in the template "{text}"')
    if text[position:]:
        levels[0].append(escape(with_signs(text[position:], signs), quote=False))
    return tuple(levels[0])


def _slot(text: str, template: str) -> TemplateSlot:
    names: tuple[str, ...] = ()
    pattern = form = ""
    capital = headline = False
    for part in text.split():
        if part.startswith("'"):
            pattern = part.strip("'")
        elif part in ("italic", "quoted"):
            form = part
        elif part == "^":
            capital = True
        elif part == "headline":
            headline = True
        elif names:
            raise ValueError(f'the slot "{{{text}}}" of the template "{template}" has two names: {names[0]}, {part}')
        else:
            names = tuple(part.split("/"))
    return TemplateSlot(names, pattern, form, capital, headline)

"""Splits a content file into the values of its keys and, for Markdown, its body."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.markdown.passages import Passage
from atlas.markdown.prose import MarkedBlock, Prose, convert
from atlas.schema.families import Family
from atlas.schema.field_types import Declared, FileContext
from atlas.schema.object_types import ObjectType


class ParsedFile(Struct):
    """One file taken apart: its values, and for Markdown its body."""

    source: Source
    values: dict[str, Any] | None
    body: Prose | None = None
    problems: list[Problem] = field(default_factory=list)


def parse_file(source: Source, family: Family, table: ObjectType, declared: Declared) -> ParsedFile:
    """Take a file apart; its values are None when it cannot be read at all."""
    matter, first_line, body = (source, 1, None) if family.form == "yaml" else _front_matter(source)
    if isinstance(matter, Problem):
        return ParsedFile(source, None, problems=[matter])
    node, problems = read_yaml(matter, first_line)
    if node is None:
        return ParsedFile(source, None, problems=list(problems))
    context = FileContext(source.path, matter.text, declared, first_line)
    values = table.read(node, context)
    page = ParsedFile(source, values, problems=context.problems)
    if body is not None:
        page.body, found = convert(body, block=True)
        page.problems += found
        for mark in page.body.marked:
            _check_mark(mark, declared, page.problems)
    return page


def _front_matter(source: Source) -> tuple[Source | Problem, int, Passage | None]:
    """The YAML between the two lines `---`, the line on which it begins, and the text after it."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        hint = "begin the file with a line ---, then `title: …` and the other keys, then --- again"
        return Problem(Span(source.path, 1, 1), Rule.NO_FRONT_MATTER, "the file has no front matter", hint), 1, None
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        hint = "write a line --- after its last key"
        return Problem(Span(source.path, 1, 1), Rule.OPEN_FRONT_MATTER, "the front matter is not closed", hint), 1, None
    text = "\n".join(lines[end + 1 :])
    return Source(source.path, "\n".join(lines[1:end]) + "\n"), 2, Passage(text, Span(source.path, end + 2, 1))


def _check_mark(mark: MarkedBlock, declared: Declared, problems: list[Problem]) -> None:
    dimensions = declared.get("dimension", ())
    if mark.dimension and mark.dimension not in dimensions:
        message = f'no dimension "{mark.dimension}" is declared'
        problems.append(Problem(mark.span, Rule.UNKNOWN_DIMENSION, message, nearest(mark.dimension, dimensions)))
    if mark.dimension and mark.reading:
        message = "a paragraph is a fact of a source or the atlas's own reading, not both"
        problems.append(Problem(mark.span, Rule.WRONG_TYPE, message, "remove .reading or the dimension"))
    if not mark.id:
        hint = "write {#id dimension=…}, or run `python build.py check --fix`"
        problems.append(Problem(mark.span, Rule.MISSING_ID, "this fact has no id", hint))

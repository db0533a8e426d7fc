"""Splits a content file into the values of its keys and, for Markdown, its body."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct, field

from atlas.core.problems import Problem, Span, nearest
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_rest, read_yaml
from atlas.markdown.passages import Passage
from atlas.markdown.prose import MarkedBlock, Prose, convert
from atlas.schema.families import Family
from atlas.schema.field_types import Declared, FileContext
from atlas.schema.object_types import ObjectType


class FrontMatter(Struct, frozen=True):
    """The place of the front matter in a Markdown file, as offsets of characters.

    Attributes:
        start: where its YAML begins.
        end: where its YAML ends.
        body: where the body begins.
    """

    start: int
    end: int
    body: int


_REMEDIES: Final = {
    Rule.NO_FRONT_MATTER: "begin the file with a line ---, then `title: …` and the other keys, then --- again",
    Rule.OPEN_FRONT_MATTER: "write a line --- after its last key",
}


class ParsedFile(Struct):
    """A parsed content file.

    Attributes:
        source: the file.
        values: the values of its keys, or None if it cannot be read at all.
        body: the body of a Markdown file.
        problems: what is wrong with it.
    """

    source: Source
    values: dict[str, Any] | None
    body: Prose | None = None
    problems: list[Problem] = field(default_factory=list)


def parse_file(source: Source, family: Family, table: ObjectType, declared: Declared) -> ParsedFile:
    """Parse a content file.

    Args:
        source: the file.
        family: the family of its record.
        table: the keys that it may have.
        declared: the ids that the site declares.
    """
    found, first_line, body = (source, 1, None) if family.form == "yaml" else _front_matter(source)
    node, problems = (None, (found,)) if isinstance(found, Problem) else read_yaml(found, first_line)
    is_whole = node is not None
    if not is_whole and table != family.table:
        return ParsedFile(source, None, problems=[*problems])
    # Of an original the preview shows what can be read.
    matter = found
    if isinstance(matter, Problem):
        matter, body = Source(source.path, ""), Passage(source.text.lstrip("-\n"), source.span)
    node = node or read_rest(matter, first_line, problems[0])
    context = FileContext(source.path, matter.text, declared, first_line)
    values = table.read(node, context) if node else table.stand_in(context, source.span)
    # Of a file that cannot be read as a whole, what else is wrong may follow from what was left out.
    page = ParsedFile(source, values, problems=[*problems, *(context.problems if is_whole else ())])
    if body is not None:
        page.body, more = convert(body, block=True)
        if isinstance(found, Problem):
            return page  # the text may hold its front matter
        page.problems += more
        for mark in page.body.marked:
            _check_mark(mark, declared, page.problems)
    return page


def find_front_matter(text: str) -> FrontMatter | Rule:
    """Return the place of the front matter of a text, between two lines `---`, or the rule that it breaks."""
    start = text.find("\n") + 1
    if text.partition("\n")[0].rstrip() != "---":
        return Rule.NO_FRONT_MATTER
    position = start
    while position:
        following = text.find("\n", position) + 1
        if text[position : following or len(text)].rstrip() == "---":
            return FrontMatter(start, position, following or len(text))
        position = following
    return Rule.OPEN_FRONT_MATTER


def _front_matter(source: Source) -> tuple[Source | Problem, int, Passage | None]:
    """Return the YAML between the two lines `---`, the line on which it begins, and the text after it."""
    text, found = source.text, find_front_matter(source.text)
    if isinstance(found, FrontMatter):
        body = Passage(text[found.body :], Span(source.path, text.count("\n", 0, found.end) + 2, 1))
        return Source(source.path, text[found.start : found.end] or "\n"), 2, body
    message = "the file has no front matter" if found == Rule.NO_FRONT_MATTER else "the front matter is not closed"
    return Problem(Span(source.path, 1, 1), found, message, _REMEDIES[found]), 1, None


def _check_mark(mark: MarkedBlock, declared: Declared, problems: list[Problem]) -> None:
    dimensions = declared.get("dimension", ())
    if mark.dimension and mark.dimension not in dimensions:
        message = f'no dimension "{mark.dimension}" is declared'
        problems.append(Problem(mark.span, Rule.UNKNOWN_DIMENSION, message, nearest(mark.dimension, dimensions)))
    if mark.dimension and mark.reading:
        message = "a paragraph is a fact of a source or the atlas's own reading, not both"
        problems.append(Problem(mark.span, Rule.WRONG_TYPE, message, "remove .reading or the dimension"))
    if not mark.id:
        hint = "write {#id dimension=…}, or run " + command("check --fix")
        problems.append(Problem(mark.span, Rule.MISSING_ID, "this fact has no id", hint))

"""YAML with positions: text → nodes whose scalars are all strings.

The schema decides the types of values. Otherwise `no` would be False, `010` eight and 1949-12-15 a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from atlas.core.characters import BAD, refusal
from atlas.core.limits import YAML_DEPTH
from atlas.core.problems import Problem, Span, has_errors
from atlas.core.rules import Rule
from atlas.core.sources import Source
from atlas.core.yaml_causes import Cause, cut_off, find_cause, foreign_indent, swallowed

_ANCHORS = re.compile(r"(?m)(?:^|[\s\[{,:-])[&*][^\s,\]}]")
_INDENT = re.compile(rf"(?m)^[ \t?:-]{{{YAML_DEPTH // 2},}}")
"""A line that is indented enough to be nested too deeply: each column begins at most two levels."""
_ENTRY, _ENTRY_END, _TOP = re.compile(r"\s*- "), re.compile(r"\s*- |\S"), re.compile(r"[^\s#-]")
"""The lines that begin an entry of a list, that end it, and that begin a key of the whole mapping."""
_TRIES = 5
"""How many errors of one file are passed over to read the rest."""
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


def read_yaml(source: Source, first_line: int = 1) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """Read a YAML text as a mapping.

    Args:
        source: the text.
        first_line: the line of the file on which the text begins (2 for front matter).

    Returns:
        The mapping, or None where there are errors, and the problems: errors, or warnings beside a mapping.
    """
    text, offset = source.text, first_line - 1
    problem = _refused(source, offset)
    if problem:
        return None, (problem,)
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        return None, (_syntax_problem(source, offset, error),)
    if not isinstance(node, MappingNode):
        span = Span(source.path, first_line, 1)
        return None, (
            Problem(span, Rule.WRONG_TYPE, "a mapping is wanted here", "write lines of the form `key: value`"),
        )
    foreign = foreign_indent(text)
    if foreign:
        return None, (_caused(source.path, offset, foreign),)
    problems: list[Problem] = []
    _check_nodes(node, source, offset, problems)
    return (None if has_errors(problems) else node), tuple(problems)


def read_rest(source: Source, first_line: int, problem: Problem) -> MappingNode | None:
    """Read a YAML text that has an error, without the line, the entry or the key that holds it.

    Lines keep their numbers. The preview shows such a record; no build publishes it.

    Args:
        source: the text.
        first_line: the line of the file on which the text begins.
        problem: the error.

    Returns:
        The mapping, or None if nothing can be read.
    """
    lines = source.text.split("\n")
    for _ in range(_TRIES):
        number = min(problem.span.line - first_line, len(lines) - 1)
        for unit in _units(lines, number):
            left = [*lines]
            left[unit.start : unit.stop] = [""] * len(unit)
            node, problems = read_yaml(Source(source.path, "\n".join(left)), first_line)
            if node is not None:
                return node
            if problems[0].span.line > problem.span.line:  # this error is gone, and there is another
                break
        lines, problem = left, problems[0]
    return None


def _units(lines: list[str], number: int) -> Iterator[range]:
    """Yield what may be left out for an error in a line: the line, its entry of a list, its key with all lines of it.

    Args:
        lines: the lines.
        number: the number of the line, counted from 0.
    """
    if lines[number][:1].isspace() and not lines[number].lstrip().startswith("- "):
        yield range(number, number + 1)
    for start, end in ((_ENTRY, _ENTRY_END), (_TOP, _TOP)):
        first = next((row for row in range(number, -1, -1) if start.match(lines[row])), 0)
        yield range(first, next((row for row in range(first + 1, len(lines)) if end.match(lines[row])), len(lines)))


def span_of(node: Node, path: str, first_line: int = 1) -> Span:
    """Return the place where a node begins.

    Args:
        node: the node.
        path: the path of its file.
        first_line: the line of the file on which the YAML begins.
    """
    return Span(path, node.start_mark.line + first_line, node.start_mark.column + 1)


def _refused(source: Source, offset: int) -> Problem | None:
    """Return the problem of an alias or of extreme nesting, found in the events before any node is composed."""
    text = source.text
    deep = text.count("[") + text.count("{") > YAML_DEPTH // 2 or _INDENT.search(text)
    if not (deep or _ANCHORS.search(text)):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            mark = event.start_mark
            assert mark is not None
            span = Span(source.path, mark.line + 1 + offset, mark.column + 1)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                hint = "write the value out; put a text that begins with * or & in quotation marks"
                return Problem(span, Rule.YAML_ALIAS, "anchors and aliases are not used here", hint)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > YAML_DEPTH:
                return _too_deep(span)
    except yaml.YAMLError as error:
        return _syntax_problem(source, offset, error)
    return None


def _too_deep(span: Span) -> Problem:
    message = f"this is nested more than {YAML_DEPTH} levels deep"
    return Problem(span, Rule.OVER_LIMIT, message, "no value needs more than four levels")


def _check_nodes(node: Node, source: Source, offset: int, problems: list[Problem]) -> None:
    path = source.path
    span = span_of(node, path, offset + 1)
    if node.tag not in _PLAIN_TAGS:
        hint = "remove the tag; if it is text, put the whole text in quotation marks"
        problems.append(Problem(span, Rule.YAML_SYNTAX, f"the tag {node.tag} is not used here", hint))
    if isinstance(node, MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            _check_key(key, span_of(key, path, offset + 1), seen, problems)
            _check_nodes(value, source, offset, problems)
    elif isinstance(node, ScalarNode):
        _check_characters(node, span, problems)
        if not node.style and node.value:
            _check_plain(node, source, offset, problems)
    else:
        for item in node.value:
            _check_nodes(item, source, offset, problems)


def _check_plain(node: ScalarNode, source: Source, offset: int, problems: list[Problem]) -> None:
    """Report an unquoted text that has swallowed a key, or from which a comment cuts off words."""
    start, end = node.start_mark, node.end_mark
    swallows = swallowed(source.text, start.line, end.line) if start.line != end.line else None
    if swallows:
        problems.append(_caused(source.path, offset, swallows))
    words = cut_off(source.text, start.index, end.index)
    if words:
        span = Span(source.path, end.line + 1 + offset, source.text.index("#", end.index) - end.index + end.column + 1)
        message = f'a space and # begin a comment: "{words}" is not part of the text'
        hint = "put the whole text in quotation marks; before a comment write two spaces, and one after its #"
        problems.append(Problem(span, Rule.YAML_COMMENT, message, hint))


def _check_key(key: Node, span: Span, seen: dict[str, int], problems: list[Problem]) -> None:
    if not isinstance(key, ScalarNode):
        problems.append(
            Problem(span, Rule.YAML_SYNTAX, "a key must be a word", "put text with { or [ in quotation marks")
        )
    elif key.value in seen:
        message = f'the key "{key.value}" is given again; it was given on line {seen[key.value]}'
        problems.append(Problem(span, Rule.DUPLICATE_YAML_KEY, message, "keep one of the two"))
    else:
        seen[key.value] = span.line
        _check_characters(key, span, problems)


def _check_characters(node: ScalarNode, span: Span, problems: list[Problem]) -> None:
    """Report a bad character that a YAML escape sequence stands for."""
    found = None if node.value.isascii() and node.value.isprintable() else BAD.search(node.value)
    if found:
        message = refusal(found[0])
        problems.append(Problem(span, Rule.BAD_CHARACTER, message, "remove it, and the \\ that writes it"))


def _syntax_problem(source: Source, offset: int, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or error).strip()
    line, column = (mark.line + 1 + offset, mark.column + 1) if mark else (1 + offset, 1)
    if "nesting depth" in reason:  # libyaml has its own limit, which its scanner may reach first
        return _too_deep(Span(source.path, line, column))
    if "document" in reason:
        hint = "one file holds one document: remove the line ---"
        return Problem(Span(source.path, line, column), Rule.YAML_SYNTAX, "a second document begins here", hint)
    cause = find_cause(source.text, error)
    if cause is None:
        hint = "see that indentation is of spaces, and that every quotation mark and bracket is closed"
        message = f"this is not valid YAML: {reason}"
        return Problem(Span(source.path, line, column), Rule.YAML_SYNTAX, message, hint)
    return _caused(source.path, offset, cause)


def _caused(path: str, offset: int, cause: Cause) -> Problem:
    span = Span(path, cause.line + 1 + offset, cause.column + 1)
    return Problem(span, Rule.YAML_SYNTAX, cause.message, cause.hint)

"""YAML with positions: text → nodes whose scalars are all strings.

The schema decides the types of values. Otherwise `no` would be False, `010` eight and 1949-12-15 a date.
"""

from __future__ import annotations

import re

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from atlas.core.characters import BAD, refusal
from atlas.core.limits import YAML_DEPTH
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import Source

_ANCHORS = re.compile(r"(?m)(?:^|[\s\[{,:-])[&*][^\s,\]}]")
_INDENT = re.compile(rf"(?m)^[ \t?:-]{{{YAML_DEPTH // 2},}}")
"""A line that is indented enough to be nested too deeply: each column begins at most two levels."""
_PLAIN_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


def read_yaml(source: Source, first_line: int = 1) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """Read a YAML text as a mapping.

    Args:
        source: the text.
        first_line: the line of the file on which the text begins (2 for front matter).

    Returns:
        The mapping, or None where there are errors, and the problems.
    """
    text, offset = source.text, first_line - 1
    problem = _refused(source, offset)
    if problem:
        return None, (problem,)
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        return None, (_syntax_problem(source.path, offset, error),)
    if not isinstance(node, MappingNode):
        span = Span(source.path, first_line, 1)
        return None, (
            Problem(span, Rule.WRONG_TYPE, "a mapping is wanted here", "write lines of the form `key: value`"),
        )
    problems: list[Problem] = []
    _check_nodes(node, source.path, offset, problems)
    return (None if problems else node), tuple(problems)


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
        return _syntax_problem(source.path, offset, error)
    return None


def _too_deep(span: Span) -> Problem:
    message = f"this is nested more than {YAML_DEPTH} levels deep"
    return Problem(span, Rule.OVER_LIMIT, message, "no value needs more than four levels")


def _check_nodes(node: Node, path: str, offset: int, problems: list[Problem]) -> None:
    span = span_of(node, path, offset + 1)
    if node.tag not in _PLAIN_TAGS:
        problems.append(Problem(span, Rule.YAML_SYNTAX, f"the tag {node.tag} is not used here", "remove the tag"))
    if isinstance(node, MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            _check_key(key, span_of(key, path, offset + 1), seen, problems)
            _check_nodes(value, path, offset, problems)
    elif isinstance(node, ScalarNode):
        _check_characters(node, span, problems)
    else:
        for item in node.value:
            _check_nodes(item, path, offset, problems)


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


def _syntax_problem(path: str, offset: int, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or error).strip()
    line, column = (mark.line + 1 + offset, mark.column + 1) if mark else (1 + offset, 1)
    if "nesting depth" in reason:  # libyaml has its own limit, which its scanner may reach first
        return _too_deep(Span(path, line, column))
    return Problem(
        Span(path, line, column), Rule.YAML_SYNTAX, f"this is not valid YAML: {reason}", _syntax_hint(reason)
    )


def _syntax_hint(reason: str) -> str:
    if "cannot start any token" in reason:
        return "indent with spaces, not tabs; put a text that begins with @, `, %, [ or { in quotation marks"
    if "mapping values are not allowed" in reason:
        return "put a text that holds a colon and a space in quotation marks"
    if "document" in reason:
        return "one file holds one document: remove the line ---"
    if "indicator" in reason or "block end" in reason or "did not find expected key" in reason:
        return "see that the lines of one list or mapping begin in the same column and that quotation marks are closed"
    return "see that indentation is of spaces, and that every quotation mark and bracket is closed"

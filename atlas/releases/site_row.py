"""Adds the row of a release to the text of content/site.yaml, and leaves all else as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from yaml.nodes import CollectionNode, Node, SequenceNode

from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml

_KEY: Final = "releases"


def with_release(source: Source, version: str, date: str, text: Mapping[str, str], digest: str) -> str | None:
    """Return the text of site.yaml with one more release at the end of `releases`.

    Args:
        source: the file.
        version: the version of the release.
        date: its day.
        text: what is new in it, by language.
        digest: the digest of the list of its addresses.

    Returns:
        The text, or None if `releases` is written in a form to which no row can be added, such as `[{…}, {…}]`.
    """
    row = _row(version, date, text, digest)
    node, _ = read_yaml(source)
    entries = {key.value: (key, value) for key, value in node.value} if node else {}
    lines = source.text.split("\n")
    if _KEY not in entries:
        end = "" if source.text.endswith("\n") else "\n"
        return f"{source.text}{end}{_KEY}:\n" + "\n".join(_indented(row, 2)) + "\n"
    key, value = entries[_KEY]
    if isinstance(value, SequenceNode) and value.value and not value.flow_style:
        at, indent = _line_after(value), value.start_mark.column
    elif isinstance(value, SequenceNode) and not value.value:
        line = value.start_mark.line
        if value.end_mark.line != line:
            return None
        lines[line] = (lines[line][: value.start_mark.column].rstrip() + lines[line][value.end_mark.column :]).rstrip()
        at, indent = line + 1, 2
    elif not value.value:
        at, indent = key.start_mark.line + 1, 2
    else:
        return None
    return "\n".join([*lines[:at], *_indented(row, indent), *lines[at:]])


def _row(version: str, date: str, text: Mapping[str, str], digest: str) -> list[str]:
    return [
        f"- date: {date}",
        f"  version: {_quoted(version)}",
        "  text:",
        *(f"    {language}: {_quoted(words)}" for language, words in text.items()),
        f"  digest: {_quoted(digest)}",
    ]


def _quoted(text: str) -> str:
    """Return a text as a scalar in double quotation marks, which YAML reads as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _indented(lines: list[str], columns: int) -> list[str]:
    return [" " * columns + line for line in lines]


def _line_after(node: Node) -> int:
    """Return the number of the first line after a node; the end of a block is where the last value in it ends."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark
    return int(end.line if end.column == 0 and end.line > node.start_mark.line else end.line + 1)

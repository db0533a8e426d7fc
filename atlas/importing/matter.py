"""Reads the front matter of texts that are imported: YAML, or TOML as Hugo writes it; and their titles."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.importing.results import Import

SUMMARIES: Final = ("summary", "description", "abstract", "excerpt", "subtitle")
"""The keys that can be the summary of a record, the best first."""
_AUTHORS: Final = ("author", "authors", "contributor", "contributors")
_USED: Final = frozenset({"title", "lang", "language", "bibliography", *_AUTHORS, *SUMMARIES})
_MATTER: Final = re.compile(
    r"\A\ufeff?(?:---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(?P<toml>.*?)\n\+\+\+)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_TITLE_BLOCK: Final = re.compile(r"\A% (.+)\n(?:%.*\n)*")
_FIRST_HEADING: Final = re.compile(r"\A\s*# (.+?)(?:[ \t]*\{[^{}]*\})?[ \t]*#*[ \t]*\n|\A\s*(\S.*)\n=+[ \t]*\n")
_DATED: Final = re.compile(r"^\d{4}-\d\d-\d\d-")
"""What the names of posts begin with in Jekyll."""


def read_matter(text: str, result: Import) -> tuple[dict[str, Node], str]:
    """Return the keys of the front matter, and the body; keys that a record has not are noted as lost."""
    found = _MATTER.match(text)
    if not found:
        return {}, text
    body = text[found.end() :]
    try:
        rows = found["yaml"] if found["toml"] is None else json.dumps(tomllib.loads(found["toml"]), default=str)
    except tomllib.TOMLDecodeError as error:
        result.lose("front matter", f"it was left out: it is no TOML: {error}")
        return {}, body
    node, problems = read_yaml(Source("front matter", rows), 2)
    if node is None:
        result.lose("front matter", f"it was left out: {problems[0].message}")
        return {}, body
    keys = {key.value: value for key, value in node.value}
    summary = next((key for key in SUMMARIES if plain(keys.get(key))), "")
    for key, value in keys.items():
        if key not in _USED or (key in SUMMARIES and key != summary):
            shown = value.value if isinstance(value, ScalarNode) else "a list or mapping"
            result.lose("front matter", f"{key} was left out: {shown[:60]}")
    return keys, body


def plain(node: Node | None) -> str:
    """Return a text of the front matter in one line; "" for lists and mappings."""
    return " ".join(node.value.split()) if isinstance(node, ScalarNode) else ""


def names_of(matter: dict[str, Node], result: Import) -> list[str]:
    """Return the names of the authors: texts, or mappings with `name`, or with `first_name` and `last_name`."""
    node = next((matter[key] for key in _AUTHORS if key in matter), None)
    rows = node.value if isinstance(node, SequenceNode) else [node] if node else []
    names = []
    for row in rows:
        keys = {key.value: value for key, value in row.value} if isinstance(row, MappingNode) else {"name": row}
        name = _name(keys)
        if others := [key for key in keys if key not in ("name", "full_name", "first_name", "last_name")]:
            result.lose(
                "front matter",
                f"of the author {name or plain(keys.get('id'))} these were left out: {', '.join(others)}",
            )
        names.append(name)
    return [name for name in names if name]


def _name(keys: dict[str, Node]) -> str:
    inner = keys.get("name") or keys.get("full_name")
    if isinstance(inner, MappingNode):
        parts = {key.value: plain(value) for key, value in inner.value}
        return parts.get("literal") or ", ".join(filter(None, (parts.get("family", ""), parts.get("given", ""))))
    return plain(inner) or " ".join(filter(None, (plain(keys.get("first_name")), plain(keys.get("last_name")))))


def title_of(matter: dict[str, Node], body: str, path: Path) -> tuple[str, str]:
    """Return the title, and the body without it."""
    title = plain(matter.get("title"))
    block = _TITLE_BLOCK.match(body)
    if block:
        title, body = title or block[1].strip(), body[block.end() :]
    heading = _FIRST_HEADING.match(body)
    if heading and (not title or title == (heading[1] or heading[2]).strip()):
        title, body = (heading[1] or heading[2]).strip(), body[heading.end() :]
    own = path.resolve().parent.name if path.stem in ("index", "_index") else path.stem
    stem = _DATED.sub("", own.removesuffix(".html"))
    return title or " ".join(re.split("[-_]", stem)), body

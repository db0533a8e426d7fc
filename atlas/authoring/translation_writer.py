"""Writes translated texts into the file of a translation and leaves everything else unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode

from atlas.authoring.translation_units import Versions, blocks, is_body, without_dimensions
from atlas.content.front_matter import FrontMatter, find_front_matter
from atlas.core.sources import Source
from atlas.core.yaml_nodes import read_yaml
from atlas.lint.translation_status import Part

_TABLES: Final = ("facts", "relations", "changes")


class Edit(Struct, frozen=True, order=True):
    """A range of a text and its replacement."""

    start: int
    end: int
    text: str


def edited(text: str, edits: list[Edit]) -> str:
    """Apply edits to a text; those at the same place in the given order."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda each: each.start):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def file_with(source: Source, texts: Mapping[str, str], body: str | None, *, is_yaml: bool) -> str:
    """Return the new text of a translation's file.

    Args:
        source: the file as it is; its text is "" for a new file.
        texts: the new texts of keys, by name.
        body: the new body, or None to keep it.
        is_yaml: whether the file is only YAML; else it is front matter and a body.

    Returns:
        The file without the signature of an editor, who has not read the new texts.
    """
    if is_yaml:
        return matter_with(source.path, without_signature(source.path, source.text), texts)
    found = find_front_matter(source.text)
    old, rest = "", "\n"
    if isinstance(found, FrontMatter):
        old, rest = source.text[found.start : found.end], source.text[found.body :]
    matter = matter_with(source.path, without_signature(source.path, old), texts)
    return f"---\n{matter}---\n{rest if body is None else body}"


# Keys.


def matter_with(path: str, text: str, texts: Mapping[str, str]) -> str:
    """Return YAML with the texts of some keys, `summary` or `facts/ID`; comments and other keys stay in place."""
    text = text if text.endswith("\n") or not text else f"{text}\n"
    root, _ = read_yaml(Source(path, text)) if text.strip() else (None, ())
    top = {key.value: (key, value) for key, value in root.value} if root else {}
    edits: list[Edit] = []
    fresh = ""
    for name in ("title", "summary", "lead"):
        if name in texts and name in top:
            edits.append(_replaced(text, top[name][1], texts[name]))
        elif name in texts:
            fresh += f"{name}: {_quoted(texts[name])}\n"
    if fresh:
        at = root.value[0][0].start_mark.index if root else 0
        edits.append(Edit(at, at, fresh))
    for table in _TABLES:
        rows = {name.partition("/")[2]: words for name, words in texts.items() if name.startswith(f"{table}/")}
        if rows:
            edits += _table(text, table, rows, top)
    return edited(text, edits)


def without_signature(path: str, matter: str) -> str:
    """Return YAML without `reviewed`, because an editor signs for the former text."""
    root, _ = read_yaml(Source(path, matter)) if matter.strip() else (None, ())
    for key, value in root.value if root else ():
        if key.value == "reviewed":
            end = matter.find("\n", len(matter[: value.end_mark.index].rstrip())) + 1 or len(matter)
            return matter[: key.start_mark.index] + matter[end:]
    return matter


def _table(text: str, table: str, rows: Mapping[str, str], top: Mapping[str, tuple[Node, Node]]) -> Iterator[Edit]:
    """Yield the edits that set some rows of a table."""
    node = top[table][1] if table in top else None
    if node is None:
        at = top["of"][0].start_mark.index if "of" in top else len(text)
        yield Edit(at, at, f"{table}:\n{_lines(rows, 2)}")
    elif not isinstance(node, MappingNode) or node.flow_style or not node.value:
        old = {key.value: value.value for key, value in node.value} if isinstance(node, MappingNode) else {}
        yield Edit(node.start_mark.index, node.end_mark.index, f"\n{_lines({**old, **rows}, 2)}".rstrip("\n"))
    else:
        there = {key.value: value for key, value in node.value}
        yield from (_replaced(text, there[id], words) for id, words in rows.items() if id in there)
        new = {id: words for id, words in rows.items() if id not in there}
        if new:
            last = len(text[: node.value[-1][1].end_mark.index].rstrip())
            at = text.find("\n", last) + 1
            yield Edit(at, at, _lines(new, node.value[0][0].start_mark.column))


def _lines(rows: Mapping[str, str], column: int) -> str:
    return "".join(f"{' ' * column}{id}: {_quoted(words)}\n" for id, words in rows.items())


def _replaced(text: str, node: Node, words: str) -> Edit:
    start, end = node.start_mark.index, node.end_mark.index
    is_literal = isinstance(node, ScalarNode) and node.style in ("|", ">")
    tail = text[start:end][len(text[start:end].rstrip()) :] if is_literal else ""
    return Edit(start, end, _quoted(words) + tail)


def _quoted(words: str) -> str:
    """Return a text as a double-quoted YAML string; JSON strings are valid in YAML 1.2."""
    return json.dumps(words, ensure_ascii=False)


# Bodies.


def body_with(versions: Versions, words: Mapping[str, str]) -> str | None:
    """Return the body of a translation with the texts of some units, by key; None if a section would be missing."""
    names = [name for name in versions.original if is_body(name)]
    texts = {name: _section(versions, name, words) for name in names}
    if any(text is None for text in texts.values()):
        return None
    form = versions.own if all(name in versions.own for name in names) else versions.original
    edits = [Edit(*_place(form[name]), texts[name] or "") for name in names]
    body = edited(form[names[0]].passage.text, edits)
    return body if form is versions.own else without_dimensions(body)


def _place(part: Part) -> tuple[int, int]:
    """Return where a section begins and ends in its body, without the empty lines around it."""
    return part.offset, part.offset + len(part.words.strip())


def _section(versions: Versions, name: str, words: Mapping[str, str]) -> str | None:
    """Return a section with the texts of its units; unchanged if its form differs and not all of them are given."""
    if name in words:
        return words[name]
    source, own = versions.original[name].words.strip(), versions.own.get(name)
    if own and len(blocks(own.words.strip())) == len(blocks(source)):
        return _with_words(own.words.strip(), name, words)
    keys = {f"{name}:{number + 1}" for number in range(len(blocks(source)))}
    if keys <= words.keys():
        return without_dimensions(_with_words(source, name, words))
    return own.words.strip() if own else None


def _with_words(text: str, name: str, words: Mapping[str, str]) -> str:
    """Return a section with the texts of some of its blocks."""
    keys = [f"{name}:{number + 1}" for number in range(len(blocks(text)))]
    edits = [Edit(at.words, at.stop, words[key]) for key, at in zip(keys, blocks(text), strict=True) if key in words]
    return edited(text, edits)

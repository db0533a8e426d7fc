"""Rewrites blocks, roles and targets of MyST as Markdown that the other steps of an import read."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from atlas.importing.code_marks import CODE, DIRECTIVES, KINDS, put_back, set_aside
from atlas.importing.headings import HEADING, named_heading

_HEAD: Final = re.compile(
    r"^(?P<before>[ \t>]*)(?P<marks>:{3,}|`{3,})\{(?P<name>[\w:+-]+)\}[ \t]*(?P<words>.*?)[ \t]*$"
)
_OPTION: Final = re.compile(r"^[ \t>]*:(?P<key>[a-z][\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_FIELD: Final = re.compile(r"^[ \t>]*(?P<key>[a-z][\w-]*):(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_CELL: Final = re.compile(r"^[ \t]*(?P<row>[*-][ \t]+)?-(?:[ \t]+(?P<words>.*))?$")
_TARGET: Final = re.compile(r"^\((?P<name>[\w:-]+)\)=[ \t]*$")
_ROLE: Final = re.compile(r"\{(?P<name>[a-zA-Z][\w:-]*)\}`(?P<words>[^`]*)`")
_AIMED: Final = re.compile(r"^(?P<words>.*?)[ \t]*<(?P<target>[^<>]+)>$")
_OMITTED: Final = re.compile(r"^(?:%[ \t].*|\+\+\+.*)$")
_READ: Final = ("name", "label", "header", "header-rows", "class")
_WITHOUT_TEXT: Final = ("toctree", "bibliography", "contents", "tableofcontents", "include", "embed", "iframe")
"""Blocks without a text of their own: lists of pages, works and headings, and what is in other files."""
_WITHOUT_TITLE: Final = ("grid", "div", "glossary", "blockquote", "epigraph", "pull-quote")
_FIGURES: Final = ("figure", "image")
_IN_CODE: Final = ("kbd", "guilabel", "menuselection", "command", "file", "program", "code", "samp", "py")
_REFERENCES: Final = ("ref", "numref", "eq", "any")


class _Block(Struct, frozen=True):
    """A block of MyST: its argument, its options, the lines of its text, and the number of the line after it.

    Where nothing closes it, `end` is the number of the first line of its text.
    """

    words: str
    options: dict[str, str]
    lines: list[str]
    start: int
    end: int


def with_myst(lines: Sequence[str], lose: Callable[[str], None]) -> list[str]:
    """Return lines, blocks and roles of MyST as Markdown: formulas, tables, callouts with their titles, references.

    Args:
        lines: the lines, those of code marked.
        lose: notes what could not be kept.
    """
    shown: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        head = None if line.startswith(CODE) else _HEAD.match(line)
        if head and _is_read(head):
            block = _block(lines, number, head)
            rows, number = _rewritten(head, block, lose)
            shown += rows
            continue
        shown.append(line if line.startswith(CODE) else _with_roles(line, lose))
        number += 1
    return list(_with_targets(shown, lose))


def _is_read(head: re.Match[str]) -> bool:
    """Return whether a block is one of text that is no figure: in a fence those that are known, or of an extension."""
    name = head["name"]
    return (name not in _FIGURES or not head["words"]) and (
        head["marks"][0] == ":" or name in DIRECTIVES or ":" in name
    )


def _block(lines: Sequence[str], number: int, head: re.Match[str]) -> _Block:
    options: dict[str, str] = {}
    start = number + 1
    if start < len(lines) and lines[start].strip(" \t>") == "---":
        ends = [each for each in range(start + 1, len(lines)) if lines[each].strip(" \t>") == "---"][:1]
        fields = [_FIELD.match(line) for line in lines[start + 1 : ends[0]]] if ends else []
        if ends and all(fields):
            options |= {found["key"]: found["value"] or "" for found in fields if found}
            start = ends[0] + 1
    while start < len(lines) and (option := _OPTION.match(lines[start])):
        options[option["key"]] = option["value"] or ""
        start += 1
    mark, depth = head["marks"][0], 1
    for end in range(start, len(lines)):
        line = lines[end].strip(" \t>")
        if lines[end].startswith(CODE) or not line.startswith(mark * 3):
            continue
        depth += -1 if not line.strip(mark) else 1
        if (mark == "`" and line == head["marks"]) or (not depth and mark == ":"):
            return _Block(head["words"], options, list(lines[start:end]), start, end + 1)
    return _Block(head["words"], options, [], start, start)


def _rewritten(head: re.Match[str], block: _Block, lose: Callable[[str], None]) -> tuple[list[str], int]:
    """Return a block, or its first lines, as Markdown, and the number of the line that follows them."""
    name, before = head["name"].lower(), head["before"]
    is_whole = block.end > block.start
    blank = before.rstrip()
    if name in KINDS or name in ("admonition", "dropdown"):
        return [_callout(head, block)], block.start
    if name in _WITHOUT_TEXT and is_whole:
        lose(f"the block {{{name}}} {block.words}".rstrip() + " was left out")
        return [blank], block.end
    for key, value in block.options.items():
        if key not in _READ:
            lose(f"{key} {value}".rstrip() + f" of the block {{{name}}} was left out")
    is_whole = is_whole and not any(line.startswith(CODE) or _HEAD.match(line) for line in block.lines)
    if name == "math" and is_whole:
        if label := block.options.get("label") or block.options.get("name"):
            lose(f"the id {label} of a formula was left out")
        return [blank, f"{before}$${_formula(block)}$$", blank], block.end
    if name in ("table", "list-table", "csv-table") and is_whole:
        rows = block.lines if name == "table" else [before + row for row in _table(name, block)]
        return [blank, *with_myst(rows, lose), blank, before + _caption(block), blank], block.end
    if block.words and name in _WITHOUT_TITLE:
        lose(f"{block.words} of the block {{{name}}} was left out")
    title = [f"{before}**{block.words}**", blank] if block.words and name not in _WITHOUT_TITLE else []
    return [f"{before}{head['marks']}{{{name}}}", *title], block.start


def _formula(block: _Block) -> str:
    """Return the formula of a block in one line; several lines of it are aligned, as Sphinx and mystmd do."""
    words = " ".join(" ".join([block.words, *(line.strip(" \t>") for line in block.lines)]).split())
    is_divided = "\\\\" in words and "\\begin" not in words
    return f"\\begin{{aligned}}{words}\\end{{aligned}}" if is_divided else words


def _caption(block: _Block) -> str:
    id = re.sub(r"^(?:tbl|tab|table)[-:_]", "", block.options.get("name") or block.options.get("label", ""))
    return f": {block.words}{f' {{#tbl-{id}}}' if id else ''}" if block.words or id else ""


def _callout(head: re.Match[str], block: _Block) -> str:
    """Return the first line of a callout, its title between brackets directly behind its kind.

    Behind the name of a kind are its first words, as Sphinx reads them, or its title, as mystmd does: words that go on
    in the next line, or end like a sentence, are no title.
    """
    kinds = block.options.get("class", "").split()
    named = head["name"].lower()
    kind = named if named in KINDS else next((each for each in kinds if each in KINDS), "note")
    start = f"{head['before']}{head['marks']}{{{kind}}}"
    first = block.lines[0].strip() if block.lines else head["marks"]
    is_title = named not in KINDS or (
        head["words"] and not re.search(r"[.!?…。:,;`]$", head["words"]) and not first[:1].islower()
    )
    return f"{start}[{head['words']}]" if is_title else f"{start} {head['words']}".rstrip()


def _table(name: str, block: _Block) -> list[str]:
    """Return the rows of a table that is written as a list, or as values with commas between them."""
    header = block.options.get("header", "")
    lines = [header, *block.lines] if header else block.lines
    rows = [row for row in (_values(lines) if name == "csv-table" else _listed(lines)) if any(row)]
    has_header = bool(header) or block.options.get("header-rows", "0") != "0"
    wide = max((len(row) for row in rows), default=0)
    first = rows[:1] if has_header else [[""] * wide]
    whole = [*first, ["---"] * wide, *rows[has_header:]] if rows else []
    filled = ([*row, *[""] * (wide - len(row))] for row in whole)
    return [f"| {' | '.join(re.sub('[|]', chr(92) + '|', cell) for cell in row)} |" for row in filled]


def _values(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of rows with commas between them; if one is too long for a CSV reader, quotes stay in them."""
    try:
        rows = list(csv.reader(lines, skipinitialspace=True))
    except csv.Error:
        rows = [line.split(",") for line in lines]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def _listed(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of rows that are lists in a list."""
    rows: list[list[str]] = []
    for line in lines:
        item = _CELL.match(line)
        if item and (item["row"] or not rows):
            rows.append([item["words"] or ""])
        elif item:
            rows[-1].append(item["words"] or "")
        elif rows and line.strip():
            rows[-1][-1] = f"{rows[-1][-1]} {line.strip()}"
    return rows


def _with_roles(line: str, lose: Callable[[str], None]) -> str:
    if "}`" not in line:
        return line
    text, pieces = set_aside(line)
    return put_back(_ROLE.sub(lambda role: _said(role, lose), text), pieces)


def _said(role: re.Match[str], lose: Callable[[str], None]) -> str:
    """Return what a role shows; citations stay as they are."""
    name, words = role["name"].lower(), role["words"]
    aimed = _AIMED.match(words)
    shown, target = (aimed["words"], aimed["target"]) if aimed else ("", words)
    if name.startswith("cite"):
        return role[0]
    if name == "math":
        return f"${words.strip()}$"
    if name in _REFERENCES and (name == "numref" or not shown):
        return f"[](#{target})"
    if name in _REFERENCES:
        return f"[{shown}](#{target})"
    if name in ("sub", "subscript", "sup", "superscript") and not re.search(r"\s", words):
        return f"~{words}~" if name.startswith("sub") else f"^{words}^"
    if name in ("del", "strike"):
        return f"~~{words}~~"
    if name.partition(":")[0] in _IN_CODE:
        return f"`{words}`"
    lose(f"of {role[0][:60]} only its words were kept")
    return shown or words


def _with_targets(lines: Sequence[str], lose: Callable[[str], None]) -> Iterator[str]:
    """Yield lines, the target before a heading as its id; comments and breaks between cells are left out."""
    target = ""
    for line in lines:
        if found := _TARGET.match(line):
            target = re.sub(r"[^\w-]", "-", found["name"])
            continue
        if _OMITTED.match(line):
            lose(f"a comment or break of MyST was left out: {line[:60]}")
            yield ""
            continue
        heading = HEADING.match(line)
        if target and line.strip():
            if heading and not named_heading(heading[2] or "")[1]:
                line = f"{line.rstrip()} {{#{target}}}"
            else:
                lose(f"the target {target} was left out: it is not before a heading")
            target = ""
        yield line

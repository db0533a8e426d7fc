"""Writes the callouts of Quarto, pandoc, MyST, MkDocs, Docusaurus and Hugo as those of an atlas: `> [!NOTE]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from atlas.importing.code_marks import CODE, KINDS
from atlas.importing.headings import HEADING, named_heading

_NAMES: Final = "|".join(KINDS)
_DIV: Final = re.compile(
    rf"^[ \t]*:{{3,}}[ \t]*(?P<braced>\{{(?:[^}}\"]*?\.)?)?(?:callout-)?(?P<kind>{_NAMES})(?![\w-])"
    r"(?:\[(?P<title>[^\]]*)\])?(?P<rest>.*?)[ \t]*:*$",
    re.IGNORECASE,
)
_DIRECTIVE: Final = re.compile(
    rf"^[ \t]*(?P<marks>:{{3,}}|`{{3,}})\{{(?P<kind>{_NAMES})\}}(?:\[(?P<title>.*)\]$)?(?P<words>.*)$", re.IGNORECASE
)
_INDENTED: Final = re.compile(rf"^[ \t]*[!?]{{3}}\+?[ \t]+(?P<kind>{_NAMES})\b(?P<rest>.*)$", re.IGNORECASE)
_SHORTCODE: Final = re.compile(
    rf"^[ \t]*\{{\{{[<%][ \t]*(?P<end>/?)[ \t]*(?P<name>notice|alert|callout|hint|admonition|{_NAMES})(?![\w-])"
    r"(?P<rest>.*?)(?<!/)[>%]\}\}[ \t]*$",
    re.IGNORECASE,
)
_ALERT: Final = re.compile(r"^(?P<before>(?:[ \t]*>)+[ \t]*)\[!(?P<kind>[A-Za-z]+)\][+-]?[ \t]*(?P<title>.*?)[ \t]*$")
_LINE: Final = re.compile(
    r"^(?P<open>[ \t]*\{\{(?P<mark>[<%])[ \t]*(?P<name>[\w-]+)[^{}]*?[>%]\}\})(?P<words>.+?)"
    r"(?P<close>\{\{(?P=mark)[ \t]*/[ \t]*(?P=name)[ \t]*[>%]\}\})[ \t]*$"
)
"""A shortcode of Hugo that begins and ends in one line."""
_OPENS: Final = re.compile(r"^[ \t]*:{3,}[ \t]*[^:\s]")
_CLOSES: Final = re.compile(r"^[ \t]*:{3,}[ \t]*$")
_ARGUMENT: Final = re.compile(
    r"(?:(?P<key>[\w-]+)[ \t]*=[ \t]*)?(?:(?P<quote>[\"'])(?P<quoted>.*?)(?P=quote)|(?P<plain>[^\s\"'{}]+))"
)
_KIND_KEYS: Final = (None, "type", "color", "level", "style")


class OpenBlock(Struct, frozen=True):
    """A block whose end is not reached.

    Attributes:
        kind: a callout between colons, in a fence, of indented lines or in a shortcode of Hugo, or another block
            between colons.
        closing: the marks of the fence or the name of the shortcode.
        indent: the spaces before it, as in a list.
    """

    kind: Literal["colons", "fence", "indented", "shortcode", "other"]
    closing: str = ""
    indent: str = ""


class Opening(Struct, frozen=True):
    """The first line of a callout.

    Attributes:
        block: the block that it opens.
        kind: a key of `KINDS`.
        title: its title, or "".
        words: its first words that are no title, or "".
        is_whole: whether the line closes it too.
    """

    block: OpenBlock
    kind: str
    title: str = ""
    words: str = ""
    is_whole: bool = False


def with_callouts(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, those of callouts as `> …`, with one `> ` for each callout around them. Other blocks stay.

    Args:
        lines: the lines, those of code marked.
    """
    lines = [part for line in lines for part in _divided(line)]
    blocks: list[OpenBlock] = []
    closed = _closed_shortcodes(lines)
    for number, line in enumerate(lines):
        mark = CODE if line.startswith(CODE) else ""
        inner, depth = _dedented(line.removeprefix(CODE), blocks)
        if depth < len(blocks):
            del blocks[depth:]
            yield _quoted("", blocks)
        opening = None if mark else _opening(inner, is_closed=number in closed)
        if mark:
            yield mark + _quoted(inner, blocks)
        elif opening:
            yield _quoted("", blocks)
            blocks.append(replace(opening.block, indent=inner[: len(inner) - len(inner.lstrip())]))
            yield from (_quoted(row, blocks) for row in _first_lines(opening))
            if opening.is_whole:
                blocks.pop()
                yield _quoted("", blocks)
        elif _OPENS.match(inner):
            yield _quoted(inner, blocks)
            blocks.append(OpenBlock("other"))
        elif count := _closed(inner, blocks):
            kind = blocks[-count].kind
            del blocks[-count:]
            yield _quoted(inner if kind == "other" else "", blocks)
        else:
            yield _quoted(_within(inner) if _callouts(blocks) else inner, blocks)


def _divided(line: str) -> tuple[str, ...]:
    """Return a line as those of which a callout has one each: its kind, its title and its words."""
    if found := _LINE.match(line):
        whole = _SHORTCODE.match(found["open"])
        return (found["open"], found["words"].strip(), found["close"]) if whole else (line,)
    found = _ALERT.match(line)
    kind = KINDS.get(found["kind"].lower()) if found else None
    if not found or not kind:
        return (line,)
    before = found["before"].rstrip()
    title = (f"{before} {bold(found['title'])}", before) if found["title"] else ()
    return (f"{before} [!{kind}]", *title)


def _closed_shortcodes(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines with a shortcode that another of its name closes."""
    opened: list[tuple[int, str]] = []
    closed: set[int] = set()
    for number, line in enumerate(lines):
        found = _SHORTCODE.match(line)
        if found and not found["end"]:
            opened.append((number, found["name"].lower()))
        elif found and (place := _last([name for _, name in opened], found["name"].lower())) >= 0:
            closed.add(opened[place][0])
            del opened[place:]
    return closed


def _last(names: Sequence[str], name: str) -> int:
    return max((number for number, other in enumerate(names) if other == name), default=-1)


def _opening(line: str, *, is_closed: bool) -> Opening | None:
    """Return what a line that opens a callout says; a shortcode opens one only if another closes it."""
    if found := _DIRECTIVE.match(line):
        marks, words = found["marks"], found["words"].strip()
        is_whole = marks[0] == "`" and words.endswith(marks)
        block = OpenBlock("fence", marks) if marks[0] == "`" else OpenBlock("colons")
        words = words.removesuffix(marks).strip() if is_whole else words
        return Opening(block, found["kind"], found["title"] or "", words, is_whole)
    if found := _DIV.match(line):
        is_bare = not found["braced"] and not found["rest"].startswith("{")
        title = found["title"] or (found["rest"].strip(' \t"') if is_bare else _title(found["rest"]))
        return Opening(OpenBlock("colons"), found["kind"], title)
    if found := _INDENTED.match(line):
        return Opening(OpenBlock("indented"), found["kind"], _title(found["rest"]))
    found = _SHORTCODE.match(line) if is_closed else None
    kinds = [each[0] for each in _arguments(found["rest"], _KIND_KEYS) if each[0].lower() in KINDS] if found else []
    if found and (kinds or found["name"].lower() in KINDS):
        block = OpenBlock("shortcode", found["name"].lower())
        return Opening(block, kinds[0] if kinds else found["name"], _title(found["rest"]))
    return None


def _arguments(text: str, keys: Sequence[str | None]) -> list[tuple[str, bool]]:
    """Return the arguments of a block with one of some keys, None for those without: the words, and whether quoted."""
    found = (each for each in _ARGUMENT.finditer(text) if each["key"] in keys)
    return [(each["plain"] or each["quoted"] or "", each["plain"] is None) for each in found]


def _title(text: str) -> str:
    """Return the title among the arguments of a block: `title="…"`, else words between quotation marks."""
    named = [words for words, _ in _arguments(text, ("title",))]
    plain = [words for words, is_quoted in _arguments(text, (None,)) if is_quoted and words.lower() not in KINDS]
    return next(iter((*named, *plain)), "")


def _dedented(line: str, blocks: Sequence[OpenBlock]) -> tuple[str, int]:
    """Return a line without the indents of the callouts around it, and how many of the open blocks it is in."""
    for depth, block in enumerate(blocks):
        inner = line[len(block.indent) :] if not line[: len(block.indent)].strip() else line.lstrip()
        if block.kind == "indented" and line.strip():
            if not line.startswith(block.indent) or not inner.startswith(("    ", "\t")):
                return line, depth
            inner = inner.removeprefix("\t") if inner[0] == "\t" else inner[4:]
        line = inner
    return line, len(blocks)


def _closed(line: str, blocks: Sequence[OpenBlock]) -> int:
    """Return how many of the open blocks a line closes: the innermost of its kind, and what is in that."""
    line = line.strip()
    shortcode = _SHORTCODE.match(line)
    name = shortcode["name"].lower() if shortcode and shortcode["end"] else ""
    for number, block in enumerate(reversed(blocks), 1):
        match block.kind:
            case "shortcode":
                is_closed = block.closing == name
            case "fence":
                is_closed = line.startswith(block.closing) and not line.strip("`")
            case "indented":
                is_closed = False
            case _:
                is_closed = _CLOSES.match(line) is not None
        if is_closed:
            return number
    return 0


def _first_lines(opening: Opening) -> Iterator[str]:
    """Yield the first lines of a callout; its title becomes a paragraph of its own."""
    yield f"[!{KINDS[opening.kind.lower()]}]"
    if opening.title:
        yield from (bold(opening.title), "")
    if opening.words:
        yield opening.words


def _callouts(blocks: Sequence[OpenBlock]) -> int:
    return sum(block.kind != "other" for block in blocks)


def _quoted(line: str, blocks: Sequence[OpenBlock]) -> str:
    before = "".join(f"{block.indent}> " for block in blocks if block.kind != "other")
    return (before + line).rstrip() if before else line


def _within(line: str) -> str:
    """Return a line of a callout: a heading as bold words, without its id."""
    heading = HEADING.match(line)
    return bold(named_heading(heading[2] or "")[0]) if heading else line


def bold(words: str) -> str:
    """Return a title as bold words; what is bold in it already is no more so."""
    return f"**{re.sub(r'(?<![*_])(?:[*]{2}|__)(?![*_])', '', words).strip()}**"

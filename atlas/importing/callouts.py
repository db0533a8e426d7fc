"""Rewrites the callouts of Quarto, pandoc, MyST, MkDocs and Hugo as those of an atlas: `> [!NOTE]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from atlas.importing.code_marks import CODE

_KINDS: Final = {
    "note": "NOTE", "info": "NOTE", "abstract": "NOTE", "seealso": "NOTE", "tip": "TIP", "hint": "TIP",
    "success": "TIP", "important": "IMPORTANT", "warning": "WARNING", "attention": "WARNING", "caution": "CAUTION",
    "danger": "CAUTION", "error": "CAUTION",
}  # fmt: skip
_NAMES: Final = "|".join(_KINDS)
_TITLE: Final = r"(?P<rest>.*)$"
_DIV: Final = re.compile(
    rf"^ {{0,3}}:{{3,}}[ \t]*(?:\{{(?:[^}}\"]*?\.)?)?(?:callout-)?(?P<kind>{_NAMES})(?![\w-]){_TITLE}", re.IGNORECASE
)
_FENCE: Final = re.compile(rf"^ {{0,3}}(?P<marks>`{{3,}})\{{(?P<kind>{_NAMES})\}}{_TITLE}", re.IGNORECASE)
_INDENTED: Final = re.compile(rf"^[!?]{{3}}\+?[ \t]+(?P<kind>{_NAMES})\b{_TITLE}", re.IGNORECASE)
_SHORTCODE: Final = re.compile(
    r"^[ \t]*\{\{[<%][ \t]*(?P<name>(?:notice|alert|callout|hint|admonition)[ \t]+(?:(?:type|color|level)=)?\"?)?"
    rf"(?P<kind>{_NAMES})(?![\w-])\"?(?P<rest>.*?)[>%]\}}\}}[ \t]*$",
    re.IGNORECASE,
)
_SHORTCODE_END: Final = re.compile(
    rf"^[ \t]*\{{\{{[<%][ \t]*/[ \t]*(?:notice|alert|callout|hint|admonition|{_NAMES})[ \t]*[>%]\}}\}}[ \t]*$",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"^ {0,3}:{3,}[ \t]*[^:\s]")
_CLOSES: Final = re.compile(r"^ {0,3}:{3,}[ \t]*$")
_WORDS: Final = re.compile(r"(?:title=)?\"([^\"]*)\"")
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$")
_DIVIDED, _INDENT, _CALLED, _OTHER = ":", " ", "{", "-"
"""The kinds of open blocks: callouts between colons, of indented lines, of Hugo, and other blocks.

A callout in a fence has that.
"""


def with_callouts(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, those of callouts as `> …`, with one `> ` for each callout around them. Other blocks stay.

    Args:
        lines: the lines, those of code marked.
    """
    open: list[str] = []
    last = max((number for number, line in enumerate(lines) if _SHORTCODE_END.match(line)), default=-1)
    for number, line in enumerate(lines):
        mark = CODE if line.startswith(CODE) else ""
        inner, depth = _dedented(line.removeprefix(CODE), open)
        if depth < len(open):
            del open[depth:]
            yield _quoted("", open)
        found = None if mark else _begins(inner, has_end=number < last)
        if mark:
            yield mark + _quoted(inner, open)
        elif found:
            yield _quoted("", open)
            signs = {":": _DIVIDED, "{": _CALLED}
            open.append(found.groupdict().get("marks") or signs.get(inner.lstrip()[0], _INDENT))
            yield from (_quoted(row, open) for row in _begun(found))
        elif _OPENS.match(inner):
            yield _quoted(inner, open)
            open.append(_OTHER)
        elif closed := _closed(inner, open):
            kind = open[-closed]
            del open[-closed:]
            yield _quoted(inner if kind == _OTHER else "", open)
        else:
            yield _quoted(_within(inner) if set(open) - {_OTHER} else inner, open)


def _begins(line: str, *, has_end: bool) -> re.Match[str] | None:
    """Return what a line that begins a callout says; a shortcode begins one only if another ends it."""
    found = _DIV.match(line) or _FENCE.match(line) or _INDENTED.match(line)
    return found or (_SHORTCODE.match(line) if has_end else None)


def _dedented(line: str, open: Sequence[str]) -> tuple[str, int]:
    """Return a line without the indents of the callouts around it, and how many of the open blocks it is in."""
    for depth, kind in enumerate(open):
        if kind == _INDENT and line.strip():
            if not line.startswith(("    ", "\t")):
                return line, depth
            line = line.removeprefix("\t") if line[0] == "\t" else line[4:]
    return line, len(open)


def _closed(line: str, open: Sequence[str]) -> int:
    """Return how many of the open blocks a line closes: the innermost of its kind, and what is in that."""
    line = line.strip()
    for number, kind in enumerate(reversed(open), 1):
        is_div = kind in (_DIVIDED, _OTHER) and _CLOSES.match(line)
        if (
            (kind == _CALLED and _SHORTCODE_END.match(line))
            or is_div
            or (kind[0] == "`" and line.startswith(kind) and not line.strip("`"))
        ):
            return number
    return 0


def _begun(found: re.Match[str]) -> Iterator[str]:
    """Yield the first lines of a callout; its title becomes a paragraph of its own."""
    title = _WORDS.search(found["rest"])
    yield f"[!{_KINDS[found['kind'].lower()]}]"
    if title and title[1]:
        yield from (f"**{title[1]}**", "")


def _quoted(line: str, open: Sequence[str]) -> str:
    return ("> " * (len(open) - open.count(_OTHER)) + line).rstrip() if set(open) - {_OTHER} else line


def _within(line: str) -> str:
    heading = _HEADING.match(line)
    return f"**{heading[1]}**" if heading else line

"""Finds what a page would show as it is typed: marks of other tools, and marks that nothing closes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from atlas.core.rules import Rule
from atlas.markdown.abbreviations import has_abbreviation
from atlas.markdown.emphasis import RAISED, find_open_marks
from atlas.markdown.leftover_forms import FORMS, Form
from atlas.markdown.link_targets import Fault, short
from atlas.markdown.nodes import FaultKind, Node
from atlas.markdown.tokens import Tokens

_SPACES: Final = ("fence", "open-fence", "comment", "tag", "attributes", "definition", "abbreviation")
_HIDDEN: Final = (*_SPACES, "code", "math", "escape", "autolink", "called", "url", "email")
_MASK: Final = "\x1a"
"""Stands for a character of code, of an address or an escape."""
_CHUNK: Final = re.compile(r"(?:`+|~+)[ ]*(\{[\w:+-]+[^\n]*)")
_TRACKED: Final = re.compile(r"https?://(?:www\.)?google\.[a-z.]+/url\?(?:\S*?&)?q=")

_RAISED: Final = re.compile(RAISED)
_CARET: Final = re.compile(r"\^(?<=[^\s^\[\x1a]\^)(?=\w)")

_LINES: Final[dict[FaultKind, tuple[str, str]]] = {
    "bars": (
        "these rows of bars are not a table",
        "write a line | --- | --- | below the first row, with as many cells as it has",
    ),
    "bullets": ("this sign makes no list", "begin the line with - and a space"),
    "caption": ("this table has its caption already", "write one caption, which may go on in the next line"),
    "colon": (
        "this colon follows no table and no term",
        "write the term in the line above it; the caption of a table is below the table",
    ),
    "numbers": (
        "these lines are not a list",
        "begin each with 1. or - and a space, and write an empty line before the first",
    ),
    "indented": ("indented text is not code", "write a line ``` before and after the code, or remove the spaces"),
    "row": ("this line is read as a row of the table above it", "write an empty line before it"),
}


def find_leftovers(text: str, tokens: Tokens) -> Iterator[tuple[int, Fault]]:
    """Yield what a page would show as it is typed, each with its place. One kind of form is named once in a line."""
    for fault in tokens.lines.faults:
        message, hint = _LINES[fault.kind]
        yield fault.start, Fault(Rule.UNREAD_MARKUP, message, hint)
    for token in tokens.rows:
        if token.kind == "fence" and (chunk := _CHUNK.match(text, token.start)):
            message = f"this code begins with a directive of MyST or Quarto: {short(chunk[1])}"
            hint = "write the words without the lines of marks, or the language alone: ```python"
            yield token.start, Fault(Rule.UNREAD_MARKUP, message, hint)
    yield from _empty_callouts(tokens.lines.tree)
    visible = _visible(text, tokens)
    yield from _idle_abbreviations(visible, tokens)
    seen: set[tuple[str, int]] = set()
    for form in FORMS:
        if not any(sign in visible for sign in form.signs):
            continue
        regex = form.regex()
        places = list(regex.finditer(visible))
        if not places:
            continue
        for found in places:
            line = bisect_right(tokens.lines.breaks, found.start()) if form.name != "box" else 0
            if (form.name, line) not in seen:
                seen.add((form.name, line))
                yield _leftover(text, form, found)
        visible = regex.sub(_masked, visible)
    for found in _CARET.finditer(_RAISED.sub(_masked, visible)):
        hint = "write ^ after the raised signs, without a space in them, or \\^ for a plain one"
        yield found.start(), Fault(Rule.UNREAD_MARKUP, "nothing closes this ^", hint)
    yield from _tracked(text, tokens)
    for start, mark in find_open_marks(visible, tokens.lines.breaks):
        line = bisect_right(tokens.lines.breaks, start)
        if (mark[0], line) not in seen:
            seen.add((mark[0], line))
            hint = f"write {mark} after the words, without a space before it, or \\{mark[0]} for a plain one"
            yield start, Fault(Rule.UNREAD_MARKUP, f"nothing closes this {mark}", hint)


def _empty_callouts(node: Node) -> Iterator[tuple[int, Fault]]:
    """The callouts that hold no words."""
    for child in node.children:
        if child.mark and child.kind == "quotation" and not child.children:
            hint = "write its words in the next line, after > and a space, or remove this line"
            yield child.start, Fault(Rule.UNREAD_MARKUP, "this callout is empty", hint)
        yield from _empty_callouts(child)


def _idle_abbreviations(visible: str, tokens: Tokens) -> Iterator[tuple[int, Fault]]:
    """The lines that explain an abbreviation which no text has, or that do not explain it."""
    for token in tokens.rows:
        found = token.found if token.kind == "abbreviation" else None
        if found and not found["long"].strip():
            hint = f"write *[{short(found['short'])}]: and the words, or remove this line"
            yield token.start, Fault(Rule.UNREAD_MARKUP, "nothing says what this abbreviation stands for", hint)
        elif found and not has_abbreviation(visible, found["short"].strip()):
            hint = "write it as the text does, or remove this line"
            message = f'no text here has the abbreviation "{short(found["short"])}"'
            yield token.start, Fault(Rule.UNREAD_MARKUP, message, hint)


def _leftover(text: str, form: Form, found: re.Match[str]) -> tuple[int, Fault]:
    """The problem of one place, and where it is."""
    start = found.start() + len(found[0]) - len(found[0].lstrip(" \t>"))
    end = found.end() if len(found[0]) > 1 else text.find("\n", start)
    words = short(text[start : end if end >= 0 else len(text)].strip().split("\n")[0])
    return start, Fault(Rule.UNREAD_MARKUP, f"this is {form.what}, shown as it is typed: {words}", form.hint)


def _masked(found: re.Match[str]) -> str:
    return _MASK * len(found[0])


def _tracked(text: str, tokens: Tokens) -> Iterator[tuple[int, Fault]]:
    """The addresses that Google Docs writes in place of those that were meant."""
    hidden = [(token.start, token.end) for token in tokens.rows if token.kind in ("fence", "code", "comment")]
    for found in _TRACKED.finditer(text) if "/url?" in text else ():
        if not any(start <= found.start() < end for start, end in hidden):
            hint = "write the address that follows q=, up to the next &"
            yield found.start(), Fault(Rule.UNREAD_MARKUP, "this address leads through Google", hint)


def _visible(text: str, tokens: Tokens) -> str:
    """The text with spaces or signs in place of what is code, a link's address or an attribute."""
    pieces: list[str] = []
    done = 0
    for token in tokens.rows:
        start, sign = token.start, _MASK
        if token.kind == "close" and token.found:
            start = token.found.start()
        elif token.kind == "escape" and text[start + 1 : start + 2].isalpha():
            continue  # `\\c` of `\\cite` is not an escape
        elif token.kind not in _HIDDEN:
            continue
        elif token.kind in _SPACES:
            sign = " "
        start += 4 if token.kind == "url" else 0
        if start >= done:
            pieces += [text[done:start], "\n".join(sign * len(line) for line in text[start : token.end].split("\n"))]
            done = token.end
    return "".join([*pieces, text[done:]])

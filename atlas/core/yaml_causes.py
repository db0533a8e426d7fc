"""Finds what an author did where YAML does not parse: the parser names the place where it gave up, often a line later.

The forms are those of YAML 1.2.2: plain scalars (7.3.3), flow collections (7.4), indentation (6.1) and comments (6.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml
from msgspec import Struct

SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that look like indentation and are none: only U+0020 indents (YAML 1.2.2, 6.1)."""
_INDENT: Final = re.compile(rf"[ ]*(?:(\t)|([{SPACES}]))(?=\s*(?:- |[\w\"'.-]+\s*[:：]))")
_KEY: Final = re.compile(r"\s*(?:- +)*[\w.-]+:(?:\s|$)|\s*- +\S")
_NO_SPACE: Final = re.compile(rf"\s*(?:- +)*([A-Za-z_][\w-]*)\s*(：|:(?=[^\s/:])|:[{SPACES}])")
_QUOTED: Final = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'(?!')")}
_CITED: Final = re.compile(r"\[\s*(?:@?[\w:.-]+\s*,\s*)*@[\w:.-]+\s*[,\]]")
"""A list of keys of works, one of them with the @ that only texts have."""
_DASHES: Final = re.compile(r"[ \t]*(?:- +)*")
_PLAIN_END: Final = re.compile(r":(?=\s|$)|[ \t]#")
_FLOW_END: Final = re.compile(r"[,\]}]|:(?=\s|$)|[ \t]#")
_BLOCK_TEXT: Final = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")
_FOREIGN: Final = re.compile(rf"(?m)^[ ]*[{SPACES}]")
_COMMENT: Final = re.compile(r"( +)(#[^\n]*)")
_QUOTE_IT: Final = "put the whole text in quotation marks"


class Cause(Struct, frozen=True):
    """A mistake: its line and column, counted from 0, what is wrong and what to do."""

    line: int
    column: int
    message: str
    hint: str


def find_cause(text: str, error: yaml.YAMLError) -> Cause | None:
    """Return the mistake that an error of the parser comes from, or None if it is of no known kind.

    Args:
        text: the YAML.
        error: the error.
    """
    problem = getattr(error, "problem_mark", None)
    if problem is None:
        return None
    context = getattr(error, "context_mark", None) or problem
    lines = text.split("\n")
    last = min(problem.line, len(lines) - 1)
    scanner = _Scanner(lines)
    early = [cause for cause in (*_indents(lines[: last + 1]), *scanner.quotes()) if cause.line <= last]
    if early:
        return early[0]
    reason = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    for number in dict.fromkeys((context.line, last - 1, last)):
        cause = no_space(lines[number], number) if 0 <= number < len(lines) and _may_lack(reason) else None
        if cause:
            return cause
    if "flow node" in reason and scanner.opened and not _sign(lines, (problem.line, problem.column)):
        return _unclosed(_sign(lines, scanner.opened[-1]), scanner.opened[-1])
    return _at_marks(lines, reason, (context.line, context.column), (last, problem.column))


def no_space(line: str, number: int) -> Cause | None:
    """Return the mistake of a line whose key is not followed by a colon and a space, or None.

    Args:
        line: the line.
        number: its number, counted from 0.
    """
    found = _NO_SPACE.match(line)
    if not found:
        return None
    key, sign = found[1], found[2]
    message = f'no colon and space follow the key "{key}"'
    if sign == "：":
        message = f'a full-width colon follows the key "{key}"'
    elif len(sign) == 2:
        message = f'a no-break space follows the key "{key}" and its colon'
    return Cause(number, found.start(2), message, f"write `{key}: ` with an ordinary colon and an ordinary space")


def foreign_indent(text: str) -> Cause | None:
    """Return the first line that is indented with spaces that do not indent, such as no-break spaces, or None."""
    if text.isascii() or not _FOREIGN.search(text):
        return None
    lines = text.split("\n")
    return next((cause for cause in _indents(lines) if lines[cause.line][cause.column] != "\t"), None)


def swallowed(text: str, first: int, last: int) -> Cause | None:
    """Return the key that a text has swallowed, because no colon and space follow it, or None.

    Args:
        text: the YAML.
        first: the line of an unquoted text, counted from 0.
        last: its last line.
    """
    lines = text.split("\n")[first + 1 : last + 1]
    return next((cause for number, line in enumerate(lines, first + 1) if (cause := no_space(line, number))), None)


def cut_off(text: str, start: int, end: int) -> str:
    """Return the words that are cut off from an unquoted text, because they follow a space and #; "" for none.

    A comment that is meant has two spaces before the # and one after it, or a single word before it (yamllint, rule
    `comments`).

    Args:
        text: the YAML.
        start: where the unquoted text begins.
        end: where it ends.
    """
    found = _COMMENT.match(text, end)
    meant = found and found[2][1:2] in (" ", "") and (len(found[1]) > 1 or " " not in text[start:end])
    return found[2] if found and not meant else ""


def _may_lack(reason: str) -> bool:
    return "simple key" in reason or "not allowed" in reason or "expected" in reason


def _indents(lines: list[str]) -> Iterator[Cause]:
    for number, line in enumerate(lines):
        found = _INDENT.match(line)
        if found:
            what = "a tab" if found[1] else "a no-break or wide space"
            message = f"{what} is in the indentation of this line"
            yield Cause(number, found.end() - 1, message, "indent with ordinary spaces")


class _Scanner:
    """Reads lines as a person does: a quotation ends in its line unless the next line clearly goes on with it."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.opened: list[tuple[int, int]] = []
        self.number = self.at = 0

    @property
    def depth(self) -> int:
        """Return how many brackets are open."""
        return len(self.opened)

    def quotes(self) -> Iterator[Cause]:
        """Yield the quotation marks that are never closed, or that close before the end of their text."""
        while self.number < len(self.lines):
            found = self._line()
            if found:
                yield found
                return
            self.number, self.at = self.number + 1, 0

    def _line(self) -> Cause | None:
        """Read the rest of a line, value by value; return the first mistake."""
        line = self.lines[self.number]
        start = _DASHES.match(line, self.at)
        self.at = start.end() if start else self.at
        while self.at < len(line):
            sign = line[self.at]
            if sign in "\"'":
                cause = self._quotation(sign)
                if cause:
                    return cause
                line = self.lines[self.number]
            elif sign in "[{":
                self.opened.append((self.number, self.at))
                self.at += 1
            elif sign == "#" or (not self.depth and _BLOCK_TEXT.match(line, self.at)):
                self._skip(line, is_text=sign != "#")
                return None
            else:
                self._plain(line)
            self._separators()
        return None

    def _plain(self, line: str) -> None:
        """Pass over a plain scalar."""
        end = (_FLOW_END if self.depth else _PLAIN_END).search(line, self.at)
        self.at = end.start() if end else len(line)

    def _separators(self) -> None:
        """Pass over the signs between two values."""
        line = self.lines[self.number]
        while self.at < len(line) and line[self.at] in (" \t:,]}" if self.depth else " \t:"):
            if line[self.at] in "]}" and self.opened:
                self.opened.pop()
            self.at += 1

    def _skip(self, line: str, *, is_text: bool) -> None:
        """Pass over the rest of a line, and over the lines of a block text."""
        self.at = len(line)
        indent = len(line) - len(line.lstrip(" "))
        while is_text and self.number + 1 < len(self.lines):
            following = self.lines[self.number + 1]
            if following.strip() and len(following) - len(following.lstrip(" ")) <= indent:
                break
            self.number += 1

    def _quotation(self, sign: str) -> Cause | None:
        opened, column = self.number, self.at
        closing, position = None, self.at + 1
        while not closing:
            closing = _QUOTED[sign].match(self.lines[self.number], position)
            if closing:
                break
            following = self.lines[self.number + 1] if self.number + 1 < len(self.lines) else None
            if following is None or _KEY.match(following):
                hint = f"write {sign} at the end of the text, or remove this one"
                return Cause(opened, column, "the quotation that opens here is not closed", hint)
            self.number, position = self.number + 1, 0
        self.at = closing.end()
        rest = self.lines[self.number][self.at :].lstrip()
        if rest and rest[0] not in (",]}:#\"'" if self.depth else ":#"):
            other = "'" if sign == '"' else '"'
            hint = f"use {other} around the whole text, or “ ” and ’ within it"
            return Cause(self.number, self.at - 1, "the quotation closes here, but the text goes on", hint)
        return None


def _at_marks(lines: list[str], reason: str, context: tuple[int, int], problem: tuple[int, int]) -> Cause | None:
    """Return the mistake at the places that the parser names."""
    sign = _sign(lines, problem)
    opened = _sign(lines, context)
    if "alias" in reason or "anchor" in reason or "block scalar" in reason or "a tag" in reason:
        return _start(context, opened)
    started = _value_start(lines[problem[0]], problem[1])
    if sign == "@" and started is not None and not _CITED.match(lines[problem[0]], started):
        return _start((problem[0], started), lines[problem[0]][started])
    if "cannot start any token" in reason or "entries are not allowed" in reason or "keys are not allowed" in reason:
        return _start(problem, sign)
    if "tab character" in reason:
        return Cause(*problem, "a tab is in the indentation of this line", "indent with ordinary spaces")
    if "escape" in reason:
        hint = "write \\\\ for a backslash, or use ' around the text"
        return Cause(problem[0], problem[1], "a backslash in double quotation marks begins an escape", hint)
    if sign == ":" and ("flow" not in reason or problem[0] == context[0]):
        return _colon(lines, problem)
    if "flow" in reason and opened in ("[", "{"):
        return _flow(context, opened, problem, sign)
    if "simple key" in reason:
        return Cause(*context, "this line has no key with a colon", "write `key: value`, or join it to the line above")
    if "node content" in reason and sign in ("]", "}", ","):
        return Cause(*problem, f"this {sign} closes nothing", f"remove it, or {_QUOTE_IT}")
    if started is not None:
        return _start((problem[0], started), lines[problem[0]][started])
    if "expected key" in reason or "indicator" in reason or "block end" in reason:
        hint = "begin each key of one entry, and each - of one list, in the same column"
        return Cause(*problem, "this line does not begin in the column of the lines above", hint)
    return None


def _sign(lines: list[str], place: tuple[int, int]) -> str:
    return lines[place[0]][place[1] : place[1] + 1] if place[0] < len(lines) else ""


def _start(place: tuple[int, int], sign: str) -> Cause:
    hint = f"{_QUOTE_IT}, or remove the @ if this is the key of a work" if sign == "@" else _QUOTE_IT
    return Cause(*place, f"a text begins with {sign} without quotation marks", hint)


def _value_start(line: str, column: int) -> int | None:
    """Return where a text begins with [ or { and goes on after its end, as in `[[id]] is here`."""
    found = re.match(r"\s*(?:- +)*(?:[\w.-]+:\s+)?([\[{])", line)
    return found.start(1) if found and found.start(1) < column else None


def _colon(lines: list[str], place: tuple[int, int]) -> Cause:
    """Return the mistake of a colon that is not allowed: one in a text, or the key of a line that is indented too far.

    Args:
        lines: the lines.
        place: the place of the colon.
    """
    before = lines[place[0]][: place[1]]
    if re.search(r":\s|[\[{,]", before):
        return Cause(*place, "an unquoted text holds a colon and a space", _QUOTE_IT)
    indent = len(before) - len(before.lstrip(" "))
    hint = "begin it in the column of the key above, or end that line with its colon"
    return Cause(place[0], indent, "this line is indented further than the line above, which has a value", hint)


def _flow(context: tuple[int, int], opened: str, problem: tuple[int, int], sign: str) -> Cause:
    if problem[0] == context[0] and sign:
        hint = f"put a comma between two values; if this is one text, {_QUOTE_IT}"
        return Cause(*problem, "a comma is missing before this, or the text needs quotation marks", hint)
    return _unclosed(opened, context)


def _unclosed(sign: str, place: tuple[int, int]) -> Cause:
    closing = "]" if sign == "[" else "}"
    hint = f"write {closing} at its end; if it is a text, {_QUOTE_IT}"
    return Cause(*place, f"the {sign} that opens here is not closed", hint)

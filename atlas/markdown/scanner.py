"""Replaces the references in a Markdown text by slots.

One scanner decides what is code, link, citation or HTML, and knows the position of each. Markdown never
sees a reference; the planner decides what replaces each slot.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from atlas.core.characters import BAD, refusal
from atlas.core.limits import CITATIONS, MARKDOWN_DEPTH, OPEN_MARKS, SAME_ERRORS
from atlas.core.problems import Problem, nearest
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.core.unsafe_text import dangerous_part
from atlas.markdown.attributes import read_attributes
from atlas.markdown.blocks import attributes_of_blocks
from atlas.markdown.brackets import Brackets
from atlas.markdown.formulas import to_mathml
from atlas.markdown.leftovers import find_leftovers
from atlas.markdown.link_targets import Fault, fault_of, is_inner, is_safe_address, short, unsafe
from atlas.markdown.passages import Passage
from atlas.markdown.slot_writer import SlotWriter
from atlas.markdown.slots import Scanned, Slot, place
from atlas.markdown.table_rows import long_rows
from atlas.markdown.tokens import Token, read_tokens

__all__ = ["is_safe_address", "scan"]

_ENTITY: Final = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<number>\d+));?")
_HIDING: Final = ("fence", "open-fence", "code", "math", "escape", "comment")


def scan(passage: Passage, *, block: bool) -> Scanned:
    """Take the references out of a text. block: whether it may hold headings and facts, or is one paragraph.

    Where a text goes beyond a limit of `atlas.core.limits`, it is empty and one problem says so.
    """
    spans = list(_bad_spans(passage.text))
    bad = [offset for start, end, _ in spans for offset in range(start, end)]
    text = passage.text
    for start, end, _ in reversed(spans):
        text = text[:start] + text[end:]
    writer = SlotWriter(passage, text, [offset - number for number, offset in enumerate(bad)])
    for start, _, character in spans[:SAME_ERRORS]:
        problem = Problem(place(passage, start), Rule.BAD_CHARACTER, refusal(character), "remove it")
        writer.result.problems.append(problem)
    _Scan(writer, block).run()
    return writer.result


def _bad_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where bad characters are in a text, as they are or as entities of HTML, and which."""
    found = [(each.start(), each.end(), each[0]) for each in BAD.finditer(text)]
    for each in _ENTITY.finditer(text) if "&#" in text else ():
        digits = (each["hex"] or each["number"]).lstrip("0")[:8] or "0"
        number = int(digits, 16 if each["hex"] else 10)
        character = chr(number) if number <= sys.maxunicode else "\ufffe"
        if BAD.match(character):
            found.append((each.start(), each.end(), character))
    yield from sorted(found)


class _Scan:
    """One pass over one text."""

    def __init__(self, writer: SlotWriter, block: bool) -> None:
        self.writer = writer
        self.text = writer.text
        self.block = block
        self.tokens = read_tokens(writer.text)
        self.attributes = attributes_of_blocks(self.text, self.tokens)
        self.brackets = Brackets(writer, self.tokens)
        self.notes: dict[str, int] = {}
        self.calls: list[tuple[str, int]] = []
        self.elements: set[str] = set()
        self.level = 1
        self.unopened = -1

    def run(self) -> None:
        """Write the text with its slots."""
        if self.tokens.tangled is not None:
            hint = "close them, write \\[ for a plain [, or divide the paragraph"
            self._refuse(self.tokens.tangled, f"more than {OPEN_MARKS} marks are left open in this paragraph", hint)
            return
        if self.tokens.lines.deep is not None:
            hint = "divide it: lists and quotations within each other count"
            self._refuse(self.tokens.lines.deep, f"this is nested more than {MARKDOWN_DEPTH} levels deep", hint)
            return
        for token in self.tokens.rows:
            if token.start >= self.writer.done:
                self.writer.copy(token.start)
                self._READ[token.kind](self, token)
            if self.brackets.cited > CITATIONS:
                message = f"this text cites more than {CITATIONS:,} works, each counted as often as it is cited"
                self._refuse(token.start, message, "divide it into several records")
                return
        self.writer.copy(len(self.text))
        self.writer.result.text = "".join(self.writer.pieces)
        self._check_notes()
        self._check_rows()
        for offset, fault in find_leftovers(self.text, self.tokens):
            self.writer.report(offset, fault)

    def _refuse(self, offset: int, message: str, hint: str) -> None:
        """Say that the text goes beyond a limit, and leave it empty: nothing else is reported of it."""
        self.writer.result = Scanned()
        self._report(offset, Rule.OVER_LIMIT, message, hint)

    # Each of these reads one token and writes what is in its place.

    def _keep(self, token: Token) -> None:
        self.writer.copy(token.end)

    def _drop(self, token: Token) -> None:
        self.writer.done = token.end

    def _open_fence(self, token: Token) -> None:
        self._report(token.start, Rule.WRONG_TYPE, "this code is never closed", "end it with a line of the same marks")
        self._keep(token)

    def _tag(self, token: Token) -> None:
        whole = self.text[token.start : token.end]
        self._drop(token)
        name = whole.strip("</>").split()[0].partition("/")[0].lower()
        if whole.startswith("</") and name in self.elements:  # its beginning has been reported
            return
        self.elements.add(name)
        hint = "use the Markdown forms of docs/content.md; write \\< for a plain <"
        html = Fault(Rule.RAW_HTML, f"HTML is not allowed in texts: {short(whole)}", hint)
        self.writer.report(token.start, unsafe(whole) if dangerous_part(whole) else html)

    def _autolink(self, token: Token) -> None:
        whole = self.text[token.start : token.end]
        if ":" in whole and not is_safe_address(whole[1:-1]):
            self.writer.report(token.start, unsafe(whole))
            self._drop(token)
        elif self.brackets.check(token.start):
            self.writer.pieces.append(re.sub(r"([^\w\s])", r"\\\1", whole[1:-1], flags=re.ASCII))
            self._drop(token)
        else:
            self._keep(token)

    def _math(self, token: Token) -> None:
        display = self.text.startswith("$$", token.start)
        formula = self._formula(token.start + 1 + display, token.end - 1 - display)
        html, fault = to_mathml(" ".join(formula.split()), display=display)
        if fault:
            self.writer.report(token.start, fault)
        if token.start < self.brackets.label_end:
            self.brackets.check(token.start)
            self._drop(token)
            return
        html = f'<span class="formula" tabindex="0">{html}</span>' if display and not fault else html
        self.writer.put(Slot("math", self.writer.span(token.start), formula.strip(), label=html), token.end)

    def _formula(self, start: int, end: int) -> str:
        """Return what is between two places, without the marks of a quotation that its further lines begin with."""
        lines, rows = self.text[start:end].split("\n"), self.tokens.lines.rows
        first = bisect_right(rows, start, key=lambda row: row.start)
        for number, row in enumerate(rows[first : first + len(lines) - 1], 1):
            lines[number] = lines[number][row.inner - row.start :]
        return "\n".join(lines)

    def _open_math(self, token: Token) -> None:
        mark = self.text[token.start : token.end]
        hint = f"write {mark} directly before and after the formula, in one paragraph or cell, or \\$ for a plain $"
        self._report(token.start, Rule.UNREAD_MARKUP, f"this {mark} begins no formula", hint)
        self._keep(token)

    def _note(self, token: Token) -> None:
        name = self.text[token.start + 2 : token.end - 2]
        if name in self.notes:
            self._report(token.start, Rule.DUPLICATE_ID, f'there are two footnotes "{name}"', "rename one of them")
        elif re.search(r"\s", name):
            self._report(token.start, Rule.BAD_ID, f'the name of the footnote "{name}" has spaces', "write it without")
        self.notes.setdefault(name, token.start)
        self._keep(token)

    def _called(self, token: Token) -> None:
        self.calls.append((self.text[token.start + 2 : token.end - 1], token.start))
        if self.brackets.check(token.start):
            self._drop(token)
        else:
            self._keep(token)

    def _definition(self, token: Token) -> None:
        assert token.found
        address = token.found["address"].strip("<>")
        inner = Fault(
            Rule.BAD_ADDRESS, "an address that is defined leads elsewhere", "write [text](/path/) for this one"
        )
        fault = inner if is_inner(address) else fault_of(address)
        if fault:
            self.writer.report(token.found.start("definition"), fault)
            self._drop(token)
        else:
            self._keep(token)

    def _abbreviation(self, token: Token) -> None:
        if not self.block:
            hint = "remove it: only texts of several paragraphs explain abbreviations"
            self._report(token.start, Rule.WRONG_TYPE, "an abbreviation is explained in a text of one paragraph", hint)
        self._keep(token)

    def _heading(self, token: Token) -> None:
        marks = self.text[token.start : token.end]
        level = len(marks) - len(marks.rstrip("#"))
        end = self.text.find("\n", token.end)
        self._check_heading(token.end - level, level, token.end, end if end >= 0 else len(self.text))
        self._keep(token)

    def _setext(self, token: Token) -> None:
        """The underline of a heading, whose words have been read."""
        level = 1 if self.text[token.start : token.end].strip(" \t>")[0] == "=" else 2
        self._check_heading(token.above, level, token.above, token.start)
        self._keep(token)

    def _check_heading(self, at: int, level: int, start: int, end: int) -> None:
        """Check the level of a heading whose words are between two places, and its id."""
        stop = start + len(self.text[start:end].rstrip(" \t\n>"))
        before, self.level = self.level, level
        given = self.attributes.get(stop)
        if not self.block:
            self._report(at, Rule.WRONG_TYPE, "there is a heading in a text of one paragraph", "remove the #")
        elif level == 1:
            self._report(at, Rule.HEADING_LEVEL, "# is for the title, which the front matter gives", "begin with ##")
        elif given is None or "#" not in self.text[given:stop]:
            hint = "end the line with {#id}, or run " + command("check --fix")
            self._report(at, Rule.MISSING_ID, "this heading has no id", hint)
        if self.block and level > before + 1:
            hint = f"begin it with {'#' * (before + 1)} and a space"
            self._report(at, Rule.SKIPPED_HEADING, "this heading skips a level", hint)

    def _attributes(self, token: Token) -> None:
        end = self.text.find("\n", token.end)
        if self.text[token.end : end if end >= 0 else len(self.text)].strip(" \t"):
            hint = "write them at the end of the paragraph; write \\{ for a plain {"
            self._report(token.start, Rule.WRONG_TYPE, "attributes are inside a line", hint)
            self._drop(token)
            return
        if self.text[self.text.rfind("\n", 0, token.start) + 1 : token.start].lstrip(" \t>").startswith(":::"):
            self._keep(token)  # a block of another tool, which is reported as such
            return
        read = read_attributes(self.text[token.start : token.end])
        for fault in read.faults:
            self.writer.report(token.start, fault)
        if not self.block:
            self._report(token.start, Rule.WRONG_TYPE, "attributes have no place in this text", "remove {…}")
        span = self.writer.span(token.start)
        slot = Slot(
            "attributes",
            span,
            read.id,
            dimension=read.dimension,
            reading=read.reading,
            width=read.width,
            language=read.language,
        )
        self.writer.put(slot, token.end)

    def _open(self, token: Token) -> None:
        self.brackets.open(token)

    def _close(self, token: Token) -> None:
        self.writer.close(token)

    def _unopened(self, token: Token) -> None:
        """Keep a `]` that nothing opens; the first of a paragraph is reported."""
        paragraph = bisect_right(self.tokens.lines.breaks, token.start)
        if paragraph not in (self.unopened, self.brackets.unclosed):
            hint = "write [ where the words begin, or \\] for a plain ]"
            self._report(token.start, Rule.UNREAD_MARKUP, "nothing opens this ]", hint)
        self.unopened = paragraph
        self._keep(token)

    def _at(self, token: Token) -> None:
        self.brackets.cite(token.start, token.end)

    _READ: Final = {
        "fence": _keep, "open-fence": _open_fence, "code": _keep, "escape": _keep, "url": _keep, "email": _keep,
        "entity": _keep, "comment": _drop, "autolink": _autolink, "tag": _tag, "note": _note, "called": _called,
        "definition": _definition, "heading": _heading, "setext": _setext, "attributes": _attributes, "open": _open,
        "close": _close, "at": _at, "math": _math, "open-math": _open_math, "unopened": _unopened,
        "abbreviation": _abbreviation,
    }  # fmt: skip

    # The text as a whole.

    def _check_notes(self) -> None:
        for name, offset in self.calls:
            if name not in self.notes:
                hint = nearest(name, self.notes) if self.notes else f"write the note: [^{name}]: …"
                self._report(offset, Rule.UNKNOWN_FOOTNOTE, f'there is no footnote "{name}"', hint)
        called = {name for name, _ in self.calls}
        for name, offset in self.notes.items():
            if name not in called:
                hint = f"write [^{name}] where it belongs, or remove the note"
                self._report(offset, Rule.UNKNOWN_FOOTNOTE, f'no text calls the footnote "{name}"', hint)

    def _check_rows(self) -> None:
        if "|" not in self.text:
            return
        hidden = [(token.start, token.end) for token in self.tokens.rows if token.kind in _HIDING]
        for offset in long_rows(self.text, hidden + self.brackets.hidden):
            hint = "remove a |, or write \\| for a plain one"
            self._report(offset, Rule.WRONG_TYPE, "this row has more cells than its table", hint)

    def _report(self, offset: int, rule: Rule, message: str, hint: str) -> None:
        self.writer.report(offset, Fault(rule, message, hint))

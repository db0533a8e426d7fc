"""Divides a Markdown text into blocks, line by line, as CommonMark 0.31.2 does ("Appendix: A parsing strategy").

Tables and notes are those of GitHub Flavored Markdown, definition lists those of PHP Markdown Extra. docs/content.md
lists where the reading differs from CommonMark.
"""

from __future__ import annotations

import re
from typing import Final

from atlas.core.limits import MARKDOWN_DEPTH
from atlas.markdown.comments import without_comments
from atlas.markdown.line_cursor import LineCursor
from atlas.markdown.line_suspects import LineSuspects
from atlas.markdown.nodes import CALLOUTS, Line, LineFault, LineKind, Lines, LineStart, Node, NodeKind
from atlas.markdown.spans import CODE_SPAN, FORMULA
from atlas.markdown.table_rows import columns_of

_TITLE: Final = r"\"[^\n]*\"|'[^\n]*'|\([^\n]*\)"
_MARK: Final = re.compile(
    rf"""
      (?P<quotation>>)
    | (?P<heading>\#{{2,6}}(?!\#)|\#(?=[ \t]+\S))
    | (?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})
    | (?P<rule>(?:(?:\*[ \t]*){{3,}}|(?:-[ \t]*){{3,}}|(?:_[ \t]*){{3,}})$)
    | (?P<item>(?:[-+*]|(?P<number>\d{{1,9}})[.)])(?=[ \t]|$))
    | (?P<abbreviation>\*\[(?P<short>[^\]\[\n]+)\]:(?P<long>[^\n]*))
    | (?P<note>\[\^(?P<name>[^\]\[\n]+)\]:)
    | (?P<definition>\[(?P<label>[^\]\[\n^@][^\]\[\n]*)\]:[ ]*(?:\n[ ]*)?(?P<address>\S+)
          (?:[ ]*(?:\n[ ]*)?(?P<title>{_TITLE}))?[ ]*$)
    | (?P<meaning>:)(?=[ \t])
    """,
    re.VERBOSE | re.MULTILINE,
)
_BEGINNINGS: Final = frozenset(">#`~*-_+[:=0123456789")
_SETEXT: Final = re.compile(r"(?:=+|-+)[ \t]*$", re.MULTILINE)
_HIDDEN: Final = re.compile(rf"\\.|{CODE_SPAN}|\[\[[^\]\[\n]*\]\]|(?P<formula>{FORMULA})", re.VERBOSE)
"""What may hold a bar that divides no cells: escapes, code, links to records, formulas."""
_KINDS: Final[dict[str, LineKind]] = {"meaning": "description", "abbreviation": "definition"}
_CALLOUT: Final = re.compile(rf"[ \t]*\[!({'|'.join(CALLOUTS)})\][ \t]*$", re.IGNORECASE | re.MULTILINE)
_VERSE: Final = re.compile(r"[ \t]*\|(?:[ \t][^|]*)?$")
_CONTAINERS: Final = ("quotation", "item", "note", "meaning")


def read_lines(text: str) -> Lines:
    """The lines of a text and the blocks that they make."""
    return _Reader(text).run()


class _Reader(LineCursor):
    """One pass over one text.

    Attributes:
        stack: the containers that are open, from the text itself to the innermost.
        leaf: the paragraph, fence or table to which the next line may belong.
        kind: what the first mark of the line makes it; words: where its words begin.
        first: the row of the first line of the leaf; previous: where the line before begins.
        skipped: up to where lines belong to a definition.
        suspects: lines of the paragraph that is being read which look like something else.
    """

    def __init__(self, text: str) -> None:
        super().__init__(without_comments(text))
        self.source = text
        self.lines = Lines()
        self.stack = [self.lines.tree]
        self.leaf: Node | None = None
        self.kind: LineKind | None = None
        self.start = self.words = self.first = self.previous = self.skipped = 0
        self.suspects = LineSuspects()

    def run(self) -> Lines:
        """Read every line."""
        while self.start >= 0:
            found = self.text.find("\n", self.start)
            self.end = found if found >= 0 else len(self.text)
            self.to(self.start, 0)
            self.kind, self.words = None, self.start
            self._line()
            self.previous = self.start
            self.start = found + 1 if found >= 0 else -1
        self.start = len(self.text) + 1
        self._close(1)
        self.lines.breaks.sort()
        return self.lines

    # One line.

    def _line(self) -> None:
        if self.start < self.skipped or self.lines.deep is not None:
            self._row("text")
            return
        matched = self._match()
        is_whole = matched == len(self.stack)
        if self.leaf and self.leaf.kind == "fence" and is_whole:
            self._continue_fence(self.leaf)
            return
        if self.leaf and self.leaf.kind == "fence":
            self._close(matched)
        self._begin(matched)

    def _match(self) -> int:
        """How many of the open containers the line continues."""
        matched = 1
        for node in self.stack[1:]:
            at, column = self.indent()
            if node.kind == "quotation":
                if column - self.column > 3 or not self.text.startswith(">", at):
                    break
                self._quote(at, column, node)
            elif node.kind in _CONTAINERS:
                if at == self.end:
                    if not node.children:
                        break
                elif column - self.column >= node.width:
                    self.advance(node.width)
                else:
                    break
            matched += 1
        return matched

    def _begin(self, matched: int) -> None:
        """Read the marks that the line begins with behind those of the containers that it continues."""
        while True:
            at, column = self.indent()
            if at == self.end:
                self._blank(matched)
                return
            paragraph = self.leaf if self.leaf and self.leaf.kind == "paragraph" else None
            inner = paragraph if matched == len(self.stack) else None
            if (paragraph and column - self.column > 3) or self.text[at] not in _BEGINNINGS:
                break
            if inner and _SETEXT.match(self.text, at):
                self._underline(inner, at)
                return
            found = _MARK.match(self.text, at)
            name = found.lastgroup if found else None
            if name == "meaning" and found and self._captions(found, matched):
                self._caption(found, matched)
                return
            if found is None or name is None or not self._may_begin(found, inner, matched):
                break
            if name in ("quotation", "item", "note", "meaning"):
                matched = self._container(found, name, matched, column)
                if len(self.stack) > MARKDOWN_DEPTH and self._depth() > MARKDOWN_DEPTH:
                    self.lines.deep = self.start
                    self._row("text")
                    return
            else:
                self._close(matched)
                self._leaf(found, name, column)
                return
        self._text(matched, at, column)

    def _may_begin(self, found: re.Match[str], inner: Node | None, matched: int) -> bool:
        """Whether a mark begins a block here. inner: the paragraph that it would interrupt."""
        if found["item"] and inner:
            return bool(self.text[found.end() : self.end].strip()) and found["number"] in (None, "1")
        return not found["meaning"] or self._defines(matched)

    def _text(self, matched: int, at: int, column: int) -> None:
        """Read a line, or what is left of it, that begins with words."""
        leaf, is_whole = self.leaf, matched == len(self.stack)
        line = self.text[self.at : self.end]
        if leaf and leaf.kind == "table" and is_whole:
            leaf.lines.append(line)
            self._mark("row")
            self.lines.breaks.append(self.start)
            if "|" not in line:
                self.lines.faults.append(LineFault("row", at))
        elif leaf and leaf.kind == "paragraph" and is_whole and self._divides(leaf, line):
            self._begin_table(leaf, line)
        elif leaf and leaf.kind == "caption" and is_whole:
            leaf.lines.append(line)
            if line.lstrip().startswith(": "):
                self.lines.faults.append(LineFault("caption", at))
        elif leaf and leaf.kind == "paragraph":
            leaf.lines.append(line)
            leaf.lazy = 0 if is_whole else leaf.lazy + 1
            self.suspects.look(self.text, at)
        else:
            self._close(matched)
            self._add(Node("paragraph", at if self.kind else self.start, lines=[self.text[at : self.end]]), leaf=True)
            if self.text[at : at + 2] == ": ":
                before = self.stack[-1].children[-2:-1]
                self.lines.faults.append(
                    LineFault("caption" if before and before[0].kind == "caption" else "colon", at)
                )
            if column - self.column > 3 and not self.source[self.at : at].strip():
                self.suspects.note("indented", at)
            self.suspects.look(self.text, at)
        self._row("text")

    def _blank(self, matched: int) -> None:
        """Read an empty line, or an item without words."""
        if self.kind != "item":
            self._close(matched)
        self.lines.breaks.append(self.start)
        for node in reversed(self.stack):
            if node.kind == "quotation":
                break
            node.blank = node.blank or self.kind in (None, "quotation", "callout")
        self._row("comment" if self.kind is None and self.source[self.start : self.end].strip() else "blank")

    # Containers.

    def _container(self, found: re.Match[str], name: str, matched: int, column: int) -> int:
        """Open a container; say how many are open."""
        indent = column - self.column
        terms = self._take_terms(matched) if name == "meaning" else []
        is_loose = name == "meaning" and self.leaf is None
        self._close(matched)
        if name == "quotation":
            callout = _CALLOUT.match(self.text, found.end(), self.end)
            self._add(Node("quotation", found.start(), mark=callout[1].lower() if callout else ""))
            self._quote(found.start(), column, self.stack[-1])
            if callout:
                self.to(self.end, self.column)
        elif name == "note":
            self._mark("note")
            self.lines.marks.append(LineStart("note", found.start(), found.end()))
            self._add(Node("note", found.start(), mark=found["name"], width=4))
            self.to(found.end(), column + found.end() - found.start())
        else:
            self._mark("item" if name == "item" else "description")
            self._enter(found, name, terms)
            node = Node("item" if name == "item" else "meaning", found.start(), loose=is_loose)
            self._add(node)
            self.to(found.end(), column + found.end() - found.start())
            at, after = self.indent()
            gap = after - self.column
            gap = 1 if gap > 4 or at == self.end else gap
            self.advance(gap)
            node.width = indent + found.end() - found.start() + gap
        if self.kind != "quotation":
            self.words = self.at
        self.lines.breaks.append(self.start)
        return len(self.stack)

    def _enter(self, found: re.Match[str], name: str, terms: list[Node]) -> None:
        """Go into the list to which an item or meaning belongs, a new one where there is none."""
        mark = found[0][-1] if name == "item" else ""
        kind: NodeKind = "list" if name == "item" else "terms"
        top = self.stack[-1]
        if top.kind == kind and top.mark == mark:
            top.loose = top.loose or (top.blank and name == "item")
        else:
            if top.kind in ("list", "terms"):
                self.stack.pop()
            last = self.stack[-1].children[-1:] if kind == "terms" else []
            if last and last[0].kind == "terms":
                self.stack.append(last[0])
            else:
                self._add(Node(kind, found.start(), mark=mark, level=int(found["number"] or 1)))
        self.stack[-1].children += terms

    def _defines(self, matched: int) -> bool:
        """Whether a `:` here has a term before it."""
        top = self.stack[matched - 1]
        if self.leaf:
            return self.leaf.kind == "paragraph" and (matched == len(self.stack) or top.kind == "terms")
        return top.kind == "terms" or (bool(top.children) and top.children[-1].kind == "paragraph")

    def _captions(self, found: re.Match[str], matched: int) -> bool:
        """Whether a `:` here has a table before it, and words behind it."""
        top = self.stack[matched - 1]
        if (self.leaf and matched < len(self.stack)) or not self.text[found.end() : self.end].strip():
            return False
        return bool(top.children) and top.children[-1].kind == "table"

    def _caption(self, found: re.Match[str], matched: int) -> None:
        """Begin the caption of the table before it."""
        self._close(matched)
        self._mark("description")
        self._add(Node("caption", found.start(), lines=[self.text[found.end() : self.end]]), leaf=True)
        self._row("text")

    def _take_terms(self, matched: int) -> list[Node]:
        """Take the lines of the paragraph before a `:` out of the tree, each as a term."""
        top, leaf = self.stack[matched - 1], self.leaf
        if leaf and matched < len(self.stack):
            count = leaf.lazy
            lines = leaf.lines[len(leaf.lines) - count :] if count else []
            del leaf.lines[len(leaf.lines) - count :]
            if lines:
                self.lines.breaks.append(self.previous)
        elif top.kind == "terms":
            return []
        else:
            lines = top.children.pop().lines
            self.leaf = leaf and Node("paragraph", leaf.start)
        return [Node("paragraph", self.start, lines=[line]) for line in lines if line.strip()]

    def _close(self, matched: int) -> None:
        """End the leaf, and the containers behind those that the line continues."""
        leaf, self.leaf = self.leaf, None
        if leaf and leaf.kind == "fence":
            end = max(self.start - 1, leaf.start)
            self.lines.marks.append(LineStart("open-fence", leaf.start, min(end, len(self.text))))
        elif leaf and leaf.kind == "paragraph" and len(leaf.lines) > 1 and _is_verse(leaf.lines):
            leaf.kind = "verse"
        elif leaf and leaf.kind == "paragraph":
            self.lines.faults += self.suspects.take()
        self.suspects.clear()
        del self.stack[matched:]

    def _add(self, node: Node, *, leaf: bool = False) -> None:
        """Put a block into the innermost container, and open it."""
        kinds = {"item": "list", "meaning": "terms"}
        while self.stack[-1].kind in ("list", "terms") and kinds.get(node.kind) != self.stack[-1].kind:
            self.stack.pop()
        top = self.stack[-1]
        if top.children and top.blank:
            if top.kind == "item":
                self.stack[-2].loose = True
            top.loose = top.loose or top.kind == "meaning"
        for each in self.stack:
            each.blank = False
        top.children.append(node)
        if leaf:
            self.leaf, self.first = node, len(self.lines.rows)
            self.lines.breaks.append(self.start)
        elif node.kind in ("quotation", "list", "item", "note", "terms", "meaning"):
            self.stack.append(node)

    def _depth(self) -> int:
        return sum(node.kind in _CONTAINERS for node in self.stack)

    # Leaves.

    def _leaf(self, found: re.Match[str], name: str, column: int) -> None:
        at, end = found.start(), found.end()
        if name == "fence":
            info = self.text[end : self.end].split()
            node = Node("fence", at, mark=found[0], width=column - self.column, info=info[0] if info else "")
            self._add(node, leaf=True)
            self.lines.breaks.append(self.start)
        elif name == "heading":
            self.lines.marks.append(LineStart("heading", self.start, end))
            self._add(Node("heading", at, lines=[self.text[end : self.end]], level=end - at))
        elif name == "definition":
            self.lines.marks.append(LineStart("definition", at, end, None, found))
            self._add(Node("definition", at, found=found))
            self.skipped = end
        elif name == "abbreviation":
            self.lines.marks.append(LineStart("abbreviation", at, end, None, found))
            self._add(Node("abbreviation", at))
            self.lines.abbreviations[found["short"].strip()] = found["long"].strip()
        else:
            self._add(Node("rule", at))
        self.lines.breaks.append(self.start)
        if self.kind is None and name == "heading":
            self.words = end
        self._mark(_KINDS.get(name, name))  # type: ignore[arg-type]
        self._row("text")
        if name != "fence":
            self.lines.breaks.append(self.end + 1)

    def _continue_fence(self, leaf: Node) -> None:
        at, column = self.indent()
        size = len(self.text[at : self.end].rstrip()) if column - self.column < 4 else 0
        if size >= len(leaf.mark) and self.text[at : self.end].rstrip() == leaf.mark[0] * size:
            self.lines.marks.append(LineStart("fence", leaf.start, at + size))
            self.leaf = None
        else:
            self.advance(min(leaf.width, column - self.column))
            leaf.lines.append(" " * self.pad + self.text[self.at : self.end])
        self.kind = None
        self._row("text")

    def _underline(self, leaf: Node, at: int) -> None:
        """Make a heading of the paragraph above its underline."""
        leaf.kind, leaf.level = "heading", 1 if self.text[at] == "=" else 2
        self.lines.marks.append(LineStart("setext", self.start, self.end, leaf.start))
        first = self.lines.rows[self.first]
        if first.kind == "text":
            self.lines.rows[self.first] = Line("heading", first.start, first.start, first.inner)
        self.suspects.clear()
        self._close(len(self.stack))
        self.lines.breaks += (self.start, self.end + 1)
        self._mark("rule")
        self._row("rule")

    def _divides(self, leaf: Node, line: str) -> bool:
        """Whether a line parts the head of a table, the line before, from its rows."""
        if "-" not in line or line.strip(" \t|:-"):
            return False
        return columns_of(_without_hidden(leaf.lines[-1]), line) > 0

    def _begin_table(self, leaf: Node, line: str) -> None:
        head = leaf.lines.pop()
        parent = self.stack[-1]
        if not leaf.lines:
            parent.children.pop()
            self.suspects.clear()
        else:
            self.suspects.keep_before(self.previous)
        self._close(len(self.stack))
        self.leaf = Node("table", self.previous, lines=[head, line])
        parent.children.append(self.leaf)
        row = self.lines.rows[-1]
        if row.kind == "text":
            self.lines.rows[-1] = Line("row", row.start, row.start, row.inner)
        self.lines.breaks += (self.previous, self.start)
        self._mark("row")

    def _mark(self, kind: LineKind) -> None:
        """Say what a line is, unless an earlier mark has."""
        self.kind = self.kind or kind

    def _row(self, kind: LineKind) -> None:
        self.lines.rows.append(Line(self.kind or kind, self.start, self.words, self.at))

    def _quote(self, at: int, column: int, node: Node) -> None:
        """Pass over a `>` of a quotation and one space."""
        self._mark("callout" if node.mark else "quotation")
        self.to(at + 1, column + 1)
        if at + 1 < self.end and self.text[at + 1] in " \t":
            self.advance(1)
        if self.kind == "callout":
            self.words = self.at


def _is_verse(lines: list[str]) -> bool:
    """Whether each line begins with a bar and has no other, and one has words (pandoc, User's Guide, "Line blocks")."""
    return any(line.strip() != "|" for line in lines) and all(_VERSE.match(_without_hidden(line)) for line in lines)


def _without_hidden(line: str) -> str:
    """Return a line without bars that divide no cells; one between two spaces divides them even in a formula."""
    return _HIDDEN.sub(lambda found: found[0] if found["formula"] and " | " in found[0] else "x", line)

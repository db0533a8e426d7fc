"""Splits Markdown into tokens: code, links, notes, HTML, headings, attributes.

The number of looks at each character is bounded, whatever the text. The converter divides the text into the same
paragraphs, so that both find the same pairs of marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct, field

from atlas.core.limits import OPEN_MARKS
from atlas.markdown.lines import read_lines
from atlas.markdown.nodes import Lines, LineStart
from atlas.markdown.spans import FORMULA_START, PRICES

TokenKind = Literal[
    "fence", "open-fence", "code", "escape", "comment", "autolink", "tag", "note", "called", "definition", "url",
    "email", "heading", "setext", "attributes", "open", "close", "at", "entity", "math",
    "open-math", "unopened", "abbreviation",
]  # fmt: skip


class Token(Struct, frozen=True):
    """One mark and where it is.

    open-fence: code that is never closed · note: `[^1]:`, which begins a note · called: `[^1]` · definition: `[label]:
    address "title"`; found: its groups · heading: the `#`, with what is before them in the line · setext: the
    underline of a heading, which begins at `above` · open: `[` or `![` · close: `]` with the `(address "title")` behind
    it; found: its groups · math: `$…$` or `$$…$$` · abbreviation: its definition ·
    open-math: a `$` or `$$` that may begin a formula and does not ·
    unopened: a `]` that nothing opens.
    """

    kind: TokenKind
    start: int
    end: int
    found: re.Match[str] | None = None
    above: int = 0


class Tokens(Struct):
    """The tokens of a text in order, and by the place of each `[` that is closed in its paragraph what closes it.

    tangled: where in one paragraph more marks are open than a person leaves, and than Markdown reads in time.
    lines: the lines that they were read from.
    """

    rows: list[Token] = field(default_factory=list)
    closed: dict[int, Token] = field(default_factory=dict)
    tangled: int | None = None
    lines: Lines = field(default_factory=Lines)


@lru_cache(maxsize=256)  # the scanner and each check read the same texts, those of one record one after the other
def read_tokens(text: str) -> Tokens:
    """The tokens of a text."""
    return _Tokenizer(text).run()


_START: Final = re.compile(r"\[|\]|\\|`|<|@|\{|&|\$|https?://|www\.")
_ENDS: Final = {
    "$": re.compile(r"\\.|`+|(?P<end>(?<!\s)\$(?![\d$]))|(?P<stop>\$+|@(?=[A-Za-z0-9]))", re.DOTALL),
    "$$": re.compile(r"\\.|`+|(?P<end>\$\$)|(?P<stop>@(?=[A-Za-z0-9]))", re.DOTALL),
}
"""By its mark: what ends a formula, what is in none, and what is passed over before: escapes and code."""
_BEHIND_WORDS: Final = re.compile(r"\$(?<=[A-Za-z0-9]\$)(?=[A-Za-z(|+-])")
_NO_PRICE_END: Final = re.compile(r"\$(?<![A-Z0-9]\$)(?<![A-Z0-9]-\$)(?![A-Za-z0-9])")
_PRICE: Final = re.compile(r"\d|[.,]\d")
_ENTITY: Final = re.compile(r"&(?:\#\d+|\#[xX][0-9a-fA-F]+|\w+);")
_CALLED: Final = re.compile(r"\[\^[^\]\[\n]+\]")
_SIGN: Final = "[^\\x00-\\x20<>()\\[\\]{|`«»“”\\s\\u2e80-\\uffef]"
URL: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?:https?://|www\.(?=\w)){_SIGN}+(?:\({_SIGN}*\){_SIGN}*)*(?<![?!.,:;*_~'\"])"
)
"""An address as it is in a text: what ends a sentence is not part of it, as on GitHub ("Autolinks (extension)")."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*$")
_DOMAIN: Final = re.compile(r"@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w@-])")
EMAIL: Final = re.compile(rf"(?<![\w.+-]){_LOCAL.pattern[:-1]}{_DOMAIN.pattern}")
_AUTOLINK: Final = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>")
_TAG: Final = re.compile(
    r"</?[a-zA-Z](?:[^<>\n]|\n(?![ \t]*\n))*>|<(?:script|style|iframe|object|embed|svg|form)\b", re.IGNORECASE
)
_ATTRIBUTES: Final = re.compile(
    r"\{:?[ ]*(?:[#.a-z][^{}\n]*\}(?=[ \t]*$)|(?:#|\.[a-z]|dimension=)[^{}\n]*\})", re.MULTILINE
)
_GAP: Final = r"[ \t]*(?:\n[ \t]*)?"
_LINK: Final = re.compile(
    rf"""
    \({_GAP}
    (?: <(?P<angled>[^<>\n]*)> | (?P<address>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*) )
    (?: (?=\s){_GAP}(?P<title>"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)) )?
    {_GAP}\)
    """,
    re.VERBOSE,
)


class _Tokenizer:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = read_lines(text)
        self.tokens = Tokens(lines=self.lines)
        self.stack: list[int] = []
        self.paragraph = 0
        self.unread = 0
        self.escaped = 0
        self.runs: dict[int, list[int]] | None = None
        self.unended: dict[str, int] = {}
        self.comments = True

    def run(self) -> Tokens:
        """The tokens of lines and those within them, in the order of the text."""
        position = 0
        for mark in self.lines.marks:
            if mark.start >= position:
                position = self._within(position, mark.start)
            if mark.start >= position:
                position = self._mark(mark)
        self._within(position, len(self.text))
        return self.tokens

    def _within(self, position: int, end: int) -> int:
        """Read on to the end of a stretch; say how far the last token reaches."""
        while self.tokens.tangled is None and (found := _START.search(self.text, position, end)):
            position = self._READ[found[0][0]](self, found.start(), position)
        return max(position, end) if self.tokens.tangled is None else len(self.text) + 1

    def _add(self, token: Token) -> int:
        self.tokens.rows.append(token)
        return token.end

    def _mark(self, mark: LineStart) -> int:
        return self._add(Token(mark.kind, mark.start, mark.end, mark.found, mark.above or 0))

    # Each of these reads the token that begins with one character, and says where to read on.

    def _open(self, at: int, position: int) -> int:
        called = _CALLED.match(self.text, at)
        if called:
            return self._add(Token("called", at, called.end()))
        self._enter(at)
        self.stack.append(at)
        if len(self.stack) > OPEN_MARKS:
            self.tokens.tangled = at
        pictured = at > position and self.text[at - 1] == "!"
        return self._add(Token("open", at - pictured, at + 1))

    def _close(self, at: int, position: int) -> int:
        self._enter(at)
        link = _LINK.match(self.text, at + 1) if self.text.startswith("(", at + 1) else None
        if not self.stack:
            self.escaped -= 1
            return self._add(Token("close" if self.escaped >= 0 else "unopened", at, at + 1))
        if link is None and self.text.startswith("(", at + 1):
            self._count(at)
        token = Token("close", at, link.end() if link else at + 1, link)
        self.tokens.closed[self.stack.pop()] = token
        return self._add(token)

    def _escape(self, at: int, position: int) -> int:
        if self.text.startswith("[", at + 1):
            self._enter(at)
            self.escaped += 1
        return self._add(Token("escape", at, min(at + 2, len(self.text))))

    def _code(self, at: int, position: int) -> int:
        size = 1
        while self.text.startswith("`", at + size):
            size += 1
        end = self._code_end(at, size)
        return self._add(Token("code", at, end)) if end else at + size

    def _less(self, at: int, position: int) -> int:
        if self.comments and self.text.startswith("<!--", at):
            end = self.text.find("-->", at + 4)
            if end >= 0:
                return self._add(Token("comment", at, end + 3))
            self.comments = False
        found = _AUTOLINK.match(self.text, at)
        if found:
            return self._add(Token("autolink", at, found.end()))
        found = _TAG.match(self.text, at)
        return self._add(Token("tag", at, found.end())) if found else at + 1

    def _at(self, at: int, position: int) -> int:
        domain = _DOMAIN.match(self.text, at)
        local = _LOCAL.search(self.text[max(position, at - 64) : at]) if domain else None
        if domain and local:
            return self._add(Token("email", at - len(local[0]), domain.end()))
        silent = at > position and self.text[at - 1] == "-"
        return self._add(Token("at", at - silent, at + 1))

    def _brace(self, at: int, position: int) -> int:
        found = _ATTRIBUTES.match(self.text, at)
        return self._add(Token("attributes", at, found.end())) if found else at + 1

    def _entity(self, at: int, position: int) -> int:
        found = _ENTITY.match(self.text, at)
        return self._add(Token("entity", at, found.end())) if found else at + 1

    def _url(self, at: int, position: int) -> int:
        found = URL.match(self.text, at)
        return self._add(Token("url", at, found.end())) if found else at + 1

    def _dollar(self, at: int, position: int) -> int:
        """Read a formula; a `$` that is neither that nor clearly of a price is reported."""
        found = FORMULA_START.match(self.text, at)
        if found is None and not _BEHIND_WORDS.match(self.text, at):
            return at + len(self.text[at:]) - len(self.text[at:].lstrip("$"))
        mark = found[0] if found else "$"
        words = at + len(mark)
        end = self._formula_end(words, mark)
        if found and end and not (mark == "$" and PRICES.match(self.text, words)):
            return self._add(Token("math", at, end))
        if end:
            is_doubtful = _NO_PRICE_END.match(self.text, end - 1) is not None
        else:
            is_doubtful = found is not None and not (mark == "$" and _PRICE.match(self.text, words))
        return self._add(Token("open-math", at, words)) if is_doubtful else words

    def _formula_end(self, at: int, mark: str) -> int | None:
        """Where a formula ends whose words begin at a place: at the next such mark in its paragraph or cell."""
        if at < self.unended.get(mark, 0):
            return None
        start = at
        after = bisect_right(self.lines.breaks, at)
        limit = self.lines.breaks[after] if after < len(self.lines.breaks) else len(self.text)
        while found := _ENDS[mark].search(self.text, at, limit):
            at = found.end()
            if found["end"]:
                return None if self._is_divided(start, at) else at
            if found["stop"]:
                break
            if found[0][0] == "`":
                at = self._code_end(found.start(), len(found[0])) or at
        self.unended[mark] = found.start() if found else limit
        return None

    def _is_divided(self, start: int, end: int) -> bool:
        """Whether a stretch is in a row of a table and holds a bar between two spaces, which divides cells."""
        if " | " not in self.text[start:end]:
            return False
        line = self.lines.rows[bisect_right(self.lines.rows, start, key=lambda row: row.start) - 1]
        return line.kind == "row" or self.text.startswith("|", line.inner)

    _READ: Final = {
        "[": _open, "]": _close, "\\": _escape, "`": _code, "<": _less, "@": _at, "{": _brace, "h": _url, "w": _url,
        "&": _entity, "$": _dollar,
    }  # fmt: skip

    # What they share.

    def _enter(self, at: int) -> None:
        """Forget the brackets that an earlier paragraph left open."""
        number = bisect_right(self.lines.breaks, at)
        if number != self.paragraph:
            self.paragraph, self.unread, self.escaped = number, 0, 0
            self.stack.clear()

    def _count(self, at: int) -> None:
        self.unread += 1
        if self.unread > OPEN_MARKS:
            self.tokens.tangled = at

    def _code_end(self, at: int, size: int) -> int | None:
        """Where the code ends that a run of so many backticks opens: at the next run of as many in the paragraph."""
        if self.runs is None:
            self.runs = defaultdict(list)
            for found in re.finditer("`+", self.text):
                self.runs[len(found[0])].append(found.start())
        places = self.runs.get(size, [])
        number = bisect_right(places, at)
        if number == len(places):
            return None
        breaks = self.lines.breaks
        after = bisect_right(breaks, at)
        closes = after == len(breaks) or places[number] < breaks[after]
        return places[number] + size if closes else None

"""Markdown as authors write it → the same text with every reference taken out and a slot in its place.

One scanner decides what is code, link, citation or HTML, and knows where each stands. Markdown
never sees a reference; what the slots become is decided when a page is planned.
"""

from __future__ import annotations

import re
from typing import Final

from atlas.addresses import Fault, fault_of, is_inner, is_safe_address, short, unsafe
from atlas.attributes import read_attributes
from atlas.citing import locator_without_key, parse_citation
from atlas.problems import Problem, Severity, nearest
from atlas.rows import long_rows
from atlas.shapes import KEBAB, LANGUAGE_TAG, Passage
from atlas.slots import CLOSE, OPEN, Scanned, Slot, place
from atlas.tokens import Token, read_tokens

__all__ = ["HEADING_ATTRIBUTES", "is_safe_address", "scan"]

HEADING_ATTRIBUTES: Final = re.compile(r"\{[^{}\n]*#[^{}\n]*\}[ \t]*$")
"""The attributes with an id that end the line of a heading."""

_BAD: Final = re.compile(r"[\ue000\ue001\x00-\x08\x0b-\x1f\x7f]")
_UNSAFE: Final = re.compile(
    r"(?i)</?(script|style|iframe|object|embed|svg|form|link|meta|base)\b|[\s/]on\w+\s*=|javascript:|data:|vbscript:"
)
_BRACES: Final = re.compile(r"\{[^{}\[\]\n]*\}(?P<ends>(?=[ \t]*$))?", re.MULTILINE)
_LANGUAGE: Final = re.compile(r"\{[ ]*lang=(\"?)([^\s\"{}]*)\1[ ]*\}")
_OF_SPAN: Final = re.compile(r"\{:?[ ]*(?:[#.]|[\w-]+=)")
_REFERENCE: Final = re.compile(r"\s?\[([^\]\[]*)\]")
_HIDING: Final = ("fence", "code", "escape", "comment")
_IN_WORDS: Final = Fault(
    "wrong-type", "a link, note or picture stands in the words of a link", "end one before the other begins"
)
_IN_LABEL: Final = Fault(
    "wrong-type", "the words of [[id|words]] and of a picture are plain", "put links and citations after them"
)


def scan(passage: Passage, *, block: bool) -> Scanned:
    """Take the references out of a text. block: whether it may hold headings and facts, or is one paragraph.

    Where so many marks are left open that reading on could take for ever, the text is empty and a problem says so.
    """
    bad = [found.start() for found in _BAD.finditer(passage.text)]
    return _Scan(passage, bad, block).run()


class _Scan:
    """One pass over one text, without its bad characters (removed: their places, in order).

    endings: by the place of a closing bracket, what stands there instead, where it ends, and how many of the pieces
    before it stay. within: the closing brackets of the language spans that are open.
    """

    def __init__(self, passage: Passage, removed: list[int], block: bool) -> None:
        self.passage = passage
        self.removed = removed
        self.text = _BAD.sub("", passage.text) if removed else passage.text
        self.block = block
        self.result = Scanned()
        self.pieces: list[str] = []
        self.done = 0
        self.endings: dict[int, tuple[str, int, int | None]] = {}
        self.within = [len(self.text)]
        self.link_ends = self.label_ends = 0
        self.hidden: list[tuple[int, int]] = []
        self.notes: dict[str, int] = {}
        self.calls: list[tuple[str, int]] = []

    def run(self) -> Scanned:
        """The text with its slots."""
        for offset in self.removed:
            message = f"the character U+{ord(self.passage.text[offset]):04X} has no meaning in a text"
            span = place(self.passage, offset)
            self.result.problems.append(Problem(span, "bad-character", message, "remove it"))
        tokens = read_tokens(self.text)
        if tokens.tangled is not None:
            hint = "close them, write \\[ for a plain [, or divide the paragraph"
            self._tell(tokens.tangled, Fault("wrong-type", "too many marks are left open in this paragraph", hint))
            return self.result
        self.closed = tokens.closed
        self.labels = {_folded(token.found["label"]) for token in tokens.rows if token.kind == "definition" and token.found}
        for token in tokens.rows:
            if token.start >= self.done:
                self._copy(token.start)
                self._READ[token.kind](self, token)
        self._copy(len(self.text))
        self._check_notes()
        self._check_rows(tokens.rows)
        self.result.text = "".join(self.pieces)
        return self.result

    # Each of these reads one token: it adds what stands in its place, and says how far the text is read.

    def _keep(self, token: Token) -> None:
        self._copy(token.end)

    def _drop(self, token: Token) -> None:
        self.done = token.end

    def _open_fence(self, token: Token) -> None:
        hint = "end it with a line of the same marks"
        self._tell(token.start, Fault("wrong-type", "this code is never closed", hint))
        self._keep(token)

    def _tag(self, token: Token) -> None:
        whole = self.text[token.start : token.end]
        hint = "use the Markdown forms of docs/content.md; write \\< for a plain <"
        html = Fault("raw-html", f"HTML is not allowed in texts: {short(whole)}", hint)
        self._tell(token.start, unsafe(whole) if _UNSAFE.search(whole) else html)
        self._drop(token)

    def _autolink(self, token: Token) -> None:
        address = self.text[token.start + 1 : token.end - 1]
        if ":" in address and not is_safe_address(address):
            self._tell(token.start, unsafe(f"<{address}>"))
            self._drop(token)
        else:
            self._plain_only(token)

    def _plain_only(self, token: Token) -> None:
        """Something that may not stand in the words of a link."""
        if token.start < self.link_ends:
            self._tell(token.start, _IN_WORDS)
        self._keep(token)

    def _note(self, token: Token) -> None:
        name = self.text[token.start + 2 : token.end - 2]
        if name in self.notes:
            self._tell(token.start, Fault("duplicate-id", f'there are two footnotes "{name}"', "rename one"))
        elif re.search(r"\s", name):
            self._tell(token.start, Fault("bad-id", f'"{name}" is no name of a footnote', "write it without spaces"))
        self.notes.setdefault(name, token.start)
        self._keep(token)

    def _called(self, token: Token) -> None:
        self.calls.append((self.text[token.start + 2 : token.end - 1], token.start))
        self._plain_only(token)

    def _definition(self, token: Token) -> None:
        assert token.found
        fault = fault_of(token.found["address"].strip("<>"))
        if fault or is_inner(token.found["address"].strip("<>")):
            hint = "write [text](/path/) where the link stands"
            self._tell(token.found.start("definition"), fault or Fault("bad-address", "this leads elsewhere only", hint))
            self._drop(token)
        else:
            self._keep(token)

    def _heading(self, token: Token) -> None:
        marks = self.text[token.start : token.end]
        level = len(marks) - len(marks.rstrip("#"))
        end = self.text.find("\n", token.end)
        line = self.text[token.end : end if end >= 0 else len(self.text)]
        fault = None
        if not self.block:
            fault = Fault("wrong-type", "a heading stands in a text of one paragraph", "remove the #")
        elif level == 1:
            fault = Fault("heading-level", "# is for the title, which the front matter gives", "begin with ##")
        elif not HEADING_ATTRIBUTES.search(line):
            hint = "end the line with {#id}, or run `python build.py check --fix`"
            fault = Fault("missing-id", "this heading has no id", hint)
        if fault:
            self._tell(token.end - level, fault)
        self._keep(token)

    def _attributes(self, token: Token) -> None:
        if token.start < self.link_ends:
            self._keep(token)
            return
        self._drop(token)
        if self.text[token.end : token.end + 200].split("\n", 1)[0].strip(" \t"):
            hint = "write them at the end of the paragraph; write \\{ for a plain {"
            self._tell(token.start, Fault("wrong-type", "attributes stand inside a line", hint))
            return
        read = read_attributes(self.text[token.start : token.end])
        for fault in read.faults:
            self._tell(token.start, fault)
        if not self.block:
            self._tell(token.start, Fault("wrong-type", "attributes have no place in this text", "remove {…}"))
        span = self._span(token.start)
        self._slot(Slot("attributes", span, read.id, dimension=read.dimension, reading=read.reading))

    def _open(self, token: Token) -> None:
        at = token.end - 1
        closing = self.closed.get(at)
        if closing is None:
            self._keep(token)
            return
        inner = self.closed.get(at + 1)
        if inner and inner.end == closing.start and self.text.startswith("[", at + 1):
            self._copy(at)
            self._record(at, closing)
        elif closing.found:
            self._link(token, closing, closing.found)
        elif self._refers(at, closing):
            self._reference(token, closing)
        elif not self._language(at, closing) and not self._loose(at, closing):
            self._copy(at)
            self._cite(at, at + 1, self.text.find("@", at, closing.start) >= 0)

    def _close(self, token: Token) -> None:
        text, end, kept = self.endings.pop(token.start, (self.text[token.start : token.end], token.end, None))
        del self.pieces[len(self.pieces) if kept is None else kept :]
        self.pieces.append(text)
        self.done = end
        if self.within[-1] == token.start:
            self.within.pop()

    def _at(self, token: Token) -> None:
        self._cite(token.start, token.end, True)

    _READ: Final = {
        "fence": _keep, "open-fence": _open_fence, "code": _keep, "escape": _keep, "url": _keep, "comment": _drop,
        "autolink": _autolink, "tag": _tag, "note": _note, "called": _called, "definition": _definition,
        "heading": _heading, "attributes": _attributes, "open": _open, "close": _close, "at": _at,
    }  # fmt: skip

    # Brackets.

    def _record(self, at: int, closing: Token) -> None:
        """`[[target#fragment|label]]`; in a table the bar is written `\\|`."""
        head, bar, label = self.text[at + 2 : closing.start - 1].partition("|")
        target, _, fragment = (head.removesuffix("\\") if bar else head).partition("#")
        end = closing.start + 1
        self.hidden.append((at, end))
        slot = ""
        if not KEBAB.fullmatch(target.strip()):
            hint = "write [[id]] or [[id|label]]; an id is lower-case letters, digits and hyphens"
            self._tell(at, Fault("bad-id", f'"{short(target.strip())}" is no id', hint))
        elif at < self.link_ends:
            self._tell(at, _IN_WORDS)
        else:
            words = " ".join(label.split())
            slot = self._reserve(Slot("record", self._span(at), target.strip(), fragment.strip(), words))
        self._replace(closing, slot, end)
        self.done = at + 2

    def _link(self, token: Token, closing: Token, link: re.Match[str]) -> None:
        address, words = link["angled"] or link["address"] or "", self.text[token.end : closing.start]
        picture = self.text[token.start] == "!"
        fault = fault_of(address, picture=picture) or self._fault_of_link(token, link, address)
        span = self._span(token.start)
        if fault:
            self._tell(token.start, fault)
            self._enclose(token, closing, "", "", closing.end)
        elif picture:
            target = address.removeprefix("/files/")
            self._replace(closing, self._reserve(Slot("picture", span, target, label=words)), closing.end)
        elif is_inner(address):
            path, _, fragment = address.partition("#")
            kind: SlotKind = "file" if path.startswith("/files/") else "path"
            opening = self._reserve(Slot(kind, span, path.removeprefix("/files/"), fragment))
            ending = self._reserve(Slot("close", span, path.removeprefix("/files/"), label=kind))
            self._enclose(token, closing, opening, ending, closing.end)
        else:
            self._keep(token)
        self.done = token.end
        self.link_ends = max(self.link_ends, closing.start)

    def _fault_of_link(self, token: Token, link: re.Match[str], address: str) -> Fault | None:
        if token.start < self.link_ends:
            return _IN_WORDS
        if link["title"] and (address.startswith(("/", "#")) or link["title"][0] == "("):
            return Fault("wrong-type", "this link has no place for a title", 'only [text](https://… "title") has one')
        return None

    def _refers(self, at: int, closing: Token) -> bool:
        """Whether brackets are `[words][label]` or `[label]` with a label that is defined."""
        if not self.labels:
            return False
        found = _REFERENCE.match(self.text, closing.end)
        return _folded((found and found[1]) or self.text[at + 1 : closing.start]) in self.labels

    def _reference(self, token: Token, closing: Token) -> None:
        if self.text[token.start] == "!":
            self._tell(token.start, fault_of("[…]", picture=True) or _IN_WORDS)
        self._plain_only(token)
        self.link_ends = max(self.link_ends, closing.start)

    def _language(self, at: int, closing: Token) -> bool:
        """`[words]{lang=zh}`; whether that is what the brackets are."""
        braces = _BRACES.match(self.text, closing.end)
        if braces is None or not _OF_SPAN.match(braces[0]):
            return False
        found = _LANGUAGE.fullmatch(braces[0])
        if found and LANGUAGE_TAG.fullmatch(found[2]):
            self._copy(at)
            if at < self.label_ends:
                self._tell(at, _IN_LABEL)
            opening = self._reserve(Slot("language", self._span(at), found[2]))
            ending = self._reserve(Slot("close", self._span(closing.start), label="language"))
E
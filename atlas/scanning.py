"""Markdown as authors write it → the same text with every reference taken out and a slot in its place.

One scanner decides what is code, link, citation or HTML, and knows where each stands. Markdown
never sees a reference; what the slots become is decided when a page is planned.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final, Literal

from atlas.citing import locator_without_key, parse_citation
from atlas.problems import Problem, Span, nearest
from atlas.shapes import KEBAB, LANGUAGE_TAG, Passage
from atlas.slots import CLOSE, OPEN, Scanned, Slot, place

TOKENS: Final = re.compile(
    r"""
      (?P<fence>^[ ]{0,3}(?P<ticks>```+|~~~+)[^\n]*\n(?:.*?\n)?[ ]{0,3}(?P=ticks)[ \t]*$)
    | (?P<code>(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))
    | (?P<escape>\\.)
    | (?P<comment><!--.*?-->)
    | (?P<autolink><[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>)
    | (?P<tag></?[a-zA-Z][^<>]*>|<(?:script|style|iframe|object|embed|svg|form)\b)
    | (?P<record>!?\[\[[^\[\]\n]*\]\])
    | (?P<note>^[ ]{0,3}\[\^[^\]\n]+\]:|\[\^[^\]\n]+\])
    | (?P<definition>^[ ]{0,3}\[[^\]\n^@][^\]\n]*\]:[ \t]*\S+)
    | (?P<url>(?<![A-Za-z0-9])https?://[^\s<>()\[\]\u2e80-\uffef]+)
    | (?P<heading>^\#{1,6}[^\n]*$)
    | (?P<attributes>\{:?[ ]*[#.a-z][^{}\n]*\}(?=[ \t]*$))
    | (?P<bracket>!?\[)
    | (?P<at>-?@)
    | (?P<private>[\ue000\ue001\x00-\x08\x0b-\x1f\x7f])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_UNSAFE: Final = re.compile(
    r"(?i)</?(script|style|iframe|object|embed|svg|form|link|meta|base)\b|[\s/]on\w+\s*=|javascript:|data:|vbscript:"
)
_DESTINATION: Final = re.compile(r"\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"([^\"\n]*)\")?\s*\)")
_SPAN_ATTRIBUTES: Final = re.compile(r"\{lang=\"?([A-Za-z-]+)\"?\}")
_RECORD: Final = re.compile(r"!?\[\[([^|#\]]*)(?:#([^|\]]*))?(?:\\?\|([^\]]*))?\]\]")
_ATTRIBUTE: Final = re.compile(
    r"#(?P<id>\S+)|\.(?P<class>\S+)|(?P<key>[\w-]+)=\"?(?P<value>[^\s\"]+)\"?|(?P<other>\S+)"
)
HEADING_ATTRIBUTES: Final = re.compile(r"\{[^{}\n]*\}[ \t]*$")


def scan(passage: Passage, *, block: bool) -> Scanned:
    """Take the references out of a text. block: whether it may hold headings and facts, or is one paragraph."""
    return _Scan(passage, block).run()


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: https, http and mailto only, whatever disguise the address wears."""
    plain = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]", "", unescape(address)).lower()
    return plain.startswith(("https://", "http://", "mailto:"))


class _Scan:
    """One pass over one text."""

    def __init__(self, passage: Passage, block: bool) -> None:
        self.passage = passage
        self.text = passage.text
        self.block = block
        self.result = Scanned()
        self.pieces: list[str] = []
        self.closings: dict[int, tuple[int, str]] = {}
        self.defined: set[str] = set()
        self.notes: list[tuple[str, int]] = []

    def run(self) -> Scanned:
        """The text with its slots."""
        if not TOKENS.search(self.text):
            self.result.text = self.text
            return self.result
        position = 0
        while found := TOKENS.search(self.text, position):
            position = self._plain(position, found.start())
            if position <= found.start():
                position = max(self._token(found), found.start() + 1)
        self._plain(position, len(self.text))
        self._check_notes()
        self.result.text = "".join(self.pieces)
        return self.result

    def _plain(self, start: int, end: int) -> int:
        """Copy text, ending spans where their brackets close; say how far it is copied, perhaps beyond `end`."""
        for offset in sorted(offset for offset in self.closings if start <= offset < end):
            length, slot = self.closings.pop(offset)
            self.pieces += [self.text[start:offset], slot]
            start = offset + length
        self.pieces.append(self.text[start:end])
        return max(start, end)

    def _token(self, found: re.Match[str]) -> int:
        kind = found.lastgroup if found.lastgroup not in ("ticks", "tick") else "code"
        offset, whole = found.start(), found[0]
        if kind in ("fence", "code", "escape", "url"):
            self.pieces.append(whole)
            return found.end()
        if kind == "comment":
            return found.end()
        read = getattr(self, f"_{kind}")
        end = read(offset, whole)
        return int(end)

    # Each of these reads one token, adds what stands in its place, and says where it ends.

    def _autolink(self, offset: int, whole: str) -> int:
        address = whole[1:-1]
        if is_safe_address(address) or ":" not in address:
            self.pieces.append(whole)
        else:
            self._unsafe(offset, whole)
        return offset + len(whole)

    def _tag(self, offset: int, whole: str) -> int:
        if _UNSAFE.search(whole):
            self._unsafe(offset, whole)
        else:
            hint = "use the Markdown forms of docs/content.md; write \\< for a plain <"
            self._problem(offset, "raw-html", f"HTML is not allowed in texts: {_short(whole)}", hint)
        return offset + len(whole)

    def _record(self, offset: int, whole: str) -> int:
        found = _RECORD.fullmatch(whole)
        target = found[1].strip() if found else ""
        if not found or not KEBAB.fullmatch(target):
            hint = "write [[id]] or [[id|label]]; an id is lower-case letters, digits and hyphens"
            self._problem(offset, "bad-id", f'"{target}" is no id', hint)
            return offset + len(whole)
        label = (found[3] or "").strip()
        self._slot(Slot("record", self._span(offset), target, (found[2] or "").strip(), label))
        return offset + len(whole)

    def _note(self, offset: int, whole: str) -> int:
        name = whole.strip().removeprefix("[^").removesuffix(":").removesuffix("]")
        if whole.endswith(":"):
            self.defined.add(name)
        else:
            self.notes.append((name, offset))
        self.pieces.append(whole)
        return offset + len(whole)

    def _definition(self, offset: int, whole: str) -> int:
        address = whole.split("]:", 1)[1].strip().strip("<>")
        if is_safe_address(address):
            self.pieces.append(whole)
        else:
            self._bad_address(offset, address)
        return offset + len(whole)

    def _heading(self, offset: int, whole: str) -> int:
        level = len(whole) - len(whole.lstrip("#"))
        if level < len(whole) and whole[level] not in " \t":
            self.pieces.append("#" * level)
            return offset + level
        if not self.block:
            self._problem(offset, "wrong-type", "a heading stands in a text of one paragraph", "remove the #")
        elif level == 1:
            self._problem(offset, "heading-level", "# is for the title, which the front matter gives", "begin with ##")
        elif not HEADING_ATTRIBUTES.search(whole):
            hint = "end the line with {#id}, or run `python build.py check --fix`"
            self._problem(offset, "missing-id", "this heading has no id", hint)
        self.pieces.append("#" * level)
        return offset + level

    def _attributes(self, offset: int, whole: str) -> int:
        values = {"id": "", "dimension": "", "reading": ""}
        for found in _ATTRIBUTE.finditer(whole.strip("{}: ")):
            if found["id"] and KEBAB.fullmatch(found["id"]):
                values["id"] = found["id"]
            elif found["id"]:
                hint = "an id is lower-case letters, digits and hyphens"
                self._problem(offset, "bad-id", f'"{found["id"]}" is no id', hint)
            elif found["class"] == "reading":
                values["reading"] = "yes"
            elif found["key"] == "dimension":
                values["dimension"] = found["value"]
            else:
                known = ("#id", ".reading", "dimension")
                word = found["class"] or found["key"] or found["other"]
                rule = "unsafe-html" if word.casefold().startswith("on") else "unknown-key"
                self._problem(offset, rule, f"a paragraph has no attribute {word}", nearest(word, known))
        if not self.block:
            self._problem(offset, "wrong-type", "attributes have no place in this text", "remove {…}")
        slot = Slot("attributes", self._span(offset), values["id"], dimension=values["dimension"],
                    reading=bool(values["reading"]))  # fmt: skip
        self._slot(slot)
        return offset + len(whole)

    def _bracket(self, offset: int, whole: str) -> int:
        start = offset + len(whole)
        closing = self._closing(start)
        if closing is None:
            self.pieces.append(whole)
            return start
        link = _DESTINATION.match(self.text, closing + 1)
        if link:
            return self._link(offset, start, closing, link)
        span = _SPAN_ATTRIBUTES.match(self.text, closing + 1)
        if span and LANGUAGE_TAG.fullmatch(span[1]):
            self._slot(Slot("language", self._span(offset), span[1]))
            self.closings[closing] = (
                span.end() - closing,
                self._reserve(Slot("close", self._span(closing), label="language")),
            )
            return start
        return self._at(offset, whole)

    def _link(self, offset: int, start: int, closing: int, link: re.Match[str]) -> int:
        address, label = link[1], self.text[start:closing]
        span = self._span(offset)
        if self.text[offset] == "!":
            if address.startswith("/files/"):
                self._slot(Slot("picture", span, address.removeprefix("/files/"), label=label))
            else:
                hint = "put the picture into content/files/ and write ![caption](/files/name)"
                self._problem(offset, "bad-address", f'a picture cannot come from "{_short(address)}"', hint)
        elif address.startswith("/") and not address.startswith("//"):
            path, _, fragment = address.partition("#")
            file = path.startswith("/files/")
            target = path.removeprefix("/files/") if file else path
            self._pair(Slot("file" if file else "path", span, target, fragment), label)
        elif address.startswith("#"):
            self._pair(Slot("path", span, "", address[1:]), label)
        elif is_safe_address(address):
            self.pieces.append(self.text[offset : link.end()])
        else:
            self._bad_address(offset, address)
        return link.end()

    def _at(self, offset: int, whole: str) -> int:
        citation = parse_citation(self.text, offset)
        if citation is None:
            stray = locator_without_key(self.text, offset) if whole == "[" else None
            if stray is not None:
                self._problem(stray, "missing-key", "this locator has no work", "write [@key, p. 3]", "warning")
            self.pieces.append(whole)
            return offset + len(whole)
        cites = tuple((cite, self._span(cite.offset)) for cite in citation.cites)
        self._slot(Slot("cite", cites[0][1], cites=cites))
        return citation.end

    def _private(self, offset: int, whole: str) -> int:
        message = f"the character U+{ord(whole):04X} has no meaning in a text"
        self._problem(offset, "bad-character", message, "remove it")
        return offset + 1

    # What they share.

    def _closing(self, start: int) -> int | None:
        """The bracket that closes the one before `start`, in the same paragraph."""
        depth = 1
        for found in re.compile(r"\\.|`[^`\n]*`|[\[\]]|\n[ \t]*\n", re.DOTALL).finditer(self.text, start, start + 5000):
            if found[0][0] == "\n":
                return None
            depth += (found[0] == "[") - (found[0] == "]")
            if depth == 0:
                return found.start()
        return None

    def _pair(self, slot: Slot, label: str) -> None:
        self._slot(slot)
        self.pieces.append(label)
        self._slot(Slot("close", slot.span, slot.target, label=slot.kind))

    def _slot(self, slot: Slot) -> None:
        self.pieces.append(self._reserve(slot))

    def _reserve(self, slot: Slot) -> str:
        self.result.slots.append(slot)
        return f"{OPEN}{len(self.result.slots) - 1}{CLOSE}"

    def _span(self, offset: int) -> Span:
        return place(self.passage, offset)

    def _problem(
        self, offset: int, rule: str, message: str, hint: str, severity: Literal["error", "warning"] = "error"
    ) -> None:
        self.result.problems.append(Problem(self._span(offset), rule, message, hint, severity))

    def _unsafe(self, offset: int, whole: str) -> None:
        hint = "remove it: pages run no script, and links lead to https, http or mailto"
        self._problem(offset, "unsafe-html", f"this could run in the reader's browser: {_short(whole)}", hint)

    def _bad_address(self, offset: int, address: str) -> None:
        if re.match(r"(?i)\s*(javascript|data|vbscript):", unescape(address)):
            self._unsafe(offset, address)
            return
        hint = "write [[id]] for a record, /path/ for a page of the atlas, or an address with https://"
        self._problem(offset, "bad-address", f'no page is reached by "{_short(address)}"', hint)

    def _check_notes(self) -> None:
        for name, offset in self.notes:
            if name not in self.defined:
                hint = nearest(name, self.defined) if self.defined else f"write the note: [^{name}]: …"
                self._problem(offset, "unknown-footnote", f'there is no footnote "{name}"', hint)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"

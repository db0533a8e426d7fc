"""Parses bracketed text: records, links, pictures, references, words in a language, citations."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from atlas.bibliography.citing.syntax import parse_citation, stray_part
from atlas.core.rules import Rule
from atlas.markdown.attributes import LANGUAGE
from atlas.markdown.link_targets import Fault, fault_of, is_inner, short
from atlas.markdown.passages import KEBAB, LANGUAGE_TAG
from atlas.markdown.slot_writer import SlotWriter
from atlas.markdown.slots import Slot, SlotKind
from atlas.markdown.tokens import Token, Tokens

_IN_WORDS: Final = Fault(Rule.WRONG_TYPE, "this is in the words of a link", "end the link before it")
_IN_LABEL: Final = Fault(Rule.WRONG_TYPE, "the words of a [[record|link]] are plain", "write this after them")
_STRAYS: Final = {
    "locator": Fault(Rule.INCOMPLETE_CITATION, "this locator has no work", "write [@key, p. 3]"),
    "part": Fault(Rule.INCOMPLETE_CITATION, "there is nothing beside this semicolon", "take it out: [@key; @other]"),
    "words": Fault(
        Rule.MISSING_KEY, "these words name no work", "write the @key of theirs, or a comma for the semicolon"
    ),
}
_BRACES: Final = re.compile(r"\{:?[ ]*(?:[#.]|[\w-]+=)[^{}\[\]\n]*\}(?P<ends>(?=[ \t]*$))?", re.MULTILINE)
_REFERENCE: Final = re.compile(r"\s?\[([^\]\[]*)\]")
_FIGURE_KEY: Final = re.compile("(?:fig|tbl)-")
FIGURE: Final = re.compile(
    rf"@(?P<bare>{_FIGURE_KEY.pattern}{KEBAB.pattern})(?![\w-])|\[@(?P<enclosed>{_FIGURE_KEY.pattern}{KEBAB.pattern})\]"
)
"""A reference to a figure or table, as Quarto writes it."""
_LOOSE: Final = re.compile(r"\(([^()\n]*)\)")


class Brackets:
    """The brackets of one text, written to its draft.

    hidden: where bars may be that divide no cells of a table; cited: how many works have been cited.
    """

    def __init__(self, writer: SlotWriter, tokens: Tokens) -> None:
        self.writer = writer
        self.text = writer.text
        self.closed = tokens.closed
        defined = [token.found for token in tokens.rows if token.kind == "definition"]
        self.labels = {_folded(found["label"]) for found in defined if found}
        self.link_end = self.label_end = self.reported = self.cited = 0
        self.breaks, self.unclosed = tokens.lines.breaks, -1
        self.hidden: list[tuple[int, int]] = []

    def open(self, token: Token) -> None:
        """Read `[` or `![`, and if need be what it encloses."""
        at = token.end - 1
        closing = self.closed.get(at)
        if closing is None:
            self._unclosed(token, at)
            return
        inner = self.closed.get(at + 1)
        if inner and inner.end == closing.start:
            self.writer.copy(at)
            self._record(at, closing)
        elif closing.found:
            self._link(token, closing, closing.found)
        elif self._refers(at, closing):
            self._reference(token, closing)
        else:
            self.writer.copy(at)
            if not self._language(at, closing) and not self._loose(at, closing):
                self.cite(at, at + 1)

    def _unclosed(self, token: Token, at: int) -> None:
        """Keep a `[` that nothing closes; the first of a paragraph is reported."""
        paragraph = bisect_right(self.breaks, at)
        if paragraph != self.unclosed:
            following = self.text[at + 1 : at + 2]
            mark = self.text[token.start : token.end] + (following if following in ("[", "@") else "")
            ending = "]]" if mark == "[[" else "]"
            hint = f"write {ending} where it ends, or \\[ for a plain ["
            self.writer.report(token.start, Fault(Rule.UNREAD_MARKUP, f"nothing closes this {mark}", hint))
        self.unclosed = paragraph
        self.writer.copy(token.end)

    def cite(self, at: int, end: int) -> None:
        """Read a citation that begins at a `[`, an `@` or the `-` of `-@`; else keep the text up to `end`."""
        writer = self.writer
        found = FIGURE.match(self.text, at) if at >= self.link_end and at >= self.label_end else None
        if found:
            writer.put(Slot("figure", writer.span(at), found["bare"] or found["enclosed"]), found.end())
            return
        citation = None if at < self.link_end else parse_citation(self.text, at)
        limit = writer.within[-1] if writer.within else len(self.text)
        if citation is None or citation.end > limit or at < self.label_end:
            stray = stray_part(self.text, at) if citation is None and at >= self.link_end else None
            if stray:
                writer.report(stray.offset, _STRAYS[stray.kind])
            if at < self.label_end and (citation or parse_citation(self.text, at)):
                self.check(at)
            writer.copy(end)
            return
        for each in citation.cites:
            if _FIGURE_KEY.match(each.key):
                hint = f"write @{each.key} apart from works and words, such as (see @{each.key})"
                writer.report(each.offset, Fault(Rule.WRONG_TYPE, f"@{each.key} is a figure or table", hint))
                writer.done = citation.end
                return
        cites = tuple((cite, writer.span(cite.offset)) for cite in citation.cites)
        self.cited += len(cites)
        self.hidden.append((at, citation.end))
        writer.put(Slot("cite", cites[0][1], cites=cites), citation.end)

    def check(self, at: int) -> bool:
        """Report a link, note or picture that is in the words of another; in plain words once. Whether it is there."""
        if at < self.label_end:
            if self.reported < self.label_end:
                self.writer.report(at, _IN_LABEL)
            self.reported = self.label_end
        elif at < self.link_end:
            self.writer.report(at, _IN_WORDS)
        return at < max(self.label_end, self.link_end)

    def _record(self, at: int, closing: Token) -> None:
        r"""`[[target#fragment|label]]`; in a table the bar is written `\|`."""
        head, bar, label = self.text[at + 2 : closing.start - 1].partition("|")
        target, _, fragment = (head.removesuffix("\\") if bar else head).partition("#")
        target, end = target.strip(), closing.start + 1
        self.hidden.append((at, end))
        if at < self.link_end or at < self.label_end:
            self.check(at)
        elif KEBAB.fullmatch(target):
            slot = Slot("record", self.writer.span(at), target, fragment.strip(), " ".join(label.split()))
            self.writer.replace(at + 2, closing, self.writer.reserve(slot), end)
            self.label_end = closing.start
            return
        else:
            hint = "write [[id]] or [[id|label]]; an id is lower-case letters, digits and hyphens"
            self.writer.report(at, Fault(Rule.BAD_ID, f'"{short(target)}" is not an id', hint))
        self.writer.done = end

    def _link(self, token: Token, closing: Token, link: re.Match[str]) -> None:
        address = link["angled"] or link["address"] or ""
        picture = self.text[token.start] == "!"
        fault = fault_of(address, picture=picture) or self._fault(token, link, address)
        span = self.writer.span(token.start)
        if fault:
            self.writer.report(token.start, fault)
        if fault and not (picture and token.start >= max(self.link_end, self.label_end)):
            self.writer.enclose(token, closing, ("", ""), closing.end)
        elif picture:  # what is refused stays a figure, without its file, so that references to it find it
            words = self.text[token.end : closing.start].strip()
            target = "" if fault else address.removeprefix("/files/")
            opening = self.writer.reserve(Slot("picture", span, target))
            ending = self.writer.reserve(Slot("close", span, target, words, "picture"))
            self.writer.enclose(token, closing, (opening, ending), closing.end)
            return
        elif is_inner(address):
            path, _, fragment = address.partition("#")
            kind: SlotKind = "file" if path.startswith("/files/") else "path"
            target = path.removeprefix("/files/")
            opening = self.writer.reserve(Slot(kind, span, target, fragment))
            ending = self.writer.reserve(Slot("close", span, target, label=kind))
            self.writer.enclose(token, closing, (opening, ending), closing.end)
        else:
            self.writer.copy(token.end)
        self.link_end = max(self.link_end, closing.start)

    def _fault(self, token: Token, link: re.Match[str], address: str) -> Fault | None:
        if token.start < self.label_end:
            return _IN_LABEL
        if token.start < self.link_end:
            return _IN_WORDS
        if link["title"] and (is_inner(address) or link["title"][0] == "("):
            return Fault(
                Rule.WRONG_TYPE, "this link has no place for a title", 'only [text](https://… "title") has one'
            )
        return None

    def _refers(self, at: int, closing: Token) -> bool:
        """Whether brackets are `[words][label]` or `[label]` with a label that is defined."""
        if not self.labels:
            return False
        found = _REFERENCE.match(self.text, closing.end)
        return _folded((found and found[1]) or self.text[at + 1 : closing.start]) in self.labels

    def _reference(self, token: Token, closing: Token) -> None:
        if self.text[token.start] == "!":
            hint = "put the picture into content/files/ and write ![caption](/files/name)"
            self.writer.report(token.start, Fault(Rule.BAD_ADDRESS, "a picture cannot come by a reference", hint))
        elif self.check(token.start):
            label = _REFERENCE.match(self.text, closing.end)
            self.writer.enclose(token, closing, ("", ""), label.end() if label else closing.end)
            return
        self.writer.copy(token.end)
        self.link_end = max(self.link_end, closing.start)

    def _language(self, at: int, closing: Token) -> bool:
        """`[words]{lang=zh}`: whether that is what the brackets are."""
        braces = _BRACES.match(self.text, closing.end)
        found = LANGUAGE.fullmatch(braces[0]) if braces else None
        if braces is None or (found is None and braces["ends"] is not None):
            return False
        marks = ("", "")
        if found and LANGUAGE_TAG.fullmatch(found[2]) and at >= self.label_end:
            opening = self.writer.reserve(Slot("language", self.writer.span(at), found[2]))
            marks = (opening, self.writer.reserve(Slot("close", self.writer.span(closing.start), label="language")))
        elif at < self.label_end:
            self.check(at)
        elif found:
            hint = "write the tag of a language, such as zh or zh-Hans"
            self.writer.report(closing.end, Fault(Rule.UNKNOWN_LANGUAGE, f'"{found[2]}" is not a language', hint))
        else:
            hint = "words in brackets have {lang=…} only; a paragraph has its attributes at its end"
            self.writer.report(closing.end, Fault(Rule.UNKNOWN_KEY, f"no words have {short(braces[0])}", hint))
        self.writer.enclose(Token("open", at, at + 1), closing, marks, braces.end())
        return True

    def _loose(self, at: int, closing: Token) -> bool:
        """`[words](no address)`, of which Markdown makes a link: whether that is what the brackets are."""
        loose = _LOOSE.match(self.text, closing.end)
        if loose is None:
            return False
        fault = fault_of(loose[1]) or Fault(
            Rule.BAD_ADDRESS, f'"{short(loose[1])}" is not an address', "write one address"
        )
        self.writer.report(at, fault)
        self.writer.enclose(Token("open", at, at + 1), closing, ("", ""), loose.end())
        return True


def _folded(label: str) -> str:
    return " ".join(label.split()).lower()

"""Marks within a paragraph, read by the patterns of Python-Markdown in time that grows with the paragraph.

The library copies the whole text for each mark that it finds. Here a pattern goes through a text once: the pieces
between its matches are kept, and joined at the end.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    BacktickInlineProcessor,
    DelimiterProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_RE, AtomicString, code_escape

from atlas.markdown.emphasis import RAISED
from atlas.markdown.tokens import EMAIL, URL

_SCHEMES: Final = {"http": "", "www.": "http://"}
_TICKS: Final = re.compile("`+")
_MARKS: Final = {
    "backtick": ("`",), "escape": ("\\",), "footnote": ("[",), "reference": ("[",), "link": ("[",),
    "short_reference": ("[",), "autolink": ("<",), "automail": ("<",), "linebreak": ("\n",), "em_strong": ("*", "_"),
    "bare_url": ("://", "www."), "bare_email": ("@",), "strike": ("~",), "superscript": ("^",), "subscript": ("~",),
}  # fmt: skip
"""Signs of which a text must hold one for a pattern to match, by the name of each pattern there is."""


def register_inline(converter: Markdown) -> None:
    """Have a converter read what is within paragraphs by these classes; all other patterns are in place.

    Entities stay as they are written: the library's own writer leaves them alone.
    """
    converter.inlinePatterns.deregister("entity")
    converter.inlinePatterns.register(_Code(r"(?<!\\)(?:\\\\)*(`+)"), "backtick", 190)
    emphasis = _Emphasis("*", "strong,em", converter)
    emphasis.add("_", "strong,em", smart=True)
    converter.inlinePatterns.register(emphasis, "em_strong", 60)
    converter.inlinePatterns.register(SubstituteTagInlineProcessor(r"(?: {2}|\\)\n", "br"), "linebreak", 100)
    converter.inlinePatterns.register(_Address(URL.pattern), "bare_url", 115)
    converter.inlinePatterns.register(_Address(EMAIL.pattern), "bare_email", 105)
    converter.inlinePatterns.register(_Tagged(r"~~(?=\S)((?:[^~]|~(?!~))+?)(?<=\S)~~(?!~)", "del"), "strike", 90)
    converter.inlinePatterns.register(_Tagged(RAISED, "sup"), "superscript", 89)
    converter.inlinePatterns.register(
        _Tagged(r"~(?<=[^\s~]~)([A-Za-z0-9\u00c0-\u03ff+\-−=()]{1,30})~(?!~)", "sub"), "subscript", 88
    )
    converter.treeprocessors.register(InlineReader(converter), "inline", 20)


class InlineReader(InlineTreeProcessor):
    """Replaces what the patterns match by elements, in all texts of a tree.

    Only the patterns are tried whose marks are in a text: nearly all of a text is plain words. Patterns replace what
    they match by placeholders, so that no mark comes to a text that was not there.
    """

    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter)
        names = {converter.inlinePatterns.get_index_for_name(name): name for name in _MARKS}
        marks = [_MARKS[names[number]] for number in range(len(converter.inlinePatterns))]
        self.patterns = [
            (pattern, own[0], own[-1]) for pattern, own in zip(converter.inlinePatterns, marks, strict=True)
        ]
        self.behind_links = converter.inlinePatterns.get_index_for_name("bare_email") + 1
        self.emphasis: Any = converter.inlinePatterns["em_strong"]
        self.any = re.compile("|".join(re.escape(sign) for sign in sorted({sign for own in marks for sign in own})))
        self.stashed_nodes: dict[str, Element | str] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Read every text of a tree that is not read yet."""
        self.stashed_nodes = {}
        waiting = deque([tree])
        while waiting:
            parent = waiting.popleft()
            children: list[Element] = []
            siblings = deque(parent)
            while siblings:
                child = siblings.popleft()
                children.append(child)
                parts = list(child)
                if child.text and not isinstance(child.text, AtomicString):
                    text, child.text = child.text, None
                    made = self._elements(self._read(text), child, within=True)
                    child[:0] = made
                    waiting += made
                if child.tail:
                    tail, child.tail = child.tail, None
                    siblings.extendleft(reversed(self._elements(self._read(tail), child, within=False)))
                if parts:
                    waiting.append(child)
            parent[:] = children
        return tree

    def _read(self, text: str, first: int = 0) -> str:
        """A text with placeholders for what the patterns match. first: the number of the first pattern to try."""
        if isinstance(text, AtomicString) or not self.any.search(text):
            return text
        for number in range(first, len(self.patterns)):
            pattern, one, other = self.patterns[number]
            if one in text or other in text:
                text = self._applied(pattern, number, text)
        return text

    def _applied(self, pattern: Any, number: int, text: str) -> str:
        """A text with placeholders for all that one pattern matches."""
        search = pattern.getCompiledRegExp().search
        pieces: list[str] = []
        done = position = 0
        while match := search(text, position):
            node, start, end = pattern.handleMatch(match, text)
            if start is None or end is None:
                position = match.end()
            elif node is None:
                position = end
            else:
                pieces += (text[done:start], self._placeholder(node, number))
                done = position = end
                if pattern is self.emphasis and not self.emphasis.regions and text[end - 1] == text[end : end + 1]:
                    # What is left of a run of marks is read as if no mark stood before it.
                    text, done, position = ETX + text[end:], 1, 1
        return "".join([*pieces, text[done:]]) if pieces else text

    def _placeholder(self, node: Element | str, number: int) -> str:
        """What is in a text for something read, whose own text is read by the patterns that are left."""
        if not isinstance(node, str) and node.text:
            first = max(number + 1, self.behind_links) if node.tag == "a" else number + 1
            node.text = self._read(node.text, first)
        id = f"{len(self.stashed_nodes):04}"
        self.stashed_nodes[id] = node
        return INLINE_PLACEHOLDER % id

    def _elements(self, text: str, owner: Element, *, within: bool) -> list[Element]:
        """The elements for which placeholders are in a text; the words between become texts and tails.

        within: whether the text is in its owner, and not behind it.
        """
        elements: list[Element] = []
        words: list[str] = []
        position = 0
        for found in INLINE_PLACEHOLDER_RE.finditer(text):
            node = self.stashed_nodes.get(found[1])
            if node is None:
                continue
            words.append(text[position : found.start()])
            position = found.end()
            if isinstance(node, str):
                words.append(node)
                continue
            _put(words, elements, owner, within)
            self._finish(node)
            elements.append(node)
        words.append(AtomicString(text[position:]) if isinstance(text, AtomicString) else text[position:])
        _put(words, elements, owner, within)
        return elements

    def _finish(self, node: Element) -> None:
        """Put elements in place of the placeholders in an element that was read."""
        children: list[Element] = []
        for child in (node, *list(node)):
            if child is not node:
                children.append(child)
                if child.tail and child.tail.strip():
                    tail, child.tail = child.tail, None
                    children += self._elements(tail, child, within=False)
            if child.text and child.text.strip():
                text, child.text = child.text, None
                made = self._elements(text, child, within=True)
                if child is node:
                    children += made
                else:
                    child[:0] = made
        node[:] = children


def _put(words: list[str], elements: list[Element], owner: Element, within: bool) -> None:
    """Write the words that were collected where they belong, and forget them."""
    kept = [each for each in words if each]
    text = kept[0] if len(kept) == 1 else "".join(kept)
    words.clear()
    if not text:
        return
    if elements:
        elements[-1].tail = text
    elif within:
        owner.text = text
    else:
        owner.tail = text


class _Address(InlineProcessor):
    """An address or an e-mail address that is in a text, as a link."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        """The link, and where the address begins and ends."""
        link = Element("a", {"href": _SCHEMES.get(m[0][:4], "mailto:" if "@" in m[0] else "") + m[0]})
        link.text = AtomicString(m[0])
        return link, m.start(), m.end()


class _Tagged(InlineProcessor):
    """Words between two marks, as an element."""

    def __init__(self, pattern: str, tag: str) -> None:
        super().__init__(pattern)
        self.tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        """The element, and where its marks begin and end."""
        element = Element(self.tag)
        element.text = m[1]
        return element, m.start(), m.end()


class _Code(BacktickInlineProcessor):
    """Code from a run of backticks to the next of the same length, as the scanner reads it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]
        """The element of the code that backticks begin, and where it begins and ends; None where nothing ends it."""
        begin, (start, end) = m.start(1), self.find_code_spans(m.start(1), data)
        if end is None:
            return None, begin, start
        element = Element(self.tag)
        element.text = AtomicString(code_escape(data[start:end].strip()))
        return element, begin, end + start - begin

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]
        """Where the code begins after the backticks at `start`, and where it ends."""
        found = _TICKS.match(text, start)
        begin = found.end() if found else start
        ends = (each for each in _TICKS.finditer(text, begin) if len(each[0]) == begin - start)
        closing = next(ends, None)
        return begin, closing.start() if closing else None


class _Emphasis(DelimiterProcessor):
    """Emphasis in a text that stays as it is while it is read: what was found ahead is where it was found."""

    def get_cached_result(self, pos: int, data: str) -> tuple[Element, int, int]:
        """The next emphasis that was found ahead."""
        start, end = self.regions[self.cache_index][0], self.regions[self.cache_index][3]
        element, count = self._build_element(data, self.cache_index)  # type: ignore[attr-defined]
        self.increment_next_position(start, count)
        return element, start, end

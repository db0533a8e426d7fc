"""Makes the elements of Python-Markdown from the blocks that the reader of lines finds.

The library's own processors make tables and the list of footnotes. What is within paragraphs it reads afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, cast
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension, FootnoteInlineProcessor
from markdown.util import AtomicString, code_escape

from atlas.markdown.lines import read_lines
from atlas.markdown.nodes import Node
from atlas.markdown.slots import CLOSE, OPEN
from atlas.markdown.spans import CODE_SPAN
from atlas.markdown.table_rows import bordered

_CLOSING: Final = re.compile(rf"(?:^|[ \t]+)#+[ \t]*(?=$|{OPEN}\d+{CLOSE}[ \t]*$)")
"""The `#` that may end a heading, before its attributes."""
_ENDING: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\?[ \t]*$")
_CODE: Final = re.compile(CODE_SPAN)


def _without_escapes(code: re.Match[str]) -> str:
    """The code of a table, in which a bar is escaped too (GFM 0.29, example 200)."""
    return code[0].replace("\\|", "|")


class Footnotes(FootnoteExtension):
    """Footnotes, numbered in the order in which they are written; the calls of one note are counted."""

    def reset(self) -> None:
        """Begin another text."""
        super().reset()
        self.numbers: dict[str, int] = {}
        self.calls: dict[str, int] = {}

    def extendMarkdown(self, md: Markdown) -> None:
        """Have a converter read footnotes."""
        super().extendMarkdown(md)
        md.inlinePatterns.register(_Called(r"\[\^([^\]]*)\]", self), "footnote", 175)

    def call(self, id: str) -> tuple[int, str]:
        """The number of a note that is called, and the id of this call: `fnref:id`, the second time `fnref2:id`."""
        if len(self.numbers) < len(self.footnotes):
            self.numbers = {name: number for number, name in enumerate(self.footnotes, 1)}
        self.calls[id] = times = self.calls.get(id, 0) + 1
        first = self.makeFootnoteRefId(id)
        self.found_refs[first] = times
        return self.numbers[id], first if times == 1 else first.replace("fnref", f"fnref{times}", 1)


class _Called(FootnoteInlineProcessor):
    """The call of a footnote, `[^id]`."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """The number of the note with a link to it, and where the call begins and ends."""
        footnotes = cast(Footnotes, self.footnotes)
        if m[1] not in footnotes.footnotes:
            return None, None, None
        number, reference = footnotes.call(m[1])
        call = Element("sup", {"id": reference})
        link = SubElement(call, "a", {"href": f"#{footnotes.makeFootnoteId(m[1])}", "class": "footnote-ref"})
        link.text = str(number)
        return call, m.start(), m.end()


class _Builder:
    """Makes the elements of one converter."""

    def __init__(self, converter: Markdown, footnotes: Footnotes) -> None:
        self.converter = converter
        self.footnotes = footnotes
        self.tables: Any = converter.parser.blockprocessors["table"]

    def document(self, lines: Iterable[str]) -> ElementTree:
        """The elements of a text."""
        root = Element(self.converter.doc_tag)
        self.put(root, read_lines("\n".join(lines)).tree, is_loose=True)
        return ElementTree(root)

    def chunk(self, parent: Element, text: Any) -> None:
        """Put the blocks of a footnote into an element."""
        self.put(parent, text, is_loose=True)

    def put(self, parent: Element, node: Node, *, is_loose: bool) -> None:
        """Put the blocks of a container into an element. is_loose: whether its paragraphs stand apart."""
        for child in node.children:
            if child.kind == "paragraph":
                text = "\n".join(child.lines).lstrip()
                if is_loose or parent.text or len(parent):
                    SubElement(parent, "p").text = text
                else:
                    parent.text = text
            else:
                self._block(parent, child)

    def _block(self, parent: Element, node: Node) -> None:
        match node.kind:
            case "list":
                self._list(parent, node)
            case "terms":
                self._terms(parent, node)
            case "quotation" if node.mark:
                self.put(SubElement(parent, "div", {"class": f"callout {node.mark}"}), node, is_loose=True)
            case "quotation":
                self.put(SubElement(parent, "blockquote"), node, is_loose=True)
            case "verse":
                self._verse(SubElement(parent, "div", {"class": "verse"}), node)
            case "heading":
                SubElement(parent, f"h{node.level}").text = _CLOSING.sub("", "\n".join(node.lines)).strip()
            case "rule":
                SubElement(parent, "hr")
            case "fence":
                self._fence(parent, node)
            case "table":
                rows = [bordered(_CODE.sub(_without_escapes, line)) for line in node.lines]
                self.tables.test(parent, "\n".join(rows[:2]))
                self.tables.run(parent, ["\n".join(rows)])
                if len(node.lines) == 2:
                    parent[-1].remove(parent[-1][1])  # the library adds an empty row
            case "caption":
                caption = Element("caption")
                caption.text = "\n".join(line.strip() for line in node.lines)
                parent[-1].insert(0, caption)
            case "note":
                self.footnotes.setFootnote(node.mark, cast(str, node))
            case "definition":
                assert node.found
                title = node.found["title"]
                address = node.found["address"].lstrip("<").rstrip(">")
                self.converter.references[node.found["label"].strip().lower()] = (address, title and title[1:-1])

    def _list(self, parent: Element, node: Node) -> None:
        made = SubElement(parent, "ol" if node.mark in ".)" else "ul")
        if node.level != 1:
            made.set("start", str(node.level))
        for item in node.children:
            self.put(SubElement(made, "li"), item, is_loose=node.loose)

    def _terms(self, parent: Element, node: Node) -> None:
        made = SubElement(parent, "dl")
        for child in node.children:
            if child.kind == "meaning":
                self.put(SubElement(made, "dd"), child, is_loose=child.loose)
            else:
                SubElement(made, "dt").text = "\n".join(child.lines).strip()

    def _verse(self, parent: Element, node: Node) -> None:
        """Make a paragraph of each stanza; the spaces that indent a line are kept, a backslash that ends it is not."""
        lines = [_ENDING.sub(r"\1", line.lstrip()[1:].removeprefix(" ")) for line in node.lines]
        for stanza in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
            rows = [line.replace(" ", "\u00a0", len(line) - len(line.lstrip(" "))) for line in stanza.split("\n")]
            SubElement(parent, "p").text = "\\\n".join(rows)

    def _fence(self, parent: Element, node: Node) -> None:
        code = SubElement(SubElement(parent, "pre"), "code")
        if node.info:
            code.set("class", f"language-{node.info.strip('{}. ')}")
        code.text = AtomicString(code_escape("\n".join([*node.lines, ""])))


def register_blocks(converter: Markdown, footnotes: Footnotes) -> None:
    """Have a converter read blocks as the reader of lines does."""
    builder = _Builder(converter, footnotes)
    converter.parser.parseDocument = builder.document  # type: ignore[method-assign]
    converter.parser.parseChunk = builder.chunk  # type: ignore[method-assign]

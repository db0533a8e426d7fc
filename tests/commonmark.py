"""The blocks of a Markdown text as the engine and as the reference of CommonMark read them, to be compared.

As a command it compares files: `PYTHONPATH=tests:. python tests/commonmark.py FOLDER…` reads each `.md` in folders, and the
descriptions of installed Python packages (METADATA) that are Markdown. docs/conformance.md has the figures of one run.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from atlas.markdown.comments import without_comments
from atlas.markdown.markup import _converter

REFERENCE = MarkdownIt("commonmark").enable("table").disable(["code", "html_block", "html_inline", "image"])
WITH_CODE = MarkdownIt("commonmark").enable("table").disable(["html_block", "html_inline", "image"])
BLOCKS = {
    "p", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "table", "tr", "th", "td",
}  # fmt: skip


_LATER = re.compile(r"((?:</(?:ul|ol|blockquote|pre|h\d|table)>|<hr>))<p>(\w*)</p>(?=</li>)")
"""The last paragraph of an item: in a tight list the reference has its words bare."""


class Skeleton(HTMLParser):
    """The blocks of a page with their words: `<li>` of a tight list holds its words itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = dict(attrs).get("start", "")
        if tag in BLOCKS:
            self.pieces.append(f"<{tag}{start if start != '1' else ''}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS and tag != "hr":
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append("".join(re.findall(r"\w", data)))

    def text(self) -> str:
        """All in one line. A paragraph that follows in an item of a tight list has its words bare too."""
        whole = "".join(self.pieces)
        while (plain := _LATER.sub(r"\1\2", whole)) != whole:
            whole = plain
        return whole


def ours(text: str) -> str:
    converter = _converter()
    return Skeleton(converter.reset().convert(text)).text()


def theirs(text: str, reference: MarkdownIt = REFERENCE) -> str:
    return Skeleton(reference.render(text)).text()


def _spaced(text: str) -> str:
    return re.sub(r"^([ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{2,6})(?=[^#\s])", r"\1 ", text, flags=re.MULTILINE)


def _set_apart(text: str) -> str:
    return re.sub(r"(?<=[^\n])\n(?=[ ]{0,3}\[[^\]\n^]+\]:[ ]*\S)", "\n\n", text)


def _without_terms(text: str) -> str:
    return re.sub(r"^([ \t>]*):(?=[ \t])", r"\1;", text, flags=re.MULTILINE)


def _without_citations(text: str) -> str:
    return text.replace("[@", "[")


def _outdented(text: str) -> str:
    return re.sub(r"^[ ]{4,}", "", text, flags=re.MULTILINE)


RULES: dict[str, Callable[[str], str]] = {
    "a heading without a space after its signs": _spaced,
    "an address after a line of text": _set_apart,
    "a definition list": _without_terms,
    "an address whose label begins with @": _without_citations,
    "marks in text that is indented by four spaces": _outdented,
}
"""The documented differences, each with what takes its form out of a text."""


def compare(text: str) -> str:
    """Why the blocks of a text differ: "" where they do not, a documented rule, or "unknown"."""
    text = without_comments(text.expandtabs(4)).replace("[^", "(^")
    if _tags(ours(text)) in (_tags(theirs(text)), _tags(theirs(text, WITH_CODE))):
        return ""
    for name, change in RULES.items():
        text = change(text)
        if _tags(ours(text)) in (_tags(theirs(text)), _tags(theirs(text, WITH_CODE))):
            return name
    return "unknown"


def _tags(skeleton: str) -> list[str]:
    return re.findall(r"<[^>]*>", skeleton)


def _texts(folder: Path) -> list[str]:
    """The Markdown texts below a folder."""
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.md")) if path.is_file()
    ]
    for path in sorted(folder.rglob("METADATA")):
        head, _, text = path.read_text(encoding="utf-8", errors="replace").partition("\n\n")
        if "Description-Content-Type: text/markdown" in head and text.strip():
            texts.append(text)
    return texts


def main(folders: list[str]) -> None:
    """Print how many texts of folders have the same blocks, and why others do not."""
    texts = dict.fromkeys(text for folder in folders for text in _texts(Path(folder)) if len(text) < 200_000)
    found = Counter(compare(text) for text in texts)
    lines = sum(text.count("\n") for text in texts)
    print(f"{len(texts)} texts, {lines} lines; the same blocks: {found.pop('', 0)}")
    for reason, number in found.most_common():
        print(f"{number:5} {reason}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Masks code, addresses, citations and quotations in Markdown, so that checks see only prose.

A mask has the length of the text, so that offsets in it are offsets in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from atlas.bibliography.citing.syntax import Citation, parse_citation
from atlas.core.private_use import EDGE, HOLE
from atlas.markdown.attributes import LANGUAGE
from atlas.markdown.blocks import read_blocks
from atlas.markdown.tokens import Token, Tokens, read_tokens

_Cover = tuple[int, int, str]
_EDGES: Final = ("fence", "open-fence", "comment", "definition", "entity")
_MARGIN: Final = re.compile(r"[ \t]*")
_BAR: Final = re.compile(r"\|")

_EMPHASIS = re.compile(r"\*+|~+|\^|(?<!\w)_+|_+(?!\w)")


def mask(text: str, *, keep_foreign: bool = False) -> str:
    """The text with everything that is no prose masked, but for the marks of emphasis.

    keep_foreign: leave the words of `[words]{lang=…}`.
    """
    tokens = read_tokens(text)
    covers = [*_covered_lines(text, tokens), *_covered_tokens(text, tokens, keep_foreign, [])]
    pieces: list[str] = []
    done = 0
    for start, end, sign in sorted(covers):
        if end > done:
            start = max(start, done)
            pieces += [text[done:start], sign if text[start:end] == "\n" else _cover(text[start:end], sign)]
            done = end
    return "".join([*pieces, text[done:]])


def without_emphasis(masked: str) -> str:
    """A mask in which the marks of emphasis are masked too."""
    return _EMPHASIS.sub(lambda found: HOLE * len(found[0]), masked)


def find_citations(text: str) -> tuple[Citation, ...]:
    """The citations of a Markdown text in order, those of blockquotes among them, none that are in code."""
    citations: list[Citation] = []
    if "@" in text:
        for _ in _covered_tokens(text, read_tokens(text), True, citations):
            pass
    return tuple(citations)


def _covered_lines(text: str, tokens: Tokens) -> Iterator[_Cover]:
    """The marks of headings, items, notes and tables, and whole quotations and rules."""
    for line in tokens.lines.rows:
        following = text.find("\n", line.start)
        end = following if following >= 0 else len(text)
        match line.kind:
            case "quotation" | "rule":
                yield line.start, end, EDGE
            case "callout":
                yield line.start, line.words, EDGE
            case "heading" | "item" | "note" | "description":
                words = _MARGIN.match(text, line.words)
                yield line.start, words.end() if words else line.words, EDGE
                if line.kind == "heading" and following >= 0:
                    yield following, following + 1, EDGE  # so that what is below is another sentence
    for block in read_blocks(text) if "|" in text else ():
        if block.kind == "table":
            divider = text.find("\n", block.start, block.end)
            after = text.find("\n", divider + 1, block.end)
            if divider >= 0:
                yield divider + 1, after if after >= 0 else block.end, EDGE
            yield from ((found.start(), found.end(), EDGE) for found in _BAR.finditer(text, block.start, block.end))


def _covered_tokens(text: str, tokens: Tokens, keep_foreign: bool, citations: list[Citation]) -> Iterator[_Cover]:
    """What is covered of each token; the citations met are added to the list."""
    done = 0
    for token in tokens.rows:
        if token.start < done or token.kind in ("heading", "setext", "note"):
            continue
        done = token.end
        if token.kind == "open" and (found := _enclosed(text, token, tokens)):
            kind, end = found
            if kind == "record" or not keep_foreign:
                done = end
            else:
                yield tokens.closed[token.end - 1].end, end, HOLE
        elif token.kind in ("open", "at"):
            citation = parse_citation(text, token.start if token.kind == "at" else token.end - 1)
            if citation:
                citations.append(citation)
                done = citation.end
            elif token.kind == "at":
                continue
        yield token.start, done, EDGE if token.kind in _EDGES else HOLE


def _enclosed(text: str, token: Token, tokens: Tokens) -> tuple[Literal["record", "foreign"], int] | None:
    """How far the mask reaches of a record without its label, or of words in another language; else None."""
    at = token.end - 1
    closing, inner = tokens.closed.get(at), tokens.closed.get(at + 1)
    if closing and inner and inner.end == closing.start:
        bar = text.find("|", at, closing.start)
        return "record", bar + 1 if bar >= 0 else closing.end
    found = LANGUAGE.match(text, closing.end) if closing else None
    return ("foreign", found.end()) if found else None


def _cover(text: str, sign: str) -> str:
    """The sign for every character but line feeds, which keep paragraphs apart."""
    return "\n".join(sign * len(line) for line in text.split("\n"))

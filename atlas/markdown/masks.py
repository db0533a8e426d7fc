"""Masks code, addresses, citations and quotations in Markdown, so that checks see only prose.

A mask has the length of the text, so that offsets in it are offsets in the text.
"""

from __future__ import annotations

import re

from atlas.bibliography.citing.syntax import Citation, parse_citation
from atlas.core.private_use import EDGE, HOLE

_FENCE = r"^[ ]{0,3}(?P<ticks>```+|~~~+)[^\n]*\n(?:.*?\n)?[ ]{0,3}(?P=ticks)[ \t]*$"
_BLOCKS = re.compile(
    rf"""
      (?P<fence>{_FENCE})
    | (?P<comment><!--.*?-->)
    | (?P<quotation>^[ ]{{0,3}}>[^\n]*$)
    | (?P<heading>^\#{{1,6}}[ \t]+ | (?<=\n)(?:=+|-{{3,}}|\*\*\*+)[ \t]*$)
    | (?P<rule>^[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)+\|?[ ]*$)
    | (?P<item>^[ \t]*(?:[-*+]|\d+[.)]|:)[ \t]+)
    | (?P<note>^[ ]{{0,3}}\[\^[^\]\n]+\]:[ \t]*)
    | (?P<reference>^[ ]{{0,3}}\[[^\]\n^@][^\]\n]*\]:[ \t]*\S[^\n]*$)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_HEADING = re.compile(r"(?m)^#{1,6}[ \t][^\n]*\n")
_ROW = re.compile(r"(?m)^[ ]*\|[^\n]*$")
_SPANS = re.compile(
    r"""
      (?P<code>(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`))
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<foreign>\[(?:[^\[\]]|\[[^\[\]]*\])*\]\{[^{}\n]*\blang=[^{}\n]*\})
    | (?P<autolink><[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>|</?[a-zA-Z][^<>\n]*>)
    | (?P<url>(?<![a-zA-Z0-9])(?:https?://|www\.)[!-'*-;=?-Z^-~\\]+)
    | (?P<record>!?\[\[[^\[\]|\n]*(?:\||(?=\]\]))|\]\])
    | (?P<destination>\]\((?:[^()\n]|\([^()\n]*\))*\))
    | (?P<footnote>\[\^[^\]\n]+\])
    | (?P<cite>\[|-?@)
    | (?P<attributes>\{[^{}\n]*\})
    | (?P<entity>&(?:\#\d+|\#x[0-9a-fA-F]+|\w+);)
    | (?P<bracket>!?\]|!(?=\[))
    """,
    re.VERBOSE | re.DOTALL,
)
_EMPHASIS = re.compile(r"\*+|~~|(?<!\w)_+|_+(?!\w)")


def mask(text: str, *, keep_foreign: bool = False) -> str:
    """The text with everything that is no prose masked, but for the marks of emphasis.

    keep_foreign: leave the words of `[words]{lang=…}`.
    """
    masked = _BLOCKS.sub(lambda found: _cover(found[0], EDGE), text)
    for found in _HEADING.finditer(text):
        if masked[found.start()] == EDGE:
            masked = masked[: found.end() - 1] + EDGE + masked[found.end() :]
    masked = _ROW.sub(lambda found: found[0].replace("|", EDGE), masked)
    return _without_spans(masked, [], keep_foreign)


def without_emphasis(masked: str) -> str:
    """A mask in which the marks of emphasis are masked too."""
    return _EMPHASIS.sub(lambda found: HOLE * len(found[0]), masked)


def find_citations(text: str) -> tuple[Citation, ...]:
    """The citations of a Markdown text in order, those of blockquotes among them, none that stand in code."""
    if "@" not in text:
        return ()
    kept = ("quotation", "heading", "item", "note")
    covered = _BLOCKS.sub(lambda found: found[0] if found.lastgroup in kept else _cover(found[0], EDGE), text)
    citations: list[Citation] = []
    _without_spans(covered, citations, True)
    return tuple(citations)


def _without_spans(text: str, citations: list[Citation], keep_foreign: bool) -> str:
    """The text with what is set in the line masked; the citations met are added to the list."""
    pieces: list[str] = []
    position = 0
    while found := _SPANS.search(text, position):
        pieces.append(text[position : found.start()])
        position = found.start() + 1 if found.lastgroup == "foreign" and keep_foreign else found.end()
        sign = EDGE if found.lastgroup == "entity" else HOLE
        citation = parse_citation(text, found.start()) if found.lastgroup == "cite" else None
        if citation:
            citations.append(citation)
            position = citation.end
        is_text = found.lastgroup == "cite" and not citation and found[0] != "["
        pieces.append(found[0] if is_text else _cover(text[found.start() : position], sign))
    return "".join([*pieces, text[position:]])


def _cover(text: str, sign: str) -> str:
    """The sign for every character but line feeds, which keep paragraphs apart."""
    return "\n".join(sign * len(line) for line in text.split("\n"))

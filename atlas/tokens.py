"""The marks in a Markdown text that mean something: code, links, notes, HTML, headings, attributes; and brackets in pairs.

Every character is looked at a bounded number of times, whatever the text. Blocks end here where
Python-Markdown ends them, so that no pair is found that it would not find.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

TokenKind = Literal[
    "fence", "open-fence", "code", "escape", "comment", "autolink", "tag", "note", "definition", "url", "heading",
    "attributes", "open", "close", "at",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One mark and where it stands.

    heading: the `#` and what stands before them in the line · close: a `]` with the `(…)` behind it, whose
    address and title are `link` · open-fence: a fence that is never closed · definition: `[label]: address "title"`,
    its groups in `link` · note: `[^1]`, or `[^1]:` where one is written.
    """

    kind: TokenKind
    start: int
    end: int
    link: re.Match[str] | None = None


@dataclass(slots=True)
class Tokens:
    """The tokens of a text in order, and for each `[` that is closed in its paragraph the token that closes it.

    tangled: where brackets are open in such numbers that reading them would cost the square of their number.
    """

    found: list[Token] = field(default_factory=list)
    closed: dict[int, Token] = field(default_factory=dict)
    tangled: int | None = None


DEEPEST: Final = 200
"""As many brackets may be open at once, and as many marks left open in one paragraph."""

_CONTAINERS: Final = r"(?:[ \t]*(?:>|[-*+:][ \t]|\d{1,9}[.)][ \t]))*[ \t]*"
_TITLE: Final = r"\"[^\n]*\"|'[^\n]*'|\([^\n]*\)"
_TOKEN: Final = re.compile(
    rf"""
      (?P<open>!?\[(?!\^))
    | (?P<close>\])
    | (?P<note>(?:^[ ]{{0,3}})?\[\^[^\]\[\n]+\]:?)
    | (?P<hat>\[)
    | (?P<at>-?@)
    | (?P<escape>\\.)
    | (?P<code>`+)
    | (?P<comment><!--)
    | (?P<autolink><[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>)
    | (?P<tag></?[a-zA-Z](?:[^<>\n]|\n(?![ \t]*\n))*>|<(?:script|style|iframe|object|embed|svg|form)\b)
    | (?P<url>(?<![A-Za-z0-9])https?://[^\s<>()\[\]{{|`\u2e80-\uffef]+)
    | (?P<attributes>\{{:?[ ]*(?:[#.a-z][^{{}}\n]*\}}(?=[ \t]*$)|(?:\#|\.[a-z]|dimension=)[^{{}}\n]*\}}))
    | (?P<fence>^~{{3,}})
    | (?P<heading>^{_CONTAINERS}(?:\#{{2,6}}(?!\#)|\#(?=[ \t]+\S)))
    | (?P<definition>^{_CONTAINERS}\[(?P<label>[^\]\[\n^@][^\]\[\n]*)\]:[ ]*(?:\n[ ]*)?(?P<address>\S+)
        (?:[ ]*(?:\n[ ]*)?(?:{_TITLE}))?[ ]*$)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)

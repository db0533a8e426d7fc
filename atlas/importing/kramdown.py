"""Rewrites attributes of kramdown, which Jekyll reads: callouts of themes, and words in braces behind a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from atlas.importing.code_marks import CODE, KINDS, put_back, set_aside

_KINDS: Final = "|".join(KINDS)
_CALLOUT: Final = re.compile(
    rf"^[ \t]*\{{:[^{{}}]*?\.(?:prompt-|notice--?|alert-)?(?P<kind>{_KINDS}|notice)(?:-title)?(?![\w-])[^{{}}]*\}}\s*$"
)
_INLINE: Final = re.compile(r"(?<=[)\]*_])\{:(?![:#])[^{}]*\}")
_PICTURE: Final = re.compile(r"!\[[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)\Z")
_LIST: Final = re.compile(r"^[ \t]*\{:[ \t]*toc\b[^{}]*\}[ \t]*$")


def with_kramdown(lines: Sequence[str], lose: Callable[[str], None]) -> list[str]:
    """Return lines: paragraphs with the class of a callout as `> [!NOTE]`, and links without attributes.

    The attributes of a paragraph are below it, or above it behind an empty line.

    Args:
        lines: the lines, those of code marked.
        lose: notes what could not be kept.
    """
    shown: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        found = None if line.startswith(CODE) else _CALLOUT.match(line)
        number += 1
        if _LIST.match(line) and shown and re.match(r"[ \t]*(?:[*+-]|\d+\.)[ \t]", shown[-1]):
            lose(f"the list of headings was left out: {shown.pop()[:60]}")
        elif found and shown and shown[-1].strip():
            start = len(shown)
            while start and _is_words(shown[start - 1]):
                start -= 1
            shown[start:] = _callout(found["kind"], shown[start:]) or [line]
        elif found:
            end = number
            while end < len(lines) and _is_words(lines[end]):
                end += 1
            shown += _callout(found["kind"], lines[number:end]) or [line]
            number = end
        else:
            shown.append(line if line.startswith(CODE) else _plain(line, lose))
    return shown


def _is_words(line: str) -> bool:
    return bool(line.strip()) and not line.startswith((CODE, "#"))


def _callout(kind: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    words = [re.sub(r"^ {0,3}>[ \t]?", "", line) for line in lines]
    return ["", f"> [!{KINDS.get(kind, 'NOTE')}]", *(f"> {line}".rstrip() for line in words), ""]


def _plain(line: str, lose: Callable[[str], None]) -> str:
    """Return a line without the attributes behind a link or emphasis; those of a picture stay."""
    if "{:" not in line:
        return line
    text, pieces = set_aside(line)

    def left_out(found: re.Match[str]) -> str:
        if _PICTURE.search(text, 0, found.start()):
            return found[0].replace("{:", "{", 1)
        lose(f"{found[0][:60]} was left out")
        return ""

    return put_back(_INLINE.sub(left_out, text), pieces)

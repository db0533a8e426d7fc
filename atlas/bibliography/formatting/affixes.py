"""Converts the words before and after a work in a citation to HTML."""

from __future__ import annotations

import re
from html import escape

from atlas.core.private_use import KEPT

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`+)(.+?)\1")
_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(\*|_)(?=\S)(.+?)(?<=\S)\1")
_KEPT = re.compile(f"{KEPT.begin}(\\d+){KEPT.end}")


def prose(markdown: str) -> str:
    """Convert a prefix or suffix to HTML: text with emphasis, code, links and escaped characters."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"{KEPT.begin}{len(kept) - 1}{KEPT.end}"

    text = _ESCAPED.sub(lambda found: keep(escape(found[1], quote=False)), markdown)
    text = _CODE.sub(lambda found: keep(f"<code>{escape(found[2].strip(), quote=False)}</code>"), text)
    text = _LINK.sub(lambda found: keep(f'<a href="{escape(found[2])}">{escape(found[1], quote=False)}</a>'), text)
    text = _STRONG.sub(r"<strong>\2</strong>", escape(text, quote=False))
    text = _EMPHASIS.sub(r"<em>\2</em>", text)
    while KEPT.begin in text:
        text = _KEPT.sub(lambda found: kept[int(found[1])], text)
    return text


def lead_words(words: str) -> str:
    """Return the words between one work and the next in a part."""
    return f"{suffix_words(words)} "


def suffix_words(markdown: str) -> str:
    """Return the words after a work, with a space before them unless they begin with punctuation."""
    return prose(markdown) if markdown.lstrip("\\")[:1] in ",.;:，。；：" else f" {prose(markdown)}"

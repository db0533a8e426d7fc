"""Reads the headings of texts that are imported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from atlas.importing.code_marks import CODE, put_back, set_aside

HEADING: Final = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_OWN_ID: Final = re.compile(r"[ \t]*\{:?([^{}]*)\}$")
_UNDERLINE: Final = re.compile(r"^(=+|-+)[ \t]*$")


def plain_words(words: str) -> str:
    """Return the words of a heading for a link: without notes, citations, links, HTML, attributes and brackets."""
    text, pieces = set_aside(words)
    text = re.sub(r"\^\[[^\[\]]*\]|\[\^[^\]]*\]|\[-?@[^\]]*\]|<[^<>]*>|\{[^{}]*\}", "", text)
    text = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return put_back(re.sub(r"[\[\]]", "", text).strip(), pieces)


def named_heading(heading: str) -> tuple[str, str]:
    """Return the words of a heading, and the id that is behind them or ""."""
    own = _OWN_ID.search(heading)
    name = re.search(r"#([\w:.-]+)", own[1]) if own else None
    return heading[: own.start()] if own else heading, name[1] if name else ""


def with_atx(lines: Sequence[str]) -> list[str]:
    """Return lines with headings that are underlined written with `#`."""
    shown: list[str] = []
    for line in lines:
        mark = _UNDERLINE.match(line)
        before = shown[-1] if shown else ""
        is_text = bool(before.strip()) and not re.match(r"[\0#>\-*+|\d`~:]|\s", before)
        if mark and is_text and (mark[1][0] == "=" or len(mark[1]) > 2) and (len(shown) < 2 or not shown[-2].strip()):
            shown[-1] = f"{'#' if mark[1][0] == '=' else '##'} {before.strip()}"
        else:
            shown.append(line)
    return shown


def levels_of(lines: Sequence[str]) -> set[int]:
    """Return the levels of the headings of a text."""
    return {len(match[1]) for line in lines if not line.startswith(CODE) and (match := HEADING.match(line))}

"""Rewrites the callouts of Quarto, pandoc, MyST and MkDocs as those of an atlas: `> [!NOTE]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_KINDS: Final = {
    "note": "NOTE", "info": "NOTE", "abstract": "NOTE", "seealso": "NOTE", "tip": "TIP", "hint": "TIP",
    "success": "TIP", "important": "IMPORTANT", "warning": "WARNING", "attention": "WARNING", "caution": "CAUTION",
    "danger": "CAUTION", "error": "CAUTION",
}  # fmt: skip
_NAMES: Final = "|".join(_KINDS)
_TITLE: Final = r"(?P<rest>.*)$"
_DIV: Final = re.compile(rf"^ {{0,3}}:{{3,}}[ \t]*\{{?\.?(?:callout-)?(?P<kind>{_NAMES})\b{_TITLE}")
_FENCE: Final = re.compile(rf"^ {{0,3}}(?P<marks>`{{3,}})\{{(?P<kind>{_NAMES})\}}{_TITLE}")
_INDENTED: Final = re.compile(rf"^[!?]{{3}}\+?[ \t]+(?P<kind>{_NAMES})\b{_TITLE}")
_OPENS: Final = re.compile(r"^ {0,3}:{3,}[ \t]*\S")
_CLOSES: Final = re.compile(r"^ {0,3}:{3,}[ \t]*$")
_WORDS: Final = re.compile(r"(?:title=)?\"([^\"]*)\"")
_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$")


def with_callouts(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, those of callouts as `> …`. Other blocks stay as they are."""
    open: list[bool] = []
    fence, indented = "", False
    for line in lines:
        if indented and line.strip() and not line.startswith(("    ", "\t")):
            indented = False
            yield ""
        div, fenced, admonition = _DIV.match(line), _FENCE.match(line), _INDENTED.match(line)
        if fence:
            fence = "" if line.strip() == fence else fence
            yield _within(line) if fence else ""
        elif indented:
            yield _within(line.removeprefix("\t").removeprefix("    "))
        elif found := div or fenced or admonition:
            open += [True] if div else []
            fence = fenced["marks"] if fenced else ""
            indented = bool(admonition)
            yield from _begun(found)
        elif _OPENS.match(line):
            open.append(False)
            yield line
        elif _CLOSES.match(line) and open:
            yield "" if open.pop() else line
        else:
            yield _within(line) if any(open) else line


def _begun(found: re.Match[str]) -> Iterator[str]:
    """Yield the first lines of a callout; its title becomes a paragraph of its own."""
    title = _WORDS.search(found["rest"])
    yield from ("", f"> [!{_KINDS[found['kind']]}]")
    if title and title[1]:
        yield from (f"> **{title[1]}**", ">")


def _within(line: str) -> str:
    heading = _HEADING.match(line)
    return f"> **{heading[1]}**" if heading else f"> {line}".rstrip()

"""Marks the code and formulas of a text that is imported, so that nothing in them is rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from atlas.core.private_use import ASIDE
from atlas.markdown.spans import CODE_SPAN, FORMULA

CODE: Final = "\0"
"""Stands before each line of code while a text is rewritten."""
KINDS: Final = {
    "note": "NOTE", "info": "NOTE", "abstract": "NOTE", "seealso": "NOTE", "tip": "TIP", "hint": "TIP",
    "success": "TIP", "important": "IMPORTANT", "warning": "WARNING", "attention": "WARNING", "caution": "CAUTION",
    "danger": "CAUTION", "error": "CAUTION",
}  # fmt: skip
"""By the kinds of callouts of other tools: those of an atlas."""
DIRECTIVES: Final = frozenset(
    {"admonition", "bibliography", "contents", "epigraph", "figure", "image", "margin", "sidebar", "toctree"}
    | KINDS.keys()
)
"""The blocks of MyST in fences whose lines are text."""
_FENCE: Final = re.compile(
    r"^(?P<before>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(?P<marks>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*?)[ \t]*$"
)
_SPAN: Final = re.compile(rf"\\.|(?<!`){CODE_SPAN}|{FORMULA}", re.VERBOSE)


def with_code_marked(lines: Sequence[str], lose: Callable[[str], None]) -> Iterator[str]:
    """Yield lines, those of code with `CODE` before them, and fences without options.

    A fence of MyST with text in it, such as a note, is no code. A fence within a list or a quotation is one.

    Args:
        lines: the lines of a text.
        lose: notes what could not be kept.
    """
    opened: list[str] = []
    number = 0
    while number < len(lines):
        found = _FENCE.match(lines[number])
        if found and opened and not found["info"] and found["marks"].startswith(opened[-1]):
            opened.pop()
        elif found and name_of(found["info"]) in DIRECTIVES and found["info"].startswith("{"):
            opened.append(found["marks"])
        elif found and (end := _end(lines, number, found)) > number:
            if found["info"].startswith("{"):
                lose(f"of the block ```{found['info']} only its text was kept")
            yield f"{CODE}{found['before']}{found['marks']}{name_of(found['info'])}"
            yield from (f"{CODE}{line}" for line in lines[number + 1 : end])
            number = end
            continue
        yield lines[number]
        number += 1


def name_of(info: str) -> str:
    """Return the name of the language or block in the words after a fence."""
    return re.sub(r"^\{?\.?([\w-]*).*$", r"\1", info)


def _end(lines: Sequence[str], start: int, fence: re.Match[str]) -> int:
    """Return the number of the line after a fence; `start` for a line that is no fence since nothing closes it."""
    quoted = ">" in fence["before"]
    for number in range(start + 1, len(lines)):
        found = _FENCE.match(lines[number])
        if quoted and not lines[number].lstrip().startswith(">"):
            return number
        if found and not found["info"] and found["marks"].startswith(fence["marks"]):
            return number + 1
    return start if fence["before"].strip(">") else len(lines)


def set_aside(line: str) -> tuple[str, list[str]]:
    """Return a line with one sign for each piece of code and each formula, and the pieces."""
    pieces: list[str] = []

    def sign(found: re.Match[str]) -> str:
        is_role = found[0][0] == "`" and found.string[: found.start()].endswith("}")  # {cite}`key` is no code
        if is_role or found[0][0] == "\\":
            return found[0]
        pieces.append(found[0])
        return chr(ord(ASIDE) + len(pieces) - 1)

    return _SPAN.sub(sign, line), pieces


def put_back(text: str, pieces: Sequence[str]) -> str:
    """Return a text with the pieces in the place of their signs."""
    for number, piece in enumerate(pieces):
        text = text.replace(chr(ord(ASIDE) + number), piece)
    return text

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
    "danger": "CAUTION", "error": "CAUTION", "example": "NOTE", "question": "NOTE", "todo": "NOTE", "bug": "CAUTION",
    "failure": "CAUTION",
}  # fmt: skip
"""By the kinds of callouts of other tools: those of an atlas."""
DIRECTIVES: Final = frozenset(
    {
        "admonition", "aside", "bibliography", "blockquote", "card", "centered", "contents", "csv-table", "deprecated",
        "div", "dropdown", "embed", "epigraph", "exercise", "figure", "glossary", "grid", "grid-item-card",
        "highlights", "iframe", "image", "include", "list-table", "margin", "math", "pull-quote", "rubric", "sidebar",
        "solution", "tab-item", "tab-set", "table", "tableofcontents", "toctree", "topic", "versionadded",
        "versionchanged",
    }
    | KINDS.keys()
)  # fmt: skip
"""The blocks of MyST in fences whose lines are text."""
_CODE_BLOCKS: Final = ("code", "code-block", "code-cell", "sourcecode")
"""The blocks of MyST in fences whose argument is the language of their code."""
_HIGHLIGHTED: Final = tuple(
    re.compile(
        rf"(?ms)^[ \t]*{opening}[ \t]*highlight[ \t]+(?P<name>\w+)(?:(?!{closing}).)*{closing}[ \t]*\n"
        rf"(?P<code>.*?)\n[ \t]*{opening}[ \t]*{end}highlight[ \t]*{closing}[ \t]*$"
    )
    for opening, end, closing in ((r"\{%-?", "end", r"-?%\}"), (r"\{\{[<%]", "/", r"[>%]\}\}"))
)
"""Code of Jekyll and of Hugo."""
_COMMENT: Final = re.compile(r"^[ \t]*<!--(?!.*-->)")
_OPTION: Final = re.compile(r"^[ \t>]*(?::[a-z][\w-]*:(?:[ \t].*)?|#\|.*)$")
_FENCE: Final = re.compile(
    r"^(?P<before>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)(?P<marks>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*?)[ \t]*$"
)
_SPAN: Final = re.compile(rf"\\.|(?<!`){CODE_SPAN}|{FORMULA}|<!--.*?-->", re.VERBOSE)


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
        elif found and _is_text(found["info"]):
            opened.append(found["marks"])
        elif found and (end := _end(lines, number, found)) > number:
            yield from _code(lines[number:end], found, lose)
            number = end
            continue
        elif _COMMENT.match(lines[number]) and (end := _comment_end(lines, number)):
            yield from (f"{CODE}{line}" for line in lines[number:end])
            number = end
            continue
        yield lines[number]
        number += 1


def with_fences(text: str) -> str:
    """Return a text with the code of Jekyll and Hugo, between `highlight` and its end, in fences."""
    for pattern in _HIGHLIGHTED:
        text = pattern.sub(lambda found: f"```{found['name']}\n{found['code']}\n```", text)
    return text


def _is_text(info: str) -> bool:
    """Return whether the words after a fence name a block of MyST with text in it, such as `{note}`, `{prf:proof}`."""
    return info.startswith("{") and (name_of(info) in DIRECTIVES or re.match(r"\{[a-z]+:[a-z-]+\}", info) is not None)


def _code(lines: Sequence[str], fence: re.Match[str], lose: Callable[[str], None]) -> Iterator[str]:
    """Yield the lines of a fence, marked and without the options that other tools read in its first lines."""
    info = fence["info"]
    name = name_of(info)
    first = 1
    if info.startswith("{"):
        while first < len(lines) and (option := _OPTION.match(lines[first])):
            lose(f"an option of the block ```{info} was left out: {option[0].strip()[:60]}")
            first += 1
        words = info.partition("}")[2].split()
        if name in _CODE_BLOCKS:
            name = words[0] if words else ""
        else:
            lose(f"of the block ```{info} only its text was kept")
    yield f"{CODE}{fence['before']}{fence['marks']}{name}"
    yield from (f"{CODE}{line}" for line in lines[first:])


def _comment_end(lines: Sequence[str], start: int) -> int:
    """Return the number of the line after a comment; 0 if nothing ends it, or words follow its end."""
    end = next((number for number in range(start + 1, len(lines)) if "-->" in lines[number]), 0)
    return end + 1 if end and lines[end].rstrip().endswith("-->") else 0


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

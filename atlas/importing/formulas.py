"""Rewrites formulas of LaTeX between backslashes, brackets and environments as `$…$` and `$$…$$`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from atlas.importing.code_marks import CODE, put_back, set_aside

_WITHIN: Final = re.compile(r"(?<!\\)\\{1,2}\[(?P<words>(?:(?!\\\]).){1,500}?)\\{1,2}\]")
_ENVIRONMENT: Final = re.compile(
    r"^(?P<before>[ \t>]*)\\begin\{(?P<name>equation|displaymath|align|gather|multline)(?P<star>\*?)\}(?P<words>.*)$"
)
_COMMAND: Final = re.compile(r"\\[A-Za-z]{2,}")
_LABEL: Final = re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)\b")
_INLINE: Final = re.compile(r"(?<!\\)\\{1,2}\((?P<words>(?:(?!\\\)).){1,500}?)\\{1,2}\)")
_BEGINS: Final = re.compile(r"^(?P<before>[ \t>]*)(?P<mark>\\{1,2}\[|\$\$)(?P<words>.*)$")
_BRACKET_ENDS, _DOLLARS_END = (
    re.compile(
        rf"(?P<words>(?:(?!{mark}).)*)(?P<mark>{mark})(?P<rest>[ \t]*(?:\{{#eq-[^{{}}]*\}}|\([\w:-]+\))?[ \t]*$)?"
    )
    for mark in (r"\\{1,2}\]", r"\$\$")
)
_SIGNS: Final = re.compile(r"[\\^_={}+<>]|^\s*[A-Za-z]\s*$")
"""What is in a formula, and seldom in words between escaped brackets."""
_WORDS: Final = re.compile(r"(?<![\\\w])[^\W\d_]{2,}(?:[ \t]+[^\W\d_]{2,}){2,}|(?<![\\\w])[\w-]+\.[A-Za-z]{3,4}\b")
"""Three words in a row, or the name of a file: pandoc escapes the brackets around them too."""


def with_formulas(lines: Sequence[str]) -> Iterator[str]:
    r"""Yield lines, formulas between `\(` and `\)` as `$…$`, those between `\[` and `\]` as `$$…$$`.

    Those of several lines come into one, so that they can stand in a callout.

    Args:
        lines: the lines, those of code marked.
    """
    number = 0
    while number < len(lines):
        line = lines[number]
        formula, after = ("", number) if line.startswith(CODE) else _environment(lines, number)
        if not formula and not line.startswith(CODE):
            formula, after = _display(lines, number)
        if formula:
            yield formula
            number = after
            continue
        if line.startswith(CODE):
            yield line
        else:
            text, pieces = set_aside(line)
            yield put_back(_WITHIN.sub(_between, _INLINE.sub(_inline, text)), pieces)
        number += 1


def _display(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Return the formula that begins with a line and has whole lines, and the number of the line after it.

    The formula is "" if there is none.
    """
    found = _BEGINS.match(lines[start])
    if not found:
        return "", start
    ends = _DOLLARS_END if found["mark"] == "$$" else _BRACKET_ENDS
    quotes = re.compile(rf"(?:[ \t]*>){{0,{found['before'].count('>')}}}")
    words: list[str] = []
    for number in range(start, len(lines)):
        line = found["words"] if number == start else quotes.sub("", lines[number], count=1)
        if ended := ends.match(line):
            text = " ".join(" ".join([*words, ended["words"]]).split())
            is_formula = found["mark"] == "$$" or not found["words"].strip() or _is_formula(text)
            text = " ".join(_LABEL.sub("", text).split())
            whole = f"{found['before']}$${text}$$"
            return (whole, number + 1) if text and is_formula and ended["rest"] is not None else ("", start)
        if number > start and (not line.strip() or line.startswith(CODE) or _BEGINS.match(line)):
            break
        words.append(line)
    return "", start


def _environment(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Return the formula in an environment of LaTeX that begins with a line, and the number of the line after it."""
    found = _ENVIRONMENT.match(lines[start])
    if not found:
        return "", start
    end = f"\\end{{{found['name']}{found['star']}}}"
    words: list[str] = []
    for number in range(start, len(lines)):
        line = found["words"] if number == start else lines[number].removeprefix(found["before"])
        if (not line.strip() and number > start) or line.startswith(CODE):
            break
        before, ended, after = line.partition(end)
        words.append(before)
        if ended:
            text = " ".join(_LABEL.sub("", " ".join(words)).split())
            is_plain = found["name"] in ("equation", "displaymath")
            whole = text if is_plain else f"\\begin{{aligned}}{text}\\end{{aligned}}"
            return (f"{found['before']}$${whole}$$", number + 1) if text and not after.strip() else ("", start)
    return "", start


def _between(found: re.Match[str]) -> str:
    words = found["words"].rstrip("\\").strip()
    return f"$${words}$$" if _COMMAND.search(words) else found[0]


def _inline(found: re.Match[str]) -> str:
    words = found["words"].rstrip("\\").strip()
    return f"${words}$" if _is_formula(words) else found[0]


def _is_formula(words: str) -> bool:
    return bool(_SIGNS.search(words)) and ("\\" in words or not _WORDS.search(words))

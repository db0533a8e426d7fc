"""Rewrites the figures of MyST, Jekyll and Hugo as `![caption](path)`, and LaTeX between backslashes as `$…$`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from atlas.authoring.slugs import kebab
from atlas.importing.code_marks import CODE, put_back, set_aside

_BLOCK: Final = re.compile(r"^ {0,3}(?P<marks>:{3,}|`{3,})\{(?:figure|image)\}[ \t]*(?P<path>\S*)[ \t]*$")
_OPTION: Final = re.compile(r"^[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")
_CALL: Final = re.compile(
    r"\{%-?\s*include\s+\S*(?:figure|image)\S*\s+(?P<liquid>.*?)-?%\}|\{\{<\s*figure\s+(?P<hugo>.*?)/?>\}\}"
)
_ARGUMENT: Final = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_PATHS: Final = ("src", "path", "img", "image", "url", "file", "filename", "image_path")
_INLINE: Final = re.compile(r"(?<!\\)\\{1,2}\((?P<words>(?:(?!\\\)).){1,500}?)\\{1,2}\)")
_BEGINS: Final = re.compile(r"^(?P<before>[ \t>]*)(?P<mark>\\{1,2}\[|\$\$)(?P<words>.*)$")
_BRACKET_ENDS, _DOLLARS_END = (
    re.compile(rf"(?P<words>(?:(?!{mark}).)*)(?P<mark>{mark})(?P<rest>[ \t]*(?:\{{#eq-[^{{}}]*\}})?[ \t]*$)?")
    for mark in (r"\\{1,2}\]", r"\$\$")
)
_SIGNS: Final = re.compile(r"[\\^_={}+<>]|^\s*[A-Za-z]\s*$")
"""What is in a formula, and seldom in words between escaped brackets."""
_WORDS: Final = re.compile(r"(?<![\\\w])[^\W\d_]{2,}(?:[ \t]+[^\W\d_]{2,}){2,}|(?<![\\\w])[\w-]+\.[A-Za-z]{3,4}\b")
"""Three words in a row, or the name of a file: pandoc escapes the brackets around them too."""


def with_figures(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, figures as `![caption](path){#fig-id width=…}`.

    Figures without a path, and blocks that nothing closes, stay as they are.

    Args:
        lines: the lines, those of code marked.
    """
    number = 0
    while number < len(lines):
        line = lines[number]
        block = _BLOCK.match(line)
        end = _end(lines, number, block["marks"]) if block and block["path"] else 0
        if block and end:
            yield from ("", _figure(block["path"], lines[number + 1 : end]), "")
            number = end
        elif line.startswith(CODE):
            yield line
        else:
            text, pieces = set_aside(line)
            yield put_back(_CALL.sub(_called, text), pieces)
        number += 1


def _end(lines: Sequence[str], start: int, marks: str) -> int:
    """Return the number of the line that closes a block of text; 0 if none does before the next block or code."""
    for number in range(start + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(marks) and not line.strip(marks[0]):
            return number
        if line.startswith((":::", "```", "#", CODE)):
            return 0
    return 0


def _figure(path: str, lines: Sequence[str]) -> str:
    """Return a figure from the lines within its block: options, then the caption."""
    options: dict[str, str] = {}
    words: list[str] = []
    for line in lines:
        option = None if words else _OPTION.match(line)
        if option:
            options[option["key"]] = option["value"]
        elif line.strip() and line.strip() != "---":
            words.append(line.strip())
    return _picture(" ".join(words), path, options)


def _called(found: re.Match[str]) -> str:
    """Return the figure that a call of Liquid or Hugo shows; the call itself if it names no file."""
    given = {key: first or second or third for key, first, second, third in _ARGUMENT.findall(found[0])}
    path = next((given[key] for key in _PATHS if given.get(key)), "")
    return _picture(given.get("caption") or given.get("title", ""), path, given) if path else found[0]


def _picture(caption: str, path: str, options: dict[str, str]) -> str:
    name = options.get("name") or options.get("label") or options.get("id", "")
    id = figure_id(name)
    attributes = [f"#fig-{id}"] if id else []
    width = options.get("width", "")
    attributes += [f"width={width}"] if re.fullmatch(r"\d+%", width) else []
    return f"![{caption}]({path})" + (f"{{{' '.join(attributes)}}}" if attributes else "")


def figure_id(name: str) -> str:
    """Return the id of a figure after `fig-`: `pier` for `figure-pier`."""
    return kebab(re.sub(r"^fig(?:ure)?[-:_]", "", name.lower()))


def with_formulas(lines: Sequence[str]) -> Iterator[str]:
    r"""Yield lines, formulas between `\(` and `\)` as `$…$`, those between `\[` and `\]` as `$$…$$`.

    Those of several lines come into one, so that they can stand in a callout.

    Args:
        lines: the lines, those of code marked.
    """
    number = 0
    while number < len(lines):
        line = lines[number]
        formula, after = ("", number) if line.startswith(CODE) else _display(lines, number)
        if formula:
            yield formula
            number = after
            continue
        if line.startswith(CODE):
            yield line
        else:
            text, pieces = set_aside(line)
            yield put_back(_INLINE.sub(_inline, text), pieces)
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
            whole = f"{found['before']}$${text}$$"
            return (whole, number + 1) if text and is_formula and ended["rest"] is not None else ("", start)
        if number > start and (not line.strip() or line.startswith(CODE) or _BEGINS.match(line)):
            break
        words.append(line)
    return "", start


def _inline(found: re.Match[str]) -> str:
    words = found["words"].rstrip("\\").strip()
    return f"${words}$" if _is_formula(words) else found[0]


def _is_formula(words: str) -> bool:
    return bool(_SIGNS.search(words)) and ("\\" in words or not _WORDS.search(words))

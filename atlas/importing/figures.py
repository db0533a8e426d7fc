"""Rewrites the figures of MyST, Jekyll and Hugo as `![caption](path)`, and LaTeX between backslashes as `$…$`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from atlas.authoring.slugs import kebab

_BLOCK: Final = re.compile(r"^ {0,3}(?P<marks>:{3,}|`{3,})\{(?:figure|image)\}[ \t]*(?P<path>\S*)[ \t]*$")
_FENCE: Final = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_OPTION: Final = re.compile(r"^[ \t]*:(?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")
_CALL: Final = re.compile(
    r"\{%-?\s*include\s+\S*(?:figure|image)\S*\s+(?P<liquid>.*?)-?%\}|\{\{<\s*figure\s+(?P<hugo>.*?)/?>\}\}"
)
_ARGUMENT: Final = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_PATHS: Final = ("src", "path", "img", "image", "url", "file", "filename", "image_path")
_INLINE: Final = re.compile(r"(?<!\\)\\{1,2}\((?P<words>(?:(?!\\\)).)+?)\\{1,2}\)")
_DISPLAY: Final = re.compile(r"^[ \t]*\\{1,2}\[(?P<words>.*?)(?:\\{1,2}\])?[ \t]*$")
_ENDS: Final = re.compile(r"\\{1,2}\][ \t]*$")
_SIGNS: Final = re.compile(r"[\\^_={}+<>]|^\s*[A-Za-z]\s*$")
"""What is in a formula, and seldom in words between escaped brackets."""
_CODE: Final = re.compile(r"(`+[^`]*`+)")


def with_figures(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, figures as `![caption](path){#fig-id width=…}`. Figures without a path stay as they are."""
    rows = iter(lines)
    code = ""
    for line in rows:
        block, fence = _BLOCK.match(line), _FENCE.match(line)
        if code:
            code = "" if line.strip() == code else code
            yield line
        elif block and block["path"]:
            yield from _figure(block, rows)
        elif fence:
            code = fence[1]
            yield line
        else:
            yield _CALL.sub(_called, line)


def _figure(block: re.Match[str], rows: Iterator[str]) -> Iterator[str]:
    """Yield a figure whose first line has been read, and read the rest of it."""
    options: dict[str, str] = {}
    words: list[str] = []
    for line in rows:
        if line.strip() == block["marks"]:
            break
        option = None if words else _OPTION.match(line)
        if option:
            options[option["key"]] = option["value"]
        elif line.strip() and line.strip() != "---":
            words.append(line.strip())
    yield from ("", _picture(" ".join(words), block["path"], options), "")


def _called(found: re.Match[str]) -> str:
    """Return the figure that a call of Liquid or Hugo shows; the call itself if it names no file."""
    given = {key: first or second or third for key, first, second, third in _ARGUMENT.findall(found[0])}
    path = next((given[key] for key in _PATHS if given.get(key)), "")
    return _picture(given.get("caption") or given.get("title", ""), path, given) if path else found[0]


def _picture(caption: str, path: str, options: dict[str, str]) -> str:
    name = options.get("name") or options.get("label") or options.get("id", "")
    id = kebab(re.sub(r"^fig(?:ure)?[-:_]", "", name.lower()))
    attributes = [f"#fig-{id}"] if id else []
    width = options.get("width", "")
    attributes += [f"width={width}"] if re.fullmatch(r"\d+%", width) else []
    return f"![{caption}]({path})" + (f"{{{' '.join(attributes)}}}" if attributes else "")


def with_formulas(lines: Iterable[str]) -> Iterator[str]:
    r"""Yield lines, formulas between `\(` and `\)` as `$…$`, those between `\[` and `\]` as `$$…$$`."""
    rows = iter(lines)
    code = ""
    for line in rows:
        fence = _FENCE.match(line)
        display = None if code else _DISPLAY.match(line)
        if code or fence:
            code = ("" if line.strip() == code else code) if code else fence[1] if fence else ""
            yield line
        elif display and (_ENDS.search(line) or not display["words"].strip()) and _is_formula(display["words"]):
            words = [display["words"]]
            while not _ENDS.search(line):
                line = next(rows, "\\]")
                words.append(_ENDS.sub("", line))
            yield f"$${' '.join(' '.join(words).split())}$$"
        else:
            parts = _CODE.split(line)
            yield "".join(part if number % 2 else _INLINE.sub(_inline, part) for number, part in enumerate(parts))


def _inline(found: re.Match[str]) -> str:
    words = found["words"].rstrip("\\").strip()
    return f"${words}$" if _SIGNS.search(words) else found[0]


def _is_formula(words: str) -> bool:
    return not words.strip() or bool(_SIGNS.search(words))

"""Rewrites the figures of MyST, Quarto, Jekyll, Hugo and HTML as `![caption](path)`."""

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
_ELEMENT: Final = re.compile(r"<img\s(?P<given>[^<>]*?)/?>", re.IGNORECASE)
_FIGURE: Final = re.compile(r"^(?P<before>[ \t>]*)<figure\b[^<>]*>", re.IGNORECASE)
_FIGURE_END: Final = re.compile(r"</figure\s*>[ \t]*$", re.IGNORECASE)
_WORDS_OF_FIGURE: Final = re.compile(r"<figcaption\b[^<>]*>(.*?)</figcaption\s*>", re.IGNORECASE)
_DIVISION: Final = re.compile(r"^ {0,3}(?P<marks>:{3,})[ \t]*\{(?P<given>[^{}]*#fig-[\w-]+[^{}]*)\}[ \t]*$")
_PICTURE: Final = re.compile(r"^[ \t]*!\[(?P<words>.*)\]\((?P<path>[^()]+)\)(?:\{[^{}]*\})?[ \t]*$")
_ARGUMENT: Final = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_SAID: Final = ("attr", "attrlink", "link", "credit")
"""Keys of a figure that say who made it, or where it leads."""
_PATHS: Final = ("src", "path", "img", "image", "url", "file", "filename", "image_path")


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
        elif figure := _element(lines, number) or _division(lines, number):
            yield from ("", figure[0], "")
            number = figure[1]
        else:
            text, pieces = set_aside(line)
            yield put_back(_ELEMENT.sub(_shown, _CALL.sub(_called, text)), pieces)
        number += 1


def _element(lines: Sequence[str], start: int) -> tuple[str, int] | None:
    """Return the figure of HTML that begins with a line and has one picture, and the number of its last line."""
    head = _FIGURE.match(lines[start])
    end = next((at for at in range(start, len(lines)) if _FIGURE_END.search(lines[at])), -1) if head else -1
    if not head or end < 0 or any(line.startswith(CODE) for line in lines[start:end]):
        return None
    text = " ".join(line.lstrip(" \t>") if at else line[head.end() :] for at, line in enumerate(lines[start : end + 1]))
    images = list(_ELEMENT.finditer(text))
    caption = _WORDS_OF_FIGURE.search(text)
    given = _given(images[0]["given"]) if len(images) == 1 else {}
    if not given.get("src"):
        return None
    words = " ".join(caption[1].split()) if caption else given.get("alt", "")
    return head["before"] + _picture(words, given["src"], given | {"id": ""}), end


def _division(lines: Sequence[str], start: int) -> tuple[str, int] | None:
    """Return the figure of Quarto between colons that begins with a line and has one picture, and its last line."""
    head = _DIVISION.match(lines[start])
    end = next((at for at in range(start + 1, len(lines)) if lines[at].strip() == head["marks"]), 0) if head else 0
    pictures = [found for line in lines[start + 1 : end] if (found := _PICTURE.match(line))]
    if not head or len(pictures) != 1 or any(line.startswith((":::", CODE)) for line in lines[start + 1 : end]):
        return None
    words = " ".join(line.strip() for line in lines[start + 1 : end] if line.strip() and not _PICTURE.match(line))
    return f"![{words or pictures[0]['words']}]({pictures[0]['path']}){{{head['given'].strip()}}}", end


def _shown(found: re.Match[str]) -> str:
    """Return an image of HTML as Markdown; the element itself if it names no file."""
    given = _given(found["given"])
    return _picture(given.get("alt", ""), given["src"], given | {"id": ""}) if given.get("src") else found[0]


def _given(text: str) -> dict[str, str]:
    return {key.lower(): first or second or third for key, first, second, third in _ARGUMENT.findall(text)}


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
    given = _given(found[0])
    path = next((given[key] for key in _PATHS if given.get(key)), "")
    return _picture(given.get("caption") or given.get("title", ""), path, given) if path else found[0]


def _picture(caption: str, path: str, options: dict[str, str]) -> str:
    """Return a figure with its id and width; options that say nothing of it are left to be listed."""
    name = options.get("name") or options.get("label") or options.get("id", "")
    id = figure_id(name)
    attributes = [f"#fig-{id}"] if id else []
    width = options.get("width", "")
    attributes += [f"width={width}"] if re.fullmatch(r"\d+%", width) else []
    if (alt := options.get("alt") or options.get("fig-alt", "")) and alt != caption:
        attributes.append(f'fig-alt="{_plain(alt)}"')
    attributes += [f'{key}="{_plain(options[key])}"' for key in _SAID if options.get(key)]
    return f"![{caption}]({path})" + (f"{{{' '.join(attributes)}}}" if attributes else "")


def _plain(value: str) -> str:
    return re.sub(r"[\"{}]", "", value)


def figure_id(name: str) -> str:
    """Return the id of a figure after `fig-`: `pier` for `figure-pier`."""
    return kebab(re.sub(r"^fig(?:ure)?[-:_]", "", name.lower()))

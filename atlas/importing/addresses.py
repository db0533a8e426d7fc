"""Rewrites how texts name addresses: links by reference, variables of Jekyll, and links of Hugo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from atlas.importing.code_marks import CODE, put_back, set_aside

_DEFINED: Final = re.compile(
    r"^ {0,3}\[(?P<label>(?![\^@])[^\[\]]+)\]:[ \t]*(?:<(?P<angled>[^<>]*)>|(?P<plain>[^\s<]\S*))"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
_NAMED: Final = re.compile(
    r"(?<![\\\]^])(?P<words>!?\[(?P<inner>(?:[^\[\]]|\[[^\[\]]*\])*)\])(?:\[(?P<label>[^\[\]]*)\])?(?![\[({:])"
)
_SITE: Final = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}")
_PATH: Final = re.compile(
    r"\{\{-?\s*(?P<quote>[\"'])(?P<path>[^\"']*)(?P=quote)\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl|url)"
    r"\s*-?\}\}"
    r"|(?<=\]\()\{%-?\s*(?:link|post_url)\s+(?P<file>\S+)\s*-?%\}"
    r"|(?<=\]\()\{\{[<%]\s*(?:rel)?ref\s+[\"']?(?P<page>[^\"'\s<>%]+)[\"']?[^<>%{}]*[>%]\}\}"
)


def with_addresses(lines: Sequence[str]) -> list[str]:
    """Return lines whose links and pictures have their addresses: `[words](address)`.

    Args:
        lines: the lines, those of code marked.
    """
    plain = [line if line.startswith(CODE) else _PATH.sub(_path, _SITE.sub("", line)) for line in lines]
    defined: dict[str, str] = {}
    for line in plain:
        if found := _DEFINED.match(line):
            address = found["plain"] or found["angled"] or ""
            defined.setdefault(_label(found["label"]), f"<{address}>" if re.search(r"[\s()]", address) else address)
    if not defined:
        return plain
    return [_linked(line, defined) for line in plain if line.startswith(CODE) or not _DEFINED.match(line)]


def _path(found: re.Match[str]) -> str:
    return found["path"] or found["file"] or found["page"] or ""


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()


def _linked(line: str, defined: dict[str, str]) -> str:
    if line.startswith(CODE) or "[" not in line:
        return line

    def link(found: re.Match[str]) -> str:
        address = defined.get(_label(found["label"] or found["inner"]))
        return f"{found['words']}({address})" if address is not None else found[0]

    text, pieces = set_aside(line)
    return put_back(_NAMED.sub(link, text), pieces)

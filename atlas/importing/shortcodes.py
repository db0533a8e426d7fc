"""Rewrites tags of Jekyll, Hugo and Quire that hold text: folded parts with their titles, comments, raw words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from atlas.importing.code_marks import CODE

_COMMENT: Final = re.compile(r"\{%-?\s*comment\s*-?%\}(?:(?!```|~~~).)*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_RAW: Final = re.compile(r"\{%-?\s*raw\s*-?%\}(?P<words>[^`~]*?)\{%-?\s*endraw\s*-?%\}")
_NAMES: Final = "accordion|collapse|details|expand|spoiler|tab"
_FOLDED: Final = re.compile(
    rf"^(?P<before>[ \t>]*)\{{\{{[<%]\s*(?:{_NAMES})(?![\w-])(?P<given>[^{{}}]*?)[>%]\}}\}}(?P<words>.*)$"
)
_TITLE: Final = re.compile(
    r"(?:^|\s)(?:(?:summary|title|name|header|label)\s*=\s*)?(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')"
)
_ACCORDION: Final = re.compile(r"^[ \t]*\{%-?\s*accordion\s+[\"'](?P<title>[^\"']+)[\"'][^{}]*%\}[ \t]*$")
_ENDED: Final = re.compile(
    rf"[ \t]*(?:\{{%-?\s*endaccordion\s*-?%\}}|\{{\{{[<%]\s*/\s*(?:{_NAMES})\s*[>%]\}}\}})[ \t]*"
)


def without_comments(text: str, lose: Callable[[str], None]) -> str:
    """Return a text without the comments of Liquid, and with braces in what it calls raw as plain characters.

    Args:
        text: the text.
        lose: notes what could not be kept.
    """
    for found in _COMMENT.finditer(text):
        lose(f"a comment of Liquid was left out: {' '.join(found[0].split())[:60]}")
    return _RAW.sub(lambda found: re.sub(r"\{(?=[{%])|(?<=[}%])\}", r"\\\g<0>", found["words"]), _COMMENT.sub("", text))


def with_titles(lines: Sequence[str]) -> list[str]:
    """Return lines with the titles of folded parts and tabs as bold words, those of Quire's accordions as headings.

    Args:
        lines: the lines, those of code marked.
    """
    shown: list[str] = []
    for line in lines:
        accordion = _ACCORDION.match(line)
        folded = _FOLDED.match(line)
        title = _TITLE.search(folded["given"]) if folded else None
        if line.startswith(CODE):
            shown.append(line)
        elif accordion:
            words = accordion["title"].strip()
            shown += ["", words if words.startswith("#") else f"**{words}**", ""]
        elif folded and title:
            before = folded["before"]
            shown += [before.rstrip(), f"{before}**{title['double'] or title['single']}**", before.rstrip()]
            shown.append(before + _ENDED.sub("", folded["words"]).strip())
        elif _ENDED.fullmatch(line):
            shown.append("")
        else:
            shown.append(line)
    return shown

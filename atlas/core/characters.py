"""Characters that no text of an atlas may hold, and how they are shown in a message."""

from __future__ import annotations

import re
from typing import Final

_NEVER: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e0fff\U000effff-\U0010ffff"
)
"""Control characters, separators of lines that editors do not show, unpaired surrogates, private characters, and
those that are none (Unicode 16, §23). The engine uses private and control characters as marks of its own."""
_PLANES: Final = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 14))
BAD: Final = re.compile(f"[{_NEVER}{_PLANES}]")
"""A character that no text may hold."""

_BREAKS: Final = "\x85\u2028\u2029\x0b\x0c"
_UNSHOWN: Final = re.compile(f"[\t\n\r{_NEVER}{_PLANES}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_COMMAND: Final = re.compile(r"##(?=\[|vso\[)|^\s*:(?=:)")
"""How a command to a machine of CI begins: `##[` and `##vso[` anywhere, `::` where a line begins."""


def cleaned(text: str) -> str:
    """A text without bad characters; a space stands for what breaks a line, so that words stay apart."""
    return BAD.sub(lambda found: " " if found[0] in _BREAKS else "", text)


def code(character: str) -> str:
    """How a character is named: `U+000B`."""
    return f"U+{ord(character):04X}"


def quoted(text: str) -> str:
    """A text as it may stand in a line of a terminal or log: nothing in it breaks the line, or acts."""
    if text.isascii() and text.isprintable() and "##" not in text and "::" not in text[:40]:
        return text
    shown = _UNSHOWN.sub(lambda found: f"<{code(found[0])}>", text)
    return _COMMAND.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], shown)

"""Characters that no text may contain, and how messages show them."""

from __future__ import annotations

import re
from typing import Final

_NEVER: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e0fff\U000effff-\U0010ffff"
)
"""Control characters, line separators that editors do not show, unpaired surrogates, private-use characters and
noncharacters (Unicode 16, §23). The engine uses private-use and control characters as its own marks.
"""
_PLANES: Final = "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 14))
_NEWER: Final = (
    "\u0558\u058b-\u058c\u05c8-\u05c9\u088f\u0897\u0b53-\u0b54\u0c5c\u0cdc\u0cf3\u0ece\u1acf-\u1af0\u1c89-\u1c8a"
    "\u208f\u209d-\u209f\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7f1\uab6c-\uab6d"
    "\U000105c0-\U000105f3\U000107bb-\U000107bf\U00010940-\U00010959\U00010d40-\U00010d85\U00010ec2-\U00010eff"
    "\U0001123f-\U00011241\U00011380-\U000113e2\U000116d0-\U000116e3\U00011b0a-\U00011bf9\U00011db0-\U00011df1"
    "\U00011f00-\U00011f5a\U0001246f\U00012475-\U0001247f\U00012550-\U00012686\U0001342f\U00013440-\U000143fa"
    "\U00016100-\U00016139\U00016d40-\U00016d79\U00016ea0-\U00016ed3\U00016ff2-\U00016ff6\U000187f8-\U000187ff"
    "\U00018cd6-\U00018cff\U00018d09-\U000191d2\U0001b123-\U0001b132\U0001b155\U0001b168\U0001ccf0-\U0001ccf9"
    "\U0001d127-\U0001d128\U0001d250-\U0001d2d3\U0001d6a6\U0001df1f-\U0001dfff\U0001e030-\U0001e08f\U0001e4d0-\U0001e6ff"
)
"""Letters, marks and numbers that are not in Unicode 14.0 but in a later version (up to 18.0), except Han characters.
Python 3.11 does not know them and later versions do, so words and their order would depend on the Python version.
"""
_ALL: Final = f"{_NEVER}{_PLANES}{_NEWER}"
_BEYOND: Final = "\U00010000-\U0010ffff"
"""The characters beyond the basic plane."""
_SUSPECT: Final = re.sub(f"[{_BEYOND}](-[{_BEYOND}])?", "", _ALL) + _BEYOND
BAD: Final = re.compile(f"[{_SUSPECT}](?<=[{_ALL}])")
"""A character that no text may contain.

`re` tries the ranges beyond the basic plane one after the other for each character of a text, so a class with only one
such range comes first. Measured on the texts of this repository's atlas: 0.01 instead of 0.17 processor seconds.
"""

_BREAKS: Final = "\x85\u2028\u2029\x0b\x0c"
_UNSHOWN: Final = re.compile(f"[\t\n\r{_NEVER}{_PLANES}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_COMMAND: Final = re.compile(r"##(?=\[|vso\[)|^\s*:(?=:)")
"""The start of a command to a CI service: `##[` and `##vso[` anywhere, `::` at the start of a line."""


def cleaned(text: str) -> str:
    """Return a text without bad characters; those that break a line become a space, so that words stay apart."""
    return BAD.sub(lambda found: " " if found[0] in _BREAKS else "", text)


def code(character: str) -> str:
    """Return the name of a character as a code point: `U+000B`."""
    return f"U+{ord(character):04X}"


def refusal(character: str) -> str:
    """Return the message about a character that no text may contain."""
    return f"the character {code(character)} is not allowed in a text"


def quoted(text: str) -> str:
    """Return a text that is safe in a line of a terminal or log: it breaks no line and runs no command."""
    if text.isascii() and text.isprintable() and "##" not in text and "::" not in text[:40]:
        return text
    shown = _UNSHOWN.sub(lambda found: f"<{code(found[0])}>", text)
    return _COMMAND.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], shown)

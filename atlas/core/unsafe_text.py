"""Finds text that could run as script if it were read as HTML, after decoding.

This module does not make text safe: every text is escaped where it becomes HTML. It finds text that authors
should know about.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ue000-\uf8ff\U000e0000-\U000e01ef]"
)
_ELEMENTS: Final = (
    "script style iframe frame frameset object embed applet svg math form link meta base template portal noscript xml"
)
_SUSPECT: Final = re.compile(r"[<\uff1c\ufe64]|&[^\s;]{1,40};?|\]\s*\(")
_DANGEROUS: Final = re.compile(
    rf"<\s*[/!?]?\s*(?:{'|'.join(_ELEMENTS.split())})\b[^>]*>?"
    r"""|<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*?(?<=[\s"'/])on[a-z]+\s*=[^>]*>?"""
    r"|\b(?:href|src|srcset|srcdoc|action|formaction|background|data)\s*=\s*[\"']?\s*(?:javascript|vbscript|data)\s*:"
    r"|\]\s*\(\s*<?\s*(?:javascript|vbscript|data)\s*:",
    re.IGNORECASE,
)
_RUNNING: Final = ("javascript:", "data:", "vbscript:")
_BLANK: Final = re.compile(r"\s+")


def undisguised(text: str) -> str:
    """Return a text with character references decoded, in the NFKC form, without invisible characters.

    References are decoded up to three times: `&amp;lt;` decoded twice is `<`.
    """
    for _ in range(3):
        before, text = text, _INVISIBLE.sub("", unicodedata.normalize("NFKC", unescape(text)))
        if text == before:
            break
    return text


def dangerous_part(text: str) -> str:
    """Return the first part of a decoded text that could run as HTML, or "" if there is none."""
    if not _SUSPECT.search(text):
        return ""
    found = _DANGEROUS.search(text) or _DANGEROUS.search(undisguised(text))
    return found[0] if found else ""


def runs(address: str) -> bool:
    """Return whether a link to this address would run as script on its page."""
    return _BLANK.sub("", undisguised(address)).lower().startswith(_RUNNING)

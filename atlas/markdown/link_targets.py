"""Classifies the target of a link: a record, a file, another site, or nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import Final, NamedTuple

from atlas.core.rules import Rule
from atlas.core.unsafe_text import runs

OUTSIDE: Final = re.compile(r'href="(https?://[^"]+)"')
"""A link in HTML that leads elsewhere, to its address as HTML writes it."""

BRACKETED: Final = re.compile(r"\[(?<![\[!\\\w]\[)([a-z0-9]+(?:-[a-z0-9]+)*)\](?![\[(\]{:])")
"""What may be the id of a record in single brackets, which links to nothing."""
_INVISIBLE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


class Fault(NamedTuple):
    """What is wrong with something, as a problem says it."""

    rule: Rule
    message: str
    hint: str


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: https, http and mailto only, whatever disguise the address wears."""
    return _bare(address).startswith(("https://", "http://", "mailto:"))


def is_inner(address: str) -> bool:
    """Whether an address leads to a page, a file or a place of the atlas."""
    return address.startswith(("/", "#")) and not address.startswith("//")


def fault_of(address: str, *, picture: bool = False) -> Fault | None:
    """Why no link may lead there, or no picture come from there; None when it may."""
    if runs(address):
        return unsafe(address)
    if picture:
        hint = "put the picture into content/files/ and write ![caption](/files/name)"
        message = f'a picture cannot come from "{short(address)}"'
        return None if address.startswith("/files/") else Fault(Rule.BAD_ADDRESS, message, hint)
    if is_inner(address) or is_safe_address(address):
        return None
    hint = "write [[id]] for a record, /path/ for a page of the atlas, or an address with https://"
    return Fault(Rule.BAD_ADDRESS, f'no page is reached by "{short(address)}"', hint)


def unsafe(whole: str) -> Fault:
    """Something that could run."""
    hint = "remove it: pages run no script, and links lead to https, http or mailto"
    return Fault(Rule.UNSAFE_HTML, f"this could run in the reader's browser: {short(whole)}", hint)


def short(text: str) -> str:
    """A text as a message quotes it: at most 60 characters."""
    return text if len(text) <= 60 else text[:59] + "…"


def _bare(address: str) -> str:
    """An address without what browsers skip."""
    return _INVISIBLE.sub("", unescape(address)).lower()

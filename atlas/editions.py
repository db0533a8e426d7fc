"""One language of the atlas, and the ways between its pages."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from atlas.citations import Citer
from atlas.languages import Language
from atlas.linking import Atlas
from atlas.model import Record
from atlas.words import Words


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of the atlas: its words and its way of citing."""

    atlas: Atlas
    language: Language
    words: Words
    citer: Citer


def relative(start: str, target: str) -> str:
    """The way from one page to another; both are paths from the root, ending in / for folders."""
    way = posixpath.relpath(target, posixpath.dirname(start) or "/")
    way = "" if way == "." else way
    return way + "/" if target.endswith("/") and way else way or "./"


def address(record: Record, fragment: str = "") -> str:
    """Where the page of a record stands in its language: /actors/ID/, with a fragment perhaps."""
    return record.address + (f"#{fragment}" if fragment else "")

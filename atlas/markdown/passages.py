"""Texts to be read as Markdown, with their positions, and the syntax of ids and tags."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from atlas.core.problems import Span

KEBAB: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id: lower-case letters and digits with single hyphens between."""

LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2}|-[0-9]{3})?(?:-[a-z0-9]{5,8})*")
"""A language tag (BCP 47) of the common forms."""


class Passage(Struct, frozen=True):
    """A text to be read as Markdown: its characters, and where it begins.

    raw: the characters of the file from there on where YAML quotes, escapes or folds, so that they are not the text's.
    """

    text: str
    span: Span
    raw: str = ""

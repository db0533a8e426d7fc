"""HTML as its own type, so that mypy keeps it apart from plain text."""

from __future__ import annotations

from html import escape as _escape
from typing import NewType

Html = NewType("Html", str)
"""HTML that can be put in a page unchanged. Only the functions that tests/test_architecture.py lists make it."""


def escaped(text: str) -> Html:
    """Escape a text for use inside an element."""
    return Html(_escape(text, quote=False))

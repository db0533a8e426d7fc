"""Loads Pillow, an optional package: images of shared links and smaller pictures need it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

INSTALL: Final = 'pip install "atlas[pictures]", or pip install pillow'
"""What to do where it is missing."""


def is_installed() -> bool:
    """Return whether Pillow is installed."""
    return find_spec("PIL") is not None


def version() -> str:
    """Return the version of Pillow."""
    return str(import_module("PIL").__version__)


def load(name: str) -> Any:
    """Return a module of Pillow, such as `Image`."""
    return import_module(f"PIL.{name}")

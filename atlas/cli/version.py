"""The version of the engine."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

from atlas import HOME
from atlas.core.sources import read_text


def version() -> str:
    """Return the version: of the package where it is installed, else that of pyproject.toml."""
    found = re.search(r'(?m)^version = "([^"]+)"', read_text(Path(HOME) / "pyproject.toml"))
    if found:
        return found[1]
    try:
        return installed("atlas")
    except PackageNotFoundError:
        return "unknown"

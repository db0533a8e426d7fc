"""Decides how messages name the program: every message with a command to run calls `command`."""

from __future__ import annotations

from pathlib import Path

from atlas import HOME, PACKAGE

PROGRAM = "python build.py" if HOME != PACKAGE and Path(HOME, "build.py").exists() else "atlas"
"""`python build.py` in the repository of the engine, `atlas` where the engine is installed."""


def command(words: str = "") -> str:
    """Return a command line to type, in backticks.

    Args:
        words: what follows the name of the program, such as `check --fix`.
    """
    return f"`{PROGRAM} {words}`" if words else f"`{PROGRAM}`"

#!/usr/bin/env python3
"""Build, check and preview the atlas of this folder: `python build.py --help`."""

import sys
from pathlib import Path

try:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs with any Python, to say that
        raise ImportError("Python 3.11")
    from atlas.__main__ import run
except ImportError as error:
    missing = f"{error.name or error} is missing"
    sys.exit(f"{missing}: run `make site` once, then `.venv/bin/python build.py` with your command")

if __name__ == "__main__":
    run(Path(__file__).resolve().parent)

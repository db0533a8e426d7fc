#!/usr/bin/env python3
"""Build, check and preview the atlas of this folder: `python build.py --help`."""

from pathlib import Path

from atlas.__main__ import run

if __name__ == "__main__":
    run(Path(__file__).resolve().parent)

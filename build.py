#!/usr/bin/env python3
"""Build, check and preview an atlas: `python build.py --help`."""

import sys

from atlas.commands import main

if __name__ == "__main__":
    sys.exit(main())

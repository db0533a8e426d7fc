#!/usr/bin/env python3
"""Build, check and preview an atlas: `python build.py --help`."""

import gc
import sys

from atlas.commands import main

if __name__ == "__main__":
    gc.disable()  # one command is a short life: what it makes is kept until it ends
    sys.exit(main())

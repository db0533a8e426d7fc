#!/usr/bin/env python3
"""Build, check and preview an atlas: `python build.py --help`."""

import gc
import os
import sys
from contextlib import suppress

from atlas.commands import main

if __name__ == "__main__":
    gc.disable()  # one command is a short life: what it makes is kept until it ends
    code = main()
    with suppress(OSError):  # nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # the system takes back at once what Python would take apart piece by piece

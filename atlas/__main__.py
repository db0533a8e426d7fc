"""Runs the command line: `atlas` where the package is installed, `python -m atlas`, or `build.py`."""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

from atlas.cli.main import main


def run(home: Path | None = None) -> None:
    """Run the command that was typed, and end the process with its exit code.

    Args:
        home: the folder to build where --root names none; by default the current folder.
    """
    gc.disable()  # one command is a short life: what it makes is kept until it ends
    code = main(home=home)
    with suppress(OSError):  # nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)  # the system takes back at once what Python would take apart piece by piece


if __name__ == "__main__":
    run()

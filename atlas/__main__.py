"""Runs the command line: `atlas` where the package is installed, `python -m atlas`, or `build.py`."""

import sys
from contextlib import suppress
from pathlib import Path

from atlas.cli.main import main

INTERRUPTED = 130
"""The exit code of a process that Ctrl-C ends, as shells give it: 128 and the number of the signal."""


def run(home: Path | None = None) -> None:
    """Run the command of the command line, and end the process with its exit code.

    Args:
        home: the folder to build if --root names none; by default the current folder.
    """
    try:
        code = main(home=home)
    except BrokenPipeError:  # the reader of the output has ended, such as `head`
        code = 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        code = INTERRUPTED
    with suppress(OSError):
        sys.stdout.close()
    sys.exit(code)


if __name__ == "__main__":
    run()

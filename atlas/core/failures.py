"""Reports an exception of the engine: what it was reading or rendering, and what to send to the maintainers.

Mistakes of authors are problems. An exception is a mistake of the engine and ends in one line and one
report.
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from atlas.core.output import write_text
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule

REPORT: Final = ".cache/failure.txt"
"""Where the report for the maintainers is kept, in the folder of the atlas."""
_HOME: Final = f"{Path(__file__).resolve().parent.parent}/"
_PYTHON: Final = f"{Path(traceback.__file__).resolve().parent}/"
_LINES: Final = 60


class EngineFailure(Exception):
    """Raised in place of another exception, with what the engine was at. It holds texts only, so that any process
    can hand it on.
    """

    def __init__(self, path: str, error: str, trace: str) -> None:
        super().__init__(path, error, trace)
        self.path, self.error, self.trace = path, error, trace


@contextmanager
def at_work_on(path: str) -> Iterator[None]:
    """Name the file or page that some work is on in whatever exception it raises."""
    try:
        yield
    except EngineFailure:
        raise
    except Exception as error:
        raise _failure(error, path) from error


def report_failure(error: Exception, root: Path) -> Problem:
    """Report an exception that reached the end of a command or of a reading of the preview.

    The report for the maintainers is written into the folder of the atlas, or shown where that cannot be written.

    Args:
        error: the exception.
        root: the folder of the atlas.

    Returns:
        The one problem that is shown: what was being read or made, and what to send to the maintainers.
    """
    own = error if isinstance(error, EngineFailure) else _failure(error, "")
    message = f"the engine failed here; this is not your mistake: {own.error}"
    hint = f"send {REPORT} to the maintainers, with this file; until then take back the last change"
    problem = Problem(Span(own.path), Rule.ENGINE_FAILURE, message, hint)
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    report = f"{problem}\n{system}\ncommand: {' '.join(sys.argv[1:]) or 'build'}\n\n{own.trace}"
    try:
        write_text(root / REPORT, report)
    except OSError:
        print(report, file=sys.stderr)
    return problem


def _failure(error: Exception, path: str) -> EngineFailure:
    """An exception as texts: its last lines, with no folder of the machine but those of the engine and of Python."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    trace = "\n".join(lines[:4] + lines[-_LINES:] if len(lines) > _LINES else lines)
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return EngineFailure(path, words, trace.replace(_HOME, "").replace(_PYTHON, "python/") + "\n")

"""Reports an exception of the engine: what it was reading or rendering, and what to send to the maintainers.

Mistakes of authors are problems. An exception is a bug of the engine and ends in one line and one report.
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
"""The path of the report for the maintainers, relative to the folder of the atlas."""
_HOME: Final = f"{Path(__file__).resolve().parent.parent}/"
_PYTHON: Final = f"{Path(traceback.__file__).resolve().parent}/"
_LINES: Final = 60


class EngineFailure(Exception):
    """An exception of the engine, with the file or page that was being processed.

    It holds only texts, so it can be passed between processes.

    Attributes:
        path: the file or page, "" where none is known.
        error: the type and message of the original exception.
        trace: its traceback.
    """

    def __init__(self, path: str, error: str, trace: str) -> None:
        super().__init__(path, error, trace)
        self.path, self.error, self.trace = path, error, trace


@contextmanager
def at_work_on(path: str) -> Iterator[None]:
    """Add the name of a file or page to any exception that the work inside raises.

    Args:
        path: the file or page that the work is on.

    Raises:
        EngineFailure: in place of the original exception.
    """
    try:
        yield
    except EngineFailure:
        raise
    except Exception as error:
        raise _failure(error, path) from error


def report_failure(error: Exception, root: Path) -> Problem:
    """Report an exception that reached the end of a command or of a reading of the preview.

    The report for the maintainers is written into the folder of the atlas, or printed if it cannot be written.

    Args:
        error: the exception.
        root: the folder of the atlas.

    Returns:
        The one problem that is shown: what was being read or made, and what to send to the maintainers.
    """
    own = error if isinstance(error, EngineFailure) else _failure(error, "")
    message = f"the engine failed here; this is not your mistake: {own.error}"
    hint = f"send {REPORT} to the maintainers, with this file; until then undo the last change"
    problem = Problem(Span(own.path), Rule.ENGINE_FAILURE, message, hint)
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    report = f"{problem}\n{system}\ncommand: {' '.join(sys.argv[1:]) or 'build'}\n\n{own.trace}"
    try:
        write_text(root / REPORT, report)
    except OSError:
        print(report, file=sys.stderr)
    return problem


def _failure(error: Exception, path: str) -> EngineFailure:
    """Convert an exception to texts, its traceback shortened and without local folders above the engine and Python."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    trace = "\n".join(lines[:4] + lines[-_LINES:] if len(lines) > _LINES else lines)
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return EngineFailure(path, words, trace.replace(_HOME, "").replace(_PYTHON, "python/") + "\n")

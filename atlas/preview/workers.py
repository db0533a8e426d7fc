"""Runs the worker process of the preview, which reads the atlas and renders its pages.

Every request gets an answer: a process that dies or does not answer is replaced and reported, and the
answer is then a `Failed`. Background work, the check of all pages, stops when a request arrives.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from ctypes import c_int
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from atlas.build.options import ReadOptions
from atlas.core.failures import report_failure
from atlas.core.problems import NOWHERE, Problem
from atlas.core.rules import Rule
from atlas.preview.session import PreviewSession

PATIENCE = 60.0
"""The time limit of an answer in seconds, to which `_PER_FILE` is added for each file of the atlas."""
_PER_FILE = 0.02
_STEP = 200
"""How many pages are checked in the background before the server gets a report."""


class Failed(Struct, frozen=True):
    """The answer if the engine failed, with the problem."""

    problem: Problem


class WorkerProcess:
    """The worker process. Only one thread at a time may send it requests.

    Attributes:
        root: the folder of the atlas.
        options: how to read it.
        patience: the time limit of an answer in seconds, before the time for the files is added.
        files: the number of files of the atlas.
        starts: how often the process was started.
        failures: its failures since the last reading.
        state: a number that grows whenever pages may have changed, also when the process is replaced.
    """

    def __init__(self, root: Path, options: ReadOptions, patience: float = PATIENCE) -> None:
        self.root, self.options, self.patience = root, options, patience
        self.failures: tuple[Problem, ...] = ()
        self.state = self.starts = self.files = self._states_before = 0
        self._found: tuple[Problem, ...] = ()
        self._waiting = RawValue(c_int, 0)
        self._ended, self._ready = False, True
        self._start()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the failures of the process, then the problems of the atlas at its last answer."""
        return (*self.failures, *self._found)

    def is_alive(self) -> bool:
        """Return whether the process is running."""
        return self.process.exitcode is None

    def _start(self) -> None:
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        arguments = (theirs, self._waiting, self.root, self.options)
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()
        self.starts += 1
        theirs.close()

    def wait(self, more: int) -> None:
        """Count the requests that wait: 1 for one more, -1 for one less."""
        self._waiting.value += more

    def ask(self, name: str, *arguments: object) -> Any:
        """Return the answer to `refresh`, `go_on`, `get` or `missing` of the session; a `Failed` if there is none.

        A request is sent again after the process has died, because something else may have ended it. If reading ends it
        twice, or it does not answer, it gets no other request before the next reading.
        """
        if name == "refresh":
            self.failures, self._ready = (), True
        for _ in range(2):
            if not self._ready or self._ended:
                break
            try:
                return self._asked(name, arguments)
            except (EOFError, OSError) as error:
                if not self._ended:
                    self._replace(name, error)
                if isinstance(error, TimeoutError):
                    break
        if self._ended:
            return None
        self._ready = self._ready and name != "refresh"
        if not self._ready:
            self.failures = tuple(replace(problem, rule=Rule.PREVIEW_FAILED) for problem in self.failures)
        return Failed(self.failures[-1])

    def _asked(self, name: str, arguments: tuple[object, ...]) -> Any:
        """Send a request and return the answer.

        Raises:
            EOFError: the process has died.
            OSError: the process has died.
            TimeoutError: it does not answer.
        """
        self.line.send((name, arguments))
        limit = self.patience + self.files * _PER_FILE
        if not wait([self.line, self.process.sentinel], limit):
            raise TimeoutError(f"did not answer for {limit:.0f} seconds")
        if not self.line.poll():  # a child of the process may hold the line open
            raise EOFError
        result, problems, state = self.line.recv()
        self.state = self._states_before + state
        if problems is not None:
            self._found = problems
        return result

    def _replace(self, name: str, error: Exception) -> None:
        """Start another process, which reads the atlas unless the failed request does so."""
        ended = self._restart()
        how = str(error) if isinstance(error, TimeoutError) else _ending(ended)
        doing = {"refresh": "reading the atlas", "go_on": "checking all pages"}.get(name, "making a page")
        message = f"the preview process that was {doing} {how}; another was started"
        hint = "if this happens again, undo the last change, and report it with the output of the terminal"
        self.failures = (Problem(NOWHERE, Rule.PREVIEW_RESTARTED, message, hint),)
        if name != "refresh":
            try:
                self._asked("refresh", ())
            except (EOFError, OSError):
                self._ready = False
                self._restart()

    def _restart(self) -> int:
        """Replace the process, and return the exit code of the old one."""
        self.process.kill()
        self.process.join()
        self.line.close()
        code = self.process.exitcode or 0
        self.state = self._states_before = self.state + 1  # a new session counts from 0 again
        self._start()
        return code

    def stop(self) -> None:
        """End the process at once, and start no other."""
        self._ended = True
        self.process.kill()


def _ending(code: int) -> str:
    """Return in words how a process ended.

    Args:
        code: its exit code, negative for a signal.
    """
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with the code {code}"


def _work(line: Connection, waiting: Any, root: Path, options: ReadOptions) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to stop
    session = PreviewSession(root, options)
    actions: dict[str, Callable[..., Any]] = {
        "refresh": session.refresh,
        "go_on": lambda: session.go_on(_STEP, lambda: waiting.value > 0),
        "get": session.get,
        "missing": session.missing,
    }
    sent: tuple[Problem, ...] | None = None
    with suppress(EOFError, BrokenPipeError):
        while True:
            name, arguments = line.recv()
            result: Any
            try:
                result = actions[name](*arguments)
            except Exception as error:  # an engine failure, which the page shows
                result = Failed(report_failure(error, root))
            if result is None and session.failure:  # the file may exist, but the engine could not read it
                result = Failed(session.failure)
            before, sent = sent, session.problems
            line.send((result, sent if sent != before else None, session.state))

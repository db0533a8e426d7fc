"""The working process of the preview: it reads the atlas and makes its pages, and is started anew when it dies.

What nobody waits for, the look through all pages, gives way as soon as somebody asks for something.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from contextlib import suppress
from ctypes import c_int
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import RawValue
from pathlib import Path
from typing import Any

from atlas.building import Options
from atlas.problems import Problem
from atlas.workshop import Workshop

_STEP = 200
"""Pages that are looked through before the server hears of it, if nobody asks for anything."""
_OFTEN = 20
"""Readings after which all of memory is tidied, which takes half a second for a thousand pages; else what is new."""


class Workers:
    """The working process, asked from one thread at a time. problems, state: those of the last answer.

    starts: how often it was started.
    """

    def __init__(self, root: Path, options: Options) -> None:
        self.root, self.options = root, options
        self.problems: tuple[Problem, ...] = ()
        self.state = self.starts = 0
        self._waiting = RawValue(c_int, 0)
        self._ended = False
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        arguments = (theirs, self._waiting, self.root, self.options)
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()
        self.starts += 1
        theirs.close()

    def wait(self, more: int) -> None:
        """Say that somebody begins to wait (1), or waits no more (-1)."""
        self._waiting.value += more

    def ask(self, name: str, *arguments: object) -> Any:
        """The answer to `refresh`, `go_on`, `get` or `missing` of the workshop; None where the process dies of it."""
        for _ in range(2):
            try:
                return self._asked(name, arguments)
            except (EOFError, OSError):
                if self._ended:
                    break
                self._start()
                with suppress(EOFError, OSError):
                    if name != "refresh":
                        self._asked("refresh", ())
        return None

    def _asked(self, name: str, arguments: tuple[object, ...]) -> Any:
        self.line.send((name, arguments))
        result, problems, self.state = self.line.recv()
        if problems is not None:
            self.problems = problems
        return result

    def stop(self) -> None:
        """End the process at once, and start no other."""
        self._ended = True
        self.process.kill()


def _work(line: Connection, waiting: Any, root: Path, options: Options) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to stop
    gc.disable()  # what can go is looked for when nobody waits
    workshop = Workshop(root, options)
    deeds: dict[str, Callable[..., Any]] = {
        "refresh": workshop.refresh,
        "go_on": lambda: workshop.go_on(_STEP, lambda: waiting.value > 0),
        "get": workshop.get,
        "missing": workshop.missing,
    }
    told, tidied = None, 0
    with suppress(EOFError, BrokenPipeError):
        while True:
            name, arguments = line.recv()
            result, problems = deeds[name](*arguments), workshop.problems
            line.send((result, problems if problems != told else None, workshop.state))
            told = problems
            if name == "go_on" and not waiting.value:
                tidied = _tidied(tidied, workshop.readings, through=bool(result))
            gc.freeze()  # an atlas is large and stays: it is not looked through again and again


def _tidied(before: int, now: int, *, through: bool) -> int:
    """Look for what nobody needs any more, all of it now and then; after how many readings that was done last.

    through: whether all pages have been looked through, so that there is time.
    """
    whole = through and now >= before + _OFTEN
    if whole:
        gc.unfreeze()
    gc.collect()
    return now if whole else before

"""Runs work on a list in several processes.

A forked child sees the memory of its parent, so nothing is sent to it. It writes its results to files at
once, so that no two processes hold all of them; where no file can be written, it keeps them in memory.
Without fork, with one core or with little to do, the work runs in this process.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from io import BufferedReader, RawIOBase
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_LEAST, _MUCH = 150, 1000
"""Items that are worth a second process, and those for which memory is worth a thought."""
_TICK = 16
"""Items between two words on how many are done."""
_BLOCK = 64
"""Neighbours of a long list that go to one process. They lie side by side in memory, which processes share as long as
only one of them looks at it: CPython counts who looks in the object itself. Those of a short list, or that are large,
are dealt out one by one: they are alike and cost alike."""


def map_in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    tick: Callable[[int], None] | None = None,
    least: int = _LEAST,
    large: int = 0,
) -> list[Result]:
    """The result of `work` on each item, in their order. An exception is raised here, wherever it was met.

    tick: told now and then how many items are done; least: items below which a second process costs more than it saves;
    large: how many of the first items are each a lot of work.
    """
    count = _processes(len(items), least)
    if count == 1:
        results: list[Result] = []
        _work(work, items, results.append, tick)
        return results
    return _divided(work, items, count, tick, large)


def _divided(
    work: Callable[[Item], Result], items: Sequence[Item], count: int, tick: Callable[[int], None] | None, large: int
) -> list[Result]:
    block = _BLOCK if len(items) >= _MUCH else 1
    dealt = [number % count if number < large else number // block % count for number in range(len(items))]
    parts = [[item for item, process in zip(items, dealt, strict=True) if process == own] for own in range(count)]
    with ExitStack() as stack:
        stores = [stack.enter_context(_Store()) for _ in parts]
        children = [_start(work, part, store) for part, store in zip(parts[1:], stores[1:], strict=True)]
        try:  # this process tells for all: they go on alike
            _work(work, parts[0], stores[0].put, tick and (lambda done: tick(done * count)))
        finally:
            raised = [_finish(*child, store) for child, store in zip(children, stores[1:], strict=True)]
        for error in raised:
            if error:
                raise error
        results = [store.results() for store in stores]
        return [next(results[process]) for process in dealt]


def run_in_process(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin some work in a process whose memory goes with it, if there can be one; who calls waits for the result."""
    if not hasattr(os, "fork"):
        return work
    stack = ExitStack()
    store = stack.enter_context(_Store())
    child = _start(lambda _: work(), [None], store)

    def wait() -> Result:
        with stack:
            error = _finish(*child, store)
            if error:
                raise error
            result: Result = next(store.results())
            return result

    return wait


def _work(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    put: Callable[[Result], None],
    tick: Callable[[int], None] | None,
) -> None:
    for number, item in enumerate(items):
        if tick and number % _TICK == 0:
            tick(number)
        put(work(item))


class _Store:
    """The results of one process: in a file that has no name, then in memory once nothing more can be written.

    filed: how many are in the file; rest: those in memory.
    """

    def __init__(self) -> None:
        self.file: RawIOBase | None = None
        self.filed = 0
        self.rest: list[Any] = []

    def __enter__(self) -> Self:
        with suppress(OSError):
            self.file = TemporaryFile(buffering=0)  # no part of what was written waits in a buffer
        return self

    def __exit__(self, *error: object) -> None:
        if self.file:
            self.file.close()

    def put(self, result: object) -> None:
        """Keep one result more."""
        if self.file and not self.rest and self._written(pickle.dumps(result, pickle.HIGHEST_PROTOCOL)):
            self.filed += 1
        else:
            self.rest.append(result)

    def _written(self, data: bytes) -> bool:
        assert self.file
        left = memoryview(data)
        try:
            while left:
                left = left[self.file.write(left) :]
        except OSError:  # the disk is full; what was begun is never read
            return False
        return True

    def results(self) -> Iterator[Any]:
        """All of them, in their order."""
        if self.file:
            self.file.seek(0)
            with BufferedReader(self.file) as file:
                for _ in range(self.filed):
                    yield pickle.load(file)  # noqa: S301 - our own process
        yield from self.rest


def _processes(items: int, least: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") and hasattr(os, "fork") else 1
    return max(1, min(cores, items // least))


def _start(work: Callable[[Item], Result], part: Sequence[Item], store: _Store) -> tuple[int, BinaryIO]:
    """A child at work, and the pipe that it tells through what came of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, os.fdopen(reading, "rb")
    os.close(reading)
    code = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            try:
                _work(work, part, store.put, None)
                told: object = (store.filed, store.rest)
            except Exception as error:  # the parent raises it
                told = error
            pickle.dump(told, pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)  # no clean-up of what belongs to the parent


def _finish(child: int, pipe: BinaryIO, store: _Store) -> BaseException | None:
    """Wait for a child; what it raised, if anything."""
    with pipe:
        try:
            told = pickle.load(pipe)  # noqa: S301 - our own child
        except (EOFError, pickle.UnpicklingError):
            told = RuntimeError("a part of the build ended early")
    os.waitpid(child, 0)
    if isinstance(told, BaseException):
        return told
    store.filed, store.rest = told
    return None

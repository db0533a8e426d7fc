"""Work on a long list, shared among the cores of the machine.

A forked child sees all that its parent has made, so nothing is sent to it; what it makes comes back
through a pipe. Where there is no fork, one core or little to do, the work is done in place.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from typing import BinaryIO, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_LEAST = 150
"""Items below which a second process costs more than it saves."""
_TICK = 16
"""Items between two words on how many are done."""


def shared(
    work: Callable[[Item], Result], items: Sequence[Item], tick: Callable[[int], None] | None = None
) -> list[Result]:
    """The result of `work` on each item, in their order. An exception is raised here, wherever it was met.

    tick: told now and then how many items are done.
    """
    count = _processes(len(items))
    if count == 1:
        return _worked(work, items, 1, tick)
    # Neighbours are alike and cost alike: dealt out in turn, every process gets its share of each sort.
    parts = [items[start::count] for start in range(count)]
    children = [_start(work, part) for part in parts[1:]]
    try:
        done = [_worked(work, parts[0], count, tick)]
    finally:
        rest = [_finish(*child) for child in children]
    for result in rest:
        if isinstance(result, BaseException):
            raise result
    done += rest  # type: ignore[arg-type]
    return [done[number % count][number // count] for number in range(len(items))]


def _worked(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int, tick: Callable[[int], None] | None
) -> list[Result]:
    """The results of one process, which tells for all: they go on alike."""
    if tick is None:
        return [work(item) for item in items]
    results = []
    for number, item in enumerate(items):
        if number % _TICK == 0:
            tick(number * processes)
        results.append(work(item))
    return results


def _processes(items: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") and hasattr(os, "fork") else 1
    return max(1, min(cores, items // _LEAST))


def _start(work: Callable[[Item], Result], part: Sequence[Item]) -> tuple[int, BinaryIO]:
    """A child at work, and the pipe that its results will come through."""
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
                results: object = [work(item) for item in part]
            except Exception as error:  # the parent raises it
                results = error
            pickle.dump(results, pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)  # no clean-up of what belongs to the parent


def _finish(child: int, pipe: BinaryIO) -> object:
    with pipe:
        try:
            result: object = pickle.load(pipe)  # noqa: S301 - our own child
        except (EOFError, pickle.UnpicklingError):
            result = RuntimeError("a part of the build ended early")
    os.waitpid(child, 0)
    return result

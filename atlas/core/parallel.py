"""Runs work on a list in several processes.

A forked child sees the memory of its parent, so nothing is sent to it: each process takes the next piece of the list
when it is done with one, so that all are at work until the end. It writes each result to a file at
once, so that no two processes hold all of them; if no file can be written, it keeps them in memory.
Without fork, with one core or with few items, the work runs in this process.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from math import ceil
from typing import Any, BinaryIO, Self, TypeVar

from atlas.core.result_store import ResultStore

Item = TypeVar("Item")
Result = TypeVar("Result")

_LEAST, _MUCH = 150, 1000
"""Number of items that justifies a second process, and number from which memory matters."""
_TICK = 16
"""Number of items between two reports of progress."""
_TIDY = 64
"""Number of items after which cyclic garbage is collected: a template that was rendered leaves some, with its view.
Only the objects made since the last time are searched, since what remains of those before is needed to the end.
"""
_BLOCK = 64
"""Number of neighbouring items of a long list that one process takes at a time. They are adjacent in memory, which
processes share as long as only one of them reads it, because CPython counts references in the object itself. Items of a
short list, and large ones, are taken one by one.
"""
_WIDTH, _PIECES = 2, 1000
"""Number of bytes of the number of a piece, and the most pieces of each sort: even the smallest pipe, of 4,096 bytes,
holds the numbers of all, so that writing them never waits.
"""


def map_in_processes(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    tick: Callable[[int], None] | None = None,
    least: int = _LEAST,
    large: int = 0,
) -> list[Result]:
    """Apply a function to each item of a list, in several processes where that saves time.

    Args:
        work: the function.
        items: the list.
        tick: called from time to time with the number of items that are done.
        least: number of items below which a second process costs more than it saves.
        large: number of items at the start of the list that are each a lot of work.

    Returns:
        The results in the order of the items.

    Raises:
        Exception: what `work` raised, in any of the processes.
    """
    count, work = _processes(len(items), least), _collecting(work)
    gc.freeze()  # garbage is looked for among the objects that the work makes
    try:
        if count > 1 or len(items) >= _MUCH:
            return _divided(work, items, count, tick, large)
        results: list[Result] = []
        _work(work, items, results.append, tick)
        return results
    finally:
        gc.unfreeze()


def _divided(
    work: Callable[[Item], Result], items: Sequence[Item], count: int, tick: Callable[[int], None] | None, large: int
) -> list[Result]:
    pieces = _pieces(len(items), large)
    found: list[Any] = [None] * len(items)
    with ExitStack() as stack:
        queue = stack.enter_context(_Queue(len(pieces)))
        stores = [ResultStore() for _ in range(count)]

        def share(store: ResultStore, tick: Callable[[int], None] | None) -> None:
            for number in queue:
                store.taken.append(number)
                _work(work, [items[place] for place in pieces[number]], store.put, tick, pieces[number].start)

        children = [_start(partial(share, store, None), store) for store in stores[1:]]
        try:  # the progress of this process is shown for all: they take turns
            if tick:
                tick(0)
            share(stores[0], tick)
        finally:
            raised = [_finish(*child, store) for child, store in zip(children, stores[1:], strict=True)]
        for error in raised:
            if error:
                raise error
        for store in stores:
            results = store.results()
            for number in store.taken:
                for place in pieces[number]:
                    found[place] = next(results)
    return found


def _collecting(work: Callable[[Item], Result]) -> Callable[[Item], Result]:
    """Return a function that does the same, and collects garbage after every few items that its process has done."""
    done = 0

    def own(item: Item) -> Result:
        nonlocal done
        result = work(item)
        done += 1
        if done % _TIDY == 0:
            gc.collect(0)
        return result

    return own


def _pieces(count: int, large: int) -> list[range]:
    """Divide a list into the pieces that processes take: the large items one by one, then the others."""
    alone = min(large, _PIECES)
    block = max(_BLOCK, ceil((count - alone) / _PIECES)) if count >= _MUCH else 1
    return [
        *(range(place, place + 1) for place in range(alone)),
        *(range(place, min(place + block, count)) for place in range(alone, count, block)),
    ]


def _work(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    put: Callable[[Result], None],
    tick: Callable[[int], None] | None,
    first: int = 0,
) -> None:
    for number, item in enumerate(items, first):
        if tick and number % _TICK == 0:
            tick(number)
        put(work(item))


class _Queue:
    """The numbers of the pieces that no process has taken yet: a pipe, from which each process reads the next number.

    Args:
        count: the number of pieces.
    """

    def __init__(self, count: int) -> None:
        self.reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(b"".join(number.to_bytes(_WIDTH, "big") for number in range(count)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        os.close(self.reading)

    def __iter__(self) -> Iterator[int]:
        while number := os.read(self.reading, _WIDTH):
            yield int.from_bytes(number, "big")


def _processes(items: int, least: int) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") and hasattr(os, "fork") else 1
    return max(1, min(cores, items // least))


def _start(share: Callable[[], None], store: ResultStore) -> tuple[int, BinaryIO]:
    """Fork a child that does its share of the work, and return its process id and the pipe that it reports through."""
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
                share()
                outcome: object = (store.taken, store.filed, store.rest)
            except Exception as error:  # the parent raises it
                outcome = error
            pickle.dump(outcome, pipe, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)  # no clean-up of what belongs to the parent


def _finish(child: int, pipe: BinaryIO, store: ResultStore) -> BaseException | None:
    """Wait for a child, and return the exception that it raised, if any."""
    with pipe:
        try:
            outcome = pickle.load(pipe)  # noqa: S301 - our own child
        except (EOFError, pickle.UnpicklingError):
            outcome = RuntimeError("a part of the build ended early")
    os.waitpid(child, 0)
    if isinstance(outcome, BaseException):
        return outcome
    store.taken, store.filed, store.rest = outcome
    return None

"""Work shared among processes: the same results in the same order, whatever happens on the way."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import pytest
from processes import files_of_at_most, two_processes

from atlas.build.memory import without_collection
from atlas.core.parallel import map_in_processes


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 299, 300, 301, 1000])
def test_every_item_has_its_result_in_its_place(count: int) -> None:
    assert map_in_processes(lambda number: number * 3, list(range(count))) == [number * 3 for number in range(count)]


@two_processes
def test_several_processes_work_and_each_on_neighbours() -> None:
    workers = map_in_processes(lambda number: os.getpid(), list(range(1280)))

    assert all(len(set(workers[start : start + 64])) == 1 for start in range(0, 1280, 64))


@two_processes
@pytest.mark.parametrize(("count", "large"), [(400, 0), (1280, 10)])
def test_while_one_process_is_busy_the_others_do_the_rest(count: int, large: int) -> None:
    reading, writing = os.pipe()

    def work(number: int) -> int:
        if number == 0:
            os.read(reading, 1)  # it waits until the last item is done
        if number == count - 1:
            os.write(writing, b"x")
        return os.getpid()

    workers = map_in_processes(work, list(range(count)), large=large)
    assert len(set(workers)) > 1
    assert workers.count(workers[0]) == 1
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize("bad", [3, 20, 599])
def test_an_exception_is_raised_wherever_it_was_met(bad: int) -> None:
    def work(number: int) -> int:
        if number == bad:
            raise LookupError(str(number))
        return number

    with pytest.raises(LookupError, match=str(bad)):
        map_in_processes(work, list(range(600)))


@two_processes
def test_a_process_that_dies_is_reported() -> None:
    parent = os.getpid()
    reading, writing = os.pipe()
    waited: list[bytes] = []

    def work(number: int) -> int:
        if os.getpid() != parent:
            os.write(writing, b"x")
            os._exit(9)
        waited.append(b"" if waited else os.read(reading, 1))  # until the other process has taken something
        return number

    with pytest.raises(RuntimeError, match="ended early"):
        map_in_processes(work, list(range(600)))
    os.close(reading)
    os.close(writing)


@two_processes
@pytest.mark.parametrize("size", [0, 5000, 40_000])
def test_where_no_file_can_grow_the_results_stay_in_memory(size: int) -> None:
    with files_of_at_most(size):
        made = map_in_processes(lambda number: bytes([number % 256]) * 100, list(range(1000)))

    assert made == [bytes([number % 256]) * 100 for number in range(1000)]


@two_processes
def test_where_no_file_can_be_made_the_results_stay_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))

    assert map_in_processes(str, list(range(600))) == [str(number) for number in range(600)]


@pytest.mark.parametrize("count", [400, 1000])
def test_garbage_of_the_work_is_collected(count: int) -> None:
    class Knot:
        alive = 0

        def __init__(self) -> None:
            self.own = self
            Knot.alive += 1

        def __del__(self) -> None:
            Knot.alive -= 1

    def work(number: int) -> int:
        Knot()
        return Knot.alive

    with without_collection():
        assert max(map_in_processes(work, list(range(count)))) <= 128
    assert gc.get_freeze_count() == 0


def test_progress_is_reported() -> None:
    reported: list[int] = []

    map_in_processes(str, list(range(640)), reported.append)

    assert reported == sorted(reported)
    assert reported[0] == 0
    assert reported[-1] < 640


@pytest.mark.parametrize(("count", "large"), [(640, 10), (640, 640), (20_000, 13_000)])
def test_with_large_items_all_keep_their_places(count: int, large: int) -> None:
    assert map_in_processes(str, list(range(count)), large=large) == [str(number) for number in range(count)]

"""StoredBytes that are needed late: in a file until they are read, and in memory where no file can grow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from processes import files_of_at_most, two_processes

from atlas.core.parallel import map_in_processes
from atlas.core.result_store import StoredBytes


@pytest.mark.parametrize("count", [10, 600, 1000])
def test_bytes_that_are_needed_late_are_what_they_were(count: int) -> None:
    made = map_in_processes(lambda number: (number, StoredBytes(str(number).encode() * 1000)), list(range(count)))

    assert [(number, own.read(), len(own)) for number, own in reversed(made)] == [
        (number, str(number).encode() * 1000, 1000 * len(str(number))) for number in reversed(range(count))
    ]


@two_processes
def test_bytes_that_are_needed_late_are_not_in_memory() -> None:
    before = memory_in_use()
    made = map_in_processes(lambda number: StoredBytes(os.urandom(200_000)), list(range(1000)))

    assert memory_in_use() - before < 100_000_000
    assert sum(len(own.read()) for own in made) == 200_000_000


def memory_in_use() -> int:
    """The memory of this process, in bytes, without the files that it has open."""
    return int(Path("/proc/self/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")


@two_processes
def test_other_processes_read_such_bytes_at_the_same_time() -> None:
    made = map_in_processes(lambda number: StoredBytes(bytes([number % 256]) * 50_000), list(range(600)))

    read = map_in_processes(lambda own: own.read()[0], made)

    assert read == [number % 256 for number in range(600)]


@two_processes
@pytest.mark.parametrize("size", [0, 5000, 40_000])
def test_where_no_file_can_grow_such_bytes_stay_in_memory(size: int) -> None:
    with files_of_at_most(size):
        made = map_in_processes(lambda number: StoredBytes(bytes([number % 256]) * 100), list(range(1000)))

        assert [own.read() for own in made] == [bytes([number % 256]) * 100 for number in range(1000)]

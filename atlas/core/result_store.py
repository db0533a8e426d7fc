"""Holds the results of one process of several in files, until another process or a later step reads them.

Bytes of a result that are needed late, one after the other (`StoredBytes`), remain in a file of their own.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedReader, BytesIO
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from weakref import finalize


class StoredBytes:
    """Bytes that are in memory, or in the file of the process that made them until they are read."""

    __slots__ = ("_size", "_source")

    def __init__(self, source: bytes | tuple[_File, int, int]) -> None:
        """Take bytes, or a file with the place of the bytes in it and their size."""
        self._source = source
        self._size = len(source) if isinstance(source, bytes) else source[2]

    def __len__(self) -> int:
        return self._size

    def __reduce__(self) -> tuple[type[StoredBytes], tuple[bytes]]:
        return StoredBytes, (self.read(),)

    def read(self) -> bytes:
        """Return the bytes."""
        if isinstance(self._source, bytes):
            return self._source
        file, place, size = self._source
        return file.read(place, size)


class _File:
    """An unnamed file, which is closed when nothing refers to it any more.

    Attributes:
        size: number of bytes written.
    """

    def __init__(self) -> None:
        self.raw = TemporaryFile(buffering=0)  # noqa: SIM115 - all that is written goes to the file at once
        self.size = 0
        finalize(self, self.raw.close)

    def write(self, data: bytes) -> None:
        """Add bytes at the end.

        Raises:
            OSError: not all could be written.
        """
        left = memoryview(data)
        while left:
            left = left[self.raw.write(left) :]
        self.size += len(data)

    def read(self, place: int, size: int) -> bytes:
        """Return the bytes at a place."""
        if hasattr(os, "pread"):  # forked processes share the position in the file
            return os.pread(self.raw.fileno(), size, place)
        self.raw.seek(place)
        return self.raw.read(size)


class _Pickler(pickle.Pickler):
    """Encodes a result, and writes its `StoredBytes` to a file of their own."""

    def __init__(self, encoded: BytesIO, file: _File) -> None:
        super().__init__(encoded, pickle.HIGHEST_PROTOCOL)
        self.file = file

    def persistent_id(self, own: object) -> tuple[int, int] | None:
        """Return the place and size of `StoredBytes` in the file; None for all else."""
        if type(own) is not StoredBytes:
            return None
        place = self.file.size
        self.file.write(own.read())
        return place, len(own)


class _Unpickler(pickle.Unpickler):
    """Decodes a result whose `StoredBytes` are in a file."""

    def __init__(self, encoded: BinaryIO, file: _File) -> None:
        super().__init__(encoded)
        self.file = file

    def persistent_load(self, pid: tuple[int, int]) -> StoredBytes:
        """Return `StoredBytes` by their place and size."""
        return StoredBytes((self.file, *pid))


class ResultStore:
    """The results of one process: in an unnamed file, and in memory once the file cannot grow.

    Attributes:
        taken: the pieces that the process has taken, in their order.
        files: a file for results and one for their `StoredBytes`; none if they cannot be made.
        filed: number of results in the file.
        rest: the results in memory.
    """

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.files: tuple[_File, _File] | None = None
        self.filed = 0
        self.rest: list[Any] = []
        with suppress(OSError):
            self.files = _File(), _File()

    def put(self, result: object) -> None:
        """Add one result."""
        if not self.rest and self._written(result):
            self.filed += 1
        else:
            self.rest.append(result)

    def _written(self, result: object) -> bool:
        if self.files is None:
            return False
        encoded = BytesIO()
        try:
            _Pickler(encoded, self.files[1]).dump(result)
            self.files[0].write(encoded.getvalue())
        except OSError:  # the disk is full; a partial result is never read
            return False
        return True

    def results(self) -> Iterator[Any]:
        """Yield all results, in their order."""
        if self.files:
            self.files[0].raw.seek(0)
            encoded = BufferedReader(self.files[0].raw)
            try:
                for _ in range(self.filed):
                    yield _Unpickler(encoded, self.files[1]).load()
            finally:
                encoded.detach()  # the file is closed with its last use
        yield from self.rest

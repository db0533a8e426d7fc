"""Divides rows among small files. Where a row is depends on the rows alone, never on earlier builds.

Each row has a key, and the key a place: a number of 16 bits. All rows are in one file; a file above a limit is divided
by the next bit of the places (extendible hashing: Fagin, Nievergelt, Pippenger and Strong 1979). So a new row divides
at most its own file. The name of a file is the digest of its content.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from atlas.core.digests import short_digest

Tree: TypeAlias = str | list[Any]
"""The name of a file ("" for none), or two halves: the rows whose next bit is 0, and those whose next bit is 1."""
Edit: TypeAlias = Callable[[str, bytes], bytes]
"""Given a key and its value as JSON, returns the new value; b"" is no value."""

_BITS: Final = 16
_ROWS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode: Final = msgspec.json.Encoder().encode


def key_place(text: str) -> int:
    """Return the place of a text: its FNV-1a hash by code points, folded to 16 bits."""
    value = 0x811C9DC5
    for sign in text:
        value = (value ^ ord(sign)) * 0x01000193 & 0xFFFFFFFF
    return (value >> 16 ^ value) & 0xFFFF


def file_names(tree: Tree) -> Iterator[str]:
    """Yield the names of the files of a tree."""
    if isinstance(tree, str):
        if tree:
            yield tree
        return
    for half in tree:
        yield from file_names(half)


class Shards:
    """Rows in files.

    Args:
        tree: the present files.
        limit: the number of bytes above which a file with several places is divided.
        place: returns the place of a key.
        read: returns the bytes of a present file.

    Attributes:
        made: the new files, by name.
    """

    def __init__(self, tree: Tree, limit: int, place: Callable[[str], int], read: Callable[[str], bytes]) -> None:
        self.tree, self.limit, self.place, self._read = tree, limit, place, read
        self.made: dict[str, bytes] = {}

    def update(self, keys: Iterable[str], edit: Edit) -> None:
        """Change the values of some keys."""
        self.tree = self._updated(self.tree, [(self.place(key), key) for key in keys], 0, edit)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file, new or present."""
        return self.made[name] if name in self.made else self._read(name)

    def file(self, data: bytes) -> str:
        """Add a file, and return its name."""
        name = b32encode(short_digest(data)[:5]).decode().lower()
        self.made[name] = data
        return name

    def _updated(self, tree: Tree, keys: list[tuple[int, str]], depth: int, edit: Edit) -> Tree:
        if not keys:
            return tree
        if isinstance(tree, str):
            rows = self._rows(tree)
            for _, key in keys:
                value = edit(key, rows.pop(key, b""))
                if value:
                    rows[key] = value
            return self._divided([(self.place(key), key, value) for key, value in rows.items()], depth)
        halves = (
            self._updated(half, [row for row in keys if row[0] >> depth & 1 == bit], depth + 1, edit)
            for bit, half in enumerate(tree)
        )
        return self._joined(list(halves))

    def _joined(self, halves: list[Tree]) -> Tree:
        """Return two halves, or one file where both fit into it."""
        left, right = halves
        if not isinstance(left, str) or not isinstance(right, str):
            return halves
        if not left or not right:
            return left or right
        if self._size(left) + self._size(right) <= self.limit:
            return self._written(self._rows(left) | self._rows(right))
        return halves

    def _divided(self, rows: list[tuple[int, str, bytes]], depth: int) -> Tree:
        """Return the files of some rows."""
        size = sum(len(_encode(key)) + len(value) + 2 for _, key, value in rows)
        if size <= self.limit or len({place for place, _, _ in rows}) == 1:
            return self._written({key: value for _, key, value in rows})
        return self._joined(
            [self._divided([row for row in rows if row[0] >> depth & 1 == bit], depth + 1) for bit in (0, 1)]
        )

    def _size(self, name: str) -> int:
        """Return the size of the rows of a file: each with a colon and a comma."""
        return len(self.read(name)) - 1

    def _rows(self, name: str) -> dict[str, bytes]:
        return {key: bytes(value) for key, value in _ROWS.decode(self.read(name)).items()} if name else {}

    def _written(self, rows: Mapping[str, bytes]) -> str:
        if not rows:
            return ""
        return self.file(b"{" + b",".join(_encode(key) + b":" + rows[key] for key in sorted(rows)) + b"}")

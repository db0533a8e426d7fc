"""Keeps parsed records by the digest of their files, so that only changed files are parsed again.

An entry is valid for one key: the digest of the engine, of the declarations in content/site.yaml and of
the file's bytes. Entries are divided into shards, so that one edit rewrites a small part. They are
msgpack of known types: nothing in them can run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import TypeVar
from zlib import crc32

import msgspec

from atlas.core.memo import NO_MEMO, Memo

Value = TypeVar("Value")

_SHARDS = 64
_Shard = dict[str, tuple[str, msgspec.Raw]]
_SHARD = msgspec.msgpack.Decoder(_Shard)


def _nothing(name: str) -> bytes | None:
    return None


class ParseCache:
    """Parsed records by name and key, kept in shards.

    Args:
        read: returns the bytes of a shard as they were last written.
        common: the part that all keys share.
        digests: of the files, by path.
        write: replaces a shard; None where the cache cannot be written.
        memo: the results of the last reading in the same process.

    Attributes:
        declared: what else all entries depend on: the digest of the declarations of the atlas.
    """

    def __init__(
        self,
        read: Callable[[str], bytes | None] = _nothing,
        common: str = "",
        digests: Mapping[str, str] | None = None,
        write: Callable[[str, bytes], object] | None = None,
        memo: Memo = NO_MEMO,
    ) -> None:
        self.declared = ""
        self.read, self.common, self.digests, self.write = read, common, digests or {}, write
        self.shelves: dict[str, _Shard] = {}
        self.rows: dict[str, _Shard] = {}
        self.memo = memo

    def turn_to(self, digests: Mapping[str, str]) -> None:
        """Begin another reading in the same process; what the last reading asked for or kept is still available.

        Args:
            digests: of the files, by path.
        """
        self.digests = digests
        self.shelves, self.rows = self.rows, {place: {} for place in self.rows}

    def key(self, *paths: str) -> str:
        """Return the key of an entry that is read from these files."""
        parts = [self.common, self.declared, *(f"{path}\0{self.digests.get(path, '')}" for path in paths)]
        return sha256("\n".join(parts).encode()).hexdigest()

    def find(self, name: str, key: str) -> bytes | None:
        """Return the entry of a name, if it was kept under this key."""
        found = self._shard(name).get(name)
        if found is None or found[0] != key:
            return None
        self.rows[_place(name)][name] = found
        return bytes(found[1])

    def keep(self, name: str, key: str, row: bytes) -> None:
        """Keep an entry for later builds."""
        self._shard(name)
        self.rows[_place(name)][name] = (key, msgspec.Raw(row))

    def value(self, name: str, key: str, row: bytes, decode: Callable[[bytes], Value]) -> Value:
        """Return the decoded entry of a name and key; with a memo it is decoded once for all readings.

        Args:
            name: the name.
            key: the key.
            row: the entry.
            decode: decodes it.
        """
        return self.memo.get(("entry", name), (key,), lambda: decode(row))

    def shards(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the content of each shard, with the entries that were asked for or kept."""
        return ((place, msgspec.msgpack.encode(rows)) for place, rows in self.rows.items())

    def put_away(self) -> None:
        """Write the shards that have changed, with the entries that were asked for or kept, and forget them.

        It is called when everything is read. If the cache cannot be written, the entries stay in memory.
        """
        if self.write is None:
            return
        for place in list(self.rows):
            rows, before = self.rows.pop(place), self.shelves.pop(place)
            if rows != before:
                self.write(place, msgspec.msgpack.encode(rows))

    def _shard(self, name: str) -> _Shard:
        place = _place(name)
        if place not in self.shelves:
            data = self.read(place)
            try:
                self.shelves[place] = _SHARD.decode(data) if data else {}
            except msgspec.DecodeError:
                self.shelves[place] = {}
            self.rows[place] = {}
        return self.shelves[place]


def _place(name: str) -> str:
    return f"shard-{crc32(name.encode()) % _SHARDS:02}"

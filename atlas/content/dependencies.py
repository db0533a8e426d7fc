"""Tracks which entries of the atlas a page was made from.

Page code can read the atlas only through these tracked mappings. If every entry that a page read last
time is unchanged, making it again would read the same entries and give the same page, so it is skipped
(a verifying trace: Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018). Code that iterates
over a whole mapping depends on all of it and runs every time.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from atlas.content.linking import Atlas, Mention, Mentions
from atlas.content.model import Record
from atlas.core.digests import short_digest

Key = TypeVar("Key")
Value = TypeVar("Value")
Made = TypeVar("Made")

Dependency = tuple[str, str]
"""The name of a table and a key in it, or WHOLE for all of it."""
WHOLE = "*"
_LONG = 100
"""Number of bytes above which an entry is kept as a digest."""
_encode = msgspec.msgpack.Encoder().encode


class DependencyTracker:
    """The entries that were read since tracking began.

    Attributes:
        seen: the entries that were read.
        tables: for each table, a function from a key to a value that changes whenever the entry does.
    """

    def __init__(self) -> None:
        self.seen: set[Dependency] = set()
        self.tables: dict[str, Callable[[str], object]] = {}
        self._standing: dict[Dependency, bytes] = {}

    def table(self, name: str, stands: Callable[[str], object]) -> None:
        """Add a table.

        Args:
            name: its name.
            stands: returns for a key a value that msgpack can encode and that changes whenever the entry does.
        """
        self.tables[name] = stands

    def query(self, table: str, key: str) -> Any:
        """Return an entry of a table, and record only this entry as a dependency, not what it is computed from."""
        answer, _ = self.record(lambda: self.tables[table](key))
        self.seen.add((table, key))
        return answer

    def record(self, make: Callable[[], Made]) -> tuple[Made, frozenset[Dependency]]:
        """Call a function, and return its result with the entries that it read; `seen` is afterwards as before."""
        before, self.seen = self.seen, set()
        try:
            return make(), _short(self.seen)
        finally:
            self.seen = before

    def digest(self, tracker: Iterable[Dependency]) -> bytes:
        """Return a digest of the present values of some entries.

        Args:
            tracker: the entries.

        Returns:
            The digest, or b"" if one of them is a whole table or its table does not exist.
        """
        known = self._standing
        parts = [known[note] if note in known else self._stands(note) for note in tracker]
        return short_digest(b"".join(parts)) if all(parts) else b""

    def _stands(self, note: Dependency) -> bytes:
        """Return the present value of an entry in few bytes, preceded by their length."""
        table, key = note
        if key == WHOLE or table not in self.tables:
            found = b""
        else:
            data = _encode(self.tables[table](key))
            data = data if len(data) <= _LONG else short_digest(data)
            found = bytes((len(data),)) + data
        self._standing[note] = found
        return found


def _short(seen: set[Dependency]) -> frozenset[Dependency]:
    """Return the entries without single keys of a table that was read as a whole."""
    whole = {table for table, key in seen if key == WHOLE}
    return frozenset(note for note in seen if note[0] not in whole or note[1] == WHOLE) if whole else frozenset(seen)


class TrackedMapping(Mapping[Key, Value], Generic[Key, Value]):
    """A mapping that records which of its keys are read."""

    def __init__(
        self, tracker: DependencyTracker, name: str, entries: Mapping[Key, Value], show: Callable[[Any], str] = str
    ) -> None:
        self.tracker, self.name, self.entries, self.show = tracker, name, entries, show

    def __getitem__(self, key: Key) -> Value:
        self.tracker.seen.add((self.name, self.show(key)))
        return self.entries[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the entry of a key, or `default`."""
        self.tracker.seen.add((self.name, self.show(key)))
        return self.entries.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.tracker.seen.add((self.name, self.show(key)))
        return key in self.entries

    def values(self) -> ValuesView[Value]:
        """Return all entries."""
        self.tracker.seen.add((self.name, WHOLE))
        return self.entries.values()

    def items(self) -> ItemsView[Key, Value]:
        """Return all keys with their entries."""
        self.tracker.seen.add((self.name, WHOLE))
        return self.entries.items()

    def __iter__(self) -> Iterator[Key]:
        self.tracker.seen.add((self.name, WHOLE))
        return iter(self.entries)

    def __len__(self) -> int:
        self.tracker.seen.add((self.name, WHOLE))
        return len(self.entries)


def tracked(atlas: Atlas, tracker: DependencyTracker) -> Atlas:
    """Return the same atlas, with every read of its records and of the links between them recorded.

    The rest (the settings of the site, the cited works, the files) is small and seldom changes, so it is compared as a
    whole (`untracked_inputs`).
    """
    rows = atlas.rows

    def record(found: Record | None) -> object:
        return found and (found.id, rows[found.id])

    def mentions(found: tuple[Mention, ...]) -> object:
        # The slots of a mention are those of its text, which changes only with the row of its record.
        return [(one.record, rows[one.record], one.anchor, one.language, one.sentence, one.locator) for one in found]

    def table(name: str, entries: Mapping[str, Any], stands: Callable[[Any], object]) -> TrackedMapping[str, Any]:
        tracker.table(name, lambda key: stands(entries.get(key)))
        return TrackedMapping(tracker, name, entries)

    def tables(name: str, all: Mapping[str, Mentions]) -> dict[str, Mentions]:
        return {id: table(f"{name}/{id}", own, lambda found: mentions(found or ())) for id, own in all.items()}

    def listed(key: tuple[str, str]) -> str:
        return "/".join(key)

    tracker.table("listed", lambda key: atlas.listed.get((key.partition("/")[0], key.partition("/")[2])))
    return replace(
        atlas,
        records=table("records", atlas.records, record),
        addresses=table("addresses", atlas.addresses, record),
        ties=table("ties", atlas.ties, lambda found: found),
        listed=TrackedMapping(tracker, "listed", atlas.listed, listed),
        mentions=tables("mentions", atlas.mentions),
        cited_by=tables("cited-by", atlas.cited_by),
    )


def untracked_inputs(atlas: Atlas, digests: Mapping[str, str]) -> object:
    """Return the inputs that are used untracked: all files except those of records, and which works are cited.

    Args:
        atlas: the atlas.
        digests: of the files, by path.
    """
    translations = (one.path for record in atlas.records.values() for one in record.translations.values())
    noted = {*(record.path for record in atlas.records.values()), *translations}
    rest = [(path, value) for path, value in sorted(digests.items()) if path not in noted]
    return rest, [work.key for work in atlas.cited], sorted(atlas.shaky), sorted(atlas.broken_paths)


class Dependencies(Struct, frozen=True, array_like=True):
    """The entries that a page was made from.

    Attributes:
        keys: the keys that were read, by table.
        digest: the digest of their values at that time.
    """

    keys: Mapping[str, tuple[str, ...]]
    digest: bytes

    def stand(self, tracker: DependencyTracker) -> bool:
        """Return whether all entries that the page was made from are unchanged."""
        return self.digest == tracker.digest(self._notes())

    def _notes(self) -> Iterator[Dependency]:
        return ((table, key) for table, keys in self.keys.items() for key in keys)


def collect_dependencies(seen: Iterable[Dependency], tracker: DependencyTracker) -> Dependencies | None:
    """Return the dependencies of a page, or None if it read a whole table, so that it must be made every time.

    Args:
        seen: the entries that it read.
        tracker: the tracker that knows their present values.
    """
    ordered = sorted(seen)
    value = tracker.digest(ordered)
    if not value:
        return None
    tables = groupby(ordered, key=itemgetter(0))
    return Dependencies({table: tuple(key for _, key in own) for table, own in tables}, value)

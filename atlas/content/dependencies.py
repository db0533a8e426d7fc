"""Tracks which entries of the atlas a page was drawn from.

Page code can read the atlas only through these tracked mappings. If every entry that a page read last
time is unchanged, drawing it again would read the same entries and give the same page, so it is not drawn
(a verifying trace: Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018). Code that iterates
over a whole mapping depends on all of it and is drawn every time.
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
"""A table and a key in it; WHOLE for all of it."""
WHOLE = "*"
_LONG = 100
"""Bytes from which an entry is rather kept as a digest."""
_encode = msgspec.msgpack.Encoder().encode


class DependencyTracker:
    """What is looked at, from when somebody begins to take notes. seen: since then."""

    def __init__(self) -> None:
        self.seen: set[Dependency] = set()
        self.tables: dict[str, Callable[[str], object]] = {}
        self._standing: dict[Dependency, bytes] = {}

    def table(self, name: str, stands: Callable[[str], object]) -> None:
        """Make a table known. stands: what msgpack can write and changes whenever the entry of a key does."""
        self.tables[name] = stands

    def query(self, table: str, key: str) -> Any:
        """What stands in a table at a key: a note of the answer, not of all that it is worked out from."""
        answer, _ = self.record(lambda: self.tables[table](key))
        self.seen.add((table, key))
        return answer

    def record(self, make: Callable[[], Made]) -> tuple[Made, frozenset[Dependency]]:
        """What is made, with the notes that were taken meanwhile and are no longer among those seen."""
        before, self.seen = self.seen, set()
        try:
            return make(), _short(self.seen)
        finally:
            self.seen = before

    def digest(self, tracker: Iterable[Dependency]) -> bytes:
        """How the entries of some notes stand now; b"" where one is of all or of a table that is not there."""
        known = self._standing
        parts = [known[note] if note in known else self._stands(note) for note in tracker]
        return short_digest(b"".join(parts)) if all(parts) else b""

    def _stands(self, note: Dependency) -> bytes:
        """How an entry stands now, in few bytes, and of a length that they begin with."""
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
    """Notes without those of single keys of a table of which all was looked at."""
    whole = {table for table, key in seen if key == WHOLE}
    return frozenset(note for note in seen if note[0] not in whole or note[1] == WHOLE) if whole else frozenset(seen)


class TrackedMapping(Mapping[Key, Value], Generic[Key, Value]):
    """A table that takes a note of who looks at what in it."""

    def __init__(
        self, tracker: DependencyTracker, name: str, entries: Mapping[Key, Value], show: Callable[[Any], str] = str
    ) -> None:
        self.tracker, self.name, self.entries, self.show = tracker, name, entries, show

    def __getitem__(self, key: Key) -> Value:
        self.tracker.seen.add((self.name, self.show(key)))
        return self.entries[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """The entry of a key, or else `default`."""
        self.tracker.seen.add((self.name, self.show(key)))
        return self.entries.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.tracker.seen.add((self.name, self.show(key)))
        return key in self.entries

    def values(self) -> ValuesView[Value]:
        """All entries."""
        self.tracker.seen.add((self.name, WHOLE))
        return self.entries.values()

    def items(self) -> ItemsView[Key, Value]:
        """All keys with their entries."""
        self.tracker.seen.add((self.name, WHOLE))
        return self.entries.items()

    def __iter__(self) -> Iterator[Key]:
        self.tracker.seen.add((self.name, WHOLE))
        return iter(self.entries)

    def __len__(self) -> int:
        self.tracker.seen.add((self.name, WHOLE))
        return len(self.entries)


def tracked(atlas: Atlas, tracker: DependencyTracker) -> Atlas:
    """The same atlas, with a note of every look at its records and at what leads from one to another.

    The rest — what the site declares, the works that are cited, the files — is small and seldom changes: who compares
    two builds compares it as a whole.
    """
    rows = atlas.rows

    def record(found: Record | None) -> object:
        return found and (found.id, rows[found.id])

    def mentions(found: tuple[Mention, ...]) -> object:
        # The slots of a mention are those of its text, which is as the row of its record is.
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
    """What any page may be drawn from without a note of it: all files but those of records, and which works are cited.

    digests: of the files, by path.
    """
    translations = (one.path for record in atlas.records.values() for one in record.translations.values())
    noted = {*(record.path for record in atlas.records.values()), *translations}
    rest = [(path, value) for path, value in sorted(digests.items()) if path not in noted]
    return rest, [work.key for work in atlas.cited], sorted(atlas.shaky), sorted(atlas.broken_paths)


class Dependencies(Struct, frozen=True, array_like=True):
    """What a page was drawn from: the keys that were looked at, by table, and the digest of how they stood."""

    keys: Mapping[str, tuple[str, ...]]
    digest: bytes

    def stand(self, tracker: DependencyTracker) -> bool:
        """Whether all that the page was drawn from stands as it stood."""
        return self.digest == tracker.digest(self._notes())

    def _notes(self) -> Iterator[Dependency]:
        return ((table, key) for table, keys in self.keys.items() for key in keys)


def collect_dependencies(seen: Iterable[Dependency], tracker: DependencyTracker) -> Dependencies | None:
    """What a page was drawn from; None where it looked at all of something, so that it is to be drawn each time."""
    ordered = sorted(seen)
    value = tracker.digest(ordered)
    if not value:
        return None
    tables = groupby(ordered, key=itemgetter(0))
    return Dependencies({table: tuple(key for _, key in own) for table, own in tables}, value)

"""Tracks which entries of the atlas a page was made from.

Page code can read the atlas only through these tracked mappings and records. If every entry and every field
that a page read last time is unchanged, making it again would read the same and give the same page, so it is
skipped (a verifying trace: Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018).
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from itertools import groupby
from operator import itemgetter
from types import MethodType
from typing import Any, Generic, Protocol, TypeVar, cast
from weakref import WeakMethod

import msgspec
from msgspec import Struct, field

from atlas.content.linking import Atlas, Mention, Mentions
from atlas.content.model import Record
from atlas.core.digests import short_digest
from atlas.markdown.slots import SLOT

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
        wholes: for tables that can be read as a whole, a function to a value that changes whenever any of it does.
    """

    def __init__(self) -> None:
        self.seen: set[Dependency] = set()
        self.tables: dict[str, Callable[[str], object]] = {}
        self.wholes: dict[str, Callable[[], object]] = {}
        self._standing: dict[Dependency, bytes] = {}

    def table(self, name: str, value_of: Callable[[str], object], whole: Callable[[], object] | None = None) -> None:
        """Add a table.

        If a method is given, its object is held weakly: it holds the tracker, and a cycle would keep an old plan in
        memory.

        Args:
            name: its name.
            value_of: returns for a key a value that msgpack can encode and that changes whenever the entry does.
            whole: returns such a value for the whole table, if code may read it as a whole.
        """
        self.tables[name] = _weak(value_of) if isinstance(value_of, MethodType) else value_of
        if whole:
            self.wholes[name] = whole

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
            The digest, or b"" if a table does not exist or cannot be read as a whole.
        """
        known = self._standing
        parts = [known[note] if note in known else self._value_of(note) for note in tracker]
        return short_digest(b"".join(parts)) if all(parts) else b""

    def _value_of(self, note: Dependency) -> bytes:
        """Return the present value of an entry in few bytes, preceded by their length."""
        table, key = note
        if table not in (self.wholes if key == WHOLE else self.tables):
            found = b""
        else:
            data = _encode(self.wholes[table]() if key == WHOLE else self.tables[table](key))
            data = data if len(data) <= _LONG else short_digest(data)
            found = bytes((len(data),)) + data
        self._standing[note] = found
        return found


def _weak(method: MethodType) -> Callable[[str], object]:
    """Return a function that calls a method without keeping its object in memory."""
    reference = WeakMethod(method)

    def call(key: str) -> object:
        own = reference()
        assert own, "the object of a table is kept by the plan"
        return own(key)

    return call


def _short(seen: set[Dependency]) -> frozenset[Dependency]:
    """Return the entries without single keys of a table that was read as a whole."""
    whole = {table for table, key in seen if key == WHOLE}
    return frozenset(note for note in seen if note[0] not in whole or note[1] == WHOLE) if whole else frozenset(seen)


class Tracking(Protocol):
    """An object that reads a tracked atlas."""

    @property
    def tracker(self) -> DependencyTracker:
        """Return the tracker of the atlas."""


class tracked_property(Generic[Made]):
    """A property that is computed on its first use; each use records the dependencies of its value."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self.make, self.name = make, f"_{make.__name__}"
        self.__doc__ = make.__doc__

    def __get__(self, owner: Tracking, kind: object = None) -> Made:
        known = vars(owner)
        if self.name not in known:
            known[self.name] = owner.tracker.record(lambda: self.make(owner))
        made, seen = known[self.name]
        owner.tracker.seen |= seen
        return cast(Made, made)


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


class TrackedRecord:
    """A record that records which of its fields are read; it has the fields, properties and methods of `Record`."""

    __slots__ = ("_record", "_tracker", "id")

    def __init__(self, record: Record, tracker: DependencyTracker) -> None:
        self.id, self._record, self._tracker = record.id, record, tracker


def _field_table(field: str) -> str:
    """Return the name of the table of a field of all records."""
    return f"record/{field}"


def _read(field: str) -> property:
    table = _field_table(field)

    def read(self: TrackedRecord) -> object:
        self._tracker.seen.add((table, self.id))
        return getattr(self._record, field)

    return property(read)


_FIELDS = tuple(field for field in Record.__struct_fields__ if field != "id")
for _name, _own in vars(Record).items():
    if not _name.startswith("_") and _name not in Record.__struct_fields__:
        setattr(TrackedRecord, _name, _own)  # they read the fields of the tracked record
for _name in _FIELDS:
    setattr(TrackedRecord, _name, _read(_name))


class TrackedAtlas(Atlas, frozen=True):
    """An atlas of which every read of its records and of the links between them is recorded."""

    tracker: DependencyTracker = field(default_factory=DependencyTracker)
    all: Mapping[str, Record] = field(default_factory=dict)

    def family(self, name: str) -> tuple[Record, ...]:
        """Return the records of a family, by id."""
        return tuple(self.all[id] for id in self.tracker.query("family", name))


def tracked(atlas: Atlas, tracker: DependencyTracker) -> Atlas:
    """Return the same atlas, with every read of its records and of the links between them recorded.

    The rest (the settings of the site, the cited works, the files) is small and seldom changes, so it is compared as a
    whole (`untracked_inputs`).
    """
    # Only what records their reads looks like a record to the code of pages.
    records = {id: cast(Record, TrackedRecord(record, tracker)) for id, record in atlas.records.items()}

    # These functions hold the entries as they are, and not those that hold the tracker.
    def table(
        name: str, entries: Mapping[Any, Any], value_of: Callable[[Any], object], show: Callable[[Any], str] = str
    ) -> None:
        known = {show(key): entry for key, entry in entries.items()} if show is not str else entries
        tracker.table(
            name,
            lambda key: value_of(known[key]) if key in known else None,
            lambda: [(key, value_of(entry)) for key, entry in known.items()],
        )

    def mapping(
        name: str, entries: Mapping[Any, Any], value_of: Callable[[Any], object], show: Callable[[Any], str] = str
    ) -> TrackedMapping[Any, Any]:
        table(name, entries, value_of, show)
        return TrackedMapping(tracker, name, entries, show)

    def mappings(name: str, all: Mapping[str, Mentions]) -> dict[str, Mentions]:
        return {id: mapping(f"{name}/{id}", own, lambda found: list(map(_mention, found))) for id, own in all.items()}

    def field_of(field: str) -> Callable[[str], object]:
        return lambda id: getattr(atlas.records[id], field) if id in atlas.records else None

    for name in _FIELDS:
        tracker.table(_field_table(name), field_of(name))
    tracker.table("family", lambda name: [record.id for record in atlas.family(name)])
    table("records", atlas.records, lambda found: found.id)
    table("addresses", atlas.addresses, lambda found: found.id)
    addresses = {path: records[one.id] for path, one in atlas.addresses.items()}
    own = {
        **{name: getattr(atlas, name) for name in atlas.__struct_fields__},
        "records": TrackedMapping(tracker, "records", records),
        "addresses": TrackedMapping(tracker, "addresses", addresses),
        "ties": mapping("ties", atlas.ties, lambda found: found),
        "listed": mapping("listed", atlas.listed, lambda found: found, "/".join),
        "mentions": mappings("mentions", atlas.mentions),
        "cited_by": mappings("cited-by", atlas.cited_by),
    }
    return TrackedAtlas(**own, tracker=tracker, all=records)


def _mention(one: Mention) -> object:
    """Return what a page shows of a mention; of the slots of its text only those in its sentence."""
    slots = [one.slots[int(found[1])] for found in SLOT.finditer(one.sentence)]
    return one.record, one.anchor, one.language, one.sentence, slots, one.locator


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

    def is_current(self, tracker: DependencyTracker) -> bool:
        """Return whether all entries that the page was made from are unchanged."""
        return self.digest == tracker.digest(self._notes())

    def _notes(self) -> Iterator[Dependency]:
        return ((table, key) for table, keys in self.keys.items() for key in keys)


def collect_dependencies(seen: Iterable[Dependency], tracker: DependencyTracker) -> Dependencies | None:
    """Return the dependencies of a page, or None if one of them has no value, so that it must be made every time.

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

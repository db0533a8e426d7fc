"""Tracks which entries of the atlas a page was made from.

Page code can read the atlas only through tracked tables (`tracked_atlas`). If every entry that a page read last
time is unchanged, making it again would read the same and give the same page, so it is skipped (a verifying trace:
Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from types import MethodType
from typing import Any, Generic, Protocol, Self, TypeVar, cast
from weakref import WeakMethod

import msgspec
from msgspec import Struct, field

from atlas.core.digests import short_digest

Made = TypeVar("Made")

Dependency = tuple[str, str]
"""The name of a table and a key in it, or WHOLE for all of it."""
WHOLE = "*"
_LONG = 16
"""Number of bytes above which an entry is kept as a digest."""
_MANY = 1000
"""Number of entries from which those of a computed value are held together, not one by one by each page."""
_encode = msgspec.msgpack.Encoder().encode
Group = tuple[str, ...]
"""The entries that a page read of one table: the name of the table, then the keys in their order."""
Origin = tuple[str, str]
"""What an entry is computed from: a name, and a digest that changes whenever the entry may change, "" if unknown."""


class EntryValues(Struct, array_like=True):
    """The values that entries had in a build.

    Attributes:
        values: the value of each entry, or its digest, by table and key.
        origins: the digest of what entries are computed from, by its name.
        groups: the groups of entries that pages read, by their digest. Pages that read the same share a group: most
            pages of a long list read all records, and would otherwise each hold the ids of all.
    """

    values: dict[str, dict[str, bytes]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    groups: dict[bytes, Group] = field(default_factory=dict)


class Changes(Struct, frozen=True):
    """The entries that have changed since an earlier build.

    Attributes:
        keys: their keys, by table.
        groups: the digests of the groups that hold one of them.
    """

    keys: Mapping[str, frozenset[str]] = {}
    groups: frozenset[bytes] = frozenset()


class ManyEntries:
    """The entries that a computed value was made from, which stand for themselves in a set of dependencies.

    Hundreds of pages of a long list use such a value, and adding its entries to those of each page would make the
    work grow with the square of the length.

    Attributes:
        seen: the entries.
        groups: the digests of their groups once they are known; None until then.
    """

    __slots__ = ("groups", "seen")

    def __init__(self, seen: frozenset[Seen]) -> None:
        self.seen = seen
        self.groups: tuple[bytes, ...] | None = None


Seen = Dependency | ManyEntries
"""What is in a set of dependencies: an entry, or the entries of a computed value."""


class _Unrecorded(set[Seen]):
    """A set that takes nothing up: adding what a large value was computed from would cost more than the value."""

    def add(self, note: Seen, /) -> None:
        """Add nothing."""

    def update(self, *notes: Iterable[Seen]) -> None:
        """Add nothing."""

    def __ior__(self, notes: AbstractSet[Any]) -> Self:  # type: ignore[override, misc]
        """Add nothing."""
        return self


_UNRECORDED = _Unrecorded()
_NO_KEYS: frozenset[str] = frozenset()


class DependencyTracker:
    """The entries that were read since tracking began.

    Attributes:
        parts: the parts of the page that is being made, if they are to be kept.
        seen: the entries that were read.
        tables: for each table, a function from a key to a value that changes whenever the entry does.
        wholes: for tables that can be read as a whole, a function to a value that changes whenever any of it does.
        origins: for tables whose entries need not be compared if their origin is unchanged, a function to it.
        groups: all known groups of entries, by their digest.
    """

    def __init__(self) -> None:
        self.seen: set[Seen] = set()
        self.parts: KeptParts | None = None
        self.tables: dict[str, Callable[[str], object]] = {}
        self.wholes: dict[str, Callable[[], object]] = {}
        self.origins: dict[str, Callable[[str], Origin]] = {}
        self.groups: dict[bytes, Group] = {}
        self._new_groups: dict[bytes, Group] = {}
        self._present: dict[Dependency, bytes] = {}

    def table(
        self,
        name: str,
        value_of: Callable[[str], object],
        whole: Callable[[], object] | None = None,
        origin: Callable[[str], Origin] | None = None,
    ) -> None:
        """Add a table.

        If a method is given, its object is held weakly: it holds the tracker, and a cycle would keep an old plan in
        memory.

        Args:
            name: its name.
            value_of: returns for a key a value that msgpack can encode and that changes whenever the entry does.
            whole: returns such a value for the whole table, if code may read it as a whole.
            origin: returns for a key what the entry is computed from, if that can be compared faster. The key may be
                WHOLE.
        """
        self.tables[name] = _weak(value_of) if isinstance(value_of, MethodType) else value_of
        if whole:
            self.wholes[name] = whole
        if origin:
            self.origins[name] = origin

    def query(self, table: str, key: str) -> Any:
        """Return an entry of a table, and record only this entry as a dependency, not what it is computed from."""
        with self._unrecorded():
            answer = self.tables[table](key)
        self.seen.add((table, key))
        return answer

    @contextmanager
    def _unrecorded(self) -> Iterator[None]:
        """Record nothing that is read meanwhile."""
        before, self.seen = self.seen, _UNRECORDED
        try:
            yield
        finally:
            self.seen = before

    def record(self, make: Callable[[], Made]) -> tuple[Made, frozenset[Seen]]:
        """Call a function, and return its result with the entries that it read; `seen` is afterwards as before."""
        before, self.seen = self.seen, set()
        try:
            return make(), _short(self.seen)
        finally:
            self.seen = before

    def computed(self, make: Callable[[], Made]) -> tuple[Made, frozenset[Seen]]:
        """Do as `record` for a value that many pages may use; many entries are held together."""
        made, seen = self.record(make)
        return made, frozenset((ManyEntries(seen),)) if len(seen) >= _MANY else seen

    def part(self, name: str, kind: type[Made], make: Callable[[], Made]) -> Made:
        """Return a part of a page: that of the last build if nothing that it was made from has changed, else a new one.

        Args:
            name: its name on the page, with all that it depends on besides the atlas.
            kind: its type, which msgpack can encode and decode.
            make: makes it.
        """
        parts = self.parts
        if parts is None:
            return make()
        part = parts.before.get(name)
        if part and part.is_current(parts.changes):
            made = msgspec.msgpack.decode(part.data, type=kind)
        else:
            made, seen = self.record(make)
            keys = self._keys(seen)
            if keys is None:
                self.seen |= seen
                return made
            part = KeptPart(keys, _encode(made))
        parts.now[name] = part
        self.seen.update((table, key) for table, own in part.keys.items() for key in own)
        return made

    def knows(self, note: Dependency) -> bool:
        """Return whether an entry has a value."""
        table, key = note
        return table in (self.wholes if key == WHOLE else self.tables)

    def dependencies(self, seen: Iterable[Seen]) -> Dependencies | None:
        """Return the dependencies of a page, or None if one has no value, so that the page must be made every time.

        Args:
            seen: the entries that it read.
        """
        own: list[Dependency] = []
        groups: list[bytes] = []
        for note in seen:
            if isinstance(note, ManyEntries):
                if note.groups is None:
                    found = self.dependencies(note.seen)
                    if found is None:
                        return None
                    note.groups = found.groups
                groups += note.groups
            else:
                own.append(note)
        keys = self._keys(own)
        if keys is None:
            return None
        groups += (self._group((table, *these)) for table, these in keys.items())
        return Dependencies(tuple(sorted(set(groups))))

    def _keys(self, seen: Iterable[Seen]) -> dict[str, tuple[str, ...]] | None:
        """Return the keys of entries by table, in order; None if an entry has no value."""
        keys: dict[str, set[str]] = {}
        for table, key in each_entry(seen):
            if not self.knows((table, key)):
                return None
            keys.setdefault(table, set()).add(key)
        return {table: tuple(sorted(keys[table])) for table in sorted(keys)}

    def _group(self, group: Group) -> bytes:
        """Return the digest of a group, by which it is known from now on."""
        id = short_digest(_encode(group))
        if id not in self.groups:
            self.groups[id] = self._new_groups[id] = group
        return id

    def take_new_groups(self) -> dict[bytes, Group]:
        """Return the groups that were added since the last call: those that another process may not know."""
        new, self._new_groups = self._new_groups, {}
        return new

    def changes(self, before: EntryValues) -> Changes:
        """Return which entries have another value than in an earlier build; those of a table that is gone have."""
        changes: dict[str, frozenset[str]] = {}
        for table, values in before.values.items():
            origin = self.origins.get(table)
            changed = []
            for key, value in values.items():
                if origin:
                    name, present = origin(key)
                    if present and before.origins.get(name) == present:
                        self._present[table, key] = value
                        continue
                if not self.knows((table, key)) or self._value_of((table, key)) != value:
                    changed.append(key)
            if changed:
                changes[table] = frozenset(changed)
        groups = (
            id for id, (table, *keys) in before.groups.items() if not changes.get(table, _NO_KEYS).isdisjoint(keys)
        )
        return Changes(changes, frozenset(groups))

    def values(self, pages: Iterable[Dependencies]) -> EntryValues:
        """Return the present values of all entries that some pages were made from."""
        ids = {id for page in pages for id in page.groups}
        groups = {id: self.groups[id] for id in sorted(ids)}
        keys: dict[str, set[str]] = {}
        for table, *own in groups.values():
            keys.setdefault(table, set()).update(own)
        values = {table: {key: self._value_of((table, key)) for key in own} for table, own in keys.items()}
        origins = (origin(key) for table, origin in self.origins.items() for key in values.get(table, ()))
        return EntryValues(values, dict(origins), groups)

    def _value_of(self, note: Dependency) -> bytes:
        """Return the present value of an entry in few bytes."""
        found = self._present.get(note)
        if found is None:
            table, key = note
            with self._unrecorded():
                data = _encode(self.wholes[table]() if key == WHOLE else self.tables[table](key))
            found = self._present[note] = data if len(data) < _LONG else short_digest(data)
        return found


def _weak(method: MethodType) -> Callable[[str], object]:
    """Return a function that calls a method without keeping its object in memory."""
    reference = WeakMethod(method)

    def call(key: str) -> object:
        own = reference()
        assert own, "the object of a table is kept by the plan"
        return own(key)

    return call


def each_entry(seen: Iterable[Seen]) -> Iterator[Dependency]:
    """Yield entries one by one, those that are held together too."""
    for note in seen:
        if isinstance(note, ManyEntries):
            yield from each_entry(note.seen)
        else:
            yield note


def _short(seen: set[Seen]) -> frozenset[Seen]:
    """Return the entries without single keys of a table that was read as a whole."""
    whole = {note[0] for note in seen if not isinstance(note, ManyEntries) and note[1] == WHOLE}
    if not whole:
        return frozenset(seen)
    return frozenset(note for note in seen if isinstance(note, ManyEntries) or note[0] not in whole or note[1] == WHOLE)


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
            known[self.name] = owner.tracker.computed(lambda: self.make(owner))
        made, seen = known[self.name]
        owner.tracker.seen |= seen
        return cast(Made, made)


class Dependencies(Struct, frozen=True, array_like=True):
    """The entries that a page was made from.

    Attributes:
        groups: the digests of their groups, one for each table that was read.
    """

    groups: tuple[bytes, ...]

    def is_current(self, changes: Changes) -> bool:
        """Return whether none of the entries has changed."""
        return changes.groups.isdisjoint(self.groups)


class KeptPart(Struct, frozen=True, array_like=True):
    """A part of a page, encoded, and the keys of the entries that it was made from, by table."""

    keys: Mapping[str, tuple[str, ...]]
    data: bytes

    def is_current(self, changes: Changes) -> bool:
        """Return whether none of the entries has changed."""
        return all(keys.isdisjoint(self.keys.get(table, ())) for table, keys in changes.keys.items())


class KeptParts(Struct):
    """The parts of a page by name.

    Attributes:
        before: those of the last build.
        changes: the entries that have changed since.
        now: those that the page has now.
    """

    before: Mapping[str, KeptPart] = {}
    changes: Changes = Changes()
    now: dict[str, KeptPart] = field(default_factory=dict)

"""The atlas as pages read it: every entry that is read is recorded as a dependency of the page."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import partial
from typing import Any, Final, Generic, TypeVar, cast

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.bibliography.parsing.works import Work
from atlas.content.dependencies import WHOLE, DependencyTracker, Origin
from atlas.content.linking import Atlas, Mention, Mentions
from atlas.content.model import Label, Record, Site
from atlas.core.digests import digest
from atlas.core.problems import NOWHERE
from atlas.markdown.slots import SLOT

Key = TypeVar("Key")
Value = TypeVar("Value")

SETTINGS = "site/"
"""The beginning of the names of the tables of `content/site.yaml`."""
_LABELLED: Final = frozenset(
    {
        "sides",
        "dimensions",
        "fields",
        "contributions",
        "kinds",
        "relation_types",
        "scale",
        "profile",
        "places",
        "voices",
    }
)
"""The settings whose labels are tracked language by language."""
LABEL = "label"
"""The table of whole labels of the settings, and with `/LANG` that of their texts in a language."""
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
"""Unlike in other tables, there are sets among the settings."""


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


def _mirror(kind: type[Struct], tracked: type, read: Callable[[str], property], fields: Iterable[str]) -> None:
    """Give a tracked class the properties and methods of a kind, and its fields as properties that record reads."""
    for name, own in vars(kind).items():
        if not name.startswith("_") and name not in kind.__struct_fields__:
            setattr(tracked, name, own)  # they read the fields of the tracked object
    for name in fields:
        setattr(tracked, name, read(name))


_FIELDS = tuple(field for field in Record.__struct_fields__ if field != "id")
_mirror(Record, TrackedRecord, _read, _FIELDS)


def _tracked_table(
    tracker: DependencyTracker,
    name: str,
    entries: Mapping[Any, Any],
    value_of: Callable[[Any], object],
    show: Callable[[Any], str] = str,
    origin: Origin | None = None,
) -> TrackedMapping[Any, Any]:
    """Return a mapping that records its reads, and add its table. The table does not hold the tracker."""
    known = {show(key): entry for key, entry in entries.items()} if show is not str else entries
    tracker.table(
        name,
        lambda key: value_of(known[key]) if key in known else None,
        lambda: [(key, value_of(entry)) for key, entry in known.items()],
        (lambda key: origin) if origin else None,
    )
    return TrackedMapping(tracker, name, entries, show)


class TrackedLabel(Mapping[str, str]):
    """A label in the settings that records in which languages it is read.

    So a page in one language does not depend on the words of the others.
    """

    def __init__(self, tracker: DependencyTracker, path: str, texts: Label) -> None:
        self.tracker, self.path, self.texts = tracker, path, texts

    def __getitem__(self, language: str) -> str:
        self.tracker.seen.add((f"{LABEL}/{language}", self.path))
        return self.texts[language]

    def __iter__(self) -> Iterator[str]:
        self.tracker.seen.add((LABEL, self.path))
        return iter(self.texts)

    def __len__(self) -> int:
        self.tracker.seen.add((LABEL, self.path))
        return len(self.texts)


class TrackedSite:
    """The settings of which every read is recorded; it has the fields, properties and methods of `Site`."""

    def __init__(self, site: Site, tracker: DependencyTracker) -> None:
        self._site, self._tracker = site, tracker
        self._tables: dict[str, Mapping[str, Any]] = {}
        self._values: dict[str, Any] = {}
        labels: dict[str, Label] = {}

        def tracked_label(path: str, label: Label) -> Label:
            labels[path] = label
            return TrackedLabel(tracker, path, label)

        for name in Site.__struct_fields__:
            own = getattr(site, name)
            shown = _with_labels(own, name, tracked_label) if name in _LABELLED else own
            value_of = _settled_without_labels if name in _LABELLED else _settled
            if isinstance(own, Mapping):
                table = _tracked_table(tracker, f"{SETTINGS}{name}", own, value_of)
                self._tables[name] = _renamed(table, shown)
            else:
                self._values[name] = shown
                tracker.table(f"{SETTINGS}{name}", partial(_setting, value_of, own))
        for language in {*site.languages, *(language for label in labels.values() for language in label)}:
            tracker.table(f"{LABEL}/{language}", partial(_text, labels, language))
        tracker.table(LABEL, lambda path: list(labels.get(path, {}).items()))


def _text(labels: Mapping[str, Label], language: str, path: str) -> str | None:
    return labels.get(path, {}).get(language)


def _with_labels(value: Any, path: str, replaced: Callable[[str, Label], Label]) -> Any:
    """Return a setting whose labels are replaced.

    Args:
        value: the setting.
        path: its place in the settings.
        replaced: returns for a label and its place what replaces it.
    """
    if isinstance(value, Mapping):
        if value and all(isinstance(own, str) for own in value.values()):
            return replaced(path, value)
        return {key: _with_labels(own, f"{path}/{key}", replaced) for key, own in value.items()}
    if not isinstance(value, Struct):
        return value
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    inner = {name: own for name, own in fields.items() if isinstance(own, Mapping)}
    return replace(
        value,
        **{
            name: _with_labels(own, f"{path}/{name}", replaced) if own else replaced(f"{path}/{name}", own)
            for name, own in inner.items()
        },
    )


def _setting(value_of: Callable[[object], object], value: object, key: str) -> object:
    return value_of(value)


def _settled(value: object) -> object:
    """Return what changes whenever a setting does; mappings keep their order."""
    return _encode(value), _orders(value)


def _settled_without_labels(value: object) -> object:
    """Return what changes whenever a setting does, except its labels."""
    return _settled(_with_labels(value, "", lambda path, label: {}))


def _orders(value: object) -> object:
    if isinstance(value, Mapping):
        return [(key, _orders(own)) for key, own in value.items()]
    return [_orders(getattr(value, name)) for name in value.__struct_fields__] if isinstance(value, Struct) else None


def _read_setting(name: str) -> property:
    table = f"{SETTINGS}{name}"

    def read(self: TrackedSite) -> object:
        if name in self._tables:
            return self._tables[name]
        self._tracker.seen.add((table, ""))
        return self._values[name]

    return property(read)


_mirror(Site, TrackedSite, _read_setting, Site.__struct_fields__)


class TrackedAtlas(Atlas, frozen=True):
    """An atlas of which every read of its records and of the links between them is recorded."""

    tracker: DependencyTracker = field(default_factory=DependencyTracker)
    all: Mapping[str, Record] = field(default_factory=dict)

    def family(self, name: str) -> tuple[Record, ...]:
        """Return the records of a family, by id."""
        return tuple(self.all[id] for id in self.tracker.query("family", name))


def tracked(atlas: Atlas, tracker: DependencyTracker) -> Atlas:
    """Return the same atlas, with every read of its settings, records, works and files, and of their links, recorded.

    The rest seldom changes, so it is compared as a whole (`shared_inputs`).
    """
    # Only what records their reads looks like a record to the code of pages.
    records = {id: cast(Record, TrackedRecord(record, tracker)) for id, record in atlas.records.items()}

    def mapping(
        name: str, entries: Mapping[Any, Any], value_of: Callable[[Any], object], show: Callable[[Any], str] = str
    ) -> TrackedMapping[Any, Any]:
        return _tracked_table(tracker, name, entries, value_of, show)

    def mappings(name: str, all: Mapping[str, Mentions]) -> dict[str, Mentions]:
        return {id: mapping(f"{name}/{id}", own, lambda found: list(map(_mention, found))) for id, own in all.items()}

    def field_of(field: str) -> Callable[[str], object]:
        return lambda id: getattr(atlas.records[id], field) if id in atlas.records else None

    def origin(id: str) -> Origin:
        return f"record {id}", atlas.rows.get(id, "")

    for name in _FIELDS:
        tracker.table(_field_table(name), field_of(name), origin=origin)
    tracker.table("family", lambda name: [record.id for record in atlas.family(name)])
    works = _tracked_table(tracker, "works", atlas.works, _without_place, origin=works_origin(atlas))
    own = {
        **{name: getattr(atlas, name) for name in atlas.__struct_fields__},
        "site": cast(Site, TrackedSite(atlas.site, tracker)),
        "records": _renamed(mapping("records", atlas.records, lambda found: found.id), records),
        "addresses": _renamed(
            mapping("addresses", atlas.addresses, lambda found: found.id),
            {path: records[one.id] for path, one in atlas.addresses.items()},
        ),
        "works": works,
        "files": mapping("files", atlas.files, lambda file: replace(file, data=b"", source_span=NOWHERE)),
        "ties": mapping("ties", atlas.ties, lambda found: found),
        "listed": mapping("listed", atlas.listed, lambda found: found, "/".join),
        "mentions": mappings("mentions", atlas.mentions),
        "cited_by": mappings("cited-by", atlas.cited_by),
    }
    return TrackedAtlas(**own, tracker=tracker, all=records)


def _renamed(table: TrackedMapping[Any, Any], entries: Mapping[Any, Any]) -> TrackedMapping[Any, Any]:
    """Return a mapping of the same table to the tracked records of its entries."""
    return TrackedMapping(table.tracker, table.name, entries, table.show)


def _without_place(work: Work) -> object:
    """Return what pages show of a work: not its place, which changes with other works."""
    return replace(work, span=NOWHERE, url_span=NOWHERE)


def works_origin(atlas: Atlas) -> Origin:
    """Return the origin of all that is computed from the bibliography."""
    return "works", digest(msgspec.msgpack.encode([_without_place(work) for work in atlas.works.values()]))


def _mention(one: Mention) -> object:
    """Return what a page shows of a mention; of the slots of its text only those in its sentence."""
    slots = [one.slots[int(found[1])] for found in SLOT.finditer(one.sentence)]
    return one.record, one.anchor, one.language, one.sentence, slots, one.locator


def shared_inputs(atlas: Atlas) -> object:
    """Return the inputs that all pages may use untracked.

    These are the languages, their styles, which works are cited, which records have mistakes, and the paths of pages
    that are missing because of mistakes.
    """
    site = atlas.site
    languages = [(language, site.styles.get(id)) for id, language in site.languages.items()]
    return languages, [work.key for work in atlas.cited], sorted(atlas.shaky), sorted(atlas.broken_paths)

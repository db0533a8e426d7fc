"""Notes of what is looked at in an atlas: complete, so that what was not noted cannot have been shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from site_copies import copy_site, edit
from small_atlases import BRIDGES, GIFT, LAMPS, actor, case, made

from atlas.build.options import ReadOptions
from atlas.build.pipeline import run
from atlas.build.stages import Known
from atlas.content.dependencies import (
    WHOLE,
    Dependencies,
    DependencyTracker,
    KeptParts,
    Seen,
    each_entry,
)
from atlas.content.linking import Atlas
from atlas.content.parse_cache import ParseCache
from atlas.content.tracked_atlas import tracked
from atlas.core.sources import read_input
from atlas.graphics.drawing_data import DrawingData
from atlas.pages.final_plan import draw_page
from atlas.pages.plan import Outline, PageSpec, digest_of_given

FILES = {LAMPS: actor("Lamps"), BRIDGES: actor("Bridges"), GIFT: case("[[lamps]] gave a lamp [@tide1910].")}


@pytest.fixture
def tracker() -> DependencyTracker:
    """Notes of nothing yet."""
    return DependencyTracker()


@pytest.fixture
def atlas(tracker: DependencyTracker) -> Atlas:
    """A small atlas that takes notes."""
    return tracked(made(FILES).atlas, tracker)


LOOKS: dict[str, Callable[[Atlas], object]] = {
    "by its id": lambda atlas: atlas.records["lamps"],
    "with another in its place": lambda atlas: atlas.records.get("lamps"),
    "whether it is there": lambda atlas: "lamps" in atlas.records,
    "among the keys": lambda atlas: "lamps" in atlas.records.keys(),  # noqa: SIM118
}
THROUGH: dict[str, Callable[[Atlas], object]] = {
    "each": lambda atlas: list(atlas.records),
    "sorted": lambda atlas: sorted(atlas.records),
    "values": lambda atlas: list(atlas.records.values()),
    "items": lambda atlas: list(atlas.records.items()),
    "as a dict": lambda atlas: dict(atlas.records),
    "how many": lambda atlas: len(atlas.records),
    "whether any": lambda atlas: bool(atlas.records),
    "equal to another": lambda atlas: atlas.records == {},
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_at_one_entry_is_noted(look: str, atlas: Atlas, tracker: DependencyTracker) -> None:
    LOOKS[look](atlas)
    assert tracker.seen == {("records", "lamps")}


@pytest.mark.parametrize("look", THROUGH)
def test_a_look_through_a_table_is_noted_as_of_all(look: str, atlas: Atlas, tracker: DependencyTracker) -> None:
    THROUGH[look](atlas)
    assert ("records", WHOLE) in tracker.seen
    kept = tracker.dependencies(tracker.seen)
    assert kept is not None
    assert is_current(kept, tracker, tracker_of(FILES))
    assert not is_current(kept, tracker, tracker_of({LAMPS: actor("Lamps"), GIFT: FILES[GIFT]}))


def tracker_of(files: dict[str, str]) -> DependencyTracker:
    """The present values of everything in an atlas."""
    tracker = DependencyTracker()
    tracked(made(files).atlas, tracker)
    return tracker


def is_current(kept: Dependencies, before: DependencyTracker, after: DependencyTracker) -> bool:
    """Whether nothing that was read has changed between two readings."""
    return kept.is_current(after.changes(before.values([kept])))


@pytest.mark.parametrize("name", ["ties", "listed", "addresses"])
def test_a_table_that_was_read_as_a_whole_changes_with_each_of_its_entries(name: str, atlas: Atlas) -> None:
    table = getattr(atlas, name)
    list(table)
    kept = table.tracker.dependencies({(name, WHOLE)})
    assert kept is not None
    assert is_current(kept, table.tracker, tracker_of(FILES))
    relation = "relations:\n  - {id: kin, type: partner-of, to: bridges, sources: [tide1910]}\n"
    more = {LAMPS: actor("Lamps", relation), GIFT: case("A gift.", "actors: [bridges]\n"), BRIDGES: FILES[BRIDGES]}
    moved = {LAMPS: FILES[LAMPS], GIFT: FILES[GIFT]}
    assert not is_current(kept, table.tracker, tracker_of(moved if name == "addresses" else more))


def test_a_family_is_noted_by_its_name(atlas: Atlas, tracker: DependencyTracker) -> None:
    assert [record.id for record in atlas.family("actor")] == ["bridges", "lamps"]
    assert tracker.seen == {("family", "actor")}


def test_each_field_of_a_record_is_noted_by_itself(atlas: Atlas, tracker: DependencyTracker) -> None:
    assert atlas.records["lamps"].family == "actor"
    assert tracker.seen == {("records", "lamps"), ("record/family", "lamps")}


def test_a_method_of_a_record_notes_the_fields_that_it_reads(atlas: Atlas, tracker: DependencyTracker) -> None:
    record = atlas.records["lamps"]
    tracker.seen.clear()
    assert record.last_updated == record.date
    assert {("record/updated", "lamps"), ("record/date", "lamps")} == tracker.seen


def test_a_property_that_is_computed_once_is_noted_at_each_use(atlas: Atlas, tracker: DependencyTracker) -> None:
    drawings = DrawingData(atlas, tracker)
    assert drawings.at == {}
    first = frozenset(tracker.seen)
    tracker.seen.clear()
    assert drawings.at == {}
    assert tracker.seen == first
    assert ("record/places", "lamps") in first


def test_what_is_not_there_is_noted_too(atlas: Atlas, tracker: DependencyTracker) -> None:
    assert atlas.records.get("nobody") is None
    assert atlas.ties.get("nobody", ()) == ()
    assert "nobody" not in atlas.addresses
    with pytest.raises(KeyError):
        atlas.records["no one"]
    assert tracker.seen == {
        ("records", "nobody"), ("ties", "nobody"), ("addresses", "nobody"), ("records", "no one"),
    }  # fmt: skip


def test_every_table_of_what_is_written_in_records_takes_notes(atlas: Atlas, tracker: DependencyTracker) -> None:
    atlas.listed.get(("actors", "lamps"))
    atlas.mentions["en"].get("lamps")
    atlas.cited_by["en"].get("tide1910")
    assert tracker.seen == {("listed", "actors/lamps"), ("mentions/en", "lamps"), ("cited-by/en", "tide1910")}
    assert tracker.dependencies(tracker.seen) is not None


def test_an_answer_is_noted_and_not_what_it_is_worked_out_from(atlas: Atlas, tracker: DependencyTracker) -> None:
    tracker.table("count", lambda family: len(atlas.family(family)))
    assert tracker.query("count", "actor") == 2
    assert tracker.seen == {("count", "actor")}
    assert tracker.dependencies(tracker.seen) is not None


def test_notes_taken_apart_are_handed_over_and_leave_the_others(atlas: Atlas, tracker: DependencyTracker) -> None:
    assert "lamps" in atlas.records
    found, seen = tracker.record(lambda: "bridges" in atlas.records)
    assert found
    assert seen == {("records", "bridges")}
    assert tracker.seen == {("records", "lamps")}


def test_dependencies_on_a_table_that_is_gone_are_not_current(tracker: DependencyTracker) -> None:
    tracker.table("count", len)
    kept = tracker.dependencies({("count", "a")})
    assert kept is not None
    assert is_current(kept, tracker, tracker)
    assert not is_current(kept, tracker, DependencyTracker())


def test_a_part_of_a_page_is_made_again_only_if_what_it_was_made_from_changed() -> None:
    first, kept = drawn_part(FILES, DependencyTracker(), KeptParts())
    used = kept.dependencies({("records", "lamps"), ("record/names", "lamps")})
    assert used
    values = kept.values([used])
    for files, made_again in ((FILES, False), ({**FILES, LAMPS: actor("Lights")}, True)):
        tracker = DependencyTracker()
        tracked(made(files).atlas, tracker)
        assert kept.parts
        parts = KeptParts(kept.parts.now, tracker.changes(values))
        shown, after = drawn_part(files, tracker, parts)
        assert (shown != first) == made_again
        assert (parts.now == kept.parts.now) != made_again
        assert after.seen == {("records", "lamps"), ("record/names", "lamps")}


def drawn_part(
    files: dict[str, str], tracker: DependencyTracker, parts: KeptParts
) -> tuple[tuple[str, ...], DependencyTracker]:
    """A part with the names of a record, and the tracker that saw how it was made."""
    atlas, tracker.parts = tracked(made(files).atlas, tracker), parts
    tracker.seen.clear()

    def names() -> tuple[str, ...]:
        return tuple(name.text for name in atlas.records["lamps"].names)

    return tracker.part("names", tuple[str, ...], names), tracker


def test_pages_that_read_the_same_share_a_group(atlas: Atlas, tracker: DependencyTracker) -> None:
    ids = [f"record-{number}" for number in range(100)]
    first = tracker.dependencies({("records", id) for id in ids} | {("record/names", ids[0])})
    second = tracker.dependencies({("records", id) for id in reversed(ids)} | {("record/family", ids[0])})
    assert first
    assert second
    assert len(set(first.groups) & set(second.groups)) == 1
    groups = tracker.take_new_groups()
    assert groups == tracker.values([first, second]).groups
    assert len(groups) == 3
    assert tracker.dependencies({("records", id) for id in ids})
    assert tracker.take_new_groups() == {}


def test_pages_that_use_a_large_value_hold_what_it_was_made_from_together(tracker: DependencyTracker) -> None:
    present = {str(number): number for number in range(2000)}
    tracker.table("numbers", lambda key: present[key])

    def total() -> int:
        tracker.seen.update(("numbers", key) for key in present)
        return sum(present.values())

    large, (small, own) = tracker.computed(total), tracker.computed(lambda: tracker.query("numbers", "7"))
    assert large[0] == sum(range(2000))
    assert small == 7
    assert own == frozenset({("numbers", "7")})
    assert len(large[1]) == 1  # so a page that uses the value adds one entry, not 2,000
    assert set(each_entry(large[1])) == {("numbers", key) for key in present}
    pages = [tracker.dependencies({*large[1], ("numbers", "7")}), tracker.dependencies(large[1])]
    assert pages[0]
    assert pages[1]
    assert set(pages[1].groups) < set(pages[0].groups)
    before = tracker.values([page for page in pages if page])
    present["1999"] = 0
    later = DependencyTracker()
    later.table("numbers", lambda key: present[key])
    assert not any(page.is_current(later.changes(before)) for page in pages if page)


def test_a_label_is_read_in_one_language_or_whole(reader: Reader) -> None:
    tracker = DependencyTracker()
    label = tracked(reader.outline().atlas, tracker).site.dimensions["origin"].label
    origin = "dimensions/origin/label"
    looks: dict[str, tuple[Callable[[], object], set[tuple[str, str]]]] = {
        "one language": (lambda: label["fr"], {("label/fr", origin)}),
        "a language that may lack": (lambda: label.get("de", ""), {("label/de", origin)}),
        "whether a language lacks": (lambda: "de" in label, {("label/de", origin)}),
        "the languages": (lambda: list(label), {("label", origin)}),
        "all": (lambda: dict(label), {("label", origin), *((f"label/{id}", origin) for id in label)}),
    }
    for name, (look, expected) in looks.items():
        assert tracker.record(look)[1] == expected, name


@pytest.mark.parametrize(
    ("new", "changed"),
    [
        ("{fr: Débuts, en: Origin, zh: 起源}", {"label/fr", "label"}),
        ("{zh: 起源, en: Origin, fr: Origine}", set()),
        ("{fr: Débuts, en: Beginnings, zh: 开端}", {"label/fr", "label/en", "label/zh", "label"}),
    ],
)
def test_a_label_that_changed_changes_what_was_read_of_it(new: str, changed: set[str], reader: Reader) -> None:
    tables = ("label/fr", "label/en", "label/zh", "label", "site/dimensions")
    before = reader.outline().tracker
    keys = {"site/dimensions": "origin"}
    groups = [before.dependencies({(table, keys.get(table, "dimensions/origin/label"))}) for table in tables]
    values = before.values([own for own in groups if own])
    path = reader.root / "content/site.yaml"
    text = path.read_text()
    edit(reader.root, "content/site.yaml", "{fr: Origine, en: Origin, zh: 起源}", new)
    after = reader.outline().tracker.changes(values)
    path.write_text(text)
    assert set(after.keys) == changed


@pytest.mark.parametrize("colours", ["{}", "{ink: '#101010', ground: '#fefefe'}"])
def test_colours_and_settings_without_labels_are_no_labels(colours: str, tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    site = root / "content/site.yaml"
    site.write_text(f"{site.read_text()}looks: {{colours: {colours}}}\n")
    tracker = DependencyTracker()
    own = tracked(Reader(root).outline().atlas, tracker).site
    assert type(own.looks.colours) is dict
    assert tracker.record(lambda: own.kinds.get("nothing", {}).get("club"))[1] == {("site/kinds", "nothing")}
    assert tracker.record(lambda: own.aliases.get("old"))[1] == {("site/aliases", "old")}


# A page whose grounds stand shows what it showed.

LAMPS_OF_THREE = "content/actors/phares-du-nord.yaml"
EDITS = {
    "a sentence": (
        "content/cases/dispute-over-third-arch.md",
        "@gazette1912arche [p. 1] juge",
        "Elle pensa aux [[phares-du-nord]]. @gazette1912arche [p. 1] juge",
    ),
    "a title": ("content/claims/bridges-outlast-quarrels.fr.md", "title: Les ponts", "title: Tous les ponts"),
    "a name": (LAMPS_OF_THREE, "text: Société des phares du Nord,", "text: Zélée société des phares,"),
    "a date": (LAMPS_OF_THREE, "start: 1883-07-21", "start: 1883-07-20"),
    "a place": (LAMPS_OF_THREE, "places: [hauterive]", "places: [low-ferry]"),
    "a label in one language": ("content/site.yaml", "fr: Origine, en", "fr: Débuts, en"),
    "a label in all languages": (
        "content/site.yaml",
        "{fr: Origine, en: Origin, zh: 起源}",
        "{fr: Débuts, en: Beginnings, zh: 开端}",
    ),
}


class Reader:
    """A site that is read again and again."""

    def __init__(self, root: Path) -> None:
        self.root, self.parse_cache = root, ParseCache(common="test")

    def outline(self) -> Outline:
        """The pages as the files are now."""
        read = read_input(self.root)
        self.parse_cache.turn_to(read[0].digests)
        outcome = run(lambda: (read, Known({}, self.parse_cache)), ReadOptions())
        assert outcome.plan is not None, outcome.problems
        return outcome.plan.outline


def drawn(outline: Outline) -> Iterator[tuple[PageSpec, bytes, frozenset[Seen]]]:
    """Each page of an outline that is tracked: its place, what it shows, and what was looked at."""
    for spec in outline.specs:
        if spec.tracked:
            (page, own), seen = outline.tracker.record(lambda spec=spec: draw_page(spec))  # type: ignore[misc]
            yield spec, msgspec.msgpack.encode((page.view, own.metadata)), seen


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """A site of three languages."""
    return Reader(copy_site("three", tmp_path_factory.mktemp("notes")))


@pytest.mark.parametrize("what", EDITS)
def test_a_page_whose_dependencies_are_current_shows_what_it_showed(what: str, reader: Reader) -> None:
    before = reader.outline()
    kept: dict[str, tuple[bytes, Dependencies | None]] = {
        spec.path: (view, before.tracker.dependencies(seen)) for spec, view, seen in drawn(before)
    }
    values = before.tracker.values(own for _, own in kept.values() if own)
    given = {spec.path: digest_of_given(spec) for spec in before.specs}
    path, old, new = EDITS[what]
    text = (reader.root / path).read_text()
    edit(reader.root, path, old, new)
    after = reader.outline()
    (reader.root / path).write_text(text)
    changes = after.tracker.changes(values)
    now = {spec.path: view for spec, view, _ in drawn(after)}

    same = {spec.path for spec in after.specs if digest_of_given(spec) == given.get(spec.path)}

    assert kept.keys() == now.keys()
    assert all(own for _, own in kept.values())
    unchanged = {path for path, (_, own) in kept.items() if path in same and own and own.is_current(changes)}
    changed = {path for path, (view, _) in kept.items() if view != now[path]}
    assert changed
    assert not changed & unchanged
    assert len(unchanged) > len(kept) / 3

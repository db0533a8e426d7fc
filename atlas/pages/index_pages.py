"""The indexes of a family: all its records, and groups of them by side, kind, field and letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from atlas.content.model import Label, Record
from atlas.content.schema import Family
from atlas.markup import escaped
from atlas.pages.citing_pages import described
from atlas.pages.editions import Edition
from atlas.pages.heads import head
from atlas.pages.setting import Setting
from atlas.pages.views.lists import Group, IndexView
from atlas.pages.views.parts import Anchor, Phrase
from atlas.tongues.sorting import index_letter

GROUPINGS = ("side", "kind", "field", "letter")
JOINT = "joint"
"""The group of the records that belong to more than one side: they count in each, and here."""


class Grouped(Struct, frozen=True):
    """A group before it is shown: its id, its name, and its records."""

    id: str
    label: str
    members: tuple[str, ...]


def index_pages(edition: Edition, family: Family) -> Iterator[tuple[str, Callable[[], tuple[Setting, IndexView]]]]:
    """Every index of a family that has records, by its path: of all, by each grouping, and of each group.

    Each is drawn when it is wanted.
    """
    records = edition.atlas.family(family.id)
    if not records:
        return
    groupings = {by: groups for by in GROUPINGS if (groups := grouped(edition, family, records, by))}

    def index(path: str, by: str, groups: tuple[Grouped, ...]) -> tuple[str, Callable[[], tuple[Setting, IndexView]]]:
        return path, partial(_page, edition, family, path, by, groups, groupings)

    home = f"/{family.folder}/"
    yield index(home, "", (_whole(records),))
    for by, groups in groupings.items():
        yield index(f"{home}by-{by}/", by, groups)
        for group in groups if by != "letter" else ():  # letters differ from language to language
            yield index(f"{home}by-{by}/{group.id}/", by, (group,))


def _whole(records: tuple[Record, ...]) -> Grouped:
    return Grouped("", "", tuple(record.id for record in records))


def grouped(edition: Edition, family: Family, records: tuple[Record, ...], by: str) -> tuple[Grouped, ...]:
    """The groups of a grouping that have records, in the order in which site.yaml declares them."""
    site, words = edition.atlas.site, edition.words
    if by == "side":
        labels: Mapping[str, Label] = {id: side.label for id, side in site.sides.items()}
        joint = tuple(record.id for record in records if len(record.sides) > 1)
        groups = _declared(edition, records, labels, lambda record: record.sides)
        return (*groups, Grouped(JOINT, words.say("joint"), joint)) if joint else groups
    if by == "kind":
        labels = {id: kind.label for id, kind in site.kinds.get(family.id, {}).items()}
        return _declared(edition, records, labels, lambda record: (record.kind,))
    if by == "field":
        return _declared(edition, records, site.fields, lambda record: tuple(record.fields))
    return _by_letter(edition, records)


def _declared(
    edition: Edition,
    records: tuple[Record, ...],
    labels: Mapping[str, Label],
    keys: Callable[[Record], tuple[str, ...]],
) -> tuple[Grouped, ...]:
    """The groups of what site.yaml declares. keys: the groups that a record belongs to."""
    groups = [
        Grouped(id, edition.label(label), tuple(record.id for record in records if id in keys(record)))
        for id, label in labels.items()
    ]
    return tuple(group for group in groups if group.members)


def _by_letter(edition: Edition, records: tuple[Record, ...]) -> tuple[Grouped, ...]:
    letters: dict[str, list[str]] = {}
    for id in edition.sorted(record.id for record in records):
        record = edition.atlas.records[id]
        text, author_key = edition.sort_name(record)
        letter = index_letter(text, edition.language, author_key, is_person=record.family == "person")
        letters.setdefault(letter, []).append(id)
    return tuple(Grouped(_letter_id(letter), letter, tuple(ids)) for letter, ids in letters.items())


def _letter_id(letter: str) -> str:
    return (
        letter.lower()
        if letter.isascii() and letter.isalpha()
        else "other"
        if letter == "#"
        else f"u{ord(letter[0]):04x}"
    )


def _page(
    edition: Edition,
    family: Family,
    path: str,
    by: str,
    groups: tuple[Grouped, ...],
    groupings: Mapping[str, tuple[Grouped, ...]],
) -> tuple[Setting, IndexView]:
    setting = Setting(edition, path)
    home = f"/{family.folder}/"
    title, crumbs = _title(setting, family, path, by, groups)
    view = IndexView(
        head=described(setting, head(setting, title, crumbs=crumbs)),
        family=family.id,
        by=by,
        title=title,
        groupings=tuple(setting.link(grouping_words(edition)[name], f"{home}by-{name}/") for name in groupings),
        groups=tuple(_group(setting, home, by, group) for group in groups),
        total=len({id for group in groups for id in group.members}),
    )
    return setting, view


def _title(
    setting: Setting, family: Family, path: str, by: str, groups: tuple[Grouped, ...]
) -> tuple[str, tuple[Anchor, ...]]:
    """The title of an index and the way to it."""
    home, words = f"/{family.folder}/", setting.edition.words
    name = words.say(family.folder)
    if path == home:
        return name, ()
    grouping = grouping_words(setting.edition)[by]
    crumbs = (setting.link(name, home),)
    if path == f"{home}by-{by}/":
        return words.say("label-value", label=name, value=grouping), crumbs
    title = words.say("label-value", label=name, value=groups[0].label)
    return title, (*crumbs, setting.link(grouping, f"{home}by-{by}/"))


def grouping_words(edition: Edition) -> dict[str, str]:
    """What each grouping is called."""
    words = edition.words
    return {
        "side": words.say("by-side"),
        "kind": words.say("by-kind"),
        "field": words.say("by-field"),
        "letter": words.say("by-letter"),
    }


def _group(setting: Setting, home: str, by: str, group: Grouped) -> Group:
    path = f"{home}by-{by}/{group.id}/"
    ids = setting.edition.sorted(group.members)
    return Group(
        group.id,
        Phrase(escaped(group.label)),
        setting.url(path) if group.id and by != "letter" and path != setting.path else "",
        tuple(setting.card(id, summary=True) for id in ids),
    )

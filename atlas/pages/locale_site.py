"""Holds the atlas in one language: titles, labels and paths."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape, unescape
from typing import Any, TypeVar

from msgspec import Struct, field

from atlas.bibliography.citing.syntax import Cite
from atlas.bibliography.formatting.citer import Citer
from atlas.bibliography.formatting.styles import Style
from atlas.bibliography.formatting.template_pruning import TemplatePruner
from atlas.bibliography.parsing.person_names import is_han
from atlas.content.coverage import works_of
from atlas.content.dependencies import DependencyTracker, Seen
from atlas.content.edition_states import NO_EDITION, EditionState
from atlas.content.linking import Atlas
from atlas.content.model import Label, Name, Record, Release
from atlas.core.html import Html, escaped
from atlas.graphics.fonts import ShareFonts
from atlas.graphics.maps import Spot
from atlas.i18n.collation import Collator
from atlas.i18n.dates import show_beginning, show_date
from atlas.i18n.edtf import EdtfDate, parse_edtf
from atlas.i18n.locales import Language, show_language, subtag_of, tag_attributes
from atlas.i18n.messages import Catalog
from atlas.lint.translation_status import TranslationStatus, translation_status
from atlas.markdown.prose import fill, mark_han, plain
from atlas.markdown.slots import SLOT, Slot
from atlas.pages.list_parts import MANY, Part
from atlas.pages.view_parts import Card, Phrase
from atlas.schema.families import BY_FAMILY, FAMILIES

Made = TypeVar("Made")

DEGREE, EXCEEDS, SPOT, EDITION = "degree", "exceeds", "spot", "edition"
"""The names of shared tables: the number of neighbours of a record, whether the network has more records than a number,
the position of a place on the world map, and what a record is beside the latest edition.
"""
EDITIONS = "/editions/"
"""The path of the page of editions."""

NOTHING = Phrase(Html(""))
_WITH_TABLE = frozenset(family.id for family in FAMILIES if family.has("table"))
_LEFT_OVER = re.compile(r"[ \t]+(?=[\u00a0\u202f]?[.,;:!?…。，；：！？、)»”]| |$)|\s+[—–]\s*$")
"""Spaces, and a dash at the end, before a citation that is left out."""


def relative(start: str, target: str) -> str:
    """Return the relative URL from one page to another; both paths start at the root, folders end in /."""
    shared = 0  # the end of the last common folder
    while (end := start.find("/", shared + 1)) >= 0 and target.startswith(start[shared : end + 1], shared):
        shared = end
    return "../" * start.count("/", shared + 1) + target[shared + 1 :] or "./"


def address(record: Record, fragment: str = "") -> str:
    """Return the path of a record in its language (/actors/ID/), with a fragment if one is given.

    A fragment may be on a further page of the record: `page_of`.
    """
    if not fragment:
        return record.address
    return f"{Part(record.address).path_of(page_of(record, fragment))}#{fragment}"


def page_of(record: Record, fragment: str) -> int:
    """Return which page of a record has a fragment, from 0: the table of a dataset may have several."""
    dataset = record.dataset if record.family in _WITH_TABLE else None
    return dataset.places.get(fragment, 0) // MANY if dataset else 0


def _balanced(html: str) -> str:
    """Return HTML cut from a text without spans, such as those of languages, that have lost their other half."""
    opened: list[int] = []
    pieces = re.split(r"(<span\b[^>]*>|</span>)", html)
    for number, piece in enumerate(pieces):
        if piece.startswith("<span"):
            opened.append(number)
        elif piece == "</span>" and opened:
            opened.pop()
        elif piece == "</span>":
            pieces[number] = ""
    for number in opened:
        pieces[number] = ""
    return "".join(pieces)


def plain_text(phrase: Phrase) -> str:
    """Return a phrase without its markup."""
    return unescape(plain(phrase.html))


class LocaleSite(Struct, weakref=True):
    """One language of the atlas: its interface words, its citations, and the names of its records.

    It makes each text that many pages show once, and records its dependencies for each page (see `once`).

    Attributes:
        atlas: the atlas.
        language: the language.
        words: the interface words.
        citer: formats citations and references.
        styles: the styles in which every page shows how to cite it.
        tracker: records the parts of the atlas that a page uses.
        pictures: the folders whose pages have their own picture for social networks.
        collator: compares names.
        fonts: the fonts of share images; None if there are no such images.
        pruners: the pruned templates of each style in which pages show how to cite them.
    """

    atlas: Atlas
    language: Language
    words: Catalog
    citer: Citer
    styles: Mapping[str, Style] = field(default_factory=dict)
    tracker: DependencyTracker = field(default_factory=DependencyTracker)
    pictures: frozenset[str] = frozenset()
    collator: Collator = field(default_factory=Collator)
    fonts: ShareFonts | None = None
    pruners: defaultdict[str, TemplatePruner] = field(default_factory=lambda: defaultdict(TemplatePruner))
    _said: dict[Any, tuple[Any, frozenset[Seen]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, answer in (("near", self._near), ("title", self._title_of), ("card", self._card_of),
                             ("status", self._status_of)):  # fmt: skip
            self.tracker.table(f"{name}/{self.language.id}", answer)
        self.tracker.table("works-of", self._works_of)
        citer, origin = self.citer, self.tracker.origins.get("works")
        self.tracker.table(self._cited, citer.shown, origin=origin)

    def _query(self, name: str, key: str) -> Any:
        """Return a value on which pages depend, whatever it is computed from."""
        return self.tracker.query(f"{name}/{self.language.id}", key)

    def once(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """Return a value that is made on its first use; each use records the dependencies of the value.

        Args:
            key: what the value is and what it is of, unlike the key of any other value.
            make: makes it.
        """
        if key not in self._said:
            self._said[key] = self.tracker.computed(make)
        made, seen = self._said[key]
        self.tracker.seen |= seen
        return made  # type: ignore[no-any-return]

    def prepare(self) -> None:
        """Make the texts that nearly every page shows, so that the worker processes do not each make them again."""
        for id in self.sorted(self.atlas.records):
            self.card(id, summary=False)
        for key in self.citer.sort(self.citer.works):
            self.reference(key)

    def label(self, label: Label) -> str:
        """Return a declared label in this language."""
        return label.get(self.language.id, "")

    def words_of(self, label: Label) -> tuple[str, str]:
        """Return words that may lack this language, else those of the first language that they have, with its tag."""
        own = self.language.id if self.language.id in label else next(iter(label), "")
        return label.get(own, ""), self.foreign(own) if own else ""

    def period(self, start: EdtfDate | None, end: EdtfDate | None) -> str:
        """Return a period in words: a single date if both ends are the same, "" if there is neither."""
        return self.once(("period", start, end), lambda: self._period(start, end))

    def beginning(self, start: EdtfDate) -> str:
        """Return the beginning of a period that is over, in words."""
        return self.once(("beginning", start), lambda: show_beginning(start, self.words))

    def _period(self, start: EdtfDate | None, end: EdtfDate | None) -> str:
        if not (start or end):
            return ""
        if start and start == end:
            return show_date(start, self.words)
        try:
            return show_date(parse_edtf(f"{start or '..'}/{end or '..'}"), self.words)
        except ValueError:  # one of the two is an interval itself
            return " – ".join(show_date(moment, self.words) for moment in (start, end) if moment)

    def tag(self, language: str) -> str:
        """Return the tag of a language of the site; of any other, the argument itself."""
        known = self.atlas.site.languages.get(language)
        return known.tag if known else language

    def foreign(self, language: str) -> str:
        """Return the tag to mark text with, or "" if it is in this language."""
        tag = self.tag(language)
        return "" if tag == self.language.tag else tag

    # Records.

    def title(self, record: Record) -> Phrase:
        """Return the title or name of a record in this language, else in another, without links and citations."""
        return self._query("title", record.id)  # type: ignore[no-any-return]

    def _title_of(self, id: str) -> Phrase | None:
        record = self.atlas.records.get(id)
        return self.once(("title", id), lambda: self._title(record)) if record else None

    def _title(self, record: Record) -> Phrase:
        if record.title:
            language, prose = record.title.version(self.language.id)
            return self.sentence(language, prose.html, prose.slots)
        name = self.name(record)
        return Phrase(escaped(name.text), self.foreign(name.language))

    def name(self, record: Record) -> Name:
        """Return the name to show, one in use before a former one.

        Among these, a name in this language comes first, then one in its script, then the first in the file.
        """
        current = [name for name in record.names if name.kind in ("official", "short")] or list(record.names)
        own = [name for name in current if name.language in (self.language.id, self.language.tag)]
        writes_han = is_han(self.language.name)
        readable = [name for name in current if is_han(name.text) == writes_han]
        return (own or readable or current)[0]

    def sort_name(self, record: Record) -> tuple[str, str]:
        """Return the text by which a record is sorted, and the sort key of its author."""
        if record.names:
            name = self.name(record)
            return name.text, name.sort_key
        return plain_text(self.title(record)), ""

    def sorted(self, ids: Iterable[str]) -> list[str]:
        """Sort ids of records in the order of this language."""
        return sorted(dict.fromkeys(ids), key=self._sort_key)

    def neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """Return the records before and after one in the list of its family."""
        before, after = self._query("near", record.id)
        return self.atlas.records.get(before), self.atlas.records.get(after)

    def degree(self, record: Record) -> int | None:
        """Return the number of neighbours of a record in the network; None if it is not in the network."""
        return self.tracker.query(DEGREE, record.id)  # type: ignore[no-any-return]

    def network_row(self, record: Record) -> str:
        """Return the anchor of a record in the table of the network; "" if the table lacks it or has several pages."""
        is_long = self.tracker.query(EXCEEDS, str(MANY))
        return "" if is_long or self.degree(record) is None else f"#_node-{record.id}"

    def spot(self, place: str) -> Spot | None:
        """Return the position of a place on the world map; None if no record is there."""
        return self.tracker.query(SPOT, place)  # type: ignore[no-any-return]

    def edition(self) -> Release | None:
        """Return the latest release that has a list of its addresses."""
        return next((release for release in reversed(self.atlas.site.releases) if release.digest), None)

    def edition_state(self, record: Record) -> EditionState:
        """Return what a record is beside the latest edition."""
        return self.tracker.query(EDITION, record.id) if self.edition() else NO_EDITION

    def _near(self, id: str) -> tuple[str, str]:
        """Return the ids before and after one in the list of its family, "" at the ends."""
        record = self.atlas.records.get(id)
        return self._order(record.family).get(id, ("", "")) if record else ("", "")

    def _order(self, family: str) -> dict[str, tuple[str, str]]:
        def order() -> dict[str, tuple[str, str]]:
            ids = self.sorted(one.id for one in self.atlas.family(family))
            return dict(zip(ids, zip(["", *ids[:-1]], [*ids[1:], ""], strict=True), strict=True))

        return self.once(("order", family), order)

    def _sort_key(self, id: str) -> Any:
        return self.once(("sort", id), lambda: self._sorted_by(self.atlas.records[id]))

    def _sorted_by(self, record: Record) -> Any:
        text, author_key = self.sort_name(record)
        return self.collator.sort_key(
            text, self.language, author_key, is_person=BY_FAMILY[record.family].is_person
        ), record.id

    def card(self, id: str, summary: bool) -> Card:
        """Return the card of a record, without its URL."""
        return self._query("card", f"{id}/{summary:d}")  # type: ignore[no-any-return]

    def _card_of(self, key: str) -> Card | None:
        id, _, summary = key.rpartition("/")
        record = self.atlas.records.get(id)
        return self.once(("card", key), lambda: self._card(record, summary == "1")) if record else None

    def status(self, record: Record) -> TranslationStatus:
        """Return the state of a record in this language."""
        return self._query("status", record.id)  # type: ignore[no-any-return]

    def _status_of(self, id: str) -> TranslationStatus | None:
        record = self.atlas.records.get(id)
        return self.once(("status", id), lambda: translation_status(record, self.language.id)) if record else None

    def works_of(self, record: Record) -> Sequence[str]:
        """Return the keys of the works that a record names or cites, in alphabetical order."""
        return self.tracker.query("works-of", record.id)  # type: ignore[no-any-return]

    def _works_of(self, id: str) -> Sequence[str]:
        record = self.atlas.records.get(id)
        return self.once(("works-of", id), lambda: sorted(works_of(record))) if record else ()

    def _card(self, record: Record, summary: bool) -> Card:
        site = self.atlas.site
        kinds = site.kinds.get(record.family, {})
        return Card(
            id=record.id,
            family=record.family,
            url="",
            title=self.title(record),
            sides=tuple(self.label(site.sides[side].label) for side in record.sides),
            kind=self.label(kinds[record.kind].label) if record.kind in kinds else "",
            period=self.period(record.start, record.end),
            summary=self.excerpt(record) if summary else NOTHING,
            draft=record.draft,
            language=self.language_of(record),
        )

    def language_of(self, record: Record) -> str:
        """Return the name of the language in which the text of a record is shown; "" if it is this language."""
        used = record.shown_in(self.language.id)
        return show_language(subtag_of(self.tag(used)), self.language) if used != self.language.id else ""

    def excerpt(self, record: Record) -> Phrase:
        """Return the summary of a record without links and citations."""
        if record.summary is None:
            return NOTHING
        language, prose = record.summary.version(self.language.id)
        return self.sentence(language, prose.html, prose.slots)

    # Texts that need no URL.

    def sentence(self, language: str, html: str, slots: tuple[Slot, ...]) -> Phrase:
        """Return a text as other pages quote it: links as plain words, without citations."""
        numbers = {int(found[1]) for found in SLOT.finditer(html)}
        shown = fill(html, slots, {number: self._words(slots[number]) for number in numbers})
        if numbers:
            shown = _balanced(_LEFT_OVER.sub("", shown))
        return Phrase(self.marked(shown.strip(), language), self.foreign(language))

    @property
    def _cited(self) -> str:
        """Return the name of the table of what is shown of works."""
        return f"cited/{self.language.id}"

    def sorted_works(self, keys: Iterable[str]) -> list[str]:
        """Sort keys of works in the order of the style."""
        keys = list(keys)
        self.tracker.seen.update((self._cited, key) for key in keys)
        return self.citer.sort(keys)

    def citation(self, cites: Sequence[Cite], numbers: Mapping[str, int] | None) -> tuple[tuple[str | None, str], ...]:
        """Return a citation in pieces, each with the key of the work that it links to (`Citer.label`)."""
        self.tracker.seen.update((self._cited, cite.key) for cite in cites)
        return self.citer.label(cites, numbers)

    def reference(self, key: str) -> Html:
        """Return the reference of a work in this language, with Han characters marked."""
        self.tracker.seen.add((self._cited, key))
        return self.once(("reference", key), lambda: self.marked(self.citer.reference(key), self.language.id))

    def marked(self, html: str, language: str) -> Html:
        """Mark the runs of Han characters in a text, unless its language is written in them."""
        if subtag_of(self.tag(language)) in ("zh", "ja"):
            return Html(html)
        han = next((one.tag for one in self.atlas.site.languages.values() if subtag_of(one.tag) == "zh"), "zh")
        return Html(mark_han(html, han))

    def _words(self, slot: Slot) -> str:
        """Return a slot as plain words."""
        if slot.kind == "record":
            return self.record_label(slot)
        if slot.kind == "figure":
            return self.figure_label(slot)
        if slot.kind == "math":
            return slot.label
        if slot.kind == "language":
            return f"<span{tag_attributes(self.tag(slot.target))}>"
        return "</span>" if slot.kind == "close" and slot.label == "language" else ""

    def figure_label(self, slot: Slot) -> str:
        """Return the name of a figure or table: "Figure 2"."""
        t, number = self.words.t, slot.label
        name = t("table-number", n=number) if slot.target.startswith("tbl-") else t("figure-number", n=number)
        return escape(name, quote=False)

    def callout_label(self, slot: Slot) -> str:
        """Return the name of a callout by its kind."""
        t = self.words.t
        names = {
            "note": t("callout-note"),
            "tip": t("callout-tip"),
            "important": t("callout-important"),
            "warning": t("callout-warning"),
            "caution": t("callout-caution"),
        }
        return escape(names[slot.target], quote=False)

    def record_label(self, slot: Slot) -> str:
        """Return the text of a link to a record: that of the author, else the title of the record."""
        if slot.label:
            return escape(slot.label, quote=False)
        record = self.atlas.records.get(slot.target)
        if record is None:
            return slot.target
        title = self.title(record)
        return f"<span{tag_attributes(title.lang)}>{title.html}</span>" if title.lang else title.html

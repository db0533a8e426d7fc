"""The atlas in one language: titles, labels and addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from typing import Any, TypeVar

from msgspec import Struct, field

from atlas.bibliography.formatting.citer import Citer
from atlas.bibliography.formatting.styles import Style
from atlas.bibliography.parsing.person_names import is_han
from atlas.content.dependencies import Dependency, DependencyTracker
from atlas.content.linking import Atlas
from atlas.content.model import Label, Name, Record
from atlas.core.html import Html, escaped
from atlas.graphics.maps import Spot
from atlas.i18n.collation import Collator
from atlas.i18n.dates import show_date
from atlas.i18n.edtf import EdtfDate, parse_edtf
from atlas.i18n.locales import Language, show_language, subtag_of
from atlas.i18n.messages import Catalog
from atlas.markdown.prose import fill, mark_han, plain
from atlas.markdown.slots import SLOT, Slot
from atlas.pages.view_parts import Card, Phrase
from atlas.schema.families import BY_FAMILY

Made = TypeVar("Made")

DEGREE, SPOT = "degree", "spot"
"""What the small pictures ask of the whole: how many neighbours a record has, and where a place is on the earth."""

NOTHING = Phrase(Html(""))
_LEFT_OVER = re.compile(r"[ \t]+(?=[\u00a0\u202f]?[.,;:!?…。，；：！？、)»”]| |$)|\s+[—–]\s*$")
"""Spaces, and a dash at the end, that stood before a citation which is not shown."""


def relative(start: str, target: str) -> str:
    """The way from one page to another; both are paths from the root, and the folders among them end in /."""
    shared = 0  # where the last folder ends that both are in
    while (end := start.find("/", shared + 1)) >= 0 and target.startswith(start[shared : end + 1], shared):
        shared = end
    return "../" * start.count("/", shared + 1) + target[shared + 1 :] or "./"


def address(record: Record, fragment: str = "") -> str:
    """Where the page of a record stands in its language: /actors/ID/, with a fragment perhaps."""
    return record.address + (f"#{fragment}" if fragment else "")


def _balanced(html: str) -> str:
    """Words cut from a text, without the tags whose other half was left behind."""
    opened: list[int] = []
    pieces = re.split(r"(<span lang=\"[^\"]*\">|</span>)", html)
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
    """A phrase without its markup."""
    return unescape(plain(phrase.html))


class LocaleSite(Struct):
    """One language of the atlas: its words, its way of citing, and what it calls its records.

    styles: those in which every page says how to cite it; tracker: of what is looked at in the atlas.
    pictures: the folders whose pages have a picture of their own where they are shared; collator: compares names.

    What is said on many pages is put into words once, and noted for each: _said.
    """

    atlas: Atlas
    language: Language
    words: Catalog
    citer: Citer
    styles: Mapping[str, Style] = field(default_factory=dict)
    tracker: DependencyTracker = field(default_factory=DependencyTracker)
    pictures: frozenset[str] = frozenset()
    collator: Collator = field(default_factory=Collator)
    _said: dict[Any, tuple[Any, frozenset[Dependency]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tracker.table(f"near/{self.language.id}", self._near)

    def _once(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What is made the first time it is asked for; whoever asks has looked at what it is made from."""
        if key not in self._said:
            self._said[key] = self.tracker.record(make)
        made, seen = self._said[key]
        self.tracker.seen |= seen
        return made  # type: ignore[no-any-return]

    def prepare(self) -> None:
        """Say what nearly every page says, so that processes that share the pages need not say it each."""
        for id in self.sorted(self.atlas.records):
            self.card(id, summary=False)
        self.citer.sort(self.citer.works)

    def label(self, label: Label) -> str:
        """A declared label in this language."""
        return label.get(self.language.id, "")

    def period(self, start: EdtfDate | None, end: EdtfDate | None) -> str:
        """From a beginning to an end in words; a date where they are one, "" where there is neither."""
        return self._once(("period", start, end), lambda: self._period(start, end))

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
        """The tag of a language of the site, or the tag itself where it is none."""
        known = self.atlas.site.languages.get(language)
        return known.tag if known else language

    def foreign(self, language: str) -> str:
        """The tag to mark words with, or "" when they are in this language."""
        tag = self.tag(language)
        return "" if tag == self.language.tag else tag

    # Records.

    def title(self, record: Record) -> Phrase:
        """The title or name of a record in this language, or else as it stands; without links and citations."""
        return self._once(("title", record.id), lambda: self._title(record))

    def _title(self, record: Record) -> Phrase:
        if record.title:
            language, prose = record.title.version(self.language.id)
            return self.sentence(language, prose.html, prose.slots)
        name = self.name(record)
        return Phrase(escaped(name.text), self.foreign(name.language))

    def name(self, record: Record) -> Name:
        """The name to show: one in use before a former one.

        Among these, one in this language comes first, then one in its script, then the first that is written.
        """
        current = [name for name in record.names if name.kind in ("official", "short")] or list(record.names)
        own = [name for name in current if name.language in (self.language.id, self.language.tag)]
        writes_han = is_han(self.language.name)
        readable = [name for name in current if is_han(name.text) == writes_han]
        return (own or readable or current)[0]

    def sort_name(self, record: Record) -> tuple[str, str]:
        """What a record is sorted by, and its author's sort key."""
        if record.names:
            name = self.name(record)
            return name.text, name.sort_key
        return plain_text(self.title(record)), ""

    def sorted(self, ids: Iterable[str]) -> list[str]:
        """Ids of records in the order of this language."""
        return sorted(dict.fromkeys(ids), key=self._sort_key)

    def neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """The records before and after one in the list of its family."""
        before, after = self.tracker.query(f"near/{self.language.id}", record.id)
        return self.atlas.records.get(before), self.atlas.records.get(after)

    def degree(self, record: Record) -> int | None:
        """How many neighbours a record has in the network; None where it is not in it."""
        return self.tracker.query(DEGREE, record.id)  # type: ignore[no-any-return]

    def spot(self, place: str) -> Spot | None:
        """Where a place is in the picture of the whole earth; None where nothing is there."""
        return self.tracker.query(SPOT, place)  # type: ignore[no-any-return]

    def _near(self, id: str) -> tuple[str, str]:
        """The ids before and after one in the list of its family, "" at the ends."""
        record = self.atlas.records.get(id)
        return self._order(record.family).get(id, ("", "")) if record else ("", "")

    def _order(self, family: str) -> dict[str, tuple[str, str]]:
        def order() -> dict[str, tuple[str, str]]:
            ids = self.sorted(one.id for one in self.atlas.family(family))
            return dict(zip(ids, zip(["", *ids[:-1]], [*ids[1:], ""], strict=True), strict=True))

        return self._once(("order", family), order)

    def _sort_key(self, id: str) -> Any:
        return self._once(("sort", id), lambda: self._sorted_by(self.atlas.records[id]))

    def _sorted_by(self, record: Record) -> Any:
        text, author_key = self.sort_name(record)
        return self.collator.sort_key(
            text, self.language, author_key, is_person=BY_FAMILY[record.family].is_person
        ), record.id

    def card(self, id: str, summary: bool) -> Card:
        """A record as its neighbours show it, with no address yet."""
        return self._once(("card", id, summary), lambda: self._card(self.atlas.records[id], summary))

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
        """What readers call the language that the text of a record is shown in; "" when it is their own."""
        used = record.shown_in(self.language.id)
        return show_language(subtag_of(self.tag(used)), self.language) if used != self.language.id else ""

    def excerpt(self, record: Record) -> Phrase:
        """The summary of a record as a list shows it, without links and citations."""
        if record.summary is None:
            return NOTHING
        language, prose = record.summary.version(self.language.id)
        return self.sentence(language, prose.html, prose.slots)

    # Words of texts that need no address.

    def sentence(self, language: str, html: str, slots: tuple[Slot, ...]) -> Phrase:
        """A text as other pages quote it: links as words, without citations."""
        numbers = {int(found[1]) for found in SLOT.finditer(html)}
        shown = fill(html, slots, {number: self._words(slots[number]) for number in numbers})
        if numbers:
            shown = _balanced(_LEFT_OVER.sub("", shown))
        return Phrase(self.marked(shown.strip(), language), self.foreign(language))

    def reference(self, key: str) -> Html:
        """The reference of a work in this language, with Han characters marked."""
        return self._once(("reference", key), lambda: self.marked(self.citer.reference(key), self.language.id))

    def marked(self, html: str, language: str) -> Html:
        """Words of a language with the runs of Han characters in them marked, unless it is written in them."""
        if subtag_of(self.tag(language)) in ("zh", "ja"):
            return Html(html)
        han = next((one.tag for one in self.atlas.site.languages.values() if subtag_of(one.tag) == "zh"), "zh")
        return Html(mark_han(html, han))

    def _words(self, slot: Slot) -> str:
        """A slot as plain words."""
        if slot.kind == "record":
            return self.record_label(slot)
        if slot.kind == "language":
            return f'<span lang="{escape(self.tag(slot.target))}">'
        return "</span>" if slot.kind == "close" and slot.label == "language" else ""

    def record_label(self, slot: Slot) -> str:
        """The words of a link to a record: the author's, else what the record is called."""
        if slot.label:
            return escape(slot.label, quote=False)
        record = self.atlas.records.get(slot.target)
        if record is None:
            return slot.target
        title = self.title(record)
        return f'<span lang="{title.lang}">{title.html}</span>' if title.lang else title.html

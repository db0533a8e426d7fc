"""How things are said on one page: its language, its address, the words and the works that it cites.

Everything that depends on where a text is shown is decided here: addresses relative to the page,
titles in its language, `lang` on what is in another, citations in its style.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from atlas.citing import Cite, read_locator
from atlas.dates import show_moment
from atlas.editions import Edition, address, relative
from atlas.languages import Language, show_size, subtag_of
from atlas.linking import Atlas, Mention
from atlas.model import Label, Name, Record, Reference, Text, Version
from atlas.moments import Moment, read_moment
from atlas.prose import Prose, fill, mark_han
from atlas.slots import Slot
from atlas.views import Anchor, Card, Entry, Notice, Phrase

NOTHING = Phrase("")
FAMILY_KINDS = frozenset({"actor", "instrument", "case"})


@dataclass(slots=True)
class Setting:
    """One page in one language. path: from the root of the language, as in `/actors/`; absolute: 404 pages link so."""

    edition: Edition
    path: str
    absolute: bool = False
    cited: dict[str, None] = field(default_factory=dict)
    linked_paths: list[Slot] = field(default_factory=list)

    @property
    def atlas(self) -> Atlas:
        """The atlas that the page belongs to."""
        return self.edition.atlas

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.edition.language

    @property
    def place(self) -> str:
        """The path of the page from the root of the site."""
        return self.in_language(self.language, self.path)

    def in_language(self, language: Language, path: str) -> str:
        """A path of a language, from the root of the site."""
        return f"/{language.path}{path}" if language.path else path

    def url(self, path: str, language: Language | None = None) -> str:
        """The way from this page to a path of its language, or of another; a path may end in #fragment."""
        target, _, fragment = path.partition("#")
        target = self.in_language(language or self.language, target) if target else self.place
        if self.absolute:
            return self.host_path(target) + (f"#{fragment}" if fragment else "")
        if target == self.place:
            return f"#{fragment}" if fragment else "./"
        return relative(self.place, target) + (f"#{fragment}" if fragment else "")

    def file_url(self, path: str) -> str:
        """The way from this page to a file of the site that has no language, such as /static/atlas.css."""
        return self.host_path(path) if self.absolute else relative(self.place, path)

    def host_path(self, path: str) -> str:
        """A path of the site as a path of the host that publishes it."""
        base = self.atlas.site.base_url.split("://", 1)[-1].partition("/")[2]
        return "/" + base + path.lstrip("/")

    # Words.

    def label(self, label: Label) -> str:
        """A declared label in the language of the page."""
        return label[self.language.id]

    def moment(self, moment: Moment | None) -> str:
        """A date in words; "" for none."""
        return show_moment(moment, self.edition.words) if moment else ""

    def period(self, start: Moment | None, end: Moment | None) -> str:
        """From a beginning to an end, one of which may be absent."""
        if not (start or end):
            return ""
        if start and end and str(start) == str(end):
            return self.moment(start)
        try:
            return self.moment(read_moment(f"{start or '..'}/{end or '..'}"))
        except ValueError:
            return " – ".join(self.moment(moment) for moment in (start, end) if moment)

    def tag(self, language: str) -> str:
        """The tag of a language of the site, or the tag itself where it is none."""
        known = self.atlas.site.languages.get(language)
        return known.tag if known else language

    def foreign(self, language: str) -> str:
        """The tag to mark words with, or "" when they are in the language of the page."""
        tag = self.tag(language)
        return "" if tag == self.language.tag else tag

    # Names and titles.

    def title(self, record: Record) -> Phrase:
        """The title or name of a record in the language of the page, or else as it stands."""
        if record.title:
            return self.inline(record.title.version(self.language.id))
        name = self.name(record)
        return Phrase(escape(name.text, quote=False), self.foreign(name.language))

    def name(self, record: Record) -> Name:
        """The name to show: official before short, the page's language before the first that is written."""
        current = [name for name in record.names if name.kind in ("official", "short")] or list(record.names)
        own = [name for name in current if name.language in (self.language.id, self.language.tag)]
        return (own or current)[0]

    def sort_name(self, record: Record) -> tuple[str, str]:
        """What a record is sorted by, and its author's sort key."""
        if record.names:
            name = self.name(record)
            return name.text, name.sort_key or name.romanised
        return self.plain(self.title(record)), ""

    def plain(self, phrase: Phrase) -> str:
        """A phrase as plain text."""
        from html import unescape

        from atlas.prose import plain

        return unescape(plain(phrase.html))

    def card(self, id: str, *, summary: bool = False) -> Card:
        """A record as its neighbours show it."""
        site, record = self.atlas.site, self.atlas.records[id]
        kinds = site.kinds.get(record.family, {})
        return Card(
            id=record.id,
            family=record.family,
            url=self.url(address(record)),
            title=self.title(record),
            sides=tuple(self.label(site.sides[side].label) for side in record.sides),
            kind=self.label(kinds[record.kind].label) if record.kind in kinds else "",
            period=self.period(record.start, record.end),
            summary=self.excerpt(record) if summary else NOTHING,
        )

    def excerpt(self, record: Record) -> Phrase:
        """The summary of a record as a list shows it, without links and citations."""
        return self.sentence(*record.summary.version(self.language.id)) if record.summary else NOTHING

    def cards(self, ids: Iterable[str]) -> tuple[Card, ...]:
        """Records as cards, sorted by what they are called."""
        return tuple(self.card(id) for id in self.sorted(ids))

    def sorted(self, ids: Iterable[str]) -> list[str]:
        """Ids of records in the order of the page's language."""
        from atlas.sorting import sort_key

        def key(id: str) -> tuple[object, str]:
            record = self.atlas.records[id]
            text, author_key = self.sort_name(record)
            return sort_key(text, self.language, author_key), id

        return sorted(dict.fromkeys(ids), key=key)

    # Texts.

    def phrase(self, text: Text | None) -> Phrase:
        """A text of one paragraph or several, with its links and citations."""
        return self.inline(text.version(self.language.id)) if text else NOTHING

    def inline(self, version: Version) -> Phrase:
        """A version of a text, marked with its language when it is another than the page's."""
        language, prose = version
        html = fill(prose.html, prose.slots, {number: self._show(slot, language) for number, slot in prose.used()})
        html = html.replace('title="↩', f'title="{escape(self.edition.words.say("back-to-text"))} ')
        return Phrase(self._marked(html, language), self.foreign(language))

    def sentence(self, language: str, prose: Prose | None, html: str = "", slots: tuple[Slot, ...] = ()) -> Phrase:
        """A text as other pages quote it: links as words, without citations."""
        html, slots = (prose.html, prose.slots) if prose else (html, slots)
        from atlas.slots import SLOT

        numbers = [int(found[1]) for found in SLOT.finditer(html)]
        shown = fill(html, slots, {number: self._words(slots[number]) for number in numbers})
        for stop in ".,;:!?。，；：！？、":
            shown = shown.replace(f" {stop}", stop) if stop in ".,。，；：！？、" else shown
        return Phrase(self._marked(shown.strip(), language), self.foreign(language))

    def mentioned(self, mention: Mention) -> Phrase:
        """The sentence of a mention."""
        return self.sentence(mention.language, None, mention.sentence, mention.slots)

    def notice(self, *texts: Text | None) -> Notice:
        """Whether the first text there is stands in another language than the page's."""
        for text in texts:
            if text:
                language = text.version(self.language.id).language
                other = self.atlas.site.languages[language]
                return Notice(other.name if other.id != self.language.id else "")
        return Notice()

    def _marked(self, html: str, language: str) -> str:
        own = self.tag(language)
        han = next((one.tag for one in self.atlas.site.languages.values() if subtag_of(one.tag) == "zh"), "zh")
        return html if own.startswith(("zh", "ja")) else mark_han(html, han)

    def _words(self, slot: Slot) -> str:
        """A slot as plain words."""
        if slot.kind == "record":
            return self._record_label(slot)
        if slot.kind == "language":
            return f'<span lang="{escape(self.tag(slot.target))}">'
        return "</span>" if slot.kind == "close" and slot.label == "language" else ""

    def _record_label(self, slot: Slot) -> str:
        if slot.label:
            return escape(slot.label, quote=False)
        record = self.atlas.records.get(slot.target)
        return self.marked_phrase(self.title(record)) if record else slot.target

    def marked_phrase(self, phrase: Phrase) -> str:
        """A phrase as markup."""
        return f'<span lang="{phrase.lang}">{phrase.html}</span>' if phrase.lang else phrase.html

    def _show(self, slot: Slot, language: str) -> str:
        """A slot as markup."""
        if slot.kind == "record" and slot.target in self.atlas.records:
            url = self.url(address(self.atlas.records[slot.target], slot.fragment))
            return f'<a href="{escape(url)}">{self._record_label(slot)}</a>'
        if slot.kind == "cite":
            return self.cite([cite for cite, _ in slot.cites])
        if slot.kind == "path":
            return f'<a href="{escape(self._path_url(slot))}">'
        if slot.kind == "file":
            return f'<a class="download" href="{escape(self.file_url("/files/" + slot.target))}">'
        if slot.kind == "language":
            return f'<span lang="{escape(self.tag(slot.target))}">'
        if slot.kind == "close":
            return self._close(slot)
        return self._picture(slot) if slot.kind == "picture" else ""

    def _path_url(self, slot: Slot) -> str:
        if slot.target:
            self.linked_paths.append(slot)
        return self.url(slot.target + (f"#{slot.fragment}" if slot.fragment else ""))

    def _close(self, slot: Slot) -> str:
        if slot.label == "language":
            return "</span>"
        if slot.label == "file":
            if slot.target not in self.atlas.files:
                return "</a>"
            size = show_size(self.atlas.files[slot.target].size, self.language)
            suffix = posixpath.splitext(slot.target)[1].lstrip(".").upper()
            return f'</a> <span class="size">({escape(suffix)}, {escape(size)})</span>'
        return "</a>"

    def _picture(self, slot: Slot) -> str:
        file = self.atlas.files.get(slot.target)
        if file is None:
            return ""
        caption = escape(slot.label, quote=False) or escape(file.caption.get(self.language.id, ""), quote=False)
        credit = f"{escape(file.credit, quote=False)}, {escape(file.licence, quote=False)}"
        words = (
            f'{caption} <span class="credit">{credit}</span>' if caption else f'<span class="credit">{credit}</span>'
        )
        source = escape(self.file_url("/files/" + slot.target))
        picture = f'<img src="{source}" alt="{escape(self.label(file.alt))}" loading="lazy">'
        return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"

    # Citations.

    def cite(self, cites: Sequence[Cite]) -> str:
        """A citation, each work a link to its reference at the foot of the page."""
        known = tuple(cite for cite in cites if cite.key in self.atlas.works)
        if not known:
            return ""
        self.cited.update(dict.fromkeys(cite.key for cite in known))
        pieces = self.edition.citer.label(known)
        shown = [f'<a class="cite" href="#_ref-{escape(key)}">{words}</a>' if key else words for key, words in pieces]
        return "".join(shown)

    def cites(self, references: Sequence[Reference]) -> str:
        """The works that a statement rests on, as a citation."""
        rows = [Cite(reference.work, "", read_locator(reference.locator)[0]) for reference in references]
        return self.cite(rows) if rows else ""

    def references(self) -> tuple[Entry, ...]:
        """The works cited on the page so far, in the order of the style."""
        return self.entries(self.cited)

    def entries(self, keys: Iterable[str]) -> tuple[Entry, ...]:
        """Works as entries of a list, in the order of the style."""
        citer = self.edition.citer
        return tuple(Entry(key, citer.reference(key), self.url(f"/sources/{key}/")) for key in citer.sort(list(keys)))

    def link(self, label: Label | str, path: str) -> Anchor:
        """A link to a page of this language."""
        words = label if isinstance(label, str) else self.label(label)
        return Anchor(Phrase(escape(words, quote=False)), self.url(path))

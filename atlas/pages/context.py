"""Holds the context of one page: its address, links, citations and language.

It resolves relative URLs, and citations that link to the references of the page. LocaleSite has what is the same on
all pages of a language.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.bibliography.citing.syntax import Cite
from atlas.content.files import WEBP, File
from atlas.content.linking import Atlas, Mention
from atlas.content.model import Label, Record, Reference, Text, Version
from atlas.content.uploads import kind_of
from atlas.core.digests import short_digest
from atlas.core.html import Html, escaped
from atlas.i18n.edtf import EdtfDate
from atlas.i18n.locales import Language, show_language, show_size, tag_attributes
from atlas.markdown.prose import fill
from atlas.markdown.slots import Slot
from atlas.pages.list_parts import WHOLE, Part, Row
from atlas.pages.locale_site import NOTHING, LocaleSite, address, page_of, relative
from atlas.pages.view_parts import Anchor, Card, Notice, Phrase, ReferenceEntry

_COLUMN = 38
"""How wide the stylesheet makes the column of text on a screen of 40rem or more, in rem."""
_LONG = 100
"""Number of references from which a list is kept as a part of its page."""
_IDS = re.compile(r'(?<=[ "])id="|href="#(?=fn)')
"""Ids in a text, and the links between its notes."""
_NOTE = re.compile(r"<sup\b[^>]*><a class=\"footnote-ref\".*?</a></sup>")
"""The mark of a footnote."""


class PageContext(Struct):
    """One page in one language.

    Attributes:
        locale_site: the language.
        path: the path from the root of the language, such as `/actors/`.
        absolute: whether its URLs begin at the root of the host, as on 404 pages.
        cited: the keys of the works cited so far, in their order.
        citations: the ids of the citations so far, by the key of the work.
        linked_paths: the links by path so far.
        book: on a page that contains several others, the anchor of each by its path.
        chapter: the anchor of the page that is being added to such a page.
    """

    locale_site: LocaleSite
    path: str
    absolute: bool = False
    cited: dict[str, None] = field(default_factory=dict)
    citations: dict[str, list[str]] = field(default_factory=dict)
    linked_paths: list[Slot] = field(default_factory=list)
    book: Mapping[str, str] = field(default_factory=dict)
    chapter: str = ""
    lists_works: bool = True
    """Whether the page lists the works that it cites; if not, citations lead to the pages of the works."""
    place: str = ""
    """The path of the page from the root of the site."""
    part: Part = WHOLE
    """Which page of its list it is."""

    def __post_init__(self) -> None:
        self.place = self.in_language(self.language, self.path)

    def in_chapter(self, anchor: str) -> PageContext:
        """Return the same page while it adds one of the pages that it contains; both collect the same citations."""
        return replace(self, chapter=anchor)

    @property
    def is_further(self) -> bool:
        """Return whether the page shows the entries of a list that the page before it had no room for."""
        return self.part.number > 0

    def on_page(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the entries of a list that are on this page: all, unless the list has several pages."""
        return self.part.of(rows)

    @property
    def atlas(self) -> Atlas:
        """Return the atlas of the page."""
        return self.locale_site.atlas

    @property
    def language(self) -> Language:
        """Return the language of the page."""
        return self.locale_site.language

    def in_language(self, language: Language, path: str) -> str:
        """Return a path of a language from the root of the site."""
        return f"/{language.path}{path}" if language.path else path

    def url(self, path: str, language: Language | None = None) -> str:
        """Return the URL from this page to a path, which may end in #fragment, in its language or another."""
        target, _, fragment = path.partition("#")
        anchor = self.book.get(target, "") if target else self.chapter
        if anchor and language is None:
            return f"#{anchor}--{fragment}" if fragment else f"#{anchor}"
        target = self.in_language(language or self.language, target) if target else self.place
        if self.absolute:
            return self.host_path(target) + (f"#{fragment}" if fragment else "")
        if target == self.place:
            return f"#{fragment}" if fragment else "./"
        return relative(self.place, target) + (f"#{fragment}" if fragment else "")

    def file_url(self, path: str) -> str:
        """Return the URL from this page to a file without a language, such as /static/atlas.css."""
        return self.host_path(path) if self.absolute else relative(self.place, path)

    def host_path(self, path: str) -> str:
        """Return a path of the site as a path on the host that publishes it."""
        base = self.atlas.site.base_url.split("://", 1)[-1].partition("/")[2]
        return "/" + base + path.lstrip("/")

    # Words.

    def label(self, label: Label) -> str:
        """Return a declared label in the language of the page."""
        return self.locale_site.label(label)

    def moment(self, moment: EdtfDate | None) -> str:
        """Return a date in words; "" for none."""
        return self.locale_site.period(moment, moment)

    def period(self, start: EdtfDate | None, end: EdtfDate | None) -> str:
        """Return a period in words; start or end may be absent."""
        return self.locale_site.period(start, end)

    def foreign(self, language: str) -> str:
        """Return the tag to mark text with, or "" if it is in the language of the page."""
        return self.locale_site.foreign(language)

    def anchor(self, id: str, fragment: str = "") -> Anchor:
        """Return a link to a record, or to a statement in it, with the title of the record."""
        record = self.atlas.records[id]
        return Anchor(self.locale_site.title(record), self.url(address(record, fragment)))

    def card(self, id: str, *, summary: bool = False) -> Card:
        """Return the card of a record."""
        card = self.locale_site.card(id, summary)
        return replace(card, url=self.url(address(self.atlas.records[id])))

    def cards(self, ids: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards of records, sorted by name."""
        return tuple(self.card(id) for id in self.locale_site.sorted(ids))

    # Texts.

    def phrase(self, text: Text | None) -> Phrase:
        """Return a text with its links and citations."""
        return self.inline(text.version(self.language.id)) if text else NOTHING

    def inline(self, version: Version) -> Phrase:
        """Return a version of a text, marked with its language if that is not the language of the page."""
        language, prose = version
        html = fill(prose.html, prose.slots, {number: self._show(slot) for number, slot in prose.used()})
        if 'title="↩' in html:
            html = html.replace('title="↩', f'title="{escape(self.locale_site.words.t("back-to-text"))} ')
        if self.chapter:
            html = _IDS.sub(rf"\g<0>{self.chapter}--", html)
        return Phrase(self.locale_site.marked(html, language), self.foreign(language))

    def quoted(self, text: Text, path: str) -> Phrase:
        """Return a text of another page, at `path`, with its links and citations, without its footnotes."""
        language, prose = text.version(self.language.id)
        html = fill(prose.html, prose.slots, {number: self._quote(slot, path) for number, slot in prose.used()})
        return Phrase(self.locale_site.marked(_NOTE.sub("", html), language), self.foreign(language))

    def _quote(self, slot: Slot, path: str) -> str:
        """Return the markup of a slot for another page: links within its own page lead there, anchors are left out."""
        if slot.kind == "path":
            return f'<a href="{escape(self.url(self._with_fragment(slot.target or path, slot.fragment)))}">'
        if slot.kind == "figure":
            return self._reference(slot, path)
        return "" if slot.kind in ("attributes", "picture") else self._show(slot)

    def mentioned(self, mention: Mention) -> Phrase:
        """Return the sentence of a mention."""
        return self.locale_site.sentence(mention.language, mention.sentence, mention.slots)

    def notice(self, record: Record) -> Notice:
        """Return what readers should know about the text of a record: its language and its state."""
        language, site = self.language.id, self.atlas.site
        has_page = record.translations and "parallel" in site.views
        parallel = self.url(f"/parallel{record.address}", site.default_language) if has_page else ""
        if record.original == language:
            return Notice(draft=record.draft, parallel=parallel)
        if name := self.locale_site.language_of(record):
            return Notice(name, draft=record.draft, parallel=parallel)
        own = self.locale_site.status(record)
        return Notice(
            partial=bool(own.missing),
            behind=bool(own.behind),
            sections=self._sections(record, own.behind),
            draft=record.draft,
            parallel=parallel,
            unreviewed=own.reviewed is None,
            reviewer=own.reviewed.name if own.reviewed else "",
            reviewed=self.moment(own.reviewed.date) if own.reviewed else "",
        )

    def _sections(self, record: Record, behind: tuple[str, ...]) -> tuple[Anchor, ...]:
        """Return links to the sections of a body that are behind the original."""
        if record.body is None:
            return ()
        language, prose = record.body.version(self.language.id)
        return tuple(
            Anchor(self.locale_site.sentence(language, heading.html, prose.slots), f"#{heading.id}")
            for heading in prose.headings
            if f"body/{heading.id}" in behind
        )

    def _show(self, slot: Slot) -> str:
        """Return the markup of a slot."""
        if slot.kind == "record" and slot.target in self.atlas.records:
            url = self.url(address(self.atlas.records[slot.target], slot.fragment))
            return f'<a href="{escape(url)}">{self.locale_site.record_label(slot)}</a>'
        if slot.kind == "cite":
            return self.cite([cite for cite, _ in slot.cites])
        if slot.kind == "path":
            return f'<a href="{escape(self._path_url(slot))}">'
        if slot.kind == "file":
            return f'<a class="download" href="{escape(self.file_url("/files/" + slot.target))}">'
        if slot.kind == "language":
            return f"<span{tag_attributes(self.locale_site.tag(slot.target))}>"
        if slot.kind == "close":
            return self._close(slot)
        if slot.kind == "math":
            return slot.label
        if slot.kind == "callout":
            return f'<p class="kind">{self.locale_site.callout_label(slot)}</p>'
        if slot.kind == "figure" or (slot.kind == "attributes" and slot.label):
            return self._reference(slot)
        if slot.kind == "attributes" and slot.target and not self.chapter:
            label = escape(self.locale_site.words.t("permalink"))
            return f'<a class="permalink" href="#{escape(slot.target)}" aria-label="{label}">¶</a>'
        return self._picture(slot) if slot.kind == "picture" else ""

    def _path_url(self, slot: Slot) -> str:
        if slot.target:
            self.linked_paths.append(slot)
        return self.url(self._with_fragment(slot.target, slot.fragment))

    def _with_fragment(self, path: str, fragment: str) -> str:
        """Return a path with a fragment; the path of the page of the record there that has it. "" is this page."""
        if not fragment:
            return path
        is_chapter = self.chapter and not path
        record = self.atlas.records[self.chapter] if is_chapter else self.atlas.addresses.get(path or self.path)
        return address(record, fragment) if record and page_of(record, fragment) else f"{path}#{fragment}"

    def _reference(self, slot: Slot, path: str = "") -> str:
        """Return a link to a figure or table, here or on another page, that shows its number."""
        url = escape(self.url(f"{path}#{slot.target}"))
        label = self.locale_site.figure_label(slot)
        return (
            f'<a class="number" href="{url}">{label}</a> '
            if slot.kind == "attributes"
            else f'<a href="{url}">{label}</a>'
        )

    def _close(self, slot: Slot) -> str:
        if slot.label == "language":
            return "</span>"
        if slot.label == "picture":
            return self._credit(slot)
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
        source = escape(self.file_url("/files/" + slot.target))
        alt, language = self.locale_site.words_of(file.alt)
        tag = tag_attributes(language) if language else ""
        size = f' width="{file.width}" height="{file.height}"' if file.width else ""
        kind = kind_of(slot.target)
        if kind == "picture":
            image = f'<img src="{source}" alt="{escape(alt)}"{tag}{size} loading="lazy">'
            return self._varied(file, slot.width or 100, image)
        name = f' aria-label="{escape(alt)}"{tag}'
        tracks = "".join(self._track(language, path) for language, path in file.captions.items())
        return f'<{kind} controls preload="none" src="{source}"{name}>{tracks}</{kind}>'

    def _varied(self, file: File, share: int, image: str) -> str:
        """Return a picture with its smaller copies, from which a browser that shows WebP takes the one that fits.

        Args:
            file: the picture.
            share: how wide it is shown, in hundredths of the column of text or of a small screen.
            image: its element.
        """
        if not file.variants:
            return image
        shown = list(zip(file.variant_paths, file.variants, strict=True))
        if file.suffix == WEBP and file.width <= 2 * file.variants[-1]:
            shown.append((f"files/{file.path}", file.width))
        sources = ", ".join(f"{quote(self.file_url(f'/{path}'))} {width}w" for path, width in shown)
        sizes = f"(min-width: 40rem) {_COLUMN * share / 100:g}rem, {share}vw"
        return f'<picture><source type="image/webp" srcset="{escape(sources)}" sizes="{sizes}">{image}</picture>'

    def _track(self, language: str, path: str) -> str:
        """Return the captions of a recording in one language."""
        own = self.atlas.site.languages[language]
        source = escape(self.file_url("/files/" + path))
        is_own = " default" if language == self.language.id else ""
        return f'<track kind="captions" src="{source}" srclang="{own.tag}" label="{escape(own.name)}"{is_own}>'

    def _credit(self, slot: Slot) -> str:
        """Return what ends the caption of a picture: the words of its file where it has none, credit and licence."""
        file = self.atlas.files.get(slot.target)
        if file is None:
            return ""
        caption, language = ("", "") if slot.fragment else self.locale_site.words_of(file.caption)
        words = escape(caption, quote=False)
        words = f"<span{tag_attributes(language)}>{words}</span>" if language and words else words
        credit = f"{escape(file.credit, quote=False)}, {escape(file.licence, quote=False)}"
        space = " " if words or slot.fragment else ""
        transcript = ""
        if file.transcript:
            url = escape(self.file_url("/files/" + file.transcript))
            transcript = f' <a href="{url}">{escape(self.locale_site.words.t("transcript"), quote=False)}</a>'
        return f'{words}{space}<span class="credit">{credit}</span>{transcript}'

    # Citations.

    def cite(self, cites: Sequence[Cite]) -> str:
        """Return a citation with a link from each work to its reference, and count the works as cited.

        Each link has an id, so that the reference can lead back to it; pages to print need none.
        """
        known = tuple(cite for cite in cites if cite.key in self.atlas.works)
        if not known:
            return ""
        self.cited.update(dict.fromkeys(cite.key for cite in known))
        pieces = self.locale_site.citation(known, self._numbers())
        return "".join(self._cite_link(key, words) if key else words for key, words in pieces)

    def _cite_link(self, key: str, words: str) -> str:
        if not self.lists_works:
            return f'<a class="cite" href="{escape(self.url(f"/sources/{key}/"))}">{words}</a>'
        if self.chapter:
            return f'<a class="cite" href="#_ref-{escape(key)}">{words}</a>'
        id = f"_c{sum(map(len, self.citations.values())) + 1}"
        self.citations.setdefault(key, []).append(id)
        return f'<a class="cite" href="#_ref-{escape(key)}" id="{id}">{words}</a>'

    def _numbers(self) -> dict[str, int] | None:
        """Return the numbers of the works on this page in their order of citation; None unless the style is numeric."""
        if self.locale_site.citer.style.labels != "numeric":
            return None
        return {key: number for number, key in enumerate(self.cited, 1)}

    def cites(self, references: Sequence[Reference]) -> Html:
        """Return the citation of the works that support a fact."""
        rows = [Cite(reference.work, "", reference.locator, reference.suffix) for reference in references]
        return self.locale_site.marked(self.cite(rows), self.language.id)

    def lead_to_works(self) -> None:
        """Let citations lead to the pages of the works, so that a long page needs no list; not in a numeric style."""
        self.lists_works = self.locale_site.citer.style.labels == "numeric"

    def references(self) -> tuple[ReferenceEntry, ...]:
        """Return the works cited so far, in the order of the style; none where the page lists none."""
        if not self.lists_works:
            return ()
        numbers = self._numbers()
        if numbers is None:
            return tuple(self._with_notes(entry) for entry in self._entries_of_cited())
        return tuple(
            self._with_notes(replace(self.entry(key), number=f"[{number}]")) for key, number in numbers.items()
        )

    def _entries_of_cited(self) -> tuple[ReferenceEntry, ...]:
        if len(self.cited) < _LONG:
            return self.entries(self.cited)
        keys = short_digest(msgspec.msgpack.encode(list(self.cited))).hex()
        part = self.locale_site.tracker.part
        return part(f"references {keys}", tuple[ReferenceEntry, ...], lambda: self.entries(self.cited))

    def _with_notes(self, entry: ReferenceEntry) -> ReferenceEntry:
        """Return a reference with its language, how the work was consulted, and where the page cites it."""
        work = self.atlas.works[entry.key]
        return replace(
            entry,
            language=show_language(work.language, self.language) if work.language else "",
            consulted=work.consulted or self.atlas.site.consulted,
            citations=tuple(self.citations.get(entry.key, ())),
        )

    def entries(self, keys: Iterable[str]) -> tuple[ReferenceEntry, ...]:
        """Return works as entries of a list, in the order of the style."""
        return tuple(self.entry(key) for key in self.locale_site.sorted_works(keys))

    def entry(self, key: str) -> ReferenceEntry:
        """Return a work as an entry of a list."""
        html = self.locale_site.reference(key)
        return ReferenceEntry(
            key, html, self.url(f"/sources/{key}/"), archived=self.atlas.works[key].text("archiveurl")
        )

    def link(self, label: Label | str, path: str) -> Anchor:
        """Return a link to a page of this language."""
        words = label if isinstance(label, str) else self.label(label)
        return Anchor(Phrase(escaped(words)), self.url(path))

"""Builds the citation data of a page: how to cite it, meta tags, JSON-LD, and the exports of works."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import escape

from atlas.bibliography.exports import bibtex_entry, csl_array, csl_item, ris_entry
from atlas.bibliography.formatting.citer import Citer
from atlas.bibliography.formatting.styles import Style
from atlas.bibliography.parsing.person_names import PersonName
from atlas.bibliography.parsing.works import Work
from atlas.content.model import Record, Site
from atlas.core.html import Html, escaped
from atlas.core.problems import NOWHERE
from atlas.pages.context import PageContext
from atlas.pages.head import Tags, absolute
from atlas.pages.plan import PlannedFile
from atlas.pages.view_parts import Anchor, CiteRow, Meta, Phrase
from atlas.schema.identifiers import identifier_url

_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_KEY = "this-page"
Format = tuple[str, str, Callable[[Work], str], Callable[[Iterable[str]], str]]
FORMATS: tuple[Format, ...] = (
    ("BibTeX", "bib", bibtex_entry, "\n".join),
    ("RIS", "ris", ris_entry, "".join),
    ("CSL-JSON", "json", csl_item, csl_array),
)
"""The formats of exports: name, suffix, the function for one work, and that which joins several."""


def page_work(
    context: PageContext,
    title: str,
    url: str,
    date: str,
    record: Record | None = None,
    language: str = "",
    version: str = "",
) -> Work:
    """Return a page as a work.

    Args:
        context: the page.
        title: its title.
        url: its absolute URL.
        date: its date (EDTF).
        record: its record, for the authors.
        language: its language tag; that of the page if empty.
        version: the edition that it belongs to, if it is as in that edition.
    """
    site = context.atlas.site
    own = tuple(record.authors) if record else ()
    authors = own or (PersonName(literal=context.label(site.author)),)
    fields = {"title": title, "url": url}
    if context.label(site.title) not in (title, authors[0].text):
        fields["organization"] = context.label(site.title)
    if version:
        fields["version"] = version
    return Work(
        key=_KEY,
        type="online",
        fields=fields,
        people={"author": authors},
        dates={"date": date},
        language=language or context.language.tag,
        span=record.span if record else NOWHERE,
        raw={},
        private={},
        entry_type="online",
    )


def cite_rows(context: PageContext, work: Work, styles: Mapping[str, Style]) -> tuple[CiteRow, ...]:
    """Return the reference of a page in each style, in the language of the page."""
    own, language = context.locale_site, context.language
    return tuple(
        CiteRow(
            own.marked(escape(style.name), language.id),
            Citer({_KEY: work}, style, language.tag, own.collator, own.pruners[id]).reference(_KEY),
        )
        for id, style in styles.items()
    )


def meta_tags(work: Work, item_type: str = "") -> tuple[Meta, ...]:
    """Return the `citation_*` tags of Highwire Press, as Google Scholar and Zotero read them.

    Args:
        work: the work.
        item_type: the Zotero item type of the page, if the type of the work does not determine it.
    """
    date = work.date if _DAY.fullmatch(work.date) else work.year
    rows = [
        Meta("citation_title", work.title),
        *(Meta("citation_author", name.text) for name in work.authors if not name.others),
        Meta("citation_publication_date", date.replace("-", "/") if date.isdecimal() or _DAY.fullmatch(date) else ""),
        Meta("citation_language", work.language),
        Meta("citation_public_url", work.url),
        *(Meta("citation_editor", name.text) for name in _editors(work)),
        *(Meta(name, _with_subtitle(work, field)) for name, field in _places(work)),
        *_page_tags(work.text("pages")),
        Meta("z:itemType", item_type or _ITEM_TYPES.get(work.type, "document")),
    ]
    return tuple(row for row in rows if row.content)


def _editors(work: Work) -> Iterator[PersonName]:
    """Return the editors, unless the reference of the work begins with them."""
    names = () if work.head_role == "editor" else work.people.get("editor", ())
    return (name for name in names if not name.others)


_SUBTITLES = {"booktitle": "booksubtitle", "journaltitle": "journalsubtitle"}


def _with_subtitle(work: Work, field: str) -> str:
    """Return a field; the title of a journal or book with its subtitle."""
    subtitle = work.text(_SUBTITLES.get(field, ""))
    return f"{work.text(field)}: {subtitle}" if subtitle else work.text(field)


def _places(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the tags for the container of a work (journal, book, institution), each with its field."""
    number = "citation_technical_report_number" if work.type == "report" else "citation_issue"
    yield from (("citation_volume", "volume"), (number, "number" if "number" in work.fields else "issue"))
    yield from (("citation_doi", "doi"), ("citation_isbn", "isbn"), ("citation_issn", "issn"))
    yield from (("citation_publisher", "publisher"), ("citation_series_title", "series"))
    if work.type in ("article", "newspaper", "magazine"):
        yield "citation_journal_title", "journaltitle" if "journaltitle" in work.fields else "shortjournal"
    elif work.type == "paper":
        yield "citation_conference_title", "booktitle" if "booktitle" in work.fields else "eventtitle"
    elif work.type == "chapter":
        yield from (("citation_inbook_title", "booktitle"), ("citation_book_title", "booktitle"))
    elif work.type == "thesis":
        yield "citation_dissertation_institution", "institution"
    elif work.type == "report":
        yield "citation_technical_report_institution", "institution"


def _page_tags(pages: str) -> Iterator[Meta]:
    first, _, last = pages.replace("–", "-").partition("-")
    yield Meta("citation_firstpage", first.strip())
    yield Meta("citation_lastpage", last.strip("- "))


_ITEM_TYPES = {
    "article": "journalArticle",
    "newspaper": "newspaperArticle",
    "magazine": "magazineArticle",
    "periodical": "book",
    "book": "book",
    "proceedings": "book",
    "chapter": "bookSection",
    "paper": "conferencePaper",
    "thesis": "thesis",
    "report": "report",
    "online": "webpage",
    "legislation": "statute",
    "treaty": "statute",
    "jurisdiction": "case",
    "film": "film",
    "audio": "audioRecording",
    "archival": "manuscript",
    "artwork": "artwork",
    "map": "map",
    "preprint": "preprint",
    "dataset": "dataset",
    "software": "computerProgram",
    "patent": "patent",
    "standard": "standard",
    "unpublished": "manuscript",
}
"""The Zotero item type of each type of work; Zotero reads it from `z:itemType`."""


def json_ld(
    context: PageContext, work: Work, updated: str, kind: str, more: Mapping[str, object] | None = None
) -> Html:
    """Return the page as JSON-LD (schema.org), safe inside `<script>`.

    Args:
        context: the page.
        work: the page as a work.
        updated: the day of its last change, or "".
        kind: its schema.org type.
        more: further properties of that type.
    """
    site = context.atlas.site
    data = {"@context": "https://schema.org", **_linked(work, context.label(site.author), kind, site)}
    whole = {"@type": "WebSite", "name": context.label(site.title)}
    data |= {"dateModified": updated, "isPartOf": whole, **(more or {})}
    return _in_script(data)


def _linked(work: Work, organisation: str, kind: str, site: Site | None = None) -> dict[str, object]:
    """Return a work as a schema.org object.

    Args:
        work: the work.
        organisation: the name of the organisation among the authors; "" if their form shows which are persons.
        kind: the schema.org type.
        site: declares the identifiers of authors, for a page of the atlas.
    """
    authors = [
        {
            "@type": "Organization" if _is_body(name, organisation) else "Person",
            "name": name.text,
            **({"sameAs": same} if (same := _registered(name, site)) else {}),
        }
        for name in work.authors
        if not name.others
    ]
    return {
        "@type": kind,
        "name": work.title,
        "author": authors,
        "datePublished": work.date,
        "inLanguage": work.language,
        "url": work.url,
        "version": work.text("version"),
    }


def _registered(name: PersonName, site: Site | None) -> list[str]:
    """Return the URLs of an author in public registers."""
    identifiers = site.identifiers_of(name.text) if site else {}
    return [identifier_url(key, value) for key, value in identifiers.items()]


def _is_body(name: PersonName, organisation: str) -> bool:
    return name.text == organisation or not name.is_person


def _in_script(data: Mapping[str, object]) -> Html:
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return Html(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def list_tags(
    context: PageContext,
    title: str,
    kind: str = "CollectionPage",
    updated: str = "",
    more: Mapping[str, object] | None = None,
) -> Tags:
    """Return the metadata of a page without signature, such as a list.

    Args:
        context: the page.
        title: its title.
        kind: its type in schema.org.
        updated: the day of its last change, or "".
        more: further properties of that type.
    """
    canonical = absolute(context.atlas, context.language, context.path)
    work = page_work(context, title, canonical, str(context.atlas.site.as_of))
    return meta_tags(work), json_ld(context, work, updated, kind, more)


def work_tags(context: PageContext, work: Work) -> Tags:
    """Return the metadata of the page of a work: tags for the work, JSON-LD for the work and its page."""
    linked = {**_linked(work, "", "CreativeWork"), "archivedAt": work.text("archiveurl")}
    about = {key: value for key, value in linked.items() if value}
    data = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": work.title,
        "inLanguage": context.language.tag,
        "url": absolute(context.atlas, context.language, context.path),
        "isPartOf": {"@type": "WebSite", "name": context.label(context.atlas.site.title)},
        "mainEntity": about,
    }
    return meta_tags(work), _in_script(data)


def downloads(context: PageContext, stem: str) -> tuple[Anchor, ...]:
    """Return links to the works of a page in every format; none where the site has no such files.

    Args:
        context: the page.
        stem: the path of the files without their suffix.
    """
    if "files" not in context.atlas.site.views:
        return ()
    return tuple(Anchor(Phrase(escaped(name)), context.file_url(f"{stem}.{ending}")) for name, ending, *_ in FORMATS)


def page_downloads(context: PageContext) -> tuple[Anchor, ...]:
    """Return links to the works that a page cites. Call it when the whole page is built."""
    return downloads(context, f"{context.path}references") if context.cited else ()


def work_files(stem: str, work: Work) -> Iterator[PlannedFile]:
    """Yield the files of one work, one for each format. stem: their path without the suffix."""
    return Exports({work.key: work}).files(stem, (work.key,))


class Exports:
    """Files of works, one for each format. Each work is converted once, however many files it is in.

    Args:
        works: all works, by key.
        tracked: whether reading a work is recorded.
    """

    def __init__(self, works: Mapping[str, Work], *, tracked: bool = False) -> None:
        self.works, self.tracked = works, tracked
        self._entries: dict[tuple[str, str], str] = {}

    def files(self, stem: str, keys: tuple[str, ...]) -> Iterator[PlannedFile]:
        """Yield the files of some works.

        Args:
            stem: their path without the suffix.
            keys: the keys of the works.
        """
        for format in FORMATS:
            path = f"{stem}.{format[1]}".lstrip("/")
            yield PlannedFile(path, partial(self._text, format, keys), self.tracked, keys)

    def _text(self, format: Format, keys: tuple[str, ...]) -> bytes:
        _, ending, write, join = format
        return join(self._entry(ending, write, key) for key in keys).encode()

    def _entry(self, ending: str, write: Callable[[Work], str], key: str) -> str:
        work = self.works[key]  # read each time, because each file depends on it
        if (ending, key) not in self._entries:
            self._entries[ending, key] = write(work)
        return self._entries[ending, key]

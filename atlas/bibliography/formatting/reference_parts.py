"""Computes the parts of a reference that combine several fields and that templates can name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from atlas.bibliography.formatting.date_parts import DATE_PARTS
from atlas.bibliography.formatting.name_lists import is_latin
from atlas.bibliography.formatting.typesetting import capital, encoded, page_range, to_html
from atlas.bibliography.parsing.latex import plain
from atlas.bibliography.parsing.person_names import is_han
from atlas.bibliography.parsing.work_dates import edition_number
from atlas.i18n.locales import subtag_of

if TYPE_CHECKING:
    from atlas.bibliography.formatting.reference_context import ReferenceContext
    from atlas.bibliography.formatting.styles import StyleSheet
    from atlas.bibliography.parsing.works import Work

_NUMBERED = frozenset({"report", "patent", "archival", "standard", "legislation", "treaty", "jurisdiction"})
_TYPED = frozenset({"phdthesis", "mastersthesis", "techreport"})
_PUBLISHERS = ("publisher", "institution", "organization")
_SITES = ("organization", "institution", "publisher", "journaltitle", "howpublished")
_EDITION_WORD = re.compile(r"\bed(?:s|n|ition)?\b|version|print|issue|reissue|facsimile", re.IGNORECASE)
_DESCRIBED = frozenset({"artwork", "audio", "film", "dataset", "software"})
_DESCRIPTIONS = frozenset(
    {"film", "video", "album", "song", "podcast", "interview", "speech", "painting", "photograph", "map"}
)
_BOUND = frozenset({"article", "book", "chapter", "paper", "report", "thesis"})
_KINDS = {"mastersthesis": "mathesis"}


def _first(*names: str) -> Callable[[ReferenceContext], str]:
    return lambda reference: next((text for name in names if (text := reference.text(name))), "")


def _editors(reference: ReferenceContext) -> str:
    return reference.container_names("editor") if reference.work.is_part else _below_head(reference, "editor")


def _below_head(reference: ReferenceContext, role: str) -> str:
    """Return the names of a role, unless it is at the head."""
    return "" if reference.head_role == role else reference.names_of(role)


def _translators(reference: ReferenceContext) -> str:
    return _below_head(reference, "translator")


def _editor_translators(reference: ReferenceContext) -> str:
    """Return the editors, if they are also the translators."""
    people = reference.work.people
    return _editors(reference) if "editor" in people and people["editor"] == people.get("translator") else ""


def _sole_translators(reference: ReferenceContext) -> str:
    return "" if _editor_translators(reference) else _translators(reference)


def _container_authors(reference: ReferenceContext) -> str:
    """Return the authors of the book that contains the work, if they are not its own."""
    people = reference.work.people
    own = people.get("bookauthor") == people.get("author")
    return "" if own or not reference.work.is_part else reference.container_names("bookauthor")


def _publisher(reference: ReferenceContext) -> str:
    for name in _PUBLISHERS:
        value = plain(reference.work.fields.get(name, ""))
        if value:
            repeated = reference.is_head(value) and not reference.sheet.repeats_body
            return "" if repeated else reference.text(name)
    return ""


def _own_publisher(reference: ReferenceContext) -> str:
    """Return the publisher, not the institution that the reference names elsewhere."""
    return reference.text("publisher")


def _site(reference: ReferenceContext) -> str:
    """Return the name of the website that a page is on, unless it is at the head."""
    for name in _SITES:
        value = plain(reference.work.fields.get(name, ""))
        if value:
            return "" if reference.is_head(value) else reference.text(name)
    return ""


def _printed_imprint(reference: ReferenceContext) -> str:
    return "" if reference.work.url else reference.part("imprint")


def _published_imprint(reference: ReferenceContext) -> str:
    fields = reference.work.fields
    published = "publisher" in fields or ("institution" in fields and not reference.work.url)
    return reference.part("imprint") if published else ""


def _created_online(reference: ReferenceContext) -> str:
    return reference.part("created") if reference.work.url else ""


def _event_only(reference: ReferenceContext) -> str:
    """Return the event of a paper that is not in a book."""
    return "" if "booktitle" in reference.work.fields else reference.text("eventtitle")


def _book_imprint(reference: ReferenceContext) -> str:
    """Return the imprint; a paper has that of its book, and none if it was only given at an event."""
    return "" if _event_only(reference) else reference.part("imprint")


# Numbers and kinds


def _volume(reference: ReferenceContext) -> str:
    """Return the volume, with its part: 7.2."""
    return ".".join(text for name in ("volume", "part") if (text := reference.text(name)))


def _own_volume(reference: ReferenceContext) -> str:
    """Return the volume, unless the work that it belongs to is named."""
    return "" if "maintitle" in reference.work.fields else _volume(reference)


def _all_volumes(reference: ReferenceContext) -> str:
    """Return the volumes of a whole work: `1–5` for one in five."""
    count = plain(reference.work.fields.get("volumes", ""))
    return f"1–{count}" if count.isdecimal() and count != "1" and "maintitle" not in reference.work.fields else ""


def _volume_of(reference: ReferenceContext) -> str:
    """Return `vol. 7 of` and the work in several volumes that contains this one."""
    volume, whole = _volume(reference), reference.titled("maintitle", "italic")
    if not (volume and whole):
        return ""
    return reference.sheet.words["volume-of"].replace("{n}", volume).replace("{whole}", whole)


def _journal_series(reference: ReferenceContext) -> str:
    """Return the series of a periodical: its number, or new and old."""
    words, value = reference.sheet.words, reference.work.text("series")
    if value in ("newseries", "oldseries"):
        return words[f"{value[:3]}-series"]
    rank = value + _ordinal(value, reference.sheet) if value.isdecimal() else ""
    return words["nth-series"].replace("{n}", rank) if rank else reference.text("series")


def _pages(reference: ReferenceContext) -> str:
    eid, text = reference.text("eid"), reference.text("pages")
    if eid and text in ("", eid):
        return reference.sheet.words.get("article-id", "{n}").replace("{n}", eid)
    return page_range(text, reference.sheet) if text else ""


def _edition(reference: ReferenceContext) -> str:
    written = plain(reference.work.fields.get("edition", ""))
    text = edition_number(written)
    if not text:
        named = reference.text("edition")
        lacks_word = written and reference.sheet.language == "en" and not _EDITION_WORD.search(written)
        return reference.sheet.words["edition"].replace("{n}", named) if lacks_word and is_latin(written) else named
    return reference.sheet.words["edition"].replace("{n}", text + _ordinal(text, reference.sheet))


def _ordinal(number: str, sheet: StyleSheet) -> str:
    """Return the ending that makes a number an ordinal: st, nd, e."""
    words = sheet.words
    last = () if sheet.language == "fr" else (f"ordinal-{number[-2:]}", f"ordinal-{number[-1:]}")
    return next(words[key] for key in (f"ordinal-{number}", *last, "ordinal-other") if key in words)


def _kind(reference: ReferenceContext) -> str:
    """Return the kind of a work in words: its `type`, else that of its entry type; "" if its title is a description."""
    if reference.work.fields.get("title", "").startswith("["):
        return ""
    return _kind_given(reference) or reference.sheet.words.get(f"kind-{reference.work.type}", "")


def _kind_given(reference: ReferenceContext) -> str:
    work = reference.work
    value = work.fields.get("type", "") or (work.entry_type if work.entry_type in _TYPED else _described(work))
    word = reference.sheet.words.get(f"kind-{_KINDS.get(value, value)}")
    return word or to_html(value, reference.sheet)


def _described(work: Work) -> str:
    """Return the `entrysubtype` of a work of no common kind: `painting`, `Mobile app`."""
    value = work.fields.get("entrysubtype", "") if work.type in _DESCRIBED else ""
    return value if value in _DESCRIPTIONS or not value.islower() or " " in value else ""


def _film_kind(reference: ReferenceContext) -> str:
    """Return the word for film or video: the one of the entry, else that of its type."""
    kind = "video" if reference.work.entry_type == "video" else "film"
    return _kind_given(reference) or reference.sheet.words[f"kind-{kind}"]


def _mark(reference: ReferenceContext) -> str:
    """Return the type mark of GB/T 7714, with the carrier of an online work."""
    marks = reference.sheet.marks
    online = bool(reference.work.url)
    mark = marks.get(reference.work.type) or marks.get("online-misc" if online else "misc", "")
    return f"{mark}/OL" if mark and online and "/" not in mark else mark


def _title_number(reference: ReferenceContext) -> str:
    """Return the number that GB/T 7714 puts after the title: of a report or patent, or an archive's shelf mark."""
    kind = reference.work.type
    if kind == "archival":
        return reference.text("shelfmark") or reference.text("number")
    return reference.text("number") if kind in _NUMBERED else ""


def _name_addon(reference: ReferenceContext) -> str:
    """What the work says of its author: a real name in brackets, the name on a network in parentheses.

    The field is biblatex's `nameaddon` (manual, "Data fields"); the signs are those of *Chicago*, on pseudonyms and on
    social media.
    """
    value = reference.text("nameaddon") if reference.head_role == "author" else ""
    if not value or value[0] in "([":
        return value
    return f"({value})" if value[0] == "@" else f"[{value}]"


def _screen_name(reference: ReferenceContext) -> str:
    """The author's name on a network, in brackets (APA, 10.15)."""
    value = reference.text("nameaddon").strip("()[]") if reference.head_role == "author" else ""
    return f"[{value}]" if value.startswith("@") else ""


def _addon(reference: ReferenceContext) -> str:
    """Return a further or translated title in brackets; not one for a Han title on a page in the same language."""
    fields = reference.work.fields
    value = fields.get("titleaddon", "")
    if not value and reference.foreign_language and not reference.style.by_script:
        value = fields.get("translatedtitle", "")
    if not value:
        return ""
    gloss = not is_han(value) and is_han(fields.get("title", ""))
    if gloss and reference.page == subtag_of(reference.work.language or reference.page):
        return ""
    return f" [{to_html(value.strip('[]'), reference.sheet)}]"


# Addresses


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(encoded(url))}">{escape(text, quote=False)}</a>'


def _link(reference: ReferenceContext) -> str:
    url = reference.work.url
    return _anchor(url, url) if url else ""


def _bare_url(reference: ReferenceContext) -> str:
    url = reference.work.fields.get("url", "") or reference.work.eprint_url
    return _anchor(url, url) if url else ""


def _doi(reference: ReferenceContext) -> str:
    doi = reference.work.fields.get("doi", "")
    return _anchor(reference.work.url, doi) if doi else ""


def _own_doi(reference: ReferenceContext) -> str:
    """Return the DOI, unless the address contains it."""
    doi = reference.work.fields.get("doi", "")
    return "" if doi and doi in reference.work.fields.get("url", "") else _doi(reference)


def _own_cstr(reference: ReferenceContext) -> str:
    """Return the science and technology resource identifier, unless the address contains it."""
    cstr = reference.work.fields.get("cstr", "")
    return "" if cstr and cstr in reference.work.fields.get("url", "") else escape(cstr, quote=False)


def _repository(reference: ReferenceContext) -> str:
    """Return the place of a preprint: its publisher, or the archive of its eprint."""
    return reference.text("publisher") or reference.text("eprinttype")


def _noted(reference: ReferenceContext) -> str:
    """Return the words that the entry adds: its note and addendum, and `howpublished` if no other part has it."""
    work = reference.work
    unsaid = work.type in _BOUND and "://" not in work.fields.get("howpublished", "")
    names = ("howpublished", "note", "addendum") if unsaid else ("note", "addendum")
    texts = (reference.text(name).rstrip(".") for name in names)
    return ". ".join(capital(text) for text in texts if text)


def _online_word(reference: ReferenceContext) -> str:
    """Return the word for a work that is on the web."""
    work = reference.work
    is_online = work.type == "online" or "url" in work.fields or work.eprint_url
    return reference.sheet.words["online"] if is_online else ""


PARTS: Final[Mapping[str, Callable[[ReferenceContext], str]]] = {
    **DATE_PARTS,
    "names": lambda reference: reference.head_names(),
    "head": lambda reference: reference.head(),
    "editors": _editors,
    "editor-translators": _editor_translators,
    "editor-translator-role": lambda reference: reference.role_word(
        "editor", "editor-translator", "editors-translators"
    ),
    "sole-translators": _sole_translators,
    "container-authors": _container_authors,
    "editor-role": lambda reference: reference.role_word("editor"),
    "directors": lambda reference: _below_head(reference, "director"),
    "compilers": lambda reference: _below_head(reference, "compiler"),
    "revisers": lambda reference: _below_head(reference, "reviser"),
    "reviser-role": lambda reference: reference.role_word("reviser"),
    "compiler-role": lambda reference: reference.role_word("compiler"),
    "composers": lambda reference: _below_head(reference, "composer"),
    "translators": _translators,
    "translator-role": lambda reference: reference.role_word("translator"),
    "event-only": _event_only,
    "book-imprint": _book_imprint,
    "noted": _noted,
    "run": lambda reference: reference.text("volume").replace("-", reference.sheet.words["interval"]),
    "own-cstr": _own_cstr,
    "repository": _repository,
    "pages": _pages,
    "volume": _volume,
    "volume-of": _volume_of,
    "own-volume": _own_volume,
    "all-volumes": _all_volumes,
    "journal-series": _journal_series,
    "issue": _first("number", "issue"),
    "edition": _edition,
    "publisher": _publisher,
    "place": _first("location", "venue"),
    "keeper": _first("library", "archive", "institution"),
    "site": _site,
    "own-publisher": _own_publisher,
    "printed-imprint": _printed_imprint,
    "published-imprint": _published_imprint,
    "created-online": _created_online,
    "kind": _kind,
    "kind-given": _kind_given,
    "film-kind": _film_kind,
    "addon": _addon,
    "name-addon": _name_addon,
    "screen-name": _screen_name,
    "link": _link,
    "bare-url": _bare_url,
    "doi": _doi,
    "own-doi": _own_doi,
    "online-word": _online_word,
    "mark": _mark,
    "title-number": _title_number,
}
"""The parts by name; every other name is a field of the work."""

NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("names", "head", "year", "kind", "kind-given", "film-kind", "online-word", "mark"), ()),
    **dict.fromkeys(("printed-imprint", "published-imprint", "created-online", "book-imprint"), ()),
    **dict.fromkeys(("compilers", "compiler-role"), ("compiler",)),
    **dict.fromkeys(("revisers", "reviser-role"), ("reviser",)),
    "composers": ("composer",),
    "to-come": ("pubstate",),
    "online-first": ("date",),
    "event-only": ("eventtitle",),
    "noted": ("howpublished", "note", "addendum"),
    "run": ("volume",),
    "own-cstr": ("cstr",),
    "repository": ("publisher", "eprinttype"),
    "kept-date": ("date",),
    "keeper": ("library", "archive", "institution"),
    **dict.fromkeys(("editors", "editor-role", "editor-translators", "editor-translator-role"), ("editor",)),
    **dict.fromkeys(("translators", "translator-role", "sole-translators"), ("translator",)),
    **dict.fromkeys(("dated", "date", "iso-date", "monthday", "partial-date", "partial-day"), ("date",)),
    **dict.fromkeys(("issue-day", "issue-month", "season", "event-day"), ("date",)),
    **dict.fromkeys(("accessed", "iso-accessed", "accessed-undated"), ("urldate",)),
    **dict.fromkeys(("volume", "volume-of", "own-volume"), ("volume", "part")),
    **dict.fromkeys(("doi", "own-doi"), ("doi",)),
    "directors": ("director",),
    "container-authors": ("bookauthor",),
    "original-year": ("origdate",),
    "pages": ("pages", "eid"),
    "all-volumes": ("volumes",),
    "journal": ("journaltitle", "shortjournal"),
    "journal-series": ("series",),
    "issue": ("number", "issue"),
    "publisher": _PUBLISHERS,
    "place": ("location", "venue"),
    "site": _SITES,
    "own-publisher": ("publisher",),
    "addon": ("titleaddon", "translatedtitle"),
    **dict.fromkeys(("name-addon", "screen-name"), ("nameaddon",)),
    "link": ("doi", "url", "eprint"),
    "bare-url": ("url", "eprint"),
    "title-number": ("shelfmark", "number"),
}
"""The fields of which a part needs one; empty if it needs none. Other parts need the field of their name."""

"""How a page of the atlas is itself cited and taken away: references, tags for machines, and files of works."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from atlas.bibliography.citations import Citer
from atlas.bibliography.exports import to_bibtex, to_csl, to_ris
from atlas.bibliography.people import Name
from atlas.bibliography.styles import Style
from atlas.bibliography.works import Work
from atlas.content.model import Record
from atlas.pages.setting import Setting
from atlas.pages.views import Anchor, CiteRow, Meta, Phrase
from atlas.sources import Asset

_KEY = "this-page"
_FORMATS = (("BibTeX", "bib", to_bibtex), ("RIS", "ris", to_ris), ("CSL-JSON", "json", to_csl))


def page_work(setting: Setting, title: str, url: str, date: str, record: Record | None = None) -> Work:
    """A page as a work: its title, who signs it, its date (EDTF), address and language."""
    site = setting.atlas.site
    own = tuple(Name(literal=name) for name in record.authors) if record and record.authors else ()
    authors = own or (Name(literal=setting.label(site.author)),)
    fields = {"title": title, "url": url}
    if setting.label(site.title) not in (title, authors[0].literal):
        fields["organization"] = setting.label(site.title)
    return Work(
        key=_KEY,
        type="online",
        fields=fields,
        people={"author": authors},
        dates={"date": date},
        language=setting.language.tag,
        span=record.span if record else site.navigation[0].span,
        raw={},
        private={},
        entry_type="online",
    )


def cite_rows(setting: Setting, work: Work, styles: Mapping[str, Style]) -> tuple[CiteRow, ...]:
    """The reference of a page in each of the styles, in the language of the page."""
    return tuple(
        CiteRow(style.name, Citer({_KEY: work}, style, setting.language.tag).reference(_KEY))
        for style in styles.values()
    )


def meta_tags(work: Work) -> tuple[Meta, ...]:
    """The `citation_*` tags of Highwire Press, as Google Scholar and Zotero read them."""
    rows = [
        Meta("citation_title", work.title),
        *(Meta("citation_author", name.text) for name in work.authors),
        Meta("citation_publication_date", work.date.replace("-", "/")),
        Meta("citation_language", work.language),
        Meta("citation_public_url", work.text("url")),
    ]
    return tuple(row for row in rows if row.content)


def json_ld(work: Work, updated: str, organisation: str, whole: str, kind: str) -> str:
    """The page as JSON-LD in the words of schema.org, safe inside `<script>`. whole: the title of the atlas."""
    authors = [
        {"@type": "Organization" if name.text == organisation else "Person", "name": name.text} for name in work.authors
    ]
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": work.title,
        "author": authors,
        "datePublished": work.date,
        "dateModified": updated,
        "inLanguage": work.language,
        "url": work.text("url"),
        "isPartOf": {"@type": "WebSite", "name": whole},
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def downloads(setting: Setting, stem: str) -> tuple[Anchor, ...]:
    """Links to the works of a page in every format; stem: their path without its ending."""
    return tuple(Anchor(Phrase(name), setting.file_url(f"{stem}.{ending}")) for name, ending, _ in _FORMATS)


def exported(stem: str, works: Iterable[Work]) -> tuple[Asset, ...]:
    """Some works as files, one a format."""
    works = list(works)
    files = [(f"{stem}.{ending}".lstrip("/"), write(works).encode()) for _, ending, write in _FORMATS]
    return tuple(Asset(path, len(data), data) for path, data in files)

"""The entry types, fields and languages of BibTeX and BibLaTeX, and how the atlas maps them.

Types, fields and their aliases are those of the biblatex manual (3.20, §2.1–2.3) and of BibTeX's
standard styles; languages are the names of babel and polyglossia, and BCP 47 tags. Fields that Zotero,
JabRef and BibDesk add to a file are known, and not reported.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from babel.core import get_global

from atlas.core.problems import nearest
from atlas.i18n.locales import locale_of

EntryKind = Literal["text", "names", "date", "verbatim", "key", "tool"]
"""The content of a field: LaTeX text; names; an EDTF date; an address; a key or list of keys; a tool's own data."""


def _words(text: str) -> list[str]:
    return text.split()


def _rows(*rows: str) -> dict[str, str]:
    """Convert rows `to: from from` to {from: to}, where each `to` is also a key."""
    table: dict[str, str] = {}
    for row in rows:
        to, _, names = row.partition(":")
        table |= dict.fromkeys([to.strip(), *names.split()], to.strip())
    return table


TYPES: Final = _rows(
    "article: suppperiodical review",
    "newspaper:",
    "magazine:",
    "periodical:",
    "book: mvbook booklet collection mvcollection reference mvreference manual",
    "chapter: inbook bookinbook suppbook incollection suppcollection inreference",
    "proceedings: mvproceedings",
    "paper: inproceedings conference presentation",
    "thesis: phdthesis mastersthesis",
    "report: techreport",
    "online: electronic www webpage",
    "legislation: legal",
    "treaty:",
    "jurisdiction:",
    "film: movie video",
    "audio: music",
    "archival: letter manuscript archive",
    "artwork: image",
    "map:",
    "preprint:",
    "dataset:",
    "software:",
    "patent:",
    "standard:",
    "unpublished:",
    "misc: performance commentary bibnote custom customa customb customc customd custome customf",
)
"""The types as they may be written, and the type of work that each is."""

SUBTYPES: Final = _rows(
    "newspaper:", "magazine:", "treaty:", "film: movie", "archival: archive manuscript letter", "jurisdiction: case"
)
"""The type that an `entrysubtype` changes an entry to."""

ALIASES: Final = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
    "pdf": "file",
    "key": "sortkey",
    "hyphenation": "langid",
    "origyear": "origdate",
    "uri": "url",
    "groupauthor": "author",
    "city": "location",
    "arxivid": "eprint",
}
"""BibTeX's field names, and those of BibLaTeX."""

CONSULTED: Final = ("whole", "excerpt", "abstract", "cited")
"""How a work was consulted (our field `consulted`): all of it, an excerpt, its abstract, or a work that cites it."""

EPRINTS: Final = {
    "arxiv": "https://arxiv.org/abs/",
    "hdl": "https://hdl.handle.net/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "googlebooks": "https://books.google.com/books?id=",
}
"""The addresses of the archives that biblatex knows by name (manual, §3.14.7)."""

_NAMES = (
    "author editor editora editorb editorc translator annotator commentator introduction foreword afterword "
    "bookauthor compiler composer holder shortauthor shorteditor sortname namea nameb namec director"
)
_DATES = "date eventdate origdate urldate"
_VERBATIM = "doi cstr url eprint file urlraw archiveurl isbn issn isrn ismn isan iswc howpublishedurl"
_KEYS = (
    "execute "
    "langidopts crossref xref xdata ids related entryset langid gender options pagination bookpagination presort "
    "relatedtype relatedoptions entrysubtype editortype editoratype editorbtype editorctype nameatype namebtype "
    "namectype sortshorthand sortkey sortinit sortinithash useprefix keywords authortype consulted"
)
_TEXTS = (
    "title subtitle titleaddon shorttitle sorttitle indextitle booktitle booksubtitle booktitleaddon maintitle "
    "mainsubtitle maintitleaddon journaltitle journalsubtitle journaltitleaddon shortjournal issuetitle "
    "issuesubtitle issuetitleaddon eventtitle eventtitleaddon origtitle reprinttitle publisher origpublisher "
    "location origlocation venue institution organization howpublished edition series shortseries volume volumes "
    "number issue part chapter pages pagetotal bookpages eid version type language origlanguage note addendum "
    "annotation abstract library shelfmark pubstate year month day sortyear eprinttype eprintclass label "
    "shorthand shorthandintro indexsorttitle relatedstring nameaddon archive archivelocation collection "
    "callnumber lista listb listc listd liste listf usera userb userc userd usere userf verba verbb verbc "
    "lawnumber romanisedtitle runtime mark scale translatedtitle dimensions recipient"
)
_TOOL = (
    "timestamp owner groups creationdate modificationdate priority ranking readstatus qualityassured relevance "
    "comment-jabref printed citationkey date-added date-modified rating read local-url __markedentry urlaccessed "
    "mendeley-groups mendeley-tags posted-at citeulike-article-id bibsource biburl dblp researcherid unique-id "
    "interhash intrahash added-at lccn mrnumber zblnumber pmid pmcid affiliation coden copyright size contents "
    "review adsurl adsnote slaccitation numpages articleno issue_date acmid price nodoi bibcode archive_location "
    "refid arxiv pubmedid isi wos uniqueid date-received earlyaccessdate times-cited number-of-cited-references "
    "usage-count-last-180-days usage-count-since-2013 journal-iso doc-delivery-number web-of-science-index "
    "web-of-science-categories research-areas keywords-plus author-email funding-acknowledgement funding-text oa "
    "early-access-date early-access-year da orcid-numbers researcherid-numbers article-number book-group-author "
    "editor-email cited-references-count note-to-self x-fetchedfrom rating0 read-status abstractnote libcatalog "
    "shortbooktitle collaboration reportnumber primaryclasses archiveid source source-type document_type "
    "abbrev_source_title correspondence_address references sponsors publication_stage cited-by citedby "
    "chemicals_cas tradenames manufacturers molecular_seqnumbers funding_details funding_text author_keywords "
    "art_number page_count eissn e-issn pissn issn-l isbn13 ean pub_date month_numeric web_url web_url2 "
    "peer_reviewed database language2 pmc keyword filename remark journal_iso googlebooks openalex web_of_science"
)
FIELDS: Final[dict[str, EntryKind]] = {
    **dict.fromkeys(_TEXTS.split(), "text"),
    **dict.fromkeys(_NAMES.split(), "names"),
    **dict.fromkeys(_DATES.split(), "date"),
    **dict.fromkeys(_VERBATIM.split(), "verbatim"),
    **dict.fromkeys(_KEYS.split(), "key"),
    **dict.fromkeys(_TOOL.split(), "tool"),
}
"""The known fields, by BibLaTeX's names, and the content of each."""

_TOOL_FAMILIES = re.compile(
    r"^(bdsk-|jabref-|zotero-|mendeley-|citeulike-|papers\d?_|hal_|endnote|opt[a-z]|alt[a-z]|__)|\+an(:\w+)?$|^comment$"
)


def kind_of(name: str) -> EntryKind | None:
    """Return the content of a field, or None if the field is not known."""
    kind = FIELDS.get(name)
    return kind or ("tool" if _TOOL_FAMILIES.search(name) else None)


NOT_INHERITED: Final = frozenset(
    _words(
        "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions "
        "relatedstring relatedtype shorthand shorthandintro sortkey sorttitle sortname keywords abstract file "
        "langid doi url urldate eprint eprinttype eprintclass archiveurl consulted title subtitle titleaddon "
        "shorttitle indextitle type pages"
    )
)
"""The fields that a part does not inherit (biblatex manual, appendix B; addresses are those of the whole)."""

_INHERITED_AS = {
    "chapter": {
        "title": "booktitle",
        "subtitle": "booksubtitle",
        "titleaddon": "booktitleaddon",
        "author": "bookauthor",
    },
    "article": {"title": "journaltitle", "subtitle": "journalsubtitle", "titleaddon": "journaltitleaddon"},
    "book": {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"},
}
_INHERITED_AS["paper"] = _INHERITED_AS["chapter"]


ROLES: Final = {
    name: role
    for role, names in {
        "director": "director",
        "compiler": "compiler",
        "composer": "composer",
        "translator": "translator",
        "reviser": "reviser",
        "author": "author scriptwriter",
    }.items()
    for name in names.split()
}
"""The roles that `editortype` can give to the people in an editor field; any other is an editor."""


PARTS_OF_ONE_AUTHOR: Final = frozenset({"inbook", "bookinbook", "suppbook"})
"""The parts that inherit the author of the whole (biblatex manual, appendix B: @book → @inbook)."""


def inherited_name(kind: str, name: str) -> str:
    """Return the name that a field of the whole has in a part of that type of work, or "" if it is not inherited."""
    renamed = _INHERITED_AS.get(kind, {}).get(name)
    return renamed or ("" if name in NOT_INHERITED else name)


_LANGUAGES = _rows(
    "en: english langenglish eng anglais 英语 英文",
    "en-US: american usenglish langamerican",
    "en-GB: british ukenglish",
    "en-CA: canadian",
    "en-AU: australian",
    "en-NZ: newzealand",
    "fr: french français francais frenchb langfrench fra fre 法语 法文",
    "fr-CA: canadien acadian",
    "zh: chinese langchinese chi zho mandarin chinois 中文 汉语 漢語 华语",
    "zh-Hans: schinese chinese-simplified chinese-hans 简体中文 simplified-chinese",
    "zh-Hant: tchinese chinese-traditional chinese-hant 繁體中文 繁体中文 traditional-chinese",
    "de: german ngerman germanb deutsch langgerman deu ger",
    "de-AT: austrian naustrian",
    "de-CH: swissgerman nswissgerman",
    "it: italian italiano ita",
    "es: spanish español espanol castilian spa",
    "pt: portuguese portuges português por",
    "pt-BR: brazilian brazil",
    "nl: dutch nederlands nld dut",
    "ru: russian русский rus",
    "ja: japanese 日本語 jpn",
    "ko: korean 한국어 kor",
    "la: latin langlatin lat",
    "grc: polutonikogreek ancientgreek ancient-greek",
    "el: greek ell gre",
    "sv: swedish svenska swe",
    "da: danish dansk",
    "nb: norsk norwegian bokmål",
    "nn: nynorsk",
    "fi: finnish suomi",
    "is: icelandic",
    "pl: polish polski",
    "cs: czech čeština",
    "sk: slovak",
    "sl: slovene slovenian",
    "hr: croatian",
    "sr: serbian serbianc",
    "bg: bulgarian",
    "uk: ukrainian",
    "ro: romanian",
    "hu: hungarian magyar",
    "tr: turkish türkçe",
    "ar: arabic العربية",
    "he: hebrew",
    "fa: persian farsi",
    "vi: vietnamese",
    "th: thai",
    "id: indonesian bahasa bahasai",
    "ca: catalan",
    "eu: basque",
    "gl: galician",
    "cy: welsh",
    "ga: irish",
    "br: breton",
    "hi: hindi",
    "mn: mongolian",
    "bo: tibetan",
    "und: undetermined",
)
_TAG = re.compile(r"(?P<language>[a-zA-Z]{2,3})(?P<rest>([-_][A-Za-z0-9]{1,8})*)")


def language_tag(text: str) -> str:
    """Return the BCP 47 tag of a language in any spelling (`ngerman`, `fr_FR`, `zho`, `中文`), or ""."""
    name = text.strip("{};,. \n").lower()
    known = _LANGUAGES.get(name)
    if known:
        return known
    found = _TAG.fullmatch(name)
    if found:
        return _tag(found["language"], found["rest"])
    return _named(name)


def _tag(language: str, rest: str) -> str:
    """Return a tag in its usual spelling: zh-hans-cn → zh-Hans-CN."""
    aliases = get_global("language_aliases")
    language = aliases.get(language, language)
    if language not in locale_of("en").languages:
        return ""
    parts = [part.title() if len(part) == 4 else part.upper() for part in re.split("[-_]", rest)[1:]]
    return "-".join([language, *parts])


def _named(name: str) -> str:
    """Return the tag of a language by its name in English, French or Chinese (CLDR)."""
    for reader in ("en", "fr", "zh"):
        for tag, label in locale_of(reader).languages.items():
            if label.lower() == name:
                return str(tag).replace("_", "-")
    return ""


def language_hint(text: str) -> str:
    """Return the remedy for an unknown language: the nearest known name, if there is one."""
    names = [name for name in _LANGUAGES if len(name) > 3 and not name.startswith("lang")]
    return nearest(text, names, "write its English name or its tag, as in french or fr", nearness=0.8)

"""The bibliography, and the page of each work with the statements that rest on it."""

from __future__ import annotations

from html import escape

from atlas.editions import NOTHING, Edition, address
from atlas.heads import head
from atlas.languages import show_language
from atlas.setting import Setting
from atlas.sorting import index_letter
from atlas.views import Entry, EntryGroup, MentionRow, Phrase, SourcesView, SourceView
from atlas.works import Work

SOURCES = "/sources/"


def source_path(key: str) -> str:
    """Where the page of a work stands in a language."""
    return f"{SOURCES}{key}/"


def sources_view(edition: Edition) -> tuple[Setting, SourcesView]:
    """The bibliography: every work that something cites, in the order of the style, under letters."""
    setting = Setting(edition, SOURCES)
    title = edition.words.say("bibliography")
    works = {work.key: work for work in edition.atlas.cited_works()}
    entries = setting.entries(works)
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        letters.setdefault(_letter(edition, works[entry.key]), []).append(entry)
    groups = tuple(
        EntryGroup(f"_letter-{number}", letter, tuple(own))
        for number, (letter, own) in enumerate(sorted(letters.items()))
    )
    return setting, SourcesView(head(setting, title), groups, len(entries))


def _letter(edition: Edition, work: Work) -> str:
    """The letter of a work: that of whom its reference begins with."""
    names = work.authors
    first = (names[0].literal or names[0].family) if names else work.title
    return index_letter(first.strip("[]"), edition.language, is_person=bool(names))


def source_view(edition: Edition, work: Work) -> tuple[Setting, SourceView]:
    """The page of one work."""
    setting = Setting(edition, source_path(work.key))
    abstract = work.text("abstract")
    view = SourceView(
        head=head(setting, work.title, crumbs=(setting.link(edition.words.say("bibliography"), SOURCES),)),
        key=work.key,
        title=Phrase(escape(work.title, quote=False), setting.foreign(work.language) if work.language else ""),
        reference_html=edition.reference(work.key),
        language=show_language(work.language, edition.language) if work.language else "",
        doi=work.text("doi"),
        url=work.url,
        archived=work.text("archiveurl"),
        abstract=Phrase(escape(abstract, quote=False), setting.foreign(work.language)) if abstract else NOTHING,
        cited_by=_cited_by(setting, work.key),
    )
    return setting, view


def _cited_by(setting: Setting, key: str) -> tuple[MentionRow, ...]:
    """Every statement that rests on a work, by record; the same statement once."""
    rows: dict[MentionRow, None] = {}
    for mention in setting.atlas.cited_by[setting.language.id].get(key, ()):
        record = setting.atlas.records[mention.record]
        sentence = setting.mentioned(mention)
        locator = setting.edition.citer.locator(mention.locator) if mention.locator else ""
        row = MentionRow(setting.card(record.id), setting.url(address(record, mention.anchor)), sentence, locator)
        rows.setdefault(row)
    return tuple(rows)

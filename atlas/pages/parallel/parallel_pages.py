"""Makes the pages with all languages of a record side by side, for translators, editors and learners.

Each translated record has one such page, in the first language of the site. One in each language would repeat the
same, and made a cold build a tenth slower. The texts have no citations and links; the pages of the record have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from atlas.content.model import Record, Text
from atlas.core.html import Html, escaped
from atlas.markdown.slots import Slot
from atlas.pages.context import PageContext
from atlas.pages.head import head
from atlas.pages.locale_site import NOTHING, LocaleSite, plain_text
from atlas.pages.page_kinds import PlanInputs
from atlas.pages.parallel.pairing import paired
from atlas.pages.parallel.views import ParallelSection, ParallelView
from atlas.pages.plan import PageSpec, page_spec
from atlas.pages.view_parts import Anchor, Phrase

PARALLEL: Final = "/parallel"
"""The prefix of the path of a record in the path of this page."""

_CALL: Final = re.compile(r'<sup[^>]*><a class="footnote-ref"[^>]*>(.*?)</a></sup>')
_BACK: Final = re.compile(r' ?<a class="footnote-backref".*?</a>', re.DOTALL)
_NO_SOURCE: Final = re.compile(r"\s*<footer>\W*</footer>")
"""The line below a quotation that held only its citation."""
_ID: Final = re.compile(r' id="[^"]*"')


def parallel_pages(locale_site: LocaleSite, inputs: PlanInputs) -> Iterator[PageSpec]:
    """Yield the page of every record with more than one language."""
    for record in inputs.atlas.records.values():
        if record.translations:
            page = partial(_page, locale_site, record.id)
            yield page_spec(locale_site, f"{PARALLEL}{record.address}", page, record.span, tracked=True)


def _page(locale_site: LocaleSite, id: str) -> tuple[PageContext, ParallelView]:
    record = locale_site.atlas.records[id]
    context = PageContext(locale_site, f"{PARALLEL}{record.address}")
    own = Anchor(locale_site.title(record), context.url(record.address))
    languages = languages_of(locale_site, record)
    title = locale_site.words.t("parallel-title", page=plain_text(own.label))
    names = locale_site.atlas.site.languages
    columns = tuple(
        Anchor(Phrase(escaped(names[id].name), locale_site.foreign(id)), context.url(record.address, names[id]))
        for id in languages
    )
    view = ParallelView(
        head=head(context, title, crumbs=(own,), has_alternates=False),
        record=own,
        columns=columns,
        title=_cells(locale_site, record.title, languages) if record.title else (),
        sections=tuple(_sections(context, record, languages)),
    )
    return context, view


def languages_of(locale_site: LocaleSite, record: Record) -> tuple[str, ...]:
    """Return the languages of the texts of a record, the original first."""
    order = (record.original, *locale_site.atlas.site.languages)
    return tuple(id for id in dict.fromkeys(order) if id == record.original or id in record.translations)


def _sections(context: PageContext, record: Record, languages: Sequence[str]) -> Iterator[ParallelSection]:
    locale_site, site = context.locale_site, context.atlas.site
    for text in (record.summary, record.lead):
        if text:
            yield ParallelSection("", (_cells(locale_site, text, languages),))
    if record.body:
        yield ParallelSection("", tuple(_body(locale_site, record.body, languages)))
    facts = [fact for fact in record.facts if not fact.in_body]
    for dimension in site.dimensions.values():
        texts = [fact.text for fact in facts if fact.dimension == dimension.id]
        yield from _listed(locale_site, context.label(dimension.label), texts, languages)
    notes = [relation.note for relation in record.relations if relation.note]
    yield from _listed(locale_site, locale_site.words.t("relations"), notes, languages)
    changes = [change.text for change in record.changes]
    yield from _listed(locale_site, locale_site.words.t("changes"), changes, languages)


def _listed(
    locale_site: LocaleSite, label: str, texts: Sequence[Text], languages: Sequence[str]
) -> Iterator[ParallelSection]:
    if texts:
        yield ParallelSection(label, tuple(_cells(locale_site, text, languages) for text in texts))


def _cells(locale_site: LocaleSite, text: Text, languages: Sequence[str]) -> tuple[Phrase, ...]:
    """Return a text of one paragraph in each language, as paragraphs."""
    phrases = (_phrase(locale_site, text, language) for language in languages)
    return tuple(Phrase(Html(f"<p>{phrase.html}</p>"), phrase.lang) if phrase.html else NOTHING for phrase in phrases)


def _phrase(locale_site: LocaleSite, text: Text, language: str) -> Phrase:
    prose = text.versions.get(language)
    if prose is None:
        return NOTHING
    slots = tuple(_named(locale_site, slot, language) for slot in prose.slots)
    phrase = locale_site.sentence(language, _CALL.sub(r"<sup>\1</sup>", prose.html), slots)
    return Phrase(Html(_NO_SOURCE.sub("", phrase.html)), phrase.lang)


def _named(locale_site: LocaleSite, slot: Slot, language: str) -> Slot:
    """Return a link to a record with a label in the language of the text, if it has none of its own."""
    record = locale_site.atlas.records.get(slot.target) if slot.kind == "record" and not slot.label else None
    if record is None:
        return slot
    if record.title:
        used, prose = record.title.version(language)
        return replace(slot, label=plain_text(locale_site.sentence(used, prose.html, prose.slots)))
    tags = (language, locale_site.tag(language))
    names = [name.text for name in record.names if name.language in tags and name.kind in ("official", "short")]
    return replace(slot, label=names[0]) if names else slot


# Bodies.


def _body(locale_site: LocaleSite, text: Text, languages: Sequence[str]) -> Iterator[tuple[Phrase, ...]]:
    """Yield a body block by block where the languages have equally many in a section, else section by section."""
    phrases = [_phrase(locale_site, text, language) for language in languages]
    for blocks in paired(phrase.html for phrase in phrases):
        yield tuple(
            Phrase(Html(_ID.sub("", _BACK.sub("", block))), phrase.lang) if block else NOTHING
            for block, phrase in zip(blocks, phrases, strict=True)
        )

"""Builds shared parts of generated pages: introduction, shares, and the works cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from atlas.core.html import escaped
from atlas.i18n.locales import show_language, show_percent, subtag_of
from atlas.pages.context import PageContext
from atlas.pages.head import Tags, head
from atlas.pages.locale_site import NOTHING, plain_text
from atlas.pages.page_citations import list_tags
from atlas.pages.view_parts import Anchor, Head, Notice, PageIntro, Phrase, Share, ShareRow, WorksBehind

NO_WORKS: Final = WorksBehind((), (), (), ())
"""The works behind a page that does not say on which it rests."""


def intro(context: PageContext, title: str | Phrase) -> PageIntro:
    """Return the beginning of a page, from the record of family `page` with its path if there is one."""
    record = context.atlas.addresses.get(context.path)
    own = title if isinstance(title, Phrase) else Phrase(escaped(title))
    if record is None:
        first = context.atlas.addresses.get(context.part.path)
        return PageIntro(context.locale_site.title(first) if first else own, NOTHING, NOTHING, Notice())
    summary, body = context.phrase(record.summary), context.phrase(record.body)
    return PageIntro(context.locale_site.title(record), summary, body, context.notice(record))


def intro_head(
    context: PageContext,
    begun: PageIntro,
    crumbs: Iterable[Anchor] = (),
    *,
    updated: str = "",
    tags: Tags | None = None,
) -> Head:
    """Return the head of a page with an introduction.

    Args:
        context: the page.
        begun: its introduction.
        crumbs: the links from the home page to its parent.
        updated: the day of its last change; that of the record behind the introduction if empty.
        tags: its metadata; that of a list if None.
    """
    record = context.atlas.addresses.get(context.path)
    updated = updated or (str(record.last_updated) if record else "")
    words = plain_text(context.locale_site.excerpt(record)) if record else ""
    title = plain_text(begun.title)
    tags = list_tags(context, title) if tags is None else tags
    return head(context, title, crumbs=crumbs, description=words, updated=updated, tags=tags)


def share(context: PageContext, count: int, of: int) -> Share:
    """Return a count out of a total."""
    part = count / of if of else 0.0
    return Share(count, of, round(100 * part), show_percent(part, context.language))


def works_behind(context: PageContext, groups: Sequence[tuple[str, Iterable[str]]]) -> WorksBehind:
    """Return the works that statements cite, by language and voice.

    Args:
        context: the page.
        groups: the label of each group of statements, with the keys of its works. A last column counts all works once.
    """
    known = context.atlas.works
    columns = [(label, {key for key in keys if key in known}) for label, keys in groups]
    if len(columns) > 1:
        columns.append((context.locale_site.words.t("together"), set().union(*(keys for _, keys in columns))))
    sets = [keys for _, keys in columns]
    languages = {key: subtag_of(known[key].language) for key in set().union(*sets)}
    voices = {key: voice for key in languages if (voice := known[key].voice)}
    return WorksBehind(
        tuple(label for label, _ in columns),
        tuple(len(keys) for keys in sets),
        _rows(context, sets, languages, {tag: _language(context, tag) for tag in languages.values()}),
        _rows(context, sets, voices, {id: _voice(context, id) for id in voices.values()}),
    )


def _language(context: PageContext, tag: str) -> str:
    return show_language(tag, context.language) if tag else context.locale_site.words.t("unknown-language")


def _voice(context: PageContext, id: str) -> str:
    """Return the name of a voice; its id where the site declares none."""
    label = context.atlas.site.voices.get(id)
    return context.label(label) if label else id


def _rows(
    context: PageContext, sets: Sequence[set[str]], values: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[ShareRow, ...]:
    """Return the share of each value in each set of works, the most frequent first.

    Args:
        context: the page.
        sets: the keys of the works of each column.
        values: the value of each work.
        labels: the label of each value.
    """
    counts = {value: [sum(values.get(key) == value for key in keys) for keys in sets] for value in labels}
    order = sorted(counts, key=lambda value: (-counts[value][-1], labels[value]))
    return tuple(
        ShareRow(
            labels[value],
            tuple(share(context, count, len(keys)) for count, keys in zip(counts[value], sets, strict=True)),
        )
        for value in order
    )

"""The addresses elsewhere on the web that an atlas leads to, and where it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from atlas.content.declaring import SITE_PATH
from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.problems import Span
from atlas.text.addresses import OUTSIDE
from atlas.text.slots import place


class Leading(NamedTuple):
    """A place that leads to an address elsewhere. archived: where a copy of what stands there is kept, or ""."""

    span: Span
    archived: str = ""


def outside_links(atlas: Atlas) -> Mapping[str, tuple[Leading, ...]]:
    """Every address elsewhere, without fragment, with the places that lead there: works, records, texts, files."""
    found: dict[str, dict[Leading, None]] = {}
    for address, leading in _all(atlas):
        found.setdefault(address.partition("#")[0], {})[leading] = None
    return {address: tuple(places) for address, places in sorted(found.items())}


def _all(atlas: Atlas) -> Iterator[tuple[str, Leading]]:
    for work in atlas.works.values():
        if work.url:
            yield work.url, Leading(work.span, work.text("archiveurl"))
    for record in atlas.records.values():
        if record.website:
            yield record.website, Leading(record.span, record.archived)
        yield from _in_texts(record)
    for file in atlas.files.values():
        if file.source:
            yield file.source, Leading(Span(f"content/files/{file.path}.yaml", 1, 1))
    if atlas.site.licence:
        yield atlas.site.licence.url, Leading(Span(SITE_PATH))


def _in_texts(record: Record) -> Iterator[tuple[str, Leading]]:
    for text in record.texts().values():
        for prose in text.versions.values():
            for found in OUTSIDE.finditer(prose.html):
                address = unescape(found[1])
                offset = prose.passage.text.find(address)
                yield address, Leading(place(prose.passage, offset) if offset >= 0 else prose.passage.span)

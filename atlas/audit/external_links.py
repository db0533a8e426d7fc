"""Collects the external links of an atlas and the places that use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from atlas.content.linking import Atlas
from atlas.content.model import Record
from atlas.core.problems import Span
from atlas.markdown.link_targets import OUTSIDE
from atlas.markdown.slots import place
from atlas.schema.families import BY_FAMILY
from atlas.schema.field_types import URL


class ExternalLink(NamedTuple):
    """A use of an external link.

    Attributes:
        archived: the URL of an archived copy; "" for none.
    """

    span: Span
    archived: str = ""


def external_links(atlas: Atlas) -> Mapping[str, tuple[ExternalLink, ...]]:
    """Return every external URL, without fragment, with its uses in works, records, texts and files."""
    found: dict[str, dict[ExternalLink, None]] = {}
    for address, leading in _all(atlas):
        found.setdefault(address.partition("#")[0], {})[leading] = None
    return {address: tuple(places) for address, places in sorted(found.items())}


def _all(atlas: Atlas) -> Iterator[tuple[str, ExternalLink]]:
    for work in atlas.works.values():
        if work.url:
            yield work.url, ExternalLink(work.url_span, work.text("archiveurl"))
    for record in atlas.records.values():
        for key in BY_FAMILY[record.family].details:
            if key.shape is URL and key.name != "archived" and (address := record.details.get(key.name)):
                copy = record.archived if key.name == "website" else ""
                yield address, ExternalLink(record.detail_spans.get(key.name, record.span), copy)
        for id, field in atlas.site.extra.items():
            if field.type == "url" and (values := record.extra.get(id)):
                yield values[0], ExternalLink(record.detail_spans.get("extra", record.span))
        for cell in record.dataset.cells("url") if record.dataset else ():
            yield cell.text(""), ExternalLink(cell.span)
        yield from _in_texts(record)
    for file in atlas.files.values():
        if file.source:
            yield file.source, ExternalLink(file.source_span)
    if atlas.site.licence:
        yield atlas.site.licence.url, ExternalLink(atlas.site.licence.span)


def _in_texts(record: Record) -> Iterator[tuple[str, ExternalLink]]:
    for text in record.texts().values():
        for prose in text.versions.values():
            for found in OUTSIDE.finditer(prose.html):
                address = unescape(found[1])
                offset = prose.passage.text.find(address)
                yield address, ExternalLink(place(prose.passage, offset) if offset >= 0 else prose.passage.span)

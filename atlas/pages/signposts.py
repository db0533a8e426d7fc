"""Signposting for machines: typed links of a page to its identifier, licence, authors and data.

The relations are those of https://signposting.org/FAIR/, level 1, for landing pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.content.model import Site
from atlas.pages.view_parts import Signpost
from atlas.schema.identifiers import identifier_url

_SCHEMA_ORG = "https://schema.org/"


def signposts(
    site: Site,
    address: str,
    types: Iterable[str],
    *,
    authors: Iterable[str] = (),
    described: Iterable[tuple[str, str]] = (),
    items: Iterable[tuple[str, str]] = (),
    collection: str = "",
) -> Iterator[Signpost]:
    """Yield the typed links of a page.

    Args:
        site: the settings.
        address: the absolute address by which it is cited.
        types: its types in schema.org.
        authors: the names of its authors; those in no register get no link.
        described: the address and media type of each file that describes it.
        items: the address and media type of each file that it consists of.
        collection: the absolute address of the whole that it belongs to, if it is a part.
    """
    yield Signpost("cite-as", address)
    yield from (Signpost("type", _SCHEMA_ORG + name) for name in types)
    for name in authors:
        found = [identifier_url(key, value) for key, value in site.identifiers_of(name).items()]
        yield from (Signpost("author", url) for url in found[:1])
    if site.licence:
        yield Signpost("license", site.licence.url)
    yield from (Signpost("describedby", url, media) for url, media in described)
    yield from (Signpost("item", url, media) for url, media in items)
    if collection:
        yield Signpost("collection", collection)

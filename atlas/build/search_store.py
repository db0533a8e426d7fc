"""Keeps what each page adds to the search index, so that a page that has not changed is not read again."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct, field

from atlas.build.cache import Cache
from atlas.search.page_terms import PageFacets, PageTerms

_NAME = "search"


class SearchedPage(Struct, frozen=True, array_like=True):
    """What a page adds to the index.

    Attributes:
        id: its id in the index.
        text: the digest of its text.
        data: its `PageTerms`, encoded.
    """

    id: str
    text: bytes
    data: bytes

    def facets(self) -> PageFacets:
        """Return its facets."""
        return _FACETS.decode(self.data)

    def terms(self) -> PageTerms:
        """Return what it adds, decoded."""
        return _TERMS.decode(self.data)


class SearchedLanguage(Struct, frozen=True, array_like=True):
    """The pages of an index by path, and the digest of its manifest, by which a later build recognises the index."""

    manifest: str
    pages: dict[str, SearchedPage]


class SearchStore(Struct):
    """What the pages of the last index added to it.

    Attributes:
        engine: the digest of the engine that made it.
        languages: the pages of each index, by its name.
    """

    engine: str = ""
    languages: dict[str, SearchedLanguage] = field(default_factory=dict)

    def has(self, path: str, text: bytes) -> bool:
        """Return whether it holds what a page with this text adds."""
        return any(path in own.pages and own.pages[path].text == text for own in self.languages.values())


_FACETS = msgspec.msgpack.Decoder(PageFacets)
_TERMS = msgspec.msgpack.Decoder(PageTerms)
_STORE = msgspec.msgpack.Decoder(SearchStore)
encode_terms = msgspec.msgpack.Encoder().encode


def load_search(cache: Cache, engine: str) -> SearchStore:
    """Return what the last build kept; nothing if it is incomplete or another engine made it."""
    data = cache.read(_NAME)
    try:
        store = _STORE.decode(data) if data else SearchStore()
    except msgspec.DecodeError:
        return SearchStore()
    return store if store.engine == engine else SearchStore()


def save_search(cache: Cache, engine: str, languages: Mapping[str, SearchedLanguage]) -> None:
    """Keep what the pages add. If that fails, the next build reads all pages."""
    if not cache.write(_NAME, msgspec.msgpack.encode(SearchStore(engine, dict(languages)))):
        cache.forget(_NAME)

"""Updates the search index of each language from the pages whose text changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from atlas.build.search_store import SearchedLanguage, SearchedPage, save_search
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.digests import digest
from atlas.core.parallel import map_in_processes
from atlas.pages.search.search_pages import index_name
from atlas.search.index import Manifest, id_width, page_ids, updated

FOLDER: Final = "search/index/"
"""The folder of the indexes in the output folder."""
_MANY: Final = 500
"""How many pages to index justify a second process, which indexes other languages."""
_MANIFEST: Final = msgspec.json.Decoder(Manifest)
_encode: Final = msgspec.json.Encoder().encode


def search_index(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the search index of the pages. It is left unchanged if the options do not ask for an update."""
    result = PostResult()
    atlas = plan.outline.atlas
    if "search" not in atlas.site.views:
        return result
    names = {id: index_name(language.path) for id, language in atlas.site.languages.items()}
    if not target.indexes:
        for name in names.values():
            result.kept |= _standing(name, "", target)
        return result
    store = target.search_store
    languages = {name: _searched(id, store.languages.get(name), site) for id, name in names.items()}
    least = 1 if sum(bool(page.search) for page in site.pages) >= _MANY else len(languages) + 1
    rows = [(name, store.languages.get(name), pages) for name, pages in languages.items()]
    found = map_in_processes(lambda row: _updated(*row, target), rows, least=least)
    for (name, _, pages), made in zip(rows, found, strict=True):
        result.files |= made.files
        result.kept |= made.kept
        top = _top(name)
        manifest = digest(made.files[top]) if top in made.files else made.kept[top]
        languages[name] = SearchedLanguage(manifest, pages.pages)
    if target.cache and languages != store.languages:
        save_search(target.cache, target.engine, languages)
    return result


def _searched(language: str, before: SearchedLanguage | None, site: RenderedSite) -> SearchedLanguage:
    """Return the pages of a language that the search finds, without a manifest yet."""
    found = {
        page.path: (page.drawn.metadata.search, page.search)
        for page in site.pages
        if page.drawn and page.drawn.language == language and page.drawn.metadata.search
    }
    old: Mapping[str, SearchedPage] = before.pages if before else {}
    pages = {
        path: SearchedPage(id, found[path][0], found[path][1] or old[path].data) for path, id in page_ids(found).items()
    }
    return SearchedLanguage("", pages)


def _updated(name: str, before: SearchedLanguage | None, after: SearchedLanguage, target: Target) -> PostResult:
    """Return the index of a language: the present one with the pages that changed, or a new one if it is damaged."""
    kept = _standing(name, before.manifest, target) if before else {}
    empty = Manifest(width=id_width(len(after.pages)))
    manifest = _MANIFEST.decode(target.output_state.read(_top(name))) if kept else empty
    if manifest.width != empty.width:
        kept, manifest = {}, empty
    old = before.pages if before and kept else {}
    new = after.pages
    if kept and old == new:
        return PostResult(kept=kept)
    folder = f"{FOLDER}{name}/"
    manifest, files = updated(
        manifest,
        lambda file: target.output_state.read(f"{folder}{file}.json"),
        ((page.id, page.facets()) for page in new.values()),
        {page.id: page.terms() for path, page in old.items() if new.get(path) != page},
        {page.id: page.terms() for path, page in new.items() if old.get(path) != page},
    )
    paths = {f"{folder}{file}.json" for file in manifest.files()}
    made = {f"{folder}{file}.json": data for file, data in files.items()}
    return PostResult({_top(name): _encode(manifest), **made}, {path: kept[path] for path in paths if path not in made})


def _standing(name: str, manifest: str, target: Target) -> dict[str, str]:
    """Return the digests of the files of the present index of a language; nothing if one is missing or was changed.

    Args:
        name: the name of the index.
        manifest: the digest of its manifest; "" for any.
        target: the output folder.
    """
    top, left = _top(name), target.state.files
    if not target.is_as_left(top) or manifest not in ("", left[top].digest):
        return {}
    files = _MANIFEST.decode(target.output_state.read(top)).files()
    paths = [top, *(f"{FOLDER}{name}/{file}.json" for file in files)]
    return {path: left[path].digest for path in paths} if all(map(target.is_as_left, paths)) else {}


def _top(name: str) -> str:
    """Return the path of the manifest of an index."""
    return f"{FOLDER}{name}.json"

"""Updates the search index of each language whose pages changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.digests import digest
from atlas.pages.search.search_pages import index_name
from atlas.search.indexing import PublishedPage, index

FOLDER: Final = "search/index/"
"""The folder of the index in the output folder."""
_PAGE: Final = "search/index.html"
"""The path of the search page from the root of a language."""
_ERROR_PAGE: Final = "404.html"


def search_index(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the search index of the pages. It is left unchanged if the options do not ask for an update."""
    pages = {path: digest(data) for path, data in site.files.items() if path.endswith(".html")}
    pages |= {path: value for path, value in site.kept.items() if path.endswith(".html")}
    leave = not target.options.search
    result = PostResult()
    for folder, paths in _languages(pages).items():
        name = index_name(folder)
        of = digest("".join(f"{pages[path]}  {path}\n" for path in paths).encode())
        usable = leave or target.engine == target.state.engine
        stands = _standing(name, "" if leave else of, target) if usable else {}
        result.kept |= stands
        if not stands and not leave:
            result.files.update(_made(name, of, folder, paths, site, target))
    return result


def _made(
    name: str, of: str, folder: str, paths: Sequence[str], site: RenderedSite, target: Target
) -> Iterator[tuple[str, bytes]]:
    """Build the index of one language.

    Args:
        name: the name of the index.
        of: the digest of its pages.
        folder: the folder of the language.
        paths: the paths of its pages.
        site: the rendered site.
        target: the output folder.
    """
    home = f"{folder}/index.html".lstrip("/")
    texts = ((path, (site.files.get(path) or target.output_state.read(path)).decode()) for path in paths)
    made = index(name, of, [PublishedPage(path, text, path == home) for path, text in texts])
    yield from ((FOLDER + path, data) for path, data in made.items())


def _languages(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the pages of each language with a search, by its folder. Every language has a 404 page."""
    folders = [path.removesuffix(_ERROR_PAGE).rstrip("/") for path in pages if path.rpartition("/")[2] == _ERROR_PAGE]
    prefixes = {folder: f"{folder}/" if folder else "" for folder in folders}
    others = tuple(prefix for prefix in prefixes.values() if prefix)
    return {
        folder: [path for path in sorted(pages) if path.startswith(prefix) and (prefix or not path.startswith(others))]
        for folder, prefix in sorted(prefixes.items())
        if f"{prefix}{_PAGE}" in pages
    }


def _standing(name: str, of: str, target: Target) -> dict[str, str]:
    """Return the digests of the present index of a language; nothing if it is incomplete or covers other pages.

    Args:
        name: the name of the index.
        of: the digest of the pages that it must cover; "" for any.
        target: the output folder.
    """
    top = f"{FOLDER}{name}.json"
    if not target.is_as_left(top):
        return {}
    found = json.loads(target.output_state.read(top))
    if of not in ("", found["of"]):
        return {}
    own = f"{FOLDER}{found['folder']}/"
    files = target.state.files
    paths = [top, *(path for path in files if path.startswith(own) and path.endswith(".json"))]
    return {path: files[path].digest for path in paths} if all(map(target.is_as_left, paths)) else {}

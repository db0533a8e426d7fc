"""The index of the search: made anew for a language when one of its pages changed, else kept as it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from atlas.build.build_state import BuildState
from atlas.build.executor import is_as_left
from atlas.core.digests import digest
from atlas.core.output_state import OutputState
from atlas.pages.search.search_pages import index_name

FOLDER: Final = "search/index/"
"""Where the index stands in the output folder."""
_PAGE: Final = "search/index.html"
"""The page of the search, from the root of a language."""
_ERROR_PAGE: Final = "404.html"


class IndexResult(Struct):
    """The files of the index that are made anew, and the digests of those that stand as they are to be."""

    files: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


def build_index(
    files: Mapping[str, bytes],
    kept: Mapping[str, str],
    engine: str,
    state: BuildState,
    output_state: OutputState,
    *,
    leave: bool,
) -> IndexResult:
    """The index of what is to be published.

    files: what is made anew; kept: the digests of what stays; engine: its digest; state: what the last build made;
    output_state: what stands in the folder; leave: keep the index as it is, whatever it is of.
    """
    pages = {path: digest(data) for path, data in files.items() if path.endswith(".html")}
    pages |= {path: value for path, value in kept.items() if path.endswith(".html")}
    result = IndexResult()
    for folder, paths in _languages(pages).items():
        name = index_name(folder)
        of = digest("".join(f"{pages[path]}  {path}\n" for path in paths).encode())
        stands = _standing(name, "" if leave else of, state, output_state) if leave or engine == state.engine else {}
        result.kept |= stands
        if not stands and not leave:
            from atlas.search.indexing import PublishedPage, index  # what a build that keeps all can do without

            home = f"{folder}/index.html".lstrip("/")
            texts = ((path, (files[path] if path in files else output_state.read(path)).decode()) for path in paths)
            made = index(name, of, [PublishedPage(path, text, path == home) for path, text in texts])
            result.files |= {FOLDER + path: data for path, data in made.items()}
    return result


def _languages(pages: Mapping[str, str]) -> dict[str, list[str]]:
    """The pages of each language that has a search, by its folder: every language has a page for what is not there."""
    folders = [path.removesuffix(_ERROR_PAGE).rstrip("/") for path in pages if path.rpartition("/")[2] == _ERROR_PAGE]
    prefixes = {folder: f"{folder}/" if folder else "" for folder in folders}
    others = tuple(prefix for prefix in prefixes.values() if prefix)
    return {
        folder: [path for path in sorted(pages) if path.startswith(prefix) and (prefix or not path.startswith(others))]
        for folder, prefix in sorted(prefixes.items())
        if f"{prefix}{_PAGE}" in pages
    }


def _standing(name: str, of: str, state: BuildState, output_state: OutputState) -> dict[str, str]:
    """The digests of the index of a language as it stands; none where it is of other pages or not whole.

    of: what it must be made of, in a digest; "" for whatever it is of.
    """
    top = f"{FOLDER}{name}.json"
    if not is_as_left(top, state, output_state):
        return {}
    told = json.loads(output_state.read(top))
    if of not in ("", told["of"]):
        return {}
    own = f"{FOLDER}{told['folder']}/"
    paths = [top, *(path for path in state.files if path.startswith(own) and path.endswith(".json"))]
    whole = [path for path in paths if is_as_left(path, state, output_state)]
    return {path: state.files[path].digest for path in paths} if whole == paths else {}

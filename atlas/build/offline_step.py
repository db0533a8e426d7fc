"""Makes what a site needs to be read without a network: the search index as scripts, and the service worker."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from atlas.build.options import BuildOptions
from atlas.build.search_step import FOLDER
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.digests import digest
from atlas.core.sources import engine_text
from atlas.pages.head import SHARE_PICTURES, WORKER

_TRADITIONAL: Final = "static/traditional.txt"


def index_scripts(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the files that the search reads as scripts, `PATH.js`: a page on a disk can load those alone."""
    names = [path for path in (*site.files, *site.kept) if path == _TRADITIONAL or _is_index(path)]
    made = {}
    for path in sorted(names):
        data = site.files[path] if path in site.files else target.output_state.read(path)
        value = data.decode() if _is_index(path) else json.dumps(data.decode(), ensure_ascii=False)
        name = path.removeprefix(FOLDER)
        made[f"{path}.js"] = f"atlasFile({json.dumps(name)},{value});\n".encode()
    return PostResult(made)


def _is_index(path: str) -> bool:
    return path.startswith(FOLDER) and path.endswith(".json")


def has_worker(options: BuildOptions, plan: SitePlan) -> bool:
    """Return whether site.yaml has the key `service_worker`, and the site is for a host."""
    site = plan.outline.atlas.site
    return site.service_worker is not None and not site.offline


def service_worker(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the service worker that `service_worker` of site.yaml asks for, or the one that removes it."""
    atlas = plan.outline.atlas.site
    if not atlas.service_worker:
        return PostResult({WORKER: engine_text("build/service_worker_off.js").encode()})
    digests = {path: digest(data) for path, data in site.files.items()} | site.kept
    version = digest("".join(f"{path} {digests[path]}\n" for path in sorted(digests)).encode())[:16]
    folders = [f"{language.path}/" if language.path else "./" for language in atlas.languages.values()]
    core = json.dumps([*folders, *_core(digests)])
    text = engine_text("build/service_worker.js").replace("<<version>>", version).replace("<<core>>", core)
    return PostResult({WORKER: text.encode()})


def _core(paths: Iterable[str]) -> list[str]:
    """Return the files that are kept before a page needs them: styles, scripts, the search and its manifests."""
    static = (path for path in paths if path.startswith("static/") and not path.startswith(SHARE_PICTURES))
    search = (path.removesuffix("index.html") for path in paths if path.endswith("search/index.html"))
    manifests = (path for path in paths if _is_index(path) and "/" not in path.removeprefix(FOLDER))
    return sorted([*static, *search, *manifests])

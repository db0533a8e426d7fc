"""Writes compressed copies of text files, for hosts that serve them."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath

from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.parallel import map_in_processes

_SUFFIXES = frozenset({".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".csv", ".bib", ".ris", ".geojson"})
_LEAST = 1024
"""The minimum size in bytes: a smaller file fits into one network packet either way."""


def compressed_copies(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return compressed copies of text files: `PATH.gz` (RFC 1952), and `PATH.br` (RFC 7932) if brotli is installed.

    The same input gives the same bytes, because copies hold no date and no name. A copy that is not shorter is left
    out.
    """
    files = site.files | {path: target.output_state.read(path) for path in site.kept}
    wanted = [path for path in sorted(files) if _is_packed(path, files)]
    copies = map_in_processes(lambda path: tuple(_compressed(path, files[path])), wanted)
    return PostResult({path: data for pair in copies for path, data in pair})


def _is_packed(path: str, files: Mapping[str, bytes]) -> bool:
    return PurePosixPath(path).suffix in _SUFFIXES and len(files[path]) >= _LEAST


def _compressed(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    found = [(f"{path}.gz", gzip.compress(data, mtime=0))]
    if find_spec("brotli"):
        found.append((f"{path}.br", import_module("brotli").compress(data)))
    yield from ((name, copy) for name, copy in found if len(copy) < len(data))

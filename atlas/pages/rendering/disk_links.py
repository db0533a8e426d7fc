"""Rewrites a page so that it works from a disk: links to folders name index.html, and scripts have no digest."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_ADDRESS: Final = re.compile(r'(?P<before>\s(?:href|src|action)="|;\s*url=)(?P<path>[^"#?:]*)(?=["#?])')
_DIGEST: Final = re.compile(r'\sintegrity="[^"]*"')
_FETCHED: Final = '<link rel="preload" as="fetch"'


def with_disk_links(html: str) -> str:
    """Return a page whose links to a folder lead to the file `index.html` in it.

    Browsers compare no digest of files on a disk, so scripts are named without; and they load nothing ahead.
    """
    return _TAG.sub(lambda tag: _rewritten(tag[0]), html)


def _rewritten(tag: str) -> str:
    if tag.startswith(_FETCHED):
        return ""
    return _DIGEST.sub("", _ADDRESS.sub(_with_file, tag))


def _with_file(found: re.Match[str]) -> str:
    path = found["path"]
    is_folder = path.endswith("/") or path.rpartition("/")[2] in (".", "..")
    if not is_folder or path.startswith("/"):
        return found[0]
    return f"{found['before']}{path.rstrip('/')}/index.html"

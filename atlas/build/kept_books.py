"""Remembers what the PDF files of books were made from, so that a book that would be the same is not set again."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import msgspec

from atlas.build.cache import Cache
from atlas.core.digests import digest
from atlas.core.sources import font_digest, read_part

_NAME: Final = "books"
"""The file of the cache."""
_KEPT: Final = msgspec.msgpack.Decoder(dict[str, tuple[str, str]])
"""Of each book by its path two digests: of all that it was made from, and its own."""


class KeptBooks:
    """The PDF files that are in the folder of books already.

    Attributes:
        names: the names of those that were used again.
    """

    def __init__(self, cache: Cache, folder: Path, engine: str) -> None:
        """Read what is remembered.

        Args:
            cache: the cache of the site; nothing is remembered if the site was never built.
            folder: the folder of the books.
            engine: the digest of the engine.
        """
        self.names: set[str] = set()
        self._cache, self._folder, self._engine = cache, folder.absolute(), engine
        self._books = _decoded(cache.read(_NAME))

    def key(self, files: Mapping[str, bytes], fonts: Path) -> str:
        """Return the digest of all that a PDF file is made from: its document, typst, the engine, and all fonts.

        Args:
            files: the document and its pictures.
            fonts: the folder of the fonts of the atlas.
        """
        typst: Any = import_module("typst")
        found = typst.Fonts(font_paths=[str(fonts)] if fonts.is_dir() else []).fonts()
        paths = sorted({str(one.path) for one in found if one.path})
        parts = (
            self._engine,
            version("typst"),
            [(path, font_digest(Path(path))) for path in paths],
            [(name, digest(files[name])) for name in sorted(files)],
        )
        return digest(msgspec.msgpack.encode(parts))

    def find(self, name: str, key: str) -> bytes | None:
        """Return a file that is there and that would be the same if it were made again; None otherwise."""
        path = self._folder / name
        known = self._books.get(str(path))
        if known is None or known[0] != key:
            return None
        data = read_part(path, 0, -1)
        if digest(data) != known[1]:
            return None
        self.names.add(name)
        return data

    def remember(self, name: str, key: str, data: bytes) -> None:
        """Remember a file that was made; it counts once it is in the folder."""
        self._books[str(self._folder / name)] = key, digest(data)
        self._cache.write(_NAME, msgspec.msgpack.encode(self._books))


def _decoded(stored: bytes | None) -> dict[str, tuple[str, str]]:
    try:
        return _KEPT.decode(stored) if stored else {}
    except msgspec.DecodeError:
        return {}

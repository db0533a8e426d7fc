"""Keeps what the preview has read for its next start: parsed files, the analysis of templates, pinyin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from atlas.build.build_state import BuildState, load, save
from atlas.build.cache import Busy, Cache
from atlas.content.parse_cache import ParseCache
from atlas.core.digests import digest
from atlas.core.sources import read_engine
from atlas.pages.rendering.templates import Facts


class PreviewCache:
    """The cache of the preview of a folder, `.cache/preview-…`.

    Attributes:
        engine: the digest of the engine, on which everything in the cache depends.
        state: what the last preview kept; an empty state if it had another engine.
    """

    def __init__(self, root: Path) -> None:
        self.engine = read_engine()
        self.cache = Cache(str(root), str(root / ".cache" / "preview"))
        found = load(self.cache)
        self.state = found if found.engine == self.engine else BuildState(engine=self.engine)
        self._stored: dict[str, str] = {}

    def disk_time(self) -> int:
        """Return the time by the clock of the disk, in nanoseconds; 0 if there is no cache yet, or it is in use."""
        if not Path(self.cache.folder).is_dir():  # `begin` would make it, even where the atlas is gone
            return 0
        try:
            return self.cache.started if self.cache.begin() else 0
        except Busy:
            return 0
        finally:
            self.cache.end()

    def read(self, name: str) -> bytes | None:
        """Return a shard of parsed files."""
        data = self.cache.read(name)
        if data:
            self._stored[name] = digest(data)
        return data

    def save(self, parse_cache: ParseCache, facts: Mapping[str, Facts], pinyin: Mapping[str, tuple[str, ...]]) -> None:
        """Write what has changed. Nothing is written if that is impossible or another preview is writing."""
        try:
            if self.cache.begin():
                self._write(parse_cache)
                save(self.cache, BuildState(engine=self.engine, facts=dict(facts), pinyin=dict(pinyin)))
        except Busy:
            return
        finally:
            self.cache.end()

    def _write(self, parse_cache: ParseCache) -> None:
        for name, data in parse_cache.shards():
            found = digest(data)
            if self._stored.get(name) != found and self.cache.write(name, data):
                self._stored[name] = found

"""Reads, checks and writes the output folder of a build, and saves the state for the next build.

A page is kept when its fingerprint and its file are those of the last build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.build.build_state import BuildState, load, save
from atlas.build.cache import Cache
from atlas.build.fingerprints import KEPT, Fingerprint, RebuildReason
from atlas.build.options import BuildOptions
from atlas.build.search_store import SearchStore, load_search
from atlas.build.stages import Known, Read
from atlas.build.up_to_date import STATE, save_state, snapshot_inputs
from atlas.content.dependencies import EntryValues, Group, KeptPart
from atlas.content.parse_cache import ParseCache
from atlas.core.digests import digest, short_digest
from atlas.core.file_stats import TreeSnapshot
from atlas.core.output import WriteResult, write_site
from atlas.core.output_state import OutputState, SeenFile, is_listed
from atlas.core.problems import Problem, has_errors
from atlas.core.result_store import StoredBytes
from atlas.core.rules import Rule
from atlas.core.sources import Input, read_engine, read_input
from atlas.i18n.collation import Collator
from atlas.pages.plan import CachedFile, CachedPage, PlannedPage
from atlas.pages.rendering.templates import Facts

_PASSING = frozenset({Rule.EDITED_PAGE})
"""Rules that are reported once, because the build that reports them has fixed the problem."""


class PageResult(Struct, frozen=True):
    """The result of a page.

    Attributes:
        path: its path in the output folder.
        fingerprint: its fingerprint.
        reason: why it was rendered or kept.
        data: its bytes, the problem of its template, or None if it is kept or not wanted.
        seen: its file in the output folder, if that was read.
        drawn: its entry in the plan; None for the sitemap, which lists the others.
        cached: its dependencies and metadata, by which the next build may keep it without drawing it.
        search: what it adds to the search index, encoded; b"" if that is known already, or nothing.
        seconds: the processor seconds that drawing and rendering it took.
        parts: its parts that the next build may use, encoded; None if it has none.
        groups: the groups of its dependencies that no page before it in the same process had.
    """

    path: str
    fingerprint: Fingerprint
    reason: RebuildReason
    data: StoredBytes | Problem | None
    seen: SeenFile | None
    drawn: PlannedPage | None
    cached: CachedPage | None = None
    search: bytes = b""
    seconds: float = 0.0
    parts: StoredBytes | None = None
    groups: dict[bytes, Group] = {}


class SiteFiles(Mapping[str, bytes]):
    """The bytes of files by path. Those of pages are together too large for memory, and are read each time.

    Args:
        files: the files, by path.
    """

    def __init__(self, files: Mapping[str, bytes | StoredBytes]) -> None:
        self.files = files

    def __getitem__(self, path: str) -> bytes:
        data = self.files[path]
        return data.read() if isinstance(data, StoredBytes) else data

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def __or__(self, more: Mapping[str, bytes]) -> SiteFiles:
        """Return these files and more."""
        return SiteFiles({**self.files, **more})


class RenderedSite(Struct):
    """A site as it will be in the output folder.

    Attributes:
        files: the new files, by path.
        kept: the digests of the files that stay as they are.
        pages: the result of each page.
        facts: the analysis of templates.
        common: the digest of the inputs that every page may depend on.
        entries: the values of the entries that pages and files were made from.
        cached_files: the dependencies of each tracked file without a template.
    """

    files: SiteFiles
    kept: dict[str, str]
    pages: list[PageResult]
    facts: Mapping[str, Facts] = field(default_factory=dict)
    common: str = ""
    entries: EntryValues = field(default_factory=EntryValues)
    cached_files: dict[str, CachedFile] = field(default_factory=dict)


class PostResult(Struct):
    """The result of a step after rendering: new files, and the digests of files that stay as they are."""

    files: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)


class PageCost(Struct, frozen=True):
    """What a page that was drawn took.

    Attributes:
        seconds: processor seconds.
    """

    template: str
    path: str
    seconds: float


class BuildReport(Struct):
    """The problems and counts of a build.

    Attributes:
        quoted: how many facts have the own words of a work, and how many have not, where they were counted.
    """

    problems: tuple[Problem, ...] = ()
    written: int = 0
    kept: int = 0
    removed: int = 0
    pages: int = 0
    costs: tuple[PageCost, ...] = ()
    quoted: tuple[int, int] = (0, 0)

    @property
    def failed(self) -> bool:
        """Return whether errors kept it from writing."""
        return has_errors(self.problems) and not self.written


class Target:
    """The output folder of one build.

    Args:
        root: the folder of the atlas.
        out: the output folder.
        options: how to build.
        cache: the cache for the next build; None if this one does not write.
        state: the state of the last build.

    Attributes:
        output_state: the state of the files in the folder.
        engine: the digest of the engine, once `read` was called.
        digests: the digests of the files that were read, by path.
        indexes: whether the search index is updated.
    """

    def __init__(self, root: Path, out: Path, options: BuildOptions, cache: Cache | None, state: BuildState) -> None:
        self.root, self.out, self.options, self.cache = root, out, options, cache
        since = 0 if options.force or options.verify else state.since
        self.output_state = OutputState(out, state.files, since)
        self.state = BuildState() if options.force else state
        self.inputs: TreeSnapshot | None = None
        self.digests: Mapping[str, str] = {}
        self.engine = self.read_digest = ""
        self.collator = Collator()
        self.indexes = options.search

    @classmethod
    def to_look_at(cls, root: Path, out: Path, options: BuildOptions) -> Target:
        """Return a target that is not written; it uses the state of the last build."""
        target = cls(root, out, options, None, load(Cache(str(root), str(out))))
        target.indexes = False
        return target

    @cached_property
    def search_store(self) -> SearchStore:
        """What the pages of the last search index added to it."""
        return SearchStore() if self.cache is None or self.options.force else load_search(self.cache, self.engine)

    # Before the stages.

    def read(self) -> tuple[Read, Known]:
        """Read the files of the atlas, and the caches of earlier builds."""
        try:
            self.inputs = snapshot_inputs(str(self.root), self.options.settings) if self.cache else None
        except OSError:  # the error is reported when the file is read
            self.inputs = None
        self.engine = read_engine()
        if self.state.engine == self.engine:
            self.collator = Collator(self.state.pinyin)
        files, problems = read_input(self.root)
        what = (self.engine, self.options.settings, sorted(files.digests.items()), problems, files.fonts)
        self.read_digest = digest(msgspec.msgpack.encode(what))
        self.digests = files.digests
        return (files, problems), Known(self.state.facts, self._parse_cache(files), self.collator)

    def _parse_cache(self, files: Input) -> ParseCache:
        """Return the parse cache. All its entries depend on the engine and the settings."""
        common = "\n".join((self.engine, *self.options.settings))
        parse_cache = ParseCache(common=common, digests=files.digests, write=self.cache.write if self.cache else None)
        if not self.options.force:
            parse_cache.read = (self.cache or Cache(str(self.root), str(self.out))).read
        return parse_cache

    def is_current(self) -> bool:
        """Return whether neither the inputs nor the output have changed since the last build."""
        return self.state.read == self.read_digest and (self.state.failed or self._stands())

    def _stands(self) -> bool:
        """Return whether the folder holds exactly the files of the last build."""
        try:
            present = set(self.output_state.paths())
        except OSError:
            return False
        listed = {path: seen.digest for path, seen in self.state.files.items()}
        return (
            present == {*self.state.files, *self.state.others}
            and all(self.is_as_left(path, mode=True) for path in self.state.files)
            and is_listed(self.out, listed)
        )

    def is_as_left(self, path: str, *, mode: bool = False) -> bool:
        """Return whether a file is as the last build left it.

        Args:
            path: the path of the file.
            mode: whether to compare its access rights too.
        """
        left = self.state.files.get(path)
        if left is None or self.output_state.digest(path) != left.digest or not self.output_state.is_file(path):
            return False
        return not mode or self.output_state.now[path].stat[0] == left.stat[0]

    # After them.

    def write(self, site: RenderedSite) -> tuple[WriteResult, list[Problem]]:
        """Write a site into the folder, and remove our other files from it."""
        options = self.options
        result = write_site(
            self.out,
            options.shown,
            site.files,
            kept=site.kept,
            output_state=self.output_state,
            force=options.force,
        )
        return result, result.problems

    def repeat(self) -> BuildReport:
        """Return the report of the last build, which is still valid."""
        if not self.state.failed:
            self.state.files = {path: self.output_state.now[path] for path in self.state.files}
            self.state.since = self._started()
        self._save(self.state)
        kept = 0 if self.state.failed else len(self.state.files)
        return BuildReport(self.state.problems, kept=kept, pages=self.state.pages)

    def remember_failure(self, problems: tuple[Problem, ...], pages: int) -> None:
        """Save the state of a build that wrote nothing because of errors."""
        self._save(replace(self.state, read=self.read_digest, failed=True, problems=problems, pages=pages))

    def remember(self, problems: tuple[Problem, ...], site: RenderedSite, result: WriteResult) -> None:
        """Save the state of a build that wrote."""
        if has_errors(problems):  # the next build finds the files written before the error
            self._save(replace(self.state, read="", failed=True))
            return
        self._save_parts(site.pages)
        self._save(
            BuildState(
                read=self.read_digest,
                since=self._started(),
                failed=False,
                problems=tuple(problem for problem in problems if problem.rule not in _PASSING),
                pages=len(site.pages),
                files=result.files,
                others=result.others,
                fingerprints={each.path: each.fingerprint for each in site.pages},
                reasons=dict(_reasons(site.pages, self.state.reasons)),
                facts=dict(site.facts),
                common=site.common,
                entries=site.entries,
                cached_pages={each.path: each.cached for each in site.pages if each.cached},
                cached_files=site.cached_files,
                engine=self.engine,
                pinyin=self.collator.pinyin,
            )
        )

    def read_parts(self, path: str, digest_of_parts: str) -> Mapping[str, KeptPart]:
        """Return the kept parts of a page, or none if they are not those of the last build."""
        data = self.cache.read(_parts_name(path)) if self.cache else None
        return _PARTS.decode(data) if data and digest(data) == digest_of_parts else {}

    def _save_parts(self, pages: Iterable[PageResult]) -> None:
        """Save the parts of the pages that were drawn, and remove those of pages without any."""
        if self.cache is None:
            return
        before = {path: page.parts for path, page in self.state.cached_pages.items() if page.parts}
        for each in pages:
            old, new = before.pop(each.path, ""), each.cached.parts if each.cached else ""
            if new != old and not (each.parts and self.cache.write(_parts_name(each.path), each.parts.read())):
                self.cache.forget(_parts_name(each.path))
        for path in before:
            self.cache.forget(_parts_name(path))

    def _started(self) -> int:
        return self.cache.started if self.cache else 0

    def _save(self, state: BuildState) -> None:
        if self.cache is None:
            return
        save(self.cache, state)
        if self.inputs and state.read and self.cache.is_steady():
            problems = [(str(problem), problem.as_json()) for problem in state.problems]
            counts = {"pages": state.pages, "files": 0 if state.failed else len(state.files)}
            save_state(self.cache, self.inputs, str(self.out), problems, counts)
        else:
            self.cache.forget(STATE)


_PARTS: Final = msgspec.msgpack.Decoder(dict[str, KeptPart])


def _parts_name(path: str) -> str:
    """Return the name of the cache file with the parts of a page."""
    return f"parts-{short_digest(path.encode()).hex()}"


def _reasons(pages: Iterable[PageResult], before: Mapping[str, RebuildReason]) -> Iterable[tuple[str, RebuildReason]]:
    """Yield why each page was last rendered.

    Args:
        pages: the results of this build.
        before: the reasons of the last build.
    """
    for each in pages:
        yield each.path, before.get(each.path, each.reason) if each.reason == KEPT else each.reason

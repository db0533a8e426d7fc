"""A build into a folder, of what changed since the last one and of nothing else; the result is that of a clean build.

A page is kept when its seal is that of the last build and its file stands as that build left it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from atlas.build.build_state import BuildState, load, save
from atlas.build.cache import Busy, Cache
from atlas.build.executor import PageBuilder, PageResult, is_as_left
from atlas.build.fingerprints import KEPT, RebuildReason
from atlas.build.pipeline import Progress, Read, ReadOptions, SitePlan, plan_site, silent
from atlas.build.precompress import compress
from atlas.build.search_step import build_index
from atlas.build.up_to_date import STATE, save_state, snapshot_inputs
from atlas.content.dependencies import untracked_inputs
from atlas.content.linking import Atlas
from atlas.content.parse_cache import ParseCache
from atlas.content.site_config import PLACES_PATH, SITE_PATH
from atlas.core.digests import digest
from atlas.core.file_stats import TreeSnapshot
from atlas.core.output import WriteResult, write_site
from atlas.core.output_state import OutputState, is_listed
from atlas.core.problems import Problem, Span, has_errors, in_order
from atlas.core.rules import Rule
from atlas.core.sources import read_engine, read_input
from atlas.i18n.collation import PINYIN
from atlas.pages.final_plan import complete_plan, draw_page
from atlas.pages.rendering.templates import Facts

_PASSING = frozenset({Rule.EDITED_PAGE})
"""Rules of what is told once: the build that tells it has mended it."""


class BuildReport(Struct):
    """What a build found and did."""

    problems: tuple[Problem, ...] = ()
    written: int = 0
    kept: int = 0
    removed: int = 0
    pages: int = 0

    @property
    def failed(self) -> bool:
        """Whether mistakes kept it from writing."""
        return has_errors(self.problems) and not self.written


class BuildOptions(Struct, frozen=True):
    """How to build. shown: how messages call the output folder; settings: what the command line and environment say.

    force: render and write every page; verify: believe no stat; precompress: write compressed twins of text files.
    search: make the index of the search anew where pages changed; else it stays as it is.
    """

    read_options: ReadOptions
    shown: str = "site"
    settings: tuple[str, ...] = ()
    force: bool = False
    verify: bool = False
    precompress: bool = False
    search: bool = True


def build(root: Path, out: Path, how: BuildOptions, progress: Progress = silent) -> BuildReport:
    """Build the atlas in `root` into the folder `out`. A build that finds an error writes nothing."""
    cache = Cache(str(root), str(out))
    try:
        remembers = cache.begin()
    except Busy as busy:
        hint = "wait until it has ended, or name another folder with --output"
        message = f"another build is at work on this folder (process {busy})"
        return BuildReport((Problem(Span(how.shown), Rule.CANNOT_WRITE, message, hint),))
    try:
        return _Build(root, out, how, progress, cache if remembers else None).run()
    finally:
        cache.end()


def check(root: Path, out: Path, how: BuildOptions, progress: Progress = silent) -> BuildReport:
    """Everything that a build would find, without writing. out: the folder whose last build spares work."""
    return _Build(root, out, how, progress, None, load(Cache(str(root), str(out)))).check()


class DryRun(Struct, frozen=True):
    """What a check found: its report, the atlas where it could be linked, and every file that a build would write."""

    report: BuildReport
    atlas: Atlas | None
    files: Mapping[str, bytes]


def dry_run(root: Path, out: Path, how: BuildOptions, progress: Progress = silent) -> DryRun:
    """Everything that a build would find and make, without writing. Where `how` does not force, files may be missing
    that stand already as the last build left them.
    """
    own = _Build(root, out, how, progress, None, load(Cache(str(root), str(out))))
    made = own.make()
    return DryRun(BuildReport(own.problems, pages=own.pages), own.atlas, made.files if made else {})


class Explanation(Struct, frozen=True):
    """Why a page would be rendered or kept if a build began now, and why it was last rendered (None: not known)."""

    path: str
    now: RebuildReason
    last: RebuildReason | None

    def __str__(self) -> str:
        does = "is kept" if self.now is KEPT else "would be rendered"
        last = f" (it was last rendered because {self.last})" if self.last and self.now is KEPT else ""
        return f"{self.path} {does}: {self.now}{last}"

    def as_json(self) -> dict[str, object]:
        """For machines: the path, and both reasons as their kind and the names of what changed."""
        rows = {"now": self.now, "last": self.last}
        return {"path": self.path} | {
            key: {"kind": each.kind, "names": list(each.names)} if each else None for key, each in rows.items()
        }


def explain(root: Path, out: Path, how: BuildOptions, wanted: str) -> tuple[Explanation | None, tuple[Problem, ...]]:
    """Why a page would be rendered or kept. wanted: its path or address. None where there is no such page."""
    return _Build(root, out, how, silent, None, load(Cache(str(root), str(out)))).explain(wanted)


class _BuildResult(Struct):
    """What a build has made: the files to write, what came of every page, and what is known of the templates."""

    files: dict[str, bytes]
    results: list[PageResult]
    facts: dict[str, Facts]


class _Build:
    """One build. cache: where it remembers, or None."""

    def __init__(
        self,
        root: Path,
        out: Path,
        how: BuildOptions,
        progress: Progress,
        cache: Cache | None,
        state: BuildState | None = None,
    ) -> None:
        self.root, self.out, self.how, self.progress, self.cache = root, out, how, progress, cache
        self.state = state or (load(cache) if cache else BuildState())
        since = 0 if how.force or how.verify else self.state.since
        self.output_state = OutputState(out, self.state.files, since)
        if how.force:
            self.state = BuildState()
        self.inputs: TreeSnapshot | None = None
        self.engine = self.read = self.common = ""
        self.digests: Mapping[str, str] = {}
        self.taken: list[Read] = []
        self.problems: tuple[Problem, ...] = ()
        self.pages = 0
        self.atlas: Atlas | None = None

    def run(self) -> BuildReport:
        """Read, and do what is to be done."""
        try:
            self.inputs = snapshot_inputs(str(self.root), self.how.settings)
        except OSError:  # what cannot be looked at is told when it is read
            self.inputs = None
        self._take()
        if self.state.read == self.read and (self.state.failed or self._stands()):
            return self._again()
        made = self._made()
        if made is None:
            return self._failed()
        self.output_state.now |= {each.path: each.seen for each in made.results if each.seen}
        kept = {each.path: self.state.files[each.path].digest for each in made.results if each.reason == KEPT}
        self.progress("indexing", 0, 0)
        found = build_index(made.files, kept, self.engine, self.state, self.output_state, leave=not self.how.search)
        made.files |= found.files
        kept |= found.kept
        if self.how.precompress:
            made.files |= compress(made.files | {path: self.output_state.read(path) for path in kept})
        self.progress("writing", 0, 0)
        result = write_site(
            self.out, self.how.shown, made.files, kept=kept, output_state=self.output_state, force=self.how.force
        )
        problems = in_order((*self.problems, *result.problems))
        self._remember(problems, result, made)
        return BuildReport(problems, result.written, result.kept, result.removed, self.pages)

    def check(self) -> BuildReport:
        """All but writing."""
        self.make()
        return BuildReport(self.problems, pages=self.pages)

    def make(self) -> _BuildResult | None:
        """What a build would write; None where there are mistakes."""
        self._take()
        return self._made()

    def explain(self, wanted: str) -> tuple[Explanation | None, tuple[Problem, ...]]:
        """Why a page would be rendered or kept."""
        self._take()
        own = self._draft()
        path = wanted.removeprefix(own.outline.atlas.site.base_url if own.outline else "").partition("#")[0]
        if "://" in path:  # of another host, such as the preview
            path = path.split("://", 1)[1].partition("/")[2]
        path = path.removeprefix(f"{self.how.shown}/").lstrip("/")
        names = (path, f"{path.rstrip('/')}/index.html".lstrip("/"))
        found = [spec for spec in own.outline.specs if spec.path in names] if own.outline else []
        if not found:
            return None, own.problems
        results = self._press(own, wanted=False).one(draw_page(found[0])[0])
        return Explanation(results.path, results.reason, self.state.reasons.get(results.path)), own.problems

    # Each step leaves its problems, and the number of pages, in the build.

    def _take(self) -> None:
        self.progress("reading", 0, 0)
        self.engine = read_engine()
        if self.state.engine == self.engine:
            PINYIN.update(self.state.pinyin)
        files, problems = read_input(self.root)
        what = (self.engine, self.how.settings, sorted(files.digests.items()), problems)
        self.read = digest(msgspec.msgpack.encode(what))
        self.taken, self.digests = [(files, problems)], files.digests

    def _draft(self) -> SitePlan:
        taken = self.taken.pop()  # so that no text is kept in memory once all are read
        own = plan_site(taken, self.how.read_options, self.state.facts, self._library(taken[0].digests), self.progress)
        self.problems = own.problems
        self.atlas = own.outline.atlas if own.outline else None
        return own

    def _library(self, digests: Mapping[str, str]) -> ParseCache:
        """The rows of earlier builds. All depend on the engine and on what the atlas declares."""
        declared = (digests.get(path, "") for path in (SITE_PATH, PLACES_PATH))
        common = "\n".join((self.engine, *self.how.settings, *declared))
        parse_cache = ParseCache(common=common, digests=digests, write=self.cache.write if self.cache else None)
        if not self.how.force:
            parse_cache.read = (self.cache or Cache(str(self.root), str(self.out))).read
        return parse_cache

    def _press(self, own: SitePlan, *, wanted: bool) -> PageBuilder:
        assert own.outline is not None
        rest = untracked_inputs(own.outline.atlas, self.digests)
        self.common = digest(msgspec.msgpack.encode((self.engine, self.how.settings, rest)))
        force = self.how.force
        return PageBuilder(own, self.engine, self.common, self.state, self.output_state, force=force, wanted=wanted)

    def _made(self) -> _BuildResult | None:
        """What is to stand in the folder; None where there are mistakes."""
        own = self._draft()
        if own.outline is None:
            return None
        builder = self._press(own, wanted=not has_errors(own.problems))
        results = builder.all(own.outline.specs, self.progress)
        end, found = complete_plan(own.outline, [each.drawn for each in results if each.drawn])
        results += [builder.one(page) for page in end.pages]
        self.pages = len(results)
        faults = {(each.data.span, each.data.message): each.data for each in results if isinstance(each.data, Problem)}
        self.problems = in_order((*own.problems, *found, *faults.values()))
        if has_errors(self.problems):
            return None
        files = {each.path: each.data for each in results if isinstance(each.data, bytes)}
        files |= {asset.path: asset.data for asset in end.copies}
        return _BuildResult(files, results, own.facts)

    # What stands in the folder.

    def _stands(self) -> bool:
        """Whether the folder holds what the last build left there, and nothing else."""
        try:
            present = set(self.output_state.paths())
        except OSError:
            return False
        listed = {path: seen.digest for path, seen in self.state.files.items()}
        return (
            present == {*self.state.files, *self.state.others}
            and all(is_as_left(path, self.state, self.output_state, mode=True) for path in self.state.files)
            and is_listed(self.out, listed)
        )

    # What is remembered.

    def _again(self) -> BuildReport:
        """The report of the last build, which is still true."""
        if not self.state.failed:
            self.state.files = {path: self.output_state.now[path] for path in self.state.files}
            self.state.since = self._started()
        self._save(self.state)
        return BuildReport(
            self.state.problems, kept=0 if self.state.failed else len(self.state.files), pages=self.state.pages
        )

    def _failed(self) -> BuildReport:
        self._save(replace(self.state, read=self.read, failed=True, problems=self.problems, pages=self.pages))
        return BuildReport(self.problems, pages=self.pages)

    def _remember(self, problems: tuple[Problem, ...], result: WriteResult, made: _BuildResult) -> None:
        if has_errors(problems):  # what was written before the disk failed is found out by the next build
            self._save(replace(self.state, read="", failed=True))
            return
        before = self.state.reasons
        fingerprints = {each.path: each.fingerprint for each in made.results}
        reasons = {
            each.path: before.get(each.path, each.reason) if each.reason == KEPT else each.reason
            for each in made.results
        }
        others = tuple(path for path in self._present() if path not in result.files)
        lasting = tuple(problem for problem in problems if problem.rule not in _PASSING)
        state = BuildState(self.read, self._started(), False, lasting, self.pages, result.files, others)
        cached_pages = {each.path: each.cached for each in made.results if each.cached}
        state = replace(
            state,
            fingerprints=fingerprints,
            reasons=reasons,
            facts=made.facts,
            common=self.common,
            cached_pages=cached_pages,
        )
        self._save(replace(state, engine=self.engine, pinyin=PINYIN))

    def _started(self) -> int:
        return self.cache.started if self.cache else 0

    def _present(self) -> tuple[str, ...]:
        try:
            return self.output_state.paths()
        except OSError:
            return ()

    def _save(self, state: BuildState) -> None:
        if self.cache is None:
            return
        save(self.cache, state)
        if self.inputs and state.read and self.cache.is_steady():
            told = [(str(problem), problem.as_json()) for problem in state.problems]
            counts = {"pages": state.pages, "files": 0 if state.failed else len(state.files)}
            save_state(self.cache, self.inputs, str(self.out), told, counts)
        else:
            self.cache.forget(STATE)

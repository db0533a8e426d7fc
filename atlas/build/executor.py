"""Runs the stage `render`: planned pages → bytes, on all cores.

Each page is drawn, fingerprinted, and rendered unless it can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from time import process_time

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.build.fingerprints import KEPT, Fingerprint, Fingerprinter, RebuildReason, rebuild_reason
from atlas.build.options import Progress
from atlas.build.search_store import encode_terms
from atlas.build.stages import SitePlan
from atlas.build.target import PageResult, RenderedSite, SiteFiles, Target
from atlas.content.dependencies import Changes, EntryValues, KeptParts
from atlas.content.record_files import STYLES
from atlas.content.tracked_atlas import shared_inputs
from atlas.core.digests import digest, short_digest
from atlas.core.parallel import map_in_processes
from atlas.core.problems import Problem
from atlas.core.result_store import StoredBytes
from atlas.pages.final_plan import complete_plan, draw_page, planned_page
from atlas.pages.plan import CachedFile, CachedPage, Page, PageSpec, PlannedFile, PlannedPage, digest_of_given
from atlas.pages.rendering.renderer import Renderer
from atlas.pages.rendering.templates import closure
from atlas.pages.search.metadata import searchable_text
from atlas.search.page_terms import page_terms

_FEW, _MANY = 100, 500
"""How many pages for each process justify a second one, and how many justify common preparation.

A second process loads templates and formats works once more, so for few pages it costs more work than it saves time.
"""


def render(plan: SitePlan, target: Target, progress: Progress, *, wanted: bool) -> tuple[RenderedSite, list[Problem]]:
    """Render every page that cannot be kept, then the files that depend on all pages.

    Args:
        plan: the plan of the site.
        target: the output folder.
        progress: is called now and then.
        wanted: False if there are errors already: pages are then drawn, to find their problems, but not rendered.

    Returns:
        The rendered site, and the problems.
    """
    builder = PageBuilder(plan, target, wanted=wanted)
    pages = builder.all(plan.outline.specs, progress)
    end, problems = complete_plan(plan.outline, [each.drawn for each in pages if each.drawn])
    pages += [builder.one(page) for page in end.pages]
    target.output_state.now |= {each.path: each.seen for each in pages if each.seen}
    rendered = {each.path: each.data for each in pages if isinstance(each.data, StoredBytes)}
    faults = {(each.data.span, each.data.message): each.data for each in pages if isinstance(each.data, Problem)}
    files = builder.files(end.files) if wanted else MadeFiles()
    kept = [*(each.path for each in pages if each.reason == KEPT), *files.kept]
    site = RenderedSite(
        SiteFiles(rendered) | files.made,
        {path: target.state.files[path].digest for path in kept},
        pages,
        plan.templates.facts,
        builder.common,
        builder.entries([*(each.cached for each in pages), *files.cached.values()]),
        files.cached,
    )
    return site, [*problems, *faults.values()]


class MadeFiles(Struct):
    """The files without a template.

    Attributes:
        made: the content of those that were made, by path.
        kept: the paths of those that stay as they are.
        cached: the dependencies of each tracked one.
    """

    made: dict[str, bytes] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    cached: dict[str, CachedFile] = field(default_factory=dict)


class PageBuilder:
    """Renders pages or finds that they can be kept.

    Args:
        plan: the plan of the site.
        target: the output folder.
        wanted: see `render`.
    """

    def __init__(self, plan: SitePlan, target: Target, *, wanted: bool) -> None:
        self.plan, self.target, self.wanted = plan, target, wanted
        self.indexes = wanted and target.indexes
        self.tracker, self.frames = plan.outline.tracker, plan.outline.frames
        self.tracker.groups |= target.state.entries.groups
        styles = {path: value for path, value in target.digests.items() if path.startswith(STYLES)}
        pictures = sorted(plan.outline.locale_sites[0].pictures)
        fonts = [own.fonts.digests if own.fonts else () for own in plan.outline.locale_sites]
        rest = shared_inputs(plan.outline.atlas), sorted(styles.items()), pictures, fonts
        self.common = digest(msgspec.msgpack.encode((target.engine, target.options.settings, rest)))
        self.remembers = self.common == target.state.common and not target.options.force
        facts = plan.templates.facts
        texts = {f"templates/{name}": text for name, text in plan.templates.texts.items()}
        words = {id: "\0".join(texts[path] for path in catalog.paths) for id, catalog in plan.words.items()}
        self.all_words = short_digest("\0".join(map("\0".join, sorted(words.items()))).encode())
        self.fingerprinter = Fingerprinter(self.frames, target.engine, facts, words)
        self.changed = frozenset(name for name, own in facts.items() if own != target.state.facts.get(name))

    def all(self, specs: Sequence[PageSpec], progress: Progress) -> list[PageResult]:
        """Return the results of pages, in their order."""
        found = [self._traced(spec) for spec in specs]
        rest = [spec for spec, traced in zip(specs, found, strict=True) if traced is None]
        if len(rest) >= 2 * _FEW:
            self._prepare(rest)
        # Pages that no single file is shown on are large, so they are distributed one by one.
        large = [spec for spec in rest if not spec.span.path]
        small = [spec for spec in rest if spec.span.path]
        made = map_in_processes(
            self._drawn, [*large, *small], lambda done: progress("rendering", done, len(rest)), _FEW, len(large)
        )
        for each in made:
            self.tracker.groups.update(each.groups)
        result = {False: iter(made[: len(large)]), True: iter(made[len(large) :])}
        return [traced or next(result[bool(spec.span.path)]) for spec, traced in zip(specs, found, strict=True)]

    @cached_property
    def changes(self) -> Changes:
        """The entries of the atlas that have changed since the last build."""
        return self.tracker.changes(self.target.state.entries)

    def _prepare(self, specs: Sequence[PageSpec]) -> None:
        """Do work that pages have in common once, before each process would do it for itself."""
        if self.wanted:
            facts = self.plan.templates.facts
            self._renderer.compile(
                {name for each in {spec.template for spec in specs} for name in closure(each, facts)}
            )
        for locale_site in self.plan.outline.locale_sites if len(specs) > _MANY else ():
            locale_site.prepare()

    def _traced(self, spec: PageSpec) -> PageResult | None:
        """Return the result of a page that can be kept without drawing it; None for any other."""
        state = self.target.state
        fingerprint, cached = state.fingerprints.get(spec.path), state.cached_pages.get(spec.path)
        if not (
            self.remembers and spec.tracked and fingerprint and cached and self.fingerprinter.holds(fingerprint, spec)
        ):
            return None
        if cached.given != digest_of_given(spec) or not cached.dependencies.is_current(self.changes):
            return None
        if not self.target.is_as_left(spec.path):
            return None
        if self._is_to_index(spec.path, cached.metadata.search):
            return None
        seen = self.target.output_state.now.get(spec.path)
        return PageResult(spec.path, fingerprint, KEPT, None, seen, planned_page(spec, cached.metadata), cached)

    def files(self, planned: Iterable[PlannedFile]) -> MadeFiles:
        """Make the files without a template that cannot be kept."""
        found = MadeFiles()
        for file in planned:
            given = short_digest(digest_of_given(file) + self.all_words)
            cached = self.target.state.cached_files.get(file.path) if self.remembers and file.tracked else None
            is_current = cached and cached.given == given and cached.dependencies.is_current(self.changes)
            if cached and is_current and self.target.is_as_left(file.path):
                found.kept.append(file.path)
                found.cached[file.path] = cached
                continue
            found.made[file.path], seen = self.tracker.record(file.content)
            dependencies = self.tracker.dependencies(seen) if file.tracked else None
            if dependencies:
                found.cached[file.path] = CachedFile(dependencies, given)
        return found

    def entries(self, cached: Iterable[CachedPage | CachedFile | None]) -> EntryValues:
        """Return the values of all entries from which those pages and files were made that the next build may keep."""
        return self.tracker.values(each.dependencies for each in cached if each)

    def _drawn(self, spec: PageSpec) -> PageResult:
        """Draw a page and return its result."""
        started = process_time()
        self.tracker.parts = parts = self._parts(spec)
        (page, own), seen = self.tracker.record(lambda: draw_page(spec))
        seen |= spec.settings
        result, found = self.one(page, own), self.tracker.dependencies(seen) if spec.tracked else None
        data = msgspec.msgpack.encode(parts.now) if found and parts.now else b""
        cached = CachedPage(found, digest_of_given(spec), own.metadata, digest(data) if data else "") if found else None
        kept, groups = StoredBytes(data) if data else None, self.tracker.take_new_groups()
        return replace(result, cached=cached, parts=kept, groups=groups, seconds=process_time() - started)

    def _parts(self, spec: PageSpec) -> KeptParts:
        """Return the parts of a page that the last build kept, if those that have not changed may be used again."""
        state = self.target.state
        fingerprint, cached = state.fingerprints.get(spec.path), state.cached_pages.get(spec.path)
        if not (self.remembers and fingerprint and cached and cached.parts):
            return KeptParts()
        if not self.fingerprinter.has_words(fingerprint, spec.language):
            return KeptParts()
        return KeptParts(self.target.read_parts(spec.path, cached.parts), self.changes)

    def one(self, page: Page, drawn: PlannedPage | None = None) -> PageResult:
        """Return the result of one page."""
        fingerprint = self.fingerprinter.fingerprint(page)
        reason = self.reason(page, fingerprint)
        data: StoredBytes | Problem | None = None
        search = b""
        if self._is_to_index(page.path, drawn.metadata.search if drawn else b""):
            text = searchable_text(page.path, page.view)
            search = encode_terms(page_terms(text)) if text else b""
        if self.wanted and reason != KEPT:
            rendered = self._renderer.rendered(page, self.frames[page.language], self.plan.words[page.language])
            data = StoredBytes(rendered) if isinstance(rendered, bytes) else rendered
        seen = self.target.output_state.now.get(page.path)
        return PageResult(page.path, fingerprint, reason, data, seen, drawn, search=search)

    def _is_to_index(self, path: str, text: bytes) -> bool:
        """Return whether a page must be read for the search index: its text is not that of the last index."""
        return self.indexes and text != b"" and not self.target.search_store.has(path, text)

    def reason(self, page: Page, fingerprint: Fingerprint) -> RebuildReason:
        """Return why a page is rendered or kept."""
        if self.target.options.force:
            return RebuildReason("forced")
        reason = rebuild_reason(
            page, self.target.state.fingerprints.get(page.path), fingerprint, self.changed, self.plan.templates.facts
        )
        if reason == KEPT and not self.target.is_as_left(page.path):
            return RebuildReason("output")
        return reason

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(self.plan.templates.texts)

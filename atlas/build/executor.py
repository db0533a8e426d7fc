"""Sketches → pages as bytes, on all cores: each is drawn, sealed, and rendered unless it can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from atlas.build.build_state import BuildState
from atlas.build.fingerprints import KEPT, Fingerprint, Fingerprinter, RebuildReason, rebuild_reason
from atlas.build.pipeline import Progress, SitePlan
from atlas.content.dependencies import collect_dependencies
from atlas.core.output_state import OutputState, SeenFile
from atlas.core.parallel import map_in_processes, run_in_process
from atlas.core.problems import Problem
from atlas.i18n.collation import PINYIN
from atlas.pages.final_plan import draw_page, planned_page
from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import CachedPage, Page, PageSpec, PlannedPage

if TYPE_CHECKING:
    from atlas.pages.rendering.renderer import Renderer


_FEW, _MANY = 12, 500
"""Pages that are worth a second process, as what is drawn each time is long; and those that are worth preparing for."""


class PageResult(Struct, frozen=True):
    """What came of a page. data: its bytes, what is wrong with its template, or None where it is kept or not wanted.

    seen: its file in the output folder, where that was looked at; drawn: None for the sitemap, which tells of the rest;
    cached: by which the next build may know it without drawing it.
    """

    path: str
    fingerprint: Fingerprint
    reason: RebuildReason
    data: bytes | Problem | None
    seen: SeenFile | None
    drawn: PlannedPage | None
    cached: CachedPage | None = None


class PageBuilder:
    """Presses pages.

    common: the digest of what all may be drawn from; state: what the last build made; output_state: what stands in the
    folder; force: keep none; wanted: whether pages are to be rendered at all; where there are mistakes already, views
    are drawn for theirs only.
    """

    def __init__(
        self,
        site_plan: SitePlan,
        engine: str,
        common: str,
        state: BuildState,
        output_state: OutputState,
        *,
        force: bool,
        wanted: bool,
    ) -> None:
        assert site_plan.outline is not None
        self.tracker, self.remembers = site_plan.outline.tracker, common == state.common and not force
        self.site_plan, self.state, self.output_state, self.force, self.wanted = (
            site_plan,
            state,
            output_state,
            force,
            wanted,
        )
        self.frames = site_plan.outline.frames
        words = {id: site_plan.templates[f"words/{id}.yaml"] for id in site_plan.words}
        self.fingerprinter = Fingerprinter(self.frames, engine, site_plan.facts, words)
        self.changed = frozenset(name for name, facts in site_plan.facts.items() if facts != state.facts.get(name))

    def all(self, specs: Sequence[PageSpec], progress: Progress) -> list[PageResult]:
        """Every page of some sketches, in their order."""
        found = [self._traced(spec) for spec in specs]
        rest = [spec for spec, traced in zip(specs, found, strict=True) if traced is None]
        if len(rest) > _MANY:
            self._prepare()
        # Those of which no notes are taken show much: they are dealt out one by one.
        large = [spec for spec in rest if not spec.tracked]
        small = [spec for spec in rest if spec.tracked]
        made = map_in_processes(
            self._drawn, [*large, *small], lambda done: progress("rendering", done, len(rest)), _FEW, len(large)
        )
        result = {False: iter(made[: len(large)]), True: iter(made[len(large) :])}
        return [traced or next(result[spec.tracked]) for spec, traced in zip(specs, found, strict=True)]

    def _prepare(self) -> None:
        """Do once what every process would do for itself."""
        assert self.site_plan.outline
        locale_sites = self.site_plan.outline.locale_sites
        pinyin = run_in_process(lambda: _pronunciations(locale_sites))
        if self.wanted:
            self._renderer.compile()
        PINYIN.update(pinyin())
        for locale_site in locale_sites:
            locale_site.prepare()

    def _traced(self, spec: PageSpec) -> PageResult | None:
        """A page that need not be drawn to be kept; None for the others."""
        fingerprint, cached = self.state.fingerprints.get(spec.path), self.state.cached_pages.get(spec.path)
        if not (
            self.remembers and spec.tracked and fingerprint and cached and self.fingerprinter.holds(fingerprint, spec)
        ):
            return None
        if not (cached.dependencies.stand(self.tracker) and is_as_left(spec.path, self.state, self.output_state)):
            return None
        seen = self.output_state.now.get(spec.path)
        return PageResult(spec.path, fingerprint, KEPT, None, seen, planned_page(spec, cached.metadata), cached)

    def _drawn(self, spec: PageSpec) -> PageResult:
        """A page that is drawn."""
        (page, own), seen = self.tracker.record(lambda: draw_page(spec))
        result, found = self.one(page, own), collect_dependencies(seen, self.tracker) if spec.tracked else None
        return replace(result, cached=CachedPage(found, own.metadata)) if found else result

    def one(self, page: Page, drawn: PlannedPage | None = None) -> PageResult:
        """One page."""
        fingerprint = self.fingerprinter.fingerprint(page)
        reason = self.reason(page, fingerprint)
        data = None
        if self.wanted and reason != KEPT:
            data = self._renderer.rendered(page, self.frames[page.language], self.site_plan.words[page.language])
        return PageResult(page.path, fingerprint, reason, data, self.output_state.now.get(page.path), drawn)

    def reason(self, page: Page, fingerprint: Fingerprint) -> RebuildReason:
        """Why a page is rendered or kept."""
        if self.force:
            return RebuildReason("forced")
        reason = rebuild_reason(
            page, self.state.fingerprints.get(page.path), fingerprint, self.changed, self.site_plan.facts
        )
        if reason == KEPT and not is_as_left(page.path, self.state, self.output_state):
            return RebuildReason("output")
        return reason

    @cached_property
    def _renderer(self) -> Renderer:
        from atlas.pages.rendering.renderer import (
            Renderer,  # imports Jinja, which a build that keeps all can do without
        )

        return self.site_plan.renderer or Renderer(self.site_plan.templates)


def _pronunciations(locale_sites: Iterable[LocaleSite]) -> dict[str, tuple[str, ...]]:
    """How all that is sorted is read where it is in Han characters, for which much is to be imported."""
    for locale_site in locale_sites:
        locale_site.prepare()
    return PINYIN


def is_as_left(path: str, state: BuildState, output_state: OutputState, *, mode: bool = False) -> bool:
    """Whether a file of ours stands in the output folder as the last build left it. mode: and those may read it who
    might then.
    """
    left = state.files.get(path)
    if left is None or output_state.digest(path) != left.digest or not output_state.is_file(path):
        return False
    return not mode or output_state.now[path].stat[0] == left.stat[0]

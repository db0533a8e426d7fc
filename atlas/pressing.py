"""Sketches → pages as bytes, on all cores: each is drawn, sealed, and rendered unless it can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from atlas.building import Draft, Progress
from atlas.content.notes import grounds
from atlas.forking import apart, shared
from atlas.ledger import Ledger
from atlas.pages.editions import Edition
from atlas.pages.finishing import draw, drawn
from atlas.pages.plans import Drawn, Page, Sketch, Trace
from atlas.pages.sealing import KEPT, Reason, Seal, Sealer, why
from atlas.problems import Problem
from atlas.standing import Seen, Standing
from atlas.tongues.sorting import READINGS

if TYPE_CHECKING:
    from atlas.pages.rendering import Renderer


_FEW, _MANY = 12, 500
"""Pages that are worth a second process, as what is drawn each time is long; and those that are worth preparing for."""


class Pressed(Struct, frozen=True):
    """What came of a page. data: its bytes, what is wrong with its template, or None where it is kept or not wanted.

    seen: its file in the output folder, where that was looked at; drawn: None for the sitemap, which tells of the rest;
    trace: by which the next build may know it without drawing it.
    """

    path: str
    seal: Seal
    reason: Reason
    data: bytes | Problem | None
    seen: Seen | None
    drawn: Drawn | None
    trace: Trace | None = None


class Press:
    """Presses pages.

    common: the digest of what all may be drawn from; ledger: what the last build made; standing: what stands in the
    folder; force: keep none; wanted: whether pages are to be rendered at all; where there are mistakes already, views
    are drawn for theirs only.
    """

    def __init__(
        self, draft: Draft, engine: str, common: str, ledger: Ledger, standing: Standing, *, force: bool, wanted: bool
    ) -> None:
        assert draft.outline is not None
        self.notes, self.remembers = draft.outline.notes, common == ledger.common and not force
        self.draft, self.ledger, self.standing, self.force, self.wanted = draft, ledger, standing, force, wanted
        self.frames = draft.outline.frames
        words = {id: draft.templates[f"words/{id}.yaml"] for id in draft.words}
        self.sealer = Sealer(self.frames, engine, draft.facts, words)
        self.changed = frozenset(name for name, facts in draft.facts.items() if facts != ledger.facts.get(name))

    def all(self, sketches: Sequence[Sketch], progress: Progress) -> list[Pressed]:
        """Every page of some sketches, in their order."""
        found = [self._traced(sketch) for sketch in sketches]
        rest = [sketch for sketch, traced in zip(sketches, found, strict=True) if traced is None]
        if len(rest) > _MANY:
            self._prepare()
        # Those of which no notes are taken show much: they are dealt out one by one.
        large = [sketch for sketch in rest if not sketch.noted]
        small = [sketch for sketch in rest if sketch.noted]
        made = shared(
            self._drawn, [*large, *small], lambda done: progress("rendering", done, len(rest)), _FEW, len(large)
        )
        pressed = {False: iter(made[: len(large)]), True: iter(made[len(large) :])}
        return [traced or next(pressed[sketch.noted]) for sketch, traced in zip(sketches, found, strict=True)]

    def _prepare(self) -> None:
        """Do once what every process would do for itself."""
        assert self.draft.outline
        editions = self.draft.outline.editions
        readings = apart(lambda: _readings(editions))
        if self.wanted:
            self._renderer.compile()
        READINGS.update(readings())
        for edition in editions:
            edition.prepare()

    def _traced(self, sketch: Sketch) -> Pressed | None:
        """A page that need not be drawn to be kept; None for the others."""
        seal, trace = self.ledger.seals.get(sketch.path), self.ledger.traces.get(sketch.path)
        if not (self.remembers and sketch.noted and seal and trace and self.sealer.holds(seal, sketch)):
            return None
        if not (trace.grounds.stand(self.notes) and is_as_left(sketch.path, self.ledger, self.standing)):
            return None
        seen = self.standing.now.get(sketch.path)
        return Pressed(sketch.path, seal, KEPT, None, seen, drawn(sketch, trace.told), trace)

    def _drawn(self, sketch: Sketch) -> Pressed:
        """A page that is drawn."""
        (page, own), seen = self.notes.taken(lambda: draw(sketch))
        pressed, found = self.one(page, own), grounds(seen, self.notes) if sketch.noted else None
        return replace(pressed, trace=Trace(found, own.told)) if found else pressed

    def one(self, page: Page, drawn: Drawn | None = None) -> Pressed:
        """One page."""
        seal = self.sealer.seal(page)
        reason = self.reason(page, seal)
        data = None
        if self.wanted and reason != KEPT:
            data = self._renderer.rendered(page, self.frames[page.language], self.draft.words[page.language])
        return Pressed(page.path, seal, reason, data, self.standing.now.get(page.path), drawn)

    def reason(self, page: Page, seal: Seal) -> Reason:
        """Why a page is rendered or kept."""
        if self.force:
            return Reason("forced")
        reason = why(page, self.ledger.seals.get(page.path), seal, self.changed, self.draft.facts)
        if reason == KEPT and not is_as_left(page.path, self.ledger, self.standing):
            return Reason("output")
        return reason

    @cached_property
    def _renderer(self) -> Renderer:
        from atlas.pages.rendering import Renderer  # imports Jinja, which a build that keeps all can do without

        return self.draft.renderer or Renderer(self.draft.templates)


def _readings(editions: Iterable[Edition]) -> dict[str, tuple[str, ...]]:
    """How all that is sorted is read where it is in Han characters, for which much is to be imported."""
    for edition in editions:
        edition.prepare()
    return READINGS


def is_as_left(path: str, ledger: Ledger, standing: Standing, *, mode: bool = False) -> bool:
    """Whether a file of ours stands in the output folder as the last build left it. mode: and those may read it who
    might then.
    """
    left = ledger.files.get(path)
    if left is None or standing.digest(path) != left.digest or not standing.is_file(path):
        return False
    return not mode or standing.now[path].stat[0] == left.stat[0]

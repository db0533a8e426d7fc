"""Sketches → pages as bytes, on all cores: each is drawn, sealed, and rendered unless it can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from atlas.building import Draft, Progress
from atlas.forking import shared
from atlas.ledger import Ledger
from atlas.output import Seen, Standing
from atlas.pages.finishing import draw
from atlas.pages.plans import Drawn, Page, Sketch
from atlas.pages.sealing import KEPT, Reason, Seal, Sealer, why
from atlas.problems import Problem

if TYPE_CHECKING:
    from atlas.pages.rendering import Renderer


class Pressed(Struct, frozen=True):
    """What came of a page. data: its bytes, what is wrong with its template, or None where it is kept or not wanted.

    seen: its file in the output folder, where that was looked at; drawn: None for the sitemap, which tells of the rest.
    """

    path: str
    seal: Seal
    reason: Reason
    data: bytes | Problem | None
    seen: Seen | None
    drawn: Drawn | None


class Press:
    """Presses pages. ledger: what the last build made; standing: what stands in the folder; force: keep none.

    wanted: whether pages are to be rendered at all; where there are mistakes already, views are drawn for theirs only.
    """

    def __init__(
        self, draft: Draft, engine: str, ledger: Ledger, standing: Standing, *, force: bool, wanted: bool
    ) -> None:
        assert draft.outline is not None
        self.draft, self.ledger, self.standing, self.force, self.wanted = draft, ledger, standing, force, wanted
        self.frames = draft.outline.frames
        words = {id: draft.templates[f"words/{id}.yaml"] for id in draft.words}
        self.sealer = Sealer(self.frames, engine, draft.facts, words)
        self.changed = frozenset(name for name, facts in draft.facts.items() if facts != ledger.facts.get(name))

    def all(self, sketches: Sequence[Sketch], progress: Progress) -> list[Pressed]:
        """Every page of some sketches, in their order."""

        def press(sketch: Sketch) -> Pressed:
            page, drawn = draw(sketch)
            return self.one(page, drawn)

        return shared(press, sketches, lambda done: progress("rendering", done, len(sketches)))

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


def is_as_left(path: str, ledger: Ledger, standing: Standing) -> bool:
    """Whether a file of ours stands in the output folder as the last build left it."""
    left = ledger.files.get(path)
    return left is not None and standing.digest(path) == left.digest and standing.is_file(path)

"""Explains why a page would be rendered or kept, for `explain`."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from atlas.build.executor import PageBuilder
from atlas.build.fingerprints import KEPT, RebuildReason
from atlas.build.options import BuildOptions
from atlas.build.pipeline import run
from atlas.build.target import Target
from atlas.core.problems import Problem
from atlas.pages.final_plan import draw_page


class Explanation(Struct, frozen=True):
    """The reason why a page would be rendered or kept.

    Attributes:
        path: the path of the page.
        now: the reason if a build began now.
        last: the reason why the page was last rendered; None if unknown.
    """

    path: str
    now: RebuildReason
    last: RebuildReason | None

    def __str__(self) -> str:
        does = "is kept" if self.now is KEPT else "would be rendered"
        last = f" (it was last rendered because {self.last})" if self.last and self.now is KEPT else ""
        return f"{self.path} {does}: {self.now}{last}"

    def as_json(self) -> dict[str, object]:
        """Return the path and both reasons as JSON values: their kind and the names of the changes."""
        rows = {"now": self.now, "last": self.last}
        return {"path": self.path} | {
            key: {"kind": each.kind, "names": list(each.names)} if each else None for key, each in rows.items()
        }


def explain(
    root: Path, out: Path, options: BuildOptions, wanted: str
) -> tuple[Explanation | None, tuple[Problem, ...]]:
    """Find why a page would be rendered or kept.

    Args:
        root: the folder of the atlas.
        out: the output folder.
        options: how to build.
        wanted: the path or URL of the page.

    Returns:
        The explanation, or None if there is no such page; and the problems of the atlas.
    """
    target = Target.to_look_at(root, out, options)
    outcome = run(target.read, options.read_options)
    plan = outcome.plan
    if plan is None:
        return None, outcome.problems
    path = wanted.removeprefix(plan.outline.atlas.site.base_url).partition("#")[0]
    if "://" in path:  # of another host, such as the preview
        path = path.split("://", 1)[1].partition("/")[2]
    path = path.removeprefix(f"{options.shown}/").lstrip("/")
    names = (path, f"{path.rstrip('/')}/index.html".lstrip("/"))
    spec = next((spec for spec in plan.outline.specs if spec.path in names), None)
    if spec is None:
        return None, outcome.problems
    result = PageBuilder(plan, target, wanted=False).one(draw_page(spec)[0])
    return Explanation(result.path, result.reason, target.state.reasons.get(result.path)), outcome.problems

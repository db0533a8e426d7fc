"""The steps between rendering and writing: what is made from all pages as they are published, or from the plan.

A step is a line in `POST_STEPS`; each sees what the steps before it have made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.build.options import BuildOptions, Progress
from atlas.build.precompress import compressed_copies
from atlas.build.search_step import search_index
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target


class PostStep(Struct, frozen=True):
    """One step.

    name: what it does, as the progress display says it; run: does it, with the site as it is rendered, its plan, and
    the folder that it is for; is_wanted: whether the options ask for it.
    """

    name: str
    run: Callable[[RenderedSite, SitePlan, Target], PostResult]
    is_wanted: Callable[[BuildOptions], bool] = lambda options: True


POST_STEPS: Final = (
    PostStep("indexing", search_index),
    PostStep("compressing", compressed_copies, lambda options: options.precompress),
)
"""All steps, in their order. Compressed copies come last: they are made of whatever the others make."""


def add_post_files(
    site: RenderedSite, plan: SitePlan, target: Target, progress: Progress, steps: Iterable[PostStep] = POST_STEPS
) -> RenderedSite:
    """Run every step that is wanted.

    Returns:
        The site with what they have made.
    """
    for step in steps:
        if not step.is_wanted(target.options):
            continue
        progress(step.name, 0, 0)
        made = step.run(site, plan, target)
        site = replace(site, files=site.files | made.files, kept=site.kept | made.kept)
    return site

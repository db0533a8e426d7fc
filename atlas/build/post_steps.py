"""Runs the steps between rendering and writing, which need the rendered pages or the plan.

A step is a line in `POST_STEPS`; each sees the results of the steps before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from atlas.build.offline_step import has_worker, index_scripts, service_worker
from atlas.build.options import BuildOptions, Progress
from atlas.build.precompress import compressed_copies
from atlas.build.search_step import search_index
from atlas.build.share_step import share_images
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.build.variant_step import image_variants


class PostStep(Struct, frozen=True):
    """One step after rendering.

    Attributes:
        name: its name in the progress display.
        run: the step, given the rendered site, its plan and the output folder.
        is_wanted: whether the options or the atlas ask for it.
    """

    name: str
    run: Callable[[RenderedSite, SitePlan, Target], PostResult]
    is_wanted: Callable[[BuildOptions, SitePlan], bool] = lambda options, plan: True


POST_STEPS: Final = (
    PostStep("indexing", search_index),
    PostStep("copying", index_scripts, lambda options, plan: options.read_options.offline),
    PostStep("drawing", share_images, lambda options, plan: any(own.fonts for own in plan.outline.locale_sites)),
    PostStep("scaling", image_variants, lambda options, plan: plan.outline.atlas.site.image_variants is not None),
    PostStep("caching", service_worker, has_worker),
    PostStep("compressing", compressed_copies, lambda options, plan: options.precompress),
)
"""All steps in their order. Compressed copies come last, because they include the results of the others."""


def add_post_files(
    site: RenderedSite, plan: SitePlan, target: Target, progress: Progress, steps: Iterable[PostStep] = POST_STEPS
) -> RenderedSite:
    """Run the steps that are wanted, and return the site with their results."""
    for step in steps:
        if not step.is_wanted(target.options, plan):
            continue
        progress(step.name, 0, 0)
        made = step.run(site, plan, target)
        site = replace(site, files=site.files | made.files, kept=site.kept | made.kept)
    return site

"""Makes the smaller copies of pictures. They are made again only if the picture, the engine or Pillow changed."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from atlas.build.made_images import made_images
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.content.files import File
from atlas.core import pillow
from atlas.core.digests import digest
from atlas.core.sources import engine_text
from atlas.graphics.image_variants import copies

_NAME: Final = "variants"
_MODULE: Final = "graphics/image_variants.py"
"""The module that decides how a copy looks."""
_FEW: Final = 2
"""Pictures for which a second process saves time."""


class _Copies(Struct, frozen=True):
    """The copies of a picture that are made together, and the digest of all that they are made from."""

    file: File
    paths: tuple[str, ...]
    key: str


def image_variants(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the smaller copies of pictures."""
    files = [file for file in plan.outline.atlas.files.values() if file.variants]
    shared = digest("\n".join((pillow.version(), engine_text(_MODULE))).encode()) if files else ""
    jobs = [
        _Copies(file, file.variant_paths, digest(f"{shared}\n{file.variants}\n{_own_digest(file, target)}".encode()))
        for file in files
    ]
    return made_images(_NAME, jobs, lambda job: copies(job.file.data, job.file.variants), target, _FEW)


def _own_digest(file: File, target: Target) -> str:
    """Return the digest of a picture, which was computed when the files were read."""
    return target.digests[f"content/files/{file.path}"]

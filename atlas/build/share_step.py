"""Draws the share images of pages. An image is drawn again only if its text, colours, fonts or Pillow changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from atlas.build.made_images import made_images
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.digests import digest
from atlas.core.sources import engine_text
from atlas.graphics.fonts import ShareFonts
from atlas.graphics.share_images import ShareImage, draw, version
from atlas.pages.head import SHARE_PICTURES
from atlas.pages.share_images import share_image, share_path

_NAME: Final = "share"
_MODULES: Final = ("graphics/share_images.py", "graphics/fonts.py")
"""The modules that decide how an image looks."""
_FEW: Final = 20
"""Images for which a second process saves time."""


class _Drawing(Struct, frozen=True):
    """An image to draw, and the digest of all that it is drawn from."""

    paths: tuple[str, ...]
    image: ShareImage
    fonts: ShareFonts
    emblem: bytes
    key: str


def share_images(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the share images of the pages of records."""
    return made_images(
        _NAME, list(_drawings(plan)), lambda each: (draw(each.image, each.fonts, each.emblem),), target, _FEW
    )


def _drawings(plan: SitePlan) -> Iterator[_Drawing]:
    outline = plan.outline
    pages = {spec.path for spec in outline.specs}
    emblems = {file.path: file.make for file in outline.files}
    shared = digest("\n".join((version(), *map(engine_text, _MODULES))).encode())
    read: dict[str, tuple[bytes, str]] = {}
    for locale_site in outline.locale_sites:
        fonts = locale_site.fonts
        if fonts is None:
            continue
        for record in outline.atlas.records.values():
            image = share_image(locale_site, record)
            path = share_path(locale_site.language, record)
            if image is None or f"{path.rpartition('/')[0]}/index.html" not in pages:
                continue
            name = f"{SHARE_PICTURES}{image.emblem}.png"
            if name not in read:
                data = emblems[name]() if name in emblems else b""
                read[name] = data, digest(data)
            emblem, emblem_digest = read[name]
            known: Mapping[str, object] = {
                "image": image,
                "fonts": fonts.digests,
                "tag": fonts.tag,
                "emblem": emblem_digest,
            }
            key = digest(msgspec.msgpack.encode((shared, known)))
            yield _Drawing((path,), image, fonts, emblem, key)

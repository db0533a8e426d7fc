"""Draws the share images of pages. An image is drawn again only if its text, colours, fonts or Pillow changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from atlas.build.cache import Cache
from atlas.build.stages import SitePlan
from atlas.build.target import PostResult, RenderedSite, Target
from atlas.core.digests import digest
from atlas.core.parallel import map_in_processes
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
_KEPT: Final = msgspec.msgpack.Decoder(dict[str, tuple[str, str]])
"""Of each image two digests: of what it was drawn from, and its own: a killed build may have left an older one."""


class _Drawing(Struct, frozen=True):
    """An image to draw, and the digest of all that it is drawn from."""

    path: str
    image: ShareImage
    fonts: ShareFonts
    emblem: bytes
    key: str


def share_images(site: RenderedSite, plan: SitePlan, target: Target) -> PostResult:
    """Return the share images of the pages of records."""
    before = {} if target.options.force else _before(target.cache)
    drawings = list(_drawings(plan))
    left = {each.path: target.state.files[each.path].digest for each in drawings if target.is_as_left(each.path)}
    kept = {
        each.path: left[each.path]
        for each in drawings
        if each.path in left and before.get(each.path) == (each.key, left[each.path])
    }
    wanted = [each for each in drawings if each.path not in kept]
    images = map_in_processes(lambda each: draw(each.image, each.fonts, each.emblem), wanted, least=_FEW)
    made = {each.path: data for each, data in zip(wanted, images, strict=True)}
    if target.cache:
        digests = kept | {path: digest(data) for path, data in made.items()}
        now = {each.path: (each.key, digests[each.path]) for each in drawings}
        if now != before and not target.cache.write(_NAME, msgspec.msgpack.encode(now)):
            target.cache.forget(_NAME)
    return PostResult(made, kept)


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
            yield _Drawing(path, image, fonts, emblem, key)


def _before(cache: Cache | None) -> dict[str, tuple[str, str]]:
    """Return what the last build kept of its images."""
    data = cache.read(_NAME) if cache else None
    try:
        return _KEPT.decode(data) if data else {}
    except msgspec.DecodeError:
        return {}

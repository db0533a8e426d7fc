"""Makes smaller copies of pictures as WebP. The same file and the same version of Pillow give the same bytes."""

from __future__ import annotations

import struct
import warnings
import zlib
from typing import Any, Final, Literal

from atlas.core import pillow
from atlas.core.sources import as_file

WIDTHS: Final = (480, 960, 1600)
"""The widths of the copies in pixels: a phone, a phone with a dense screen, a desk with a dense screen."""
_STEP: Final = 1.25
"""How many times as wide as a copy the next one is at least."""
_QUALITY: Final = 80
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_FLAT: Final = ("RGB", "RGBA", "CMYK", "L")
"""The modes that a colour profile may describe."""
_MODES: Final = frozenset({*_FLAT, "1", "LA", "P", "PA"})
"""The modes with at most 8 bits a channel."""
_FAULTS: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, struct.error)

State = Literal["usable", "unsuited", "damaged"]
"""Whether copies can be made of a picture: not of one that moves or has more than 8 bits a channel."""


def widths_of(width: int, *, is_webp: bool = False) -> tuple[int, ...]:
    """Return the widths of the copies of a picture: none is wider than the picture or about as wide as the next.

    Args:
        width: the width of the picture.
        is_webp: whether the picture is WebP, so that it needs no copy of its own width.
    """
    most = min(width, WIDTHS[-1])
    if most <= WIDTHS[0]:
        return ()
    own = () if is_webp and most == width else (most,)
    return (*(one for one in WIDTHS if one * _STEP <= most), *own)


def state_of(data: bytes, size: tuple[int, int]) -> State:
    """Return whether copies can be made of a picture.

    Args:
        data: the bytes of its file.
        size: its width and height, as its header says.
    """
    try:
        picture = _opened(data)
        if picture.mode not in _MODES or (picture.format in ("PNG", "WEBP") and getattr(picture, "n_frames", 1) > 1):
            return "unsuited"
        return "usable" if _upright(picture).size == size else "damaged"
    except (*_FAULTS, zlib.error, pillow.load("Image").DecompressionBombError, Warning):
        return "damaged"


def copies(data: bytes, widths: tuple[int, ...]) -> tuple[bytes, ...]:
    """Return a picture in some widths as WebP: upright, in the colours of sRGB, without what its file says of it.

    Args:
        data: the bytes of its file.
        widths: the widths in pixels.
    """
    opened = _opened(data)
    is_drawing = opened.format == "PNG"
    picture = _in_srgb(_upright(opened), opened.info.get("icc_profile"))
    return tuple(_copy(picture, width, is_drawing=is_drawing) for width in widths)


def _opened(data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error", pillow.load("Image").DecompressionBombWarning)
        return pillow.load("Image").open(as_file(data), formats=_FORMATS)


def _upright(picture: Any) -> Any:
    """Return a picture as Exif says that it was held."""
    picture.load()
    return pillow.load("ImageOps").exif_transpose(picture)


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    """Return a picture as RGB or RGBA in the colours of sRGB; a profile that cannot be read is ignored."""
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode not in _FLAT or (picture.mode != "RGBA" and mode == "RGBA"):
        picture = picture.convert(mode)
    if profile:
        colours = pillow.load("ImageCms")
        try:
            own, target = colours.ImageCmsProfile(as_file(profile)), colours.createProfile("sRGB")
            return colours.profileToProfile(picture, own, target, outputMode=mode)
        except (colours.PyCMSError, *_FAULTS):
            pass
    return picture if picture.mode == mode else picture.convert(mode)


def _copy(picture: Any, width: int, *, is_drawing: bool) -> bytes:
    """Return a picture in a width; one that may be a drawing without loss, if that is shorter."""
    height = max(1, round(picture.height * width / picture.width))
    small = (
        picture if width == picture.width else picture.resize((width, height), pillow.load("Image").Resampling.LANCZOS)
    )
    found = [_as_webp(small, lossless=lossless) for lossless in ([False, True] if is_drawing else [False])]
    return min(found, key=len)


def _as_webp(picture: Any, *, lossless: bool) -> bytes:
    file = as_file(b"")
    picture.save(file, "WEBP", quality=_QUALITY, method=4, lossless=lossless, exif=b"", xmp=b"", icc_profile=b"")
    return file.getvalue()

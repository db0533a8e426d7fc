"""Reads the width and height of a picture from the header of its file."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

_SIZE = tuple[int, int]
_NONE: Final[_SIZE] = (0, 0)
_ROTATED: Final = (5, 6, 7, 8)
"""Values of the Exif tag Orientation that swap width and height."""
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""JPEG start-of-frame markers (ITU-T T.81, table B.1)."""
_LENGTH: Final = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
_BOX: Final = re.compile(r"[\s,]+")
_CHUNK: Final = 4096


def size_of(path: str, data: bytes) -> tuple[int, int]:
    """Return the width and height of a picture in pixels, as browsers show it; (0, 0) if its header does not say.

    Args:
        path: its path; the ending says what the file is.
        data: its bytes.
    """
    reader = _READERS.get(path.rpartition(".")[2].lower())
    if reader is None:
        return _NONE
    try:
        width, height = reader(data)
    except (struct.error, expat.ExpatError, IndexError, OverflowError):
        return _NONE
    return (width, height) if width and height else _NONE


def _png(data: bytes) -> _SIZE:
    """Return what the chunk IHDR says (PNG, 11.2.1)."""
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> _SIZE:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _jpeg(data: bytes) -> _SIZE:
    """Return what the first frame says, rotated as Exif says."""
    at, is_rotated = 2, False
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return (height, width) if is_rotated else (width, height)
        if marker == 0xE1 and data.startswith(b"Exif\0\0", at + 4):
            is_rotated = _orientation(data[at + 10 : at + 2 + length]) in _ROTATED
        at += 2 + length
    return _NONE


def _orientation(exif: bytes) -> int:
    """Return the value of the tag Orientation, 1 if there is none (Exif 2.32, 4.6.4)."""
    order = ">" if exif.startswith(b"MM") else "<"
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for number in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * number)
            if tag == 0x0112:
                return int(value)
    except struct.error:
        return 1
    return 1


def _webp(data: bytes) -> _SIZE:
    """Return what the first chunk says (RFC 9649, 2.5 to 2.7)."""
    match data[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return _NONE


def _svg(data: bytes) -> _SIZE:
    """Return the attributes width and height in pixels, else the sides of the viewBox."""
    root: dict[str, str] = {}
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: root or root.update({"": name} | attributes)
    for at in range(0, len(data), _CHUNK):
        parser.Parse(data[at : at + _CHUNK])
        if root:
            break
    own = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    sides = [_LENGTH.fullmatch(side) for side in _BOX.split(root.get("viewBox", "").strip())[2:]]
    for pair in (own, sides):
        if len(pair) == 2 and pair[0] and pair[1]:
            return round(float(pair[0][1])), round(float(pair[1][1]))
    return _NONE


_READERS: Final[dict[str, Callable[[bytes], _SIZE]]] = {
    "png": _png, "gif": _gif, "jpg": _jpeg, "jpeg": _jpeg, "webp": _webp, "svg": _svg
}  # fmt: skip

"""The size of a picture comes from the header of its file."""

from __future__ import annotations

import struct

import pytest
from site_copies import SITES

from atlas.content.image_sizes import size_of

_FRAME = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 30, 40) + b"\x01\x01\x11\x00"


def exif(orientation: int, order: str) -> bytes:
    """A segment of JPEG that says how a picture is rotated."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    body = b"Exif\0\0" + mark + struct.pack(f"{order}IHHHIHH", 8, 1, 0x0112, 3, 1, orientation, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


FILES = {
    "a.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 40, 30), (40, 30)),
    "a.gif": (b"GIF89a" + struct.pack("<HH", 40, 30), (40, 30)),
    "a.JPG": (b"\xff\xd8\xff\xe0\x00\x04ab" + _FRAME, (40, 30)),
    "rotated.jpeg": (b"\xff\xd8" + exif(6, ">") + _FRAME, (30, 40)),
    "rotated-ii.jpeg": (b"\xff\xd8" + exif(8, "<") + _FRAME, (30, 40)),
    "upright.jpeg": (b"\xff\xd8" + exif(1, "<") + _FRAME, (40, 30)),
    "a.webp": (b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 40, 30), (40, 30)),
    "lossless.webp": (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 39 | 29 << 14), (40, 30)),
    "extended.webp": (b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x27\0\0\x1d\0\0", (40, 30)),
    "a.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="30"/>', (40, 30)),
    "box.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0 0 40.2, 30"/>', (40, 30)),
    "endless.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" width="' + b"9" * 400 + b'" height="30"/>', (0, 0)),
    "none.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', (0, 0)),
    "short.png": (b"\x89PNG\r\n\x1a\n\0\0", (0, 0)),
    "short.jpg": (b"\xff\xd8\xff", (0, 0)),
    "short.webp": (b"RIFF\0\0\0\0WEBPVP8 ", (0, 0)),
    "broken.svg": (b"<svg", (0, 0)),
    "a.pdf": (b"%PDF-1.7", (0, 0)),
}


@pytest.mark.parametrize("name", FILES)
def test_a_header_says_the_size(name: str) -> None:
    data, size = FILES[name]
    assert size_of(name, data) == size


def test_the_picture_of_the_sample_site_has_a_size() -> None:
    assert all(size_of("a.png", (SITES / "three/content/files/pier-light.png").read_bytes()))

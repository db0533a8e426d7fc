"""Finds out which characters fonts have, and chooses a font for each part of a text.

Of a font file only the table of its characters is read (OpenType, tables `cmap`, formats 4 and 12).
"""

from __future__ import annotations

import re
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from atlas.core.sources import Font, read_part

_HEAD, _MOST = 4096, 4_000_000
_FULL = ((3, 10), (0, 6), (0, 4))
"""Platforms and encodings whose tables have all of Unicode; others have its first plane only."""
_VARIANTS = {"ja": 0, "ko": 1, "zh": 2, "zh-hans": 2, "zh-sg": 2, "zh-hant": 3, "zh-tw": 3, "zh-hk": 4}
"""The places of the languages in the collections of Noto CJK; other languages show the forms of simplified Chinese."""
_PLAIN = {ord(sign): None for sign in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"} | {
    0x202F: "\u00a0",
    0x2011: "-",
}


class Face(Struct, frozen=True):
    """One face of a font file, with the number that it has in a collection."""

    font: Font
    number: int

    def has(self, sign: str) -> bool:
        """Return whether the face has a character."""
        starts, ends = _coverage(self.font.path, self.number, self.font.digest)
        place = bisect_right(starts, ord(sign)) - 1
        return place >= 0 and ord(sign) <= ends[place]

    @property
    def is_readable(self) -> bool:
        """Whether the file is a font that has characters."""
        return bool(_coverage(self.font.path, self.number, self.font.digest)[0])


class ShareFonts(Struct, frozen=True):
    """The fonts of the share images of a language.

    Attributes:
        fonts: the font files, those of the atlas before those of the system.
        tag: the tag of the language.
    """

    fonts: tuple[Font, ...]
    tag: str

    @property
    def digests(self) -> tuple[str, ...]:
        """The names and digests of the font files."""
        return tuple(f"{Path(font.path).name} {font.digest}" for font in self.fonts)

    @property
    def title_faces(self) -> tuple[Face, ...]:
        """The faces of titles, in the order in which they are tried."""
        return self._faces("Serif")

    @property
    def text_faces(self) -> tuple[Face, ...]:
        """The faces of other texts, in the order in which they are tried."""
        return self._faces("Sans")

    def _faces(self, style: str) -> tuple[Face, ...]:
        writes_han = self.tag.lower().split("-")[0] in ("zh", "ja", "ko")
        fonts = sorted(
            self.fonts,
            key=lambda font: (not font.name, writes_han != ("CJK" in font.path), style not in font.path),
        )
        return tuple(Face(font, self._number(font)) for font in fonts)

    def _number(self, font: Font) -> int:
        if "CJK" not in font.path or not font.path.lower().endswith(("ttc", "otc")):
            return 0
        parts = self.tag.lower().split("-")
        return _VARIANTS.get("-".join(parts[:2]), _VARIANTS.get(parts[0], 2))


def cleaned(text: str) -> str:
    """Return a text in one line, without marks that are not drawn, and with spaces that fonts have."""
    return re.sub(r"[ \t\n]+", " ", unicodedata.normalize("NFC", text).translate(_PLAIN)).strip()


@lru_cache(maxsize=4096)
def runs(text: str, faces: tuple[Face, ...]) -> tuple[tuple[Face, str], ...] | None:
    """Divide a text by the first face that has each character; None if one has no face or is read from the right."""
    found: list[tuple[Face, str]] = []
    for sign in text:
        if unicodedata.bidirectional(sign) in ("R", "AL"):
            return None
        stays = found and (unicodedata.combining(sign) or sign in " \u00a0") and found[-1][0].has(sign)
        face = found[-1][0] if stays else next((face for face in faces if face.has(sign)), None)
        if face is None:
            return None
        if found and found[-1][0] == face:
            found[-1] = (face, found[-1][1] + sign)
        else:
            found.append((face, sign))
    return tuple(found)


@lru_cache(maxsize=64)
def _coverage(path: str, number: int, digest: str) -> tuple[list[int], list[int]]:
    """Return the first and the last characters of the ranges that a face has; none if it cannot be read."""
    try:
        ranges = sorted(_ranges(Path(path), number))
    except (struct.error, IndexError, ValueError):
        return [], []
    return [first for first, _ in ranges], [last for _, last in ranges]


def _ranges(path: Path, number: int) -> Iterator[tuple[int, int]]:
    head = read_part(path, 0, _HEAD)
    start = 0
    if head[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", head, 8)
        (start,) = struct.unpack_from(">I", head, 12 + 4 * (number if number < count else 0))
    (tables,) = struct.unpack_from(">H", head, start + 4)
    for place in range(start + 12, start + 12 + 16 * tables, 16):
        tag, _, offset, length = struct.unpack_from(">4sIII", head, place)
        if tag == b"cmap":
            yield from _characters(read_part(path, offset, min(length, _MOST)))


def _characters(cmap: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">H", cmap, 2)
    rows = {struct.unpack_from(">HH", cmap, 4 + 8 * row): 4 + 8 * row for row in range(count)}
    best = next((rows[kind] for kind in (*_FULL, (3, 1), (0, 3)) if kind in rows), None)
    if best is None:
        return
    (offset,) = struct.unpack_from(">I", cmap, best + 4)
    (form,) = struct.unpack_from(">H", cmap, offset)
    if form == 12:
        (groups,) = struct.unpack_from(">I", cmap, offset + 12)
        for first, last, glyph in struct.iter_unpack(">III", cmap[offset + 16 : offset + 16 + 12 * groups]):
            if last >= first + (glyph == 0):
                yield first + (glyph == 0), last
    elif form == 4:
        yield from _segments(cmap, offset)


def _segments(cmap: bytes, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of a table of format 4 that have a glyph, one by one."""
    (size,) = struct.unpack_from(">H", cmap, offset + 6)
    ends, starts = offset + 14, offset + 16 + size
    for row in range(0, size, 2):
        (last,), (first,) = struct.unpack_from(">H", cmap, ends + row), struct.unpack_from(">H", cmap, starts + row)
        (delta,) = struct.unpack_from(">H", cmap, starts + size + row)
        at = starts + 2 * size + row
        (distance,) = struct.unpack_from(">H", cmap, at)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if distance:
                (glyph,) = struct.unpack_from(">H", cmap, at + distance + 2 * (code - first))
            if (glyph + delta) & 0xFFFF if glyph or not distance else 0:
                yield code, code

"""Draws share images: what stands for a page where a link to it is shared, with its title in its language.

Pillow draws them, and is imported only when an image is drawn. The same text, fonts and version of Pillow
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from atlas.core import pillow
from atlas.core.sources import Font, as_file
from atlas.graphics.fonts import Face, ShareFonts, cleaned, runs
from atlas.graphics.text_metrics import Measure, pieces, with_ellipsis

WIDTH, HEIGHT = 1200, 630
"""The size of an image in pixels, as OpenGraph asks for."""
_MARGIN, _TOP, _ROOM = 80, 140, 300
"""The margin at the sides, where the title begins, and the height that it may take."""
_SIZES = (96, 88, 80, 74, 68, 62, 56, 50, 44)
_FEET = (34, 31, 28, 25)
"""The sizes of a title, and of the title of the atlas at the foot, the largest first."""
_LEADING, _LINES = 1.25, 3
_EMBLEM = (280, 147)
_COLOURS = 32


class ShareImage(Struct, frozen=True):
    """The texts and colours of a share image.

    Attributes:
        title: the title of the page.
        kicker: what kind of page it is; "" for none.
        site: the title of the atlas.
        colours: the colours by the names of the variables of the stylesheet.
        emblem: the name of the picture of its kind of page, without `.png`.
    """

    title: str
    kicker: str
    site: str
    colours: Mapping[str, str]
    emblem: str


def version() -> str:
    """Return the version of what draws: Pillow, and how it sets text."""
    return f"{pillow.version()} {_layout()}"


def is_usable(font: Font) -> bool:
    """Return whether a font file has characters, and can be opened by Pillow if that is installed."""
    face = Face(font, 0)
    if not font.digest or not face.is_readable:
        return False
    try:
        return not pillow.is_installed() or _font(face, _SIZES[-1]).getlength("A") >= 0
    except (OSError, ValueError):
        return False


def is_covered(image: ShareImage, fonts: ShareFonts) -> bool:
    """Return whether the fonts have every character of an image."""
    titled = runs(f"{cleaned(image.title)}…", fonts.title_faces)
    return titled is not None and all(
        runs(f"{cleaned(text)}…", fonts.text_faces) is not None for text in (image.kicker, image.site)
    )


def draw(image: ShareImage, fonts: ShareFonts, emblem: bytes) -> bytes:
    """Return a share image as PNG.

    Args:
        image: what it shows; the fonts have all its characters.
        fonts: the fonts.
        emblem: the picture of the kind of page; b"" for none.
    """
    colours = image.colours
    picture = pillow.load("Image").new("RGB", (WIDTH, HEIGHT), colours["paper"])
    pen = pillow.load("ImageDraw").Draw(picture)
    pen.rectangle((0, 0, WIDTH, 15), fill=colours["link"])
    _write(pen, cleaned(image.kicker), fonts.text_faces, (_MARGIN, 104), 34, colours["link"])
    title = cleaned(image.title)
    size, rows = fitted(title, WIDTH - 2 * _MARGIN, lambda size: lambda text: _width(text, fonts.title_faces, size))
    for number, row in enumerate(rows):
        base = _TOP + round(size * (0.95 + number * _LEADING))
        _write(pen, row, fonts.title_faces, (_MARGIN, base), size, colours["ink"])
    pen.rectangle((_MARGIN, 468, WIDTH - _MARGIN - _EMBLEM[0] - 40, 469), fill=colours["rule"])
    right = WIDTH - _MARGIN - _EMBLEM[0]
    size, foot = _foot(cleaned(image.site), right - 40 - _MARGIN, fonts.text_faces)
    _write(pen, foot, fonts.text_faces, (_MARGIN, 530), size, colours["quiet"])
    if small := _small(emblem):
        picture.paste(small, (right, HEIGHT - 50 - _EMBLEM[1]))
    file = as_file(b"")
    picture.quantize(_COLOURS, dither=pillow.load("Image").Dither.NONE).save(file, "PNG")
    return file.getvalue()


def fitted(text: str, width: int, measure: Callable[[int], Measure]) -> tuple[int, tuple[str, ...]]:
    """Return the largest size at which a title fits into three lines, and its lines, about equally long.

    A title that is too long even at the least size ends with an ellipsis.

    Args:
        text: the title.
        width: the width of the lines.
        measure: returns the function that measures a text at a size.
    """
    parts = pieces(text)
    for size in _SIZES:
        rows = _lines(parts, width, measure(size))
        if rows and len(rows) <= _LINES and len(rows) * size * _LEADING <= _ROOM:
            return size, _balanced(parts, rows, width, measure(size))
    size = _SIZES[-1]
    rows = _lines(parts, width, measure(size)) or _lines(list(text), width, measure(size))
    if len(rows) <= _LINES:
        return size, rows
    return size, (*rows[: _LINES - 1], with_ellipsis(rows[_LINES - 1], width, measure(size)))


def _lines(parts: Sequence[str], width: float, measure: Measure) -> tuple[str, ...]:
    """Return the lines of a text; none if a part is wider than a line."""
    rows: list[str] = []
    for piece in parts:
        if rows and measure((rows[-1] + piece).rstrip(" ")) <= width:
            rows[-1] += piece
        elif measure(piece.rstrip(" ")) <= width:
            rows.append(piece)
        else:
            return ()
    return tuple(row.strip(" ") for row in rows)


def _balanced(parts: Sequence[str], rows: tuple[str, ...], width: int, measure: Measure) -> tuple[str, ...]:
    """Return the lines in the least width that gives no more of them."""
    for share in range(50, 100, 5):
        found = _lines(parts, width * share / 100, measure)
        if found and len(found) <= len(rows):
            return found
    return rows


def _foot(text: str, width: float, faces: tuple[Face, ...]) -> tuple[int, str]:
    """Return the size of the title of the atlas, and the title, cut if it is too long at the least size."""
    for size in _FEET:
        if _width(text, faces, size) <= width:
            return size, text
    return _FEET[-1], with_ellipsis(text, width, lambda text: _width(text, faces, _FEET[-1]))


def _write(pen: Any, text: str, faces: tuple[Face, ...], start: tuple[int, int], size: int, colour: str) -> None:
    left: float = start[0]
    for face, part in runs(text, faces) or ():
        font = _font(face, size)
        pen.text((left, start[1]), part, fill=colour, font=font, anchor="ls")
        left += font.getlength(part)


def _width(text: str, faces: tuple[Face, ...], size: int) -> float:
    return float(sum(_font(face, size).getlength(part) for face, part in runs(text, faces) or ()))


@lru_cache(maxsize=64)
def _small(emblem: bytes) -> Any:
    """Return the picture of a kind of page, made smaller; None if it cannot be read."""
    image = pillow.load("Image")
    try:
        return image.open(as_file(emblem)).convert("RGB").resize(_EMBLEM, image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError):
        return None


@lru_cache(maxsize=64)
def _font(face: Face, size: int) -> Any:
    return pillow.load("ImageFont").truetype(face.font.path, size, index=face.number, layout_engine=_layout())


def _layout() -> int:
    layouts = pillow.load("ImageFont").Layout
    return int(layouts.RAQM if pillow.load("features").check("raqm") else layouts.BASIC)

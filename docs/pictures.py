"""Draws templates/static/og/*.png: what stands for a kind of page where a link to it is shared.

Run once, with `pip install pillow` and `python docs/pictures.py`; the pictures are committed, and nothing else needs
pillow. Every motif is one half and its mirror image: both sides are equal, there are no words and no flags.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

WIDTH, HEIGHT, SCALE = 1200, 630, 3
GROUND, LINE, SOFT = "#12485c", "#fcfbf8", "#6f9aa6"
MIDDLE = WIDTH // 2
OUT = Path(__file__).parent.parent / "templates/static/og"

# A motif is a list of shapes in the left half; a shape is its name, its points and its colour. Coordinates are pixels.
Shape = tuple[str, tuple[int, ...], str]


def ring(x: int, y: int, radius: int, colour: str = LINE) -> Shape:
    """A circle."""
    return "ring", (x - radius, y - radius, x + radius, y + radius), colour


def dot(x: int, y: int, radius: int, colour: str = LINE) -> Shape:
    """A disc."""
    return "dot", (x - radius, y - radius, x + radius, y + radius), colour


def line(*points: int, colour: str = LINE) -> Shape:
    """A line through points."""
    return "line", points, colour


def box(*corners: int, colour: str = LINE) -> Shape:
    """A rectangle, drawn round."""
    return "box", corners, colour


def bar(*corners: int, colour: str = LINE) -> Shape:
    """A rectangle, filled."""
    return "bar", corners, colour


def arc(x: int, y: int, radius: int, start: int, end: int, colour: str = LINE) -> Shape:
    """A part of a circle, from an angle to another, clockwise from the right."""
    return "arc", (x - radius, y - radius, x + radius, y + radius, start, end), colour


MOTIFS: dict[str, list[Shape]] = {
    "atlas": [ring(525, 315, 150)],
    "actors": [line(450, 225, 450, 405, 600, 315, 450, 225, colour=SOFT), dot(450, 225, 40), dot(450, 405, 40)],
    "cases": [box(390, 195, 630, 435)],
    "changes": [arc(560, 315, 150, 100, 260), arc(560, 315, 95, 100, 260, SOFT), dot(560, 165, 14), dot(560, 465, 14)],
    "claims": [arc(450, 315, 120, 270, 90), arc(330, 315, 120, 270, 90, SOFT)],
    "compare": [bar(330, y, 570, y + 40, colour=colour) for y, colour in ((195, LINE), (295, SOFT), (395, LINE))],
    "comparisons": [box(330, 185, 570, 445), line(600, 165, 600, 465, colour=SOFT), line(370, 265, 530, 265),
                    line(370, 365, 530, 365)],
    "concepts": [ring(500, 315, 160), ring(500, 315, 100, SOFT), dot(500, 315, 30)],
    "data": [dot(x, y, 14, SOFT if (x + y) // 70 % 2 else LINE) for x in range(325, 570, 70)
             for y in range(175, 490, 70)],
    "explore": [line(330, y, 570, y, colour=SOFT) for y in (215, 315, 415)]
               + [dot(330, y, 16) for y in (215, 315, 415)],
    "instruments": [box(370, 165, 570, 465), *(line(410, y, 530, y, colour=SOFT) for y in (235, 295, 355))],
    "map": [arc(600, 315, 200, 90, 270), arc(600, 315, 130, 90, 270, SOFT), line(400, 315, 600, 315, colour=SOFT),
            line(600, 115, 600, 515, colour=SOFT)],
    "network": [line(380, 215, 500, 315, 380, 415, colour=SOFT), line(500, 315, 600, 315), dot(380, 215, 24),
                dot(500, 315, 34), dot(380, 415, 24)],
    "persons": [ring(460, 240, 60), arc(460, 455, 120, 180, 360)],
    "print": [box(360, 185, 600, 445), *(line(400, y, 560, y, colour=SOFT) for y in (245, 295, 345, 395))],
    "search": [ring(490, 285, 95), line(420, 355, 350, 425)],
    "sources": [bar(x, top, x + 36, 445, colour=colour)
                for x, top, colour in ((340, 205, LINE), (396, 165, SOFT), (452, 235, LINE), (508, 185, SOFT))],
    "timeline": [line(270, 315, 600, 315, colour=SOFT), *(line(x, 315 - h, x, 315 + h)
                                                           for x, h in ((320, 40), (400, 90), (480, 60), (550, 25)))],
}  # fmt: skip


def draw(shapes: list[Shape]) -> Image.Image:
    """A motif with its mirror image, in sixteen colours."""
    half = Image.new("L", (WIDTH * SCALE, HEIGHT * SCALE), 0)
    layers = {LINE: half, SOFT: half.copy()}
    for name, points, colour in shapes:
        pen = ImageDraw.Draw(layers[colour])
        at = [point * SCALE for point in points[: 4 if name != "line" else None]]
        if name == "ring":
            pen.ellipse(at, outline=255, width=10 * SCALE)
        elif name == "dot":
            pen.ellipse(at, fill=255)
        elif name == "line":
            pen.line(at, fill=255, width=10 * SCALE, joint="curve")
        elif name == "box":
            pen.rectangle(at, outline=255, width=10 * SCALE)
        elif name == "bar":
            pen.rectangle(at, fill=255)
        else:
            pen.arc(at, points[4], points[5], fill=255, width=10 * SCALE)
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    for colour in (SOFT, LINE):
        layer = layers[colour].resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        for mask in (layer, ImageOps.mirror(layer)):
            picture.paste(colour, mask=mask)
    return picture.quantize(16, dither=Image.Dither.NONE)


for motif, shapes in MOTIFS.items():
    draw(shapes).save(OUT / f"{motif}.png", optimize=True)

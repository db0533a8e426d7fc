"""Lays out a picture as a file: title above, legend and credit line below its body."""

from __future__ import annotations

from collections.abc import Iterable

from atlas.graphics.text_metrics import width_of, wrapped
from atlas.pages.pictures.views import PictureBody, PictureFileView, PictureSample, PictureText

MARGIN = 20
_TITLE, _TITLE_LEADING = 20, 27
_SMALL, _LEADING = 13, 20
_SAMPLE = 40
"""The width of a shape or line of the legend with the space behind it."""


def picture_file(
    lang: str,
    title: str,
    body: PictureBody,
    legend: Iterable[tuple[str, str, str]],
    notes: Iterable[str],
) -> PictureFileView:
    """Return a picture with all that it needs to be understood where it stands alone.

    Args:
        lang: the language tag.
        title: its title.
        body: what it shows.
        legend: the shape ("" for none), the class of the line, and the meaning of each row of the legend.
        notes: the lines below the legend; the last is the credit line.
    """
    width = body.width + 2 * MARGIN
    texts: list[PictureText] = []
    samples: list[PictureSample] = []
    y = MARGIN
    for line in wrapped(title, body.width, 3, _TITLE):
        y += _TITLE_LEADING
        texts.append(PictureText(MARGIN, y - 6, line, "title"))
    top = y + 12
    y = top + body.height + 26
    x = MARGIN
    for shape, line, meaning in legend:
        wide = _SAMPLE + width_of(meaning, _SMALL) + 24
        if x > MARGIN and x + wide > width - MARGIN:
            x, y = MARGIN, y + _LEADING
        samples.append(PictureSample(x, y - 5, shape, line))
        texts.append(PictureText(x + _SAMPLE, y, meaning))
        x += wide
    y += _LEADING + 4
    for note in notes:
        for line in wrapped(note, body.width, 3, _SMALL):
            texts.append(PictureText(MARGIN, y, line, "quiet"))
            y += _LEADING
    return PictureFileView(lang, title, width, y, top, body, tuple(texts), tuple(samples))

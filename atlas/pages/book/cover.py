"""Makes the cover of a book from its data: one mark for each record, in the shape of its side."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import Final

from atlas.content.model import Record, Site
from atlas.graphics.drawing_data import shape
from atlas.graphics.text_metrics import wrapped
from atlas.pages.book.views import BookCoverView, BookLine, BookMark

WIDTH, HEIGHT = 1200, 1600
_MARGIN: Final = 100
_TITLE, _NOTE = 92, 44
"""Font sizes."""
_LEADING: Final = 1.3
_MOST, _MOST_OF_TWO, _MOST_OF_NOTE = 4, 3, 2
"""Lines of a title, of each of two, and of a note at most."""


def cover(
    lang: str, title: str, headings: Sequence[str], notes: Sequence[str], records: Sequence[Record], site: Site
) -> BookCoverView:
    """Return the cover of a book.

    Args:
        lang: the language tag.
        title: the title of the book.
        headings: the words in large letters, in each language of the book.
        notes: the lines below them; empty ones are left out.
        records: the records of the book, in order.
        site: the site, for the shapes of its sides.
    """
    y = _MARGIN
    lines: list[BookLine] = []
    for heading in headings:
        for line in wrapped(heading, WIDTH - 2 * _MARGIN, _MOST if len(headings) == 1 else _MOST_OF_TWO, _TITLE):
            y += round(_TITLE * _LEADING)
            lines.append(BookLine(y, line))
    y += _NOTE
    below: list[BookLine] = []
    for note in filter(None, notes):
        for line in wrapped(note, WIDTH - 2 * _MARGIN, _MOST_OF_NOTE, _NOTE):
            y += round(_NOTE * _LEADING * 1.1)
            below.append(BookLine(y, line))
    marks, radius = _marks(records, site, y + 2 * _NOTE)
    return BookCoverView(lang, title, tuple(lines), tuple(below), marks, radius)


def _marks(records: Sequence[Record], site: Site, top: int) -> tuple[tuple[BookMark, ...], int]:
    """Return the marks of records in rows that fill the page below `top`, and their size."""
    if not records:
        return (), 0
    width, height = WIDTH - 2 * _MARGIN, HEIGHT - _MARGIN - top
    columns = ceil(sqrt(len(records) * width / height))
    step = min(width / columns, height / ceil(len(records) / columns), 120)
    marks = (
        BookMark(
            round(_MARGIN + step * (number % columns + 0.5)),
            round(top + step * (number // columns + 0.5)),
            shape(site, tuple(record.sides)),
        )
        for number, record in enumerate(records)
    )
    return tuple(marks), max(2, round(step * 0.32))

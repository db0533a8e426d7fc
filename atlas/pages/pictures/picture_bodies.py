"""Draws the pictures of pages of HTML as bodies of SVG files: two sides facing each other, and life spans."""

from __future__ import annotations

from collections.abc import Iterable

from atlas.graphics.text_metrics import wrapped
from atlas.pages.locale_site import plain_text
from atlas.pages.pictures.views import PictureBody, PicturePath, PictureText, PlacedBar, TimeBars
from atlas.pages.site.bridges import ROW
from atlas.pages.site.views import Bridges
from atlas.pages.timeline.views import LifeGroup, TimelineView
from atlas.pages.view_parts import Card

_NAME, _BETWEEN = 330, 120
"""The width of the names of a side, and of the lines between two sides."""
_TALL = 36
"""The height of a row of two sides, in pixels."""
_AXIS_LEFT, _AXIS = 380, 560
_BAR = 22


def bridges_body(drawn: Bridges) -> PictureBody:
    """Return two sides facing each other."""
    left, right = _NAME, _NAME + _BETWEEN
    texts = [
        PictureText(left - 10, 14, plain_text(drawn.sides[0].label), "heading", "end"),
        PictureText(right + 10, 14, plain_text(drawn.sides[1].label), "heading"),
    ]
    paths = []
    top = 28
    for group in drawn.groups:
        height = group.height // ROW * _TALL
        texts += _bank(group.left, left - 10, top, height, "end")
        texts += _bank(group.right, right + 10, top, height, "start")
        for line in group.lines:
            start, end = top + line.left * _TALL // ROW, top + line.right * _TALL // ROW
            path = f"M{left} {start}L{right} {end}"
            paths += [PicturePath(path, "outer")] if line.form == "arc" else []
            paths.append(PicturePath(path, f"bridge-{line.form}"))
        top += height
    return PictureBody(2 * _NAME + _BETWEEN, top, texts=tuple(texts), paths=tuple(paths))


def _bank(cards: tuple[Card, ...], x: int, top: int, height: int, anchor: str) -> Iterable[PictureText]:
    first = top + (height - len(cards) * _TALL) // 2
    for number, card in enumerate(cards):
        lines = wrapped(plain_text(card.title), _NAME - 10, 2)
        y = first + number * _TALL + _TALL // 2 + 5 - 8 * (len(lines) - 1)
        yield from (PictureText(x, y + 16 * at, line, "label", anchor) for at, line in enumerate(lines))


def timeline_body(view: TimelineView) -> PictureBody:
    """Return life spans on an axis, by group."""
    texts: list[PictureText] = []
    bars: list[PlacedBar] = []
    top = 40
    for group in view.groups:
        texts.append(PictureText(0, top + 18, group.label, "heading"))
        top += 26
        top = _lives(group, top, texts, bars)
    for tick in view.ticks:
        texts += [PictureText(_on_axis(tick.x), 12, tick.label, "axis")] if tick.label else []
    for row in view.events:
        guide = row.guide
        texts += [PictureText(_on_axis(guide.x), 30, guide.label, "event", guide.anchor)] if guide.label else []
    guides = tuple(row.guide for row in view.events)
    axis = TimeBars(_AXIS_LEFT, _AXIS, 34, top, view.ticks, guides, tuple(bars))
    return PictureBody(_AXIS_LEFT + _AXIS + 10, top + 4, bars=axis, texts=tuple(texts))


def _on_axis(share: float) -> int:
    return _AXIS_LEFT + round(_AXIS * share / 100)


def _lives(group: LifeGroup, top: int, texts: list[PictureText], bars: list[PlacedBar]) -> int:
    """Add the rows of a group, and return where they end."""
    for row in group.rows:
        name = wrapped(plain_text(row.card.title), _AXIS_LEFT - 16, 1)[0]
        texts.append(PictureText(0, top + 15, name))
        bars.append(PlacedBar(top + 2, row.bar))
        top += _BAR
    return top + 8

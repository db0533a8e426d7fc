"""Finds the block and the id around each slot in the HTML of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from msgspec import Struct, field

from atlas.markdown.slots import CLOSE, OPEN

_PIECE: Final = re.compile(
    r"<(?P<close>/?)(?P<name>p|li|ul|ol|h[2-6]|dl|dd|dt|table|caption|thead|tbody|tr|td|th|blockquote|footer|figure|"
    r"figcaption|div|pre|hr)\b"
    rf'(?: id="(?P<id>[^"]*)")?[^>]*>|{OPEN}(?P<slot>\d+){CLOSE}'
)
_TAG: Final = re.compile(r'<sup id="fnref.*?</sup>|<a class="footnote-backref.*?</a>|<[^>]*>', re.DOTALL)
"""A tag, or the number of a note or the arrow back from it with its tags; the words of a superscript stay."""


class SlotPositions(Struct, frozen=True):
    """The HTML of a text: where its blocks begin and end, and for each slot where it is and under which id.

    blocks: the words of the blocks that were asked for. cells: the slots that are in tables.
    """

    html: str
    edges: list[tuple[int, int]] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    anchors: dict[int, str] = field(default_factory=dict)
    blocks: dict[tuple[int, int], str] = field(default_factory=dict)
    cells: set[int] = field(default_factory=set)

    def block_of(self, slot: int) -> str:
        """The words of the paragraph or quotation in which a slot is, escaped, with slots; "" for a cell of a table.

        The cells of a row are no sentence.
        """
        if slot in self.cells:
            return ""
        html, at = self.html, self.places[slot]
        number = bisect_right(self.edges, (at, at))
        begin = self.edges[number - 1][1] if number else 0
        end = self.edges[number][0] if number < len(self.edges) else len(html)
        if html.startswith("</footer", end):
            begin = html.rfind("<blockquote>", 0, at)
        if (begin, end) not in self.blocks:
            self.blocks[begin, end] = plain(html[begin:end]).strip()
        return self.blocks[begin, end]


@lru_cache(maxsize=8)
def slot_positions(html: str) -> SlotPositions:
    """Read the HTML of a text once for all its slots.

    A paragraph is under the id of its list item; an item within an item only where that is a note.
    """
    layout = SlotPositions(html)
    heading, ids, is_table = "", [""], False
    for found in _PIECE.finditer(html):
        name, id = found["name"], found["id"] or ""
        if name is None:
            layout.places[int(found["slot"])] = found.start()
            layout.anchors[int(found["slot"])] = ids[-1] or heading
            if is_table:
                layout.cells.add(int(found["slot"]))
            continue
        layout.edges.append((found.start(), found.end()))
        if name[0] == "h" and name != "hr":
            heading = id or heading
        elif name == "caption":
            is_table = bool(found["close"])
        elif name in ("p", "li", "dd", "dt", "figure", "table"):
            is_table = not found["close"] if name == "table" else is_table
            if not found["close"]:
                inherited = ids[-1] if name in ("p", "figure", "table") or ids[-1].startswith("fn:") else ""
                ids.append(id or inherited)
            elif len(ids) > 1:
                ids.pop()
    return layout


def plain(html: str) -> str:
    """HTML without its tags and the numbers and arrows of notes, still escaped."""
    return _TAG.sub("", html)

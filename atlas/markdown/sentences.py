"""Splits plain text into sentences, in Latin and Han script."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from atlas.markdown.slots import CLOSE, OPEN, SLOT, Slot

_STOP: Final = re.compile(r"[.!?…。！？]")
_TAIL: Final = re.compile(rf"[\u202f\u00a0]?[»”\")\]’》」』）]|{OPEN}(\d+){CLOSE}")
_NEXT: Final = re.compile(rf"\s+(?=[^\s\d]*[A-ZÀ-ÞŒ\u0400-\u042f«“(\[{OPEN}])")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\W_])(?:[A-ZÀ-Þ]|(?<=\.)[a-z]|cf|[EÉeé]ds?|dir|Ste?|Mr|Mrs|Ms|Mme|Mlle|MM|Dr|Prof|etc|vs|ca|c|n|av|apr|al)\.$"
)
_OF_NUMBERS: Final = re.compile(r"(?:^|[\W_])(?:pp?|nos?|vols?|t|arts?|chaps?|ch|figs?|sect|coll)\.$")
_NUMBER: Final = re.compile(r"\s+(?:[IVXLCDM]+|[A-Z])\b")
_CUT: Final = re.compile(rf"[\s{OPEN}]")
_REACH: Final = 3000
_LONGEST: Final = 12
_BELONGING: Final = ("cite", "close", "attributes")


class Sentences:
    """The sentences of one text in which its slots are.

    Each block is looked through once, however many slots are in it. slots: all those of the text.
    """

    def __init__(self, slots: tuple[Slot, ...]) -> None:
        self.slots = slots
        self.blocks: dict[str, tuple[dict[int, int], list[int], list[int]]] = {}

    def at(self, block: str, slot: int) -> str:
        """The sentence of a block in which a slot is, "" of none; of one far longer than any, the part around it.

        A citation behind a full stop belongs to the sentence before it; a link begins the next.
        """
        if not block:
            return ""
        if block not in self.blocks:
            self.blocks[block] = (_places(block), *_ends(block, self.slots))
        places, stops, ends = self.blocks[block]
        at = places[slot]
        start, last = _cut(block, at - _REACH, at), _cut(block, at + _REACH, len(block))
        before = bisect_right(ends, at)
        if before and stops[before - 1] >= start:
            start = ends[before - 1]
        after = max(before, bisect_right(stops, at))
        end = ends[after] if after < len(stops) and stops[after] < last else last
        return " ".join(block[start:end].split())


def _places(block: str) -> dict[int, int]:
    """Where each slot of a block is, by its number."""
    places: dict[int, int] = {}
    for found in SLOT.finditer(block):
        places.setdefault(int(found[1]), found.start())
    return places


def _ends(block: str, slots: tuple[Slot, ...]) -> tuple[list[int], list[int]]:
    """The marks that end a sentence of a block, and where each of these sentences ends."""
    found = [(stop.start(), _end_of_sentence(block, stop, slots)) for stop in _STOP.finditer(block)]
    return [stop for stop, end in found if end is not None], [end for _, end in found if end is not None]


def _cut(block: str, offset: int, limit: int) -> int:
    """Where to cut a block at an offset: before a space or slot, at the latest at the limit."""
    if offset <= 0:
        return 0
    found = _CUT.search(block, offset, limit)
    return found.start() if found else limit


def _end_of_sentence(block: str, stop: re.Match[str], slots: tuple[Slot, ...]) -> int | None:
    """Where the sentence ends that a mark may end, with what belongs to it; None when it goes on."""
    end = stop.end()
    while tail := _TAIL.match(block, end):
        if tail[1] and slots[int(tail[1])].kind not in _BELONGING:
            break
        end = tail.end()
    if stop[0] in "。！？":
        return end
    following = _NEXT.match(block, end)
    if following is None or (stop[0] == "." and _is_abbreviated(block, stop.end())):
        return None
    return following.end()


def _is_abbreviated(block: str, end: int) -> bool:
    """Whether a full stop that ends there is that of an initial, a title, or a word before a number."""
    start = max(0, end - _LONGEST)
    if _ABBREVIATION.search(block, start, end):
        return True
    return bool(_OF_NUMBERS.search(block, start, end) and _NUMBER.match(block, end))

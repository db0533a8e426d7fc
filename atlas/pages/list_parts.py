"""Divides long lists into pages with stable addresses: `/actors/`, then `/actors/page/2/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from sys import maxsize
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

Row = TypeVar("Row")

MANY: Final = 240
"""How many entries of a list a page shows."""
_NEAR, _STEP, _FEW = 5, 10, 24
"""Which pages of a list a page links to: those near it and every tenth; all where they are few."""


class Part(Struct, frozen=True):
    """One page of a list that may have several.

    Attributes:
        path: the path of the first page.
        number: its place among the pages, from 0.
        total: how many entries the list has; where a page has several lists, the longest.
        many: how many entries a page shows.
        stem: the path above the further pages; `PATHpage/` if empty.
        several: whether the page has several lists, each of which goes on on the further pages.
    """

    path: str
    number: int = 0
    total: int = 0
    many: int = MANY
    stem: str = ""
    several: bool = False

    @property
    def pages(self) -> int:
        """Return how many pages the list has."""
        return max(1, ceil(self.total / self.many))

    def path_of(self, number: int) -> str:
        """Return the path of a page of the list."""
        return f"{self.stem or f'{self.path}page/'}{number + 1}/" if number else self.path

    def numbers(self, number: int) -> tuple[int, int]:
        """Return the numbers of the first and the last entry of a page of the list, from 1."""
        return number * self.many + 1, min(self.total, (number + 1) * self.many)

    def linked(self) -> Iterator[int]:
        """Yield the pages that this one links to; from there every other is one link away."""
        last = self.pages - 1
        for number in range(self.pages) if last else ():
            near = abs(number - self.number) <= _NEAR or number % _STEP == 0 or number == last
            if near or last < _FEW:
                yield number

    def all(self) -> Iterator[Part]:
        """Yield all pages of the list."""
        for number in range(self.pages):
            yield replace(self, number=number)

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the entries of a list that are on this page."""
        return rows[self.number * self.many : (self.number + 1) * self.many]

    def of_groups(self, groups: Sequence[Sequence[Row]]) -> list[Sequence[Row]]:
        """Return the entries of each group that are on this page, where one group follows another."""
        begin, end, at, found = self.number * self.many, (self.number + 1) * self.many, 0, []
        for rows in groups:
            found.append(rows[max(0, begin - at) : max(0, end - at)])
            at += len(rows)
        return found

    def beginnings(self, groups: Sequence[Sequence[Row]]) -> Iterator[str]:
        """Yield the path of the page on which each group begins."""
        at = 0
        for rows in groups:
            yield self.path_of(at // self.many)
            at += len(rows)


WHOLE: Final = Part("", many=maxsize)
"""The only page of a list that is never divided."""

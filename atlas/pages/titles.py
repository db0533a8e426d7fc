"""What the pages of a language are called, for those that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from atlas.content.schema import FAMILIES
from atlas.pages.editions import Edition
from atlas.pages.plans import Sketch
from atlas.pages.source_pages import SOURCES


class Titles(Mapping[str, str]):
    """The title of each page by its address, drawn when it is asked for: few pages are named on all the others."""

    def __init__(self, edition: Edition, sketches: Mapping[str, Sketch]) -> None:
        self.sketches, self.known = sketches, list_titles(edition)

    def __getitem__(self, path: str) -> str:
        sketch = self.sketches[path]
        return self.known.get(path) or sketch.draw()[1].head.title  # type: ignore[union-attr]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sketches)

    def __len__(self) -> int:
        return len(self.sketches)

    def __contains__(self, path: object) -> bool:
        return path in self.sketches


def list_titles(edition: Edition) -> dict[str, str]:
    """The titles of the pages that list everything, which have much to draw, by their addresses."""
    words = edition.words
    names = {f"/{family.folder}/": words.say(family.folder) for family in FAMILIES if family.id != "page"}
    return names | {SOURCES: words.say("bibliography")}

"""Finds the titles of generated pages in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from atlas.pages.locale_site import LocaleSite
from atlas.pages.plan import PageSpec
from atlas.pages.sources.source_pages import SOURCES
from atlas.pages.view_parts import PageView
from atlas.schema.families import INDEXED


class Titles(Mapping[str, str]):
    """The title of each page by its address, drawn on demand: other pages name only few of them."""

    def __init__(self, locale_site: LocaleSite, specs: Mapping[str, PageSpec]) -> None:
        self.specs, self.known = specs, list_titles(locale_site)

    def __getitem__(self, path: str) -> str:
        spec = self.specs[path]
        if path in self.known:
            return self.known[path]
        _, view = spec.draw()
        assert isinstance(view, PageView), path
        return view.head.title

    def __iter__(self) -> Iterator[str]:
        return iter(self.specs)

    def __len__(self) -> int:
        return len(self.specs)

    def __contains__(self, path: object) -> bool:
        return path in self.specs


def list_titles(locale_site: LocaleSite) -> dict[str, str]:
    """Return the titles of the lists by their addresses, because drawing a list takes long."""
    words = locale_site.words
    names = {f"/{family.folder}/": words.t(family.folder) for family in INDEXED}
    return names | {SOURCES: words.t("bibliography")}

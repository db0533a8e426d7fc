"""Finds the titles of generated pages in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from atlas.pages.locale_site import LocaleSite, plain_text
from atlas.pages.plan import PageSpec
from atlas.pages.view_parts import PageView


class Titles(Mapping[str, str]):
    """The title of each page by its address, found on demand: other pages name only few of them."""

    def __init__(self, locale_site: LocaleSite, specs: Mapping[str, PageSpec]) -> None:
        self.locale_site, self.specs = locale_site, specs

    def __getitem__(self, path: str) -> str:
        spec, record = self.specs[path], self.locale_site.atlas.addresses.get(path)
        if spec.title:
            return spec.title
        if record:
            return plain_text(self.locale_site.title(record))
        _, view = spec.draw()
        assert isinstance(view, PageView), path
        return view.head.title

    def __iter__(self) -> Iterator[str]:
        return iter(self.specs)

    def __len__(self) -> int:
        return len(self.specs)

    def __contains__(self, path: object) -> bool:
        return path in self.specs

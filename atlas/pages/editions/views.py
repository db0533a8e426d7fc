"""The view of the page of editions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from atlas.pages.view_parts import Anchor, CiteRow, IntroducedView, labels
from atlas.search.page_text import Passage


class EditionRow(Struct, frozen=True):
    """An edition.

    Attributes:
        date: its day, in words.
        day: its day as YYYY-MM-DD.
        text: what is new in it.
        addresses: the number of its addresses.
        digest: the SHA-256 digest of their list.
        list: a link to the list.
        size: the size of the list, in words.
        changes: a link to what changed; nothing where the site has no page of changes.
        cite: how to cite it.
        downloads: the same as files.
    """

    version: str
    date: str
    day: str
    text: str
    addresses: int
    digest: str
    list: Anchor
    size: str
    changes: Anchor | None
    cite: tuple[CiteRow, ...]
    downloads: tuple[Anchor, ...]


class EditionsView(IntroducedView, frozen=True):
    """The editions of the atlas, the latest first."""

    editions: tuple[EditionRow, ...]

    def passages(self) -> Iterator[Passage]:
        """Yield the introduction, and what is new in each edition."""
        yield from super().passages()
        for edition in self.editions:
            yield from labels(edition.version, edition.text)

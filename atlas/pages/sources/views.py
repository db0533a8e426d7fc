"""The views of the bibliography and of a work."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from atlas.core.html import Html
from atlas.pages.view_parts import Anchor, MentionRow, PageView, Phrase, ReferenceEntry, texts
from atlas.search.page_text import Passage


class EntryGroup(Struct, frozen=True):
    """Works that share a letter, language, type or year."""

    id: str
    label: str
    entries: tuple[ReferenceEntry, ...]


class SourcesView(PageView, frozen=True):
    """The bibliography of the atlas in one order.

    Attributes:
        by: the order: language, type or year; "" for author.
        groupings: links to the orders.
        jumps: links to the groups, which may be on other pages of the order.
        downloads: all works as files.
    """

    by: str
    groupings: tuple[Anchor, ...]
    groups: tuple[EntryGroup, ...]
    downloads: tuple[Anchor, ...]
    total: int
    jumps: tuple[Anchor, ...] = ()


class SourceView(PageView, frozen=True):
    """The page of one work: its reference, URLs, and the statements that cite it, by record.

    Attributes:
        consulted: one of `biblatex.CONSULTED`, or "".
    """

    key: str
    title: Phrase
    reference_html: Html
    language: str
    consulted: str
    doi: str
    doi_url: str
    url: str
    archived: str
    abstract: Phrase
    downloads: tuple[Anchor, ...]
    cited_by: tuple[MentionRow, ...]

    def heading(self) -> Phrase:
        """Return the title of the work."""
        return self.title

    def passages(self) -> Iterator[Passage]:
        """Yield the reference and the abstract."""
        yield from texts(Phrase(self.reference_html), self.abstract)

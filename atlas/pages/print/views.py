"""The view of the print pages."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.records.views import Detail, DimensionSection, NameRow, QuotationView, RelationGroup
from atlas.pages.view_parts import Anchor, Card, PageView, Phrase, ReferenceEntry


class Chapter(Struct, frozen=True):
    """A record in a page that binds several: its id is its anchor, and begins the ids of its parts (`ID--PART`).

    facets: its sides, kind, dates and places in words. The headings of its body begin at h3.
    """

    id: str
    kicker: str
    title: Phrase
    names: tuple[NameRow, ...]
    facets: tuple[str, ...]
    details: tuple[Detail, ...]
    summary: Phrase
    quotation: QuotationView | None
    body: Phrase
    dimensions: tuple[DimensionSection, ...]
    relations: tuple[RelationGroup, ...]
    actors: tuple[Card, ...]
    supports: tuple[Card, ...]
    complicates: tuple[Card, ...]


class PrintView(PageView, frozen=True):
    """Records bound as one page, with the works that they cite; or, of books, the list of what can be printed."""

    title: str
    books: tuple[Anchor, ...]
    chapters: tuple[Chapter, ...]
    references: tuple[ReferenceEntry, ...]

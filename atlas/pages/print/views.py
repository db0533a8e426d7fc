"""The view of the print pages."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.records.views import DatasetTable, Detail, DimensionSection, NameRow, QuotationView, RelationGroup
from atlas.pages.view_parts import Anchor, Card, PageView, Phrase, ReferenceEntry


class Chapter(Struct, frozen=True):
    """A record in a page that contains several.

    The headings of its body begin at h3.

    Attributes:
        id: its anchor, which also begins the ids of its parts (`ID--PART`).
        facets: its sides, kind, dates and places in words.
    """

    id: str
    kicker: str
    title: Phrase
    names: tuple[NameRow, ...]
    facets: tuple[str, ...]
    details: tuple[Detail, ...]
    summary: Phrase
    quotation: QuotationView | None
    lead: Phrase
    dataset: DatasetTable | None
    body: Phrase
    dimensions: tuple[DimensionSection, ...]
    relations: tuple[RelationGroup, ...]
    actors: tuple[Card, ...]
    supports: tuple[Card, ...]
    complicates: tuple[Card, ...]


class PrintView(PageView, frozen=True):
    """Several records on one page with the works that they cite, or the list of such pages.

    Attributes:
        books: the list of print pages, on that page only.
    """

    title: str
    books: tuple[Anchor, ...]
    chapters: tuple[Chapter, ...]
    references: tuple[ReferenceEntry, ...]

"""The languages of a record side by side."""

from __future__ import annotations

from msgspec import Struct

from atlas.pages.view_parts import Anchor, Head, Phrase, View


class ParallelSection(Struct, frozen=True):
    """Texts of a record under one heading.

    Attributes:
        rows: each with one cell for each language; an empty cell is not translated.
    """

    label: str
    rows: tuple[tuple[Phrase, ...], ...]


class ParallelView(View, frozen=True):
    """A record in all its languages, paragraph by paragraph; neither the search nor the sitemap lists the page.

    Attributes:
        record: the page of the record.
        columns: its page in each language, named by the language, the original first.
        title: the title in each language.
        sections: the summary, the lead, the body, then the texts of its facts, relations and changes.
    """

    head: Head
    record: Anchor
    columns: tuple[Anchor, ...]
    title: tuple[Phrase, ...]
    sections: tuple[ParallelSection, ...]

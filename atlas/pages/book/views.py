"""The views of the files of a book."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from atlas.core.html import Html
from atlas.pages.print.views import Chapter
from atlas.pages.view_parts import Anchor, Phrase, ReferenceEntry, View


class BookMark(Struct, frozen=True):
    """The mark of a record on the cover: its place and the shape of its side."""

    x: int
    y: int
    shape: str


class BookLine(Struct, frozen=True):
    """A line of text on the cover."""

    y: int
    text: str


class BookCoverView(View, frozen=True):
    """The cover of a book, made from its data.

    Attributes:
        lang: the language tag.
        title: the title in one line, which is also the text alternative.
        lines: the lines of the title.
        notes: the lines below it: language, number of records, date.
        marks: one mark for each record.
        radius: the size of a mark.
    """

    lang: str
    title: str
    lines: tuple[BookLine, ...]
    notes: tuple[BookLine, ...]
    marks: tuple[BookMark, ...]
    radius: int


class BookTitleView(View, frozen=True):
    """The title page of a book.

    Attributes:
        lang: the language tag.
        site_title: the title of the atlas.
        title: the title of the book.
        size: the number of its records, in words.
        cite_html: how to cite the book.
        url: the address of the atlas.
    """

    lang: str
    site_title: str
    title: str
    size: str
    cite_html: Html
    url: str


class BookPart(Struct, frozen=True):
    """An entry of the contents of a book, with the entries below it."""

    link: Anchor
    rows: tuple[BookPart, ...] = ()


class BookPartView(View, frozen=True):
    """The first page of a part of a book: its title and its contents.

    Attributes:
        lang: the language tag.
        id: its anchor.
        rows: links to its records, or to groups of them.
    """

    lang: str
    id: str
    title: str
    rows: tuple[BookPart, ...]


class BookRecordView(View, frozen=True):
    """A record in a book. The headings of its body begin at h2.

    Attributes:
        lang: the language tag.
        title: the title as plain text.
    """

    lang: str
    title: str
    chapter: Chapter


class BookPicture(Struct, frozen=True):
    """A picture in a book.

    Attributes:
        id: its anchor.
        file: the file of the picture.
        columns: the headings of the table of what it shows.
        rows: the rows of that table.
    """

    id: str
    title: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class BookPicturesView(View, frozen=True):
    """The pictures of a book, each with a table of what it shows.

    Attributes:
        lang: the language tag.
        id: its anchor.
    """

    lang: str
    id: str
    pictures: tuple[BookPicture, ...]


class BookReference(Struct, frozen=True):
    """A work that a book cites.

    Attributes:
        entry: the work.
        places: links to the chapters that cite it.
        also: how texts in the second language cite it, if one would not find it in the list by that.
    """

    entry: ReferenceEntry
    places: tuple[Anchor, ...]
    also: Phrase


class BookReferencesView(View, frozen=True):
    """The works that a book cites.

    Attributes:
        lang: the language tag.
    """

    lang: str
    references: tuple[BookReference, ...]


class BookIndexed(Struct, frozen=True):
    """A record in the index.

    Attributes:
        link: the link to it.
        places: links to the chapters whose texts name it; only where the entry is its title.
    """

    link: Anchor
    places: tuple[Anchor, ...] = ()


class BookName(Struct, frozen=True):
    """A name or term in the index, with the records that have it."""

    name: Phrase
    records: tuple[BookIndexed, ...]


class BookLetter(Struct, frozen=True):
    """A letter of the index with its names."""

    id: str
    letter: str
    names: tuple[BookName, ...]


class BookNamesView(View, frozen=True):
    """The index of names and terms of a book.

    Attributes:
        lang: the language tag.
        id: its anchor.
    """

    lang: str
    id: str
    letters: tuple[BookLetter, ...]


class BookContentsView(View, frozen=True):
    """The contents of a book, by part, letter and record.

    Attributes:
        lang: the language tag.
        first: the link to the beginning of the text.
    """

    lang: str
    parts: tuple[BookPart, ...]
    first: str


class BookItem(Struct, frozen=True):
    """A file in the list of the files of a book.

    Attributes:
        id: its id in the list.
        file: its name.
        kind: its media type.
        properties: its properties, such as `nav`.
        in_order: whether it is in the reading order.
    """

    id: str
    file: str
    kind: str
    properties: str = ""
    in_order: bool = False


class BookLanguage(Struct, frozen=True):
    """The second language of a book in two languages.

    Attributes:
        lang: its tag.
        author: the author in it; "" if that is the same as in the first.
        page: how a page is referred to, with `#` for its number.
    """

    lang: str
    author: str
    description: str
    page: str


class BookPackageView(View, frozen=True):
    """The description of a book: metadata, files and reading order.

    Attributes:
        lang: the tag of its language, or of the first of two.
        second: the second language, if it has two.
        identifier: its identifier, the address of the same pages on the site.
        rights: the licence; "" for none.
        date: the date of the content.
        modified: the date of the content as a moment.
        has_pictures: whether it has pictures besides its cover.
        has_formulas: whether it has formulas as MathML.
    """

    lang: str
    second: BookLanguage | None
    identifier: str
    title: str
    author: str
    description: str
    rights: str
    date: str
    modified: str
    has_pictures: bool
    has_formulas: bool
    items: tuple[BookItem, ...]


class BookPagesView(View, frozen=True):
    """What the pages of a book as PDF show besides its text.

    Attributes:
        lang: the tag of its language, or of the first of two.
        second: the second language, if it has two.
        date: the date of the content: year, month and day.
        page: how a page is referred to, with `#` for its number.
    """

    lang: str
    second: BookLanguage | None
    title: str
    author: str
    description: str
    date: Mapping[str, int]
    page: str

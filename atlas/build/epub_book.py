"""Makes a book as an EPUB file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import splitext
from urllib.parse import quote

from atlas.build.book_maker import CONTENTS, COVER, STYLE, BookMaker
from atlas.pages.book.epub import PACKAGE, pack
from atlas.pages.book.views import BookItem, BookPackageView
from atlas.pages.book.xhtml import MEDIA_TYPES

_PAGE = "application/xhtml+xml"


def make_epub(maker: BookMaker) -> bytes:
    """Return a book as an EPUB file.

    Raises:
        Fault: if a template has a mistake.
    """
    texts, uploads = maker.texts(_link)
    package = _package(maker, uploads)
    files = {
        PACKAGE: maker.render("book/package.xml", package).encode(),
        STYLE: maker.render("book/style.txt", package).encode(),
    }
    pages = {f"{file}.xhtml": text.encode() for file, text in texts.items()}
    return pack({**files, **pages, **maker.drawings, **uploads})


def _link(file: str, place: str, id: str) -> str:
    """Return the link from a file of the book to an id of another; to the beginning of the file of a record."""
    if place == id and place != file:
        return f"{place}.xhtml"
    return f"#{quote(id)}" if place == file else f"{place}.xhtml#{quote(id)}"


def _package(maker: BookMaker, uploads: Iterable[str]) -> BookPackageView:
    site, label = maker.site.atlas.site, maker.site.label
    year, month, day = maker.day
    return BookPackageView(
        lang=maker.site.language.tag,
        second=maker.second_language,
        identifier=maker.made.url,
        title=maker.made.title,
        author=label(site.author),
        description=label(site.description),
        rights=label(site.licence.label) if site.licence else "",
        date=str(site.as_of),
        modified=f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z",
        has_pictures=maker.has_pictures or bool(uploads),
        has_formulas=any(page.has_formulas for page in maker.pages.values()),
        items=tuple(_items(maker, uploads)),
    )


def _items(maker: BookMaker, uploads: Iterable[str]) -> Iterator[BookItem]:
    """Yield the files of the book; the contents follow the title page in the reading order."""
    for file, page in maker.pages.items():
        words = ["nav" if file == CONTENTS else "", "mathml" if page.has_formulas else ""]
        yield BookItem(f"p{file}", f"{file}.xhtml", _PAGE, " ".join(filter(None, words)), in_order=True)
    yield BookItem("style", STYLE, "text/css")
    for file in maker.drawings:
        properties = "cover-image" if file == COVER else ""
        yield BookItem(f"d{splitext(file)[0]}", file, MEDIA_TYPES[".svg"], properties)
    for number, file in enumerate(uploads, 1):
        yield BookItem(f"f{number}", quote(file), MEDIA_TYPES[splitext(file)[1].lower()])

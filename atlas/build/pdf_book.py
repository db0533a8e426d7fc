"""Makes a book as a PDF file: the document that is set, with its pictures."""

from __future__ import annotations

from pathlib import Path
from posixpath import splitext
from typing import Final
from urllib.parse import quote

import msgspec

from atlas.build.book_maker import BookMaker, Fault
from atlas.build.kept_books import KeptBooks
from atlas.build.typesetting import MAIN, TEMPLATE, typeset
from atlas.content.image_sizes import size_of
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.pages.book.sheets import SetPicture, Sheet, adapted, joined
from atlas.pages.book.views import BookPagesView

_PIXELS: Final = 50_000_000


def make_pdf(maker: BookMaker, root: Path, name: str, kept: KeptBooks) -> bytes:
    """Return a book as a PDF file, the same for the same inputs, fonts and version of Typst.

    Args:
        maker: its drawn pages.
        root: the folder of the atlas, whose `templates/fonts/` are used before the fonts of the system.
        name: the name of the file.
        kept: the files that are there; one that would be the same is not made again.

    Raises:
        Fault: if a font or a picture cannot be used, or a template has a mistake.
    """
    texts, uploads = maker.texts(lambda file, place, id: f"#{id}")
    drawn = {file: adapted(data.decode()) for file, data in maker.drawings.items()}
    pictures = {file: picture.svg.encode() for file, picture in drawn.items()} | uploads
    names = {file: f"p{number}{splitext(file)[1].lower()}" for number, file in enumerate(pictures, 1)}
    placed = {
        quote(file): SetPicture(
            names[file], *_checked_size(file, data), texts=drawn[file].texts if file in drawn else ()
        )
        for file, data in pictures.items()
    }
    files = {
        **{names[file]: data for file, data in pictures.items()},
        "book.xml": joined([Sheet(file, text) for file, text in texts.items()], placed),
        "view.json": msgspec.json.encode(_view(maker)),
        MAIN: maker.plan.templates.texts[TEMPLATE].encode(),
    }
    fonts = root / "templates/fonts"
    key = kept.key(files, fonts)
    same = kept.find(name, key)
    if same is not None:
        return same
    made = typeset(files, fonts, {name: file for file, name in names.items()})
    if isinstance(made, Problem):
        raise Fault(made)
    kept.remember(name, key, made)
    return made


def _checked_size(file: str, data: bytes) -> tuple[int, int]:
    """Return the width and the height of a picture."""
    width, height = size_of(file, data)
    if width * height > _PIXELS and not file.endswith(".svg"):
        message = f"this picture has {width} × {height} pixels, too many for a book as PDF"
        hint = f"make it smaller than {_PIXELS // 1_000_000} million pixels"
        raise Fault(Problem(Span(f"content/{file}"), Rule.BAD_PICTURE, message, hint))
    return width, height


def _view(maker: BookMaker) -> BookPagesView:
    site, label = maker.site.atlas.site, maker.site.label
    year, month, day = maker.day
    return BookPagesView(
        lang=maker.site.language.tag,
        second=maker.second_language,
        title=maker.made.title,
        author=label(site.author),
        description=label(site.description),
        date={"year": year, "month": month, "day": day},
        page=maker.site.words.t("book-page", page="#"),
    )

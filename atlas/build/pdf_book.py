"""Makes a book as a PDF file: Typst, an optional package, sets its pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from posixpath import splitext
from typing import Any, Final
from urllib.parse import quote

import msgspec

from atlas.build.book_maker import BookMaker, Fault
from atlas.content.image_sizes import size_of
from atlas.core.output import temporary_folder, write_files
from atlas.core.problems import NOWHERE, Problem, Span
from atlas.core.rules import Rule
from atlas.pages.book.sheets import SetPicture, Sheet, adapted, joined
from atlas.pages.book.views import BookPagesView

_TEMPLATE: Final = "book/pages.typ"
_MAIN: Final = "pages.typ"
_STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, with languages, titles and text alternatives. Typst refuses to write a file that breaks it."""
_COMPLEX: Final = "text with missing codepoints"
"""What Typst says of scripts such as Arabic, which it cannot write as PDF/UA-1 asks: the file is tagged without it."""
_PIXELS: Final = 50_000_000
_NO_FONT: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE: Final = re.compile(rf"{re.escape(_MAIN)}:(\d+):(\d+)")
_BAD_PICTURE: Final = ("failed to decode image", "failed to parse SVG", "failed to load", "unknown image format")


def missing_package() -> str:
    """Return what to install before a book can be made as PDF; "" if nothing."""
    if find_spec("typst"):
        return ""
    return (
        '--format pdf needs the package typst, which is not installed: pip install "atlas[book]", or pip install typst'
    )


def make_pdf(maker: BookMaker, root: Path) -> bytes:
    """Return a book as a PDF file, the same for the same inputs, fonts and version of Typst.

    Args:
        maker: its drawn pages.
        root: the folder of the atlas, whose `templates/fonts/` are used before the fonts of the system.

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
        _MAIN: maker.plan.templates.texts[_TEMPLATE].encode(),
    }
    return _typeset(files, root / "templates/fonts", {name: file for file, name in names.items()})


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
    year, month, day = site.as_of.earliest or (1970, 1, 1)
    return BookPagesView(
        lang=maker.site.language.tag,
        title=maker.made.title,
        author=label(site.author),
        description=label(site.description),
        date={"year": year, "month": month, "day": day},
        page=maker.site.words.t("book-page", page="#"),
    )


def _typeset(files: Mapping[str, bytes], fonts: Path, pictures: Mapping[str, str]) -> bytes:
    """Set some files.

    Args:
        files: the bytes by name.
        fonts: the folder of the fonts of the atlas.
        pictures: the paths of the pictures in the atlas by the names of their files.
    """
    typst = import_module("typst")
    with temporary_folder(files) as folder:
        try:
            try:
                return _compiled(typst, folder / _MAIN, fonts, [_STANDARD])
            except typst.TypstError as error:
                if _COMPLEX not in error.message:
                    raise
                return _compiled(typst, folder / _MAIN, fonts, [])
        except typst.TypstError as error:
            raise Fault(_fault(typst, error, folder, pictures)) from error


def _compiled(typst: Any, path: Path, fonts: Path, standards: list[str]) -> bytes:
    own = [str(fonts)] if fonts.is_dir() else []
    root = str(path.parent)
    made: bytes = typst.compile(str(path), root=root, font_paths=own, pdf_standards=standards, timestamp=0)
    return made


def _fault(typst: Any, error: Any, folder: Path, pictures: Mapping[str, str]) -> Problem:
    """Return what is wrong, and a remedy."""
    sign = _NO_FONT.search(error.message)
    if sign:
        message = f"no font has the character {sign[1]} of a book"
        hint = "install one that has it (for Chinese fonts-noto-cjk of Debian), or put it into templates/fonts/"
        return Problem(NOWHERE, Rule.MISSING_CHARACTER, message, hint)
    if error.message.startswith(_BAD_PICTURE):
        for name, file in pictures.items():
            if not _is_readable(typst, folder, name):
                message = f"this picture cannot be read: {error.message}"
                return Problem(Span(f"content/{file}"), Rule.BAD_PICTURE, message, "save it again, as PNG or JPEG")
    place = _PLACE.search(error.diagnostic)
    line, column = (int(place[1]), int(place[2]) + 1) if place else (1, 1)
    hint = "; ".join(error.hints) or "correct the template"
    return Problem(Span(f"templates/{_TEMPLATE}", line, column), Rule.TEMPLATE_ERROR, error.message, hint)


def _is_readable(typst: Any, folder: Path, name: str) -> bool:
    """Return whether a picture can be set: alone in a document."""
    document = folder / f"{name}.typ"
    write_files({document: f'#image("/{name}")'.encode()})
    try:
        typst.compile(str(document), root=str(folder))
    except typst.TypstError:
        return False
    return True

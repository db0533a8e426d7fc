"""Sets a book as a PDF file with Typst, an optional package, in a process of its own.

Typst keeps what it has computed as long as its process runs: more than a gigabyte for each book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_DFL, SIGINT, signal
from typing import Any, Final

from atlas.core.output import temporary_folder, write_files
from atlas.core.problems import NOWHERE, Problem, Span
from atlas.core.rules import Rule

TEMPLATE: Final = "book/pages.typ"
"""The template that says how a page looks."""
MAIN: Final = "pages.typ"
"""The name of the document that is set."""
_STANDARD: Final = "ua-1"
"""PDF/UA-1: tagged, with languages, titles and text alternatives. Typst refuses to write a file that breaks it."""
_COMPLEX: Final = "text with missing codepoints"
"""What Typst says of scripts such as Arabic, which it cannot write as PDF/UA-1 asks: the file is tagged without it."""
_NO_FONT: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_PLACE: Final = re.compile(rf"{re.escape(MAIN)}:(\d+):(\d+)")
_BAD_PICTURE: Final = ("failed to decode image", "failed to parse SVG", "failed to load", "unknown image format")


def missing_package() -> str:
    """Return what to install before a book can be made as PDF; "" if nothing."""
    if find_spec("typst"):
        return ""
    return (
        '--format pdf needs the package typst, which is not installed: pip install "atlas[book]", or pip install typst'
    )


def typeset(files: Mapping[str, bytes], fonts: Path, pictures: Mapping[str, str]) -> bytes | Problem:
    """Return a document as a PDF file, or what is wrong: a font, a picture, the template or too little memory.

    Args:
        files: the bytes by name.
        fonts: the folder of the fonts of the atlas.
        pictures: the paths of the pictures in the atlas by the names of their files.
    """
    with temporary_folder(files) as folder, _own_process() as process:
        try:
            return process.submit(_set, folder, fonts.absolute(), pictures).result()
        except BrokenProcessPool:
            message = "the process that sets a book was ended from outside, perhaps for lack of memory"
            hint = "end other programs, or make a book of fewer records"
            return Problem(NOWHERE, Rule.NOT_TYPESET, message, hint)


def _own_process() -> ProcessPoolExecutor:
    """Return a new process; Ctrl-C ends it at once, not only when Typst returns to Python."""
    context = get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=signal, initargs=(SIGINT, SIG_DFL))


def _set(folder: Path, fonts: Path, pictures: Mapping[str, str]) -> bytes | Problem:
    typst = import_module("typst")
    try:
        try:
            return _compiled(typst, folder / MAIN, fonts, [_STANDARD])
        except typst.TypstError as error:
            if _COMPLEX not in error.message:
                raise
            return _compiled(typst, folder / MAIN, fonts, [])
    except typst.TypstError as error:
        return _fault(typst, error, folder, pictures)


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
    return Problem(Span(f"templates/{TEMPLATE}", line, column), Rule.TEMPLATE_ERROR, error.message, hint)


def _is_readable(typst: Any, folder: Path, name: str) -> bool:
    """Return whether a picture can be set: alone in a document."""
    document = folder / f"{name}.typ"
    write_files({document: f'#image("/{name}")'.encode()})
    try:
        typst.compile(str(document), root=str(folder))
    except typst.TypstError:
        return False
    return True

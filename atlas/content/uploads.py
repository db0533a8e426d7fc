"""Checks the files of content/files/ by their content: pictures, sound, video, documents and data.

A file is published at an address of the atlas. A file that runs in a browser or on the server would
run as a part of the atlas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from atlas.core.characters import refusal
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.unsafe_text import dangerous_part

_MAGIC: Final[Mapping[str, str]] = {
    "png": r"\x89PNG\r\n\x1a\n",
    "jpg jpeg": r"\xff\xd8\xff",
    "gif": r"GIF8[79]a",
    "webp": r"RIFF.{4}WEBP",
    "avif": r".{4}ftyp(?:avif|avis|mif1)",
    "pdf": r"%PDF-\d",
    "mp3": r"ID3|\xff[\xe2-\xff]",
    "ogg oga ogv opus": r"OggS",
    "wav": r"RIFF.{4}WAVE",
    "flac": r"fLaC",
    "mp4 m4a m4v": r".{4}ftyp",
    "webm": r"\x1aE\xdf\xa3",
    "docx xlsx pptx odt ods odp epub zip": r"PK\x03\x04",
}
_TEXTS: Final = frozenset({"txt", "csv", "tsv", "json", "geojson", "bib", "ris", "srt", "vtt"})
_STARTS: Final = {
    suffix: re.compile(magic.encode("latin-1"), re.DOTALL)
    for suffixes, magic in _MAGIC.items()
    for suffix in suffixes.split()
}
TYPES: Final = (*sorted({*_STARTS, *_TEXTS, "svg"}),)
"""The file extensions that are allowed."""

_SHOWN: Final = {
    "picture": "avif gif jpeg jpg png svg webp",
    "audio": "flac m4a mp3 oga ogg opus wav",
    "video": "m4v mp4 ogv webm",
}
_KINDS: Final = {suffix: kind for kind, suffixes in _SHOWN.items() for suffix in suffixes.split()}


def kind_of(path: str) -> str:
    """Return how a page shows a file: as `picture`, `audio` or `video`; "" if it is only a download."""
    return _KINDS.get(path.rpartition(".")[2].lower(), "")


_SERVED: Final = re.compile(
    r"\.(?:php\d?|phtml|phar|cgi|pl|py|rb|sh|asp|aspx|jsp|shtml|html?|xhtml|js|mjs|xml)(?=\.)", re.I
)
"""An extension within a name for which some servers run the file."""
_CUTTING: Final = re.compile(r"[#%?\\]")
"""Signs that end an address or mean something else in it: RFC 3986, 2.1 and 3; browsers read a backslash as a slash."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP: Final = re.compile(r"\ufeff?\s*<|\#!|.{0,1000}<\?php", re.DOTALL)
_TAKE_OUT: Final = "remove it, save the drawing as plain SVG, or publish it as PNG"


def check_upload(path: str, data: bytes) -> Problem | None:
    """Return what is wrong with a file of content/files/, or None.

    Args:
        path: its path within that folder.
        data: its bytes.
    """
    span = Span(f"content/files/{path}")
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix not in TYPES:
        what = f'a file whose name ends in ".{suffix}"' if suffix else "a file whose name has no ending"
        hint = f"publish it as one of: {', '.join(TYPES)}; or put it into a zip"
        return Problem(span, Rule.BAD_UPLOAD, f"{what} cannot be published here", hint)
    if served := _SERVED.search(name):
        hint = f'rename the file, without "{served[0]}"'
        return Problem(span, Rule.BAD_UPLOAD, "some servers would run a file of this name", hint)
    if cutting := _CUTTING.search(path):
        message = f'the sign "{cutting[0]}" in its name would cut or change the address of this file'
        return Problem(span, Rule.BAD_UPLOAD, message, f'rename the file, without "{cutting[0]}"')
    if suffix == "svg":
        return _check_svg(span, data)
    if suffix in _TEXTS:
        return _check_text(span, suffix, data)
    if _STARTS[suffix].match(data):
        return None
    hint = "export it again from the program that made it, under the name that fits its type"
    return Problem(span, Rule.BAD_UPLOAD, f'the name ends in ".{suffix}", but the file holds something else', hint)


def _check_text(span: Span, suffix: str, data: bytes) -> Problem | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        hint = "save the file with the encoding UTF-8"
        return Problem(span, Rule.BAD_UPLOAD, f'the name ends in ".{suffix}", but the file is not UTF-8 text', hint)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = refusal(found[0])
        return Problem(Span(span.path, line, 1), Rule.BAD_UPLOAD, message, "remove it, or publish the file as a zip")
    if _MARKUP.match(text) or dangerous_part(text[:2000]):
        hint = "browsers and servers could run it: put the file into a zip"
        return Problem(
            span, Rule.BAD_UPLOAD, f'the name ends in ".{suffix}", but the file holds HTML or a script', hint
        )
    return None


# SVG

_SVG: Final = "http://www.w3.org/2000/svg"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_DRAWN: Final = (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata a "
    "linearGradient radialGradient stop clipPath mask pattern marker image style switch view filter feBlend "
    "feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feDistantLight feTile feTurbulence"
)
"""The SVG elements that are allowed: none of them runs script, animates or loads something from elsewhere."""
_PIXELS: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_OUTSIDE: Final = re.compile(r"url\(\s*[\"']?\s*(?!#)|@import|expression\s*\(|(?:java|vb)script\s*:|\\", re.I)


class _NotPlain(Exception):
    """Raised for something in an SVG file that is more than a drawing."""


class _Drawing:
    """A checker of an SVG file; it raises _NotPlain and ExpatError."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.open: list[str] = []
        self.style: list[str] = []

    def declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":
            raise _NotPlain(f"the encoding {encoding}")

    def doctype(self, *parts: object) -> None:
        raise _NotPlain("a document type (<!DOCTYPE …>)")

    def instruction(self, target: str, data: str) -> None:
        raise _NotPlain(f"the instruction <?{target} …?>")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _, own = name.rpartition(" ")
        if not self.open and (space, own) != (_SVG, "svg"):
            raise _NotPlain(f"<{own}> in the place of <svg xmlns=…>")
        if space == _XHTML or (space in (_SVG, "") and own not in _DRAWN.split()):
            raise _NotPlain(f"the element <{own}>")
        self.open.append(own)
        for key, value in attributes.items():
            self.attribute(own, key.rpartition(" ")[2], value)

    def attribute(self, element: str, name: str, value: str) -> None:
        if name.lower().startswith("on") or name in ("base", "srcdoc"):
            raise _NotPlain(f'the attribute "{name}"')
        inside = value.startswith("#") or (element == "image" and _PIXELS.fullmatch(value))
        if name in ("href", "src") and value and not inside:
            raise _NotPlain(f'an address outside of it, "{value[:40]}"')
        if found := _OUTSIDE.search(value):
            raise _NotPlain(f'"{found[0]}" in the attribute "{name}"')

    def characters(self, text: str) -> None:
        if "style" in self.open:
            self.style.append(text)

    def end(self, name: str) -> None:
        self.open.pop()
        if self.style and "style" not in self.open:
            found = _OUTSIDE.search("".join(self.style))
            self.style.clear()
            if found:
                raise _NotPlain(f'"{found[0]}" in a style')


def _check_svg(span: Span, data: bytes) -> Problem | None:
    drawing = _Drawing()
    try:
        drawing.parser.Parse(data, True)
    except _NotPlain as error:
        place = Span(span.path, drawing.parser.CurrentLineNumber, drawing.parser.CurrentColumnNumber + 1)
        return Problem(place, Rule.BAD_UPLOAD, f"this drawing holds {error}", _TAKE_OUT)
    except expat.ExpatError as error:
        place = Span(span.path, error.lineno, error.offset + 1)
        message = f"this is not well-formed SVG: {expat.ErrorString(error.code)}"
        return Problem(place, Rule.BAD_UPLOAD, message, "export the drawing again as plain SVG, or as PNG")
    return None

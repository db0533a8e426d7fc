"""The pictures, recordings and downloads of an atlas, each with its description."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from atlas.content.model import Label
from atlas.core.problems import NOWHERE, Span


class File(Struct, frozen=True):
    """A picture or download, with its description.

    Attributes:
        path: its path in content/files.
        size: in bytes.
        data: its bytes.
        alt: the alternative text.
        credit: the author to name.
        licence: its licence.
        caption: the caption.
        source: where it is from.
        source_span: the place of `source` in its description.
        width, height: of a picture, in pixels; 0 where its file does not say.
        transcript: the file with what is said in a recording; "" for none.
        captions: the captions of a video by language.
    """

    path: str
    size: int
    data: bytes
    alt: Label
    credit: str
    licence: str
    caption: Label
    source: str
    source_span: Span = NOWHERE
    width: int = 0
    height: int = 0
    transcript: str = ""
    captions: Mapping[str, str] = {}

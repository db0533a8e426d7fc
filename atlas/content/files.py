"""The pictures, recordings and downloads of an atlas, each with its description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from atlas.content.model import Label
from atlas.core.problems import NOWHERE, Span

VARIED: Final = frozenset({"jpeg", "jpg", "png", "webp"})
"""The suffixes of pictures of which smaller copies can be made."""

WEBP: Final = "webp"


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
        variants: the widths of the smaller copies that a build makes of a picture.
        made: the date written in a book that `book` made.
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
    variants: tuple[int, ...] = ()
    made: str = ""

    @property
    def suffix(self) -> str:
        """Return what its name ends with, in small letters."""
        return self.path.rpartition(".")[2].lower()

    @property
    def variant_paths(self) -> tuple[str, ...]:
        """Return the paths of its smaller copies in the output folder, in the order of their widths."""
        return tuple(f"variants/{self.path}.{width}.webp" for width in self.variants)

"""What each page is made from, as digests: two pages of one seal are one page.

A view holds exactly what its page shows, so that its canonical bytes are the list of everything the
page depends on. Nothing is traced: a mistake here costs a needless rendering, never a stale page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from zlib import crc32

import msgspec
from msgspec import Struct

from atlas.pages.plans import Page, Sketch
from atlas.pages.templates import Facts, closure
from atlas.pages.views.parts import Frame
from atlas.sources import sealed


class Seal(Struct, frozen=True, array_like=True):
    """What a page is made from: the engine with its libraries, its templates, its frame, its words, and its view.

    parts: CRC-32 of the fields of the view in their order, four bytes each, only to tell which of them changed.
    """

    template: str
    engine: bytes
    templates: bytes
    frame: bytes
    words: bytes
    view: bytes
    parts: bytes


class Reason(Struct, frozen=True, array_like=True):
    """Why a page is rendered or kept. names: the templates, or the fields of the view, that changed."""

    kind: Literal["kept", "new", "forced", "engine", "template", "frame", "words", "view", "output"]
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = ", ".join(self.names)
        return {
            "kept": "nothing that it shows has changed",
            "new": "no build that is remembered has made it",
            "forced": "--force renders every page",
            "engine": "the engine or one of its libraries changed",
            "template": f"a template changed: {names}",
            "frame": "what all pages of its language share changed",
            "words": "the words of the interface in its language changed",
            "view": f"the view changed: {names}",
            "output": "its file in the output folder was changed or is gone",
        }[self.kind]


KEPT = Reason("kept")


class Sealer:
    """Seals pages. engine: its digest; words: the catalogues by language, as text."""

    def __init__(
        self, frames: Mapping[str, Frame], engine: str, facts: Mapping[str, Facts], words: Mapping[str, str]
    ) -> None:
        self.facts = facts
        self.engine = sealed(engine.encode())
        self.frames = {id: sealed(_encode(frame)) for id, frame in frames.items()}
        self.words = {id: sealed(text.encode()) for id, text in words.items()}
        self.templates: dict[str, bytes] = {}

    def seal(self, page: Page) -> Seal:
        """The seal of a page."""
        fields = [_encode(getattr(page.view, name)) for name in page.view.__struct_fields__]
        parts = b"".join(crc32(field).to_bytes(4, "little") for field in fields)
        return Seal(page.template, *self._common(page), sealed(b"".join(fields)), parts)

    def holds(self, seal: Seal, sketch: Sketch) -> bool:
        """Whether a page that shows the same as when it was sealed is of this seal still."""
        common = (seal.engine, seal.templates, seal.frame, seal.words)
        return seal.template == sketch.template and common == self._common(sketch)

    def _common(self, page: Page | Sketch) -> tuple[bytes, bytes, bytes, bytes]:
        """What a page is made from besides its view."""
        return self.engine, self._of_templates(page.template), self.frames[page.language], self.words[page.language]

    def _of_templates(self, name: str) -> bytes:
        if name not in self.templates:
            lines = (f"{each} {self.facts[each].digest}\n" for each in closure(name, self.facts))
            self.templates[name] = sealed("".join(lines).encode())
        return self.templates[name]


_ENCODER = msgspec.msgpack.Encoder()
_encode = _ENCODER.encode


def why(page: Page, old: Seal | None, new: Seal, changed: frozenset[str], facts: Mapping[str, Facts]) -> Reason:
    """Why a page whose file stands is rendered again, or kept. changed: the names of templates that changed."""
    if old is None or old.template != new.template:
        return Reason("new")
    if old.engine != new.engine:
        return Reason("engine")
    if old.templates != new.templates:
        return Reason("template", tuple(sorted(changed & set(closure(new.template, facts)))))
    if old.frame != new.frame:
        return Reason("frame")
    if old.words != new.words:
        return Reason("words")
    if old.view == new.view:
        return KEPT
    names = page.view.__struct_fields__
    pairs = zip(names, _fours(old.parts), _fours(new.parts), strict=False)
    return Reason("view", tuple(name for name, before, after in pairs if before != after))


def _fours(parts: bytes) -> list[bytes]:
    return [parts[start : start + 4] for start in range(0, len(parts), 4)]

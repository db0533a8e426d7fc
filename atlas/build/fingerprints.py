"""Computes fingerprints of pages: digests of everything that a page is rendered from.

A view holds exactly what its page shows, so its encoded bytes cover all the content that the page depends on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from zlib import crc32

import msgspec
from msgspec import Struct

from atlas.core.digests import short_digest
from atlas.pages.plan import Page, PageSpec
from atlas.pages.rendering.templates import Facts, closure
from atlas.pages.view_parts import Frame


class Fingerprint(Struct, frozen=True, array_like=True):
    """The digests of everything that a page is rendered from.

    Attributes:
        template: the name of its template.
        engine: the digest of the engine and its libraries.
        templates: the digest of the template and all that it uses.
        frame: the digest of its frame.
        words: the digest of the interface words.
        view: the digest of its view.
        parts: the CRC-32 of each field of the view in order, four bytes each, to find which of them changed.
    """

    template: str
    engine: bytes
    templates: bytes
    frame: bytes
    words: bytes
    view: bytes
    parts: bytes


class RebuildReason(Struct, frozen=True, array_like=True):
    """The reason why a page is rendered or kept.

    Attributes:
        names: the templates, or the fields of the view, that changed.
    """

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


KEPT = RebuildReason("kept")


class Fingerprinter:
    """Computes the fingerprints of pages.

    Args:
        frames: the frame of each language.
        engine: the digest of the engine.
        facts: the analysis of each template.
        words: the text of the message catalog of each language.
    """

    def __init__(
        self, frames: Mapping[str, Frame], engine: str, facts: Mapping[str, Facts], words: Mapping[str, str]
    ) -> None:
        self.facts = facts
        self.engine = short_digest(engine.encode())
        self.frames = {id: short_digest(_encode(frame)) for id, frame in frames.items()}
        self.words = {id: short_digest(text.encode()) for id, text in words.items()}
        self.templates: dict[str, bytes] = {}

    def fingerprint(self, page: Page) -> Fingerprint:
        """Return the fingerprint of a page."""
        fields = [_encode(getattr(page.view, name)) for name in page.view.__struct_fields__]
        parts = b"".join(crc32(field).to_bytes(4, "little") for field in fields)
        return Fingerprint(page.template, *self._common(page), short_digest(b"".join(fields)), parts)

    def holds(self, fingerprint: Fingerprint, spec: PageSpec) -> bool:
        """Return whether a fingerprint still applies to a page, provided that its view is the same."""
        common = (fingerprint.engine, fingerprint.templates, fingerprint.frame, fingerprint.words)
        return fingerprint.template == spec.template and common == self._common(spec)

    def has_words(self, fingerprint: Fingerprint, language: str) -> bool:
        """Return whether a page was made with the present engine and interface words."""
        return (fingerprint.engine, fingerprint.words) == (self.engine, self.words[language])

    def _common(self, page: Page | PageSpec) -> tuple[bytes, bytes, bytes, bytes]:
        """Return the digests of a page besides that of its view."""
        return self.engine, self._of_templates(page.template), self.frames[page.language], self.words[page.language]

    def _of_templates(self, name: str) -> bytes:
        if name not in self.templates:
            lines = (f"{each} {self.facts[each].digest}\n" for each in closure(name, self.facts))
            self.templates[name] = short_digest("".join(lines).encode())
        return self.templates[name]


_ENCODER = msgspec.msgpack.Encoder()
_encode = _ENCODER.encode


def rebuild_reason(
    page: Page, old: Fingerprint | None, new: Fingerprint, changed: frozenset[str], facts: Mapping[str, Facts]
) -> RebuildReason:
    """Return why a page whose file is present is rendered again, or kept.

    Args:
        page: the page.
        old: its fingerprint in the last build.
        new: its fingerprint now.
        changed: the names of the templates that changed.
        facts: the analysis of each template.
    """
    if old is None or old.template != new.template:
        return RebuildReason("new")
    if old.engine != new.engine:
        return RebuildReason("engine")
    if old.templates != new.templates:
        return RebuildReason("template", tuple(sorted(changed & set(closure(new.template, facts)))))
    if old.frame != new.frame:
        return RebuildReason("frame")
    if old.words != new.words:
        return RebuildReason("words")
    if old.view == new.view:
        return KEPT
    names = page.view.__struct_fields__
    pairs = zip(names, _checksums(old.parts), _checksums(new.parts), strict=False)
    return RebuildReason("view", tuple(name for name, before, after in pairs if before != after))


def _checksums(parts: bytes) -> list[bytes]:
    return [parts[start : start + 4] for start in range(0, len(parts), 4)]

"""Decides by digest which translations are up to date with their originals.

A translation stores the digest of each original text that it translates. When the original changes, only
the translations of the changed texts are behind; a body is compared section by section.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping

from msgspec import Struct

from atlas.content.model import Record, Signature, Text
from atlas.core.digests import digest
from atlas.core.problems import Problem, Span, nearest
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.markdown.passages import Passage
from atlas.markdown.slots import place

_DIGESTS = re.compile(r"(?m)^of:[^\n]*\n(?:(?:[ \t]*\n)*[ \t]+\S[^\n]*\n)*")
"""The digests in a file, with the lines under their key."""


class Part(Struct, frozen=True):
    """A text, or a section of one, in one language.

    Attributes:
        words: its text.
        plain: the text without the attributes that end blocks, as used for digests.
        passage: the passage that it is in.
        offset: where it begins in the passage.
    """

    words: str
    plain: str
    passage: Passage
    offset: int = 0

    @property
    def span(self) -> Span:
        """The place where it begins."""
        return place(self.passage, self.offset)


class TranslationStatus(Struct, frozen=True):
    """The state of the translation of a record into one language, text by text in the order of the original.

    Attributes:
        record: the id of the record.
        language: the language.
        path: the file of the translation, or "".
        missing: the texts that are not translated.
        behind: the texts whose original has changed since, or for which no digest is stored.
        reviewed: the signature of the reviewer, if there is one.
    """

    record: str
    language: str
    path: str
    missing: tuple[str, ...]
    behind: tuple[str, ...]
    reviewed: Signature | None


def parts(record: Record, language: str) -> dict[str, Part]:
    """Return the texts of a record in a language by name; a body by sections, `body/ID`."""
    found: dict[str, Part] = {}
    for name, text in record.texts().items():
        if language in text.versions:
            found |= _sections(text, language) if name == "body" else {name: _whole(text, language)}
    return found


def _whole(text: Text, language: str) -> Part:
    passage = text.versions[language].passage
    return Part(passage.text, passage.text, passage)


def _sections(text: Text, language: str) -> dict[str, Part]:
    """Divide a body at its headings; the text above the first is `body`.

    A record without translations may have been stored without the text of its body: then it has no sections.
    """
    prose = text.versions[language]
    passage = prose.passage
    if not passage.text:
        return {}
    lines = [f"{line}\n" for line in passage.text.split("\n")]
    plain = list(lines)
    for slot in prose.slots:
        if slot.kind == "attributes":
            row = slot.span.line - passage.span.line
            plain[row] = plain[row][: slot.span.column - 1] + "\n"
    starts = [("body", 0)]
    starts += [
        (f"body/{heading.id}", heading.span.line - passage.span.line) for heading in prose.headings if heading.id
    ]
    ends = [start for _, start in starts[1:]] + [len(lines)]
    found: dict[str, Part] = {}
    for (name, start), end in zip(starts, ends, strict=True):
        words = "".join(lines[start:end])
        if words.strip():
            blank = len(words) - len(words.lstrip())
            offset = sum(map(len, lines[:start])) + blank
            found[name] = Part(
                words.removesuffix("\n") if end == len(lines) else words, "".join(plain[start:end]), passage, offset
            )
    return found


def digest_of(plain: str) -> str:
    """Return the digest that a translation stores: eight digits of SHA-256 of the text, with its spaces normalised.

    Args:
        plain: `Part.plain` of the original.
    """
    return digest(unicodedata.normalize("NFC", " ".join(plain.split())).encode())[:8]


def translation_status(record: Record, language: str) -> TranslationStatus:
    """Return the state of a record in a language; in its own it is the original, which lacks nothing."""
    if language == record.original:
        return TranslationStatus(record.id, language, "", (), (), None)
    original, own = parts(record, record.original), parts(record, language)
    file = record.translations.get(language)
    digests = {name: at.value for name, at in file.digests.items()} if file else {}
    translated = [name for name in original if name in own]
    return TranslationStatus(
        record.id,
        language,
        file.path if file else "",
        tuple(name for name in original if name not in own),
        tuple(name for name in translated if digests.get(name) != digest_of(original[name].plain)),
        file.reviewed if file else None,
    )


def translation_statuses(records: Iterable[Record], languages: Iterable[str]) -> Iterator[TranslationStatus]:
    """Yield the state of every record in every language except its own."""
    for language in languages:
        for record in records:
            if record.original != language:
                yield translation_status(record, language)


def check_parity(records: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield a problem for each text that is behind, and for each digest that belongs to no text."""
    for record in records.values():
        original = parts(record, record.original) if record.translations else {}
        for language, file in record.translations.items():
            own = parts(record, language)
            for name in translation_status(record, language).behind:
                yield _behind(record, name, own[name].span, name in file.digests)
            for name, at in file.digests.items():
                if name not in own:
                    message = f'there is no text "{name}" here that a digest could belong to'
                    yield Problem(at.span, Rule.UNKNOWN_TEXT, message, nearest(name, original))


def _behind(record: Record, name: str, span: Span, dated: bool) -> Problem:
    what = "the original has changed since" if dated else "nothing says which original this translates"
    hint = f"see {record.path}, then run {command(f'translations --accept {record.id}')}"
    return Problem(span, Rule.TRANSLATION_BEHIND, f"{name}: {what}", hint)


def with_digests(text: str, record: Record, language: str, is_yaml: bool, names: Container[str] | None = None) -> str:
    """Return the file of a translation with the digests of the present originals.

    Args:
        text: the file as it is.
        record: the record with that translation.
        language: the language of the file.
        is_yaml: whether the file is YAML only; otherwise it is front matter and a body.
        names: the texts whose digests are replaced; the others are kept. All by default.
    """
    original, own = parts(record, record.original), parts(record, language)
    file = record.translations.get(language)
    digests = {name: at.value for name, at in file.digests.items()} if file and names is not None else {}
    digests |= {name: digest_of(original[name].plain) for name in original if names is None or name in names}
    rows = [f"  {name}: {digests[name]}\n" for name in original if name in own and name in digests]
    block = "of:\n" + "".join(rows) if rows else ""
    if is_yaml:
        return _DIGESTS.sub("", text.rstrip("\n") + "\n", count=1).rstrip("\n") + "\n" + block
    head, line, body = text.partition("\n---")
    return _DIGESTS.sub("", head + "\n", count=1) + block.rstrip("\n") + line + body

"""Parses BibTeX text into entries with fields, and finds syntax errors that bibtexparser accepts.

bibtexparser splits the file into blocks. This module finds what it accepts without a warning: a missing
comma between fields, an undefined @string, `#` between values, an empty key, text that an early `}`
left outside its entry.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable
from functools import partial

from bibtexparser.entrypoint import parse_string
from bibtexparser.exceptions import BlockAbortedException
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Parsed
from msgspec import Struct, field
from msgspec.structs import replace

from atlas.bibliography.parsing.bibtex_comments import without_comments
from atlas.bibliography.parsing.entries import ENTRY_KEY, BibEntry, SourcePositions, pieces_of, unclosed_field
from atlas.bibliography.parsing.latex import is_too_deep
from atlas.core.limits import FIELD_CHARACTERS, LATEX_DEPTH, SAME_ERRORS
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # its warnings become Problems here

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: str(number) for number, name in enumerate(_MONTHS, 1)}
"""The month names that every BibTeX style defines, and their numbers as in BibLaTeX."""

_PART = re.compile(r"\n(?=@)")
_COMMENTARY = re.compile(r"@commentary(?=\s*[{(])", re.IGNORECASE)
_AS_SPLIT = "@kommentary"
"""The replacement of BibLaTeX's @commentary, since bibtexparser treats all that begins with @comment as one."""


def read_entries(
    text: str, path: str, memo: Memo = NO_MEMO
) -> tuple[tuple[BibEntry, ...], SourcePositions, tuple[Problem, ...]]:
    """Return the entries of a BibTeX file, in its order, and the syntax errors.

    Of entries with one key the first counts. An entry that cannot be parsed is returned with only its key.

    Args:
        text: the text of the file.
        path: its path, for messages.
        memo: the results of the last reading in the same process.
    """
    text = _COMMENTARY.sub(_AS_SPLIT, without_comments(text))
    reading = _EntryParser(SourcePositions(path, text), memo)
    blocks = _blocks(text, memo) if memo.keeps else _parsed(text)
    for block in blocks:
        inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(inner, String):
            reading.add_string(inner)
    before: Block | None = None
    for block in blocks:
        reading.add(block, before)
        before = block
    return tuple(reading.entries.values()), reading.places, tuple(reading.problems)


def _parsed(text: str) -> list[Block]:
    return parse_string(text, parse_stack=[]).blocks


def _blocks(text: str, memo: Memo) -> list[Block]:
    """Return the blocks of a file; of its parts, which begin with `@` in a line, only those that changed are parsed.

    If a part cannot be parsed by itself, as where a value has such a line or a part belongs to no entry, the whole file
    is parsed.
    """
    found: list[Block] = []
    seen: Counter[str] = Counter()
    for part in _PART.split(text):
        head = part.partition("\n")[0]
        seen[head] += 1
        blocks = memo.get(("part of bibliography", head, seen[head]), (part,), partial(_parsed, part))
        if (found and any(isinstance(block, ImplicitComment) for block in blocks[:1])) or any(map(_failed, blocks)):
            return _parsed(text)
        found += blocks
    return found


class _EntryParser(Struct):
    """The parser of one file, with what it has read so far."""

    places: SourcePositions
    memo: Memo
    entries: dict[str, BibEntry] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=lambda: dict(MONTHS))
    problems: list[Problem] = field(default_factory=list)
    position: int = 0

    def report(self, span: Span, rule: Rule, message: str, hint: str) -> None:
        self.problems.append(Problem(span, rule, message, hint))

    def add_string(self, block: String) -> None:
        name = block.key.lower()
        pieces, _ = pieces_of(block.value, 0)
        value, whole = _joined(self.strings.get(text.lower(), text) if is_name else text for text, is_name in pieces)
        if not whole:
            start = max(self.places.text.find(block.raw or ""), 0)
            self.report(self.places.at(start), *_over_limit(f'@string "{name}"'))
            value = ""
        if name in self.strings and name not in MONTHS:
            start = max(self.places.text.find(block.raw or ""), 0)
            self.report(
                self.places.at(start), Rule.DUPLICATE_KEY, f'@string "{name}" is defined twice', "keep one of them"
            )
            return
        self.strings[name] = value

    def add(self, block: Block, before: Block | None) -> None:
        raw = block.raw or ""
        start = max(self.places.text.find(raw, self.position), 0)
        self.position = max(start, self.position)
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            if isinstance(block.ignore_error_block, Parsed):
                self.add_entry(block.ignore_error_block, start, raw)
        elif isinstance(block, Parsed):
            self.add_entry(block, start, raw)
        elif isinstance(block, ParsingFailedBlock):
            self.add_broken(block, start, raw)
        elif isinstance(block, ImplicitComment) and not _failed(before):
            self.check_comment(start, raw)

    def add_entry(self, block: Parsed, start: int, raw: str) -> None:
        kind = "commentary" if block.entry_type.lower() == _AS_SPLIT[1:] else block.entry_type
        kept = self.memo.get(("fields", block.key), (block, self.strings), partial(self.flawless_fields, block, raw))
        entry = BibEntry(kind, block.key, kept or {}, start, raw)
        self.keep(replace(entry, fields=self.fields(block, entry)) if kept is None else entry)

    def flawless_fields(self, block: Parsed, raw: str) -> dict[str, str] | None:
        """Return the fields of an entry, or None if one has an error, whose place may change."""
        own = replace(self, problems=[])
        fields = own.fields(block, BibEntry(block.entry_type, block.key, {}, 0, raw))
        return None if own.problems else fields

    def fields(self, block: Parsed, entry: BibEntry) -> dict[str, str]:
        """Return the fields of an entry; errors are added to the problems."""
        fields: dict[str, str] = {}
        for item in block.fields:
            name, raw = item.key.lower(), item.value
            if name not in fields and len(raw) <= FIELD_CHARACTERS and _PLAIN.fullmatch(raw):  # nearly all
                fields[name] = raw[1:-1]
            else:
                self.add_field(entry, fields, name, raw)
        return fields

    def add_field(self, entry: BibEntry, fields: dict[str, str], name: str, raw: str) -> None:
        """Add a field, and those that missing commas hide in its value, up to a limit of reports."""
        value = raw
        for _ in range(SAME_ERRORS):
            rest = self.add_value(entry, fields, name, value)
            if not rest:
                return
            after = self.places.text.find(rest, entry.start)
            message = f'a comma is missing after the field "{name}" of "{entry.key}"'
            self.report(self.places.at(max(after, 0)), Rule.MISSING_COMMA, message, "write a comma here")
            following = _NEXT_FIELD.match(rest)
            if not following:
                return
            name, value = following["name"].lower(), rest[following.end() :].strip()

    def add_value(self, entry: BibEntry, fields: dict[str, str], name: str, raw: str) -> str:
        """Add the value of a field, and return the text after it that does not belong to it."""
        if name in fields:
            hint = "keep one of them"
            self.report(
                self.places.key(entry), Rule.DUPLICATE_FIELD, f'"{entry.key}" has the field "{name}" twice', hint
            )
            return ""
        if raw[:1] == "{" and raw[-1:] == "}" and raw.find("}", 1, -1) < 0:
            value, end = raw[1:-1], len(raw)
        else:
            pieces, end = pieces_of(raw, 0)
            value, _ = _joined(text if not is_name else self.named(entry, name, text) for text, is_name in pieces)
        if len(value) > FIELD_CHARACTERS:
            value = value[:FIELD_CHARACTERS]
            self.report(self.places.name(entry, name), *_over_limit(f'the field "{name}" of "{entry.key}"'))
        if is_too_deep(value):
            message = f'the field "{name}" of "{entry.key}" is nested more than {LATEX_DEPTH} levels deep'
            self.report(self.places.name(entry, name), Rule.OVER_LIMIT, message, "take out braces or commands")
            value = _LATEX.sub("", value)
        fields[name] = value
        return raw[end:] if raw[end:].strip() else ""

    def named(self, entry: BibEntry, name: str, word: str) -> str:
        """Return the text of an @string."""
        value = self.strings.get(word.lower())
        if value is not None:
            return value
        span = self.places.value(entry, name, word)
        near = nearest(word, self.strings)
        declare = f"write {{{word}}}, or @string{{{word} = {{…}}}}"
        hint = f"{near}; or {declare}" if near.startswith("did") else declare
        self.report(span, Rule.UNDEFINED_STRING, f'no @string "{word}" is defined', hint)
        return word

    def keep(self, entry: BibEntry) -> None:
        """Keep an entry that has a key of its own."""
        if not entry.key:
            hint = "write one after the brace: @book{smith2004,"
            self.report(self.places.key(entry), Rule.EMPTY_KEY, f"this @{entry.type} has no key", hint)
            return
        folded = entry.key.casefold()
        first = self.entries.get(folded)
        if first is None:
            self.entries[folded] = entry
            return
        line = self.places.at(first.start).line
        same = "is" if first.key == entry.key else f'and "{first.key}", which differs only by case, are'
        message = f'the key "{entry.key}" {same} taken by the entry in line {line}'
        self.report(self.places.key(entry), Rule.DUPLICATE_KEY, message, "give one of the two another key")

    def add_broken(self, block: ParsingFailedBlock, start: int, raw: str) -> None:
        """Add an entry that bibtexparser could not parse."""
        found = ENTRY_KEY.match(raw)
        key = found["key"] if found else ""
        if key:
            self.entries.setdefault(key.casefold(), BibEntry("misc", key, {}, start, raw, broken=True))
        error = block.error
        reason = error.abort_reason if isinstance(error, BlockAbortedException) else ""
        if "comma after entry key" in reason and found:
            hint = f"write a comma after it: {found[0]},"
            self.report(
                self.places.at(start + found.end()), Rule.MISSING_COMMA, f'no comma after the key "{key}"', hint
            )
        elif self.places.text[start + 1 : getattr(error, "end_index", None) or 0].endswith("\n@"):
            hint = "write the } that closes it before the next entry begins"
            self.report(self.places.at(start), Rule.UNCLOSED_ENTRY, f'the entry "{key}" is not closed', hint)
        elif "a `=`" in reason and isinstance(error, BlockAbortedException) and error.end_index:
            span = self.places.at(
                min(error.end_index, len(self.places.text)) - 1
            )  # it counts from a line feed that it adds
            hint = "each field is written name = {value},"
            self.report(span, Rule.MISSING_EQUALS, f'a field of "{key}" has no "=" after its name', hint)
        else:
            name, offset = unclosed_field(raw)
            inside = f'the field "{name}" of ' if name else ""
            hint = "write the } or the quotation mark that closes it"
            message = f'{inside}the entry "{key}" is not closed'
            self.report(self.places.at(start + offset), Rule.UNCLOSED_ENTRY, message, hint)

    def check_comment(self, start: int, raw: str) -> None:
        """Report a field between entries, which BibTeX ignores: it was lost from its entry."""
        found = _FIELD_LINE.search(raw)
        if found:
            offset = start + found.start() + len(found[0]) - len(found[0].lstrip())
            message = "this text belongs to no entry, and would be dropped"
            hint = "look for a } too many before it; a comment is written % or @comment{…}"
            self.report(self.places.at(offset), Rule.STRAY_TEXT, message, hint)


def _joined(pieces: Iterable[str]) -> tuple[str, bool]:
    """Join pieces until just after the limit of a field, and return whether those are all."""
    parts: list[str] = []
    length = 0
    for piece in pieces:
        parts.append(piece)
        length += len(piece)
        if length > FIELD_CHARACTERS:
            return "".join(parts)[: FIELD_CHARACTERS + 1], False
    return "".join(parts), True


def _over_limit(what: str) -> tuple[Rule, str, str]:
    """Return the rule, message and remedy for a value that is too long."""
    return Rule.OVER_LIMIT, f"{what} has more than {FIELD_CHARACTERS} characters", "shorten it"


_PLAIN = re.compile(r"\{[^{}\\]*\}")
"""A value in braces without groups and commands."""
_LATEX = re.compile(r"[\\{}]")
_NEXT_FIELD = re.compile(r"\s*(?P<name>[A-Za-z][\w:+.-]*)\s*=\s*")
_FIELD_LINE = re.compile(r"^\s*[A-Za-z][\w:+-]*\s*=\s*[{\"\w]|^[^%\n]*[{}]", re.MULTILINE)


def _failed(block: Block | None) -> bool:
    return isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None

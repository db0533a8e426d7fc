"""BibTeX text → entries with their fields: the syntax, and what bibtexparser lets pass in silence.

bibtexparser splits the file into blocks. What it accepts without a word is found here: a comma that
is missing between fields, an @string that nobody defined, `#` between values, an empty key, text
that an early `}` pushed out of its entry.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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

from atlas.problems import Problem, Severity, Span, nearest

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it warns of becomes a Problem here

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: str(number) for number, name in enumerate(_MONTHS, 1)}
"""The names that every BibTeX style defines, and their months as BibLaTeX writes them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written: type and field names in lower case, values without their outer braces.

    start: where its `@` stands in the text. raw: the whole entry. broken: it did not parse, and only
    the key is known, so that citations of it need no error of their own.
    """

    type: str
    key: str
    fields: Mapping[str, str]
    start: int
    raw: str
    broken: bool = False


@dataclass(slots=True)
class Places:
    """Finds line and column of what stands in a text; nothing is computed before it is asked."""

    path: str
    text: str
    _starts: list[int] = field(default_factory=list)

    def at(self, offset: int) -> Span:
        """The place of a character."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(found.end() for found in re.finditer("\n", self.text))
        line = bisect_right(self._starts, offset)
        return Span(self.path, line, offset - self._starts[line - 1] + 1)

    def key(self, entry: Entry) -> Span:
        """The place of the entry's key."""
        opening = re.search(r"[{(]\s*", entry.raw)
        return self.at(entry.start + (opening.end() if opening else 0))

    def name(self, entry: Entry, name: str) -> Span:
        """The place of a field's name."""
        return self.at(entry.start + self._field(entry, name)[0])

    def value(self, entry: Entry, name: str, part: str = "") -> Span:
        """The place of a field's value, or of the first occurrence of `part` in it."""
        _, begin, end = self._field(entry, name)
        found = entry.raw.find(part, begin, end) if part else begin
        return self.at(entry.start + (found if found >= 0 else begin))

    def _field(self, entry: Entry, name: str) -> tuple[int, int, int]:
        """Where in the entry the field's name, the content of its value and the end of the value stand."""
        for found, end in _fields(entry.raw):
            if found["name"].lower() == name:
                return found.start("name"), found.end(), end
        return 0, 0, len(entry.raw)


_NAME = re.compile(r"[\s,]*(?P<name>[^\s=,{}\"#]+)\s*=\s*[{\"]?")
_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"(?<!\\)[{}\"]")
_WORD = re.compile(r"[^\s#{}\",=]+")
_SPACE = re.compile(r"\s*")
_NEXT_FIELD = re.compile(r"\s*(?P<name>[A-Za-z][\w:+.-]*)\s*=\s*")
_FIELD_LINE = re.compile(r"^\s*[A-Za-z][\w:+-]*\s*=\s*[{\"\w]|^[^%\n]*[{}]", re.MULTILINE)
_KEY = re.compile(r"@\w+\s*[{(]\s*(?P<key>[^\s,={}]*)")


def _fields(raw: str) -> Iterator[tuple[re.Match[str], int]]:
    """The fields of an entry's text, each with the end of its value; slow, for messages only."""
    opening = _KEY.match(raw)
    position = opening.end() if opening else 0
    while found := _NAME.search(raw, position):
        begin = found.end() - 1 if raw[found.end() - 1] in '{"' else found.end()
        _, position = _pieces(raw, begin)
        position = max(position, found.end())
        yield found, position


def _pieces(raw: str, start: int) -> tuple[list[tuple[str, bool]], int]:
    """The pieces that `#` joins from `start` on, each with whether it is a name, and where they end."""
    pieces: list[tuple[str, bool]] = []
    position = start
    while position < len(raw):
        if raw[position] in '{"':
            end = _closing(raw, position)
            pieces.append((raw[position + 1 : end], False))
            position = end + 1
        elif word := _WORD.match(raw, position):
            pieces.append((word[0], not word[0].isdecimal()))
            position = word.end()
        else:
            break
        after = _after_spaces(raw, position)
        if not raw.startswith("#", after):
            break
        position = _after_spaces(raw, after + 1)
    return pieces, position


def _after_spaces(raw: str, position: int) -> int:
    found = _SPACE.match(raw, position)
    return found.end() if found else position


def _closing(raw: str, start: int) -> int:
    """Where the brace or quotation mark that opens at `start` closes (the end of the text when it does not)."""
    quoted = raw[start] == '"'
    depth = 0
    for found in (_QUOTE if quoted else _BRACE).finditer(raw, start + quoted):
        mark = found[0]
        if mark == '"' and depth == 0:
            return found.start()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth == 0 and not quoted:
                return found.start()
    return len(raw)


def read_entries(text: str, path: str) -> tuple[tuple[Entry, ...], Places, tuple[Problem, ...]]:
    """The entries of a BibTeX file, in its order, and what is wrong with their syntax.

    Of entries with one key the first counts. An entry that did not parse is there with its key alone.
    """
    reading = _Reading(Places(path, text))
    blocks = parse_string(text, parse_stack=[]).blocks
    for block in blocks:
        inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(inner, String):
            reading.add_string(inner)
    before: Block | None = None
    for block in blocks:
        reading.add(block, before)
        before = block
    return tuple(reading.entries.values()), reading.places, tuple(reading.problems)


@dataclass(slots=True)
class _Reading:
    """What has been read so far of one file."""

    places: Places
    entries: dict[str, Entry] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=lambda: dict(MONTHS))
    problems: list[Problem] = field(default_factory=list)
    position: int = 0

    def tell(self, span: Span, rule: str, message: str, hint: str, severity: Severity = "error") -> None:
        self.problems.append(Problem(span, rule, message, hint, severity))

    def add_string(self, block: String) -> None:
        name = block.key.lower()
        pieces, _ = _pieces(block.value, 0)
        value = "".join(self.strings.get(text.lower(), text) if is_name else text for text, is_name in pieces)
        if name in self.strings and name not in MONTHS:
            start = max(self.places.text.find(block.raw or ""), 0)
            self.tell(self.places.at(start), "duplicate-key", f'@string "{name}" is defined twice', "keep one of them")
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
        fields: dict[str, str] = {}
        entry = Entry(block.entry_type, block.key, fields, start, raw)
        for item in block.fields:
            self.add_field(entry, fields, item.key, item.value)
        self.keep(entry)

    def add_field(self, entry: Entry, fields: dict[str, str], key: str, raw: str) -> None:
        """One field, and those that a missing comma hides in its value."""
        name = key.lower()
        if name in fields:
            hint = "keep one of them"
            self.tell(self.places.key(entry), "duplicate-field", f'"{entry.key}" has the field "{name}" twice', hint)
            return
        if raw[:1] == "{" and raw[-1:] == "}" and raw.find("}", 1, -1) < 0:
            fields[name] = raw[1:-1]
            return
        pieces, end = _pieces(raw, 0)
        fields[name] = "".join(text if not is_name else self.named(entry, name, text) for text, is_name in pieces)
        if end < len(raw) and raw[end:].strip():
            self.add_hidden(entry, fields, name, raw[end:])

    def add_hidden(self, entry: Entry, fields: dict[str, str], name: str, rest: str) -> None:
        after = self.places.text.find(rest, entry.start)
        message = f'a comma is missing after the field "{name}" of "{entry.key}"'
        self.tell(self.places.at(max(after, 0)), "missing-comma", message, "write a comma here")
        following = _NEXT_FIELD.match(rest)
        if following:
            self.add_field(entry, fields, following["name"], rest[following.end() :].strip())

    def named(self, entry: Entry, name: str, word: str) -> str:
        """The text of an @string."""
        value = self.strings.get(word.lower())
        if value is not None:
            return value
        span = self.places.value(entry, name, word)
        hint = nearest(word, [*self.strings]) + f"; or write {{{word}}}"
        self.tell(span, "undefined-string", f'no @string "{word}" is defined', hint)
        return word

    def keep(self, entry: Entry) -> None:
        """Keep an entry that has a key of its own."""
        if not entry.key:
            hint = "write one after the brace: @book{smith2004,"
            self.tell(self.places.key(entry), "empty-key", f"this @{entry.type} has no key", hint)
            return
        folded = entry.key.casefold()
        first = self.entries.get(folded)
        if first is None:
            self.entries[folded] = entry
            return
        line = self.places.at(first.start).line
        same = "is" if first.key == entry.key else f'and "{first.key}", which differs only by case, are'
        message = f'the key "{entry.key}" {same} taken by the entry in line {line}'
        self.tell(self.places.key(entry), "duplicate-key", message, "give one of the two another key")

    def add_broken(self, block: ParsingFailedBlock, start: int, raw: str) -> None:
        """An entry that bibtexparser gave up."""
        found = _KEY.match(raw)
        key = found["key"] if found else ""
        if key:
            self.entries.setdefault(key.casefold(), Entry("misc", key, {}, start, raw, broken=True))
        error = block.error
        reason = error.abort_reason if isinstance(error, BlockAbortedException) else ""
        if "comma after entry key" in reason and found:
            hint = f"write a comma after it: {found[0]},"
            self.tell(self.places.at(start + found.end()), "missing-comma", f'no comma after the key "{key}"', hint)
        elif "a `=`" in reason and isinstance(error, BlockAbortedException) and error.end_index:
            span = self.places.at(
                min(error.end_index, len(self.places.text)) - 1
            )  # it counts from a line feed of its own
            hint = "each field is written name = {value},"
            self.tell(span, "missing-equals", f'a field of "{key}" has no "=" after its name', hint)
        else:
            name, offset = _unclosed(raw)
            inside = f'the field "{name}" of ' if name else ""
            hint = "write the } or the quotation mark that closes it"
            message = f'{inside}the entry "{key}" is not closed'
            self.tell(self.places.at(start + offset), "unclosed-entry", message, hint)

    def check_comment(self, start: int, raw: str) -> None:
        """BibTeX ignores what stands between entries; a field there fell out of an entry."""
        found = _FIELD_LINE.search(raw)
        if found:
            offset = start + found.start() + len(found[0]) - len(found[0].lstrip())
            message = "this text belongs to no entry, and would be dropped"
            hint = "look for a } too many before it; a comment is written % or @comment{…}"
            self.tell(self.places.at(offset), "stray-text", message, hint)


def _failed(block: Block | None) -> bool:
    return isinstance(block, ParsingFailedBlock) and block.ignore_error_block is None


def _unclosed(raw: str) -> tuple[str, int]:
    """The field that is not closed, and where it stands: the last one before a line that begins another field."""
    begins = re.compile(r"^\s*(?P<name>[A-Za-z][\w:+-]*)\s*=", re.MULTILINE)
    for found in begins.finditer(raw):
        value = _after_spaces(raw, found.end())
        if raw[value : value + 1] not in ("{", '"'):
            continue
        end = _closing(raw, value)
        if end == len(raw) or begins.search(raw, value, end):
            return found["name"], found.start("name")
    return "", 0

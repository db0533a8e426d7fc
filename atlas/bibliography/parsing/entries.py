"""The entries of a BibTeX file as written, with the position of each part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from atlas.core.problems import Span


class BibEntry(Struct, frozen=True):
    """One entry as written.

    Attributes:
        type: its type, in lower case.
        key: its key.
        fields: the values without their outer braces, by field name in lower case.
        start: the offset of its `@` in the text.
        raw: the whole entry.
        broken: whether it could not be parsed; then only the key is known, so that citations of it are not reported.
    """

    type: str
    key: str
    fields: Mapping[str, str]
    start: int
    raw: str
    broken: bool = False


class SourcePositions(Struct):
    """The lines and columns of a text, computed when they are first needed."""

    path: str
    text: str
    _starts: list[int] = field(default_factory=list)
    _entry: str = ""
    _found: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def at(self, offset: int) -> Span:
        """Return the place of a character."""
        if not self._starts:
            self._starts.append(0)
            self._starts.extend(found.end() for found in re.finditer("\n", self.text))
        line = bisect_right(self._starts, offset)
        return Span(self.path, line, offset - self._starts[line - 1] + 1)

    def key(self, entry: BibEntry) -> Span:
        """Return the place of the entry's key."""
        opening = re.search(r"[{(]\s*", entry.raw)
        return self.at(entry.start + (opening.end() if opening else 0))

    def name(self, entry: BibEntry, name: str) -> Span:
        """Return the place of a field's name."""
        return self.at(entry.start + self._field(entry, name)[0])

    def value(self, entry: BibEntry, name: str, part: str = "", before: str = "") -> Span:
        """Return the place of a field's value, or of a part of it.

        Args:
            entry: the entry.
            name: the field.
            part: the text whose first occurrence is meant; the whole value if empty.
            before: the text after which to look for it, if the value begins with that.
        """
        _, begin, end = self._field(entry, name)
        if before and entry.raw.startswith(before, begin):
            begin += len(before)
        found = entry.raw.find(part, begin, end) if part else begin
        return self.at(entry.start + (found if found >= 0 else begin))

    def _field(self, entry: BibEntry, name: str) -> tuple[int, int, int]:
        """Return the offsets in the entry of a field's name, of the content of its value and of its end."""
        if self._entry is not entry.raw:  # problems of one entry follow each other
            self._entry, self._found = entry.raw, {}
            for found, end in _fields(entry.raw):
                self._found.setdefault(found["name"].lower(), (found.start("name"), found.end(), end))
        return self._found.get(name, (0, 0, len(entry.raw)))


_NAME = re.compile(r"[\s,]*(?P<name>[^\s=,{}\"#]+)\s*=\s*[{\"]?")
_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r"(?<!\\)[{}\"]")
_PLAIN = r"[^{}\\]++|\\++[{}]?+"
_GROUP = re.compile(rf"\{{(?:{_PLAIN}|\{{(?:{_PLAIN}|\{{(?:{_PLAIN})*+\}})*+\}})*+\}}")
"""A group in braces that holds groups two deep at most, as nearly all do."""
_WORD = re.compile(r"[^\s#{}\",=]+")
_SPACE = re.compile(r"\s*")
ENTRY_KEY = re.compile(r"@\w+\s*[{(]\s*(?P<key>[^\s,={}]*)")


def _fields(raw: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the fields of an entry's text, each with the end of its value; slow, used for messages only."""
    opening = ENTRY_KEY.match(raw)
    position = opening.end() if opening else 0
    while found := _NAME.search(raw, position):
        begin = found.end() - 1 if raw[found.end() - 1] in '{"' else found.end()
        _, position = pieces_of(raw, begin)
        position = max(position, found.end())
        yield found, position


def pieces_of(raw: str, start: int) -> tuple[list[tuple[str, bool]], int]:
    """Return the pieces that `#` joins from `start` on, each with whether it is a name, and where they end."""
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
    """Return the offset at which the brace or quotation mark at `start` closes, or the end of the text."""
    quoted = raw[start] == '"'
    group = None if quoted else _GROUP.match(raw, start)
    if group:
        return group.end() - 1
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


def unclosed_field(raw: str) -> tuple[str, int]:
    """Return the field that is not closed, and its offset: the last one before a line that begins another field."""
    begins = re.compile(r"^\s*(?P<name>[A-Za-z][\w:+-]*)\s*=", re.MULTILINE)
    for found in begins.finditer(raw):
        value = _after_spaces(raw, found.end())
        if raw[value : value + 1] not in ("{", '"'):
            continue
        end = _closing(raw, value)
        if end == len(raw) or begins.search(raw, value, end):
            return found["name"], found.start("name")
    return "", 0

"""Parses citations in prose by pandoc's grammar.

`[see @key, pp. 3–5; @other, 页 12]`, `[-@key]`, `@key` and `@key [p. 3]` are citations. Text that does
not fit the grammar is not a citation: the functions return None and the caller leaves it as it is.
The grammar is that of pandoc's User's Guide, "Citation syntax"; in addition the full-width `；` and
`，` of Chinese typing count as `;` and `,`, and Han characters may touch the `@`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from atlas.bibliography.citing.locators import Locator, has_locator_word, read_locator
from atlas.core.limits import PATH_PART_BYTES
from atlas.core.scripts import HAN, KANA

__all__ = ["Citation", "Cite", "Locator", "Mode", "Stray", "parse_citation", "read_locator", "stray_part"]

Mode = Literal["normal", "author-in-text", "suppress-author"]
"""The forms `[@key]`, `@key` and `[-@key]`."""


class Cite(Struct, frozen=True):
    """One work cited at one place.

    Attributes:
        key: the key of the work.
        prefix: Markdown before it as written, without outer spaces.
        locator: the place in the work.
        suffix: Markdown after it as written, without outer spaces; it keeps the comma that it begins with.
        mode: the form of the citation.
        offset: where the key begins in the text.
        goes_on: whether it follows the work before it without a semicolon: `[see @a and also @b]`.
    """

    key: str
    prefix: str = ""
    locator: Locator | None = None
    suffix: str = ""
    mode: Mode = "normal"
    offset: int = 0
    goes_on: bool = False


class Citation(Struct, frozen=True):
    """A citation in a text: the works that it names, and where it begins and ends (`text[start:end]`)."""

    cites: tuple[Cite, ...]
    start: int
    end: int


class Stray(NamedTuple):
    """A part of an intended citation that names no work.

    Attributes:
        offset: where it begins.
        kind: what it is; `part` is empty.
    """

    offset: int
    kind: Literal["locator", "part", "words"]


def parse_citation(text: str, offset: int) -> Citation | None:
    """Return the citation that begins at `offset` (a `[`, an `@` or the `-` of `-@`), or None if it is plain text."""
    if text.startswith("[", offset):
        return _bracketed(text, offset)
    return _in_text(text, offset)


def stray_part(text: str, offset: int) -> Stray | None:
    """Return the first part of the brackets at `offset` that was meant as a citation but names no work, or None.

    Examples are the locators of `[p. 3]`, `[@, p. 3]` and `[see p. 3; @key]`, the empty parts of `[@key; ]` and
    `[@key;; @other]`, and the words of `[@key; see also]`. pandoc reads them as text without a warning.
    """
    inside = _inside(text, offset)
    if inside is None or _parts_to_cites(text, inside) is not None:
        return None
    parts = list(_parts(text, inside))
    follows = bool(_CITED_BEFORE.search(text, max(0, offset - _KEY_REACH), offset))
    missing = [part for part in parts[follows:] if _part_to_cite(text, part) is None]
    locators = [at for begin, end in missing if (at := _lone_locator(text[begin:end])) is not None]
    if locators:
        begin = next(begin for begin, end in missing if _lone_locator(text[begin:end]) is not None)
        return Stray(begin + locators[0], "locator")
    if len(parts) > 1 and (follows or len(missing) < len(parts)):
        return next((stray for part in missing if (stray := _stray(text, inside, part))), None)
    return None


def _lone_locator(part: str) -> int | None:
    """Return where a locator begins in a part that contains nothing else (`p. 3`, `@, p. 3`), or None."""
    bare = _NO_KEY.sub("", part)
    locator, rest = read_locator(bare)
    if locator and not rest and (has_locator_word(bare) or bare != part):
        return len(part) - len(part.lstrip())
    return None


def _stray(text: str, inside: tuple[int, int], part: tuple[int, int]) -> Stray | None:
    """Return what is wrong with a part without a key, in brackets whose other parts are citations."""
    begin, end = part
    if not text[begin:end].strip():
        return Stray(max(begin - 1, inside[0]), "part")
    for word in _WORD_BEGINS.finditer(text, max(begin, end - 80), end):
        rest = text[word.start() : end]
        locator, suffix = read_locator(rest)
        if locator and not suffix and has_locator_word(rest):
            return Stray(word.start(), "locator")
    begins_with_key = text[slice(*inside)].lstrip().startswith(("@", "-@"))
    return Stray(begin + len(text[begin:end]) - len(text[begin:end].lstrip()), "words") if begins_with_key else None


# Keys: letters, digits and _ with single punctuation marks between them, or anything in braces.
_KEY = r"(?:\{(?P<braced>[^{}\s]+)\}|(?P<plain>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*))"
_AT = re.compile(r"(?P<minus>-)?@" + _KEY)
_BEFORE_AT = re.compile(r"[\w./+@%=&#-]")
_UNSPACED = re.compile(f"[{HAN}{KANA}\u3000-\u303f]")
_GAP = re.compile(r"[ \t]*\n?[ \t]*")
_NO_KEY = re.compile(r"^\s*-?@(?=\W|$)")
_WORD_BEGINS = re.compile(r"(?<![^\s,，])\S")
_CITED_BEFORE = re.compile(r"@[^\s\[\]]+\s?\Z")
_KEY_REACH = 2 * PATH_PART_BYTES  # a key before brackets, with its marks


def _bracketed(text: str, offset: int) -> Citation | None:
    inside = _inside(text, offset)
    if inside is None or _is_link(text, inside[1] + 1):
        return None
    cites = _parts_to_cites(text, inside)
    return Citation(cites, offset, inside[1] + 1) if cites else None


def _in_text(text: str, offset: int) -> Citation | None:
    found = _key_at(text, offset, len(text))
    if found is None:
        return None
    first = _cite(found, "", "", "suppress-author" if found["minus"] else "author-in-text")
    gap = _GAP.match(text, found.end())
    opening = gap.end() if gap else found.end()
    return _with_brackets(text, first, offset, opening) or Citation((first,), offset, found.end())


def _with_brackets(text: str, first: Cite, start: int, opening: int) -> Citation | None:
    """Read `@key [p. 3; see @other]`: the locator of the first work, and any other works."""
    inside = _inside(text, opening)
    if inside is None or text[opening + 1] in "[^" or _is_link(text, inside[1] + 1):
        return None
    others = _parts_to_cites(text, inside)
    if others:
        return Citation((first, *others), start, inside[1] + 1)
    parts = _parts(text, inside)
    rest = [_part_to_cite(text, part) for part in parts[1:]]
    if None in rest:
        return None
    locator, suffix = read_locator(text[slice(*parts[0])])
    own = Cite(first.key, "", locator, suffix, first.mode, first.offset)
    return Citation((own, *(cite for cite in rest if cite)), start, inside[1] + 1)


def _inside(text: str, offset: int) -> tuple[int, int] | None:
    """Return the start and end of the content of the brackets at `offset`, or None if they do not close."""
    if not text.startswith("[", offset):
        return None
    depth = 0
    for found in _MARKS.finditer(text, offset):
        mark = found[0]
        if mark == "[":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif mark == "]":
            depth -= 1
            if depth == 0:
                return (offset + 1, found.start()) if found.start() > offset + 1 else None
        elif mark[0] == "\n":
            return None
    return None


_DEEPEST = 20  # nested brackets: more is not a citation, and must not take quadratic time
_MARKS = re.compile(r"\\.|`[^`\n]*`|[\[\]]|\n[ \t]*\n|[;；]|[{}]")


def _is_link(text: str, after: int) -> bool:
    """Return whether the text after the brackets makes them a link, a reference or a span (pandoc: `normalCite`)."""
    if text.startswith(("(", "{", "[^"), after):
        return not text.startswith("[^", after)
    return text.startswith("[", after) and not text.startswith(("[@", "[-@", "[["), after)


def _parts(text: str, inside: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Return the parts between semicolons that are not in code, brackets or braces."""
    begin, end = inside
    parts: list[tuple[int, int]] = []
    depth = 0
    for found in _MARKS.finditer(text, begin, end):
        mark = found[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth -= 1
        elif mark in (";", "；") and depth == 0:
            parts.append((begin, found.start()))
            begin = found.end()
    return (*parts, (begin, end))


def _parts_to_cites(text: str, inside: tuple[int, int]) -> tuple[Cite, ...] | None:
    cites: list[Cite] = []
    for part in _parts(text, inside):
        found = _part_to_cite(text, part)
        if found is None:
            return None
        cites.append(found)
        cites += _in_words(text, found, part[1])
    return tuple(_without_words(cite, after) for cite, after in zip(cites, [*cites[1:], None], strict=True))


def _in_words(text: str, first: Cite, end: int) -> list[Cite]:
    """Return the works that the words after a first work name: `@a and also @b`."""
    cites: list[Cite] = []
    begin = first.offset + len(first.key)
    while "@" in first.suffix and (found := _next_key(text, begin, end)):
        _, words = read_locator(text[begin : found.start()].removeprefix("}"))
        mode: Mode = "suppress-author" if found["minus"] else "normal"
        cite = replace(_cite(found, words, text[found.end() : end], mode), goes_on=True)
        cites.append(cite)
        begin = found.end()
    return cites


def _next_key(text: str, begin: int, end: int) -> re.Match[str] | None:
    """Return the next key in the words of a part that is not in code."""
    at = text.find("@", begin, end)
    while at != -1:
        start = at - 1 if at > begin and text[at - 1] == "-" else at
        found = _key_at(text, start, end) or _key_at(text, at, end)
        if found and text.count("`", begin, at) % 2 == 0:
            return found
        at = text.find("@", at + 1, end)
    return None


def _without_words(cite: Cite, after: Cite | None) -> Cite:
    """Return a work without the words that belong to the next one."""
    if after is None or not after.goes_on:
        return cite
    return replace(cite, suffix="")


def _part_to_cite(text: str, part: tuple[int, int]) -> Cite | None:
    begin, end = part
    at = text.find("@", begin, end)
    while at != -1:
        start = at - 1 if at > begin and text[at - 1] == "-" else at
        found = _key_at(text, start, end) or _key_at(text, at, end)
        if found:
            mode: Mode = "suppress-author" if found["minus"] else "normal"
            return _cite(found, text[begin : found.start()].strip(), text[found.end() : end], mode)
        at = text.find("@", at + 1, end)
    return None


def _key_at(text: str, offset: int, end: int) -> re.Match[str] | None:
    """Return a key with its `@`, unless a letter or an address is directly before it."""
    found = _AT.match(text, offset, end)
    if found is None or offset == 0:
        return found
    before = text[offset - 1]
    return None if _BEFORE_AT.match(before) and not _UNSPACED.match(before) else found


def _cite(found: re.Match[str], prefix: str, after: str, mode: Mode) -> Cite:
    group = "braced" if found["braced"] else "plain"
    locator, suffix = read_locator(after)
    return Cite(found[group], prefix, locator, suffix, mode, found.start(group))

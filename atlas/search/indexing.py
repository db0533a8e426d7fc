"""Writes the index of one language as small files, so that a search loads only those that it needs.

A file `LANG.json` describes the rest: the folder; the first term of each file of terms (`w0.json` …); the common terms,
which a search for several words ignores; the first page and place of each file of texts (`t0.json` …); and for each
page its family, its sides, and the length of its title and of its names. Numbers are written in base 32, in the
characters of `_DIGITS`: one of the upper half means that another follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import sub
from typing import Final

from atlas.core.digests import digest
from atlas.core.parallel import map_in_processes
from atlas.core.private_use import SEAM
from atlas.search.page_text import PageText, TextBlock, read_page
from atlas.search.terms import terms

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
_ONE: Final = _DIGITS[1]
_TERMS_SIZE: Final = 12_000
"""Number of characters above which a file of terms is closed; a term is never divided."""
_TEXTS_SIZE: Final = 5_000
"""Number of bytes above which a file of texts is closed; a block is never divided."""


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page in the output folder.

    Attributes:
        path: its path from the root of the site.
        html: its text.
        home: whether text outside its main part is searched too.
    """

    path: str
    html: str
    home: bool = False


@dataclass(frozen=True, slots=True)
class _PageTerms:
    """A page divided into terms.

    Attributes:
        text: its text.
        terms: the count and places of each term, encoded as numbers.
        title: the length of its title.
        head: the length of its names.
        places: where each block begins.
    """

    text: PageText
    terms: dict[str, str]
    title: int
    head: int
    places: list[int]


def index(language: str, of: str, pages: Sequence[PublishedPage]) -> dict[str, bytes]:
    """Build the files of an index.

    Args:
        language: the id of the language.
        of: the digest of what the index is built from.
        pages: the pages.

    Returns:
        The files, by their paths in the folder of all indexes.
    """
    read = map_in_processes(_cut, pages)
    found = [(page, cut) for page, cut in zip(pages, read, strict=True) if cut.text.family]
    words, first_words, common = _term_files([cut for _, cut in found])
    texts, first_texts = _text_files(found)
    folder = f"{language}-{digest(b''.join((*words, *texts)))[:10]}"
    families = list(dict.fromkeys(cut.text.family for _, cut in found))
    sides = list(dict.fromkeys(side for _, cut in found for side in cut.text.sides))
    told = {
        "of": of,
        "folder": folder,
        "families": families,
        "sides": sides,
        "pages": "".join(map(partial(_told, families, sides), (cut for _, cut in found))),
        "words": first_words,
        "common": common,
        "texts": first_texts,
    }
    files = {f"{folder}/w{number}.json": data for number, data in enumerate(words)}
    files |= {f"{folder}/t{number}.json": data for number, data in enumerate(texts)}
    return {f"{language}.json": _json(told), **files}


def _told(families: list[str], sides: list[str], cut: _PageTerms) -> str:
    """Encode a page for the list of all: its family, its sides as bits, the length of its title and of its names."""
    bits = sum(1 << sides.index(side) for side in cut.text.sides)
    return "".join(map(numeral, (families.index(cut.text.family), bits, cut.title, cut.head)))


def _cut(page: PublishedPage) -> _PageTerms:
    text = read_page(page.html, whole=page.home)
    title = TextBlock("", text.lang, text.title)
    rest = TextBlock("", "", text.places)
    places: list[int] = []
    found: dict[str, list[int]] = {}
    place = ends = 0
    for number, block in enumerate((title, TextBlock("", "", text.names), *text.blocks, rest)):
        places.append(place)
        here, after = terms(block.text, place)
        for term, at in here:
            found.setdefault(term, []).append(at)
        ends = after if number == 0 else ends
        place = after + 2  # no run matches across two blocks
    head = places[2]
    return _PageTerms(text, {term: _run(sorted(rows)) for term, rows in found.items()}, ends, head, places)


def _run(places: Iterable[int]) -> str:
    rows = list(places)
    if len(rows) == 1:
        return _ONE + numeral(rows[0])
    steps = map(numeral, map(sub, rows, [0, *rows]))
    return numeral(len(rows)) + "".join(steps)


def _term_files(cuts: Sequence[_PageTerms]) -> tuple[list[bytes], list[str], list[str]]:
    """Return the sorted files of terms with pages and places, the first term of each file, and the common terms.

    A common term such as "the" has a file of its own: a search for several words ignores it.
    """
    lists: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, cut in enumerate(cuts):
        for term, places in cut.terms.items():
            lists.setdefault(term, []).append(numeral(number - last.get(term, 0)) + places)
            last[term] = number
    files: list[bytes] = []
    first: list[str] = []
    part: dict[str, str] = {}
    size = 0
    for term in sorted(lists):
        written = "".join(lists[term])
        if part and size + len(written) > _TERMS_SIZE:
            files.append(_json(part))
            part, size = {}, 0
        if not part:
            first.append(term)
        part[term] = written
        size += len(written) + 2 * len(term) + 6
    common = [term for term in sorted(lists) if sum(map(len, lists[term])) > _TERMS_SIZE]
    return ([*files, _json(part)] if part else files), first, common


def _text_files(found: Sequence[tuple[PublishedPage, _PageTerms]]) -> tuple[list[bytes], str]:
    """Return the files of the texts of pages in order, with the page and place at which each file begins.

    A row holds a page, the place of its first block, its address, title, language of the title, description and names,
    and the anchor, language and text of every block.
    """
    files: list[bytes] = []
    first: list[str] = []
    rows: list[list[object]] = []
    size = before = 0
    for number, (page, cut) in enumerate(found):
        text = cut.text
        row: list[object] = []
        for block, place in zip((*text.blocks, TextBlock("", "", text.places)), cut.places[2:], strict=True):
            if not row or size > _TEXTS_SIZE:
                if size > _TEXTS_SIZE:
                    files.append(_json(rows))
                    rows, size = [], 0
                if not rows:
                    first += [numeral(number - before), numeral(place if row else 0)]
                    before = number
                url = page.path.removesuffix("index.html")
                row = [number, place, url, text.title, text.lang, text.description, text.names]
                rows.append(row)
                size += len("".join(map(str, row)).encode())
            if block.text:
                row += (block.anchor, block.lang, block.text.replace(SEAM, ""))
                size += len(block.text.encode()) + len(block.anchor) + 12
    return ([*files, _json(rows)] if rows else files), "".join(first)


def numeral(number: int) -> str:
    """Encode a number that is not negative, lowest digit first."""
    if number < 32:
        return _DIGITS[number]
    if number < 1024:
        return _DIGITS[32 + (number & 31)] + _DIGITS[number >> 5]
    written = ""
    while number > 31:
        written += _DIGITS[32 + (number & 31)]
        number >>= 5
    return written + _DIGITS[number]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

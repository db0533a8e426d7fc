"""Keeps the search index of one language as small files, and changes only those that a changed page touches.

The manifest describes the rest: the pages by family and sides, the files of terms, the terms that are so common that
each has a file of its own, the files of texts, and the file of words from which the search offers the nearest. The row
of a term holds the id of each page with the places of the term (see `atlas.search.page_terms`), in the order of the
ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from operator import ne
from typing import Final

import msgspec
from msgspec import Struct, field

from atlas.core.digests import short_digest
from atlas.search.page_terms import TEXT, PageFacets, PageTerms, first_number, numeral, page_id
from atlas.search.shards import Shards, Tree, file_names, key_place
from atlas.search.terms import RUNS, WHOLE

TERMS_LIMIT: Final = 7_000
TEXTS_LIMIT: Final = 11_000
"""Number of bytes above which a file of terms or of texts is divided."""
COMMON: Final = 5_000
"""Number of bytes above which the row of a term is a file of its own."""
_SEPARATOR: Final = "."
_MANY: Final = 20_000
"""Number of pages above which their ids have four characters instead of three."""
_STEM: Final = 3
"""Words with the same first letters are neighbours, so that few requests find all that begin with them."""
_LONGEST: Final = 24
_RUN: Final = re.compile(f"[{RUNS}]")
_json: Final = msgspec.json.Encoder().encode

Pages = Mapping[str, PageTerms]
"""What each page adds to the index, by its id."""


class Manifest(Struct):
    """The files of an index.

    Attributes:
        pages: each family and sides with the ids of its pages, one after another; of the largest group, only their
            number.
        terms: the files of terms.
        common: the file of each common term.
        texts: the files of texts.
        words: the file of words; "" for none.
        width: the number of characters of an id.
    """

    pages: list[tuple[str, tuple[str, ...], str | int]] = field(default_factory=list)
    terms: Tree = ""
    common: dict[str, str] = field(default_factory=dict)
    texts: Tree = ""
    words: str = ""
    width: int = 3

    def files(self) -> Iterator[str]:
        """Yield the names of all files."""
        yield from file_names(self.terms)
        yield from self.common.values()
        yield from file_names(self.texts)
        if self.words:
            yield self.words


def page_ids(paths: Iterable[str]) -> dict[str, str]:
    """Return an id for each page that depends on its path. Of two pages with the same, the later has another."""
    ids: dict[str, str] = {}
    ordered = sorted(paths)
    for path in ordered:
        for salt in count():
            id = page_id(short_digest(f"{path}#{salt}".encode()), id_width(len(ordered)))
            if id not in ids:
                ids[id] = path
                break
    return {path: id for id, path in ids.items()}


def id_width(pages: int) -> int:
    """Return the number of characters of the ids of some pages."""
    return 4 if pages > _MANY else 3


def updated(
    manifest: Manifest,
    read: Callable[[str], bytes],
    pages: Iterable[tuple[str, PageFacets]],
    old: Pages,
    new: Pages,
) -> tuple[Manifest, dict[str, bytes]]:
    """Return an index after some pages have changed.

    Args:
        manifest: the index before, with ids of the same width; an empty one to begin with.
        read: returns the bytes of one of its files.
        pages: the id and facets of every page of the new index.
        old: what the changed and removed pages have added to the index.
        new: what the changed and new pages add to it.

    Returns:
        The new index, and its new files by name.
    """
    terms = Shards(manifest.terms, TERMS_LIMIT, term_place, read)
    texts = Shards(manifest.texts, TEXTS_LIMIT, key_place, read)
    common = dict(manifest.common)
    changes = _changed_terms(old, new)
    before = _words(terms.read(manifest.words)) if manifest.words else set()
    words = before.copy()

    def change_term(term: str, row: bytes) -> bytes:
        if term in common:
            row = terms.read(common.pop(term))
        written = _spliced(row[1:-1].decode(), changes[term], manifest.width)
        words.discard(term)
        if _is_word(term, written, manifest.width):
            words.add(term)
        if len(written) > COMMON:
            common[term] = terms.file(b'"' + written.encode() + b'"')
            return b""
        return b'"' + written.encode() + b'"' if written else b""

    terms.update(changes, change_term)
    values = _changed_texts(old, new)
    texts.update(values, lambda key, _: values[key])
    word_file = manifest.words if words == before else terms.file(_json(_front_coded(words))) if words else ""
    made = Manifest(_by_facets(pages), terms.tree, dict(sorted(common.items())), texts.tree, word_file, manifest.width)
    files = terms.made | texts.made
    return made, {name: files[name] for name in made.files() if name in files}


def term_place(term: str) -> int:
    """Return the place of a term among the files.

    The first eight bits are those of its first letters, or of its first character in a run; the others are those of the
    next letter.
    """
    stem = 1 if _RUN.match(term) else _STEM
    word = re.split(f"[ {WHOLE}]", term, maxsplit=1)[0]
    return key_place(word[:stem]) & 0xFF | (key_place(word[stem : stem + 1]) & 0xFF) << 8


def _changed_terms(old: Pages, new: Pages) -> dict[str, dict[str, str]]:
    """Return the new places of each term on each page, where they differ from the old; "" for none."""
    changes: dict[str, dict[str, str]] = {}
    for id, page in old.items():
        after = new[id].terms if id in new else {}
        for term in page.terms.keys() - after.keys():
            changes.setdefault(term, {})[id] = ""
    for id, page in new.items():
        before = old[id].terms if id in old else {}
        for term, places in page.terms.items():
            if before.get(term) != places:
                changes.setdefault(term, {})[id] = places
    return changes


def _changed_texts(old: Pages, new: Pages) -> dict[str, bytes]:
    """Return the new parts of the texts of pages, where they differ from the old; b"" for none."""
    before = {f"{id}{number}": data for id, page in old.items() for number, data in page.texts.items()}
    after = {f"{id}{number}": data for id, page in new.items() for number, data in page.texts.items()}
    changed = {key: data for key, data in after.items() if before.get(key) != data}
    return changed | dict.fromkeys(before.keys() - after.keys(), b"")


def _spliced(row: str, changes: Mapping[str, str], width: int) -> str:
    """Return the row of a term with new places on some pages."""
    rows = {part[:width]: part[width:] for part in row.split(_SEPARATOR)} if row else {}
    rows |= changes
    return _SEPARATOR.join(id + places for id, places in sorted(rows.items()) if places)


def _is_word(term: str, row: str, width: int) -> bool:
    """Return whether a term is among the words that may be offered: it is in a title or name, or on several pages."""
    if not (4 <= len(term) <= _LONGEST and term.isalpha()) or _RUN.search(term):
        return False
    parts = row.split(_SEPARATOR)
    return len(parts) > 1 or (bool(row) and _is_name(row[width:]))


def _is_name(places: str) -> bool:
    """Return whether the first of some places is before the text."""
    return first_number(places) < TEXT


def _front_coded(words: Iterable[str]) -> str:
    """Return sorted words, each without the letters that it shares with the one before, after their number."""
    parts: list[str] = []
    before = ""
    for word in sorted(words):
        differs = map(ne, before, word)
        shared = min(next((at for at, each in enumerate(differs) if each), min(len(before), len(word))), 31)
        parts.append(f"{numeral(shared)}{word[shared:]}")
        before = word
    return " ".join(parts)


_DIGITS: Final = {numeral(number): number for number in range(32)}


def _words(data: bytes) -> set[str]:
    """Return the words of a file of words."""
    words: list[str] = [""]
    for part in msgspec.json.decode(data, type=str).split(" "):
        words.append(words[-1][: _DIGITS[part[0]]] + part[1:])
    return set(words[1:])


def _by_facets(pages: Iterable[tuple[str, PageFacets]]) -> list[tuple[str, tuple[str, ...], str | int]]:
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for id, facets in pages:
        groups.setdefault((facets.family, facets.sides), []).append(id)
    rows = [(family, sides, sorted(ids)) for (family, sides), ids in sorted(groups.items())]
    most = max((len(ids) for _, _, ids in rows), default=0)
    largest = next((number for number, (_, _, ids) in enumerate(rows) if len(ids) == most), 0)
    return [
        (family, sides, len(ids) if number == largest else "".join(ids))
        for number, (family, sides, ids) in enumerate(rows)
    ]

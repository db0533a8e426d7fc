"""Editions: the list of addresses, ids and records of each release, in content/releases/VERSION.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, unquote

from msgspec import Struct
from msgspec.structs import replace

from atlas.content.model import Release, Site
from atlas.core.digests import digest
from atlas.core.former_build import ids_of
from atlas.core.problems import Problem, Span
from atlas.core.program import command
from atlas.core.rules import Rule
from atlas.core.sources import EDITIONS, Source
from atlas.i18n.locales import Language

_ALL: Final = "*"
"""Stands for all languages of the site."""
_NUMBERS: Final = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){1,2}")


class ListedPage(Struct, frozen=True):
    """A page of an edition.

    Attributes:
        address: its path without language.
        languages: the languages in which it is there with these ids; none for all of the site.
        ids: the ids that links can name.
    """

    address: str
    languages: tuple[str, ...]
    ids: tuple[str, ...]


class Edition(Struct, frozen=True):
    """What a release published.

    Attributes:
        release: its row in site.yaml.
        text: the list as it is published.
        pages: its pages.
        files: the paths of the files of authors.
        records: the digest of each record by its address.
    """

    release: Release
    text: str
    pages: tuple[ListedPage, ...] = ()
    files: tuple[str, ...] = ()
    records: Mapping[str, str] = {}

    @property
    def version(self) -> str:
        """The version."""
        return self.release.version

    def published(self, site: Site) -> dict[str, frozenset[str]]:
        """Return the ids of each page by the path of its file, and none for other files."""
        folders = {id: language.path for id, language in site.languages.items()}
        found: dict[str, frozenset[str]] = {path: frozenset() for path in self.files}
        for page in self.pages:
            file = page.address.lstrip("/") + ("index.html" if page.address.endswith("/") else "")
            for folder in (folders[id] for id in page.languages or folders if id in folders):
                path = f"{folder}/{file}" if folder else file
                found[path] = found.get(path, frozenset()) | frozenset(page.ids)
        return found


def path_of(version: str) -> str:
    """Return the path of the list of an edition."""
    return f"{EDITIONS}{version}.txt"


def numbers_of(version: str) -> tuple[int, ...]:
    """Return the numbers of a version such as 1.0 or 1.2.1, without zeros at the end; () for any other form."""
    if not _NUMBERS.fullmatch(version):
        return ()
    numbers = [int(part) for part in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


# Writing.


def write_list(
    version: str, date: str, site: Site, files: Mapping[str, bytes], uploads: Iterable[str], records: Mapping[str, str]
) -> str:
    """Return the list of an edition: sorted lines of text.

    Args:
        version: its version.
        date: its day.
        site: the settings.
        files: the files of the site.
        uploads: the paths of the files of authors.
        records: the digest of each record by its address.
    """
    head = [
        f"# Edition {version} of {date}: {site.base_url}",
        "# page LANGUAGES ADDRESS IDS (* is every language) · file ADDRESS · record ADDRESS DIGEST",
        "# Written by `release`. A change of this file is a change of what was published: do not edit it.",
    ]
    rows = [
        *(f"page {languages} {address}{ids}" for address, languages, ids in _page_rows(site, files)),
        *(f"file {quote(f'/files/{path}')}" for path in uploads),
        *(f"record {quote(address)} {found}" for address, found in records.items()),
    ]
    return "\n".join([*head, *sorted(rows)]) + "\n"


def _page_rows(site: Site, files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the address of each page, the languages in which it has the same ids, and these ids."""
    folders = {language.path: language for language in site.languages.values()}
    found: dict[tuple[str, str], list[str]] = {}
    for path, data in files.items():
        if path.endswith(".html"):
            language, plain = split_path(path, folders)
            own = () if plain.startswith("print/") else ids_of(data.decode())
            ids = "".join(f" {quote(id)}" for id in sorted(own))
            found.setdefault((quote(address_of(plain)), ids), []).append(language.id)
    every = set(site.languages)
    for (address, ids), languages in found.items():
        yield address, _ALL if set(languages) == every else ",".join(sorted(languages)), ids


def split_path(path: str, folders: Mapping[str, Language]) -> tuple[Language, str]:
    """Return the language of a file of the site, and its path in the folder of that language."""
    first, _, rest = path.partition("/")
    return (folders[first], rest) if first in folders and rest else (folders[""], path)


def address_of(path: str) -> str:
    """Return the address of a file: that of its folder for an index.html."""
    return "/" + (path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path)


# Reading.


def read_editions(lists: Sequence[Source], site: Site) -> tuple[Site, tuple[Edition, ...], list[Problem]]:
    """Read the lists of the editions that site.yaml declares.

    Returns:
        The site, whose releases say how many addresses they have and what changed, and have no digest where there is no
        list; the editions, oldest first; and the problems: a list that is missing, was edited, or is of no release.
    """
    sources = {source.path: source for source in lists}
    problems: list[Problem] = []
    editions: list[Edition] = []
    releases: list[Release] = []
    for release in in_order(site.releases):
        source = sources.pop(path_of(release.version), None)
        if not release.digest:
            if source:
                problems.append(_unnamed(source.path))
            releases.append(release)
            continue
        if source is None or digest(source.text.encode()) != release.digest:
            problems.append(_changed(release, source))
        if source is None:
            releases.append(replace(release, digest=""))
            continue
        edition = _read(release, source.text)
        before = editions[-1].records if editions else None
        changes = compare(before, edition.records) if before is not None else ((), (), ())
        addresses = len(edition.published(site))
        release = replace(release, addresses=addresses, new=changes[0], changed=changes[1], gone=changes[2])
        releases.append(release)
        editions.append(replace(edition, release=release))
    problems += [_unnamed(path) for path in sources]
    return replace(site, releases=tuple(releases)), tuple(editions), problems


def in_order(releases: Iterable[Release]) -> list[Release]:
    """Return releases by date and version, the oldest first."""
    return sorted(releases, key=lambda release: (str(release.date), numbers_of(release.version)))


def compare(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of the records that are new, that have changed, and that are gone."""
    new = tuple(sorted(after.keys() - before.keys()))
    changed = tuple(sorted(address for address in after.keys() & before.keys() if after[address] != before[address]))
    return new, changed, tuple(sorted(before.keys() - after.keys()))


def _read(release: Release, text: str) -> Edition:
    pages: list[ListedPage] = []
    files: list[str] = []
    records: dict[str, str] = {}
    for line in text.splitlines():
        kind, *words = line.split(" ")
        if kind == "page" and len(words) > 1:
            languages = () if words[0] == _ALL else tuple(words[0].split(","))
            pages.append(ListedPage(unquote(words[1]), languages, tuple(map(unquote, words[2:]))))
        elif kind == "file" and words:
            files.append(unquote(words[0]).lstrip("/"))
        elif kind == "record" and len(words) > 1:
            records[unquote(words[0])] = words[1]
    return Edition(release, text, tuple(pages), tuple(files), records)


def _changed(release: Release, source: Source | None) -> Problem:
    path = path_of(release.version)
    message = f"this list is not as release {release.version} wrote it" if source else f"{path} does not exist"
    hint = "restore it from the history of the files, or from the archive of the release"
    return Problem(Span(path, 1, 1) if source else release.span, Rule.EDITION_LIST, message, hint)


def _unnamed(path: str) -> Problem:
    hint = f"remove it, or give the release its digest; {command('release VERSION')} writes both"
    return Problem(Span(path, 1, 1), Rule.EDITION_LIST, "no release of site.yaml has the digest of this list", hint)

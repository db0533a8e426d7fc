"""Finds the pages, files and ids of an earlier build that a new build would remove."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from posixpath import dirname, join, normpath
from typing import Final

from atlas.content.editions import address_of, split_path
from atlas.content.model import Record, Site
from atlas.core.former_build import ids_of
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.schema.families import BY_FOLDER

_REFRESH: Final = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)"')


class NewBuild:
    """The files of a new build, and the ids of their pages, each read once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self._ids: dict[str, frozenset[str]] = {}

    def ids(self, path: str) -> frozenset[str]:
        """Return the ids of the page that readers of a path get: itself, or the one to which it redirects."""
        if path not in self._ids:
            self._ids[path] = ids_of(_landing(path, self.files))
        return self._ids[path]


def find_lost_urls(
    former: Mapping[str, Collection[str]],
    build: NewBuild,
    site: Site,
    records: Iterable[Record],
    shown: str,
    list_of: str = "",
) -> Iterator[Problem]:
    """Yield the pages, files and ids of an earlier build that a new one lacks, once for all languages, with the remedy.

    Print pages are skipped, because they repeat other pages.

    Args:
        former: the files of the earlier build, pages with their ids (`read_former`).
        build: the new build.
        site: the site.
        records: the records.
        shown: the name of the earlier build in messages.
        list_of: the file that lists the addresses of the earlier build, if there is one.
    """
    folders = {language.path: language for language in site.languages.values()}
    by_address = {record.address: record for record in records}
    gone: dict[str, list[str]] = defaultdict(list)
    unnamed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, ids in former.items():
        own, plain = split_path(path, folders)
        language = own.id
        if path in build.files:
            if ids and not plain.startswith("print/"):
                for id in sorted(set(ids) - build.ids(path)):
                    unnamed[address_of(plain), id].append(language)
        elif path.endswith(".html"):
            gone[address_of(plain)].append(language)
        elif path.startswith("files/"):
            gone[address_of(path)].append("")
    known = {address_of(split_path(path, folders)[1]) for path in former}
    fresh = {address: record for address, record in by_address.items() if address not in known}
    for address, languages in gone.items():
        named = f"{address} of {shown}" if list_of else address
        message = f"{named} would disappear{_where(languages, site)}"
        span = Span(list_of, 1, 1) if list_of else Span(f"{shown}/{address.lstrip('/')}")
        yield Problem(span, Rule.LOST_ADDRESS, message, _remedy(address, fresh))
    for (address, id), languages in unnamed.items():
        named = f"{address}#{id} of {shown}" if list_of else f"{address}#{id}"
        message = f"{named} would disappear{_where(languages, site)}"
        span = by_address[address].span if address in by_address else Span(list_of or f"{shown}/{address.lstrip('/')}")
        hint = f'give the fact, relation or heading that had the id "{id}" this id again: links from elsewhere name it'
        yield Problem(span, Rule.LOST_ANCHOR, message, hint)


def _landing(path: str, files: Mapping[str, bytes]) -> str:
    """Return the page that readers of a path get: itself, or the one to which it redirects."""
    text = files[path].decode("utf-8", "replace") if path.endswith(".html") else ""
    onward = _REFRESH.search(text)
    if not onward:
        return text
    target = join(dirname(path), onward[1])
    landing = normpath(target if target.endswith(".html") else join(target, "index.html"))
    return files[landing].decode("utf-8", "replace") if landing in files else ""


def _where(languages: list[str], site: Site) -> str:
    """Return the languages in which a page would disappear; "" if in all, or for a file, which has no language."""
    return "" if len(languages) == len(site.languages) or not all(languages) else f" in {', '.join(languages)}"


def _remedy(address: str, records: Mapping[str, Record]) -> str:
    """Return what to do about an address that would disappear.

    Args:
        address: the address.
        records: the records that the earlier build did not have, by address: one of them may be the same, renamed.
    """
    parts = address.strip("/").split("/")
    if parts[0] == "files":
        return "keep the file in content/files/ under this name"
    if (parts[0] in BY_FOLDER and len(parts) == 2) or len(parts) == 1:
        near = get_close_matches(address, records, n=1, cutoff=0.7)
        where = f"to {records[near[0]].path}, or " if near else ""
        return f"add aliases: [{address}] {where}to the record that takes its place"
    return f"add to content/site.yaml, under aliases: {address}: PATH of the page that takes its place"

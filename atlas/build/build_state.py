"""The state that one build saves for the next: problems, pages and their fingerprints."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from atlas.build.cache import Cache
from atlas.build.fingerprints import Fingerprint, RebuildReason
from atlas.core.output_state import SeenFile
from atlas.core.problems import Problem
from atlas.pages.plan import CachedPage
from atlas.pages.rendering.templates import Facts

_NAME = "build-state"


class BuildState(Struct):
    """What a build found and made.

    read: the digest of everything that it read, with the engine and the settings. failed: mistakes kept it from
    writing; problems and pages: what it reported. The rest is of the last build that wrote. since: when it began, in
    nanoseconds; files: those of ours in the output folder; others: the rest there; fingerprints: of the pages; reasons:
    why each was last rendered; facts: of the templates. common: the digest of what any page may be drawn from;
    cached_pages: of pages, what each was drawn from besides, and what it told. engine: its digest; pinyin: of texts in
    Han characters.
    """

    read: str = ""
    since: int = 0
    failed: bool = True
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    files: dict[str, SeenFile] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    fingerprints: dict[str, Fingerprint] = field(default_factory=dict)
    reasons: dict[str, RebuildReason] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    common: str = ""
    cached_pages: dict[str, CachedPage] = field(default_factory=dict)
    engine: str = ""
    pinyin: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load(cache: Cache) -> BuildState:
    """The ledger of the last build; an empty one where there is none that can be believed."""
    data = cache.read(_NAME)
    try:
        return msgspec.msgpack.decode(data, type=BuildState) if data else BuildState()
    except msgspec.DecodeError:
        return BuildState()


def save(cache: Cache, state: BuildState) -> None:
    """Leave the ledger for the next build; an old one never stays where the new cannot be written."""
    if not cache.write(_NAME, msgspec.msgpack.encode(state)):
        cache.forget(_NAME)

"""Holds the state that one build saves for the next: problems, pages and their fingerprints."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from atlas.build.cache import Cache
from atlas.build.fingerprints import Fingerprint, RebuildReason
from atlas.content.dependencies import EntryValues
from atlas.core.output_state import SeenFile
from atlas.core.problems import Problem
from atlas.pages.plan import CachedFile, CachedPage
from atlas.pages.rendering.templates import Facts

_NAME = "build-state"


class BuildState(Struct):
    """The state of a build for the next one.

    Attributes:
        read: the digest of the inputs, the engine and the settings.
        since: the time when the last build that wrote began, in nanoseconds.
        failed: whether errors kept the build from writing.
        problems: the problems that it reported.
        pages: the number of its pages.
        files: our files in the output folder.
        others: the other files in the output folder.
        fingerprints: the fingerprint of each page.
        reasons: why each page was last rendered.
        facts: the analysis of each template.
        common: the digest of the inputs that every page may depend on.
        entries: the values of the entries that pages were made from.
        cached_pages: the dependencies and metadata of each tracked page.
        cached_files: the dependencies of each tracked file without a template.
        engine: the digest of the engine.
        pinyin: the pinyin of texts in Han characters.
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
    entries: EntryValues = field(default_factory=EntryValues)
    cached_pages: dict[str, CachedPage] = field(default_factory=dict)
    cached_files: dict[str, CachedFile] = field(default_factory=dict)
    engine: str = ""
    pinyin: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load(cache: Cache) -> BuildState:
    """Return the state of the last build; an empty one if there is none that is valid."""
    data = cache.read(_NAME)
    try:
        return msgspec.msgpack.decode(data, type=BuildState) if data else BuildState()
    except msgspec.DecodeError:
        return BuildState()


def save(cache: Cache, state: BuildState) -> None:
    """Save the state for the next build. If that fails, remove the old one."""
    if not cache.write(_NAME, msgspec.msgpack.encode(state)):
        cache.forget(_NAME)

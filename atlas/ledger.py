"""What the last build into a folder found and made, as the next one needs it: a file of the cache."""

from __future__ import annotations

import msgspec
from msgspec import Struct, field

from atlas.cache import Cache
from atlas.pages.plans import Trace
from atlas.pages.sealing import Reason, Seal
from atlas.pages.templates import Facts
from atlas.problems import Problem
from atlas.standing import Seen

_NAME = "ledger"


class Ledger(Struct):
    """What a build found and made.

    read: the digest of everything that it read, with the engine and the settings. failed: mistakes kept it from
    writing; problems and pages: what it reported. The rest is of the last build that wrote. since: when it began, in
    nanoseconds; files: those of ours in the output folder; others: the rest there; seals: of the pages; reasons: why
    each was last rendered; facts: of the templates. common: the digest of what any page may be drawn from; traces: of
    pages, what each was drawn from besides, and what it told. engine: its digest; readings: of texts in Han characters.
    """

    read: str = ""
    since: int = 0
    failed: bool = True
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    files: dict[str, Seen] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    seals: dict[str, Seal] = field(default_factory=dict)
    reasons: dict[str, Reason] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    common: str = ""
    traces: dict[str, Trace] = field(default_factory=dict)
    engine: str = ""
    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load(cache: Cache) -> Ledger:
    """The ledger of the last build; an empty one where there is none that can be believed."""
    data = cache.read(_NAME)
    try:
        return msgspec.msgpack.decode(data, type=Ledger) if data else Ledger()
    except msgspec.DecodeError:
        return Ledger()


def save(cache: Cache, ledger: Ledger) -> None:
    """Leave the ledger for the next build; an old one never stays where the new cannot be written."""
    if not cache.write(_NAME, msgspec.msgpack.encode(ledger)):
        cache.forget(_NAME)

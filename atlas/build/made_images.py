"""Keeps images that a build makes: one is made again only if what it is made from has changed, or its file has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar

import msgspec

from atlas.build.cache import Cache
from atlas.build.target import PostResult, Target
from atlas.core.digests import digest
from atlas.core.parallel import map_in_processes

_KEPT: Final = msgspec.msgpack.Decoder(dict[str, tuple[str, str]])
"""Of each image two digests: of what it was made from, and its own: a killed build may have left an older one."""


class Job(Protocol):
    """Images to make together: their paths, and the digest of all that they are made from."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the images in the output folder."""

    @property
    def key(self) -> str:
        """The digest."""


AnyJob = TypeVar("AnyJob", bound=Job)


def made_images(
    name: str, jobs: Sequence[AnyJob], make: Callable[[AnyJob], tuple[bytes, ...]], target: Target, least: int
) -> PostResult:
    """Return the images of jobs: those that the last build left and that are still right are kept.

    Args:
        name: the name under which the cache remembers them.
        jobs: what to make.
        make: makes the images of one job, in the order of its paths.
        target: the output folder.
        least: number of jobs for which a second process saves time.
    """
    before = {} if target.options.force else _before(target.cache, name)
    kept: dict[str, str] = {}
    wanted: list[AnyJob] = []
    for job in jobs:
        left = {path: target.state.files[path].digest for path in job.paths if target.is_as_left(path)}
        if len(left) == len(job.paths) and all(before.get(path) == (job.key, left[path]) for path in left):
            kept |= left
        else:
            wanted.append(job)
    made: dict[str, bytes] = {}
    for job, images in zip(wanted, map_in_processes(make, wanted, least=least), strict=True):
        made |= dict(zip(job.paths, images, strict=True))
    if target.cache:
        digests = kept | {path: digest(data) for path, data in made.items()}
        now = {path: (job.key, digests[path]) for job in jobs for path in job.paths}
        if now != before and not target.cache.write(name, msgspec.msgpack.encode(now)):
            target.cache.forget(name)
    return PostResult(made, kept)


def _before(cache: Cache | None, name: str) -> dict[str, tuple[str, str]]:
    """Return what the last build kept of its images."""
    data = cache.read(name) if cache else None
    try:
        return _KEPT.decode(data) if data else {}
    except msgspec.DecodeError:
        return {}

"""Finds the pictures of which a build makes smaller copies, and says why others have none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from atlas.content.files import VARIED, WEBP, File
from atlas.content.parse_cache import ParseCache
from atlas.core import pillow
from atlas.core.parallel import map_in_processes
from atlas.core.problems import Problem, Span
from atlas.core.rules import Rule
from atlas.core.sources import LARGE_PICTURE
from atlas.graphics.image_variants import State, state_of, widths_of

_LEAST: Final = 50_000
"""Pictures with fewer bytes load fast as they are."""
_FEW: Final = 8
"""Pictures for which a second process saves time."""
_STATE: Final = msgspec.msgpack.Decoder(State)


def with_variants(
    files: Mapping[str, File], asked: Span, parse_cache: ParseCache
) -> tuple[Mapping[str, File], tuple[Problem, ...]]:
    """Return files, each with the widths of the copies to make of it.

    Args:
        files: the pictures and downloads by path.
        asked: where the site asks for copies.
        parse_cache: knows the pictures that have not changed.

    Returns:
        The files, and what is wrong: no Pillow, or a picture that cannot be read to its end.
    """
    if not pillow.is_installed():
        message = "no smaller copies of pictures are made: Pillow is not installed"
        return files, (Problem(asked, Rule.NO_IMAGE_VARIANTS, message, pillow.INSTALL),)
    known = dict(_states([file for file in files.values() if _is_wanted(file)], parse_cache))
    found = {
        path: replace(files[path], variants=_widths(files[path])) for path, state in known.items() if state == "usable"
    }
    return {**files, **found}, tuple(_damaged(path) for path, state in known.items() if state == "damaged")


def _is_wanted(file: File) -> bool:
    is_small = file.size < _LEAST
    is_huge = file.width * file.height > LARGE_PICTURE
    return file.suffix in VARIED and not is_small and not is_huge and bool(_widths(file))


def _widths(file: File) -> tuple[int, ...]:
    return widths_of(file.width, is_webp=file.suffix == WEBP)


def _states(files: Sequence[File], parse_cache: ParseCache) -> Iterator[tuple[str, State]]:
    """Yield the path of each picture and whether copies can be made of it; pictures are read only if they changed."""
    unknown: list[File] = []
    for file in files:
        name = f"content/files/{file.path}"
        if row := parse_cache.find(name, parse_cache.key(name)):
            yield file.path, _STATE.decode(row)
        else:
            unknown.append(file)
    states = map_in_processes(lambda file: state_of(file.data, (file.width, file.height)), unknown, least=_FEW)
    for file, state in zip(unknown, states, strict=True):
        name = f"content/files/{file.path}"
        parse_cache.keep(name, parse_cache.key(name), msgspec.msgpack.encode(state))
        yield file.path, state


def _damaged(path: str) -> Problem:
    message = "this picture cannot be read to its end, so no smaller copies are made of it"
    hint = "save it again in the program that made it, or fetch it again from where it comes from"
    return Problem(Span(f"content/files/{path}"), Rule.DAMAGED_PICTURE, message, hint)

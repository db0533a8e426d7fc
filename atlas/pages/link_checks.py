"""Checks pages for links without a target and for addresses that clash or are too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from atlas.content.linking import Atlas
from atlas.content.reference_checks import anchors
from atlas.core.limits import PATH_BYTES, PATH_PART_BYTES
from atlas.core.problems import Problem, Span, nearest
from atlas.core.rules import Rule
from atlas.markdown.slots import Slot


def dead_paths(atlas: Atlas, links: Iterable[Slot], known: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each link by path that leads to no page or to no anchor there.

    Args:
        atlas: the atlas.
        links: the links by path.
        known: the paths of the pages.
    """
    for slot in links:
        if slot.target not in known:
            hint = nearest(slot.target, known)
            yield Problem(slot.span, Rule.UNKNOWN_PAGE, f'there is no page "{slot.target}"', hint)
        elif slot.fragment and slot.fragment[0] != "_" and slot.target not in atlas.broken_paths:
            record = atlas.addresses.get(slot.target)
            ids = anchors(record) if record else frozenset()
            if slot.fragment not in ids and (record is None or record.id not in atlas.shaky):
                message = f'nothing has the id "{slot.fragment}" there'
                yield Problem(slot.span, Rule.UNKNOWN_FRAGMENT, message, nearest(slot.fragment, ids))


def long_names(pages: Iterable[tuple[str, Span]]) -> Iterator[Problem]:
    """Yield a problem for each page whose path is too long for file systems, once for each place in the source files.

    Args:
        pages: the path and the source of each page.
    """
    reported: set[Span] = set()
    for path, span in pages:
        part = max(path.split("/"), key=lambda part: len(part.encode()))
        name, whole = len(part.encode()), len(path.encode())
        if (name > PATH_PART_BYTES or whole > PATH_BYTES) and span not in reported:
            reported.add(span)
            is_part = name > PATH_PART_BYTES
            count, most = (name, PATH_PART_BYTES) if is_part else (whole, PATH_BYTES)
            what = f'"{part[:20]}…", a part of the address,' if is_part else f'the address "/{path[:20]}…"'
            message = f"{what} has {count} bytes; file systems take {most} at most"
            yield Problem(span, Rule.LONG_NAME, message, "shorten the id, key or alias that it is made of")


def same_urls(pages: list[tuple[str, Span]], files: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for pages and files whose paths are the same where case is ignored.

    Args:
        pages: the path and the source of each page.
        files: the paths of the files in content/files.
    """
    places = [*pages, *((f"files/{path}", Span(f"content/files/{path}", 1, 1)) for path in files)]
    seen: dict[str, Span] = {}
    reported: set[Span] = set()
    for path, span in places:
        folded = path.casefold()
        first = seen.get(folded)
        seen.setdefault(folded, span)
        if first and not {span, first} <= reported:
            reported |= {span, first}
            here, there = (span, first) if span.path.startswith("content/") else (first, span)
            other = there if there.path else "a page that the atlas makes itself"
            message = f"two pages would have the address /{path.removesuffix('index.html')}"
            hint = f"change the path or the name of this file; the other is {other}"
            yield Problem(here, Rule.SAME_URL, message, hint)

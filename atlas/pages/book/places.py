"""Finds the chapters of a book that name a record or cite a work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from atlas.content.linking import Mention
from atlas.pages.locale_site import LocaleSite, page_of
from atlas.pages.view_parts import Anchor


def find_places(
    locale_site: LocaleSite, mentions: Iterable[Mention], order: Mapping[str, int], most: int
) -> tuple[Anchor, ...]:
    """Return links to the first mention in each chapter, in reading order.

    Args:
        locale_site: the language.
        mentions: the mentions of a record or a work; those in other records than those of the book are left out.
        order: the place of each record in the book.
        most: the number of chapters at most; those with more mentions come before others.
    """
    own = [mention for mention in mentions if mention.record in order]
    counts = Counter(mention.record for mention in own)
    anchors = {mention.record: mention.anchor for mention in reversed(own)}
    chosen = sorted(counts, key=lambda id: (-counts[id], order[id]))[:most]
    return tuple(_link(locale_site, id, anchors[id]) for id in sorted(chosen, key=order.__getitem__))


def _link(locale_site: LocaleSite, id: str, anchor: str) -> Anchor:
    record = locale_site.atlas.records[id]
    is_inside = anchor and not page_of(record, anchor)
    return Anchor(locale_site.title(record), f"#{id}--{anchor}" if is_inside else f"#{id}")

"""Finds ids of records in single brackets, which pages show as they are typed: `[alliance]` for `[[alliance]]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from atlas.content.model import Record
from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.markdown.link_targets import BRACKETED
from atlas.markdown.slots import place
from atlas.markdown.tokens import read_tokens

_UNREAD: Final = ("code", "fence", "open-fence", "comment", "url", "autolink")


def find_bracketed_ids(records: Mapping[str, Record]) -> Iterator[Problem]:
    """Yield a problem for each id of a record that stands in single brackets in a text.

    Args:
        records: the records by id.
    """
    for record in records.values():
        for text in record.texts().values():
            for prose in text.versions.values():
                written = prose.passage.text
                found = [each for each in BRACKETED.finditer(written) if each[1] in records] if "[" in written else []
                if not found:
                    continue
                tokens = read_tokens(written).rows
                hidden = [(token.start, token.end) for token in tokens if token.kind in _UNREAD]
                labels = {
                    token.found["label"].lower() for token in tokens if token.kind == "definition" and token.found
                }
                for each in found:
                    if each[1] in labels or any(start <= each.start() < end for start, end in hidden):
                        continue
                    message = f'"{each[1]}" is a record, and single brackets make no link'
                    hint = f"write [[{each[1]}]], or \\[{each[1]}] for plain brackets"
                    yield Problem(place(prose.passage, each.start()), Rule.UNREAD_MARKUP, message, hint)

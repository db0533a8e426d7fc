"""Finds ids of records in single brackets, which pages show as they are typed: `[alliance]` for `[[alliance]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from atlas.content.model import Record
from atlas.core.memo import NO_MEMO, Memo
from atlas.core.problems import Problem
from atlas.core.rules import Rule
from atlas.markdown.link_targets import BRACKETED
from atlas.markdown.passages import Passage
from atlas.markdown.slots import place
from atlas.markdown.tokens import read_tokens

_UNREAD: Final = ("code", "fence", "open-fence", "comment", "url", "autolink")


def find_bracketed_ids(records: Mapping[str, Record], memo: Memo = NO_MEMO) -> Iterator[Problem]:
    """Yield a problem for each id of a record that stands in single brackets in a text.

    Args:
        records: the records by id.
        memo: the results of the last reading in the same process.
    """
    for id, record in records.items():
        for passage, words in memo.get(("bracketed", id), (record,), partial(_bracketed, record)):
            if found := [each for each in words if each[1] in records]:
                yield from _problems(passage, found)


def _bracketed(record: Record) -> list[tuple[Passage, list[re.Match[str]]]]:
    """Return the words in single brackets, by the passage that they stand in."""
    passages = (prose.passage for text in record.texts().values() for prose in text.versions.values())
    found = ((passage, [*BRACKETED.finditer(passage.text)]) for passage in passages if "[" in passage.text)
    return [(passage, words) for passage, words in found if words]


def _problems(passage: Passage, found: list[re.Match[str]]) -> Iterator[Problem]:
    tokens = read_tokens(passage.text).rows
    hidden = [(token.start, token.end) for token in tokens if token.kind in _UNREAD]
    labels = {token.found["label"].lower() for token in tokens if token.kind == "definition" and token.found}
    for each in found:
        if each[1] in labels or any(start <= each.start() < end for start, end in hidden):
            continue
        message = f'"{each[1]}" is a record, and single brackets make no link'
        hint = f"write [[{each[1]}]], or \\[{each[1]}] for plain brackets"
        yield Problem(place(passage, each.start()), Rule.UNREAD_MARKUP, message, hint)

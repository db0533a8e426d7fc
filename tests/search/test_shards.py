"""Rows in files: every history of changes leaves the files that the rows alone would give."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from atlas.search.shards import Shards, Tree, file_names, key_place

LIMIT = 60
KEYS = st.text("abcd", min_size=1, max_size=3)
CHANGES = st.dictionaries(KEYS, st.integers(0, 40), max_size=12)


def changed(tree: Tree, files: Mapping[str, bytes], rows: Mapping[str, int]) -> tuple[Tree, dict[str, bytes]]:
    """The files after some rows have changed; a row of length 0 is gone."""
    shards = Shards(tree, LIMIT, lambda key: key_place(key[0]), files.__getitem__)
    shards.update(rows, lambda key, _: json.dumps("x" * rows[key]).encode() if rows[key] else b"")
    names = set(file_names(shards.tree))
    return shards.tree, {name: data for name, data in {**files, **shards.made}.items() if name in names}


@given(st.lists(CHANGES, max_size=6))
def test_every_history_leaves_the_same_files(history: list[dict[str, int]]) -> None:
    tree: Tree = ""
    files: dict[str, bytes] = {}
    rows: dict[str, int] = {}
    for change in history:
        tree, files = changed(tree, files, change)
        rows = {key: size for key, size in (rows | change).items() if size}
    assert (tree, files) == changed("", {}, rows)
    held = {key: len(value) for data in files.values() for key, value in json.loads(data).items()}
    assert held == rows


@given(CHANGES)
def test_a_file_is_above_the_limit_only_if_its_rows_have_one_place(rows: dict[str, int]) -> None:
    _, files = changed("", {}, rows)
    for data in files.values():
        places = {key_place(key[0]) for key in json.loads(data)}
        assert len(data) - 1 <= LIMIT or len(places) == 1

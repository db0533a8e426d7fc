"""Each value of a dataset fits its column, names what exists, and rests on a work."""

from __future__ import annotations

import pytest
from small_atlases import Made, actor, made

PATH = "content/datasets/lights.yaml"
TABLE = """\
lang: en
date: 2026-11-22
title: Lights
summary: Lights of the coast [@lamp1901].
table:
  columns:
    - {id: place, label: {en: Place, fr: Lieu, zh: 地}, type: place}
    - {id: keeper, label: {en: Keeper, fr: Gardien, zh: 人}, type: record}
    - {id: lit, label: {en: Lit, fr: Allumage, zh: 亮}, type: date}
    - {id: height, label: {en: Height, fr: Hauteur, zh: 高}, type: number}
    - {id: site, label: {en: Website, fr: Site, zh: 网}, type: url}
  rows:
    - id: first
      cells:
        place: harbour
        keeper: lamps
        lit: {value: 1901-02, sources: [lamp1901]}
        height: 12.5
        site: https://light.example/
    - id: second
      cells: {keeper: lamps}
      sources: [bridge1904]
"""
PLACES = "harbour: {label: {en: A, fr: A, zh: A}, coordinates: [1, 2]}\n"
MISTAKES = (
    ("place: harbour", "place: harbor", "unknown-place", "did you mean"),
    ("keeper: lamps\n", "keeper: lamsp\n", "unknown-record", "did you mean"),
    ("value: 1901-02", "value: 1901-02-3x", "bad-date", "write a date"),
    ("height: 12.5", 'height: "12,5"', "wrong-type", "full stop"),
    ("site: https://light.example/", "site: light.example", "bad-address", "https://"),
    ("site: https", "sites: https", "unknown-key", "site"),
    ("- id: second", "- id: first", "duplicate-id", "line 13"),
    ("{id: height", "{id: lit", "duplicate-id", "line 9"),
    ("sources: [lamp1901]", "sources: [lamp1902]", "unknown-work", "lamp1901"),
    ("      sources: [bridge1904]\n", "", "missing-key", "sources"),
    ("height: 12.5", "height: {value: {en: twelve}}", "wrong-type", "one value"),
    ("columns:", "colums:", "unknown-key", "columns"),
)
"""A part of the table, what is wrong in its place, the rule, and a word of the remedy."""


def atlas(table: str) -> Made:
    """A small atlas with a dataset."""
    return made({PATH: table, "content/places.yaml": PLACES, "content/actors/lamps.yaml": actor("Lamps")})


def test_a_table_without_a_mistake_is_read_whole() -> None:
    own = atlas(TABLE)
    assert [problem for problem in own.problems if problem.span.path == PATH] == []
    dataset = own.record("lights").dataset
    assert dataset
    assert [row.id for row in dataset.rows] == ["first", "second"]
    assert [cell.text("fr") for cell in dataset.rows[0].cells["height"]] == ["12.5"]
    assert [one.work for one in dataset.rows[0].references()] == ["lamp1901"]


@pytest.mark.parametrize(("old", "new", "rule", "hint"), MISTAKES)
def test_a_value_that_does_not_fit_is_reported_at_its_line(old: str, new: str, rule: str, hint: str) -> None:
    assert old in TABLE
    changed = TABLE.replace(old, new, 1)
    found = [problem for problem in atlas(changed).problems if problem.span.path == PATH and problem.rule == rule]
    assert [problem for problem in found if hint in problem.hint], [str(one) for one in atlas(changed).problems]
    if new and rule not in ("unknown-key",):
        lines = [number for number, line in enumerate(changed.splitlines(), 1) if new.strip() in line]
        assert found[0].span.line in lines

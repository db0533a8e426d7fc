"""Ids that are made from names."""

from __future__ import annotations

import pytest

from atlas.authoring.slugs import slug
from atlas.markdown.passages import KEBAB


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Helmholtz-Zentrum München", "helmholtz-zentrum-munchen"),
        ("L’Œuvre d'Orient", "l-oeuvre-d-orient"),
        ("民间外交", "min-jian-wai-jiao"),
        ("By side", "side"),
        ("?!", "record"),
        ("A" * 90, "a" * 60),
        ("word " * 30, "-".join(["word"] * 12)),
    ],
)
def test_a_name_becomes_an_id(name: str, id: str) -> None:
    assert slug(name) == id
    assert KEBAB.fullmatch(slug(name))


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert slug("Lamp", {"lamp", "lamp-2"}) == "lamp-3"

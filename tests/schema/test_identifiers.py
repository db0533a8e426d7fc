"""Identifiers of ORCID, ROR and Wikidata: their check digits, the links, and what machines read of them."""

from __future__ import annotations

import pytest
from yaml import compose

from atlas.schema.field_types import FileContext
from atlas.schema.identifiers import IDENTIFIERS, identifier_url


def read(key: str, text: str) -> tuple[str | None, list[str]]:
    """A value of a key, and the rules that it breaks."""
    context = FileContext("x.yaml", text, {})
    node = compose(text)
    assert node
    return IDENTIFIERS[key].read(node, context), [problem.rule for problem in context.problems]


@pytest.mark.parametrize(
    ("key", "text", "bare"),
    [
        ("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("orcid", "https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("ror", "03yrm5c26", "03yrm5c26"),
        ("ror", "https://ror.org/042nb2s44", "042nb2s44"),
        ("wikidata", "https://www.wikidata.org/wiki/Q142", "Q142"),
    ],
)
def test_an_identifier_is_read_bare_or_as_an_address(key: str, text: str, bare: str) -> None:
    assert read(key, text) == (bare, [])
    assert identifier_url(key, bare).endswith(f"/{bare}")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("orcid", "0000-0002-1825-0098"),
        ("orcid", "0000-0001-5109-3701"),
        ("orcid", "0000-0002-1825"),
        ("ror", "03yrm5c27"),
        ("ror", "042nb2s45"),
        ("wikidata", "142"),
        ("wikidata", "Q0"),
    ],
)
def test_a_wrong_identifier_is_reported(key: str, text: str) -> None:
    assert read(key, text) == (None, ["bad-identifier"])

"""The styles against the standards' own examples; what differs is explained, and the figures are kept in the docs."""

from __future__ import annotations

import pytest
from conforming import DOCS, SUITES, Outcome, Suite, outcomes, table


@pytest.fixture(scope="module", params=SUITES, ids=lambda suite: suite.name)
def suite(request: pytest.FixtureRequest) -> tuple[Suite, list[Outcome]]:
    """A suite and what the engine makes of it."""
    return request.param, outcomes(request.param)


def test_every_style_reaches_its_target(suite: tuple[Suite, list[Outcome]]) -> None:
    own, found = suite
    assert 100 * sum(one.is_equal for one in found) >= own.target * len(found)


def test_every_difference_is_explained_and_every_explanation_applies(suite: tuple[Suite, list[Outcome]]) -> None:
    _, found = suite
    wrong = [one for one in found if one.is_equal == bool(one.example.reason)]
    assert [(one.example.expected, one.ours) for one in wrong] == []


def test_the_docs_have_the_figures() -> None:
    assert table() in DOCS.read_text("utf-8"), "python tests/conforming.py --docs"

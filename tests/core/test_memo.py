"""The memo of a process that reads again: a result is made again only if its inputs differ."""

from __future__ import annotations

import pytest

from atlas.core.memo import Memo


@pytest.mark.parametrize(
    ("keeps", "inputs", "made"),
    [
        (True, ["a", "a"], 1),
        (True, ["a", "b"], 2),
        (True, ["a", "b", "a"], 3),  # only the last result is kept
        (False, ["a", "a"], 2),
    ],
)
def test_a_result_is_made_again_only_if_its_inputs_differ(keeps: bool, inputs: list[str], made: int) -> None:
    memo, calls = Memo(keeps=keeps), list[str]()

    def make(text: str) -> str:
        calls.append(text)
        return text.upper()

    assert [memo.get("upper", (text,), lambda text=text: make(text)) for text in inputs] == [  # type: ignore[misc]
        text.upper() for text in inputs
    ]
    assert len(calls) == made


def test_two_names_are_two_results() -> None:
    memo = Memo()
    assert [memo.get(name, ("same",), lambda name=name: name) for name in ("one", "two")] == ["one", "two"]  # type: ignore[misc]


def test_a_failure_is_not_kept() -> None:
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get("inverse", (0,), lambda: 1 / 0)
    assert memo.get("inverse", (0,), lambda: 1) == 1

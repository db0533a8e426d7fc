"""An id in single brackets is no link, and is reported where it stands."""

from __future__ import annotations

import pytest
from small_atlases import GIFT, LAMPS, actor, case, made, places

from atlas.lint.bracketed_ids import find_bracketed_ids


def found(body: str) -> list[tuple[str, int, int]]:
    content = made({LAMPS: actor("Lamps"), GIFT: case(body)}).content
    return places(list(find_bracketed_ids(content.records)))


def test_an_id_in_single_brackets_is_reported_and_its_remedies_work() -> None:
    assert found("A gift of [lamps] here.") == [("unread-markup", 10, 11)]
    assert found("A gift of [[lamps]] here.") == []
    assert found("A gift of \\[lamps] here.") == []


@pytest.mark.parametrize(
    "body",
    ["`[lamps]`", "[lamps](/actors/lamps/)", "[lamps]{lang=fr}", "[bridges]", "[a lamp]", "a[lamps]",
     "[lamps]\n\n[lamps]: https://a.example/", "[[lamps|the [lamps]]]"],
)  # fmt: skip
def test_what_is_no_link_to_a_record_is_not_reported(body: str) -> None:
    assert found(body) == []

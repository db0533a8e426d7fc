"""The chapters of a book that name a record: at most so many, in reading order."""

from __future__ import annotations

import pytest
from small_atlases import BRIDGES, GIFT, LAMPS, Made, actor, case, made
from small_pages import locale_site

from atlas.pages.book.places import find_places

ORDER = {"home": 0, "gift": 1, "bridges": 2, "lamps": 3}


@pytest.fixture(scope="module")
def naming() -> Made:
    """An atlas with two records that name a third, one of them twice."""
    return made(
        {
            LAMPS: actor("Lamps"),
            BRIDGES: actor("Bridges", "summary: A society [@lamp1901] near [[lamps]].\n"),
            GIFT: case("To [[lamps]] first.\n\n## Later {#later}\n\nTo [[lamps]] again."),
        }
    )


@pytest.mark.parametrize(
    ("most", "order", "urls"),
    [
        (2, ORDER, ["#gift", "#bridges"]),
        (2, {**ORDER, "gift": 5}, ["#bridges", "#gift"]),
        (1, {**ORDER, "gift": 5}, ["#gift"]),
        (2, {"bridges": 0}, ["#bridges"]),
        (2, {}, []),
    ],
)
def test_places_are_in_reading_order_and_those_with_most_mentions_are_kept(
    most: int, order: dict[str, int], urls: list[str], naming: Made
) -> None:
    mentions = naming.atlas.mentions["en"]["lamps"]
    places = find_places(locale_site(naming), mentions, order, most)
    assert [link.url.partition("--")[0] for link in places] == urls

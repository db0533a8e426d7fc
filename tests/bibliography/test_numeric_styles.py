"""Pages in a style that numbers their works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_copies import add, build, copy_site, edit


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A copy of the three valleys, to be changed."""
    return copy_site("three", tmp_path)


class TestNumericStyle:
    @pytest.fixture
    def numeric(self, three: Path, tmp_path: Path) -> Path:
        """The three valleys in English with a numeric style, a summary that cites what its text does not, and a
        nocite.
        """
        edit(three, "content/site.yaml", "\nsides:\n", "\nstyles: {en: gb-t-7714-2015-numeric}\nsides:\n")
        add(three / "content/actors/southern-bridge-society.yaml", "nocite: [bai2015denghuo]\n")
        summary = "Two societies put one lamp on two piers [@quillon1901piers, p. 100"
        edit(three, "content/cases/twinning-of-two-piers.md", summary, f"{summary}; @tarn2004courtesy, p. 78")
        assert build(three, tmp_path / "out").rules() == []
        return tmp_path / "out" / "en"

    def test_numbers_works_in_the_order_in_which_a_reader_meets_them(self, numeric: Path) -> None:
        count = 0
        for path in numeric.rglob("index.html"):
            text, _, list_of_works = path.read_text("utf-8").partition(' id="_references">')
            cited = re.findall(r'href="#_ref-([^"]+)"[^>]*>(?:(?!</a>).)*?<sup>\[(\d+)\]', text)
            numbers = dict(cited)
            assert [int(number) for number in numbers.values()] == list(range(1, len(numbers) + 1)), path
            assert set(cited) == set(numbers.items()), path
            listed = re.findall(r'<li id="_ref-([^"]+)">\[(\d+)\] ', list_of_works)
            assert [(key, number) for key, number in listed[: len(numbers)]] == list(numbers.items()), path
            assert len(listed) == list_of_works.count('<li id="_ref-')
            count += bool(cited)
        assert count >= 15

    def test_numbers_last_what_is_listed_without_being_cited(self, numeric: Path) -> None:
        text = (numeric / "actors/southern-bridge-society/index.html").read_text("utf-8")
        keys = re.findall(r'<li id="_ref-([^"]+)">', text)
        assert (keys[-1], keys.count("bai2015denghuo")) == ("bai2015denghuo", 1)

"""A hundred difficult entries of biblatex's own examples, set beside what pandoc makes of them.

bibliographies/biblatex/ORIGIN.md says where they come from; differences.txt explains every difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import pytest
from reference_lists import HERE, style

from atlas.bibliography.formatting.citer import Citer
from atlas.bibliography.parsing.works import Work, read_works

FOLDER = HERE / "biblatex"
STYLES = ("chicago-author-date", "apa")
_ENTRY = re.compile(r'<div id="ref-(?P<key>[^"]+)" class="csl-entry"[^>]*>\n(?P<html>.*?)\n</div>', re.DOTALL)
_OTHER_TAGS = re.compile(r"</?(?!/?(?:i|sup|sub)>)[a-z][^>]*>")


class Difference(NamedTuple):
    """A piece of pandoc's reference, what ours has instead, and why."""

    reason: str
    style: str
    key: str
    theirs: str
    ours: str


def differences() -> Iterator[Difference]:
    """The rows of differences.txt."""
    reason = ""
    lines = (FOLDER / "differences.txt").read_text("utf-8").splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if line.startswith("== "):
            reason = line[3:]
        elif line and not line.startswith("#") and not before.startswith("== "):
            found = re.fullmatch(r"(\S+) (\S+): (.+) → (.+)", line)
            assert found, line
            ours = "" if found[4] == "∅" else found[4]
            yield Difference(reason, found[1], found[2], found[3], ours)


def plain(html: str) -> str:
    """HTML with its italics, raised and lowered letters only; every space is one, and italics run on through a sign."""
    html = re.sub(r"<(/?)em>", r"<\1i>", html)
    text = unescape(_OTHER_TAGS.sub("", re.sub(r"<i [^>]*>", "<i>", html)))
    return re.sub(r"</i>(: |\. |, )<i>", r"\1", re.sub(r"[\u00a0\u202f]", " ", text)).strip()


def pandocs(name: str) -> dict[str, str]:
    """The references that pandoc made in a style, by key."""
    return {
        found["key"]: plain(found["html"]) for found in _ENTRY.finditer((FOLDER / f"{name}.html").read_text("utf-8"))
    }


@pytest.fixture(scope="module")
def works() -> dict[str, Work]:
    """The works of biblatex-examples.bib."""
    found, problems = read_works((FOLDER / "biblatex-examples.bib").read_text("utf-8"), "biblatex-examples.bib")
    assert [problem for problem in problems if problem.severity == "error"] == []
    return {work.key: work for work in found}


@pytest.fixture(scope="module", params=STYLES)
def both(request: pytest.FixtureRequest, works: dict[str, Work]) -> tuple[str, dict[str, str], dict[str, str]]:
    """A style, pandoc's references in it, and ours."""
    of = Citer(works, style(request.param), "en")
    return request.param, pandocs(request.param), {key: plain(of.reference(key)) for key in works}


def test_every_work_of_the_file_is_compared(both: tuple[str, dict[str, str], dict[str, str]]) -> None:
    _, theirs, ours = both
    assert set(theirs) - set(ours) == {"set", "stdmodel"}  # sets of others, which the atlas cites one by one
    assert len(ours) == 90
    assert set(ours) <= set(theirs)


def test_every_difference_from_pandoc_is_explained_and_every_explanation_applies(
    both: tuple[str, dict[str, str], dict[str, str]],
) -> None:
    name, theirs, ours = both
    explained = dict(theirs)
    for row in differences():
        if row.style == name:
            assert explained[row.key].count(row.theirs) == 1, row
            explained[row.key] = explained[row.key].replace(row.theirs, row.ours)
    assert {key: explained[key] for key in ours if explained[key] != ours[key]} == {
        key: ours[key] for key in ours if explained[key] != ours[key]
    }


def test_most_references_are_pandocs_to_the_letter(both: tuple[str, dict[str, str], dict[str, str]]) -> None:
    _, theirs, ours = both
    assert sum(theirs[key] == html for key, html in ours.items()) >= 58


def test_every_reason_says_more_than_its_name() -> None:
    text = (FOLDER / "differences.txt").read_text("utf-8")
    reasons = re.findall(r"^== (\S+)\n(.+)$", text, re.MULTILINE)
    assert {reason for reason, _ in reasons} == {row.reason for row in differences()}
    assert [reason for reason, sentence in reasons if len(sentence) < 40 or sentence[-1] != "."] == []

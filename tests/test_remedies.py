"""Every remedy is tried: the mistakes of mistakes.txt are corrected as their message says, and the atlas is then whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mistakes import Mistake, read_mistakes
from site_copies import copy_site, edit, write

from atlas.build.options import ReadOptions
from atlas.cli.check import fix
from atlas.core.problems import Problem
from atlas.preview.session import PreviewSession

MISTAKES = list(read_mistakes())


class Workshop:
    """A site of three languages in which mistakes are made and corrected."""

    def __init__(self, root: Path) -> None:
        self.root, self.original = root, ""
        self.is_thorough = True
        self.session = PreviewSession(root, ReadOptions("https://three.example/", "", drafts=False))

    def errors(self) -> list[Problem]:
        """The errors of the site as it is, where it is thorough also those that only drawing all pages shows."""
        self.session.refresh()
        found = [problem for problem in self.session.problems if problem.severity == "error"]
        if not found and self.is_thorough:
            while not self.session.go_on(1000, lambda: False):
                pass
            found = [problem for problem in self.session.problems if problem.severity == "error"]
        return found


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The workshop, which all tests of this module share."""
    return Workshop(copy_site("three", tmp_path_factory.mktemp("remedies")))


@pytest.fixture
def spoilt(workshop: Workshop, request: pytest.FixtureRequest) -> Iterator[Workshop]:
    """The workshop with a mistake made, which is undone afterwards."""
    mistake: Mistake = request.getfixturevalue("mistake")
    path = workshop.root / mistake.path
    before = path.read_bytes() if path.exists() else None
    if mistake.old:
        edit(workshop.root, mistake.path, mistake.old, mistake.new)
    else:
        write(workshop.root, mistake.path, mistake.new)
    workshop.original = before.decode() if before is not None else ""
    yield workshop
    path.unlink(missing_ok=True)
    if before is not None:
        path.write_bytes(before)


def corrected(text: str, original: str, problem: Problem, mistake: Mistake) -> Iterator[str]:
    """The texts to which a remedy may lead: the word that it names, each of those to choose from, or what mistakes.txt
    gives.
    """
    wrong = re.search(r'"([^"]+)"|no attribute (\S+)', problem.message)
    meant = re.findall(r'did you mean "([^"]+)"\?', problem.hint)
    choices = re.findall(r"^choose one of (.+)$", problem.hint)
    if mistake.fixed:
        yield text.replace(mistake.new.replace("▶", ""), mistake.fixed)
    elif wrong and (meant or choices):
        word = wrong[1] or wrong[2]
        for right in meant or choices[0].split(", "):
            word = word.removeprefix("content/files/")
            at = text.find(word, sum(len(each) + 1 for each in text.split("\n")[: problem.span.line - 1]))
            if at >= 0:
                yield text[:at] + right + text[at + len(word) :]
    else:
        yield original


@pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.name for mistake in MISTAKES])
def test_a_remedy_makes_the_site_whole(mistake: Mistake, spoilt: Workshop) -> None:
    spoilt.is_thorough = True
    [problem] = spoilt.errors()
    spoilt.is_thorough = problem in spoilt.session.found
    path = spoilt.root / mistake.path
    if "check --fix" in problem.hint:
        fix(spoilt.root)
        assert mistake.path not in {each.span.path for each in spoilt.errors()}  # its translations may now lack the id
        return
    tried: list[Problem] = []
    for text in corrected(path.read_text(encoding="utf-8"), spoilt.original, problem, mistake):
        path.write_text(text, encoding="utf-8")
        tried = spoilt.errors()
        if not tried:
            return
    if not mistake.old and not mistake.fixed:  # the remedy is to move or remove a file that was added
        path.unlink()
        tried = spoilt.errors()
    assert tried == []

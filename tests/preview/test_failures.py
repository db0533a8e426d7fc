"""A mistake of the engine in the preview: one report, 500 in place of the page, never 404."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from previews import Served
from site_copies import copy_site, edit

from atlas.build.options import ReadOptions
from atlas.preview.session import PreviewSession

PLOT = "content/actors/plot-one.yaml"
FAILING = """\
import sys

sys.path.insert(0, {repository!r})
from atlas.content import records

read = records.parse_file


def fail(source, *arguments):
    if "Plot Fails" in source.text:
        raise KeyError("zh")
    return read(source, *arguments)


records.parse_file = fail
if __name__ == "__main__":
    from atlas.cli.main import main

    sys.exit(main(sys.argv[1:]))
"""
"""A program that is the engine with a mistake: it fails on one text. The process that reads the atlas has it too."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An atlas whose names can be edited."""
    return copy_site("allotments", tmp_path)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The engine with a mistake."""
    path = tmp_path / "failing.py"
    path.write_text(FAILING.format(repository=str(Path(__file__).resolve().parents[2])), encoding="utf-8")
    return path


@pytest.fixture
def served(root: Path, program: Path) -> Iterator[Served]:
    """A preview that fails from its first reading on."""
    edit(root, PLOT, "Plot One", "Plot Fails")
    made = Served(root, "--port", "8700", program=program)
    yield made
    made.close()


def test_every_page_answers_500_with_what_to_send(served: Served, root: Path) -> None:
    for path in ("/", "/actors/plot-one/", "/actors/plot-one", "/none/", "/search/index.json"):
        status, text = served.get(path)
        assert (path, status) == (path, 500)
        assert path.endswith(".json") or ".cache/failure.txt" in text
        assert path.endswith(".json") or PLOT in text
    assert "KeyError" in (root / ".cache/failure.txt").read_text(encoding="utf-8")
    served.stop()
    assert served.rest.count("engine-failure") == 1
    assert "Traceback" not in served.rest


def read_with_failure(root: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> PreviewSession:
    """A session that was good once and fails at its next reading, or its next look at pages."""

    def fail(*_: object) -> None:
        raise KeyError("zh")

    session = PreviewSession(root, ReadOptions("http://127.0.0.1:8000/", "", drafts=True))
    session.refresh()
    monkeypatch.setattr(place, fail)
    edit(root, PLOT, "Plot One", "Plot Two")
    session.refresh()
    session.go_on(10, lambda: False)
    return session


@pytest.mark.parametrize(
    "place",
    [
        "atlas.preview.session.read_input", "atlas.content.records.parse_file", "atlas.preview.session.draw_page",
    ],
)  # fmt: skip
def test_each_stage_that_fails_is_one_report(place: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = read_with_failure(root, monkeypatch, place)
    assert [problem.rule for problem in session.problems if problem.severity == "error"] == ["engine-failure"]
    assert session.failure in session.problems
    assert "KeyError" in (root / ".cache/failure.txt").read_text(encoding="utf-8")


def test_what_was_good_last_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = read_with_failure(root, monkeypatch, "atlas.content.records.parse_file")
    page = session.get("/actors/plot-one/")
    assert page
    assert b"Plot One" in page.data


@pytest.mark.parametrize("place", ["atlas.preview.session.read_input", "atlas.content.records.parse_file"])
def test_the_report_is_gone_when_the_engine_reads_on(place: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = read_with_failure(root, monkeypatch, place)
    monkeypatch.undo()
    session.refresh()
    assert session.failure is None
    assert "engine-failure" not in {problem.rule for problem in session.problems}

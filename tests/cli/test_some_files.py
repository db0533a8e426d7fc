"""`check FILE…` asks about some files, and no command is stopped by the mistakes of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from check_reports import check
from site_copies import contents, copy_site, edit, write

from atlas.authoring.translation_export import export
from atlas.authoring.translations import accept
from atlas.cli.main import main

ONE, TWO = "content/actors/plot-one.yaml", "content/actors/plot-two.yaml"
LAMPS = "content/actors/phares-du-nord"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small atlas in which one record has a mistake."""
    copy = copy_site("allotments", tmp_path)
    edit(copy, TWO, "\nkind: plot", "\nkind: plod")
    return copy


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        ([], ["unknown-kind"]),
        ([TWO], ["unknown-kind"]),
        ([ONE], []),
        (["content/actors"], ["unknown-kind"]),
        (["content/pages", ONE], []),
    ],
)
def test_only_the_files_that_are_named_are_reported(files: list[str], rules: list[str], root: Path) -> None:
    code, rows = check(root, *files)
    assert ([row[0] for row in rows], code) == (rules, int(bool(rules)))


def test_a_mistake_that_keeps_all_files_from_being_checked_is_reported_with_each(root: Path) -> None:
    edit(root, "content/site.yaml", "as_of:", "as_off:")
    assert [row[0] for row in check(root, ONE)[1]] == ["unknown-key"]


def test_a_file_that_is_not_there_is_a_wrong_command_line(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere.yaml", "")
    for name in ("content/actors/plot-nine.yaml", str(tmp_path / "elsewhere.yaml")):
        assert main(["check", "--root", str(root), name]) == 2


def test_only_the_files_that_are_named_are_fixed(root: Path) -> None:
    for path in (ONE, TWO):
        edit(root, path, "summary: ", "summary: The gardener's own. ")
    check(root, "--fix", ONE)
    assert "gardener’s" in (root / ONE).read_text("utf-8")
    assert "gardener's" in (root / TWO).read_text("utf-8")


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """An atlas in three languages in which one record has a mistake."""
    copy = copy_site("three", tmp_path)
    edit(copy, "content/actors/eastern-kite-club.yaml", "\nkind:", "\nkindd:")
    return copy


def test_a_mistake_in_another_record_does_not_stop_accepting(translated: Path) -> None:
    edit(translated, f"{LAMPS}.yaml", "loin de toute mer", "loin de toute rive")
    assert accept(translated, ["phares-du-nord"])[0] == 2
    before = contents(translated)
    written, problems = accept(translated, ["eastern-kite-club"])
    assert (written, contents(translated)) == (0, before)
    assert {problem.span.path for problem in problems} == {"content/actors/eastern-kite-club.yaml"}


def test_a_mistake_in_one_record_leaves_only_that_out_of_an_export(translated: Path) -> None:
    made = export(translated, "en", everything=True)
    assert "phares-du-nord" in made.text
    assert 'msgctxt "eastern-kite-club/' not in made.text
    assert {problem.span.path for problem in made.problems if problem.severity == "error"} == {
        "content/actors/eastern-kite-club.yaml"
    }


def test_a_mistake_in_another_record_does_not_stop_a_new_one(root: Path) -> None:
    (root / ONE).write_bytes(b"\xff")
    assert main(["new", "actor", "plot-three", "-q", "--root", str(root)]) == 0
    assert (root / "content/actors/plot-three.yaml").exists()

"""A record is renamed in all files or in none."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_sites import Sites
from site_copies import build, contents, copy_site, edit, write

from atlas.authoring.renames import rename
from atlas.cli.main import main

LAMPS = "content/actors/phares-du-nord.yaml"
NORTH = "content/actors/northern-lamps.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the atlas of three valleys."""
    return copy_site("three", tmp_path)


def texts(root: Path) -> dict[str, str]:
    """The files of an atlas."""
    return {path: data.decode("utf-8", "replace") for path, data in contents(root / "content").items()}


def test_a_renamed_record_leaves_no_trace_but_its_alias_and_the_atlas_builds(
    root: Path, tmp_path: Path, built: Sites
) -> None:
    before = {row["message"] for row in built("three").report.problems}
    result = rename(root, "phares-du-nord", "northern-lamps")
    assert result.problems == ()
    assert {NORTH, NORTH.replace(".yaml", ".en.yaml")} <= {*result.files}
    left = [
        line
        for path, text in texts(root).items()
        for line in text.splitlines()
        if "phares-du-nord" in line and not line.startswith("aliases:")
    ]
    assert left == []
    assert not (root / LAMPS).exists()
    report = build(root, tmp_path / "after")
    assert report.code == 0
    assert {row["message"] for row in report.problems} <= before
    assert b"northern-lamps" in (tmp_path / "after/actors/phares-du-nord/index.html").read_bytes()


def test_a_record_that_is_renamed_back_is_as_it_was(root: Path) -> None:
    before = texts(root)
    rename(root, "phares-du-nord", "northern-lamps")
    rename(root, "northern-lamps", "phares-du-nord")
    after = texts(root)
    assert after.keys() == before.keys()
    lines = after[LAMPS.removeprefix("content/")].splitlines()
    assert [line for line in lines if line.startswith("aliases:")] == ["aliases: [/actors/northern-lamps/]"]


def test_translations_that_were_current_stay_current(root: Path, tmp_path: Path) -> None:
    edit(root, "content/concepts/river-courtesy.md", "to [[shuiyue]]", "to [[phares-du-nord]] and [[shuiyue]]")
    main(["translations", "--accept", "river-courtesy", "-q", "--root", str(root)])
    before = [row for row in build(root, tmp_path / "before").problems if row["rule"] == "translation-behind"]
    rename(root, "phares-du-nord", "northern-lamps")
    after = [row for row in build(root, tmp_path / "after").problems if row["rule"] == "translation-behind"]
    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("phares-du-nord", "eastern-kite-club", "duplicate-id"),
        ("phares-du-nord", "method", "duplicate-id"),
        ("phares-du-nord", "Northern", "bad-id"),
        ("phares-du-nord", "by-north", "bad-id"),
        ("phares-du-nord", "../north", "bad-id"),
        ("phares", "north", "unknown-record"),
        ("home", "start", "bad-id"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(old: str, new: str, rule: str, root: Path) -> None:
    before = contents(root)
    result = rename(root, old, new)
    assert [problem.rule for problem in result.problems] == [rule]
    assert result.problems[0].hint
    assert contents(root) == before


def test_an_address_that_another_record_has_is_refused(root: Path) -> None:
    edit(root, "content/actors/eastern-kite-club.yaml", "\nkind:", "\naliases: [/actors/northern-lamps/]\nkind:")
    assert [problem.rule for problem in rename(root, "phares-du-nord", "northern-lamps").problems] == ["taken-alias"]


def test_a_file_that_names_the_record_and_cannot_be_read_is_corrected_first(root: Path) -> None:
    path = "content/actors/southern-bridge-society.yaml"
    text = (root / path).read_text(encoding="utf-8")
    write(root, path, f"{text}# phares-du-nord\nsides:[south]\n")
    before = contents(root)
    [problem] = rename(root, "phares-du-nord", "northern-lamps").problems
    assert problem.span.path == path
    assert contents(root) == before


def test_a_file_that_cannot_be_read_at_all_is_corrected_first(root: Path) -> None:
    path = root / "content/actors/southern-bridge-society.yaml"
    path.write_bytes(path.read_bytes() + b"# caf\xe9\n")
    before = contents(root)
    [problem] = rename(root, "phares-du-nord", "northern-lamps").problems
    assert (problem.rule, problem.span.path) == ("bad-utf8", "content/actors/southern-bridge-society.yaml")
    assert contents(root) == before


def test_the_contrast_of_a_dimension_follows_its_record(root: Path) -> None:
    edit(root, "content/site.yaml", "  meeting:\n", "    contrast: phares-du-nord#first-lamp\n  meeting:\n")
    assert rename(root, "phares-du-nord", "northern-lamps").problems == ()
    assert "contrast: northern-lamps#first-lamp\n" in (root / "content/site.yaml").read_text(encoding="utf-8")


def test_the_cells_of_a_dataset_follow_their_record(root: Path) -> None:
    row = "  rows:\n    - {id: one, cells: {body: phares-du-nord, note: phares-du-nord}, sources: [brumecourt1887phares]}\n"
    columns = "  columns:\n    - {id: body, label: {fr: A, en: A, zh: A}, type: record}\n    - {id: note, label: {fr: B, en: B, zh: B}}\n"
    path = "content/datasets/lamps.yaml"
    write(root, path, f"lang: fr\ndate: 2026-11-22\ntitle: Lampes\nsummary: Une table.\ntable:\n{columns}{row}")
    assert rename(root, "phares-du-nord", "northern-lamps").problems == ()
    assert "{body: northern-lamps, note: phares-du-nord}" in (root / path).read_text(encoding="utf-8")


def test_ids_in_blocks_of_text_are_changed(root: Path) -> None:
    path = "content/comparisons/lamps-and-arches.md"
    rows = "\n  - >-\n    phares-du-nord\n  - southern-bridge-society"
    edit(root, path, " [phares-du-nord, southern-bridge-society]", rows)
    assert rename(root, "phares-du-nord", "northern-lamps").problems == ()
    assert ">-\n    northern-lamps" in (root / path).read_text(encoding="utf-8")


def test_mistakes_of_others_stop_no_renaming(root: Path) -> None:
    edit(root, "content/actors/eastern-kite-club.yaml", "\nkind:", "\nkindd:")
    assert rename(root, "phares-du-nord", "northern-lamps").problems == ()


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(root: Path) -> None:
    (root / NORTH.replace(".yaml", ".en.yaml")).mkdir()
    before = contents(root)
    [problem] = rename(root, "phares-du-nord", "northern-lamps").problems
    assert problem.rule == "cannot-write"
    assert contents(root) == before


def test_a_draft_gets_no_alias(root: Path) -> None:
    main(["new", "actor", "lamp-club", "-q", "--root", str(root)])
    assert main(["rename", "lamp-club", "lamp-society", "-q", "--root", str(root)]) == 0
    assert "aliases:" not in (root / "content/actors/lamp-society.yaml").read_text(encoding="utf-8")

"""`check FILE` draws only the pages of that file, and reports all that `check` reports of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from site_copies import Workplace, add, edit

from atlas.build.options import BuildOptions, ReadOptions
from atlas.build.pipeline import dry_run
from atlas.cli.main import main

CASE = "content/cases/gift-of-plum-trees.md"
FRENCH, ENGLISH = CASE.replace(".md", ".fr.md"), CASE.replace(".md", ".en.md")
LINKS = "\n[a](/nowhere/), [b](/actors/phares-du-nord/#nothing), [c](/about/), [[no-record]].\n"


def reported(root: Path, capsys: pytest.CaptureFixture[str], *files: str) -> dict[str, Any]:
    """What `check` says as JSON."""
    main(["check", *files, "--root", str(root), "--json"])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


@pytest.mark.parametrize("broken", [(FRENCH,), (ENGLISH, CASE), ("content/pages/about.md", FRENCH)])
def test_a_file_has_the_same_problems_alone(
    broken: tuple[str, ...], workplace: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workplace.root
    for path in broken:
        add(root / path, LINKS.replace(", [[no-record]]", "") if path == FRENCH else LINKS)
    whole = reported(root, capsys)
    for path in broken:
        alone = reported(root, capsys, path)
        assert alone["problems"] == [row for row in whole["problems"] if row["path"] == path]
        assert {"unknown-page", "unknown-fragment"} <= {row["rule"] for row in alone["problems"]}


def test_a_file_that_takes_the_address_of_another_is_found_alone(
    workplace: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    root, page = workplace.root, "content/pages/about.md"
    edit(root, page, "\n---\n", "\npath: cases/gift-of-plum-trees\n---\n")
    whole = reported(root, capsys)
    [clash] = [row["path"] for row in whole["problems"] if row["rule"] == "same-url"]
    alone = reported(root, capsys, clash)
    own = [row for row in alone["problems"] if row["path"] != "content/site.yaml"]  # its errors concern every file
    assert own == [row for row in whole["problems"] if row["path"] == clash]
    assert 0 < alone["pages"] < whole["pages"] / 10


def test_a_folder_of_a_family_is_checked_with_its_pages_alone(
    workplace: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    add(workplace.root / FRENCH, LINKS)
    whole, alone = reported(workplace.root, capsys), reported(workplace.root, capsys, "content/cases")
    assert alone["problems"] == [row for row in whole["problems"] if row["path"].startswith("content/cases/")]
    assert {row["rule"] for row in alone["problems"]} >= {"unknown-page", "unknown-record"}
    assert 0 < alone["pages"] < whole["pages"] / 3


@pytest.mark.parametrize("files", [(), ("content/site.yaml",), ("content",), ("content/cases/nothing.md", CASE)])
def test_pages_are_planned_once(files: tuple[str, ...], workplace: Workplace, tmp_path: Path) -> None:
    stages: list[str] = []
    found = dry_run(
        workplace.root,
        tmp_path / "out",
        BuildOptions(ReadOptions(), force=True),
        lambda stage, done, total: stages.append(stage),
        files,
    )
    assert found.paths
    assert stages.count("planning") == 1


def test_settings_are_checked_with_all_pages(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(workplace.root, capsys, "content/site.yaml")["pages"] == reported(workplace.root, capsys)["pages"]

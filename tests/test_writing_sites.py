"""Writing is safe: the same bytes every time, nothing of others touched, whole files whenever it stops."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from built_sites import Sites
from site_copies import REPOSITORY, Workplace, build, contents, copy_site, edit, write

COMMAND = [sys.executable, str(REPOSITORY / "build.py")]
ALBUM = "content/cases/gift-of-plum-trees"


@pytest.fixture
def root(workplace: Workplace) -> Path:
    """The sources of a site of three languages."""
    return workplace.root


@pytest.fixture
def site(workplace: Workplace) -> Path:
    """Where it was built."""
    return workplace.out


def test_two_builds_are_the_same_bytes_in_any_surroundings(site: Path, tmp_path: Path) -> None:
    away = copy_site("three", tmp_path / "a folder é 中")
    surroundings = os.environ | {
        "PYTHONHASHSEED": "4321",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "HOME": str(tmp_path),
    }
    command = [*COMMAND, "build", "--root", str(away), "-o", str(tmp_path / "away"), "--json"]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(tmp_path / "away") == contents(site)


def test_options_may_be_before_or_after_the_command(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    first = [*COMMAND, "--root", str(root), "-o", str(tmp_path / "one"), "build", "--json"]
    second = [*COMMAND, "build", "--json", "--force", "-o", str(tmp_path / "two"), "--root", str(root)]
    for command in (first, second):
        assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_day_may_come_from_source_date_epoch(tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    for name, epoch in (("one", "1830297600"), ("two", "1830297600")):
        command = [*COMMAND, "build", "--root", str(root), "-o", str(tmp_path / name)]
        surroundings = os.environ | {"SOURCE_DATE_EPOCH": epoch}
        assert subprocess.run(command, env=surroundings, capture_output=True, check=False).returncode == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_second_build_writes_nothing_and_keeps_all(workplace: Workplace) -> None:
    times = {path: path.stat().st_mtime_ns for path in workplace.out.rglob("*.html")}
    second = build(workplace.root, workplace.out)
    assert (second.written, second.kept) == (0, workplace.report.written)
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_a_record_removed_from_content_is_removed_from_the_output(root: Path, site: Path, tmp_path: Path) -> None:
    assert (site / "cases/gift-of-plum-trees/index.html").exists()
    for suffix in (".md", ".fr.md", ".en.md"):
        (root / (ALBUM + suffix)).unlink()
    edit(root, "content/claims/lights-need-neighbours.md", ", gift-of-plum-trees", "")
    report = build(root, site)
    assert (report.code, report.problems) == (0, ())
    assert not (site / "cases/gift-of-plum-trees").exists()
    assert not (site / "zh/cases/gift-of-plum-trees").exists()
    assert build(root, tmp_path / "clean").code == 0
    assert contents(site) == contents(tmp_path / "clean")


def test_a_file_that_the_build_did_not_make_is_left_and_reported(root: Path, site: Path) -> None:
    write(site, "actors/mine.txt", "mine")
    for silent in (".gitkeep", ".gitignore", "CNAME"):
        write(site, silent, "")
    report = build(root, site)
    assert [(row["rule"], row["severity"]) for row in report.problems] == [("unmanaged-file", "note")]
    assert report.problems[0]["path"].endswith("actors/mine.txt")
    assert (report.code, (site / "actors/mine.txt").read_text()) == (0, "mine")
    assert all((site / silent).exists() for silent in (".gitkeep", ".gitignore", "CNAME"))


def test_files_that_were_there_before_the_first_build_are_left(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "site", "mine/notes.txt", "mine")
    report = build(root, tmp_path / "site")
    assert (report.code, report.rules()) == (0, ["unmanaged-file"])
    assert (tmp_path / "site/mine/notes.txt").read_text() == "mine"


def test_a_page_of_ours_that_somebody_edited_is_replaced_and_reported(root: Path, site: Path) -> None:
    before = contents(site)
    write(site, "actors/index.html", "<p>edited</p>")
    report = build(root, site)
    assert [(row["rule"], row["severity"]) for row in report.problems] == [("edited-page", "note")]
    assert report.problems[0]["path"].endswith("actors/index.html")
    assert (report.code, report.written) == (0, 1)
    assert contents(site) == before


def test_a_page_of_ours_that_somebody_deleted_is_written_again(root: Path, site: Path) -> None:
    before = contents(site)
    (site / "actors/index.html").unlink()
    assert build(root, site).written == 1
    assert contents(site) == before


def test_losing_the_cache_does_not_make_strangers_of_our_pages(root: Path, site: Path) -> None:
    before = contents(site)
    shutil.rmtree(root / ".cache", ignore_errors=True)
    report = build(root, site)
    assert (report.code, report.problems) == (0, ())
    assert contents(site) == before


def test_losing_the_list_of_our_files_loses_no_page(root: Path, site: Path) -> None:
    before = contents(site)
    (site / ".atlas-files").unlink()
    assert build(root, site).code == 0
    assert contents(site) == before


def test_the_list_of_our_files_names_exactly_those_with_their_digests(root: Path, site: Path) -> None:
    *lines, end = (site / ".atlas-files").read_text(encoding="utf-8").splitlines(keepends=True)
    made = contents(site)
    listed = [tuple(line.rstrip("\n").split("  ", 1)) for line in lines]
    assert end == f"{sha256(''.join(lines).encode()).hexdigest()}  .atlas-files\n"
    expected = [(sha256(data).hexdigest(), path) for path, data in made.items() if path != ".atlas-files"]
    assert listed == sorted(expected, key=lambda row: row[1])


def test_a_list_that_names_files_elsewhere_removes_none_of_them(root: Path, site: Path, tmp_path: Path) -> None:
    write(tmp_path, "victim.txt", "mine")
    with (site / ".atlas-files").open("a", encoding="utf-8") as listed:
        for path in ("../victim.txt", str(tmp_path / "victim.txt"), "actors/../../victim.txt"):
            listed.write(f"{sha256(b'mine').hexdigest()}  {path}\n")
    assert build(root, site).code == 0
    assert (tmp_path / "victim.txt").read_text() == "mine"


def test_nothing_is_written_through_a_link_that_leaves_the_output(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/actors").symlink_to(tmp_path / "elsewhere")
    report = build(root, tmp_path / "site")
    assert (report.code, report.rules(), report.written) == (1, ["occupied-path"], 0)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_page_never_takes_the_place_of_a_strangers_file(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "site", "about/index.html", "mine")
    report = build(root, tmp_path / "site")
    assert (report.code, report.rules(), report.written) == (1, ["occupied-path"], 0)
    assert contents(tmp_path / "site") == {"about/index.html": b"mine"}


def test_a_build_killed_at_any_moment_is_fixed_by_the_next(tmp_path: Path, built: Sites) -> None:
    root, clean = copy_site("allotments", tmp_path), contents(built("allotments").out)
    codes = []
    for pages in (0, 1, 10, 30):
        site = tmp_path / f"killed-at-{pages}"
        codes.append(_kill_when(root, site, pages))
        whole = {path: data for path, data in contents(site).items() if path in clean and path != ".atlas-files"}
        assert all(clean[path] == data for path, data in whole.items())
        report = build(root, site)
        assert (report.code, report.problems) == (0, ())
        assert contents(site) == clean
    assert -signal.SIGKILL in codes


def _kill_when(root: Path, site: Path, pages: int) -> int:
    """Start a build and kill it when its list and so many pages stand there; how it ended (-9: killed)."""
    building = subprocess.Popen(
        [*COMMAND, "build", "--root", str(root), "-o", str(site)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while building.poll() is None:
        if (site / ".atlas-files").exists() and len(list(site.rglob("index.html"))) >= pages:
            building.send_signal(signal.SIGKILL)
            break
    return building.wait()


def test_a_build_killed_over_an_older_site_is_fixed_by_the_next(root: Path, site: Path, tmp_path: Path) -> None:
    older = contents(site)
    (root / (ALBUM + ".fr.md")).unlink()
    edit(root, "content/site.yaml", "title: {fr: Atlas des trois vallées,", "title: {fr: Atlas des vallées,")
    assert build(root, tmp_path / "clean").code == 0
    clean = contents(tmp_path / "clean")
    building = subprocess.Popen(
        [*COMMAND, "build", "--root", str(root), "-o", str(site)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while building.poll() is None:
        if (site / "index.html").read_bytes() != older["index.html"]:
            building.send_signal(signal.SIGKILL)
            break
    building.wait()
    for path, data in contents(site).items():
        if path in clean and path != ".atlas-files":
            assert data in (older.get(path), clean[path]), path
    assert build(root, site).problems == ()
    assert contents(site) == clean

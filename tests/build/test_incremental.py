"""Rebuilding: after whatever happened, the site and the problems are those of a clean build; and no page too many."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from site_copies import REPOSITORY, Report, Workplace, build, contents, copy_site, edit
from spoiling import Spoilt

from atlas.build.options import BuildOptions, ReadOptions
from atlas.build.pipeline import build as run_build
from atlas.build.pipeline import dry_run
from atlas.cli.main import main

STEPS = int(os.environ.get("ATLAS_STEPS", "0"))
"""How many histories to try, each of eight steps; a few where nothing is said."""
KILLS = int(os.environ.get("ATLAS_KILLS", "3"))
SEED = int(os.environ.get("ATLAS_SEED", "0"))
"""The same seed gives the same histories and the same kills."""
EDITS = ["write_a_sentence", "change_a_line", "change_a_line", "change_without_a_trace", "break_a_file", "rename",
         "delete", "correct", "correct", "correct", "change_a_template", "change_the_settings"]  # fmt: skip
ACCIDENTS = ["tamper", "tamper", "spoil_the_list", "put_back_a_page", "spoil_the_cache", "kill", "upgrade"]
LAMPS = "content/actors/phares-du-nord.yaml"


@pytest.fixture
def root(workplace: Workplace) -> Path:
    """A site of three languages that was built into site/ in it, with its cache."""
    return workplace.root


def rendered(root: Path, *options: str) -> set[str]:
    """The files that a build writes."""
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (root / "site").rglob("*")}
    assert build(root, root / "site", *options).code == 0
    paths = (path for path in (root / "site").rglob("*") if path.is_file() and path.name != ".atlas-files")
    new = (path for path in paths if before.get(path) != (path.stat().st_ino, path.stat().st_mtime_ns))
    return {path.relative_to(root / "site").as_posix() for path in new}


def explained(root: Path, page: str, *options: str) -> str:
    """What `explain` prints."""
    printed = StringIO()
    with redirect_stdout(printed):
        main(["explain", page, "--root", str(root), *options])
    return printed.getvalue().split(" · ")[0]


# The result is that of a clean build.


@seed(SEED)
@settings(max_examples=STEPS or 2, derandomize=False, database=None)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(EDITS + ACCIDENTS), min_size=5, max_size=8))
def test_after_any_history_a_build_is_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, accidents: int, history: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    spoilt = Spoilt(copy_site("three", folder), folder / "out", accidents)
    build(spoilt.root, spoilt.out)
    for step in history:
        if spoilt.sources():
            getattr(spoilt, step)()
        spoilt.is_right(folder / "clean")
    shutil.rmtree(folder)


def test_whatever_becomes_of_the_list_of_our_files_a_build_is_a_clean_build(tmp_path: Path) -> None:
    spoilt = Spoilt(copy_site("allotments", tmp_path), tmp_path / "out", 5)
    build(spoilt.root, spoilt.out)
    for step in ("spoil_the_list", "put_back_a_page", "delete", "spoil_the_list", "put_back_a_page", "correct"):
        getattr(spoilt, step)()
        spoilt.is_right(tmp_path / "clean")


def test_a_build_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    ended = []
    for number in range(KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        spoilt = Spoilt(copy_site("three", folder), folder / "out", SEED + number)
        if number % 2:
            build(spoilt.root, spoilt.out)
            spoilt.write_a_sentence()
            spoilt.change_a_template()
        ended.append(spoilt.kill() if number else spoilt.kill(latest=0.2))  # no build ends so soon
        spoilt.is_right(folder / "clean")
        shutil.rmtree(folder)
    assert -9 in ended


# No page too many.


def test_a_build_with_nothing_to_do_writes_nothing_and_says_the_same(root: Path) -> None:
    edit(root, LAMPS, "summary:", "x-unknown: 1\nsummary:")
    first = build(root, root / "site")
    assert first.errors
    assert build(root, root / "site").problems == first.problems


def test_changing_one_french_title_renders_exactly_the_pages_that_show_it(root: Path) -> None:
    assert rendered(root) == set()
    path = root / "content/claims/bridges-outlast-quarrels.fr.md"
    text = path.read_text()
    [line] = [line for line in text.split("\n") if line.startswith("title:")]
    path.write_text(text.replace(line, f"{line} encore"))
    assert {path for path in rendered(root) if path.endswith(".html")} == {
        f"{page}index.html"
        for page in (
            "actors/southern-bridge-society/",
            "cases/dispute-over-third-arch/",
            "changes/",
            "data/",  # the version of the data is a digest of them
            "en/data/",
            "zh/data/",
            "claims/",
            "claims/bridges-outlast-quarrels/",
            "claims/by-letter/",
            "claims/lights-need-neighbours/",
            "explore/",
            "parallel/claims/bridges-outlast-quarrels/",
            "print/atlas/",
            "print/claims/",
            "sources/quillon1901piers/",
        )
    }


def drawn(root: Path) -> set[str]:
    """The pages that a build draws in the first language, without the files that are drawn every time."""
    paths = (cost.path for cost in run_build(root, root / "site", BuildOptions(ReadOptions())).costs)
    return {
        path.removesuffix("index.html") for path in paths if path.endswith("/index.html") and path[:3] not in LANGUAGES
    }


LANGUAGES = ("en/", "zh/")


def test_an_edit_of_one_work_or_one_label_draws_only_pages_that_show_it(root: Path, tmp_path: Path) -> None:
    drawn(root)
    edit(root, "bibliography.bib", "title = {Piers and Patience", "title = {Stone Piers and Patience")
    pages = drawn(root)
    assert {"sources/quillon1901piers/", "actors/southern-bridge-society/", "print/atlas/", "sources/"} < pages
    assert not {"sources/tarn2004courtesy/", "actors/phares-du-nord/", "index.html", "map/"} & pages
    edit(root, "content/site.yaml", "label: {fr: Entretien, ", "label: {fr: Entretien et soin, ")
    pages = drawn(root)
    assert {"compare/upkeep/", "actors/phares-du-nord/", "print/atlas/"} < pages
    assert not {"sources/tarn2004courtesy/", "sources/", "actors/by-letter/", "map/", "print/sources/"} & pages
    run_build(root, tmp_path / "clean", BuildOptions(ReadOptions()))
    assert contents(root / "site") == contents(tmp_path / "clean")


def made(root: Path) -> set[str]:
    """The data files, the JSON of records and the exports of works that a build would make again."""
    files = dry_run(root, root / "site", BuildOptions(ReadOptions())).files
    endings = (".bib", ".csv", ".geojson", ".gexf", ".graphml", ".json", ".ris")
    return {path for path in files if path.endswith(endings) and not path.startswith(("files/", "static/"))}


def test_only_the_data_and_exports_that_show_an_edit_are_made_again(root: Path) -> None:
    run_build(root, root / "site", BuildOptions(ReadOptions()))
    assert made(root) == set()
    edit(
        root, "content/concepts/entretien-partage.md", "pour les lampes", "pour toutes les lampes"
    )  # the text of no data
    assert made(root) == set()
    edit(root, "content/actors/phares-du-nord.yaml", "summary: ", "summary: Oui. ")
    found = made(root)
    assert {"actors/phares-du-nord/index.json", "data/records.json", "data/datapackage.json"} < found
    assert not [path for path in found if not path.startswith(("actors/phares-du-nord/", "data/"))]
    run_build(root, root / "site", BuildOptions(ReadOptions()))
    edit(root, "bibliography.bib", "title = {Piers and Patience", "title = {Stone Piers and Patience")
    found = made(root)
    assert {"sources/quillon1901piers/work.bib", "sources/bibliography.ris", "data/works.csv"} < found
    assert "sources/tarn2004courtesy/work.bib" not in found
    assert not [path for path in found if path.endswith("/index.json")]


def test_data_pages_follow_the_words_of_the_first_language(root: Path, tmp_path: Path) -> None:
    """The description of the data has those words in it, and the page in each language has its size."""
    words = root / "templates/words/fr.yaml"
    words.parent.mkdir(parents=True)
    text = (REPOSITORY / "templates/words/fr.yaml").read_text(encoding="utf-8")
    words.write_text(text.replace("\ndata-places: Lieux", "\ndata-places: Lieux du monde"), encoding="utf-8")
    assert build(root, root / "site").errors == []
    assert build(root, tmp_path / "clean").errors == []
    assert contents(root / "site") == contents(tmp_path / "clean")


def test_a_file_that_is_touched_renders_nothing(root: Path) -> None:
    (root / LAMPS).touch()
    assert rendered(root) == set()


@pytest.mark.parametrize("name", ["build-state", "state.json", "shard-*"])
@pytest.mark.parametrize("spoil", ["cut", "changed", "open to all", "gone", "of nobody"])
def test_a_cache_that_cannot_be_believed_costs_time_only(name: str, spoil: str, root: Path) -> None:
    clean = contents(root / "site")
    for path in list(root.glob(f".cache/*/{name}")):
        data = path.read_bytes()
        if spoil == "cut":
            path.write_bytes(data[:-9])
        elif spoil == "changed":
            path.write_bytes(data[:-9] + b"?" + data[-8:])
        elif spoil == "open to all":
            path.chmod(0o666)
        elif spoil == "gone":
            path.unlink()
        elif os.geteuid() == 0:
            os.chown(path, 65534, 65534)
    report = build(root, root / "site")
    assert (report.code, report.problems, contents(root / "site")) == (0, (), clean)


def test_other_bytes_of_the_same_size_and_time_are_seen(root: Path) -> None:
    path = root / "site/index.html"
    stat, data = path.stat(), path.read_bytes()
    path.write_bytes(data.replace(b"<html", b"<HTML"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    report = build(root, root / "site")
    assert report.rules() == ["edited-page"]
    assert path.read_bytes() == data


def test_where_nothing_can_be_kept_every_build_is_whole(root: Path) -> None:
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_text("in the way")
    assert build(root, root / "site").problems == ()
    assert build(root, root / "site").written == 0


# One build at a time.


def test_two_builds_at_once_do_not_meet(root: Path) -> None:
    [lock] = root.glob(".cache/*/lock")
    program = f"import fcntl,sys; f=open({str(lock)!r},'r+'); fcntl.lockf(f,fcntl.LOCK_EX); print(1,flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        edit(root, LAMPS, "summary:", "# anew\nsummary:")
        report = build(root, root / "site")
        other.communicate()
    assert [row["rule"] for row in report.problems] == ["cannot-write"]
    assert "another build" in report.problems[0]["message"]
    assert build(root, root / "site").problems == ()


def test_a_lock_that_a_dead_build_left_stops_none(root: Path) -> None:
    [lock] = root.glob(".cache/*/lock")
    lock.write_text("1")
    edit(root, LAMPS, "summary:", "# anew\nsummary:")
    assert build(root, root / "site").problems == ()
    with lock.open("r+") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# Why a page is rendered.


def test_a_page_is_explained(root: Path) -> None:
    page = "actors/phares-du-nord/"
    assert "is kept: nothing that it shows has changed" in explained(root, page)
    assert "would be rendered: --force" in explained(root, page, "--force")
    (root / "site/actors/phares-du-nord/index.html").unlink()
    assert "would be rendered: its file in the output folder was changed or is gone" in explained(root, page)
    (root / "templates").mkdir()
    own = root / "templates/base.html"
    own.write_text((REPOSITORY / "templates/base.html").read_text() + "\n")
    assert "would be rendered: a template changed: base.html" in explained(root, page)
    own.unlink()
    path = root / "content/actors/phares-du-nord.yaml"
    path.write_text(path.read_text().replace("website: https://phares.example/", "website: https://lampes.example/"))
    assert "would be rendered: the view changed: " in explained(root, page)
    assert "details" in explained(root, page)


def test_a_page_that_is_not_there_is_reported(root: Path) -> None:
    report: Report = build(root, root / "site")
    assert report.code == 0
    assert explained(root, "actors/nobody") == "no page is explained"

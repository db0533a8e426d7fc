"""Caches, clocks and disks that cannot be trusted: a build is right or says why not, and the next is that of a clean
one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from site_copies import REPOSITORY, build, contents, copy_site, edit

from atlas.build.build_state import BuildState
from atlas.build.cache import FORMAT, Cache

RECORD = "content/actors/plot-one.yaml"
NAMES = ("build-state", "state.json", "shard-*")
WRITING = """
import itertools, os, sys
path, texts = sys.argv[1], [open(name).read() for name in sys.argv[2:4]]
for number in itertools.count():
    text = texts[number % 2]
    if sys.argv[4] == "whole":
        open(path + "~", "w").write(text)
        os.replace(path + "~", path)
    else:
        with open(path, "w") as file:
            for part in (text[:200], text[200:]):
                file.write(part)
                file.flush()
    if number == 0:
        print(1, flush=True)
"""
"""Writes two texts into a file in turn, as a whole or in parts, until it is stopped."""


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A site that was built and then edited, and what a clean build makes of it."""
    root = copy_site("allotments", tmp_path_factory.mktemp("edited"))
    assert build(root, root / "site").code == 0
    shutil.copytree(root / "site", root / "kept/site")
    shutil.copytree(root / ".cache", root / "kept/.cache")
    edit(root, RECORD, "in the sun", "in the hot sun")
    assert build(root, root / "clean", "--force").code == 0
    return root, contents(root / "clean")


@pytest.fixture
def root(edited: tuple[Path, dict[str, bytes]]) -> Path:
    """The site, with the output and the cache of the build before the edit."""
    root = edited[0]
    for name in ("site", ".cache"):
        shutil.rmtree(root / name)
        shutil.copytree(root / "kept" / name, root / name)
    return root


@pytest.fixture
def wanted(edited: tuple[Path, dict[str, bytes]]) -> dict[str, bytes]:
    """What a clean build makes."""
    return edited[1]


def kept(root: Path) -> list[Path]:
    """The files of the cache."""
    return [path for name in NAMES for path in root.glob(f".cache/site-*/{name}")]


def is_right(root: Path, wanted: dict[str, bytes]) -> None:
    """A build now makes what a clean build makes, and the next has nothing to do."""
    report = build(root, root / "site")
    assert (report.code, report.errors, contents(root / "site")) == (0, [], wanted)
    again = build(root, root / "site")
    assert (again.code, again.written, again.problems) == (0, 0, report.problems)
    assert not list(root.glob(".cache/*/*.tmp-*"))


# The files of the cache.


@pytest.mark.parametrize("place", [0, 1, len(FORMAT), 40, 79, 80, 200, -1])
def test_a_cache_that_is_cut_off_anywhere_is_no_cache(place: int, root: Path, wanted: dict[str, bytes]) -> None:
    for path in kept(root):
        path.write_bytes(path.read_bytes()[:place])
        path.chmod(0o600)
    is_right(root, wanted)


@pytest.mark.parametrize("place", [0, 13, 14, 60, 79, 80, 0.3, 0.7, -1])
def test_a_cache_with_a_byte_changed_anywhere_is_no_cache(place: float, root: Path, wanted: dict[str, bytes]) -> None:
    for path in kept(root):
        data = bytearray(path.read_bytes())
        data[int(place if place in (-1, 0) or place >= 1 else place * len(data))] ^= 0x20
        path.write_bytes(data)
        path.chmod(0o600)
    is_right(root, wanted)


def test_a_cache_of_another_form_is_no_cache(root: Path, wanted: dict[str, bytes]) -> None:
    for path in kept(root):
        path.write_bytes(path.read_bytes().replace(FORMAT, b"atlas-cache-0", 1))
    is_right(root, wanted)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b"\x80", b"\x92\x01\x02", b'{"inputs": 1}', b"\xc1" * 50])
def test_a_whole_file_that_means_something_else_is_no_cache(body: bytes, root: Path, wanted: dict[str, bytes]) -> None:
    cache = Cache(str(root), str(root / "site"))
    for path in kept(root):
        assert cache.write(path.name, body)
    is_right(root, wanted)


@pytest.mark.parametrize("sort", ["folder", "pipe", "link"])
def test_what_is_no_file_is_no_cache(sort: str, root: Path, wanted: dict[str, bytes]) -> None:
    for path in kept(root):
        path.rename(path.with_name(f"x-{path.name}"))
        if sort == "folder":
            path.mkdir()
        elif sort == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(f"x-{path.name}")
    report = build(root, root / "site")
    assert (report.code, contents(root / "site")) == (0, wanted)
    report = build(root, root / "site")
    assert (report.code, report.written, contents(root / "site")) == (0, 0, wanted)


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may give files away")
def test_a_cache_of_another_user_is_neither_believed_nor_written(root: Path, wanted: dict[str, bytes]) -> None:
    [folder] = root.glob(".cache/site-*")
    for path in (folder, *folder.iterdir()):
        os.chown(path, 65534, 65534)
    before = contents(folder)
    report = build(root, root / "site")
    assert (report.code, contents(root / "site"), contents(folder)) == (0, wanted, before)


# Disks.


@contextmanager
def mounted(folder: Path, *commands: list[str]) -> Iterator[None]:
    """Something mounted on a folder; where that cannot be done the test is skipped."""
    folder.mkdir(exist_ok=True)
    for number, command in enumerate(commands):
        done = (
            subprocess.run(["mount", *command, str(folder)], capture_output=True, check=False)
            if shutil.which("mount")
            else None
        )
        if done is None or done.returncode:
            if number:
                subprocess.run(["umount", str(folder)], check=True)
            pytest.skip("only the administrator may mount a disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_cache_that_may_only_be_read_makes_whole_builds(root: Path, wanted: dict[str, bytes]) -> None:
    folder = root / ".cache"
    with mounted(folder, ["--bind", str(folder)], ["-o", "remount,bind,ro"]):
        before = contents(folder)
        for _ in range(2):
            report = build(root, root / "site")
            assert (report.code, report.errors, contents(root / "site")) == (0, [], wanted)
        assert contents(folder) == before
    is_right(root, wanted)


@pytest.mark.parametrize("size", ["4k", "16k", "40k", "64k"])
def test_a_disk_that_fills_while_the_cache_is_written_spoils_nothing(
    size: str, root: Path, wanted: dict[str, bytes]
) -> None:
    shutil.rmtree(root / ".cache")
    with mounted(root / ".cache", ["-t", "tmpfs", "-o", f"size={size}", "tmpfs"]):
        for _ in range(2):
            report = build(root, root / "site")
            assert (report.code, report.errors, contents(root / "site")) == (0, [], wanted)
        assert not list(root.glob(".cache/*/*.tmp-*"))
        edit(root, RECORD, "in the hot sun", "in the low sun")
        try:
            assert build(root, root / "site").code == 0
            assert contents(root / "site") != wanted
        finally:
            edit(root, RECORD, "in the low sun", "in the hot sun")
        is_right(root, wanted)


def test_a_disk_that_fills_while_pages_are_written_is_reported_and_the_next_build_is_right(
    root: Path, wanted: dict[str, bytes]
) -> None:
    shutil.rmtree(root / "site")
    with mounted(root / "site", ["-t", "tmpfs", "-o", "size=600k", "tmpfs"]):
        report = build(root, root / "site")
        assert report.rules() == ["cannot-write"]
        assert "No space left" in report.problems[-1]["message"]
        found = {path: data for path, data in contents(root / "site").items() if path != ".atlas-files"}
        assert {path: wanted[path] for path in found} == found
        assert build(root, root / "site").rules() == ["cannot-write"]
    is_right(root, wanted)


# Clocks.


def test_a_cache_from_the_future_proves_nothing(root: Path, wanted: dict[str, bytes]) -> None:
    """The clock was ahead when the last build ran, and is right again."""
    edit(root, RECORD, "in the hot sun", "in the sun")
    for _ in range(2):
        assert build(root, root / "site").code == 0
    later = 4_000_000_000_000_000_000
    cache = Cache(str(root), str(root / "site"))
    ledger = msgspec.msgpack.decode(cache.read("build-state") or b"", type=BuildState)
    ledger.since = later
    state = msgspec.json.decode(cache.read("state.json") or b"")
    state["started"] = later
    cache.write("build-state", msgspec.msgpack.encode(ledger))
    cache.write("state.json", msgspec.json.encode(state))
    assert build(root, root / "site").written == 0
    path, page = root / RECORD, root / "site/index.html"
    times = path.stat().st_mtime_ns, page.stat().st_mtime_ns
    edit(root, RECORD, "in the sun", "in the hot sun")
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(path, ns=(times[0], times[0]))
    os.utime(page, ns=(times[1], times[1]))
    is_right_but_for(root, wanted, "edited-page")


@pytest.mark.parametrize("seconds", [-1_000_000_000, 1_000_000_000])
def test_files_of_another_time_are_read(seconds: int, root: Path, wanted: dict[str, bytes]) -> None:
    now = (root / RECORD).stat().st_mtime
    for path in (*root.rglob("content/*/*"), *root.rglob("site/**/*.html")):
        os.utime(path, (now + seconds, now + seconds))
    is_right(root, wanted)


def is_right_but_for(root: Path, wanted: dict[str, bytes], rule: str) -> None:
    """The same as `is_right`, where something of one rule is reported once."""
    report = build(root, root / "site")
    assert (report.rules(), contents(root / "site")) == ([rule], wanted)
    assert build(root, root / "site").rules() == []


# What happens at the same time.


@contextmanager
def written(root: Path, how: str, *texts: str) -> Iterator[None]:
    """A record that another process writes again and again."""
    names = [root / f"text-{number}" for number in range(2)]
    for name, text in zip(names, texts, strict=True):
        name.write_text(text)
    command = [sys.executable, "-c", WRITING, str(root / RECORD), *map(str, names), how]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writing:
        assert writing.stdout
        writing.stdout.readline()
        try:
            yield
        finally:
            writing.kill()


@pytest.mark.parametrize("how", ["whole", "in parts"])
def test_a_file_that_changes_while_it_is_read_is_the_old_or_the_new(
    how: str, root: Path, wanted: dict[str, bytes]
) -> None:
    new = (root / RECORD).read_text()
    old = new.replace("in the hot sun", "in the sun")
    both = [contents(root / "kept/site"), wanted]
    try:
        with written(root, how, old, new):
            for _ in range(4):
                report = build(root, root / "site")
                assert contents(root / "site") in both
                assert report.code == 0 or how == "in parts"
    finally:
        (root / RECORD).write_text(new)
        (root / f"{RECORD}~").unlink(missing_ok=True)
    is_right(root, wanted)


def test_two_builds_at_once_leave_one_whole_site(root: Path, wanted: dict[str, bytes]) -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "-o", str(root / "site")]
    for old, new in (("hot", "red"), ("red", "hot")):
        edit(root, RECORD, f"in the {old} sun", f"in the {new} sun")
        both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        reported = [each.communicate()[1] for each in both]
        for each, errors in zip(both, reported, strict=True):
            assert each.returncode == 0 or "another build is at work" in errors
            assert "Traceback" not in errors
        assert [each.returncode for each in both] != [1, 1]
    is_right(root, wanted)


# No cache at all.


@pytest.mark.parametrize("lose", [lambda cache: shutil.rmtree(cache), lambda cache: None], ids=["lost", "kept"])
def test_deleting_the_cache_is_always_safe(lose: Callable[[Path], None], root: Path, wanted: dict[str, bytes]) -> None:
    lose(root / ".cache")
    is_right(root, wanted)

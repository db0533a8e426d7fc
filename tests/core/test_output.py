"""Writing: whole files or none, nothing of others touched, and a folder that knows what is ours."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from site_copies import contents, write

from atlas.core.output import clean_site, write_site, write_text
from atlas.core.output_state import MANIFEST, OutputState, as_manifest
from atlas.core.problems import Problem

SITE = {
    "index.html": b"home",
    "actors/index.html": b"actors",
    "actors/lamps/index.html": b"lamps",
    "static/a.css": b"p{}",
}
OTHER = {"index.html": b"home, again", "cases/index.html": b"cases", "static/a.css": b"p{}"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that is not there yet."""
    return tmp_path / "site"


def counts(out: Path, files: dict[str, bytes], *, force: bool = False) -> tuple[int, int, int]:
    """How many files were written, kept and removed, where nothing is said."""
    result = write_site(out, "site", files, force=force)
    assert result.problems == []
    return result.written, result.kept, result.removed


def reported(problems: list[Problem]) -> list[tuple[str, str, str]]:
    """Severity, rule and path of each problem."""
    return [(problem.severity, problem.rule, problem.span.path) for problem in problems]


def ours(out: Path) -> dict[str, bytes]:
    """What stands in the folder besides the list of what is ours."""
    return {path: data for path, data in contents(out).items() if path != MANIFEST}


def times(out: Path) -> dict[Path, int]:
    """When each file was written, to the nanosecond, with its inode."""
    return {path: path.stat().st_mtime_ns + path.stat().st_ino for path in out.rglob("*") if path.is_file()}


# What is written, kept and removed.


def test_a_new_folder_is_made_with_all_its_files(out: Path) -> None:
    assert counts(out / "deeper", SITE) == (4, 0, 0)
    assert ours(out / "deeper") == SITE


def test_a_second_writing_touches_nothing(out: Path) -> None:
    counts(out, SITE)
    before = times(out)
    assert counts(out, SITE) == (0, 4, 0)
    assert times(out) == before


def test_force_writes_all_and_changes_nothing(out: Path) -> None:
    counts(out, SITE)
    before = contents(out)
    assert counts(out, SITE, force=True) == (4, 0, 0)
    assert contents(out) == before


def test_what_is_no_longer_planned_is_removed_with_the_folders_that_it_leaves_empty(out: Path) -> None:
    counts(out, SITE)
    assert counts(out, OTHER) == (2, 1, 2)
    assert ours(out) == OTHER
    assert sorted(path.name for path in out.iterdir()) == [MANIFEST, "cases", "index.html", "static"]


def test_a_folder_of_ours_that_holds_somebodys_file_stays(out: Path) -> None:
    counts(out, SITE)
    write(out, "actors/lamps/mine.txt", "mine")
    write_site(out, "site", OTHER)
    assert contents(out / "actors") == {"lamps/mine.txt": b"mine"}


def test_a_page_that_was_deleted_is_written_again(out: Path) -> None:
    counts(out, SITE)
    (out / "index.html").unlink()
    assert counts(out, SITE) == (1, 3, 0)


def test_a_page_that_was_deleted_and_is_no_longer_planned_is_not_counted(out: Path) -> None:
    counts(out, SITE)
    (out / "actors/index.html").unlink()
    assert counts(out, OTHER) == (2, 1, 1)


def test_an_empty_site_leaves_an_empty_list(out: Path) -> None:
    counts(out, SITE)
    assert counts(out, {}) == (0, 0, 4)
    assert contents(out).keys() == {MANIFEST}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"files/x": b"a file"}, {"files/x/y": b"in a folder"}),
        ({"files/x/y": b"in a folder"}, {"files/x": b"a file"}),
        ({"a": b"1", "b/c": b"2"}, {"a/c": b"1", "b": b"2"}),
    ],
)
def test_a_file_of_ours_makes_way_for_a_folder_of_ours_and_the_other_way_round(
    before: dict[str, bytes], after: dict[str, bytes], out: Path
) -> None:
    counts(out, before)
    result = write_site(out, "site", after)
    assert result.problems == []
    assert ours(out) == after


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="/"), min_size=1, max_size=20
).filter(lambda name: name not in (".", "..") and not name.startswith(".") and len(name.encode()) < 200)


@given(st.sets(NAMES, min_size=1, max_size=4))
@example({"a line\u2028separator", "a paragraph\u2029separator"})
@example({" a  b ", "é", "e\u0301", "中", "a'b\"c"})
def test_files_of_any_name_are_known_again(names: set[str]) -> None:
    files = {f"files/{name}": name.encode() for name in names}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        assert counts(out, files)[0] == len(files)
        assert counts(out, files) == (0, len(files), 0)
        assert counts(out, {}) == (0, 0, len(files))


# The list of what is ours.


def test_the_list_names_our_files_with_their_digests_in_order(out: Path) -> None:
    counts(out, SITE)
    rows = [f"{sha256(SITE[path]).hexdigest()}  {path}\n" for path in sorted(SITE)]
    end = f"{sha256(''.join(rows).encode()).hexdigest()}  {MANIFEST}\n"
    assert (out / MANIFEST).read_text(encoding="utf-8") == "".join(rows) + end


def test_without_the_list_equal_files_are_taken_for_ours(out: Path) -> None:
    counts(out, SITE)
    before = contents(out)
    (out / MANIFEST).unlink()
    assert counts(out, SITE) == (0, 4, 0)
    assert contents(out) == before


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe\x00", b"nonsense\n", b"0  \n", b"a" * 64 + b"  \n", b"a" * 64 + b"\n"]
)
def test_a_list_that_cannot_be_read_is_written_anew(text: bytes, out: Path) -> None:
    counts(out, SITE)
    before = contents(out)
    (out / MANIFEST).write_bytes(text)
    assert counts(out, SITE) == (0, 4, 0)
    assert contents(out) == before


@pytest.mark.parametrize(
    "path", ["../mine.txt", "{out}/../mine.txt", "a/../../mine.txt", "..", ".", "/", "", "linked/mine.txt"]
)
def test_a_list_that_names_files_elsewhere_removes_none(path: str, out: Path, tmp_path: Path) -> None:
    counts(out, SITE)
    write(tmp_path, "mine.txt", "mine")
    (out / "linked").symlink_to(tmp_path)
    with (out / MANIFEST).open("a", encoding="utf-8") as listed:
        listed.write(f"{sha256(b'mine').hexdigest()}  {path.format(out=out)}\n")
    write_site(out, "site", SITE)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert ours(out).keys() >= SITE.keys()


# What others did.


def test_files_of_others_are_left_and_reported(out: Path) -> None:
    write(out, "mine.txt", "mine")
    write(out, "actors/mine/index.html", "mine")
    result = write_site(out, "site", SITE)
    assert reported(result.problems) == [
        ("note", "unmanaged-file", "site/actors/mine/index.html"),
        ("note", "unmanaged-file", "site/mine.txt"),
    ]
    assert result.written == 4
    assert ours(out) == SITE | {"mine.txt": b"mine", "actors/mine/index.html": b"mine"}


def test_many_files_of_others_are_counted(out: Path) -> None:
    for number in range(30):
        write(out, f"mine/{number:02}.txt", "mine")
    problems = write_site(out, "site", SITE).problems
    assert len(problems) < 15
    assert sum(1 for _ in (out / "mine").iterdir()) == 30
    assert "more files" in problems[-1].message
    assert len(problems) - 1 + int(problems[-1].message.split()[0]) == 30


@pytest.mark.parametrize("name", [".gitkeep", ".gitignore", "CNAME", ".git/config", ".well-known/x"])
def test_some_files_of_others_are_left_in_silence(name: str, out: Path) -> None:
    write(out, name, "")
    assert counts(out, SITE) == (4, 0, 0)
    counts(out, OTHER)
    assert (out / name).exists()


@pytest.mark.parametrize("path", ["index.html", "actors/lamps/index.html", "static/a.css"])
def test_a_page_never_takes_the_place_of_a_file_of_others(path: str, out: Path) -> None:
    write(out, path, "mine")
    result = write_site(out, "site", SITE)
    assert reported(result.problems) == [("error", "occupied-path", f"site/{path}")]
    assert contents(out) == {path: b"mine"}
    assert write_site(out, "site", SITE, force=True).problems == result.problems


def test_a_page_never_takes_the_place_of_a_folder_of_others(out: Path) -> None:
    write(out, "index.html/mine.txt", "mine")
    result = write_site(out, "site", SITE)
    assert ("error", "occupied-path", "site/index.html") in reported(result.problems)
    assert contents(out) == {"index.html/mine.txt": b"mine"}


def test_a_folder_never_takes_the_place_of_a_file_of_others(out: Path) -> None:
    write(out, "actors", "mine")
    result = write_site(out, "site", SITE)
    assert reported(result.problems) == [("error", "occupied-path", "site/actors")]
    assert contents(out) == {"actors": b"mine"}


def test_a_folder_in_the_place_of_a_page_that_is_no_longer_planned_is_left(out: Path) -> None:
    counts(out, SITE)
    (out / "actors/index.html").unlink()
    write(out, "actors/index.html/mine.txt", "mine")
    result = write_site(out, "site", OTHER)
    assert "error" not in {severity for severity, _, _ in reported(result.problems)}
    assert ours(out) == OTHER | {"actors/index.html/mine.txt": b"mine"}


@pytest.mark.parametrize("path", ["actors", "actors/lamps", "index.html", "static/a.css"])
@pytest.mark.parametrize("dangling", [False, True])
def test_nothing_is_written_through_a_link(path: str, dangling: bool, out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    if not dangling:
        write(elsewhere, "mine.txt", "mine")
    (out / path).parent.mkdir(parents=True, exist_ok=True)
    (out / path).symlink_to(elsewhere / "mine.txt" if "." in path and not dangling else elsewhere)
    result = write_site(out, "site", SITE)
    assert reported(result.problems) == [("error", "occupied-path", f"site/{path}")]
    assert (out / path).is_symlink()
    assert (contents(elsewhere) if elsewhere.exists() else {}) == ({} if dangling else {"mine.txt": b"mine"})


def test_nothing_is_removed_through_a_link(out: Path, tmp_path: Path) -> None:
    counts(out, SITE)
    (out / "actors").rename(tmp_path / "moved")
    (out / "actors").symlink_to(tmp_path / "moved")
    write_site(out, "site", OTHER)
    assert contents(tmp_path / "moved") == {"index.html": b"actors", "lamps/index.html": b"lamps"}


def test_the_folder_itself_may_be_a_link(out: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    out.symlink_to(tmp_path / "real")
    assert counts(out, SITE) == (4, 0, 0)
    assert counts(out, OTHER) == (2, 1, 2)
    assert ours(tmp_path / "real") == OTHER


def test_an_edited_page_is_replaced_and_reported(out: Path) -> None:
    counts(out, SITE)
    write(out, "index.html", "edited")
    result = write_site(out, "site", SITE)
    assert reported(result.problems) == [("note", "edited-page", "site/index.html")]
    assert (result.written, result.kept) == (1, 3)
    assert ours(out) == SITE


def test_an_edited_page_that_is_no_longer_planned_is_removed_and_reported(out: Path) -> None:
    counts(out, SITE)
    write(out, "actors/index.html", "edited")
    result = write_site(out, "site", OTHER)
    assert reported(result.problems) == [("note", "edited-page", "site/actors/index.html")]
    assert ours(out) == OTHER


def test_an_edit_that_makes_a_page_what_it_is_to_be_is_no_edit(out: Path) -> None:
    counts(out, SITE)
    write(out, "index.html", "home, again")
    assert counts(out, OTHER) == (1, 2, 2)


# What stops a writing.


class Interrupted(dict[str, bytes]):
    """Files of which the one after `last` cannot be had: a build that is killed at that moment."""

    last = 0

    def __getitem__(self, path: str) -> bytes:
        if self.last == 0:
            raise KeyboardInterrupt
        self.last -= 1
        return super().__getitem__(path)


@pytest.mark.parametrize("moment", range(4))
@pytest.mark.parametrize("before", [{}, SITE, OTHER], ids=["new", "same", "other"])
def test_a_writing_that_is_killed_leaves_whole_files_and_is_fixed_by_the_next(
    before: dict[str, bytes], moment: int, out: Path
) -> None:
    counts(out, before)
    new = {path: data + b" 2" for path, data in SITE.items()}
    killed = Interrupted(new)
    killed.last = moment
    with pytest.raises(KeyboardInterrupt):
        write_site(out, "site", killed)
    for path, data in ours(out).items():
        assert data in (before.get(path), new.get(path))
    write(out, "actors/.atlas-tmp-index.html", "half a pa")
    result = write_site(out, "site", new)
    assert result.problems == []
    assert ours(out) == new
    assert (out / MANIFEST).read_text(encoding="utf-8").count("\n") == 5


def test_pages_of_a_killed_writing_are_ours_for_another_that_has_them_not(out: Path) -> None:
    counts(out, OTHER)
    killed = Interrupted(SITE)
    killed.last = 2
    with pytest.raises(KeyboardInterrupt):
        write_site(out, "site", killed)
    assert write_site(out, "site", OTHER).problems == []
    assert ours(out) == OTHER


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 64 kB; where none can be had the test is skipped."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("only the administrator may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_reported_and_what_is_there_is_whole(tmp_path: Path) -> None:
    large = {f"page-{number:02}.html": bytes([number]) * 9000 for number in range(12)}
    with small_disk(tmp_path / "disk") as disk:
        first = write_site(disk / "site", "site", SITE)
        assert first.problems == []
        result = write_site(disk / "site", "site", SITE | large)
        assert reported(result.problems) == [("error", "cannot-write", "site")]
        assert result.problems[0].hint
        for path, data in ours(disk / "site").items():
            assert data == (SITE | large)[path]
        assert not [path for path in disk.rglob("*") if path.name.startswith(".atlas-tmp")]
        assert write_site(disk / "site", "site", OTHER).problems == []
        assert ours(disk / "site") == OTHER


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user that may not write into folders of others."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_is_closed_is_reported() -> None:
    with tempfile.TemporaryDirectory() as folder:
        closed = Path(folder)
        write(closed, "site/index.html", "mine")
        for path in (closed / "site", closed):
            path.chmod(0o555)
        try:
            with nobody():
                results = [write_site(closed / name, name, OTHER) for name in ("new", "site/cases")]
                results.append(clean_site(closed / "site", "site"))
        finally:
            closed.chmod(0o755)
            (closed / "site").chmod(0o755)
        assert [reported(result.problems) for result in results[:2]] == [
            [("error", "cannot-write", "new")],
            [("error", "cannot-write", "site/cases")],
        ]
        assert (closed / "site/index.html").read_text() == "mine"


@pytest.mark.parametrize("path", ["file.txt", "file.txt/site"])
def test_a_file_in_the_place_of_the_folder_is_reported(path: str, tmp_path: Path) -> None:
    write(tmp_path, "file.txt", "mine")
    assert reported(write_site(tmp_path / path, "site", SITE).problems) == [("error", "cannot-write", "site")]
    assert (tmp_path / "file.txt").read_text() == "mine"


def test_a_folder_in_the_place_of_the_list_is_reported(out: Path) -> None:
    write(out, f"{MANIFEST}/mine.txt", "mine")
    assert reported(write_site(out, "site", SITE).problems) == [("error", "cannot-write", "site")]
    assert contents(out) == {f"{MANIFEST}/mine.txt": b"mine"}


# Whatever happens.

PATHS = st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "c/index.html", "c/d.css", "é/中.txt"])
SITES = st.dictionaries(PATHS, st.binary(max_size=3))
STRANGERS = st.sampled_from(["mine.txt", "a/mine.txt", "z/mine.txt"])


@given(
    st.lists(st.tuples(SITES, st.dictionaries(PATHS, st.binary(max_size=2)), st.dictionaries(STRANGERS, st.just(b"m"))))
)
def test_after_any_history_the_folder_holds_what_was_planned_and_what_others_put_there(
    history: list[tuple[dict[str, bytes], dict[str, bytes], dict[str, bytes]]],
) -> None:
    others: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        for files, edits, strangers in history:
            others |= strangers
            for path, data in strangers.items():
                (out / path).parent.mkdir(parents=True, exist_ok=True)
                (out / path).write_bytes(data)
            result = write_site(out, "site", files)
            assert "error" not in {problem.severity for problem in result.problems}
            assert ours(out) == files | others
            assert result.written + result.kept == len(files)
            for path, data in edits.items():
                if path in files:
                    (out / path).write_bytes(data)


# What heals.


def page(path: str, words: str) -> bytes:
    """A page of an atlas, as it says of itself."""
    address = f"https://a.example/b/{path.removesuffix('index.html')}"
    return f'<html><link rel="canonical" href="{address}"><main id="_main">{words}</main></html>'.encode()


PAGES = {path: page(path, "1") for path in ("index.html", "actors/one/index.html", "actors/two/index.html")}
PAGES |= {
    "actors/two/index.json": b"{}",
    "actors/two/references.bib": b"@",
    "search/index.html": b"",
    "static/a.css": b"",
}
PAGES |= {"search/index/root-0123456789/w0.json": b"[]", "data/works.csv": b"1"}
FEWER = {path: data + b" 2" for path, data in PAGES.items() if "two" not in path and "w0" not in path}
FEWER |= {"index.html": page("index.html", "2"), "search/index.html": page("search/index.html", "2")}


def remembered(out: Path) -> OutputState:
    """What a build remembers of the folder as it stands."""
    output_state = OutputState(out)
    for path in ours(out):
        output_state.digest(path)
    return OutputState(out, output_state.now)


def lose_a_line(text: str) -> str:
    """The list without the line of a page."""
    return "".join(line for line in text.splitlines(keepends=True) if "actors/two/index.html" not in line)


LISTS: dict[str, Callable[[str], str]] = {
    "a lost line": lose_a_line,
    "no line": lambda _: "",
    "half": lambda text: text[: len(text) // 2],
    "without the end": lambda text: "".join(text.splitlines(keepends=True)[:-1]),
    "a line twice": lambda text: text.replace("\n", "\n" + text.partition("\n")[0] + "\n", 1),
    "another digest": lambda text: "0" * 64 + text[64:],
    "of another tool": lambda _: '{"version": 1, "files": ["mine.txt"]}\n',
    "sums of another tool": lambda _: f"{sha256(b'mine').hexdigest()}  mine.txt\n",
    "of another atlas": lambda _: as_manifest({"mine.txt": {sha256(b"mine").hexdigest()}}).decode(),
    "lines of Windows": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("remembers", [True, False])
@pytest.mark.parametrize("spoil", [*LISTS, "deleted"])
def test_a_list_that_is_spoilt_leaves_no_page_of_ours_and_takes_no_file_of_others(
    spoil: str, remembers: bool, out: Path, tmp_path: Path
) -> None:
    counts(out, PAGES)
    output_state = remembered(out) if remembers else None
    write(out, "mine.txt", "mine")
    if spoil == "deleted":
        (out / MANIFEST).unlink()
    else:
        write(out, MANIFEST, LISTS[spoil]((out / MANIFEST).read_text()))
    if spoil == "of another atlas":  # as whole as ours
        (out / "mine.txt").unlink()
    result = write_site(out, "site", FEWER, output_state=output_state)
    assert "error" not in {severity for severity, _, _ in reported(result.problems)}
    assert counts(tmp_path / "clean", FEWER)[0] == len(FEWER)
    found = contents(out)
    assert found.pop("mine.txt", b"mine") == b"mine"
    assert found == contents(tmp_path / "clean")


def test_an_old_copy_of_a_page_is_removed_and_reported(out: Path, tmp_path: Path) -> None:
    counts(out, PAGES)
    counts(out, FEWER)
    for path in ("actors/two/index.html", "actors/two/index.json"):
        write(out, path, "")
        (out / path).write_bytes(PAGES[path])
    assert write_site(out, "site", FEWER).removed == 2
    counts(tmp_path / "clean", FEWER)
    assert contents(out) == contents(tmp_path / "clean")


def test_an_old_copy_in_the_place_of_a_page_is_replaced(out: Path) -> None:
    counts(out, FEWER)
    for path in ("actors/two/index.html", "actors/two/index.json"):
        write(out, path, "")
        (out / path).write_bytes(PAGES[path] + b" 0")
    assert write_site(out, "site", PAGES).problems[0].severity == "note"
    assert ours(out) == PAGES


@pytest.mark.parametrize(
    "text", ["mine", '<link rel="canonical" href="https://a.example/b/actors/two/">', '<main id="_main">']
)
def test_a_page_of_somebody_else_is_no_page_of_ours(text: str, out: Path) -> None:
    counts(out, FEWER)
    write(out, "actors/two/index.html", text)
    assert reported(write_site(out, "site", FEWER).problems) == [
        ("note", "unmanaged-file", "site/actors/two/index.html")
    ]
    assert reported(write_site(out, "site", PAGES).problems) == [
        ("error", "occupied-path", "site/actors/two/index.html")
    ]
    assert (out / "actors/two/index.html").read_text() == text


# What cannot be finished.


@pytest.mark.parametrize(
    "path", ["a" * 256, "é" * 128, f"actors/{'a' * 256}/index.html", "/".join(["deep" * 20] * 60)], ids=len
)
def test_a_name_that_is_too_long_is_reported_before_anything_is_written(path: str, out: Path) -> None:
    counts(out, SITE)
    before = contents(out)
    result = write_site(out, "site", OTHER | {path: b"x"})
    assert reported(result.problems) == [("error", "long-name", f"site/{path}")]
    assert contents(out) == before


def test_the_longest_name_that_may_be_is_written(out: Path) -> None:
    assert counts(out, {"a" * 255: b"x"})[0] == 1


def test_where_not_all_can_be_written_nothing_is_changed(tmp_path: Path) -> None:
    large = {f"new/page-{number:02}.html": bytes([number]) * 9000 for number in range(12)}
    with small_disk(tmp_path / "disk") as disk:
        counts(disk / "site", SITE)
        before = contents(disk / "site")
        result = write_site(disk / "site", "site", OTHER | large)
        assert "nothing was changed" in result.problems[0].message
        assert contents(disk / "site") == before
        assert not (disk / "site/new").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may be stopped from removing by a mark")
def test_where_a_file_cannot_be_put_in_place_the_report_says_how_many_are_and_the_next_build_finishes(
    out: Path,
) -> None:
    counts(out, SITE)
    new = {path: data + b" 2" for path, data in SITE.items()}
    if subprocess.run(["chattr", "+i", str(out / "index.html")], capture_output=True, check=False).returncode:
        pytest.skip("this disk has no marks")
    try:
        result = write_site(out, "site", new)
    finally:
        subprocess.run(["chattr", "-i", str(out / "index.html")], check=True)
    assert "2 of 4 new files are in place" in result.problems[-1].message
    assert not list(out.rglob(".atlas-tmp*"))
    assert counts(out, new) == (2, 2, 0)
    assert ours(out) == new


# Who may read it.


@contextmanager
def umask(value: int) -> Iterator[None]:
    """A mask that takes rights from new files."""
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


def modes(out: Path) -> set[int]:
    """The rights of the folder and of all that is in it."""
    return {path.stat().st_mode & 0o777 for path in (out, *out.rglob("*"))}


@pytest.mark.parametrize("value", [0, 0o002, 0o022, 0o077, 0o177])
def test_everybody_may_read_a_site_and_only_its_owner_write(value: int, out: Path) -> None:
    with umask(value):
        counts(out / "deeper", SITE)
    assert modes(out) == {0o644, 0o755}


def test_a_site_that_nobody_else_may_read_is_opened(out: Path) -> None:
    counts(out, SITE)
    for path in out.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    counts(out, SITE)
    assert {path.stat().st_mode & 0o777 for path in out.rglob("*") if path.is_file() and path.name != MANIFEST} == {
        0o644
    }


# Cleaning, and single files.


def test_cleaning_removes_what_we_made_and_nothing_else(out: Path) -> None:
    counts(out, SITE)
    write(out, "actors/mine.txt", "mine")
    write(out, ".gitkeep", "")
    result = clean_site(out, "site")
    assert (result.removed, result.problems) == (4, [])
    assert contents(out) == {"actors/mine.txt": b"mine", ".gitkeep": b""}


def test_cleaning_an_empty_or_absent_folder_does_nothing(out: Path) -> None:
    assert clean_site(out, "site").removed == 0
    assert not out.exists()
    counts(out, SITE)
    clean_site(out, "site")
    assert (clean_site(out, "site").removed, contents(out)) == (0, {})


def test_cleaning_leaves_files_elsewhere(out: Path, tmp_path: Path) -> None:
    counts(out, SITE)
    write(tmp_path, "mine.txt", "mine")
    with (out / MANIFEST).open("a", encoding="utf-8") as listed:
        listed.write(f"{sha256(b'mine').hexdigest()}  ../mine.txt\n")
    clean_site(out, "site")
    assert (tmp_path / "mine.txt").exists()


def test_a_text_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write_text(tmp_path / "new/a.yaml", "été\r\n灯\n")
    assert (tmp_path / "new/a.yaml").read_bytes() == "été\r\n灯\n".encode()
    write_text(tmp_path / "new/a.yaml", "b\n")
    assert contents(tmp_path) == {"new/a.yaml": b"b\n"}

"""Reading: what the files of an atlas hold, whatever their encoding and line ends, and nothing from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from time import time_ns

import pytest
from site_copies import REPOSITORY, write

from atlas.core.file_stats import RACY
from atlas.core.memo import Memo
from atlas.core.problems import Problem
from atlas.core.sources import Input, Source, read_input

ACTOR = "content/actors/lamps.yaml"
PICTURE = "content/files/photo.jpg"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the least that is an atlas."""
    write(tmp_path / "atlas", "content/site.yaml", "title: {}\n")
    write(tmp_path / "atlas", ACTOR, "lang: en\n")
    return tmp_path / "atlas"


def read(root: Path) -> Input:
    """What the folder holds, where nothing is wrong with it."""
    files, problems = read_input(root)
    assert problems == ()
    return files


def paths(root: Path) -> list[str]:
    """The text files of the folder, where nothing is wrong with it."""
    return [source.path for source in read(root).sources]


def reported(root: Path) -> list[tuple[str, str]]:
    """The path and rule of each problem."""
    return [(problem.span.path, problem.rule) for problem in read_input(root)[1]]


def source(root: Path, data: bytes) -> Source:
    """The record `ACTOR` as it is read when its file holds these bytes."""
    (root / ACTOR).write_bytes(data)
    return next(each for each in read(root).sources if each.path == ACTOR)


def problem(root: Path, data: bytes) -> Problem:
    """The one problem of the record `ACTOR` when its file holds these bytes."""
    (root / ACTOR).write_bytes(data)
    [only] = read_input(root)[1]
    return only


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: b\nc: d\n", Source(ACTOR, "a: b\nc: d\n")),
        (b"\xef\xbb\xbfa: b\n", Source(ACTOR, "a: b\n", "\ufeff")),
        (b"a: b\r\nc: d\r\n", Source(ACTOR, "a: b\nc: d\n", "", "\r\n")),
        (b"\xef\xbb\xbfa: b\r\n", Source(ACTOR, "a: b\n", "\ufeff", "\r\n")),
        (b"a: b\rc: d\r", Source(ACTOR, "a: b\nc: d\n")),
        (b"", Source(ACTOR, "")),
    ],
)
def test_text_has_line_feeds_and_no_mark_and_says_what_it_had(data: bytes, expected: Source, root: Path) -> None:
    assert source(root, data) == expected


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"a: b\nc: \xe9t\xe9\n", 2, 4),
        ("a: é甲𝄞".encode() + b"\x80", 1, 7),
        (b"a: b\r\nc: \xe9\r\n", 2, 4),
        (b"a: \xe7\x94", 1, 4),
    ],
)
def test_bytes_that_are_no_utf8_are_reported_with_line_and_column(
    data: bytes, line: int, column: int, root: Path
) -> None:
    found = problem(root, data)
    assert (found.span.path, found.rule, found.span.line, found.span.column) == (ACTOR, "bad-utf8", line, column)
    assert "UTF-8" in found.hint


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa: \xe9\n", b"a: b\rc: \xe9\r"], ids=["mark", "old line ends"])
def test_columns_and_lines_are_those_of_the_text_as_it_is_read(data: bytes, root: Path) -> None:
    good = data.replace(b"\xe9", b"*").decode("utf-8-sig").replace("\r", "\n")
    at = good.index("*")
    found = problem(root, data)
    assert (found.span.line, found.span.column) == (good.count("\n", 0, at) + 1, at - good.rfind("\n", 0, at))


def test_files_are_read_in_an_order_that_does_not_depend_on_the_disk(root: Path) -> None:
    for name in ("zebra", "b-b", "b", "ba"):
        write(root, f"content/cases/{name}.md", "")
    write(root, "content/cases.yaml", "")
    write(root, "bibliography.bib", "")
    once = paths(root)
    assert sorted(once) == sorted(
        ["content/cases.yaml", "content/site.yaml", ACTOR, "bibliography.bib"]
        + [f"content/cases/{name}.md" for name in ("b", "b-b", "ba", "zebra")]
    )
    assert once == paths(root)


@pytest.mark.parametrize(
    "path",
    [
        "content/.hidden.yaml",
        "content/.git/config.yaml",
        "content/actors/.lamps.yaml.swp",
        "content/actors/lamps.yaml~",
        "content/actors/#lamps.yaml#",
        "content/files/.DS_Store",
        "content/actors/lamps.yaml.orig",
        "content/actors/lamps.yaml.rej",
        "content/actors/lamps.bak",
        "content/actors/Thumbs.db",
        "content/files/desktop.ini",
        "content/files/~$letter.docx",
        "content/__MACOSX/lamps.yaml",
    ],
)
def test_hidden_files_and_leftovers_of_editors_are_passed_over(path: str, root: Path) -> None:
    write(root, path, "nothing")
    assert paths(root) == [ACTOR, "content/site.yaml"] or paths(root) == ["content/site.yaml", ACTOR]
    assert read(root).files == ()


@pytest.mark.parametrize("path", ["content/notes.txt", "content/actors/lamps.yml", "content/actors/photo.jpg"])
def test_a_file_that_is_no_record_is_reported(path: str, root: Path) -> None:
    write(root, path, "")
    assert reported(root) == [(path, "stray-file")]


def test_pictures_are_read_as_bytes_with_their_size(root: Path) -> None:
    write(root, PICTURE + ".yaml", "alt: {}\n")
    (root / PICTURE).write_bytes(b"\xff\x00\r\n")
    [file] = read(root).files
    assert (file.path, file.size, file.data) == ("photo.jpg", 4, b"\xff\x00\r\n")
    assert PICTURE + ".yaml" in paths(root)


# Fonts.


def test_the_fonts_of_an_atlas_are_its_files_and_a_link_to_nothing_is_none_of_them(root: Path) -> None:
    for name in ("b.ttf", "a.otf", ".hidden.ttf", "folder.ttf/x"):
        write(root, f"templates/fonts/{name}", name)
    (root / "templates/fonts/gone.ttf").symlink_to("missing.ttf")
    assert [font.name for font in read(root).fonts if font.name] == ["a.otf", "b.ttf"]


# Symbolic links.


@pytest.mark.parametrize("path", [ACTOR.replace("lamps", "linked"), "content/files/linked.png", "content/linked"])
@pytest.mark.parametrize("target", ["elsewhere", "elsewhere/secret.yaml", "elsewhere/absent"])
def test_a_link_that_leaves_the_folder_is_reported_and_not_followed(
    path: str, target: str, root: Path, tmp_path: Path
) -> None:
    write(tmp_path / "elsewhere", "secret.yaml", "secret: 1\n")
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).symlink_to(tmp_path / target)
    files, problems = read_input(root)
    assert [(each.span.path, each.rule) for each in problems] == [(path, "outside-link")]
    assert "secret" not in "".join(each.text for each in files.sources)
    assert files.files == ()


def test_a_link_that_leaves_the_folder_by_a_sibling_of_a_like_name_is_reported(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "atlas-two", "lamps.yaml", "secret: 1\n")
    (root / "content/actors/linked.yaml").symlink_to("../../../atlas-two/lamps.yaml")
    assert reported(root) == [("content/actors/linked.yaml", "outside-link")]


def test_a_link_within_the_atlas_is_read_as_what_it_leads_to(root: Path) -> None:
    (root / "content/actors/twin.yaml").symlink_to("lamps.yaml")
    write(root, "shared/one.md", "one")
    (root / "content/cases").symlink_to("../shared")
    files = {each.path: each.text for each in read(root).sources}
    assert files["content/actors/twin.yaml"] == "lang: en\n"
    assert files["content/cases/one.md"] == "one"


def test_the_root_itself_may_be_reached_by_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "by-link").symlink_to(root)
    assert paths(tmp_path / "by-link") == paths(root)


@pytest.mark.parametrize("target", [".", "..", "../.."])
def test_a_link_that_leads_back_up_is_reported_and_ends(target: str, root: Path) -> None:
    (root / "content/actors/again").symlink_to(target)
    assert reported(root) == [("content/actors/again", "outside-link")]


def test_links_to_each_other_end(root: Path) -> None:
    write(root, "content/one/a.md", "")
    write(root, "content/two/b.md", "")
    (root / "content/one/two").symlink_to("../two")
    (root / "content/two/one").symlink_to("../one")
    assert {rule for _, rule in reported(root)} <= {"outside-link", "cannot-read"}


def test_a_link_to_nothing_within_the_atlas_is_reported(root: Path) -> None:
    (root / "content/actors/gone.yaml").symlink_to("nowhere.yaml")
    assert reported(root) == [("content/actors/gone.yaml", "cannot-read")]


# Empty folders.


@pytest.mark.parametrize("folders", [[], ["content"], ["content/actors", "content/files"]])
def test_a_folder_with_nothing_to_build_is_reported_once(folders: list[str], tmp_path: Path) -> None:
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True)
    assert reported(tmp_path) == [("content", "empty-content")]


def test_a_site_without_records_is_nothing_to_build(root: Path) -> None:
    (root / ACTOR).unlink()
    assert reported(root) == [("content", "empty-content")]


def test_a_bibliography_alone_is_nothing_to_build(root: Path) -> None:
    (root / ACTOR).unlink()
    write(root, "bibliography.bib", "")
    assert reported(root) == [("content", "empty-content")]


# Templates.


def test_every_atlas_starts_from_the_templates_of_the_engine(root: Path) -> None:
    files = read(root)
    own = {path.relative_to(REPOSITORY / "templates").as_posix() for path in (REPOSITORY / "templates").rglob("*.*")}
    assert {*files.templates, *(f"static/{asset.path}" for asset in files.static)} == own
    assert not files.own_templates


def test_templates_of_an_atlas_replace_the_engines_file_by_file(root: Path, tmp_path: Path) -> None:
    engine = read(root)
    write(root, "templates/actor.html", "mine")
    write(root, "templates/extra.html", "more")
    write(root, "templates/static/atlas.css", "p{}")
    files = read(root)
    assert files.own_templates
    assert files.templates == engine.templates | {"actor.html": "mine", "extra.html": "more"}
    static = {asset.path: asset.data for asset in engine.static}
    assert {asset.path: asset.data for asset in files.static} == static | {"atlas.css": b"p{}"}


def test_words_of_an_atlas_alone_are_no_templates_of_its_own(root: Path) -> None:
    write(root, "templates/words/la.yaml", "home: Domus\n")
    files = read(root)
    assert files.templates["words/la.yaml"] == "home: Domus\n"
    assert not files.own_templates


def test_a_template_that_is_a_link_out_of_the_folder_is_reported(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret.html", "secret")
    (root / "templates").mkdir()
    (root / "templates/actor.html").symlink_to(tmp_path / "secret.html")
    files, problems = read_input(root)
    assert [(each.span.path, each.rule) for each in problems] == [("templates/actor.html", "outside-link")]
    assert "secret" not in files.templates["actor.html"]


def test_the_citation_styles_come_with_the_engine(root: Path) -> None:
    assert {"words", "apa", "iso-690", "chicago-author-date"} <= read(root).styles.keys()


def test_a_file_is_read_again_only_if_its_stat_cannot_prove_that_it_is_the_same(root: Path) -> None:
    later = time_ns() + 2 * RACY
    memo = Memo()
    first = read_input(root, memo, later)[0].sources
    assert all(one is two for one, two in zip(first, read_input(root, memo, later)[0].sources, strict=True))
    stat = (root / ACTOR).stat()
    write(root, ACTOR, "lang: fr\n")
    os.utime(root / ACTOR, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert [source.text for source in read_input(root, memo, later)[0].sources] == ["title: {}\n", "lang: fr\n"]


def test_a_file_that_was_just_changed_is_read_again(root: Path) -> None:
    memo, now = Memo(), time_ns()
    first = read_input(root, memo, now)[0].sources
    assert all(one is not two for one, two in zip(first, read_input(root, memo, now)[0].sources, strict=True))

"""Every mistake of an author gives one line: its file, line, column, rule and remedy; nothing is written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from built_sites import Sites
from mistakes import Mistake, read_mistakes
from site_copies import REPOSITORY, build, contents, copy_site, edit, write

from atlas.core.problems import Problem, folded

BRIDGES = "content/actors/southern-bridge-society.yaml"
FERRY = "content/actors/joint-ferry-league.yaml"
LIGHTS = "content/actors/phares-du-nord.yaml"
PIERS = "content/cases/twinning-of-two-piers.md"
WORKS = "bibliography.bib"
SITE = "content/site.yaml"


def grouped(mistakes: Iterable[Mistake]) -> list[list[Mistake]]:
    """Mistakes that one build reports together: none hides another."""
    groups: list[list[Mistake]] = []
    for mistake in mistakes:
        free = [group for group in groups if is_free(group, mistake)]
        free[0].append(mistake) if free else groups.append([mistake])
    return sorted(groups, key=len, reverse=True)


def is_free(group: list[Mistake], mistake: Mistake) -> bool:
    """Whether nothing hides a mistake in a group: none in its own record, in site.yaml, or where a link leads."""
    records = {other.path.partition(".")[0] for other in group}
    alone = [other for other in (mistake, *group) if other.path == SITE or other.rule == "unknown-fragment"]
    return not alone and mistake.path.partition(".")[0] not in records


GROUPS = grouped(read_mistakes())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of tests/sites/three to spoil."""
    return copy_site("three", tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that an earlier build, or somebody, has filled."""
    folder = tmp_path / "site"
    write(folder, "index.html", "an earlier page")
    write(folder, "notes/mine.txt", "somebody's file")
    return folder


def spoil(root: Path, mistake: Mistake) -> tuple[int, int] | None:
    """Make the mistake; the line and column that the problem must name, if one is known."""
    if mistake.old:
        return edit(root, mistake.path, mistake.old, mistake.new)
    return write(root, mistake.path, mistake.new)


def test_the_sample_site_has_no_problem(built: Sites) -> None:
    report = built("three").report
    assert (report.code, report.problems, report.kept) == (0, (), 0)
    assert report.written > 100


@pytest.mark.parametrize("group", GROUPS, ids=[f"{len(group)} from {group[0].name}" for group in GROUPS])
def test_each_mistake_gives_one_line(group: list[Mistake], root: Path, out: Path) -> None:
    before = contents(out)
    places = {mistake.path: spoil(root, mistake) for mistake in group}
    report = build(root, out)
    found = [(problem["path"], problem["rule"]) for problem in report.errors]
    assert sorted(found) == sorted((mistake.path, mistake.rule) for mistake in group)
    problems = {problem["path"]: problem for problem in report.errors}
    for mistake in group:
        problem, place = problems[mistake.path], places[mistake.path]
        assert problem["message"], mistake.name
        assert problem["hint"], mistake.name
        assert mistake.remedy in problem["hint"], mistake.name
        if place is not None:
            assert (problem["line"], problem["column"]) == place, mistake.name
    assert (report.code, report.written) == (1, 0)
    assert contents(out) == before


def test_all_mistakes_of_several_files_are_reported_at_once_and_in_order(root: Path, out: Path) -> None:
    edits = [
        (WORKS, "publisher = threewaters,\n  year", "publisher = ▶fourwaters,\n  year", "undefined-string"),
        (BRIDGES, "sides: [south]", "sides: [▶sooth]", "unknown-side"),
        (BRIDGES, "start: 1958-03-02", "start: ▶1958-02-30", "bad-date"),
        (PIERS, "One toll paid", "▶<script>x</script> paid", "unsafe-html"),
        (PIERS, "[[southern-bridge-society]] signed", "▶[[southern-bridges]] signed", "unknown-record"),
    ]
    expected = set()
    for path, old, new, rule in edits:
        place = edit(root, path, old, new)
        assert place is not None
        expected.add((path, *place, rule))
    found = [(row["path"], row["line"], row["column"], row["rule"]) for row in build(root, out).errors]
    assert set(found) == expected
    assert found == sorted(found)


def test_two_mistakes_in_one_line_give_two_lines(root: Path, out: Path) -> None:
    edit(root, PIERS, "sides: [north, south]", "sides: [nort, soth]")
    assert build(root, out).rules() == ["unknown-side", "unknown-side"]


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        (BRIDGES, "yaml-syntax"),
        ("content/concepts/entretien-partage.md", "yaml-syntax"),
        ("content/places.yaml", "yaml-syntax"),
        ("content/site.yaml", "yaml-syntax"),
        ("content/files/pier-light.png.yaml", "yaml-syntax"),
    ],
)
def test_a_file_that_does_not_parse_makes_one_error(path: str, rule: str, root: Path, out: Path) -> None:
    text = (root / path).read_text(encoding="utf-8")
    start = "---\n" if text.startswith("---") else ""
    write(root, path, start + "{\n" + text.removeprefix("---\n"))
    report = build(root, out)
    assert [(problem["path"], problem["rule"]) for problem in report.errors] == [(path, rule)]


def test_a_bibliography_with_one_broken_entry_makes_one_error(root: Path, out: Path) -> None:
    edit(root, WORKS, "@book{quillon1901piers,", "@book{quillon1901piers")
    assert len(build(root, out).errors) == 1


def test_bytes_that_are_no_utf8_are_reported_with_their_place(root: Path, out: Path) -> None:
    data = (root / LIGHTS).read_bytes()
    before, after = data.split("Société des phares".encode(), 1)
    (root / LIGHTS).write_bytes(before + b"Soci\xe9t\xe9 des phares" + after)
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode()) + len("Soci") + 1
    [problem] = build(root, out).errors
    assert (problem["rule"], problem["line"], problem["column"]) == ("bad-utf8", line, column)


def test_a_byte_order_mark_and_carriage_returns_change_nothing(root: Path, tmp_path: Path, built: Sites) -> None:
    for path in [*root.rglob("*.yaml"), *root.rglob("*.md"), *root.rglob("*.bib")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert build(root, tmp_path / "windows").problems == ()
    assert contents(tmp_path / "windows") == contents(built("three").out)


@pytest.mark.parametrize("path", ["content/actors/linked.yaml", "content/files/linked.png", "content/cases/linked"])
def test_a_symbolic_link_that_leaves_the_folder_is_refused(path: str, root: Path, out: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", "secret.yaml", "lang: en\n")
    (root / path).symlink_to(tmp_path / "elsewhere" / ("secret.yaml" if "." in path else ""))
    report = build(root, out)
    assert [(problem["path"], problem["rule"]) for problem in report.errors] == [(path, "outside-link")]


@pytest.mark.parametrize("left", [(), ("content",), ("content", "content/actors")])
def test_an_empty_folder_is_reported_in_one_line(left: tuple[str, ...], out: Path, tmp_path: Path) -> None:
    for folder in ("", *left):
        (tmp_path / "empty" / folder).mkdir()
    before = contents(out)
    report = build(tmp_path / "empty", out)
    assert (report.code, report.rules()) == (1, ["empty-content"])
    assert contents(out) == before


def test_a_large_file_is_a_warning_that_strict_builds_refuse(root: Path, tmp_path: Path) -> None:
    (root / "content/files/tide-table.txt").write_bytes(b"a" * 500_001)
    report = build(root, tmp_path / "lenient")
    [problem] = report.problems
    assert (problem["rule"], problem["severity"]) == ("large-file", "warning")
    assert problem["path"] == "content/files/tide-table.txt"
    assert report.code == 0
    assert report.written > 100
    assert build(root, tmp_path / "strict", "--strict").code == 1


def test_a_template_that_does_not_parse_is_reported_with_its_line(root: Path, out: Path) -> None:
    write(root, "templates/actor.html", "<p>one</p>\n{% if actor %}\n{% endfor %}\n")
    [problem] = build(root, out).errors
    assert (problem["path"], problem["line"], problem["rule"]) == ("templates/actor.html", 3, "template-error")


def test_a_variable_that_no_template_has_is_reported_with_its_line(root: Path, out: Path) -> None:
    before = contents(out)
    write(root, "templates/actor.html", "<p>one</p>\n<p>{{ nobody }}</p>\n")
    report = build(root, out)
    found = {(problem["path"], problem["line"], problem["rule"]) for problem in report.errors}
    assert found == {("templates/actor.html", 2, "template-error")}
    assert len(report.errors) == 1
    assert report.code == 1
    assert contents(out) == before


def test_a_template_that_asks_for_a_missing_one_is_reported(root: Path, out: Path) -> None:
    write(root, "templates/actor.html", '<p>one</p>\n{% include "nowhere.html" %}\n')
    [problem] = build(root, out).errors
    assert (problem["path"], problem["rule"]) == ("templates/actor.html", "missing-template")
    assert "nowhere.html" in problem["message"]


def test_an_output_folder_that_cannot_be_is_reported(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "file.txt", "in the way")
    report = build(root, tmp_path / "file.txt" / "site")
    assert (report.code, report.rules(), report.written) == (1, ["cannot-write"], 0)
    assert (tmp_path / "file.txt").read_text() == "in the way"


def test_a_full_disk_is_reported_and_leaves_whole_files(root: Path, tmp_path: Path, built: Sites) -> None:
    wanted, full = contents(built("three").out), tmp_path / "full"
    limit = sorted(len(data) for data in wanted.values())[-3]

    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, str(REPOSITORY / "build.py"), "build", "--root", str(root), "-o", str(full), "--json"]
    done = subprocess.run(command, preexec_fn=shrink, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot-write" in done.stdout
    assert "Traceback" not in done.stderr
    pages = {path: data for path, data in contents(full).items() if path in wanted}
    assert all(data == wanted[path] for path, data in pages.items() if not path.startswith(".atlas"))
    assert build(root, full).code == 0
    assert contents(full) == wanted


def test_endless_brackets_are_reported_and_not_followed(root: Path, out: Path) -> None:
    write(root, "content/actors/deep.yaml", "a: " + "[" * 100_000)
    [problem] = build(root, out).errors
    assert (problem["path"], problem["rule"]) == ("content/actors/deep.yaml", "over-limit")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("title: {fr: Atlas des trois vallées, en: Atlas of the Three Valleys, zh: 三谷图志}",
         "title: {fr: Atlas des trois vallées, en: Atlas of the Three Valleys}", 1),
        ("title: {fr: Atlas des trois vallées, en: Atlas of the Three Valleys, zh: 三谷图志}", "title: Atlas", 1),
        ("author: {fr: Atlas des trois vallées, en: Atlas of the Three Valleys, zh: 三谷图志}", "author: [a, b]", 1),
        ("  zh: {tag: zh-Hans, name: 简体中文}", "  zh: {tag: zh-Hans, name: 简体中文}\n  de: {tag: de, name: Deutsch}", 8),
    ],
)  # fmt: skip
def test_labels_that_miss_a_language_or_are_none_are_reported(
    old: str, new: str, lines: int, root: Path, out: Path
) -> None:
    edit(root, "content/site.yaml", old, new)
    report = build(root, out)
    assert report.code == 1
    assert 0 < len(folded(map(Problem.from_json, report.errors))) <= lines
    assert report.errors[0]["path"].startswith("content/")


@pytest.mark.parametrize("table", ["sides", "dimensions", "fields", "contributions", "relation_types", "kinds"])
def test_a_row_of_a_table_that_is_no_mapping_is_one_error(table: str, root: Path, out: Path) -> None:
    text = (root / "content/site.yaml").read_text(encoding="utf-8")
    start = text.index(f"\n{table}:\n") + len(f"\n{table}:\n")
    if table == "kinds":
        start = text.index("\n", start) + 1
    line = text[start:].partition("\n")[0]
    end = start + len(line)
    while text[end + 1 :].startswith(line[: len(line) - len(line.lstrip())] + " "):
        end = text.index("\n", end + 1)
    write(root, "content/site.yaml", text[:start] + line.partition(":")[0] + ": words" + text[end:])
    report = build(root, out)
    assert [(problem["path"], problem["rule"]) for problem in report.errors] == [("content/site.yaml", "wrong-type")]


def test_a_mistake_of_the_engine_is_one_line_and_a_report(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("zh")

    monkeypatch.setattr("atlas.content.records.parse_file", fail)
    report = build(root, out)
    assert (report.code, report.rules()) == (1, ["engine-failure"])
    assert report.errors[0]["path"].startswith("content/")
    assert "Traceback" in (root / ".cache/failure.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_an_output_folder_that_is_closed_is_reported(root: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert build(root, closed / "site").rules() == ["cannot-write"]


def test_a_fixed_mistake_builds_as_if_it_had_never_been(root: Path, tmp_path: Path, built: Sites) -> None:
    spoilt = copy_site("three", tmp_path / "other")
    edit(spoilt, FERRY, "to: pass-assembly", "to: pass-asembly")
    assert build(spoilt, tmp_path / "mended").code == 1
    shutil.copy(root / FERRY, spoilt / FERRY)
    assert build(spoilt, tmp_path / "mended").code == 0
    assert contents(tmp_path / "mended") == contents(built("three").out)


def test_a_bibliography_that_is_missing_or_cannot_be_read_is_one_error(root: Path, out: Path) -> None:
    data = (root / WORKS).read_bytes()
    (root / WORKS).write_bytes(data[:200] + b"\xe9" + data[200:])
    assert [(problem["path"], problem["rule"]) for problem in build(root, out).errors] == [(WORKS, "bad-utf8")]
    (root / WORKS).unlink()
    assert [(problem["path"], problem["rule"]) for problem in build(root, out).errors] == [(WORKS, "unknown-work")]


def test_a_family_of_which_nothing_can_be_read_is_missed_by_no_link(tmp_path: Path, out: Path) -> None:
    root = copy_site("allotments", tmp_path / "small")
    broken = [f"content/actors/{name}.yaml" for name in ("plot-one", "plot-two")]
    for path in broken:
        (root / path).write_bytes(b"\xff")
    assert [(problem["path"], problem["rule"]) for problem in build(root, out).errors] == [
        (path, "bad-utf8") for path in broken
    ]


def test_a_site_that_is_no_utf8_is_one_error(root: Path, out: Path) -> None:
    path = root / "content/site.yaml"
    path.write_bytes(b"\xe9" + path.read_bytes())
    report = build(root, out)
    assert [(problem["path"], problem["rule"]) for problem in report.errors] == [("content/site.yaml", "bad-utf8")]


def test_a_site_that_loses_its_tables_by_one_mistake_is_few_errors(root: Path, out: Path) -> None:
    edit(root, "content/site.yaml", "as_of: 2027-03-01\n", "as_of: '2027-03-01\n")
    assert len(build(root, out).errors) <= 5
    edit(root, "content/site.yaml", "dimensions:\n", "dimensons:\n")
    assert len(build(root, out).errors) <= 5


def test_a_table_whose_name_is_misspelt_is_one_error(root: Path, out: Path) -> None:
    edit(root, "content/site.yaml", "\nfields:\n", "\nfeilds:\n")
    assert [(problem["path"], problem["rule"]) for problem in build(root, out).errors] == [
        ("content/site.yaml", "unknown-key")
    ]

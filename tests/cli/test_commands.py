"""The command line: options in any place, exit codes, what stands on standard output and what on the other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from argparse import Namespace
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path

import pytest
from site_copies import REPOSITORY, contents, copy_site, edit, write

from atlas.build.options import BuildOptions, ReadOptions
from atlas.build.pipeline import build
from atlas.build.target import PageCost
from atlas.cli.console import ProgressDisplay
from atlas.cli.main import COMMANDS, load, main

PROGRAM = str(REPOSITORY / "build.py")
PLOTS = "content/actors"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the smallest sample site."""
    return copy_site("allotments", tmp_path)


@pytest.fixture
def spoilt(root: Path) -> Path:
    """The same with one mistake."""
    edit(root, "content/site.yaml", "navigation: [/actors/,", "navigation: [/actor/,")
    return root


def run(*arguments: str | Path, **how: str) -> tuple[int, str, str]:
    """The program in a process of its own, its outputs in pipes: exit code, standard output, standard error."""
    done = subprocess.run(
        [sys.executable, PROGRAM, *map(str, arguments)],
        capture_output=True, text=True, check=False, env=os.environ | how,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def run_here(*arguments: str | Path) -> tuple[int, str, str]:
    """The same in this process, which has loaded the engine: for what does not depend on pipes and processes."""
    with redirect_stdout(StringIO()) as output, redirect_stderr(StringIO()) as errors:
        code = main([*map(str, arguments)])
    return code, output.getvalue(), errors.getvalue()


# Exit codes and what is said.


def test_a_build_without_mistakes_says_one_line_and_nothing_else_in_a_pipe(root: Path, tmp_path: Path) -> None:
    code, said, other = run("--root", root, "-o", tmp_path / "out")
    assert (code, other) == (0, "")
    assert said.count("\n") == 1
    assert "written" in said
    assert "0 errors, 0 warnings" in said
    assert (tmp_path / "out/index.html").exists()


def test_a_build_with_a_mistake_reports_it_on_standard_error(spoilt: Path, tmp_path: Path) -> None:
    code, said, other = run("build", "--root", spoilt, "-o", tmp_path / "out")
    assert code == 1
    assert other.startswith("content/site.yaml:")
    assert other.count("\n") == 1
    assert said == "nothing was written · 1 error, 0 warnings\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [["bild"], ["--nonsense"], ["build", "--ful"], ["build", "--forc"], ["build", "extra"], ["build", "-o"]],
)
def test_a_command_that_is_not_understood_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "usage:" in printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean", "--external"],
        ["clean", "--fix"],
        ["--fix"],
        ["build", "--accept", "x"],
        ["--min-evidence", "3", "build"],
        ["new", "actor", "plot-three", "--precompress"],
        ["schema", "--strict"],
        ["serve", "--force"],
        ["translations", "--port", "80"],
        ["explain", "index.html", "--against", "old"],
    ],
)
def test_an_option_of_another_command_ends_with_2_and_touches_nothing(
    arguments: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(root)
    assert main([*arguments, "--root", str(root)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, contents(root)) == ("", before)
    assert "unrecognized arguments" in printed.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_its_own_options_and_no_others(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    printed = capsys.readouterr().out
    own = {form for option in load(command).options for form in option.names}
    others = {form for name in COMMANDS for option in load(name).options for form in option.names} - own
    assert not [form for form in others if form.startswith("--") and f"{form} " in printed]


def test_the_atlas_of_the_current_folder_is_used_where_none_is_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert main(["-q", "-o", str(tmp_path / "out")], home=REPOSITORY) == 0
    assert (tmp_path / "out/actors/plot-two/index.html").exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--root", "/nowhere/at/all"],
        ["--base-url", "ftp://a.example"],
        ["--base-url", "a.example"],
        ["-o", "{root}"],
        ["-o", "{root}/.."],
        ["-o", "{root}/content"],
        ["-o", "{root}/content/actors"],
        ["-o", "{root}/templates/out"],
        ["-o", "{root}/bibliography.bib"],
    ],
)
def test_options_that_cannot_be_meant_end_with_2_and_touch_nothing(
    options: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(root)
    assert main(["--root", str(root), *(option.format(root=root) for option in options)]) == 2
    assert capsys.readouterr().out == ""
    assert contents(root) == before


@pytest.mark.parametrize("epoch", ["soon", "1e99", "99999999999999999"])
def test_a_source_date_epoch_that_is_no_day_ends_with_2(epoch: str, root: Path) -> None:
    code, said, other = run("check", "--root", root, SOURCE_DATE_EPOCH=epoch)
    assert (code, said) == (2, "")
    assert "SOURCE_DATE_EPOCH" in other


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_there_for_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    printed = capsys.readouterr().out
    assert "--root DIR" in printed or command in ("init", "completion")  # which read no atlas
    assert "--json" in printed
    assert command or all(name in printed for name in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--root", "{root}", "-o", "{out}", "--json", "build"],
        ["build", "--root", "{root}", "-o", "{out}", "--json"],
        ["--root", "{root}", "build", "--output", "{out}", "--json"],
        ["--json", "--output={out}", "build", "--root={root}"],
        ["--root", "{root}", "-o", "{out}", "--json"],
        ["--root", "/nowhere", "-o", "/nowhere", "build", "--json", "--root", "{root}", "-o", "{out}"],
        ["-o", "check", "build", "--json", "--root", "{root}", "-o", "{out}"],
    ],
)
def test_options_are_before_or_after_the_command(
    arguments: list[str], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main([argument.format(root=root, out=out) for argument in arguments]) == 0
    assert json.loads(capsys.readouterr().out)["written"] == len(contents(out)) - 1


def test_the_output_is_site_in_the_atlas_where_none_is_named(root: Path) -> None:
    assert main(["--root", str(root), "--quiet"]) == 0
    assert (root / "site/index.html").exists()


def test_an_output_within_the_atlas_is_named_from_there(root: Path) -> None:
    write(root / "site", "mine.txt", "mine")
    _, _, other = run_here("--root", root)
    assert other.startswith("site/mine.txt unmanaged-file: note:")


def test_the_command_works_from_any_folder(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "else").mkdir()
    monkeypatch.chdir(tmp_path / "else")
    assert main(["--root", "../allotments", "-o", "out", "-q"]) == 0
    assert (tmp_path / "else/out/index.html").exists()


# --json, --quiet, --strict, --force, --base-url.


def test_json_is_alone_on_standard_output(spoilt: Path, tmp_path: Path) -> None:
    code, said, other = run("--json", "--root", spoilt, "-o", tmp_path / "out")
    assert (code, other) == (1, "")
    reported = json.loads(said)
    assert reported.keys() == {"problems", "pages", "written", "kept", "removed", "seconds", "rules"}
    [problem] = reported["problems"]
    assert problem.keys() == {"path", "line", "column", "rule", "severity", "message", "hint"}
    assert (problem["path"], problem["rule"], problem["severity"]) == ("content/site.yaml", "unknown-page", "error")
    assert problem["line"] > 1
    assert (reported["written"], reported["kept"]) == (0, 0)


@pytest.mark.parametrize(
    "command", sorted({*COMMANDS} - {"completion", "init", "serve"})
)  # no atlas, no atlas, a browser
def test_every_command_answers_in_json_alone(command: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "walks.csv", "title\nA walk\n")
    table, words = str(root / "walks.csv"), {"new": ["actor", "plot-three"], "rename": ["plot-one", "plot-1"]}
    more = {**words, "explain": ["index.html"], "import": [table], "release": ["1.0"]}.get(command, [])
    edit(root, "content/site.yaml", "turnip.example", "turnip-street.net")  # a release has a public address
    assert main([command, *more, "--json", "--root", str(root)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out).keys() >= {"problems", "written", "kept"}
    assert printed.err == ""


def test_json_keeps_letters_as_they_are(root: Path, tmp_path: Path) -> None:
    edit(root, "content/site.yaml", "navigation: [/actors/,", "navigation: [/灯/,")
    _, said, _ = run("--json", "--root", root, "-o", tmp_path / "out")
    assert "灯" in said


def test_quiet_says_problems_only(spoilt: Path, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-q", "--root", str(spoilt), "-o", str(tmp_path / "out")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1


def test_warnings_fail_where_strictness_is_wanted(root: Path, tmp_path: Path) -> None:
    write(root, "content/files/long.txt.yaml", "alt: {en: Long}\ncredit: A\nlicence: MIT\n")
    (root / "content/files/long.txt").write_bytes(b"a" * 500_001)
    arguments = ["--root", str(root), "-o", str(tmp_path / "out"), "-q"]
    assert main(arguments) == 0
    assert main([*arguments, "--strict"]) == 1


def test_force_writes_what_is_there_already(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--root", str(root), "-o", str(tmp_path / "out"), "--json"]
    counts = []
    for more in ([], [], ["--force"]):
        assert main([*arguments, *more]) == 0
        reported = json.loads(capsys.readouterr().out)
        counts.append((reported["written"] > 0, reported["kept"] > 0))
    assert counts == [(True, False), (False, True), (True, False)]


def test_the_address_of_the_site_may_be_given(root: Path, tmp_path: Path) -> None:
    assert main(["-u", "https://other.example/x", "--root", str(root), "-o", str(tmp_path / "out"), "-q"]) == 0
    pages = contents(tmp_path / "out")
    assert b"https://other.example/x/actors/" in pages["sitemap.xml"]
    assert not any(b"turnip.example" in data for path, data in pages.items() if path.endswith((".html", ".xml")))


# check, clean, schema, translations.


def test_checking_reports_mistakes_and_writes_nothing(spoilt: Path) -> None:
    before = contents(spoilt)
    code, said, other = run("check", "--root", spoilt)
    assert (code, other.count("\n")) == (1, 1)
    assert "1 error" in said
    assert contents(spoilt) == before


def test_checking_with_fix_gives_ids_and_fixes_typography(root: Path, tmp_path: Path) -> None:
    path = next((root / PLOTS).glob("*.yaml"))
    name = path.relative_to(root).as_posix()
    before = path.read_text(encoding="utf-8")
    write(root, name, before + "changes:\n- {date: 2026-11-22, text: It's dug.}\n")
    code, said, other = run_here("check", "--fix", "--root", root)
    assert (code, other) == (0, "")
    assert "1 file fixed" in said
    assert path.read_text(encoding="utf-8").endswith("text: It’s dug.}\n")
    assert run_here("check", "--fix", "--root", root)[1].count("0 files fixed") == 1


def test_ids_that_were_given_are_different_and_make_the_record_whole(root: Path) -> None:
    case = next((root / "content/cases").glob("*.md"))
    text = case.read_text(encoding="utf-8")
    write(root, case.relative_to(root).as_posix(), text + "\n## A heading\n\n## Another one\n")
    assert main(["check", "-q", "--root", str(root)]) == 1
    assert main(["check", "-q", "--fix", "--root", str(root)]) == 0
    assert "## A heading {#" in case.read_text(encoding="utf-8")


def test_clean_removes_what_a_build_made_and_nothing_else(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "-q"]) == 0
    write(root, "site/mine.txt", "mine")
    before = {path: data for path, data in contents(root).items() if not path.startswith("site/")}
    assert main(["clean", "--root", str(root)]) == 0
    assert "files removed" in capsys.readouterr().out
    assert contents(root) == before | {"site/mine.txt": b"mine"}


def test_clean_where_nothing_was_built_removes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(root)
    assert main(["clean", "--root", str(root)]) == 0
    assert capsys.readouterr().out.startswith("0 files removed")
    assert contents(root) == before


def test_schemas_are_written_beside_the_content(root: Path) -> None:
    assert main(["schema", "-q", "--root", str(root)]) == 0
    assert json.loads((root / "schema/actor.json").read_text(encoding="utf-8"))["title"] == "actor"


def test_translations_are_listed_and_accepted(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    club = "content/actors/hauterive-lamp-club.yaml"
    edit(root, club, "when the last", "after the last")
    code, said, other = run_here("translations", "--root", root)
    assert (code, other) == (0, "")
    behind = [line for line in said.splitlines() if "facts/polishers" in line]
    assert [line.split("|")[2].strip() for line in behind] == ["fr", "zh"]
    assert run_here("translations", "--accept", "hauterive-lamp-club", "--root", root)[:2] == (
        0,
        "2 files written · 0 errors, 0 warnings\n",
    )
    assert "facts/polishers" not in run_here("translations", "--root", root)[1]


def test_accepting_an_unknown_record_is_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_site("three", tmp_path)
    before = contents(root)
    assert main(["translations", "--root", str(root), "--accept", "hauterive-lamp-clab", "pass-assembly"]) == 1
    assert 'did you mean "hauterive-lamp-club"?' in capsys.readouterr().err
    assert contents(root) == before


def test_several_records_are_accepted_at_once_with_options_on_either_side(tmp_path: Path) -> None:
    root = copy_site("three", tmp_path)
    edit(root, "content/actors/hauterive-lamp-club.yaml", "when the last", "after the last")
    ids = ["hauterive-lamp-club", "pass-assembly.en"]
    assert main(["--root", str(root), "translations", "-q", "--accept", *ids]) == 0
    assert main(["--root", str(root), "check", "-q", "--strict"]) == 0


# What is under way.


def in_a_terminal(*arguments: str | Path) -> str:
    """What a person sees: the program in a terminal."""
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, PROGRAM, *map(str, arguments)], stdout=theirs, stderr=theirs):
        os.close(theirs)
        said = b""
        with suppress(OSError):  # that nobody is left to write
            while data := os.read(ours, 4096):
                said += data
    os.close(ours)
    return said.decode()


def test_a_terminal_shows_the_summary_alone_when_all_is_done(root: Path, tmp_path: Path) -> None:
    *_, last = in_a_terminal("--root", root, "-o", tmp_path / "out").split("\r\x1b[K")
    assert re.fullmatch(r"\d+ pages: \d+ written, 0 kept, 0 removed · 0 errors, 0 warnings\r\n", last)


def test_quiet_is_silent_in_a_terminal_too(root: Path, tmp_path: Path) -> None:
    assert in_a_terminal("--root", root, "-o", tmp_path / "out", "-q") == ""


def test_json_is_alone_in_a_terminal_too(root: Path, tmp_path: Path) -> None:
    said = json.loads(in_a_terminal("--root", root, "-o", tmp_path / "out", "--json"))
    assert said["pages"] > 0
    assert (said["kept"], said["removed"], said["problems"]) == (0, 0, [])


def test_verbose_reports_each_stage_in_order(root: Path, tmp_path: Path) -> None:
    _, said, other = run("--root", root, "-o", tmp_path / "out", "-v")
    assert said.count("\n") == 1
    stages = [line.split()[2] for line in other.splitlines() if " s  " in line and "processor s  " not in line]
    assert stages == ["reading", "linking", "planning", "rendering", "indexing", "writing"]


def test_verbose_counts_the_pages_of_each_template_that_were_drawn(root: Path, tmp_path: Path) -> None:
    _, _, other = run_here("--root", root, "-o", tmp_path / "out", "-v")
    counts = dict(re.findall(r"processor s  (\S+) × (\d+)", other))
    of_actors = [
        path
        for path in (tmp_path / "out").rglob("actors/*/index.html")
        if not path.parent.name.startswith("by-") and "parallel" not in path.parts
    ]
    assert int(counts["actor.html"]) == len(of_actors) > 0


def test_verbose_names_a_page_that_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ProgressDisplay(Namespace(quiet=False, json=False, verbose=True))
    progress.show_costs([PageCost("case.html", "cases/long/index.html", 10.0), PageCost("case.html", "b.html", 0.1)])
    reported = capsys.readouterr().err
    assert "10.00 processor s  cases/long/index.html is slow" in reported
    assert "b.html" not in reported


def test_only_verbose_names_pages(capsys: pytest.CaptureFixture[str]) -> None:
    progress = ProgressDisplay(Namespace(quiet=False, json=False, verbose=False))
    progress.show_costs([PageCost("case.html", "cases/long/index.html", 10.0)])
    assert capsys.readouterr().err == ""


def test_reading_and_rendering_report_how_far_they_are(root: Path, tmp_path: Path) -> None:
    reported: dict[str, list[tuple[int, int]]] = {}
    report = build(
        root,
        tmp_path / "out",
        BuildOptions(ReadOptions()),
        lambda stage, *how: reported.setdefault(stage, []).append(how),
    )
    records = len(
        [path for path in root.rglob("content/*/*") if path.suffix in (".yaml", ".md") and path.name.count(".") == 1]
    )
    assert reported["reading"][-1][1] == records
    assert reported["rendering"][-1][1] == report.pages - 1  # the sitemap is made when all others are
    assert all(done <= total for rows in reported.values() for done, total in rows)


def test_a_page_is_explained_to_machines_too(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run_here("--root", root, "-o", out)[0] == 0
    for page in ("actors/plot-two", "http://127.0.0.1:8000/actors/plot-two/#x", "/actors/plot-two/index.html"):
        said = json.loads(run_here("explain", page, "--root", root, "-o", out, "--json")[1])["explained"]
        assert said["path"] == "actors/plot-two/index.html"
        assert (said["now"]["kind"], said["last"]["kind"]) == ("kept", "new")
    assert json.loads(run_here("explain", "nothing", "--root", root, "-o", out, "--json")[1])["explained"] is None


def test_a_reader_that_ends_early_leaves_no_traceback(root: Path) -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "check", "--json", "--root", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1

"""`check` is one report: mistakes, then what is lacking; outside links are asked only when that is wanted."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from browsing import Quiet, serving
from site_copies import REPOSITORY, SITES, copy_site, edit

from atlas.audit.link_checker import LinkCheckOptions, LinkStatus, check_links, remembered, to_remember
from atlas.audit.review import CACHE, AuditOptions, review
from atlas.build.options import BuildOptions, ReadOptions, silent
from atlas.cli.main import main
from atlas.core.rules import Rule
from atlas.lint.gaps import GROUPS

PLOT = "content/actors/plot-one.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the smallest sample site."""
    return copy_site("allotments", tmp_path)


def check(root: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit code of `check --json` and what it says."""
    printed = StringIO()
    with redirect_stdout(printed):
        code = main(["check", "--root", str(root), "--json", *options])
    return code, json.loads(printed.getvalue())


def messages(said: dict[str, Any], rule: str) -> list[str]:
    """What is reported under a rule."""
    return [row["message"] for row in said["problems"] if row["rule"] == rule]


# The report.


def test_mistakes_come_first_and_then_each_sort_of_what_is_lacking(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--root", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "0 errors, 0 warnings" in lines[0]
    heads = [line for line in lines[1:] if not line.startswith("  ")]
    assert [head.rpartition(": ")[0] for head in heads[:-1]] == list(GROUPS.values())
    assert heads[-1].startswith("facts with words of their sources: ")
    assert "works not cited: none" in heads
    assert len(heads) == len(lines) - 1  # the notes themselves only when they are asked for
    assert main(["check", "--root", str(root), "--notes"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line for line in listed[1:] if not line.startswith("  ")] == heads
    assert any(line.startswith("  content/actors/plot-one.yaml:9:9 the fact") for line in listed)


def test_what_is_lacking_is_counted_for_machines() -> None:
    code, said = check(SITES / "three")
    assert code == 0
    assert said["pages"] > 300
    assert said["counts"].keys() == GROUPS.keys()
    found = Counter(row["rule"] for row in said["problems"])
    assert said["counts"] == {rule: found[rule] for rule in GROUPS}
    assert "origin, east: 1 of 2 actors have no fact (0 not researched, 1 not found)" in messages(
        said, "empty-dimension"
    )


def test_an_actor_without_relations_is_reported_whichever_end_would_state_them(root: Path) -> None:
    assert messages(check(root)[1], "unconnected-actor") == []
    edit(root, PLOT, "relations:\n  - {id: across-the-street, type: neighbour-of, to: plot-two}\n", "")
    rows = [row for row in check(root)[1]["problems"] if row["rule"] == "unconnected-actor"]
    assert [row["path"] for row in rows] == [PLOT, "content/actors/plot-two.yaml"]


def test_a_work_that_nothing_cites_and_a_picture_without_text_are_counted(root: Path) -> None:
    works = (root / "bibliography.bib").read_text(encoding="utf-8")
    (root / "bibliography.bib").write_text(works + "\n@book{spare1900, title = {Spare}, year = {1900}}\n")
    assert check(root)[1]["counts"]["uncited-work"] == 1
    (root / "content/files").mkdir()
    (root / "content/files/marrow.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    code, said = check(root)
    assert (code, said["counts"]["missing-alt"]) == (1, 1)


def test_facts_of_few_works_are_notes_and_errors_only_where_a_number_is_wanted(root: Path) -> None:
    for options, severity, code in [
        ((), "note", 0),
        (("--strict",), "note", 0),
        (("--min-evidence", "2"), "note", 0),
        (("--min-evidence", "2", "--strict"), "error", 1),
    ]:
        found, said = check(root, *options)
        weak = [row for row in said["problems"] if row["rule"] in ("weak-evidence", "insufficient-evidence")]
        assert {row["severity"] for row in weak} == {severity}
        assert found == code
        assert "1 work, fewer than 2" in weak[0]["message"]
    assert check(root, "--min-evidence", "1", "--strict")[0] == 0
    assert len(messages(check(root, "--min-evidence", "9")[1], "weak-evidence")) >= 2


# Outside links.


@contextmanager
def web() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """A server whose addresses answer by their names, and what was asked of it: method, path, who asks."""
    asked: list[tuple[str, str, str]] = []
    over = threading.Event()

    class Host(Quiet):
        def do_HEAD(self) -> None:
            asked.append((self.command, self.path, self.headers["User-Agent"]))
            if self.path == "/never":
                over.wait()
                return
            status = {"/301": 301, "/302": 302, "/404": 404, "/500": 500, "/round": 301}.get(self.path, 200)
            if self.path == "/get-only" and self.command == "HEAD":
                status = 405
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", self.path if self.path == "/round" else "/200")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD

    with serving(Host) as host:
        yield host, asked
        over.set()


MANNERS = LinkCheckOptions("a test", timeout=0.5, pause=0)


def test_each_sort_of_answer_is_reported_apart() -> None:
    with web() as (host, asked):
        names = ["200", "301", "302", "404", "500", "never", "round", "get-only"]
        found = check_links([f"{host}/{name}" for name in names], {}, MANNERS)
    answers = {address.rpartition("/")[2]: answer for address, answer in found.items()}
    assert {name: answer.status for name, answer in answers.items()} == {
        "200": 200, "301": 200, "302": 200, "404": 404, "500": 500, "never": 0, "round": 0, "get-only": 200,
    }  # fmt: skip
    assert {name: bool(answer.moved) for name, answer in answers.items() if answer.moved} == {"301": True}
    assert answers["301"].moved == f"{host}/200"
    assert answers["never"].reason == "no answer in 0.5 s"
    assert {agent for _, _, agent in asked} == {"a test"}
    assert [row[:2] for row in asked if row[1] in ("/404", "/never")] == [
        ("HEAD", "/404"), ("GET", "/404"), ("HEAD", "/never")
    ]  # fmt: skip


def test_an_address_that_nobody_listens_at_is_an_answer_too() -> None:
    with web() as (host, _):
        pass
    [answer] = check_links([f"{host}/200"], {}, MANNERS).values()
    assert (answer.status, bool(answer.reason)) == (0, True)


def test_what_was_learned_lately_is_not_asked_again() -> None:
    with web() as (host, asked):
        addresses = [f"{host}/200", f"{host}/404"]
        first = check_links(addresses, {}, MANNERS)
        count = len(asked)
        assert check_links(addresses, remembered(to_remember(first)), MANNERS) == first
        assert len(asked) == count
        old = {address: LinkStatus(answer.status, day="2020-01-01") for address, answer in first.items()}
        assert check_links(addresses, old, MANNERS) == first
        assert len(asked) == 2 * count


def test_when_the_time_is_over_the_rest_is_not_asked() -> None:
    with web() as (host, asked):
        assert check_links([f"{host}/200"], {}, LinkCheckOptions("a test", patience=-1)) == {}
        assert asked == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"a": 1}', '{"a": {"status": 200, "day": "soon"}}', '{"a": {"x": 1}}']
)
def test_a_memory_that_cannot_be_read_is_no_memory(text: str) -> None:
    assert remembered(text) == {}


def test_outside_links_are_reported_at_their_places_with_the_copy_that_is_kept(root: Path, tmp_path: Path) -> None:
    with web() as (host, asked):
        edit(root, PLOT, "sides: ", f"website: {host}/404\narchived: https://archive.example/x\nsides: ")
        home = root / "content/pages/home.md"
        text = home.read_text(encoding="utf-8")
        home.write_text(f"{text}\nSee [the hose]({host}/301#top), [it]({host}/301) and [a pump]({host}/never).\n")
        line = len(text.splitlines()) + 2
        wants = AuditOptions(external=True)
        problems = review(root, tmp_path / "out", BuildOptions(ReadOptions()), wants, silent, MANNERS).problems
        reported = {
            (row.rule, row.span.path, row.span.line, row.severity) for row in problems if row.rule.startswith("link-")
        }
        assert reported >= {
            ("link-broken", PLOT, 5, "warning"),
            ("link-redirected", "content/pages/home.md", line, "note"),
            ("link-unreachable", "content/pages/home.md", line, "note"),
        }
        hints = {row.rule: row.hint for row in problems}
        assert hints[Rule.LINK_BROKEN] == "write the archived address in its place: https://archive.example/x"
        assert hints[Rule.LINK_REDIRECTED] == f"write {host}/200"
        assert [row[:2] for row in asked].count(("HEAD", "/301")) == 1
        assert (root / CACHE).exists()
        count = len(asked)
        review(root, tmp_path / "out", BuildOptions(ReadOptions()), wants, silent, MANNERS)
        assert len(asked) == count


def test_the_copy_that_is_kept_of_a_work_is_offered_too(root: Path, tmp_path: Path) -> None:
    with web() as (host, _):
        fields = f"year = {{1999}},\n  url = {{{host}/404}},\n  archiveurl = {{https://archive.example/sheds}},"
        edit(root, "bibliography.bib", "year = {1999},", fields)
        found = review(
            root, tmp_path / "out", BuildOptions(ReadOptions()), AuditOptions(external=True), silent, MANNERS
        )
        [dead] = [row for row in found.problems if row.rule == "link-broken"]
        assert dead.span.path == "bibliography.bib"
        assert dead.hint == "write the archived address in its place: https://archive.example/sheds"


# No network otherwise.

BLOCKED = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname", "socket.bind"):
        print("the network was asked:", event, arguments, file=sys.stderr)
        raise OSError("there is no network")
sys.addaudithook(refuse)
sys.path.insert(0, sys.argv.pop(1))
from atlas.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def blocked(*arguments: str | Path) -> tuple[int, str]:
    """A command in a process that may not reach the network: exit code and standard error."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, str(REPOSITORY), *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


def test_no_command_reaches_the_network_but_the_one_that_says_so(root: Path, tmp_path: Path) -> None:
    edit(root, PLOT, "sides: ", "website: http://192.0.2.1/\nsides: ")
    for command in (["build", "-o", tmp_path / "out"], ["check"], ["translations"], ["schema"]):
        assert blocked(*command, "--root", root) == (0, "")
    assert "the network was asked" in blocked("check", "--external", "--root", root)[1]

"""What commands print with --json is what docs/output.schema.json describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from site_copies import REPOSITORY, copy_site, edit, write

from atlas.cli.main import COMMANDS, main
from atlas.cli.output_schema import output_schema

TYPED = {
    "book": [], "build": [], "check": [], "clean": [], "completion": ["bash"], "explain": ["actors/plot-one/"],
    "import": ["a.csv"],
    "init": ["new", "--title", "T", "--sides", "A,B"], "new": ["actor", "plot-three"], "rename": ["plot-one", "plot-1"],
    "release": ["1.0"], "schema": [], "translations": [],
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the smallest sample site, which is the current folder."""
    root = copy_site("allotments", tmp_path)
    write(root, "a.csv", "title\nA walk\n")
    monkeypatch.chdir(root)
    return root


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What a command prints with --json."""
    main([*words, "--json"])
    reported: dict[str, Any] = json.loads(capsys.readouterr().out)
    return reported


def definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = output_schema()["$defs"][name]
    return found


def test_every_command_with_json_is_described() -> None:
    assert {*TYPED, "serve"} == set(COMMANDS) == set(output_schema()["$defs"])


@pytest.mark.parametrize("name", TYPED)
def test_a_command_prints_what_is_described(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema.validate(printed([name, *TYPED[name]], capsys), definition(name))


def test_a_problem_has_what_its_rule_asks_and_where_it_is_explained(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(root, "content/actors/plot-one.yaml", "date: 2026-11-22", "date: yesterday")
    reported = printed(["check"], capsys)
    jsonschema.validate(reported, definition("check"))
    address = reported["rules"]["bad-date"]["address"]
    assert "Dates are EDTF" in reported["rules"]["bad-date"]["text"]
    document, _, fragment = address.partition("#")
    assert f"#### {fragment}\n" in (REPOSITORY / document).read_text(encoding="utf-8")


def test_a_rule_is_explained(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ellipsis"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("ellipsis is a warning, which `check --fix` fixes: An ellipsis is …")
    assert "docs/reference.md#ellipsis" in said


def test_translations_have_their_tables(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported = printed(["translations", "--root", str(copy_site("three", root))], capsys)
    jsonschema.validate(reported, definition("translations"))
    assert reported["progress"][0].keys() >= {"language", "kind", "records", "complete"}
    assert reported["translations"]


def test_the_schema_is_written_as_it_is() -> None:
    written = (REPOSITORY / "docs/output.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == output_schema()

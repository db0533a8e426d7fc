"""Completion in shells, and the version."""

from __future__ import annotations

import subprocess
import tomllib

import pytest
from site_copies import REPOSITORY

from atlas.cli.main import COMMANDS, main


def completed(typed: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What bash offers after some words of which the last is being typed."""
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    words = typed.split(" ")
    reported = " ".join(f"'{word}'" for word in words)
    script += f'COMP_WORDS=({reported}); COMP_CWORD={len(words) - 1}; _atlas; printf "%s\\n" "${{COMPREPLY[@]}}"\n'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


def test_bash_completes_commands_and_then_the_options_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert completed("atlas ", capsys) == [*COMMANDS, "--help", "--version"]
    assert completed("atlas che", capsys) == ["check"]
    assert "--fix" in completed("atlas check --", capsys)
    assert "--fix" not in completed("atlas build --", capsys)
    assert completed("atlas new act", capsys) == ["actor"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_a_script_with_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"atlas {project['version']}\n"

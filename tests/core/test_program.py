"""Messages name one command, and without its packages the program says in one line what to run."""

from __future__ import annotations

import re
import subprocess
import sys

from site_copies import REPOSITORY

from atlas.core.program import PROGRAM, command


def test_the_repository_names_build_py() -> None:
    assert PROGRAM == "python build.py"
    assert command("check --fix") == "`python build.py check --fix`"


def test_no_other_module_writes_the_name_of_the_program() -> None:
    named = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "atlas").rglob("*.py")
        if re.search(r"`(?:python build\.py|atlas) ", path.read_text(encoding="utf-8"))
    }
    assert named <= {"atlas/core/program.py"}


def test_without_its_packages_the_program_says_in_one_line_what_to_run() -> None:
    line = [sys.executable, "-S", "build.py", "check"]
    done = subprocess.run(line, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "make site" in done.stderr

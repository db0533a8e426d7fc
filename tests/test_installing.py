"""The wheel: installed in an environment of its own, it builds an atlas from any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from built_sites import Sites
from site_copies import REPOSITORY, contents, copy_site

PARTS = ["atlas", "templates", "pyproject.toml", "setup.py", "README.md", "LICENSE"]
"""What a wheel is made from."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in PARTS:
        source, target = REPOSITORY / part, folder / "copy" / part
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    run([*pip, "-w", str(folder), str(folder / "copy")], folder)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """The programs of a fresh environment that holds the wheel; the libraries are those of this one."""
    folder = wheel.parent / "environment"
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)], wheel.parent)
    [packages] = folder.glob("lib/*/site-packages")
    libraries = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (packages / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "install", "-q", "--no-deps", "--no-index"]
    run([*pip, str(wheel)], wheel.parent)
    return folder / "bin"


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command in a folder, without the modules of this repository and with no word of pip about itself."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    surroundings |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_wheel_holds_every_file_of_the_engine_and_no_other(wheel: Path) -> None:
    found = {name for name in ZipFile(wheel).namelist() if name.startswith("atlas/")}
    engine = {f"atlas/{path}" for path in contents(REPOSITORY / "atlas") if "__pycache__" not in path}
    templates = {f"atlas/templates/{path}" for path in contents(REPOSITORY / "templates")}
    assert found == engine | templates


@pytest.mark.parametrize("program", [["atlas"], ["python", "-m", "atlas"]], ids=" ".join)
def test_the_command_builds_the_folder_that_it_is_called_in(
    program: list[str], installed: Path, built: Sites, tmp_path: Path
) -> None:
    root = copy_site("allotments", tmp_path)
    run([str(installed / program[0]), *program[1:]], root)
    assert contents(root / "site") == contents(built("allotments").out)


def test_the_command_checks_an_atlas_elsewhere_and_names_itself(installed: Path, tmp_path: Path) -> None:
    root = copy_site("allotments", tmp_path)
    assert "0 errors" in run([str(installed / "atlas"), "check", "--root", str(root)], tmp_path).stdout
    assert run([str(installed / "atlas"), "--help"], tmp_path).stdout.startswith("usage: atlas ")


def test_where_there_is_no_content_the_command_says_what_to_do(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run([installed / "atlas"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--root" in done.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []

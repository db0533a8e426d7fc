"""Copies of the sample sites that a test may spoil, and the public command run on them."""

from __future__ import annotations

import json
import shutil
import stat
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from atlas.cli.main import main

SITES = Path(__file__).parent / "sites"
REPOSITORY = Path(__file__).parent.parent
MARK = "▶"
"""Stands in the new text of an edit, just before the character that the problem must name; it is not written."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `build --json` said: its exit code, and its standard output as values."""

    code: int
    problems: tuple[dict[str, Any], ...]
    written: int
    kept: int

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The problems that forbid writing. An edited text also puts its translations behind: those are warnings."""
        return [problem for problem in self.problems if problem["severity"] == "error"]

    def rules(self) -> list[str]:
        """The rules broken by errors and notes, in the order printed."""
        return [problem["rule"] for problem in self.problems if problem["severity"] != "warning"]


def copy_site(name: str, folder: Path) -> Path:
    """A copy of tests/sites/NAME in a folder, which is the root of an atlas of its own."""
    root = folder / name
    shutil.copytree(SITES / name, root)
    return root


class Workplace:
    """A sample site that was built into site/ inside it, and can be made again what it was then.

    Only what was touched since is copied back: that takes a small part of the time that a build takes.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.root = copy_site(name, folder / "now")
        self.out = self.root / "site"
        self.report = build(self.root, self.out)
        assert self.report.code == 0
        self._kept = folder / "kept"
        shutil.copytree(self.root, self._kept, symlinks=True)
        self._states = _states(self.root)

    def restore(self) -> None:
        """Make sources, output and cache what they were after the build, and remove what was put beside them."""
        for path in self.root.parent.iterdir():
            if path != self.root:
                _remove(path)
        now = _states(self.root)
        touched = sorted(path for path in {*now, *self._states} if now.get(path) != self._states.get(path))
        for path in touched:
            _remove(path)
        for path in touched:  # a folder comes before what is in it
            if path in self._states:
                _copy(self._kept / path.relative_to(self.root), path)
                self._states[path] = _state(path)


def _states(folder: Path) -> dict[Path, tuple[int, ...]]:
    """The state of every file and folder below one."""
    return {path: _state(path) for path in folder.rglob("*")}


def _state(path: Path) -> tuple[int, ...]:
    """What every change of a file changes; of a folder its owner and its rights."""
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode):
        return found.st_mode, found.st_uid
    return found.st_mode, found.st_uid, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)


def copy_atlas(folder: Path) -> Path:
    """A copy of this repository's own content, bibliography and templates."""
    root = folder / "atlas"
    for part in ("content", "templates"):
        shutil.copytree(REPOSITORY / part, root / part)
    shutil.copy(REPOSITORY / "bibliography.bib", root)
    return root


def write(root: Path, path: str, text: str) -> tuple[int, int] | None:
    """Write a file; the line and column (from 1) where `MARK` stood in it, if it did."""
    place = _place_of_mark(text)
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text.replace(MARK, ""), encoding="utf-8")
    return place


def edit(root: Path, path: str, old: str, new: str) -> tuple[int, int] | None:
    """Replace a text that stands once in a file; the line and column of `MARK`, as `write` says."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} holds {old!r} {text.count(old)} times"
    return write(root, path, text.replace(old, new))


def add(path: Path, text: str) -> None:
    """Add a text to a file."""
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def build(root: Path, out: Path, *options: str) -> Report:
    """Build an atlas through the public command."""
    printed = StringIO()
    with redirect_stdout(printed):
        code = main(["build", "--root", str(root), "-o", str(out), "--json", *options])
    said = json.loads(printed.getvalue())
    assert {"problems", "written", "kept"} <= set(said)
    return Report(code, tuple(said["problems"]), said["written"], said["kept"])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _place_of_mark(text: str) -> tuple[int, int] | None:
    before, mark, _ = text.partition(MARK)
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if mark else None

"""Measure builds of the atlas in this repository with everything on: `python benchmarks/edits.py --against COMMIT`.

Each engine (this working tree, and any commits with the content that they hold) builds its own copy of the
atlas, in turns: cold, unchanged, and after one word in an actor, a case, a work, a translation, a template or a
label. All ratios are to the cold build of the last engine in the same round.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from threading import Event
from typing import NamedTuple

from run import HERE, Run, run

INPUTS = ("atlas", "build.py", "content", "bibliography.bib", "templates")
HERE_NAME = "now"
Edit = Callable[[Path, int], None]
"""Changes the atlas in a folder; the number of the round makes each change a new one."""


class Step(NamedTuple):
    """A build to measure: what precedes it, and what was measured."""

    name: str
    edit: Edit


def _word(name: str, place: str, former: str = "") -> Edit:
    """Return an edit that adds a word directly after the first match of a pattern in a file.

    Args:
        name: the path of the file.
        place: the pattern.
        former: the path of the file in older commits.
    """

    def edit(folder: Path, number: int) -> None:
        path = folder / (name if (folder / name).exists() else former)
        text, changed = re.subn(place, rf"\g<0>{'abcdefghij'[number % 10] * 3} ", path.read_text("utf-8"), count=1)
        if not changed:
            raise SystemExit(f"{path} does not contain {place!r}")
        path.write_text(text, encoding="utf-8")

    return edit


def _cold(folder: Path, number: int) -> None:
    for name in ("site", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)


STEPS = (
    Step("cold", _cold),
    Step("unchanged", lambda folder, number: None),
    Step("actor", _word("content/actors/alliance-francaise.yaml", r"(?m)^summary: [\"']?")),
    Step("case", _word("content/cases/advisory-council-shanghai.md", r"\n## .*\n\n")),
    Step("work", _word("bibliography.bib", r"  title = \{")),
    Step("translation", _word("content/actors/alliance-francaise.fr.yaml", r"(?m)^summary: [\"']?")),
    Step("template", _word("templates/_record.html", r"<article class=\"record.*>\n")),
    Step("base template", _word("templates/base.html", r"<footer class=\"colophon\">\n", "templates/layout.html")),
    Step("label", _word("content/site.yaml", r"    label: \{en: ")),
)


def lay(engine: str, folder: Path) -> None:
    """Copy the engine and its atlas into a folder: the working tree, or a commit."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    root = HERE.parent
    if engine == HERE_NAME:
        for name in INPUTS:
            copy = shutil.copytree if (root / name).is_dir() else shutil.copy
            copy(root / name, folder / name)
        return
    archive = subprocess.run(["git", "-C", root, "archive", engine, *INPUTS], check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)


def measure(folder: Path, options: Sequence[str]) -> tuple[Run, int]:
    """Build a folder, and return the run and the number of files that were written or removed."""
    before = _files(folder / "site")
    made = run([sys.executable, str(folder / "build.py"), "--root", str(folder), "-q", *options], folder)
    after = _files(folder / "site")
    return made, sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and time of each file: a file that was written again has another."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            stat = path.stat()
            found[str(path)] = (stat.st_ino, stat.st_mtime_ns)
    return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--against", nargs="*", default=[], metavar="COMMIT", help="commits to compare with; the last is the reference"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--steps", nargs="+", choices=[step.name for step in STEPS], default=[step.name for step in STEPS]
    )
    parser.add_argument("--no-search", action="store_true")
    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else HERE
    parser.add_argument("--work", type=Path, default=shared / "atlas-edits")
    options = parser.parse_args()
    engines = [HERE_NAME, *options.against]
    found: dict[tuple[str, str], list[tuple[Run, int]]] = {}
    for engine in engines:
        lay(engine, options.work / engine)
    words = ["--no-search"] if options.no_search else []
    for number in range(options.rounds):
        for step in STEPS:
            if step.name not in options.steps and step.name != "cold":
                continue
            for engine in engines:
                folder = options.work / engine
                if step.name == "unchanged":  # the build before it records a status that can be trusted
                    Event().wait(2.5)
                    measure(folder, words)
                step.edit(folder, number)
                found.setdefault((engine, step.name), []).append(measure(folder, words))
    report(engines, options.steps, found)


def report(engines: Sequence[str], steps: Sequence[str], found: dict[tuple[str, str], list[tuple[Run, int]]]) -> None:
    """Print the medians of each step, and their ratio to the cold build of the last engine in the same round."""
    print("| build | engine | processor s | ÷ cold | s | ÷ cold | MB | files written or removed |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    colds = [cold for cold, _ in found[engines[-1], "cold"]]
    for step in steps:
        for engine in engines:
            runs = [made for made, _ in found[engine, step]]
            files = median(count for _, count in found[engine, step])
            work, seconds = median(each.work for each in runs), median(each.seconds for each in runs)
            share = median(each.work / cold.work for each, cold in zip(runs, colds, strict=True))
            ratio = median(each.seconds / cold.seconds for each, cold in zip(runs, colds, strict=True))
            memory = max(each.memory for each in runs) / 1e6
            print(
                f"| {step} | {engine} | {work:.2f} | {share:.3f} | {seconds:.2f} | {ratio:.3f} | {memory:.0f} | {files:.0f} |"
            )


if __name__ == "__main__":
    main()

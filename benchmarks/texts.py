"""Measure how the time that a text takes grows with its length: `python benchmarks/texts.py --help`.

For each sort of text an atlas of one page is written in one, two and four times the length, and `check` reads it.
What is printed are the processor seconds of the whole command, its start included, which other work on the machine
changes little; the first row is a page of one sentence.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

REPOSITORY = Path(__file__).resolve().parent.parent
LONGEST = 120
"""Seconds after which a measurement ends."""
SITE: Final = """\
title: {en: Long}
description: {en: Long texts.}
author: {en: Nobody}
base_url: https://long.example/
as_of: 2027-03-01
languages: {en: {tag: en, name: English}}
sides: {north: {label: {en: North}}, south: {label: {en: South}}}
dimensions: {origin: {label: {en: Origin}, question: {en: Whence?}}}
fields: {light: {label: {en: Light}}}
contributions: {trust: {label: {en: Trust}}}
kinds: {actor: {club: {label: {en: Club}}}, instrument: {}, case: {}}
relation_types: {near: {label: {en: near}, symmetric: true}}
navigation: [/actors/]
views: []
"""
HEAD: Final = "lang: en\ndate: 2026-11-22\n"
ACTOR: Final = f"{HEAD}names: [{{lang: en, text: Lamp}}]\nsides: [north]\nkind: club\nsummary: A club [@lamp1901].\n"
WORKS: Final = "@book{lamp1901, author = {Ada Quill}, title = {Lamps}, year = {1901}, publisher = {Pier}}\n"


def _definitions(lines: int) -> str:
    return "".join(f"Term {number}\n:   What it means.\n\n" for number in range(lines // 2))


def _rows(rows: int) -> str:
    return "| a | b |\n| --- | --- |\n" + "".join(f"| cell {number} | other |\n" for number in range(rows))


def _footnotes(notes: int) -> str:
    calls = "".join(f"A sentence with a note.[^{number}]\n\n" for number in range(notes))
    return calls + "".join(f"[^{number}]: The note.\n" for number in range(notes))


TEXTS: Final[dict[str, tuple[int, Callable[[int], str]]]] = {
    "one sentence": (1, lambda times: "A sentence.\n"),
    "lines of definitions": (4_000, _definitions),
    "lines of definitions without empty lines": (4_000, lambda lines: _definitions(lines * 2).replace("\n\n", "\n")),
    "entities `&amp;`": (15_000, lambda times: "&amp; " * times + "\n"),
    "citations in a paragraph": (1_000, lambda times: "Words [@lamp1901, p. 3]. " * times + "\n"),
    "links `[[id]]` in a paragraph": (2_000, lambda times: "To [[lamp|the club]]. " * times + "\n"),
    "footnotes": (2_000, _footnotes),
    "rows of a table": (5_000, _rows),
}
"""What is measured: how much of it makes the first length, and how it is written."""


def seconds(text: str, rounds: int) -> float:
    """The median of the processor seconds that `check` takes for an atlas with that text; its lines are shown if it fails."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content/pages").mkdir(parents=True)
        (root / "content/actors").mkdir()
        (root / "content/site.yaml").write_text(SITE, "utf-8")
        (root / "content/actors/lamp.yaml").write_text(ACTOR, "utf-8")
        (root / "content/pages/long.md").write_text(f"---\n{HEAD}title: Long\n---\n\n{text}", "utf-8")
        (root / "bibliography.bib").write_text(WORKS, "utf-8")
        command = [sys.executable, str(REPOSITORY / "build.py"), "check", "-q", "--root", str(root)]
        found: list[float] = []
        for _ in range(rounds):
            began = _processor()
            ended = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
            found.append(_processor() - began)
        if ended.returncode:
            print("\n".join((ended.stdout + ended.stderr).splitlines()[:2]), file=sys.stderr)
        return median(found)


def _processor() -> float:
    """The processor seconds of all processes that were started and have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, and print the rows of a table."""
    parser = argparse.ArgumentParser(description="Measure how the time that a text takes grows with its length.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="texts whose name holds these words")
    options = parser.parse_args()
    print("| text | first length | 1× | 2× | 4× |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, (length, write) in TEXTS.items():
        if options.only in name:
            times = [seconds(write(length * factor), options.rounds) for factor in (1, 2, 4)]
            print(f"| {name} | {length:,} | {' | '.join(f'{each:.2f}' for each in times)} |", flush=True)


if __name__ == "__main__":
    main()

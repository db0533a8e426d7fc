"""Prints progress, problems and a summary, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from atlas.core.problems import Problem, folded

Rows = Iterable[tuple[str, dict[str, Any]]]
"""Problems as they are printed: each as a line, and as a row of JSON."""

_PATIENCE = 1.0
"""Seconds after which progress is shown."""
_PAUSE = 0.1
"""Seconds between two drawings of the line."""


class ProgressDisplay:
    """What is under way and how far it is: one line of a terminal, redrawn; with --verbose a line for each stage.

    The clock is for people only: nothing of it gets into a file.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        silent = options.quiet or options.json
        self.verbose = getattr(options, "verbose", False) and not silent
        self.drawing = sys.stderr.isatty() and not silent and not self.verbose
        self.started = self.last = monotonic()
        self.stage = ""

    @property
    def seconds(self) -> float:
        """How long the command has taken."""
        return round(monotonic() - self.started, 3)

    def show(self, stage: str, done: int, total: int) -> None:
        """Show a stage, and how much of it is done; 0 of 0 where that is not known."""
        if self.verbose and stage != self.stage:
            print(f"{self.seconds:7.2f} s  {stage}{f' {total}' if total else ''}", file=sys.stderr, flush=True)
        now = monotonic()
        if self.drawing and now - self.started > _PATIENCE and (stage != self.stage or now - self.last > _PAUSE):
            share = f" {done} of {total}" if total else ""
            print(f"\r\x1b[K{stage}{share} …", end="", file=sys.stderr, flush=True)
            self.last = now
        self.stage = stage

    def end(self) -> None:
        """Leave the line clean."""
        if self.drawing and self.last > self.started:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def rows_of(problems: Iterable[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Problems as they are printed."""
    return ((str(problem), problem.as_json()) for problem in problems)


def print_report(rows: Rows, what: str, options: argparse.Namespace, **counts: object) -> int:
    """Print the problems and the summary.

    Args:
        rows: the problems.
        what: the summary in words.
        options: of the command line; `json`, `quiet` and `strict` count.
        counts: further keys of the JSON.

    Returns:
        The exit code.
    """
    rows = list(rows)
    severities = [row["severity"] for _, row in rows]
    if options.json:
        print(json.dumps({"problems": [row for _, row in rows], **counts}, ensure_ascii=False))
    else:
        for problem in folded(Problem.from_json(row) for _, row in rows):
            print(problem, file=sys.stderr)
        if not options.quiet:
            errors, warnings = (number(severities.count(each), each) for each in ("error", "warning"))
            print(f"{what} · {errors}, {warnings}")
    return 1 if "error" in severities or (getattr(options, "strict", False) and "warning" in severities) else 0


def number(count: int, noun: str) -> str:
    """A number of things in words."""
    return f"{count} {noun}{'s' * (count != 1)}"

"""Prints progress, problems and a summary, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic, strftime
from typing import TYPE_CHECKING, Any

from atlas.core.problems import Problem, folded
from atlas.core.program import command
from atlas.core.rules import Rule

if TYPE_CHECKING:  # a build with nothing to do does not import it
    from atlas.build.target import PageCost

Rows = Iterable[tuple[str, dict[str, Any]]]
"""Problems to print: each as a line, and as a row of JSON."""

_PATIENCE = 1.0
"""Seconds after which progress is shown."""
_SLOW = 1.0
"""Processor seconds from which a page is named."""
_PAUSE = 0.1
"""Seconds between two updates of the line."""


class ProgressDisplay:
    """The progress of a command: one line of a terminal, redrawn; with --verbose a line for each stage.

    The time is only for the terminal and is never written to a file.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        silent = options.quiet or options.json
        self.verbose = getattr(options, "verbose", False) and not silent
        self.drawing = sys.stderr.isatty() and not silent and not self.verbose
        self.started = self.last = monotonic()
        self.stage = ""

    @property
    def seconds(self) -> float:
        """Return how long the command has taken."""
        return round(monotonic() - self.started, 3)

    def show(self, stage: str, done: int, total: int) -> None:
        """Show a stage.

        Args:
            stage: the name of the stage.
            done: the number of steps done.
            total: the number of all steps; 0 if unknown.
        """
        if self.verbose and stage != self.stage:
            count, work = f" {total}" if total else "", sum(os.times()[:4])
            print(f"{self.seconds:7.2f} s  {stage}{count} ({work:.2f} processor s)", file=sys.stderr, flush=True)
        now = monotonic()
        if self.drawing and now - self.started > _PATIENCE and (stage != self.stage or now - self.last > _PAUSE):
            share = f" {done} of {total}" if total else ""
            print(f"\r\x1b[K{stage}{share} …", end="", file=sys.stderr, flush=True)
            self.last = now
        self.stage = stage

    def show_costs(self, costs: Sequence[PageCost]) -> None:
        """Print, with --verbose, what the pages that were drawn took: those of each template, and every slow page."""
        if not self.verbose:
            return
        kinds: dict[str, list[float]] = {}
        for one in costs:
            kinds.setdefault(one.template, []).append(one.seconds)
        for template, seconds in sorted(kinds.items(), key=lambda row: -sum(row[1])):
            print(f"{sum(seconds):7.2f} processor s  {template} × {len(seconds)}", file=sys.stderr)
        for one in sorted(costs, key=lambda one: -one.seconds):
            if one.seconds >= _SLOW:
                print(f"{one.seconds:7.2f} processor s  {one.path} is slow", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if self.drawing and self.last > self.started:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def clock() -> str:
    """Return the time of day, for the lines of the preview on the terminal."""
    return strftime("%H:%M:%S")


def rows_of(problems: Iterable[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return problems as rows to print."""
    return ((str(problem), problem.as_json()) for problem in problems)


def print_report(rows: Rows, what: str, options: argparse.Namespace, **counts: object) -> int:
    """Print the problems and the summary.

    Args:
        rows: the problems.
        what: the summary in words.
        options: the options of the command line; it reads `json`, `quiet` and `strict`.
        counts: further keys of the JSON.

    Returns:
        The exit code.
    """
    rows = list(rows)
    severities = [row["severity"] for _, row in rows]
    if options.json:
        rules = {"rules": known} if (known := _rules(row["rule"] for _, row in rows)) else {}
        print(json.dumps({"problems": [row for _, row in rows], **counts, **rules}, ensure_ascii=False))
    else:
        for problem in folded(Problem.from_json(row) for _, row in rows):
            print(problem, file=sys.stderr)
        if not options.quiet:
            errors, warnings = (number(severities.count(each), each) for each in ("error", "warning"))
            print(f"{what} · {errors}, {warnings}")
            if rows and sys.stderr.isatty():
                print(f"{command('explain RULE')} says what a rule asks · {rule_address('RULE')}", file=sys.stderr)
    return 1 if "error" in severities or (getattr(options, "strict", False) and "warning" in severities) else 0


def rule_address(rule: str) -> str:
    """Return the place in the documentation that explains a rule."""
    return f"docs/reference.md#{rule}"


def _rules(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what each rule of some problems asks, and the address that explains it."""
    return {rule.value: {"text": rule.text, "address": rule_address(rule)} for rule in map(Rule, sorted(set(names)))}


def number(count: int, noun: str) -> str:
    """Return a number and its noun, in the plural unless the number is 1."""
    return f"{count} {noun}{'s' * (count != 1)}"
